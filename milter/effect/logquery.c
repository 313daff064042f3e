#include "effect/logquery.h"
#include "effect/logfilter.h"
#include "effect/logspool.h"
#include "effect/schema.h"

#define BUSY_MS 2000

G_DEFINE_QUARK (abuse_milter_logquery_error, logquery_error)

LogReader *
logreader_open (const char *uri, GError **error)
{
    g_autoptr (Db) db = db_open (uri, DB_READ, BUSY_MS, error);
    LogReader *r;

    if (db == NULL || !schema_accept (db, error))
        return NULL;
    r = g_new0 (LogReader, 1);
    r->db = g_steal_pointer (&db);
    r->spool = logspool_path_of (uri, NULL);
    return r;
}

void
logreader_close (LogReader *r)
{
    if (r == NULL)
        return;
    db_close (r->db);
    g_free (r->spool);
    g_free (r);
}

/* Lists */

static gboolean
visit_all (LogReader *r, const Query *q, gboolean whole,
           void (*visit) (const LogRow *row, gpointer data), gpointer data, GError **error)
{
    g_autoptr (DbStmt) s = query_prepare (q, r, error);
    gboolean more = TRUE;

    while (s != NULL && db_step (s, &more, error)) {
        g_autoptr (LogRow) row = NULL;

        if (!more)
            return TRUE;
        row = logread_row (s, whole, error);
        if (row == NULL)
            return FALSE;
        visit (row, data);
    }
    return FALSE;
}

static const struct {
    const char *name, *by;
    gboolean descends;
} sorts[N_LOGSORTS] = {
    [LOGSORT_RECEIVED] = { "received", NULL, TRUE },
    [LOGSORT_PRIORITY] = { "priority",
                           "CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2"
                           " WHEN 'normal' THEN 1 ELSE 0 END",
                           TRUE },
    [LOGSORT_DEADLINE] = { "deadline", "coalesce (deadline, '9')", FALSE },
    [LOGSORT_CONFIDENCE] = { "confidence", "confidence", TRUE },
    [LOGSORT_INCIDENTS] = { "incidents", "incident_count", TRUE },
    [LOGSORT_SCENARIO] = { "scenario", "coalesce (correction_scenario, scenario)", FALSE },
    [LOGSORT_REPORTER] = { "reporter", "coalesce (complainant_address, from_address, sender, '')",
                           FALSE },
    [LOGSORT_RELAY] = { "relay", "coalesce (tor_relay, '')", FALSE },
};

const char *
logsort_name (LogSort sort)
{
    return sorts[sort].name;
}

gboolean
logsort_from_name (const char *name, LogSort *ret)
{
    for (guint i = 0; i < N_LOGSORTS; i++)
        if (strcmp (name, sorts[i].name) == 0) {
            *ret = (LogSort)i;
            return TRUE;
        }
    return FALSE;
}

static void
query_order (Query *q, const LogFilter *f)
{
    gboolean down = sorts[f->sort].descends != f->reversed;

    g_string_append (q->sql, " ORDER BY ");
    if (sorts[f->sort].by != NULL)
        g_string_append_printf (q->sql, "%s%s, ", sorts[f->sort].by, down ? " DESC" : "");
    g_string_append_printf (q->sql, "id%s LIMIT %u OFFSET %u",
                            f->sort == LOGSORT_RECEIVED && !down ? "" : " DESC",
                            f->limit > 0 ? f->limit : LOGFILTER_LIMIT, f->skip);
}

gboolean
logreader_list (LogReader *r, const LogFilter *filter,
                void (*visit) (const LogRow *row, gpointer data), gpointer data, GError **error)
{
    gboolean good;
    Query q;

    query_begin (&q);
    logread_select (q.sql, filter->whole);
    good = query_filter (&q, r, filter, error);
    query_order (&q, filter);
    good = good && visit_all (r, &q, filter->whole, visit, data, error);
    query_clear (&q);
    return good;
}

