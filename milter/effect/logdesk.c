#include "effect/logcase.h"
#include "effect/logread.h"
#include "effect/schema.h"

#define BUSY_MS 10000 /* the daemon's commits take milliseconds, but a disk may be slow */

struct LogDesk {
    Db *db;
};

LogDesk *
logdesk_open (const char *uri, GError **error)
{
    g_autoptr (LogReader) there = logreader_open (uri, error); /* it is not made by this */
    g_autoptr (Db) db = there != NULL ? db_open (uri, DB_WRITE, BUSY_MS, error) : NULL;
    LogDesk *d;

    if (db == NULL || !schema_migrate (db, error))
        return NULL;
    d = g_new0 (LogDesk, 1);
    d->db = g_steal_pointer (&db);
    return d;
}

void
logdesk_close (LogDesk *d)
{
    if (d == NULL)
        return;
    db_close (d->db);
    g_free (d);
}

typedef struct Value {
    const char *text;
    gint64 number; /* LOGCASE_NEVER: null, as is a text of NULL */
    gboolean is_number;
} Value;

#define TEXT(t) ((Value) { .text = (t) })
#define NUMBER(v) ((Value) { .number = (v), .is_number = TRUE })

/* One statement, its parameters $1, $2, ... in this order, that returns a row for each that it
 * touched. */
static gboolean
change (LogDesk *d, const char *sql, const Value *values, guint n, const char *id, GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (d->db, sql, error);
    gboolean more = TRUE, any = FALSE, good = s != NULL;

    for (guint i = 0; good && i < n; i++)
        if (!values[i].is_number)
            db_bind_text (s, i + 1, values[i].text);
        else if (values[i].number != LOGCASE_NEVER)
            db_bind_int (s, i + 1, values[i].number);
    while (good && (good = db_step (s, &more, error)) && more)
        any = TRUE;
    if (good && !any)
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING, "the log has no %s", id);
    return good && any;
}

static gboolean
end (LogDesk *d, gboolean good, GError **error)
{
    if (good && db_commit (d->db, error))
        return TRUE;
    db_rollback (d->db);
    return FALSE;
}

static gint64
now_ms (void)
{
    return g_get_real_time () / 1000;
}

gboolean
logdesk_note (LogDesk *d, const char *case_id, const char *author, const char *note, GError **error)
{
    const Value values[] = { NUMBER (now_ms ()), TEXT (author), TEXT (note), TEXT (case_id) };

    if (!db_begin (d->db, error))
        return FALSE;
    return end (d,
                change (d,
                        "INSERT INTO case_notes (case_id, n, made_unix_ms, author, note)"
                        " SELECT id, (SELECT count (*) FROM case_notes n WHERE n.case_id = c.id),"
                        " $1, $2, $3 FROM cases c WHERE id = $4 RETURNING n",
                        values, G_N_ELEMENTS (values), case_id, error),
                error);
}

static gboolean
set_state (LogDesk *d, const char *case_id, const char *sql, gint64 moment, GError **error)
{
    const Value values[] = { NUMBER (now_ms ()), NUMBER (moment), TEXT (case_id) };

    if (!db_begin (d->db, error))
        return FALSE;
    return end (d, change (d, sql, values, G_N_ELEMENTS (values), case_id, error), error);
}

gboolean
logdesk_set_answered (LogDesk *d, const char *case_id, gint64 due_unix_ms, GError **error)
{
    return set_state (d, case_id,
                      "UPDATE cases SET state = 'answered', answered_unix_ms = $1,"
                      " changed_unix_ms = $1, due_unix_ms = $2, closed_unix_ms = NULL"
                      " WHERE id = $3 RETURNING id",
                      due_unix_ms, error);
}

gboolean
logdesk_set_closed (LogDesk *d, const char *case_id, GError **error)
{
    return set_state (d, case_id,
                      "UPDATE cases SET state = 'closed', closed_unix_ms = $1,"
                      " changed_unix_ms = $1, due_unix_ms = $2 WHERE id = $3 RETURNING id",
                      LOGCASE_NEVER, error);
}

gboolean
logdesk_set_open (LogDesk *d, const char *case_id, GError **error)
{
    return set_state (d, case_id,
                      "UPDATE cases SET state = 'open', changed_unix_ms = $1, due_unix_ms = $2,"
                      " answered_unix_ms = NULL, closed_unix_ms = NULL WHERE id = $3 RETURNING id",
                      LOGCASE_NEVER, error);
}

gboolean
logdesk_set_due (LogDesk *d, const char *case_id, gint64 due_unix_ms, GError **error)
{
    return set_state (d, case_id,
                      "UPDATE cases SET changed_unix_ms = $1, due_unix_ms = $2"
                      " WHERE id = $3 RETURNING id",
                      due_unix_ms, error);
}

gboolean
logdesk_correct (LogDesk *d, const char *report_id, const char *scenario, const char *author,
                 const char *note, GError **error)
{
    const Value values[] = { NUMBER (now_ms ()), TEXT (scenario), TEXT (author), TEXT (note),
                             TEXT (report_id) };
    gboolean good;

    if (!db_begin (d->db, error))
        return FALSE;
    good = change (d,
                   "INSERT INTO corrections (report, n, made_unix_ms, scenario, author, note)"
                   " SELECT seq, (SELECT count (*) FROM corrections c WHERE c.report = r.seq),"
                   " $1, $2, $3, $4 FROM reports r WHERE id = $5 RETURNING n",
                   values, G_N_ELEMENTS (values), report_id, error) &&
           change (d,
                   "UPDATE reports SET correction_unix_ms = $1, correction_scenario = $2,"
                   " correction_author = $3, correction_note = $4 WHERE id = $5 RETURNING id",
                   values, G_N_ELEMENTS (values), report_id, error);
    return end (d, good, error);
}
