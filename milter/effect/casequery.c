#include "effect/logcase.h"
#include "effect/logfilter.h"
#include <string.h>

#define COLUMNS                                                                                    \
    "SELECT id, scenario, offender, relay, state, urgency, reports, opened_unix_ms, last_unix_ms," \
    " answered_unix_ms, closed_unix_ms, due_unix_ms FROM cases"

static gint64
moment (DbStmt *s, guint column)
{
    return db_is_null (s, column) ? LOGCASE_NEVER : db_int (s, column);
}

static LogCase *
read_case (DbStmt *s)
{
    LogCase *c = g_new0 (LogCase, 1);
    gint64 urgency = db_int (s, 5);

    c->id = g_strdup (db_text (s, 0));
    c->scenario = g_strdup (db_text (s, 1));
    c->offender = g_strdup (db_text (s, 2));
    c->relay = g_strdup (db_text (s, 3));
    c->state = g_strdup (db_text (s, 4));
    c->priority = priority_name ((Priority)CLAMP (urgency, 0, N_PRIORITIES - 1));
    c->reports = (guint64)db_int (s, 6);
    c->opened_unix_ms = db_int (s, 7);
    c->last_unix_ms = db_int (s, 8);
    c->answered_unix_ms = moment (s, 9);
    c->closed_unix_ms = moment (s, 10);
    c->due_unix_ms = moment (s, 11);
    return c;
}

void
logcase_free (LogCase *c)
{
    if (c == NULL)
        return;
    g_free (c->id);
    g_free (c->scenario);
    g_free (c->offender);
    g_free (c->relay);
    g_free (c->state);
    g_free (c);
}

gboolean
logcase_is_overdue (const LogCase *c, gint64 now_unix_s)
{
    return c->due_unix_ms != LOGCASE_NEVER && c->due_unix_ms < now_unix_s * 1000 &&
           strcmp (c->state, "closed") != 0;
}

static gboolean
query_cases (Query *q, LogReader *r, const LogCaseFilter *f, GError **error)
{
    gboolean good = TRUE;

    if (g_strcmp0 (f->state, "live") == 0) {
        query_and (q);
        g_string_append (q->sql, "state <> 'closed'");
    } else
        query_compare (q, "state =", f->state);
    query_compare (q, "scenario =", f->scenario);
    query_compare (q, "relay =", f->relay);
    if (f->overdue) {
        query_and (q);
        g_string_append_printf (q->sql, "state <> 'closed' AND due_unix_ms < %" G_GINT64_FORMAT,
                                f->now_unix_s * 1000);
    }
    if (f->ip != NULL) {
        query_and (q);
        g_string_append (q->sql, "id IN (SELECT case_id FROM reports");
        q->any = FALSE;
        good = query_ip (q, r, f->ip, error);
        q->any = TRUE;
        g_string_append_c (q->sql, ')');
    }
    return good;
}

static void
query_case_order (Query *q, const LogCaseFilter *f)
{
    g_autofree char *overdue = g_strdup_printf (
        "CASE WHEN state <> 'closed' AND due_unix_ms < %" G_GINT64_FORMAT, f->now_unix_s * 1000);

    g_string_append_printf (
        q->sql,
        " ORDER BY %s THEN 0 ELSE 1 END, %s THEN due_unix_ms ELSE 0 END,"
        " CASE state WHEN 'open' THEN 0 WHEN 'answered' THEN 1 ELSE 2 END, urgency DESC,"
        " last_unix_ms DESC LIMIT %u",
        overdue, overdue, f->limit > 0 ? f->limit : LOGFILTER_LIMIT);
}

gboolean
logreader_cases (LogReader *r, const LogCaseFilter *filter,
                 void (*visit) (const LogCase *c, gpointer data), gpointer data, GError **error)
{
    g_autoptr (DbStmt) s = NULL;
    gboolean good, more = TRUE;
    Query q;

    query_begin (&q);
    g_string_append (q.sql, COLUMNS);
    good = query_cases (&q, r, filter, error);
    query_case_order (&q, filter);
    s = good ? query_prepare (&q, r, error) : NULL;
    good = s != NULL;
    while (good && (good = db_step (s, &more, error)) && more) {
        g_autoptr (LogCase) c = read_case (s);

        visit (c, data);
    }
    query_clear (&q);
    return good;
}

/* NULL without an error: there is none, or several. */
static LogCase *
only_case (LogReader *r, const char *first, const char *last, guint *ret_n, GError **error)
{
    g_autoptr (DbStmt) s =
        db_prepare (r->db, COLUMNS " WHERE id >= $1 AND id <= $2 ORDER BY id LIMIT 2", error);
    g_autoptr (LogCase) found = NULL;
    gboolean more;

    *ret_n = 0;
    if (s == NULL)
        return NULL;
    db_bind_text (s, 1, first);
    db_bind_text (s, 2, last);
    for (; db_step (s, &more, error) && more; ++*ret_n) {
        if (found != NULL)
            return NULL;
        found = read_case (s);
    }
    return g_steal_pointer (&found);
}

LogCase *
logreader_case (LogReader *r, const char *id, GError **error)
{
    g_autofree char *first = g_ascii_strup (id, -1), *last = g_strnfill (ULID_LEN, 'Z');
    g_autoptr (LogRow) row = NULL;
    g_autoptr (GError) failed = NULL;
    gsize n = strlen (first);
    LogCase *c = NULL;
    guint found = 0;

    if (n >= LOGQUERY_MIN_ID && n <= ULID_LEN && strspn (first, ULID_ALPHABET) == n) {
        memcpy (last, first, n);
        c = only_case (r, first, last, &found, &failed);
    }
    if (c != NULL)
        return c;
    if (failed == NULL) /* of a report, which also tells what is wrong with it */
        row = logreader_get (r, id, &failed);
    if (row != NULL && row->case_id != NULL)
        c = only_case (r, row->case_id, row->case_id, &found, &failed);
    if (c == NULL && failed == NULL)
        g_set_error (&failed, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING,
                     "report %s belongs to no case: it is no complaint, or older than cases",
                     row->id);
    if (c == NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
    return c;
}

gboolean
logreader_notes (LogReader *r, const char *case_id,
                 void (*visit) (const LogNote *note, gpointer data), gpointer data, GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (
        r->db, "SELECT made_unix_ms, author, note FROM case_notes WHERE case_id = $1 ORDER BY n",
        error);
    gboolean more = TRUE;

    if (s == NULL)
        return FALSE;
    db_bind_text (s, 1, case_id);
    while (db_step (s, &more, error)) {
        if (!more)
            return TRUE;
        visit (&(LogNote) { db_int (s, 0), db_text (s, 1), db_text (s, 2) }, data);
    }
    return FALSE;
}
