#include "effect/schema.h"
#include "store.h"

#define WAIT_MS 60000 /* a slow disk's; what must not be committed fails at once */

static Heard heard;

static LogStore *
open_log (const Scratch *s)
{
    g_autoptr (GError) error = NULL;
    LogStore *log = logstore_open (s->uri, s->spool, WAIT_MS, &error);

    g_assert_no_error (error);
    return log;
}

static void
test_a_put_row_is_there (void)
{
    struct stat st;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    assert_rows (&s, 1); /* while the writer still has it open */
    logstore_close (log);
    assert_rows (&s, 1);
    if (s.pg_schema == NULL) {
        g_assert_cmpint (stat (s.db, &st), ==, 0);
        g_assert_cmpint (st.st_mode & 0777, ==, 0640);
    }
    scratch_free (&s);
}

static void
test_the_same_id_is_stored_once (void)
{
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, 1);
    scratch_free (&s);
}

static void
test_no_such_uri (void)
{
    static const char *const wrong[] = { "", "log.db", "sqlite:", "mysql:/x" };

    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (logstore_open (wrong[i], NULL, WAIT_MS, &error));
        g_assert_nonnull (strstr (error->message, "expected sqlite:/"));
    }
}

typedef struct Putter {
    LogStore *log;
    guint first, n, committed;
} Putter;

static gpointer
put_rows (gpointer data)
{
    Putter *p = data;

    for (guint i = 0; i < p->n; i++)
        p->committed += logstore_put (p->log, row_new (p->first + i)) == LOG_COMMITTED;
    return NULL;
}

static void
test_many_threads (void)
{
    enum { THREADS = 16, EACH = 50 };
    Putter putters[THREADS];
    GThread *threads[THREADS];
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    for (guint i = 0; i < THREADS; i++) {
        putters[i] = (Putter) { log, i * EACH, EACH, 0 };
        threads[i] = g_thread_new ("put", put_rows, &putters[i]);
    }
    for (guint i = 0; i < THREADS; i++) {
        g_thread_join (threads[i]);
        g_assert_cmpuint (putters[i].committed, ==, EACH);
    }
    logstore_close (log);
    assert_rows (&s, THREADS * EACH);
    scratch_free (&s);
}

static void
test_reopens_on_demand (void)
{
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    for (guint i = 0; i < 5; i++) {
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
        logstore_reopen (log);
    }
    logstore_close (log);
    assert_rows (&s, 5);
    scratch_free (&s);
}

static void
test_closes_with_nothing_put (void)
{
    g_autofree char *spool = NULL;
    Scratch s;

    scratch_new (&s);
    spool = beside (&s, ".spool");
    logstore_close (open_log (&s));
    g_assert_false (g_file_test (spool, G_FILE_TEST_EXISTS));
    logstore_close (NULL);
    scratch_free (&s);
}

/* Versions */

static void
set_version (const Scratch *s, const char *sql)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (Db) db = db_open (s->uri, DB_WRITE, 1000, &error);

    g_assert_no_error (error);
    g_assert_true (db_exec (db, sql, &error));
}

static void
test_a_newer_schema_is_refused (void)
{
    Scratch s;
    LogStore *log;

    ONLY_SQLITE ();
    scratch_new (&s);
    logstore_close (open_log (&s));
    set_version (&s, "PRAGMA user_version = 99");
    hear_from (&heard);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_SPOOLED); /* the mail goes on */
    assert_warned_of (&heard, "schema version 99");
    assert_warned_of (&heard, "upgrade");
    set_version (&s, "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION));
    await_taken (log);
    logstore_close (log);
    assert_rows (&s, 1);
    scratch_free (&s);
}

static void
test_a_migration_that_fails_changes_nothing (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (Db) db = NULL;
    guint version;
    Scratch s;

    ONLY_SQLITE ();
    scratch_new (&s);
    db = db_open (s.uri, DB_WRITE, 1000, &error);
    g_assert_no_error (error);
    g_assert_true (db_exec (db, "CREATE TABLE signals (x)", NULL)); /* in the way */
    g_assert_false (schema_migrate (db, &error));
    g_assert_true (db_version (db, &version, NULL));
    g_assert_cmpuint (version, ==, 0);
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM sqlite_master"), ==, 1);
    g_assert_true (db_exec (db, "DROP TABLE signals", NULL));
    g_assert_true (schema_migrate (db, NULL));
    g_assert_true (db_version (db, &version, NULL));
    g_assert_cmpuint (version, ==, SCHEMA_VERSION);
    scratch_free (&s);
}

static void
test_keys_sort_as_addresses (void)
{
    static const char *const ascending[] = { "0.0.0.1",      "9.255.255.255", "10.0.0.0",
                                             "198.51.100.7", "198.51.100.10", "255.255.255.255",
                                             "::1",          "2001:db8::9",   "2001:db8::10" };
    char before[SCHEMA_IP_KEY_MAX] = "", key[SCHEMA_IP_KEY_MAX];

    for (gsize i = 0; i < G_N_ELEMENTS (ascending); i++) {
        Ip ip;

        g_assert_true (ip_parse (span_of (ascending[i]), &ip));
        g_assert_cmpstr (schema_ip_key (&ip, key), >, before);
        g_strlcpy (before, key, sizeof before);
    }
}

static void
test_keys_of_a_network (void)
{
    static const struct {
        const char *net, *first, *last;
    } cases[] = {
        { "198.51.100.0/24", "4c6336400", "4c63364ff" },
        { "198.51.100.128/25", "4c6336480", "4c63364ff" },
        { "198.51.100.7", "4c6336407", "4c6336407" },
        { "0.0.0.0/0", "400000000", "4ffffffff" },
        { "2001:db8::/33", "620010db8000000000000000000000000",
          "620010db87fffffffffffffffffffffff" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        char first[SCHEMA_IP_KEY_MAX], last[SCHEMA_IP_KEY_MAX];
        IpNet net;

        g_assert_true (ipnet_parse (span_of (cases[i].net), &net));
        schema_net_keys (&net, first, last);
        g_assert_cmpstr (first, ==, cases[i].first);
        g_assert_cmpstr (last, ==, cases[i].last);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/logstore/put/is-there-when-it-returns", test_a_put_row_is_there);
    g_test_add_func ("/logstore/put/the-same-id-is-stored-once", test_the_same_id_is_stored_once);
    g_test_add_func ("/logstore/put/many-threads", test_many_threads);
    g_test_add_func ("/logstore/open/no-such-uri", test_no_such_uri);
    g_test_add_func ("/logstore/reopen/on-demand", test_reopens_on_demand);
    g_test_add_func ("/logstore/close/with-nothing-put", test_closes_with_nothing_put);
    g_test_add_func ("/logstore/schema/a-newer-one-is-refused", test_a_newer_schema_is_refused);
    g_test_add_func ("/logstore/schema/a-failed-migration-changes-nothing",
                     test_a_migration_that_fails_changes_nothing);
    g_test_add_func ("/logstore/schema/keys-sort-as-addresses", test_keys_sort_as_addresses);
    g_test_add_func ("/logstore/schema/keys-of-a-network", test_keys_of_a_network);
    return g_test_run ();
}
