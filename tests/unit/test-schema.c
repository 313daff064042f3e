/* A log that an older abuse-milter has written is read and written on by this one. */
#include "effect/logquery.h"
#include "effect/schema.h"
#include "store.h"

/* As version 1 was made, and left: none of this changes any more. */
static const char version_1[] =
    "CREATE TABLE reports ("
    " seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_unix_ms BIGINT NOT NULL,"
    " queue_id TEXT, sender TEXT, recipients TEXT,"
    " message_id TEXT, from_address TEXT, from_name TEXT, subject TEXT, date_unix_s BIGINT,"
    " complaint SMALLINT NOT NULL, scenario TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL,"
    " format TEXT, priority TEXT NOT NULL, priority_reason TEXT,"
    " complainant_kind TEXT, complainant_address TEXT, complainant_name TEXT,"
    " complainant_tor_aware SMALLINT NOT NULL,"
    " deadline TEXT, deadline_text TEXT, incident_count BIGINT NOT NULL,"
    " tor_standing TEXT, tor_relay TEXT);"

    "CREATE TABLE incidents ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " ip TEXT, masked TEXT, src_port INTEGER, dst_ip TEXT, dst_port INTEGER,"
    " protocol TEXT, time TEXT, time_latest TEXT, time_local TEXT, time_basis TEXT,"
    " url TEXT, count BIGINT NOT NULL, basis TEXT, relay TEXT, rule TEXT,"
    " where_part INTEGER, where_line INTEGER, where_column INTEGER,"
    " PRIMARY KEY (report, n)) WITHOUT ROWID;"
    "CREATE TABLE accused ("
    " ip_key TEXT NOT NULL, report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,"
    " PRIMARY KEY (ip_key, report)) WITHOUT ROWID;"

    "CREATE TABLE signals ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " of TEXT, name TEXT, weight DOUBLE PRECISION NOT NULL, zone TEXT,"
    " where_part INTEGER, where_line INTEGER, where_column INTEGER, text TEXT,"
    " PRIMARY KEY (report, n)) WITHOUT ROWID;"

    "CREATE TABLE alternatives ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " scenario TEXT, confidence DOUBLE PRECISION NOT NULL,"
    " PRIMARY KEY (report, n)) WITHOUT ROWID;"

    "CREATE TABLE demands ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " demand TEXT NOT NULL, PRIMARY KEY (report, n)) WITHOUT ROWID;"

    "CREATE TABLE urls ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " url TEXT NOT NULL, PRIMARY KEY (report, n)) WITHOUT ROWID;"

    "CREATE TABLE defects ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " defect TEXT NOT NULL, PRIMARY KEY (report, n)) WITHOUT ROWID;"
    "CREATE TABLE texts ("
    " report BIGINT NOT NULL PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE,"
    " text TEXT NOT NULL);"
    "CREATE TABLE corrections ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " made_unix_ms BIGINT NOT NULL, scenario TEXT NOT NULL, author TEXT, note TEXT,"
    " PRIMARY KEY (report, n)) WITHOUT ROWID;"
    "PRAGMA journal_mode = WAL; PRAGMA user_version = 1;"
    "INSERT INTO reports VALUES (1, '01K00000000000000000000001', 1752513642496, '4Q1',"
    " 'soc@example.org', 'abuse@example.com', '1@example.org', 'soc@example.org', 'SOC',"
    " 'Attack', 1752513600, 1, 'ssh-bruteforce', 0.97, 'fail2ban', 'high', 'a deadline',"
    " 'cert', 'soc@example.org', NULL, 1, '2025-07-15T00:00:00Z', 'by Tuesday', 3,"
    " 'our-relay', 'quokka1');"
    "INSERT INTO incidents VALUES (1, 0, '198.51.100.7', NULL, NULL, '203.0.113.9', 22, 'tcp',"
    " '2025-07-14T03:04:05Z', NULL, 'Jul 14 05:04:05', 'hint', NULL, 2, 'derived', 'quokka1',"
    " 'sshd: from', 1, 14, 3);"
    "INSERT INTO incidents VALUES (1, 1, NULL, '198.51.100.XXX', 4711, NULL, NULL, NULL, NULL,"
    " NULL, NULL, NULL, 'http://example.net/\"x\"', 1, 'guessed', NULL, NULL, 2, 1, NULL);"
    "INSERT INTO accused VALUES ('4c6336407', 1);"
    "INSERT INTO signals VALUES (1, 0, 'ssh-bruteforce', 'sshd-log', 4.5, 'evidence', 1, 14, 0,"
    " 'Failed \"password\"');"
    "INSERT INTO alternatives VALUES (1, 0, 'service-bruteforce', 0.02);"
    "INSERT INTO demands VALUES (1, 0, 'logs'), (1, 1, 'stop');"
    "INSERT INTO urls VALUES (1, 0, 'http://example.net/');"
    "INSERT INTO defects VALUES (1, 0, 'the Date header is unreadable');"
    "INSERT INTO texts VALUES (1, 'Subject: Attack');"
    "INSERT INTO corrections VALUES (1, 0, 1752520000000, 'port-scan', 'ann', 'no logins');"
    "INSERT INTO corrections VALUES (1, 1, 1752530000000, 'ddos', 'bob', NULL);"
    /* a second that says as little as one can */
    "INSERT INTO reports (seq, id, received_unix_ms, complaint, scenario, confidence, priority,"
    " complainant_tor_aware, incident_count) VALUES (7, '01K00000000000000000000002',"
    " 1752513642497, 0, 'not-a-complaint', 0.5, 'low', 0, 0)";

