#include "effect/logcopy.h"
#include "effect/logcopy_inner.h"
#include "effect/schema.h"

#define BUSY_MS 60000

typedef struct Key { /* where reading goes on */
    char *text;
    gint64 number;
} Key;

struct LogCopy {
    Db *from, *to;
    gint64 last; /* the number of the newest report when it began */
    guint64 total, done, reports;
    guint table;          /* that is being copied */
    DbStmt *read, *write; /* its; NULL: not begun */
    GString *types;
    Key keys[2];
};

static void
keys_clear (LogCopy *c)
{
    for (guint i = 0; i < G_N_ELEMENTS (c->keys); i++) {
        g_free (c->keys[i].text);
        c->keys[i] = (Key) { NULL, -1 };
    }
}

static void
table_done (LogCopy *c)
{
    g_clear_pointer (&c->read, db_finalize);
    g_clear_pointer (&c->write, db_finalize);
    keys_clear (c);
    c->table++;
}

/* Some rows */

/* held: what is bound must live until the last row was read. */
static void
bind_keys (LogCopy *c, const Key held[2])
{
    const CopyTable *t = &copy_tables[c->table];

    for (guint i = 0; i < t->n_keys; i++)
        if (c->types->str[i] == 't')
            db_bind_text (c->read, i + 1, held[i].text != NULL ? held[i].text : "");
        else
            db_bind_int (c->read, i + 1, held[i].number);
    if (t->report != NULL)
        db_bind_int (c->read, t->n_keys + 1, c->last);
}

static void
keep_keys (LogCopy *c)
{
    for (guint i = 0; i < copy_tables[c->table].n_keys; i++) {
        g_free (c->keys[i].text);
        c->keys[i].text = NULL;
        if (c->types->str[i] == 't')
            c->keys[i].text = g_strdup (db_text (c->read, i));
        else
            c->keys[i].number = db_int (c->read, i);
    }
}

static gboolean
copy_row (LogCopy *c, GError **error)
{
    for (guint i = 0; i < c->types->len; i++)
        if (db_is_null (c->read, i))
            continue; /* what is not bound is null */
        else if (c->types->str[i] == 't')
            db_bind_text (c->write, i + 1, db_text (c->read, i));
        else if (c->types->str[i] == 'r')
            db_bind_real (c->write, i + 1, db_real (c->read, i));
        else
            db_bind_int (c->write, i + 1, db_int (c->read, i));
    return db_run (c->write, error);
}

static gboolean
copy_rows (LogCopy *c, guint *ret_n, GError **error)
{
    Key held[2] = { c->keys[0], c->keys[1] };
    gboolean good, more = TRUE;

    *ret_n = 0;
    c->keys[0].text = c->keys[1].text = NULL;
    bind_keys (c, held);
    while ((good = db_step (c->read, &more, error)) && more) {
        if (!(good = copy_row (c, error)))
            break;
        keep_keys (c);
        ++*ret_n;
    }
    db_reset (c->read);
    g_free (held[0].text);
    g_free (held[1].text);
    return good;
}

gboolean
logcopy_step (LogCopy *c, gboolean *ret_more, GError **error)
{
    guint n = 0;

    *ret_more = c->table < COPY_TABLES;
    if (!*ret_more)
        return TRUE;
    if (c->read == NULL && !copy_prepare (&copy_tables[c->table], c->from, c->to, &c->read,
                                          &c->write, c->types, error))
        return FALSE;
    if (!db_begin (c->to, error))
        return FALSE;
    if (!copy_rows (c, &n, error) || !db_commit (c->to, error)) {
        db_rollback (c->to);
        return FALSE;
    }
    c->done += n;
    if (n < COPY_STEP)
        table_done (c);
    return TRUE;
}

/* Beginning and end */

static gboolean
ask (Db *db, const char *sql, gint64 *ret, GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (db, sql, error);
    gboolean more;

    if (s == NULL || !db_step (s, &more, error))
        return FALSE;
    *ret = db_int (s, 0);
    return TRUE;
}

