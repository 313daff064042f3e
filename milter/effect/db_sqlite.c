/* The door to SQLite. */
#include "effect/db.h"
#include "effect/sqlite_dialect.h"
#include "effect/sqlite_files.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECKPOINT_PAGES                                                                           \
    4000 /* 16 MiB: the tables' last pages are rewritten once for many commits */
#define WAL_KEEP_BYTES "33554432"
#define CHECK_BYTES (8 << 20) /* at start, a log up to this size is always looked through, ... */
#define CHECK_UNCLEAN_BYTES                                                                        \
    (256 << 20) /* ... and one up to this size when its last writer died                           \
                 */

typedef struct SqliteDb {
    Db db;
    sqlite3 *handle;
    char *path;
    dev_t device;
    ino_t inode;
    int file; /* that very one, for looking at; a path alone, for closing it must not drop SQLite's
                 locks */
} SqliteDb;

typedef struct SqliteStmt {
    DbStmt stmt;
    SqliteDb *db;
    sqlite3_stmt *handle;
} SqliteStmt;

static const struct {
    int code;
    DbError error;
} classes[] = {
    { SQLITE_BUSY, DB_ERROR_BUSY },         { SQLITE_LOCKED, DB_ERROR_BUSY },
    { SQLITE_PROTOCOL, DB_ERROR_BUSY },     { SQLITE_FULL, DB_ERROR_FULL },
    { SQLITE_READONLY, DB_ERROR_READONLY }, { SQLITE_PERM, DB_ERROR_READONLY },
    { SQLITE_NOTADB, DB_ERROR_CORRUPT },    { SQLITE_CORRUPT, DB_ERROR_CORRUPT },
    { SQLITE_CANTOPEN, DB_ERROR_GONE },     { SQLITE_CONSTRAINT, DB_ERROR_ROW },
    { SQLITE_TOOBIG, DB_ERROR_ROW },        { SQLITE_MISMATCH, DB_ERROR_ROW },
};

static DbError
class_of (int code)
{
    if (code == SQLITE_READONLY_DBMOVED)
        return DB_ERROR_GONE;
    for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
        if (classes[i].code == (code & 0xff))
            return classes[i].error;
    return DB_ERROR_OTHER;
}

static gboolean
fail (SqliteDb *db, GError **error)
{
    int code = sqlite3_extended_errcode (db->handle), system = sqlite3_system_errno (db->handle);
    gboolean io = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;

    g_set_error (error, DB_ERROR, class_of (code), "%s: %s%s%s%s", db->path,
                 (code & 0xff) == SQLITE_CORRUPT ? "damaged: " : "", sqlite3_errmsg (db->handle),
                 io && system != 0 ? ": " : "", io && system != 0 ? g_strerror (system) : "");
    return FALSE;
}