static const char to_version_2[] = "ALTER TABLE reports ADD COLUMN complainant_auth_spf TEXT;"
                                   "ALTER TABLE reports ADD COLUMN complainant_auth_dkim TEXT;"
                                   "ALTER TABLE reports ADD COLUMN complainant_auth_dmarc TEXT;"
                                   "PRAGMA user_version = 2;"
                                   "UPDATE reports SET complainant_auth_spf = 'pass'";

static void
run (const Scratch *s, const char *sql)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (Db) db = db_open (s->uri, DB_WRITE, 1000, &error);

    g_assert_no_error (error);
    db_exec (db, sql, &error);
    g_assert_no_error (error);
}

static void
append (const Scratch *s) /* what the milter does, after migrating */
{
    g_autoptr (GError) error = NULL;
    LogStore *log = logstore_open (s->uri, s->spool, AWAIT_S * 1000, &error);

    g_assert_no_error (error);
    g_assert_cmpint (logstore_put (log, row_new (1)), ==, LOG_COMMITTED);
    logstore_close (log);
}

static LogRow *
get (const Scratch *s, const char *id)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (LogReader) r = logreader_open (s->uri, &error);
    LogRow *row;

    g_assert_no_error (error);
    row = logreader_get (r, id, &error);
    g_assert_no_error (error);
    return row;
}

static void
assert_first (const LogRow *row)
{
    g_assert_cmpstr (row->subject, ==, "Attack");
    g_assert_cmpstr (row->queue_id, ==, "4Q1");
    g_assert_cmpint (row->date_unix_s, ==, 1752513600);
    g_assert_cmpfloat (row->confidence, ==, 0.97);
    g_assert_cmpstr (row->complainant, ==, "cert");
    g_assert_true (row->tor_aware);
    g_assert_cmpstr (row->standing, ==, "our-relay");
    g_assert_cmpuint (row->n_incidents, ==, 2);
    g_assert_cmpstr (row->incidents[0].ip, ==, "198.51.100.7");
    g_assert_cmpuint (row->incidents[0].dst_port, ==, 22);
    g_assert_cmpuint (row->incidents[0].count, ==, 2);
    g_assert_cmpuint (row->incidents[0].where.line, ==, 14);
    g_assert_cmpstr (row->incidents[1].masked, ==, "198.51.100.XXX");
    g_assert_cmpuint (row->incidents[1].src_port, ==, 4711);
    g_assert_cmpstr (row->incidents[1].url, ==, "http://example.net/\"x\"");
    g_assert_null (row->incidents[1].time);
    g_assert_cmpuint (row->n_signals, ==, 1);
    g_assert_cmpstr (row->signals[0].text, ==, "Failed \"password\"");
    g_assert_cmpfloat (row->signals[0].weight, ==, 4.5);
    g_assert_cmpuint (row->n_alternatives, ==, 1);
    g_assert_cmpstr (row->demands[0], ==, "logs");
    g_assert_cmpstr (row->demands[1], ==, "stop");
    g_assert_null (row->demands[2]);
    g_assert_cmpstr (row->urls[0], ==, "http://example.net/");
    g_assert_cmpstr (row->defects[0], ==, "the Date header is unreadable");
    g_assert_cmpstr (row->text, ==, "Subject: Attack");
    g_assert_cmpstr (row->corrected, ==, "ddos"); /* the newest */
    g_assert_cmpint (row->corrected_unix_ms, ==, 1752530000000);
    g_assert_cmpstr (row->corrected_by, ==, "bob");
    g_assert_null (row->correction_note);
}

