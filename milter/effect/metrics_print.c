#include "effect/metrics_own.h"

#define PREFIX "abuse_milter_"

const gint64 metrics_buckets_us[N_BUCKETS] = { 100,    250,    500,     1000,    2500,
                                               5000,   10000,  25000,   50000,   100000,
                                               250000, 500000, 1000000, 2500000, 5000000 };

static const char *const outcomes[N_MAIL_OUTCOMES] = { "unwatched", "tagged", "untagged",
                                                       "deferred", "aborted" };
static const char *const stages[N_STAGES] = { "read", "judge", "log", "reply" };
static const char *const rows[N_ROW_OUTCOMES] = { "committed", "spooled", "lost" };
static const char *const reloads[] = { "refused", "done" };

static void
head (GString *out, const char *name, const char *type, const char *help)
{
    g_string_append_printf (out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help,
                            name, type);
}

/* Label values may hold anything but these three unescaped. */
static void
value (GString *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (*p == '\n')
            g_string_append (out, "\\n");
        else {
            if (*p == '"' || *p == '\\')
                g_string_append_c (out, '\\');
            g_string_append_c (out, *p);
        }
}

static void
sample (GString *out, const char *name, const char *label, const char *of, guint64 n)
{
    g_string_append_printf (out, PREFIX "%s{%s=\"", name, label);
    value (out, of);
    g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", n);
}

static void
family (GString *out, const char *name, const char *help, const char *label,
        const char *const *labels, const guint64 *counts, guint n)
{
    head (out, name, "counter", help);
    for (guint i = 0; i < n; i++)
        sample (out, name, label, labels[i], counts[i]);
}

static void
single (GString *out, const char *name, const char *type, const char *help, guint64 n)
{
    head (out, name, type, help);
    g_string_append_printf (out, PREFIX "%s %" G_GUINT64_FORMAT "\n", name, n);
}

static void
seconds (GString *out, guint64 us) /* by digits: printf's %f follows the locale */
{
    g_string_append_printf (out, "%" G_GUINT64_FORMAT ".%06u", us / 1000000, (guint)(us % 1000000));
}

static void
print_reports (const Metrics *m, GString *out)
{
    head (out, "reports_total", "counter", "Watched mails judged, by verdict");
    for (guint i = 0; i < m->reports->len; i++) {
        const ReportCount *r = &g_array_index (m->reports, ReportCount, i);

        for (guint p = 0; p < N_PRIORITIES; p++) {
            if (r->n[p] == 0)
                continue;
            g_string_append (out, PREFIX "reports_total{scenario=\"");
            value (out, r->scenario);
            g_string_append_printf (out, "\",priority=\"%s\"} %" G_GUINT64_FORMAT "\n",
                                    priority_name ((Priority)p), r->n[p]);
        }
    }
}

static void
print_histogram (const Histogram *h, const char *stage, GString *out)
{
    guint64 n = 0;

    for (guint i = 0; i <= N_BUCKETS; i++) {
        n += h->n[i];
        g_string_append_printf (out, PREFIX "stage_seconds_bucket{stage=\"%s\",le=\"", stage);
        if (i < N_BUCKETS)
            seconds (out, (guint64)metrics_buckets_us[i]);
        else
            g_string_append (out, "+Inf");
        g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", n);
    }
    g_string_append_printf (out, PREFIX "stage_seconds_sum{stage=\"%s\"} ", stage);
    seconds (out, h->sum_us);
    g_string_append_printf (
        out, "\n" PREFIX "stage_seconds_count{stage=\"%s\"} %" G_GUINT64_FORMAT "\n", stage, n);
}

static void
print_counters (const Metrics *m, GString *out)
{
    family (out, "mails_total", "Mails by what became of them", "outcome", outcomes, m->mails,
            N_MAIL_OUTCOMES);
    print_reports (m, out);
    single (out, "incidents_total", "counter", "Incidents found in watched mails", m->incidents);
    single (out, "defects_total", "counter", "Strange things recorded about watched mails",
            m->defects);
    single (out, "bounds_total", "counter", "Limits that watched mails reached", m->bounds);
    family (out, "log_rows_total", "Rows by where they went at once", "outcome", rows, m->rows,
            N_ROW_OUTCOMES);
    family (out, "reloads_total", "Reloads of settings and scenarios", "result", reloads,
            m->reloads, G_N_ELEMENTS (reloads));
    head (out, "stage_seconds", "histogram", "Time of one watched mail, by stage");
    for (guint i = 0; i < N_STAGES; i++)
        print_histogram (&m->stages[i], stages[i], out);
}

static void
print_now (const Metrics *m, const MetricsNow *now, GString *out)
{
    head (out, "build_info", "gauge", "Version and loaded scenarios; always 1");
    g_string_append (out, PREFIX "build_info{version=\"");
    value (out, now->version);
    g_string_append (out, "\",scenario_set=\"");
    value (out, now->scenario_set);
    g_string_append (out, "\"} 1\n");
    single (out, "scenarios", "gauge", "Scenarios loaded", now->scenarios);
    single (out, "mails_in_progress", "gauge", "Mails between MAIL FROM and their end",
            now->mails_in_progress);
    single (out, "spooled_rows", "gauge", "Rows that wait to be taken into the log",
            now->spooled_rows);
    single (out, "start_time_seconds", "gauge", "When the daemon started, Unix time",
            (guint64)now->started_unix_s);
    single (out, "reload_success", "gauge", "1 unless the last reload was refused",
            m->reload_good || m->reloads[FALSE] == 0);
    single (out, "reload_success_timestamp_seconds", "gauge",
            "When settings were last read without a mistake, Unix time",
            (guint64)(m->reloaded_unix_s != 0 ? m->reloaded_unix_s : now->started_unix_s));
    if (now->failures != NULL)
        family (out, "failures_total", "What went wrong, by kind", "kind", now->failures,
                now->failure_counts, g_strv_length ((char **)now->failures));
}

void
metrics_print (Metrics *m, const MetricsNow *now, GString *out)
{
    g_mutex_lock (&m->lock);
    print_counters (m, out);
    print_now (m, now, out);
    g_mutex_unlock (&m->lock);
}
