#include "effect/logwrite.h"
#include "effect/logfields.h"
#include "effect/schema.h"

struct LogWriter {
    Db *db;
    DbStmt *report, *text, *accused;
    DbStmt *arrays[LOG_ARRAYS], *lists[LOG_LISTS];
};

/* Statements, made from the tables of logfields */

static char *
insert_sql (const char *table, const char *const *first, const FieldSet *set, const char *tail)
{
    g_autoptr (GString) columns = g_string_new (NULL), values = g_string_new (NULL);
    guint n = 0;

    for (; first[n] != NULL; n++) {
        g_string_append_printf (columns, "%s%s", n > 0 ? "," : "", first[n]);
        g_string_append_printf (values, "%s$%u", n > 0 ? "," : "", n + 1);
    }
    for (guint i = 0; set != NULL && i < set->n_fields; i++, n++) {
        g_autofree char *column = field_column (&set->fields[i]);

        g_string_append_printf (columns, "%s%s", n > 0 ? "," : "", column);
        g_string_append_printf (values, "%s$%u", n > 0 ? "," : "", n + 1);
    }
    return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)%s", table, columns->str, values->str,
                            tail);
}

static DbStmt *
prepare_insert (Db *db, const char *table, const char *const *first, const FieldSet *set,
                const char *tail, GError **error)
{
    g_autofree char *sql = insert_sql (table, first, set, tail);

    return db_prepare (db, sql, error);
}

static const char *const no_columns[] = { NULL };
static const char *const child_columns[] = { "report", "n", NULL };
static const char *const accused_columns[] = { "report", "ip_key", NULL };
static const char *const text_columns[] = { "report", "text", NULL };

static gboolean
prepare_single (LogWriter *w, GError **error)
{
    return (w->report = prepare_insert (w->db, log_report.name, no_columns, &log_report,
                                        " ON CONFLICT (id) DO NOTHING RETURNING seq", error)) &&
           (w->text = prepare_insert (w->db, "texts", text_columns, NULL, "", error)) &&
           (w->accused = prepare_insert (w->db, "accused", accused_columns, NULL,
                                         " ON CONFLICT DO NOTHING", error));
}

static gboolean
prepare_all (LogWriter *w, GError **error)
{
    if (!prepare_single (w, error))
        return FALSE;
    for (guint i = 0; i < LOG_ARRAYS; i++) {
        w->arrays[i] =
            prepare_insert (w->db, log_arrays[i].name, child_columns, &log_arrays[i], "", error);
        if (w->arrays[i] == NULL)
            return FALSE;
    }
    for (guint i = 0; i < LOG_LISTS; i++) {
        const char *columns[] = { "report", "n", log_lists[i].column, NULL };

        w->lists[i] = prepare_insert (w->db, log_lists[i].table, columns, NULL, "", error);
        if (w->lists[i] == NULL)
            return FALSE;
    }
    return TRUE;
}

LogWriter *
logwriter_open (const char *uri, guint busy_ms, GError **error)
{
    g_autoptr (LogWriter) w = g_new0 (LogWriter, 1);

    w->db = db_open (uri, DB_WRITE, busy_ms, error);
    if (w->db == NULL || !schema_migrate (w->db, error) || !prepare_all (w, error))
        return NULL;
    return g_steal_pointer (&w);
}

void
logwriter_close (LogWriter *w)
{
    if (w == NULL)
        return;
    db_finalize (w->report);
    db_finalize (w->text);
    db_finalize (w->accused);
    for (guint i = 0; i < LOG_ARRAYS; i++)
        db_finalize (w->arrays[i]);
    for (guint i = 0; i < LOG_LISTS; i++)
        db_finalize (w->lists[i]);
    db_close (w->db);
    g_free (w);
}

gboolean
logwriter_moved (LogWriter *w)
{
    return db_moved (w->db);
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

static void
bind_fields (DbStmt *s, guint first, const FieldSet *set, gconstpointer base)
{
    for (guint i = 0; i < set->n_fields; i++)
        bind_field (s, first + i, &set->fields[i], base);
}

static gboolean
store_array (LogWriter *w, guint which, gint64 seq, const LogRow *row, GError **error)
{
    const FieldSet *set = &log_arrays[which];
    const char *items = FIELD_GET (char *, row, set->at);
    guint n = FIELD_GET (guint, row, set->n_at);
    DbStmt *s = w->arrays[which];

    for (guint i = 0; i < n; i++) {
        db_bind_int (s, 1, seq);
        db_bind_int (s, 2, i);
        bind_fields (s, 3, set, items + i * set->size);
        if (!db_run (s, error))
            return FALSE;
    }
    return TRUE;
}

/* Incidents of one address mostly follow each other. */
static gboolean
store_accused (LogWriter *w, gint64 seq, const LogRow *row, GError **error)
{
    const char *before = "";

    for (guint i = 0; i < row->n_incidents; i++) {
        const char *text = row->incidents[i].ip;
        char key[SCHEMA_IP_KEY_MAX];
        Ip ip;

        if (text == NULL || strcmp (text, before) == 0 || !ip_parse (span_of (text), &ip))
            continue;
        before = text;
        db_bind_int (w->accused, 1, seq);
        db_bind_text (w->accused, 2, schema_ip_key (&ip, key));
        if (!db_run (w->accused, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
store_list (LogWriter *w, guint which, gint64 seq, const LogRow *row, GError **error)
{
    const char *const *items = FIELD_GET (char *const *, row, log_lists[which].at);
    DbStmt *s = w->lists[which];

    for (guint i = 0; items[i] != NULL; i++) {
        db_bind_int (s, 1, seq);
        db_bind_int (s, 2, i);
        db_bind_text (s, 3, items[i]);
        if (!db_run (s, error))
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

/* *ret_seq is 0 when the log has this id already: then no row comes back. */
static gboolean
store_report (LogWriter *w, const LogRow *row, gint64 *ret_seq, GError **error)
{
    gboolean good, more = TRUE;

    *ret_seq = 0;
    bind_fields (w->report, 1, &log_report, row);
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
    if (seq == 0)
        return TRUE;
    for (guint i = 0; i < LOG_ARRAYS; i++)
        if (!store_array (w, i, seq, row, error))
            return FALSE;
    for (guint i = 0; i < LOG_LISTS; i++)
        if (!store_list (w, i, seq, row, error))
            return FALSE;
    return store_accused (w, seq, row, error) && store_text (w, seq, row, error);
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
