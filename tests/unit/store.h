/* What the tests of the log share: a folder, rows of one's own, and messages that are counted. */
#pragma once
#include "effect/db.h"
#include "effect/logstore.h"
#include <glib/gstdio.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#define AWAIT_S 120 /* what must come, on however slow a machine */

typedef struct Scratch {
    char *folder, *db, *uri;
    char *spool;     /* NULL: beside the database */
    char *pg_schema; /* on PostgreSQL: all of the test's tables are in it; else NULL */
} Scratch;

/* Set to a URI by tests/e2e/postgresql.sh: then the same tests run on PostgreSQL. */
#define SCRATCH_POSTGRESQL "TEST_POSTGRESQL"

#define ONLY_SQLITE()                                                                              \
    if (g_getenv (SCRATCH_POSTGRESQL) != NULL) {                                                   \
        g_test_skip ("about SQLite's file");                                                       \
        return;                                                                                    \
    }

static inline void
scratch_on_postgresql (Scratch *s, const char *base)
{
    g_autoptr (Db) db = NULL;
    g_autofree char *sql = NULL;

    s->pg_schema = g_strdup_printf ("s%08x%08x", g_random_int (), (guint)getpid ());
    sql = g_strdup_printf ("CREATE SCHEMA %s", s->pg_schema);
    db = db_open (base, DB_WRITE, 60000, NULL);
    g_assert_nonnull (db);
    g_assert_true (db_exec (db, sql, NULL));
    g_free (s->uri);
    s->uri = g_strdup_printf ("%s&options=-csearch_path%%3D%s", base, s->pg_schema);
    s->spool = g_strconcat (s->db, ".spool", NULL);
}

static inline void
scratch_drop_postgresql (Scratch *s)
{
    g_autofree char *sql = g_strdup_printf ("DROP SCHEMA IF EXISTS %s CASCADE", s->pg_schema);
    g_autoptr (Db) db = db_open (g_getenv (SCRATCH_POSTGRESQL), DB_WRITE, 60000, NULL);

    if (db != NULL)
        db_exec (db, sql, NULL);
}

static inline void
scratch_in (Scratch *s, const char *folder)
{
    s->folder = g_strdup (folder);
    s->db = g_build_filename (s->folder, "log.db", NULL);
    s->uri = g_strconcat ("sqlite:", s->db, NULL);
    s->spool = s->pg_schema = NULL;
    if (g_getenv (SCRATCH_POSTGRESQL) != NULL)
        scratch_on_postgresql (s, g_getenv (SCRATCH_POSTGRESQL));
}

static inline void
scratch_new (Scratch *s)
{
    g_autofree char *folder = g_dir_make_tmp ("abuse-store-XXXXXX", NULL);

    g_assert_nonnull (folder);
    g_assert_cmpint (chmod (folder, 0777), ==, 0); /* some tests become nobody */
    scratch_in (s, folder);
}

static inline void
scratch_free (Scratch *s)
{
    g_autoptr (GDir) dir = g_dir_open (s->folder, 0, NULL);

    for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
        g_autofree char *path = g_build_filename (s->folder, name, NULL);

        g_unlink (path);
    }
    g_rmdir (s->folder);
    if (s->pg_schema != NULL)
        scratch_drop_postgresql (s);
    g_free (s->pg_schema);
    g_free (s->spool);
    g_free (s->folder);
    g_free (s->db);
    g_free (s->uri);
}

static inline char *
beside (const Scratch *s, const char *ending)
{
    return g_strconcat (s->db, ending, NULL);
}

