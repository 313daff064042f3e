#include "effect/logwrite.h"
#include "effect/logdetail.h"
#include "effect/logfields.h"
#include "effect/logindex.h"
#include "effect/schema.h"

struct LogWriter {
    Db *db;
    DbStmt *report, *detail, *text, *accused;
    LogIndex *index;
    LogCases *cases;
    GString *json;
};

/* Statements */

static char *
report_sql (void)
{
    g_autoptr (GString) columns = g_string_new ("demands"), values = g_string_new ("$1");
    guint n = 1;

    for (guint i = 0; i < log_report.n_fields; i++) {
        g_autofree char *column = field_column (&log_report.fields[i]);

        if (log_report.fields[i].in_detail)
            continue;
        g_string_append_printf (columns, ",%s", column);
        g_string_append_printf (values, ",$%u", ++n);
    }
    return g_strdup_printf ("INSERT INTO reports (%s) VALUES (%s)"
                            " ON CONFLICT (id) DO NOTHING RETURNING seq",
                            columns->str, values->str);
}

static gboolean
prepare_all (LogWriter *w, GError **error)
{
    g_autofree char *report = report_sql ();

    return (w->report = db_prepare (w->db, report, error)) != NULL &&
           (w->detail = db_prepare (w->db, "INSERT INTO details (report, detail) VALUES ($1, $2)",
                                    error)) != NULL &&
           (w->text = db_prepare (w->db, "INSERT INTO texts (report, text) VALUES ($1, $2)",
                                  error)) != NULL &&
           (w->accused = db_prepare (w->db,
                                     "INSERT INTO accused (report, ip_key) VALUES ($1, $2)"
                                     " ON CONFLICT DO NOTHING",
                                     error)) != NULL;
}

LogWriter *
logwriter_open (const char *uri, guint busy_ms, GError **error)
{
    g_autoptr (LogWriter) w = g_new0 (LogWriter, 1);

    w->json = g_string_new (NULL);
    w->db = db_open (uri, DB_WRITE, busy_ms, error);
    if (w->db == NULL || !schema_migrate (w->db, error) || !prepare_all (w, error))
        return NULL;
    w->index = logindex_new (w->db, error);
    if (w->index == NULL)
        return NULL;
    w->cases = logcases_new (w->db, error);
    if (w->cases == NULL)
        return NULL;
    return g_steal_pointer (&w);
}

void
logwriter_close (LogWriter *w)
{
    if (w == NULL)
        return;
    db_finalize (w->report);
    db_finalize (w->detail);
    db_finalize (w->text);
    db_finalize (w->accused);
    logindex_free (w->index);
    logcases_free (w->cases);
    db_close (w->db);
    g_string_free (w->json, TRUE);
    g_free (w);
}

gboolean
logwriter_moved (LogWriter *w)
{
    return db_moved (w->db);
}

gboolean
logwriter_rests (LogWriter *w)
{
    return db_rests (w->db);
}

LogCases *
logwriter_cases (LogWriter *w)
{
    return w->cases;
}

Db *
logwriter_db (LogWriter *w)
{
    return w->db;
}

gboolean
logwriter_index (LogWriter *w, guint max, guint *ret_done, GError **error)
{
    return logindex_more (w->index, max, ret_done, error);
}

/* Rows */

static void
bind_field (DbStmt *s, guint i, const Field *f, gconstpointer base)
{
    switch (f->type) { /* what is not bound is null */
    case FIELD_TEXT:
        db_bind_text (s, i, FIELD_GET (char *, base, f->at));
        break;
    case FIELD_NUMBER:
        if (FIELD_GET (guint, base, f->at) != 0)
            db_bind_int (s, i, FIELD_GET (guint, base, f->at));
        break;
    case FIELD_COUNT:
        db_bind_int (s, i, (gint64)MIN (FIELD_GET (guint64, base, f->at), G_MAXINT64));
        break;
    case FIELD_MOMENT:
        if (FIELD_GET (gint64, base, f->at) != G_MININT64)
            db_bind_int (s, i, FIELD_GET (gint64, base, f->at));
        break;
    case FIELD_REAL:
        db_bind_real (s, i, FIELD_GET (double, base, f->at));
        break;
    case FIELD_BOOL:
        db_bind_int (s, i, FIELD_GET (gboolean, base, f->at) != FALSE);
        break;
    }
}

/* Incidents of one address mostly follow each other. */
static gboolean
store_accused (LogWriter *w, gint64 seq, const LogRow *row, GError **error)
{
    const LogIncident *before = NULL;

    for (guint i = 0; i < row->n_incidents; i++) {
        const LogIncident *in = &row->incidents[i];
        char key[SCHEMA_KEY_MAX];

        if (before != NULL && before->bits == in->bits && g_strcmp0 (before->ip, in->ip) == 0)
            continue;
        before = in;
        if (in->ip == NULL || !schema_accused_key (in->ip, in->bits, key))
            continue;
        db_bind_int (w->accused, 1, seq);
        db_bind_text (w->accused, 2, key);
        if (!db_run (w->accused, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
store_text (LogWriter *w, gint64 seq, const LogRow *row, GError **error)
{
    if (row->text == NULL)
        return TRUE;
    db_bind_int (w->text, 1, seq);
    db_bind_text (w->text, 2, row->text);
    return db_run (w->text, error);
}

static gboolean
store_detail (LogWriter *w, gint64 seq, const LogRow *row, GError **error)
{
    g_string_truncate (w->json, 0);
    logdetail_write (row, w->json);
    db_bind_int (w->detail, 1, seq);
    db_bind_text (w->detail, 2, w->json->str);
    return db_run (w->detail, error);
}

/* *ret_seq is 0 when the log has this id already: then no row comes back. */
static gboolean
store_report (LogWriter *w, const LogRow *row, gint64 *ret_seq, GError **error)
{
    gboolean good, more = TRUE;
    g_autofree char *demands = g_strjoinv (" ", (char **)row->demands);
    guint n = 1;

    *ret_seq = 0;
    if (*demands != '\0')
        db_bind_text (w->report, 1, demands);
    for (guint i = 0; i < log_report.n_fields; i++)
        if (!log_report.fields[i].in_detail)
            bind_field (w->report, ++n, &log_report.fields[i], row);
    while ((good = db_step (w->report, &more, error)) && more)
        *ret_seq = db_int (w->report, 0);
    db_reset (w->report);
    return good;
}

static gboolean
store_row (LogWriter *w, const LogRow *row, GError **error)
{
    gint64 seq;

    if (!store_report (w, row, &seq, error))
        return FALSE;
    return seq == 0 || (store_detail (w, seq, row, error) && store_accused (w, seq, row, error) &&
                        store_text (w, seq, row, error) && logcases_store (w->cases, row, error));
}

gboolean
logwriter_store (LogWriter *w, LogRow *const *rows, guint n, guint *ret_bad, GError **error)
{
    if (!db_begin (w->db, error))
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (!store_row (w, rows[i], error)) {
            *ret_bad = i;
            db_rollback (w->db);
            return FALSE;
        }
    if (db_commit (w->db, error))
        return TRUE;
    db_rollback (w->db);
    return FALSE;
}
