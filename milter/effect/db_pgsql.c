/* The door to PostgreSQL's libpq.  Values travel as text, and a statement's rows come all at once.
 */
#include "effect/db.h"
#include "effect/pgsql_dialect.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARAMETERS 64
#define NUMBER_LEN 32
#define CONNECT_S "5"          /* then the database counts as gone */
#define UNANSWERED_MS "10000"  /* a peer that does not acknowledge, too */
#define WRITERS_LOCK "8894162" /* an advisory lock: one of several hosts writes at a time */

typedef struct PgsqlDb {
    Db db;
    PGconn *conn;
    guint statements; /* made so far: their names are numbers */
} PgsqlDb;

typedef struct PgsqlStmt {
    DbStmt stmt;
    PgsqlDb *db;
    char name[NUMBER_LEN];
    guint n;
    const char *values[MAX_PARAMETERS];
    char numbers[MAX_PARAMETERS][NUMBER_LEN];
    PGresult *rows; /* NULL before the first step */
    int row;
} PgsqlStmt;

/* By SQLSTATE, the longest beginning first. */
static const struct {
    const char *begin;
    DbError error;
} classes[] = {
    { "53100", DB_ERROR_FULL },    { "25006", DB_ERROR_READONLY }, { "57P0", DB_ERROR_GONE },
    { "55P03", DB_ERROR_BUSY },    { "57014", DB_ERROR_BUSY },     { "42501", DB_ERROR_READONLY },
    { "53", DB_ERROR_BUSY },       { "40", DB_ERROR_BUSY },        { "08", DB_ERROR_GONE },
    { "XX001", DB_ERROR_CORRUPT }, { "XX002", DB_ERROR_CORRUPT },  { "22", DB_ERROR_ROW },
    { "23", DB_ERROR_ROW },        { "54", DB_ERROR_ROW },
};

static DbError
class_of (const PgsqlDb *db, const char *state)
{
    if (PQstatus (db->conn) != CONNECTION_OK)
        return DB_ERROR_GONE;
    for (gsize i = 0; state != NULL && i < G_N_ELEMENTS (classes); i++)
        if (g_str_has_prefix (state, classes[i].begin))
            return classes[i].error;
    return DB_ERROR_OTHER;
}

/* libpq's messages have several lines; never the password. */
static gboolean
fail (const PgsqlDb *db, const PGresult *result, GError **error)
{
    const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary =
        result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    g_autofree char *text = g_strdup (primary != NULL ? primary : PQerrorMessage (db->conn));
    const char *host = PQhost (db->conn), *name = PQdb (db->conn);

    g_strdelimit (g_strstrip (text), "\r\n\t", ' ');
    g_set_error (error, DB_ERROR, class_of (db, state), "PostgreSQL database %s at %s: %s",
                 name != NULL ? name : "?", host != NULL && *host != '\0' ? host : "?", text);
    return FALSE;
}