static void
assert_unsaid (const LogRow *row) /* what its version did not know */
{
    g_assert_false (row->tor_judged);
    g_assert_null (row->exit);
    g_assert_null (row->in_reply_to);
    g_assert_null (row->references[0]);
    g_assert_null (row->case_id);
}

static void
count_one (const LogRow *row, gpointer data)
{
    (void)row;
    ++*(guint *)data;
}

static guint
accusing (const Scratch *s, const char *ip)
{
    g_autoptr (LogReader) r = logreader_open (s->uri, NULL);
    guint n = 0;

    g_assert_true (logreader_list (r, &(LogFilter) { .ip = ip }, count_one, &n, NULL));
    return n;
}

static void
test_migrates (gconstpointer data)
{
    guint from = GPOINTER_TO_UINT (data);
    g_autoptr (LogRow) first = NULL, second = NULL;
    Scratch s;

    ONLY_SQLITE ();
    scratch_new (&s);
    run (&s, version_1);
    if (from >= 2)
        run (&s, to_version_2);
    append (&s);
    g_assert_cmpint (ask (&s, "PRAGMA user_version"), ==, SCHEMA_VERSION);
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM reports"), ==, 3);
    first = get (&s, "01K00000000000000000000001");
    assert_first (first);
    assert_unsaid (first);
    g_assert_cmpstr (first->spf, ==, from >= 2 ? "pass" : NULL);
    second = get (&s, "01K00000000000000000000002");
    g_assert_cmpstr (second->scenario, ==, "not-a-complaint");
    g_assert_cmpint (second->date_unix_s, ==, G_MININT64);
    g_assert_cmpint (second->corrected_unix_ms, ==, G_MININT64);
    g_assert_cmpuint (second->n_incidents, ==, 0);
    g_assert_cmpuint (accusing (&s, "198.51.100.7"), ==, 1);
    g_assert_cmpuint (accusing (&s, "198.51.100.0/24"), ==, 2);
    scratch_free (&s);
}

static char *
shape (const Scratch *s)
{
    g_autoptr (Db) db = db_open (s->uri, DB_READ, 1000, NULL);
    g_autoptr (DbStmt) stmt = db_prepare (
        db,
        "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk"
        " FROM sqlite_schema m, pragma_table_info (m.name) c ORDER BY 1",
        NULL);
    GString *out = g_string_new (NULL);
    gboolean more;

    g_assert_nonnull (stmt);
    while (db_step (stmt, &more, NULL) && more)
        g_string_append_printf (out, "%s\n", db_text (stmt, 0));
    return g_string_free (out, FALSE);
}

static void
test_a_migrated_log_is_as_a_new_one (void)
{
    g_autofree char *migrated = NULL, *fresh = NULL;
    Scratch old, anew;

    ONLY_SQLITE ();
    scratch_new (&old);
    scratch_new (&anew);
    run (&old, version_1);
    append (&old);
    append (&anew);
    migrated = shape (&old);
    fresh = shape (&anew);
    g_assert_nonnull (strstr (fresh, "reports.subject TEXT"));
    g_assert_cmpstr (migrated, ==, fresh);
    scratch_free (&old);
    scratch_free (&anew);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/schema/migrates-from-1", GUINT_TO_POINTER (1), test_migrates);
    g_test_add_data_func ("/schema/migrates-from-2", GUINT_TO_POINTER (2), test_migrates);
    g_test_add_func ("/schema/a-migrated-log-is-as-a-new-one", test_a_migrated_log_is_as_a_new_one);
    return g_test_run ();
}
