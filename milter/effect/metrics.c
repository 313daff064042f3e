#include "effect/metrics.h"
#include "effect/metrics_own.h"

Metrics *
metrics_new (void)
{
    Metrics *m = g_new0 (Metrics, 1);

    g_mutex_init (&m->lock);
    m->reports = g_array_new (FALSE, TRUE, sizeof (ReportCount));
    return m;
}

void
metrics_free (Metrics *m)
{
    if (m == NULL)
        return;
    for (guint i = 0; i < m->reports->len; i++)
        g_free (g_array_index (m->reports, ReportCount, i).scenario);
    g_array_unref (m->reports);
    g_mutex_clear (&m->lock);
    g_free (m);
}

void
metrics_mail (Metrics *m, MailOutcome outcome)
{
    g_mutex_lock (&m->lock);
    m->mails[outcome]++;
    g_mutex_unlock (&m->lock);
}

guint64
metrics_mails (Metrics *m, MailOutcome outcome)
{
    guint64 n;

    g_mutex_lock (&m->lock);
    n = m->mails[outcome];
    g_mutex_unlock (&m->lock);
    return n;
}

/* Scenarios may come with a reload, so the names are copied; there are some dozens. */
static ReportCount *
count_of (Metrics *m, const char *scenario)
{
    ReportCount fresh = { .scenario = NULL };

    for (guint i = 0; i < m->reports->len; i++) {
        ReportCount *r = &g_array_index (m->reports, ReportCount, i);

        if (strcmp (r->scenario, scenario) == 0)
            return r;
    }
    fresh.scenario = g_strdup (scenario);
    g_array_append_val (m->reports, fresh);
    return &g_array_index (m->reports, ReportCount, m->reports->len - 1);
}

void
metrics_verdict (Metrics *m, const Verdict *verdict)
{
    const Message *mail = verdict->facts->message;

    g_mutex_lock (&m->lock);
    count_of (m, verdict->scenario)->n[verdict->priority]++;
    m->incidents += verdict->incident_count;
    m->defects += mail->defects.n;
    m->bounds += mail->bounds;
    g_mutex_unlock (&m->lock);
}

static guint
bucket_of (gint64 us)
{
    guint i = 0;

    while (i < N_BUCKETS && us > metrics_buckets_us[i])
        i++;
    return i;
}

void
metrics_stage (Metrics *m, Stage stage, gint64 us)
{
    Histogram *h = &m->stages[stage];

    us = MAX (us, 0);
    g_mutex_lock (&m->lock);
    h->n[bucket_of (us)]++;
    h->sum_us += (guint64)us;
    g_mutex_unlock (&m->lock);
}

void
metrics_row (Metrics *m, RowOutcome outcome)
{
    g_mutex_lock (&m->lock);
    m->rows[outcome]++;
    g_mutex_unlock (&m->lock);
}

void
metrics_reload (Metrics *m, gboolean good, gint64 now_unix_s)
{
    g_mutex_lock (&m->lock);
    m->reloads[good]++;
    m->reload_good = good;
    if (good)
        m->reloaded_unix_s = now_unix_s;
    g_mutex_unlock (&m->lock);
}
