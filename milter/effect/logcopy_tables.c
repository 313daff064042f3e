#include "effect/logcopy_inner.h"
#include "effect/logfields.h"

const CopyTable copy_tables[COPY_TABLES] = {
    { "reports", "seq:i demands:t", "seq", 1 }, /* and those of effect/logfields.h */
    { "details", "report:i detail:t", "report", 1 },
    { "accused", "ip_key:t report:i", "report", 2 },
    { "texts", "report:i text:t", "report", 1 },
    { "corrections", "report:i n:i made_unix_ms:i scenario:t author:t note:t", "report", 2 },
    { "search", "report:i text:t", "report", 1 },
    { "cases",
      "id:t scenario:t offender:t relay:t opened_unix_ms:i last_unix_ms:i reports:i urgency:i "
      "state:t answered_unix_ms:i closed_unix_ms:i due_unix_ms:i changed_unix_ms:i",
      NULL, 1 },
    { "case_notes", "case_id:t n:i made_unix_ms:i author:t note:t", NULL, 2 },
};

static GString *
columns_of (const CopyTable *t, GString *types)
{
    GString *names = g_string_new (NULL);
    g_auto (GStrv) columns = g_strsplit (t->columns, " ", -1);

    g_string_truncate (types, 0);
    for (guint i = 0; columns[i] != NULL; i++) {
        char *colon = strchr (columns[i], ':');

        g_string_append_c (types, colon[1]);
        g_string_append_len (names, columns[i], colon - columns[i]);
        g_string_append_c (names, ',');
    }
    for (guint i = 0; i < log_report.n_fields && t == &copy_tables[0]; i++) {
        const Field *f = &log_report.fields[i];
        g_autofree char *name = field_column (f);

        if (f->in_detail)
            continue;
        g_string_append_c (types, f->type == FIELD_TEXT ? 't' : f->type == FIELD_REAL ? 'r' : 'i');
        g_string_append_printf (names, "%s,", name);
    }
    g_string_truncate (names, names->len - 1);
    return names;
}

static char *
keys_of (const CopyTable *t)
{
    g_auto (GStrv) columns = g_strsplit_set (t->columns, " :", 5);

    return t->n_keys == 1 ? g_strdup (columns[0])
                          : g_strconcat (columns[0], ", ", columns[2], NULL);
}

gboolean
copy_prepare (const CopyTable *t, Db *from, Db *to, DbStmt **ret_read, DbStmt **ret_write,
              GString *types, GError **error)
{
    g_autoptr (GString) write = g_string_new (NULL), read = g_string_new (NULL);
    GString *columns = columns_of (t, types);
    g_autofree char *keys = keys_of (t);

    g_string_printf (read, "SELECT %s FROM %s WHERE (%s) > (%s)", columns->str, t->name, keys,
                     t->n_keys == 1 ? "$1" : "$1, $2");
    if (t->report != NULL)
        g_string_append_printf (read, " AND %s <= $%u", t->report, t->n_keys + 1);
    g_string_append_printf (read, " ORDER BY %s LIMIT %d", keys, COPY_STEP);
    g_string_printf (write, "INSERT INTO %s (%s) VALUES (", t->name, columns->str);
    for (guint i = 1; i <= types->len; i++)
        g_string_append_printf (write, "%s$%u", i > 1 ? "," : "", i);
    g_string_append_c (write, ')');
    g_string_free (columns, TRUE);
    *ret_read = db_prepare (from, read->str, error);
    *ret_write = *ret_read != NULL ? db_prepare (to, write->str, error) : NULL;
    return *ret_write != NULL;
}