static gboolean
count (const LogCopy *c, Db *db, const CopyTable *t, gint64 *ret, GError **error)
{
    g_autofree char *until =
        t->report != NULL ? g_strdup_printf (" WHERE %s <= %" G_GINT64_FORMAT, t->report, c->last)
                          : g_strdup ("");
    g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s%s", t->name, until);

    return ask (db, sql, ret, error);
}

/* What is read is of one moment, as far as the database can; at least no report is newer. */
static gboolean
begin (LogCopy *c, GError **error)
{
    gint64 n = 0;

    if (!db_exec (c->from, "BEGIN", error) ||
        !ask (c->from, "SELECT coalesce (max (seq), 0) FROM reports", &c->last, error))
        return FALSE;
    for (gsize i = 0; i < COPY_TABLES; i++) {
        if (!count (c, c->from, &copy_tables[i], &n, error))
            return FALSE;
        c->total += (guint64)n;
        c->reports = i == 0 ? (guint64)n : c->reports;
    }
    return TRUE;
}

static gboolean
is_empty (Db *db, GError **error)
{
    gint64 n;

    if (!ask (db, "SELECT (SELECT count (*) FROM reports) + (SELECT count (*) FROM cases)", &n,
              error))
        return FALSE;
    if (n == 0)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_OTHER,
                 "the other log is not empty: it holds %" G_GINT64_FORMAT " reports and cases", n);
    return FALSE;
}

LogCopy *
logcopy_new (const char *from, const char *to, GError **error)
{
    g_autoptr (LogCopy) c = g_new0 (LogCopy, 1);

    c->types = g_string_new (NULL);
    keys_clear (c);
    c->from = db_open (from, DB_READ, BUSY_MS, error);
    if (c->from == NULL || !schema_accept (c->from, error))
        return NULL;
    c->to = db_open (to, DB_WRITE, BUSY_MS, error);
    if (c->to == NULL || !schema_migrate (c->to, error) || !is_empty (c->to, error) ||
        !begin (c, error))
        return NULL;
    return g_steal_pointer (&c);
}

void
logcopy_free (LogCopy *c)
{
    if (c == NULL)
        return;
    db_finalize (c->read);
    db_finalize (c->write);
    db_close (c->from);
    db_close (c->to);
    keys_clear (c);
    g_string_free (c->types, TRUE);
    g_free (c);
}

guint64
logcopy_total (const LogCopy *c)
{
    return c->total;
}

guint64
logcopy_done (const LogCopy *c)
{
    return c->done;
}

guint64
logcopy_reports (const LogCopy *c)
{
    return c->reports;
}

static gboolean
is_same (const LogCopy *c, const CopyTable *t, GError **error)
{
    gint64 here, there;

    if (!count (c, c->from, t, &here, error) || !count (c, c->to, t, &there, error))
        return FALSE;
    if (here == there)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_OTHER,
                 "table %s has %" G_GINT64_FORMAT " rows here and %" G_GINT64_FORMAT " there",
                 t->name, here, there);
    return FALSE;
}

/* What is searchable there is so by the words that were copied. */
static gboolean
set_mark (LogCopy *c, GError **error)
{
    g_autofree char *sql = NULL;
    gint64 mark;

    if (!ask (c->from, "SELECT max (report) FROM indexed", &mark, error))
        return FALSE;
    sql = g_strdup_printf ("UPDATE indexed SET report = %" G_GINT64_FORMAT, MIN (mark, c->last));
    return db_exec (c->to, sql, error);
}

gboolean
logcopy_finish (LogCopy *c, GError **error)
{
    const char *follow = c->to->is->dialect.serial_follows;

    if (!set_mark (c, error) || (follow != NULL && !db_exec (c->to, follow, error)))
        return FALSE;
    for (gsize i = 0; i < COPY_TABLES; i++)
        if (!is_same (c, &copy_tables[i], error))
            return FALSE;
    return TRUE;
}