gboolean
logreader_related (LogReader *r, const LogRow *row, guint limit,
                   void (*visit) (const LogRow *row, gpointer data), gpointer data, GError **error)
{
    gboolean good;
    guint id, of_case;
    Query q;

    query_begin (&q);
    logread_select (q.sql, FALSE);
    id = query_bind (&q, row->id);
    of_case = query_bind (&q, row->case_id != NULL ? row->case_id : "-");
    g_string_append_printf (
        q.sql,
        " WHERE id <> $%u AND (case_id = $%u OR seq IN (SELECT others.report FROM accused others,"
        " accused ours, reports o WHERE o.id = $%u AND ours.report = o.seq"
        " AND others.ip_key = ours.ip_key))"
        " ORDER BY CASE WHEN case_id = $%u THEN 0 ELSE 1 END, id DESC LIMIT %u",
        id, of_case, id, of_case, limit);
    good = visit_all (r, &q, FALSE, visit, data, error);
    query_clear (&q);
    return good;
}

/* The first two whose id begins so: more than one is one too many. */
static LogRow *
get_only (LogReader *r, const Query *q, const char *id, GError **error)
{
    g_autoptr (DbStmt) s = query_prepare (q, r, error);
    g_autoptr (LogRow) row = NULL;
    gboolean more;

    if (s == NULL || !db_step (s, &more, error))
        return NULL;
    if (!more) {
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING,
                     "no report has an id that begins with %s", id);
        return NULL;
    }
    row = logread_row (s, TRUE, error);
    if (row == NULL || !db_step (s, &more, error))
        return NULL;
    if (more) {
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID,
                     "several reports have an id that begins with %s, %s and %s among them: "
                     "give more of it",
                     id, row->id, db_text (s, 2));
        return NULL;
    }
    return g_steal_pointer (&row);
}

LogRow *
logreader_get (LogReader *r, const char *id, GError **error)
{
    g_autofree char *first = g_ascii_strup (id, -1), *last = NULL;
    gsize n = strlen (first);
    LogRow *row;
    Query q;

    if (n < LOGQUERY_MIN_ID || n > ULID_LEN || strspn (first, ULID_ALPHABET) != n) {
        g_set_error (
            error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID,
            "no id: expected the %d letters and digits of X-Abuse-Id, or the first %d or more",
            ULID_LEN, LOGQUERY_MIN_ID);
        return NULL;
    }
    last = g_strnfill (ULID_LEN, 'Z');
    memcpy (last, first, n);
    query_begin (&q);
    logread_select (q.sql, TRUE);
    query_compare (&q, "id >=", first);
    query_compare (&q, "id <=", last);
    g_string_append (q.sql, " ORDER BY id LIMIT 2");
    row = get_only (r, &q, first, error);
    query_clear (&q);
    return row;
}

static char *
summary_of (const LogReader *r, gint64 reports)
{
    guint64 waiting = r->spool != NULL ? logspool_count (r->spool) : 0;
    guint64 bad = r->spool != NULL ? logspool_count_bad (r->spool) : 0;
    GString *out = g_string_new (NULL);

    g_string_printf (out, "schema version %d, %" G_GINT64_FORMAT " reports, undamaged",
                     SCHEMA_VERSION, reports);
    if (waiting > 0)
        g_string_append_printf (out, "; %" G_GUINT64_FORMAT " rows wait in %s", waiting, r->spool);
    if (bad > 0)
        g_string_append_printf (
            out, "; %" G_GUINT64_FORMAT " lines that are no rows were put into %s.bad", bad,
            r->spool);
    return g_string_free (out, FALSE);
}

gboolean
logreader_check (LogReader *r, char **ret_summary, GError **error)
{
    g_autoptr (DbStmt) s = NULL;
    gboolean more;

    if (!db_check (r->db, error))
        return FALSE;
    s = db_prepare (r->db, "SELECT count (*) FROM reports", error);
    if (s == NULL || !db_step (s, &more, error))
        return FALSE;
    *ret_summary = summary_of (r, db_int (s, 0));
    return TRUE;
}
