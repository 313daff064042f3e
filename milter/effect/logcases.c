#include "effect/logcases.h"
#include "effect/logread.h"

#define ROWS_OF_CASE 20
#define CHANGED_SLACK_MS 60000 /* hosts' clocks differ, and a commit takes its time */

struct LogCases {
    Db *db;
    DbStmt *add, *changed, *state, *before, *of_case;
    gint64 seen_unix_ms; /* what was changed until then is known */
    gint64 loaded_to;    /* seq: from here on the reports have been loaded */
};

static DbStmt *
prepare_rows (Db *db, const char *tail, GError **error)
{
    g_autoptr (GString) sql = g_string_new (NULL);

    logread_select (sql, TRUE);
    g_string_append (sql, tail);
    return db_prepare (db, sql->str, error);
}

LogCases *
logcases_new (Db *db, GError **error)
{
    g_autoptr (LogCases) c = g_new0 (LogCases, 1);

    c->db = db;
    c->seen_unix_ms = g_get_real_time () / 1000;
    c->loaded_to = G_MAXINT64;
    c->add = db_prepare (
        db,
        "INSERT INTO cases (id, scenario, offender, relay, opened_unix_ms, last_unix_ms, reports,"
        " urgency, state, changed_unix_ms) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 'open', $8)"
        " ON CONFLICT (id) DO UPDATE SET reports = cases.reports + 1,"
        " opened_unix_ms = CASE WHEN excluded.opened_unix_ms < cases.opened_unix_ms"
        "  THEN excluded.opened_unix_ms ELSE cases.opened_unix_ms END,"
        " last_unix_ms = CASE WHEN excluded.last_unix_ms > cases.last_unix_ms"
        "  THEN excluded.last_unix_ms ELSE cases.last_unix_ms END,"
        " urgency = CASE WHEN excluded.urgency > cases.urgency"
        "  THEN excluded.urgency ELSE cases.urgency END,"
        " offender = coalesce (cases.offender, excluded.offender),"
        " due_unix_ms = CASE WHEN $9 = 1 THEN NULL ELSE cases.due_unix_ms END,"
        " state = CASE WHEN $9 = 1 THEN 'open' ELSE cases.state END",
        error);
    if (c->add == NULL)
        return NULL;
    c->changed = db_prepare (
        db, "SELECT id, state, changed_unix_ms FROM cases WHERE changed_unix_ms > $1", error);
    if (c->changed == NULL)
        return NULL;
    c->state = db_prepare (db, "SELECT state FROM cases WHERE id = $1", error);
    if (c->state == NULL)
        return NULL;
    c->before = prepare_rows (
        db, " WHERE seq < $1 AND case_id IS NOT NULL ORDER BY seq DESC LIMIT $2", error);
    if (c->before == NULL)
        return NULL;
    c->of_case = prepare_rows (db, " WHERE case_id = $1 ORDER BY seq LIMIT $2", error);
    return c->of_case != NULL ? g_steal_pointer (&c) : NULL;
}

void
logcases_free (LogCases *c)
{
    if (c == NULL)
        return;
    db_finalize (c->add);
    db_finalize (c->changed);
    db_finalize (c->state);
    db_finalize (c->before);
    db_finalize (c->of_case);
    g_free (c);
}

static gint64
urgency_of (const LogRow *row)
{
    Priority p = PRIORITY_LOW;

    priority_from_name (row->priority, &p);
    return p;
}

gboolean
logcases_store (LogCases *c, const LogRow *row, GError **error)
{
    if (row->case_id == NULL)
        return TRUE;
    db_bind_text (c->add, 1, row->case_id);
    db_bind_text (c->add, 2, row->corrected != NULL ? row->corrected : row->scenario);
    db_bind_text (c->add, 3, row->accused);
    db_bind_text (c->add, 4, row->relay);
    db_bind_int (c->add, 5, row->received_unix_ms);
    db_bind_int (c->add, 6, row->received_unix_ms);
    db_bind_int (c->add, 7, urgency_of (row));
    db_bind_int (c->add, 8, g_get_real_time () / 1000);
    db_bind_int (c->add, 9, row->follow_up);
    return db_run (c->add, error);
}

static gboolean
is_closed (const char *state)
{
    return g_strcmp0 (state, "closed") == 0;
}

static gboolean
case_is_closed (LogCases *c, const char *id)
{
    gboolean more = FALSE, closed;

    db_bind_text (c->state, 1, id);
    closed = db_step (c->state, &more, NULL) && more && is_closed (db_text (c->state, 0));
    db_reset (c->state);
    return closed;
}

/* Rows that cannot be read are none. */
static gboolean
visit_rows (LogCases *c, DbStmt *s, CaseRow visit, gpointer data, guint *ret_n, GError **error)
{
    gboolean good, more = TRUE;

    *ret_n = 0;
    while ((good = db_step (s, &more, error)) && more) {
        g_autoptr (LogRow) row = logread_row (s, TRUE, NULL);

        ++*ret_n;
        c->loaded_to = s == c->before ? db_int (s, 0) : c->loaded_to;
        if (row != NULL)
            visit (row, case_is_closed (c, row->case_id), data);
    }
    db_reset (s);
    return good;
}

gboolean
logcases_load (LogCases *c, guint max, CaseRow visit, gpointer data, guint *ret_n, GError **error)
{
    db_bind_int (c->before, 1, c->loaded_to);
    db_bind_int (c->before, 2, max);
    return visit_rows (c, c->before, visit, data, ret_n, error);
}

gboolean
logcases_changed (LogCases *c, void (*visit) (const char *id, gboolean closed, gpointer data),
                  gpointer data, GError **error)
{
    gint64 newest = c->seen_unix_ms;
    gboolean good, more = TRUE;

    db_bind_int (c->changed, 1, c->seen_unix_ms - CHANGED_SLACK_MS);
    while ((good = db_step (c->changed, &more, error)) && more) {
        visit (db_text (c->changed, 0), is_closed (db_text (c->changed, 1)), data);
        newest = MAX (newest, db_int (c->changed, 2));
    }
    db_reset (c->changed);
    c->seen_unix_ms = good ? newest : c->seen_unix_ms;
    return good;
}

gboolean
logcases_rows (LogCases *c, const char *id, CaseRow visit, gpointer data, GError **error)
{
    guint n;

    db_bind_text (c->of_case, 1, id);
    db_bind_int (c->of_case, 2, ROWS_OF_CASE);
    return visit_rows (c, c->of_case, visit, data, &n, error);
}
