#include "effect/db.h"
#include <string.h>

G_DEFINE_QUARK (abuse_milter_db_error, db_error)

static const DbBackend *const backends[] = { &db_sqlite, &db_pgsql };

const DbBackend *
db_backend (const char *uri, const char **ret_where, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (backends); i++) {
        gsize n = strlen (backends[i]->scheme);

        if (strncmp (uri, backends[i]->scheme, n) != 0 || uri[n] == '\0')
            continue;
        *ret_where = uri + n;
        return backends[i];
    }
    g_set_error (error, DB_ERROR, DB_ERROR_OTHER,
                 "'%s' names no log: expected sqlite:/path/to/log.db or postgresql://host/database",
                 uri);
    return NULL;
}

Db *
db_open (const char *uri, DbMode mode, guint busy_ms, GError **error)
{
    const char *where;
    const DbBackend *is = db_backend (uri, &where, error);

    return is != NULL ? is->open (where, mode, busy_ms, error) : NULL;
}

void
db_close (Db *db)
{
    if (db != NULL)
        db->is->close (db);
}

gboolean
db_exec (Db *db, const char *sql, GError **error)
{
    return db->is->exec (db, sql, error);
}

gboolean
db_begin (Db *db, GError **error)
{
    return db->is->begin (db, error);
}

gboolean
db_commit (Db *db, GError **error)
{
    return db_exec (db, "COMMIT", error);
}

/* What failed has been told already; a back-end may have rolled back by itself. */
void
db_rollback (Db *db)
{
    db_exec (db, "ROLLBACK", NULL);
}

gboolean
db_version (Db *db, guint *ret, GError **error)
{
    return db->is->version (db, ret, error);
}

gboolean
db_set_version (Db *db, guint version, GError **error)
{
    return db->is->set_version (db, version, error);
}

gboolean
db_check (Db *db, GError **error)
{
    return db->is->check (db, error);
}

gboolean
db_moved (Db *db)
{
    return db->is->moved (db);
}

gboolean
db_rests (Db *db)
{
    return db->is->rests (db);
}

DbStmt *
db_prepare (Db *db, const char *sql, GError **error)
{
    return db->is->prepare (db, sql, error);
}

void
db_finalize (DbStmt *s)
{
    if (s != NULL)
        s->is->finalize (s);
}

void
db_bind_text (DbStmt *s, guint i, const char *text)
{
    s->is->bind_text (s, i, text);
}

void
db_bind_int (DbStmt *s, guint i, gint64 v)
{
    s->is->bind_int (s, i, v);
}

void
db_bind_real (DbStmt *s, guint i, double v)
{
    s->is->bind_real (s, i, v);
}

gboolean
db_step (DbStmt *s, gboolean *ret_row, GError **error)
{
    return s->is->step (s, ret_row, error);
}

gboolean
db_run (DbStmt *s, GError **error)
{
    gboolean row = TRUE, good = TRUE;

    while (good && row)
        good = db_step (s, &row, error);
    db_reset (s);
    return good;
}

void
db_reset (DbStmt *s)
{
    s->is->reset (s);
}

gboolean
db_is_null (DbStmt *s, guint column)
{
    return s->is->is_null (s, column);
}

const char *
db_text (DbStmt *s, guint column)
{
    return s->is->text (s, column);
}

gint64
db_int (DbStmt *s, guint column)
{
    return s->is->integer (s, column);
}

double
db_real (DbStmt *s, guint column)
{
    return s->is->real (s, column);
}