static gboolean
succeeded (const PGresult *result)
{
    ExecStatusType status = PQresultStatus (result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static gboolean
pgsql_exec (Db *base, const char *sql, GError **error)
{
    PgsqlDb *db = (PgsqlDb *)base;
    PGresult *result = PQexec (db->conn, sql);
    gboolean good = succeeded (result) || fail (db, result, error);

    PQclear (result);
    return good;
}

/* One writer at a time, as with SQLite: the keys that a transaction has taken are all there before
 * the next one's, which is what the search's mark and the cases' counts rest on. */
static gboolean
pgsql_begin (Db *base, GError **error)
{
    if (!pgsql_exec (base, "BEGIN", error))
        return FALSE;
    if (pgsql_exec (base, "SELECT pg_advisory_xact_lock (" WRITERS_LOCK ")", error))
        return TRUE;
    pgsql_exec (base, "ROLLBACK", NULL);
    return FALSE;
}

/* Opening */

static void
be_silent (void *data, const PGresult *result) /* "table exists already" and the like */
{
    (void)data;
    (void)result;
}

static PGconn *
connect_to (const char *where)
{
    g_autofree char *uri = g_strconcat (db_pgsql.scheme, where, NULL);
    /* What the URI says itself goes before what stands ahead of it here. */
    const char *const keys[] = { "connect_timeout", "tcp_user_timeout", "application_name",
                                 "client_encoding", "dbname",           NULL };
    const char *const values[] = { CONNECT_S, UNANSWERED_MS, "abuse-milter", "UTF8", uri, NULL };

    return PQconnectdbParams (keys, values, 1);
}

static gboolean
prepare_session (Db *base, DbMode mode, guint busy_ms, GError **error)
{
    g_autofree char *sql = g_strdup_printf (
        "SET lock_timeout = %u; SET idle_in_transaction_session_timeout = 0;"
        "SET standard_conforming_strings = on; SET default_transaction_read_only = %s",
        MAX (busy_ms, 1), mode == DB_READ ? "on" : "off");

    return pgsql_exec (base, sql, error);
}

static void
pgsql_close (Db *base)
{
    PgsqlDb *db = (PgsqlDb *)base;

    PQfinish (db->conn);
    g_free (db);
}

static Db *
pgsql_open (const char *where, DbMode mode, guint busy_ms, GError **error)
{
    PgsqlDb *db = g_new0 (PgsqlDb, 1);

    db->db.is = &db_pgsql;
    db->conn = connect_to (where);
    if (PQstatus (db->conn) == CONNECTION_OK) {
        PQsetNoticeReceiver (db->conn, be_silent, NULL);
        if (prepare_session (&db->db, mode, busy_ms, error))
            return &db->db;
    } else
        fail (db, NULL, error);
    pgsql_close (&db->db);
    return NULL;
}

/* The schema's version is a table's one row. */

static gboolean
ask_number (PgsqlDb *db, const char *sql, gint64 *ret, GError **error)
{
    PGresult *result = PQexec (db->conn, sql);
    gboolean good = PQresultStatus (result) == PGRES_TUPLES_OK || fail (db, result, error);

    if (good)
        *ret = PQntuples (result) > 0 && !PQgetisnull (result, 0, 0)
                   ? g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10)
                   : 0;
    PQclear (result);
    return good;
}

static gboolean
pgsql_version (Db *base, guint *ret, GError **error)
{
    PgsqlDb *db = (PgsqlDb *)base;
    gint64 there, version = 0;

    if (!ask_number (db, "SELECT (to_regclass ('schema_version') IS NOT NULL)::int", &there,
                     error) ||
        (there && !ask_number (db, "SELECT version FROM schema_version", &version, error)))
        return FALSE;
    *ret = (guint)version;
    return TRUE;
}

static gboolean
pgsql_set_version (Db *base, guint version, GError **error)
{
    g_autofree char *sql =
        g_strdup_printf ("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL);"
                         "DELETE FROM schema_version;"
                         "INSERT INTO schema_version (version) VALUES (%u)",
                         version);

    return pgsql_exec (base, sql, error);
}

static gboolean
pgsql_check (Db *base, GError **error) /* its own tools know more; every row is read once */
{
    gint64 n;

    return ask_number ((PgsqlDb *)base,
                       "SELECT count (r.*) + count (d.*) FROM reports r"
                       " LEFT JOIN details d ON d.report = r.seq",
                       &n, error);
}

static gboolean
pgsql_moved (Db *base)
{
    (void)base;
    return FALSE;
}

/* Statements */

/* What is not bound is null, but libpq wants to be told of all. */
static gboolean
count_parameters (PgsqlStmt *s, GError **error)
{
    PGresult *result = PQdescribePrepared (s->db->conn, s->name);
    gboolean good = succeeded (result) || fail (s->db, result, error);

    s->n = good ? (guint)PQnparams (result) : 0;
    PQclear (result);
    g_assert (s->n <= MAX_PARAMETERS);
    return good;
}

static DbStmt *
pgsql_prepare (Db *base, const char *sql, GError **error)
{
    PgsqlDb *db = (PgsqlDb *)base;
    PgsqlStmt *s = g_new0 (PgsqlStmt, 1);
    PGresult *result;
    gboolean good;

    s->stmt.is = &db_pgsql;
    s->db = db;
    g_snprintf (s->name, sizeof s->name, "s%u", ++db->statements);
    result = PQprepare (db->conn, s->name, sql, 0, NULL);
    good = succeeded (result) || fail (db, result, error);
    PQclear (result);
    if (good && count_parameters (s, error))
        return &s->stmt;
    g_free (s);
    return NULL;
}

static PgsqlStmt *
own (DbStmt *s)
{
    return (PgsqlStmt *)s;
}

static void
pgsql_reset (DbStmt *base)
{
    PgsqlStmt *s = own (base);

    PQclear (s->rows);
    s->rows = NULL;
    s->row = 0;
    memset (s->values, 0, sizeof s->values);
}

static void
pgsql_finalize (DbStmt *base)
{
    PgsqlStmt *s = own (base);
    g_autofree char *sql = g_strconcat ("DEALLOCATE ", s->name, NULL);

    pgsql_reset (base);
    pgsql_exec (&s->db->db, sql,
                NULL); /* in a failed transaction it stays until the connection ends */
    g_free (s);
}

static void
pgsql_bind_text (DbStmt *s, guint i, const char *text)
{
    g_assert (i >= 1 && i <= own (s)->n);
    own (s)->values[i - 1] = text;
}

static void
pgsql_bind_int (DbStmt *s, guint i, gint64 v)
{
    char *number = own (s)->numbers[i - 1];

    g_snprintf (number, NUMBER_LEN, "%" G_GINT64_FORMAT, v);
    pgsql_bind_text (s, i, number);
}

static void
pgsql_bind_real (DbStmt *s, guint i, double v)
{
    char *number = own (s)->numbers[i - 1];

    pgsql_bind_text (s, i, g_ascii_dtostr (number, NUMBER_LEN, v));
}

static gboolean
run (PgsqlStmt *s, GError **error)
{
    s->rows = PQexecPrepared (s->db->conn, s->name, (int)s->n, s->values, NULL, NULL, 0);
    s->row = -1;
    if (succeeded (s->rows))
        return TRUE;
    fail (s->db, s->rows, error);
    PQclear (s->rows);
    s->rows = NULL;
    return FALSE;
}

static gboolean
pgsql_step (DbStmt *base, gboolean *ret_row, GError **error)
{
    PgsqlStmt *s = own (base);

    *ret_row = FALSE;
    if (s->rows == NULL && !run (s, error))
        return FALSE;
    *ret_row = ++s->row < PQntuples (s->rows);
    return TRUE;
}

static gboolean
pgsql_is_null (DbStmt *s, guint column)
{
    return PQgetisnull (own (s)->rows, own (s)->row, (int)column) != 0;
}

static const char *
pgsql_text (DbStmt *s, guint column)
{
    return pgsql_is_null (s, column) ? NULL : PQgetvalue (own (s)->rows, own (s)->row, (int)column);
}

static gint64
pgsql_integer (DbStmt *s, guint column)
{
    const char *text = pgsql_text (s, column);

    return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static double
pgsql_real (DbStmt *s, guint column)
{
    const char *text = pgsql_text (s, column);

    return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

const DbBackend db_pgsql = {
    .scheme = "postgresql:",
    .dialect = PGSQL_DIALECT,
    .open = pgsql_open,
    .close = pgsql_close,
    .exec = pgsql_exec,
    .begin = pgsql_begin,
    .prepare = pgsql_prepare,
    .finalize = pgsql_finalize,
    .bind_text = pgsql_bind_text,
    .bind_int = pgsql_bind_int,
    .bind_real = pgsql_bind_real,
    .step = pgsql_step,
    .reset = pgsql_reset,
    .is_null = pgsql_is_null,
    .text = pgsql_text,
    .integer = pgsql_integer,
    .real = pgsql_real,
    .version = pgsql_version,
    .set_version = pgsql_set_version,
    .check = pgsql_check,
    .moved = pgsql_moved,
};