/* The n-th row: three incidents, six signals, a demand. */
static inline LogRow *
row_new (guint n)
{
    static const char *const demands[] = { "stop", NULL }, *const nothing[] = { NULL };
    Arena *a = arena_new (LOGROW_LIMIT_BYTES);
    LogRow *row = arena_new0 (a, LogRow, 1);
    guint8 random[10] = {
        [6] = (guint8)(n >> 24), [7] = (guint8)(n >> 16), [8] = (guint8)(n >> 8), [9] = (guint8)n
    };
    char id[ULID_LEN + 1];
    gint64 ms = G_GINT64_CONSTANT (1763600000000) + n;

    ulid_make (ms, random, id);
    row->arena = a;
    row->id = arena_strdup (a, id);
    row->received_unix_ms = ms;
    row->queue_id = arena_printf (a, "4Q%08X", n);
    row->sender = "reports@example.org";
    row->recipients = "abuse@example.com";
    row->message_id = arena_printf (a, "%u.report@example.org", n);
    row->from_address = "reports@example.org";
    row->from_name = "Example Reports";
    row->subject = arena_printf (a, "Attack %u from your network", n);
    row->date_unix_s = 1763600000;
    row->scenario = n % 3 == 0 ? "port-scan" : "ssh-bruteforce";
    row->priority = n % 10 == 0 ? "high" : "normal";
    row->format = "fail2ban";
    row->complainant = "automated";
    row->complainant_address = "reports@example.org";
    row->spf = "pass";
    row->confidence = 0.97;
    row->complaint = TRUE;
    row->demands = demands;
    row->urls = nothing;
    row->defects = nothing;
    row->references = nothing;
    row->corrected_unix_ms = G_MININT64;
    row->n_incidents = 3;
    row->incident_count = 3;
    row->incidents = arena_new0 (a, LogIncident, 3);
    for (guint i = 0; i < 3; i++)
        row->incidents[i] = (LogIncident) { .ip = arena_printf (a, "198.51.100.%u", (n + i) % 256),
                                            .dst_ip = "203.0.113.9",
                                            .dst_port = 22,
                                            .protocol = "tcp",
                                            .time = "2025-11-20T03:04:05Z",
                                            .time_local = "Nov 20 04:04:05",
                                            .time_basis = "hint",
                                            .basis = "derived",
                                            .rule = "sshd: from",
                                            .count = 1,
                                            .where = { 1, 14 + i, 3 } };
    row->n_signals = 6;
    row->signals = arena_new0 (a, LogSignal, 6);
    for (guint i = 0; i < 6; i++)
        row->signals[i] = (LogSignal) { .class_id = "ssh-bruteforce",
                                        .name = "sshd-log",
                                        .text = "Failed password for invalid user",
                                        .zone = "evidence",
                                        .weight = 4 - i / 2.0,
                                        .where = { 1, 14 + i, 0 } };
    return row;
}

static inline char *
row_id (guint n)
{
    g_autoptr (LogRow) row = row_new (n);

    return g_strdup (row->id);
}

/* A number that the database answers with. */
static inline gint64
ask (const Scratch *s, const char *sql)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (Db) db = db_open (s->uri, DB_READ, AWAIT_S * 1000, &error);
    g_autoptr (DbStmt) stmt = NULL;
    gboolean row = FALSE;

    g_assert_no_error (error);
    stmt = db_prepare (db, sql, &error);
    g_assert_no_error (error);
    g_assert_true (db_step (stmt, &row, &error) && row);
    return db_int (stmt, 0);
}

/* Rows 0 to n-1 of row_new() are there, whole, and once. */
static inline void
assert_rows (const Scratch *s, guint n)
{
    g_assert_cmpint (ask (s, "SELECT count (*) FROM reports"), ==, n);
    g_assert_cmpint (ask (s, "SELECT count (*) FROM incidents"), ==, 3 * (gint64)n);
    g_assert_cmpint (ask (s, "SELECT count (*) FROM accused"), ==, 3 * (gint64)n);
    g_assert_cmpint (ask (s, "SELECT count (*) FROM signals"), ==, 6 * (gint64)n);
    g_assert_cmpint (ask (s, "SELECT count (demands) FROM reports"), ==, n);
}

/* Until nothing waits in the spool. */
static inline void
await_taken (LogStore *log)
{
    for (guint i = 0; i < AWAIT_S * 100 && logstore_spooled (log) > 0; i++)
        g_usleep (10000);
    g_assert_cmpuint (logstore_spooled (log), ==, 0);
}

/* Warnings of the store, counted instead of being fatal. */
typedef struct Heard {
    pthread_mutex_t lock;
    guint warnings, messages;
    char last_warning[400];
} Heard;

static inline void
hear (const char *domain, GLogLevelFlags level, const char *text, gpointer data)
{
    Heard *heard = data;

    (void)domain;
    pthread_mutex_lock (&heard->lock);
    if (level & G_LOG_LEVEL_WARNING) {
        heard->warnings++;
        g_strlcpy (heard->last_warning, text, sizeof heard->last_warning);
    } else if (level & G_LOG_LEVEL_MESSAGE)
        heard->messages++;
    pthread_mutex_unlock (&heard->lock);
}

static inline void
hear_from (Heard *heard) /* while no store is open */
{
    *heard = (Heard) { .lock = PTHREAD_MUTEX_INITIALIZER };
    g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
    g_log_set_default_handler (hear, heard);
}

static inline Heard
heard_now (Heard *heard) /* a copy */
{
    Heard now;

    pthread_mutex_lock (&heard->lock);
    now = (Heard) { .warnings = heard->warnings, .messages = heard->messages };
    g_strlcpy (now.last_warning, heard->last_warning, sizeof now.last_warning);
    pthread_mutex_unlock (&heard->lock);
    return now;
}

/* Until the store says that it writes again. */
static inline void
await_message (Heard *heard)
{
    for (guint i = 0; i < AWAIT_S * 100 && heard_now (heard).messages == 0; i++)
        g_usleep (10000);
}

/* The last warning names what the operator needs. */
static inline void
assert_warned_of (Heard *heard, const char *what)
{
    Heard now = heard_now (heard);

    if (strstr (now.last_warning, what) == NULL)
        g_error ("the warning '%s' does not say '%s'", now.last_warning, what);
}
