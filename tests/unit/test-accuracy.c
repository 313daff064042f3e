#include "effect/accuracy.h"

static const AccuracyLine *
line (const GPtrArray *lines, guint i, const char *scenario)
{
    const AccuracyLine *l = lines->pdata[i];

    g_assert_cmpstr (l->scenario, ==, scenario);
    return l;
}

static void
test_counts (void)
{
    g_autoptr (Accuracy) a = accuracy_new ();
    g_autoptr (GPtrArray) lines = NULL;
    const AccuracyLine *ddos, *scan, *ssh;

    for (guint i = 0; i < 3; i++)
        accuracy_add (a, "ssh-bruteforce", "ssh-bruteforce");
    accuracy_add (a, "ssh-bruteforce", "port-scan");
    accuracy_add (a, "port-scan", "ssh-bruteforce");
    accuracy_add (a, "port-scan", "ddos");
    lines = accuracy_lines (a);
    g_assert_cmpuint (accuracy_reports (a), ==, 6);
    g_assert_cmpuint (accuracy_right (a), ==, 3);
    g_assert_cmpuint (lines->len, ==, 3);
    ddos = line (lines, 0, "ddos");
    scan = line (lines, 1, "port-scan");
    ssh = line (lines, 2, "ssh-bruteforce");
    g_assert_cmpuint (ssh->right, ==, 3);
    g_assert_cmpuint (ssh->wrong, ==, 1);
    g_assert_cmpuint (ssh->missed, ==, 1);
    g_assert_cmpfloat (accuracy_precision (ssh), ==, 0.75);
    g_assert_cmpfloat (accuracy_recall (ssh), ==, 0.75);
    g_assert_cmpuint (scan->wrong, ==, 2);
    g_assert_cmpuint (scan->missed, ==, 1);
    g_assert_cmpfloat (accuracy_precision (scan), ==, 0);
    g_assert_cmpuint (ddos->missed, ==, 1);
    g_assert_cmpfloat (accuracy_precision (ddos), ==, -1); /* never found */
    g_assert_cmpfloat (accuracy_recall (ddos), ==, 0);
}

static void
test_nothing (void)
{
    g_autoptr (Accuracy) a = accuracy_new ();
    g_autoptr (GPtrArray) lines = accuracy_lines (a);

    g_assert_cmpuint (lines->len, ==, 0);
    g_assert_cmpuint (accuracy_reports (a), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/accuracy/counts", test_counts);
    g_test_add_func ("/accuracy/nothing", test_nothing);
    return g_test_run ();
}