static gboolean
sqlite_exec (Db *base, const char *sql, GError **error)
{
    SqliteDb *db = (SqliteDb *)base;

    return sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

static gboolean
sqlite_begin (Db *base, GError **error)
{
    return sqlite_exec (base, "BEGIN IMMEDIATE", error);
}

static gboolean
pragma_int (SqliteDb *db, const char *sql, gint64 *ret, GError **error)
{
    sqlite3_stmt *s = NULL;
    gboolean good = sqlite3_prepare_v2 (db->handle, sql, -1, &s, NULL) == SQLITE_OK &&
                    sqlite3_step (s) == SQLITE_ROW;

    if (good)
        *ret = sqlite3_column_int64 (s, 0);
    else
        fail (db, error);
    sqlite3_finalize (s);
    return good;
}

static gboolean
check_by (SqliteDb *db, const char *pragma, GError **error)
{
    sqlite3_stmt *s = NULL;
    const char *said = NULL;
    gboolean good;

    if (sqlite3_prepare_v2 (db->handle, pragma, -1, &s, NULL) != SQLITE_OK ||
        sqlite3_step (s) != SQLITE_ROW) {
        sqlite3_finalize (s);
        return fail (db, error);
    }
    said = (const char *)sqlite3_column_text (s, 0);
    good = g_strcmp0 (said, "ok") == 0;
    if (!good)
        g_set_error (error, DB_ERROR, DB_ERROR_CORRUPT, "%s: damaged: %s", db->path, said);
    sqlite3_finalize (s);
    return good;
}

static gboolean
sqlite_check (Db *base, GError **error)
{
    return check_by ((SqliteDb *)base, "PRAGMA integrity_check(1)", error);
}

static gboolean
sqlite_version (Db *base, guint *ret, GError **error)
{
    gint64 v;

    if (!pragma_int ((SqliteDb *)base, "PRAGMA user_version", &v, error))
        return FALSE;
    *ret = v >= 0 && v <= G_MAXINT ? (guint)v : G_MAXUINT;
    return TRUE;
}

static gboolean
sqlite_set_version (Db *base, guint version, GError **error)
{
    g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", version);

    return sqlite_exec (base, sql, error);
}

static gboolean
sqlite_moved (Db *base)
{
    const SqliteDb *db = (const SqliteDb *)base;
    struct stat now;

    return stat (db->path, &now) != 0 || now.st_dev != db->device || now.st_ino != db->inode;
}

static gboolean
sqlite_rests (Db *base)
{
    const SqliteDb *db = (const SqliteDb *)base;
    struct stat st;

    return db->file >= 0 && fstat (db->file, &st) == 0 && st.st_nlink > 0 &&
           sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
               SQLITE_OK;
}

/* A WAL that outlives its database would be read into the next one of that name. SQLite itself does
 * not empty it when the file was moved, though what it holds still has a place in the open file. */
static void
sqlite_close (Db *base)
{
    SqliteDb *db = (SqliteDb *)base;

    if (db->inode != 0 && sqlite_moved (base))
        sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close_v2 (db->handle);
    if (db->file >= 0)
        close (db->file);
    g_free (db->path);
    g_free (db);
}

/* Opening */

static gboolean
look_through (SqliteDb *db, gboolean unclean, gint64 bytes, GError **error)
{
    if (bytes > (unclean ? CHECK_UNCLEAN_BYTES : CHECK_BYTES))
        return TRUE;
    return check_by (db, "PRAGMA quick_check(1)", error);
}

static gboolean
open_handle (SqliteDb *db, const char *name, int flags, guint busy_ms, GError **error)
{
    sqlite3_close_v2 (db->handle);
    db->handle = NULL;
    if (sqlite3_open_v2 (name, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return fail (db, error);
    sqlite3_extended_result_codes (db->handle, 1);
    sqlite3_busy_timeout (db->handle, (int)busy_ms);
    return TRUE;
}

static gboolean
open_to_write (SqliteDb *db, guint busy_ms, GError **error)
{
    struct stat st;
    gboolean unclean = sqlite_wal_waits (db->path);

    if (!sqlite_make_file (db->path, error) || !sqlite_may_write (db->path, error) ||
        !open_handle (db, db->path, SQLITE_OPEN_READWRITE, busy_ms, error))
        return FALSE;
    db->file = open (db->path, O_PATH | O_CLOEXEC);
    if (db->file < 0 || fstat (db->file, &st) != 0) {
        g_set_error (error, DB_ERROR, DB_ERROR_GONE, "%s: %s", db->path, g_strerror (errno));
        return FALSE;
    }
    db->device = st.st_dev;
    db->inode = st.st_ino;
    return sqlite_exec (&db->db, "PRAGMA journal_mode = WAL", error) &&
           sqlite_exec (&db->db,
                        "PRAGMA synchronous = FULL;"
                        "PRAGMA journal_size_limit = " WAL_KEEP_BYTES ";"
                        "PRAGMA wal_autocheckpoint = " G_STRINGIFY (CHECKPOINT_PAGES),
                        error) &&
           look_through (db, unclean, st.st_size, error);
}

/* A WAL database whose folder the reader may not write cannot be opened when no writer has it
 * open.  Then nothing can change under us either, and it can be read as it lies. */
static gboolean
open_to_read (SqliteDb *db, guint busy_ms, GError **error)
{
    g_autoptr (GError) first = NULL;
    g_autofree char *escaped = g_uri_escape_string (db->path, "/", TRUE);
    g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
    gint64 ignored;

    if (access (db->path, F_OK) != 0) {
        g_set_error (error, DB_ERROR, DB_ERROR_GONE, "%s: %s: has the milter run with this log?",
                     db->path, g_strerror (errno));
        return FALSE;
    }
    if (open_handle (db, db->path, SQLITE_OPEN_READONLY, busy_ms, &first) &&
        pragma_int (db, "PRAGMA schema_version", &ignored, &first))
        return TRUE;
    if (g_error_matches (first, DB_ERROR, DB_ERROR_GONE) && access (db->path, R_OK) == 0 &&
        !sqlite_wal_waits (db->path))
        return open_handle (db, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_ms, error) &&
               pragma_int (db, "PRAGMA schema_version", &ignored, error);
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
}

static Db *
sqlite_open (const char *where, DbMode mode, guint busy_ms, GError **error)
{
    SqliteDb *db = g_new0 (SqliteDb, 1);

    db->db.is = &db_sqlite;
    db->file = -1;
    db->path = g_strdup (where);
    if (mode == DB_WRITE ? open_to_write (db, busy_ms, error) : open_to_read (db, busy_ms, error))
        return &db->db;
    sqlite_close (&db->db);
    return NULL;
}

/* Statements */

static DbStmt *
sqlite_prepare (Db *base, const char *sql, GError **error)
{
    SqliteDb *db = (SqliteDb *)base;
    sqlite3_stmt *handle;
    SqliteStmt *s;

    if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) !=
        SQLITE_OK) {
        fail (db, error);
        return NULL;
    }
    s = g_new0 (SqliteStmt, 1);
    *s = (SqliteStmt) { .stmt.is = &db_sqlite, .db = db, .handle = handle };
    return &s->stmt;
}

static sqlite3_stmt *
handle_of (DbStmt *s)
{
    return ((SqliteStmt *)s)->handle;
}

static void
sqlite_finalize (DbStmt *s)
{
    sqlite3_finalize (handle_of (s));
    g_free (s);
}

static void
sqlite_bind_text (DbStmt *s, guint i, const char *text)
{
    sqlite3_bind_text (handle_of (s), (int)i, text, -1, SQLITE_STATIC);
}

static void
sqlite_bind_int (DbStmt *s, guint i, gint64 v)
{
    sqlite3_bind_int64 (handle_of (s), (int)i, v);
}

static void
sqlite_bind_real (DbStmt *s, guint i, double v)
{
    sqlite3_bind_double (handle_of (s), (int)i, v);
}

static gboolean
sqlite_step (DbStmt *s, gboolean *ret_row, GError **error)
{
    int code = sqlite3_step (handle_of (s));

    *ret_row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE || fail (((SqliteStmt *)s)->db, error);
}

static void
sqlite_reset (DbStmt *s)
{
    sqlite3_reset (handle_of (s));
    sqlite3_clear_bindings (handle_of (s));
}

static gboolean
sqlite_is_null (DbStmt *s, guint column)
{
    return sqlite3_column_type (handle_of (s), (int)column) == SQLITE_NULL;
}

static const char *
sqlite_text (DbStmt *s, guint column)
{
    return (const char *)sqlite3_column_text (handle_of (s), (int)column);
}

static gint64
sqlite_integer (DbStmt *s, guint column)
{
    return sqlite3_column_int64 (handle_of (s), (int)column);
}

static double
sqlite_real (DbStmt *s, guint column)
{
    return sqlite3_column_double (handle_of (s), (int)column);
}

const DbBackend db_sqlite = {
    .scheme = "sqlite:",
    .file = TRUE,
    .dialect = SQLITE_DIALECT,
    .open = sqlite_open,
    .close = sqlite_close,
    .exec = sqlite_exec,
    .begin = sqlite_begin,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .bind_text = sqlite_bind_text,
    .bind_int = sqlite_bind_int,
    .bind_real = sqlite_bind_real,
    .step = sqlite_step,
    .reset = sqlite_reset,
    .is_null = sqlite_is_null,
    .text = sqlite_text,
    .integer = sqlite_integer,
    .real = sqlite_real,
    .version = sqlite_version,
    .set_version = sqlite_set_version,
    .check = sqlite_check,
    .moved = sqlite_moved,
    .rests = sqlite_rests,
};
