/* What the daemon counts, as Prometheus reads it. */
#include "effect/metrics.h"
#include <string.h>

static const char *const failures[] = { "judge", "log", NULL };
static const guint64 failure_counts[] = { 0, 3 };

static const MetricsNow now = { .version = "1.2",
                                .scenarios = 37,
                                .scenario_set = "ab\"c\\",
                                .mails_in_progress = 2,
                                .spooled_rows = 5,
                                .started_unix_s = 1700000000,
                                .failures = failures,
                                .failure_counts = failure_counts };

static char *
printed (Metrics *m)
{
    GString *out = g_string_new (NULL);

    metrics_print (m, &now, out);
    return g_string_free (out, FALSE);
}

static void
assert_line (const char *text, const char *line)
{
    g_autofree char *whole = g_strdup_printf ("\n%s\n", line);

    if (strstr (text, whole) == NULL)
        g_error ("no line '%s' in:\n%s", line, text);
}

static void
test_counters (void)
{
    g_autoptr (Metrics) m = metrics_new ();
    g_autofree char *text = NULL;

    metrics_mail (m, MAIL_TAGGED);
    metrics_mail (m, MAIL_TAGGED);
    metrics_mail (m, MAIL_UNWATCHED);
    metrics_row (m, ROW_SPOOLED);
    text = printed (m);
    assert_line (text, "abuse_milter_mails_total{outcome=\"tagged\"} 2");
    assert_line (text, "abuse_milter_mails_total{outcome=\"unwatched\"} 1");
    assert_line (text, "abuse_milter_mails_total{outcome=\"deferred\"} 0");
    assert_line (text, "abuse_milter_log_rows_total{outcome=\"spooled\"} 1");
    assert_line (text, "abuse_milter_failures_total{kind=\"log\"} 3");
    assert_line (text, "abuse_milter_spooled_rows 5");
    assert_line (text, "abuse_milter_build_info{version=\"1.2\",scenario_set=\"ab\\\"c\\\\\"} 1");
    g_assert_cmpuint (metrics_mails (m, MAIL_TAGGED), ==, 2);
}

static void
test_verdicts (void)
{
    g_autoptr (Metrics) m = metrics_new ();
    g_autofree char *text = NULL;
    Message mail = { .bounds = 2 };
    Facts facts = { .message = &mail };
    Verdict v = { .facts = &facts,
                  .scenario = "ssh-bruteforce",
                  .priority = PRIORITY_HIGH,
                  .incident_count = 7 };

    mail.defects.n = 3;
    metrics_verdict (m, &v);
    v.scenario = "port-scan";
    v.priority = PRIORITY_LOW;
    metrics_verdict (m, &v);
    metrics_verdict (m, &v);
    text = printed (m);
    assert_line (text,
                 "abuse_milter_reports_total{scenario=\"ssh-bruteforce\",priority=\"high\"} 1");
    assert_line (text, "abuse_milter_reports_total{scenario=\"port-scan\",priority=\"low\"} 2");
    assert_line (text, "abuse_milter_incidents_total 21");
    assert_line (text, "abuse_milter_defects_total 9");
    assert_line (text, "abuse_milter_bounds_total 6");
}

static void
test_histogram (void) /* buckets are cumulative, and their bounds belong to them */
{
    g_autoptr (Metrics) m = metrics_new ();
    g_autofree char *text = NULL;

    metrics_stage (m, STAGE_JUDGE, 100);
    metrics_stage (m, STAGE_JUDGE, 101);
    metrics_stage (m, STAGE_JUDGE, 9000000);
    metrics_stage (m, STAGE_JUDGE, -5);
    text = printed (m);
    assert_line (text, "abuse_milter_stage_seconds_bucket{stage=\"judge\",le=\"0.000100\"} 2");
    assert_line (text, "abuse_milter_stage_seconds_bucket{stage=\"judge\",le=\"0.000250\"} 3");
    assert_line (text, "abuse_milter_stage_seconds_bucket{stage=\"judge\",le=\"5.000000\"} 3");
    assert_line (text, "abuse_milter_stage_seconds_bucket{stage=\"judge\",le=\"+Inf\"} 4");
    assert_line (text, "abuse_milter_stage_seconds_sum{stage=\"judge\"} 9.000201");
    assert_line (text, "abuse_milter_stage_seconds_count{stage=\"judge\"} 4");
    assert_line (text, "abuse_milter_stage_seconds_count{stage=\"read\"} 0");
}

static void
test_reloads (void)
{
    g_autoptr (Metrics) m = metrics_new ();
    g_autofree char *text = printed (m), *after = NULL, *again = NULL;

    assert_line (text, "abuse_milter_reload_success 1");
    assert_line (text, "abuse_milter_reload_success_timestamp_seconds 1700000000");
    metrics_reload (m, FALSE, 1700000100);
    after = printed (m);
    assert_line (after, "abuse_milter_reload_success 0");
    assert_line (after, "abuse_milter_reloads_total{result=\"refused\"} 1");
    metrics_reload (m, TRUE, 1700000200);
    again = printed (m);
    assert_line (again, "abuse_milter_reload_success 1");
    assert_line (again, "abuse_milter_reload_success_timestamp_seconds 1700000200");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/metrics/counters", test_counters);
    g_test_add_func ("/metrics/verdicts", test_verdicts);
    g_test_add_func ("/metrics/histogram", test_histogram);
    g_test_add_func ("/metrics/reloads", test_reloads);
    return g_test_run ();
}
