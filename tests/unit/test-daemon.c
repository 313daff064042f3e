#include "shell/daemon.h"

static Daemon *
given_daemon (void)
{
    Knowledge *know = g_new0 (Knowledge, 1);

    know->refs = 1;
    return daemon_new (know, NULL);
}

static void
test_gate (void)
{
    Daemon *d = given_daemon ();

    g_assert_true (daemon_enter (d));
    daemon_leave (d);
    g_assert_true (daemon_drain (d, 0, 0));
    g_assert_false (daemon_enter (d));
    daemon_free (d);
}

static void
test_somebody_inside (void)
{
    Daemon *d = given_daemon ();

    g_assert_true (daemon_enter (d));
    g_assert_false (daemon_drain (d, 0, 0));
    daemon_leave (d);
    g_assert_true (daemon_drain (d, 0, 0));
    daemon_free (d);
}

static gpointer
finish_mail (gpointer data)
{
    Daemon *d = data;

    g_usleep (100000);
    g_assert_true (daemon_enter (d)); /* the gate stays open while the mail is awaited */
    daemon_leave (d);
    daemon_mail_ends (d);
    return NULL;
}

static void
test_waits_for_mail (void)
{
    Daemon *d = given_daemon ();
    GThread *mail;

    daemon_mail_begins (d);
    mail = g_thread_new ("mail", finish_mail, d);
    g_assert_true (daemon_drain (d, 20, 20));
    g_thread_join (mail);
    daemon_free (d);
}

static void
test_stop (void)
{
    Daemon *d = given_daemon ();

    daemon_stop (d);
    g_assert_true (daemon_wait (d));
    daemon_free (d);
}

static void
test_broke (void)
{
    Daemon *d = given_daemon ();

    daemon_broke (d);
    g_assert_false (daemon_wait (d));
    daemon_free (d);
}

static GLogWriterOutput
count_lines (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
    (void)level;
    (void)fields;
    (void)n;
    ++*(guint *)data;
    return G_LOG_WRITER_HANDLED;
}

static void
test_failures (void)
{
    Daemon *d = given_daemon ();
    static guint lines;

    g_log_set_always_fatal (G_LOG_LEVEL_ERROR); /* a test dies of warnings otherwise */
    g_log_set_writer_func (count_lines, &lines, NULL);
    for (guint i = 0; i < 150; i++)
        daemon_failed (d, FAILURE_LOG, "4ABC", "no disk takes it");
    g_assert_cmpuint (daemon_failures (d, FAILURE_LOG), ==, 150);
    g_assert_cmpuint (daemon_failures (d, FAILURE_TURN), ==, 0);
    g_assert_cmpuint (lines, ==, 1);
    g_assert_true (daemon_sum_up (d)); /* it was told a moment ago: there is more to say later */
    g_assert_cmpuint (lines, ==, 1);
    daemon_failed (d, FAILURE_TURN, NULL, "another kind");
    g_assert_cmpuint (lines, ==, 2);
    g_assert_true (daemon_drain (d, 0, 0)); /* at the end, whatever is left */
    g_assert_cmpuint (lines, ==, 3);
    g_assert_false (daemon_sum_up (d));
    daemon_free (d);
}

static void
test_snapshot (void)
{
    Daemon *d = given_daemon ();
    g_autoptr (Knowledge) before = daemon_knowledge (d);
    Knowledge *next = g_new0 (Knowledge, 1);

    next->refs = 1;
    daemon_set_knowledge (d, next);
    {
        g_autoptr (Knowledge) now = daemon_knowledge (d);

        g_assert_true (now == next);
        g_assert_true (before != now);
    }
    daemon_free (d);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/daemon/gate/shut-after-a-drain", test_gate);
    g_test_add_func ("/daemon/gate/says-when-somebody-is-inside", test_somebody_inside);
    g_test_add_func ("/daemon/drain/waits-for-a-mail-that-has-begun", test_waits_for_mail);
    g_test_add_func ("/daemon/wait/ends-at-a-stop", test_stop);
    g_test_add_func ("/daemon/wait/tells-when-serving-broke", test_broke);
    g_test_add_func ("/daemon/failures/the-first-and-then-a-sum", test_failures);
    g_test_add_func ("/daemon/knowledge/a-mail-keeps-its-snapshot", test_snapshot);
    return g_test_run ();
}
