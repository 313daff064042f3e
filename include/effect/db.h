/*
 * db - a database as the log needs one, whatever makes it
 *
 * A back-end is a const struct of functions and a row in db.c's table; SQLite
 * is the one that always exists (db_sqlite.c, the door to its library).  SQL
 * above this line is what SQLite and PostgreSQL both read: parameters are $1,
 * $2, ... in ascending order, ON CONFLICT, RETURNING; what differs in a schema
 * is a word of the dialect.
 *
 * A connection belongs to one thread at a time.  Errors are DB_ERROR with a
 * sentence that names the database; the code says what may help.
 */
#pragma once
#include <glib.h>

typedef enum DbError {
    DB_ERROR_BUSY, /* somebody else holds it; wait */
    DB_ERROR_FULL, /* no room */
    DB_ERROR_READONLY,
    DB_ERROR_CORRUPT, /* no database, or a damaged one */
    DB_ERROR_GONE,    /* cannot be opened, missing, moved away */
    DB_ERROR_VERSION, /* its schema is newer, or older and not ours to migrate */
    DB_ERROR_ROW,     /* these values cannot be stored; others can */
    DB_ERROR_OTHER
} DbError;

#define DB_ERROR (db_error_quark ())
GQuark db_error_quark (void);

typedef enum DbMode {
    DB_WRITE, /* made when missing; durable: a commit that returned survives a power cut */
    DB_READ   /* never made, never written; others may be writing */
} DbMode;

typedef struct DbDialect {
    const char *serial;    /* "INTEGER PRIMARY KEY": a key that the database counts */
    const char *serial_follows; /* SQL after which the key of reports is counted on behind the last; NULL: it is anyway */
    const char *key;       /* "INTEGER PRIMARY KEY": one that is given; "report {key} REFERENCES ..." */
    const char *clustered; /* behind a table: its rows live in the primary key */
    const char *json;      /* the type of a JSON document */
    /* Of the documents of details (effect/logdetail.h): a SELECT of report, n, and j, which is one
     * item of array {name}; the field {name} of j, by what it is; a SELECT of report, n, and text {column}, one
     * item of list {name}. */
    const char *json_array, *json_text, *json_integer, *json_real, *json_bool, *json_list;
    /* Full text: SQL that makes it follow table `search'; a condition on a report's {seq}, with the
     * parameter {query}; how that parameter joins phrases, and a phrase's words. */
    const char *search_make, *search_match;
    const char *search_and, *phrase_begin, *phrase_next, *phrase_end, *phrase_end_prefix;
} DbDialect;

typedef struct DbBackend DbBackend;

typedef struct Db { /* a back-end's own struct begins with this */
    const DbBackend *is;
} Db;

typedef struct DbStmt {
    const DbBackend *is;
} DbStmt;

struct DbBackend {
    const char *scheme; /* "sqlite:" */
    gboolean file;      /* what stands behind the scheme is the path of a file */
    DbDialect dialect;
    Db *(*open) (const char *where, DbMode mode, guint busy_ms, GError **error);
    void (*close) (Db *db);
    gboolean (*exec) (Db *db, const char *sql, GError **error);
    gboolean (*begin) (Db *db, GError **error);
    DbStmt *(*prepare) (Db *db, const char *sql, GError **error);
    void (*finalize) (DbStmt *s);
    void (*bind_text) (DbStmt *s, guint i, const char *text);
    void (*bind_int) (DbStmt *s, guint i, gint64 v);
    void (*bind_real) (DbStmt *s, guint i, double v);
    gboolean (*step) (DbStmt *s, gboolean *ret_row, GError **error);
    void (*reset) (DbStmt *s);
    gboolean (*is_null) (DbStmt *s, guint column);
    const char *(*text) (DbStmt *s, guint column);
    gint64 (*integer) (DbStmt *s, guint column);
    double (*real) (DbStmt *s, guint column);
    gboolean (*version) (Db *db, guint *ret, GError **error);
    gboolean (*set_version) (Db *db, guint version, GError **error);
    gboolean (*check) (Db *db, GError **error);
    gboolean (*moved) (Db *db);
    gboolean (*rests) (Db *db);
};

/* uri: "sqlite:/path"; busy_ms: how long a statement waits for somebody else's lock. */
const DbBackend *db_backend (const char *uri, const char **ret_where, GError **error);
Db *db_open (const char *uri, DbMode mode, guint busy_ms, GError **error);
void db_close (Db *db); /* NULL is fine */

gboolean db_exec (Db *db, const char *sql,
                  GError **error);          /* statements without parameters or rows */
gboolean db_begin (Db *db, GError **error); /* to write: takes the lock now */
gboolean db_commit (Db *db, GError **error);
void db_rollback (Db *db);
gboolean db_version (Db *db, guint *ret,
                     GError **error); /* of the schema; 0 in an empty database */
gboolean db_set_version (Db *db, guint version, GError **error);
gboolean db_check (Db *db, GError **error); /* reads it whole; the error says what is damaged */
gboolean db_moved (Db *db); /* its file was deleted or replaced: what is written goes nowhere */
gboolean db_rests (Db *db); /* its file was moved, not deleted, and holds all that was committed */

/* Bound text must live until the statement was stepped; parameters count from 1, columns from 0. */
DbStmt *db_prepare (Db *db, const char *sql, GError **error);
void db_finalize (DbStmt *s);                             /* NULL is fine */
void db_bind_text (DbStmt *s, guint i, const char *text); /* NULL: null */
void db_bind_int (DbStmt *s, guint i, gint64 v);
void db_bind_real (DbStmt *s, guint i, double v);
gboolean db_step (DbStmt *s, gboolean *ret_row,
                  GError **error); /* *ret_row: there is a row to read */
gboolean db_run (DbStmt *s,
                 GError **error); /* steps to the end and resets: for statements without rows */
void db_reset (DbStmt *s);        /* to run again; what is bound is forgotten */

gboolean db_is_null (DbStmt *s, guint column);
const char *db_text (DbStmt *s, guint column); /* NULL for null; until the next step */
gint64 db_int (DbStmt *s, guint column);
double db_real (DbStmt *s, guint column);

extern const DbBackend db_sqlite, db_pgsql;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Db, db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbStmt, db_finalize)
