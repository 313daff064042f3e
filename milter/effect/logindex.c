#include "effect/logindex.h"
#include "effect/logread.h"
#include "effect/logsearch.h"

struct LogIndex {
    Db *db;
    DbStmt *next, *add, *mark;
};

gboolean
logindex_mark (Db *db, gint64 *ret_seq, GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (db, "SELECT max (report) FROM indexed", error);
    gboolean more;

    if (s == NULL || !db_step (s, &more, error))
        return FALSE;
    *ret_seq = db_int (s, 0);
    return TRUE;
}

LogIndex *
logindex_new (Db *db, GError **error)
{
    g_autoptr (LogIndex) x = g_new0 (LogIndex, 1);
    g_autoptr (GString) next = g_string_new (NULL);

    x->db = db;
    logread_select (next, TRUE);
    g_string_append (next, " WHERE seq > $1 ORDER BY seq LIMIT $2");
    x->next = db_prepare (db, next->str, error);
    if (x->next == NULL)
        return NULL;
    x->add = db_prepare (
        db, "INSERT INTO search (report, text) VALUES ($1, $2) ON CONFLICT (report) DO NOTHING",
        error);
    if (x->add == NULL)
        return NULL;
    x->mark = db_prepare (db, "UPDATE indexed SET report = $1", error);
    return x->mark != NULL ? g_steal_pointer (&x) : NULL;
}

void
logindex_free (LogIndex *x)
{
    if (x == NULL)
        return;
    db_finalize (x->next);
    db_finalize (x->add);
    db_finalize (x->mark);
    g_free (x);
}

static gboolean
add_one (LogIndex *x, gint64 seq, const LogRow *row, GError **error)
{
    g_autofree char *words = logsearch_row (row);

    db_bind_int (x->add, 1, seq);
    db_bind_text (x->add, 2, words);
    return db_run (x->add, error);
}

/* From `from' on; *ret_to: the last one done.  A row that cannot be read cannot be found either. */
static gboolean
add_some (LogIndex *x, gint64 from, guint max, guint *ret_done, gint64 *ret_to, GError **error)
{
    gboolean good, more = TRUE;

    db_bind_int (x->next, 1, from);
    db_bind_int (x->next, 2, max);
    while ((good = db_step (x->next, &more, error)) && more) {
        g_autoptr (LogRow) row = logread_row (x->next, TRUE, NULL);

        *ret_to = db_int (x->next, 0);
        ++*ret_done;
        if (row != NULL && !(good = add_one (x, *ret_to, row, error)))
            break;
    }
    db_reset (x->next);
    return good;
}

static gboolean
move_mark (LogIndex *x, gint64 to, GError **error)
{
    db_bind_int (x->mark, 1, to);
    return db_run (x->mark, error);
}

gboolean
logindex_more (LogIndex *x, guint max, guint *ret_done, GError **error)
{
    gint64 from = 0, to = 0;

    *ret_done = 0;
    if (!db_begin (x->db, error))
        return FALSE;
    if (logindex_mark (x->db, &from, error) && add_some (x, from, max, ret_done, &to, error) &&
        (*ret_done == 0 || move_mark (x, to, error)) && db_commit (x->db, error))
        return TRUE;
    db_rollback (x->db);
    *ret_done = 0;
    return FALSE;
}
