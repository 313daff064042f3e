#include "shell/daemon.h"

struct Daemon {
    GMutex mutex;
    GCond changed;
    Knowledge *know;
    LogStore *log;
    guint mails, inside;
    gboolean shut, stop, broke;
    Failures *failures;
    Ration *ration;
    Metrics *metrics;
};

Daemon *
daemon_new (Knowledge *know, LogStore *log)
{
    Daemon *d = g_new0 (Daemon, 1);

    g_mutex_init (&d->mutex);
    g_cond_init (&d->changed);
    d->know = know;
    d->log = log;
    d->failures = failures_new ();
    d->ration = ration_new ();
    d->metrics = metrics_new ();
    return d;
}

void
daemon_free (Daemon *d)
{
    if (d == NULL)
        return;
    knowledge_unref (d->know);
    logstore_close (d->log);
    failures_free (d->failures);
    ration_free (d->ration);
    metrics_free (d->metrics);
    g_cond_clear (&d->changed);
    g_mutex_clear (&d->mutex);
    g_free (d);
}

void
daemon_set_knowledge (Daemon *d, Knowledge *know)
{
    Knowledge *old;

    g_mutex_lock (&d->mutex);
    old = d->know;
    d->know = know;
    g_mutex_unlock (&d->mutex);
    knowledge_unref (old);
}

Knowledge *
daemon_knowledge (Daemon *d)
{
    Knowledge *know;

    g_mutex_lock (&d->mutex);
    know = knowledge_ref (d->know);
    g_mutex_unlock (&d->mutex);
    return know;
}

void
daemon_set_log (Daemon *d, LogStore *log)
{
    g_assert (d->log == NULL);
    d->log = log;
}

LogStore *
daemon_log (Daemon *d)
{
    return d->log;
}

void
daemon_failed (Daemon *d, Failure kind, const char *queue_id, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    failures_add (d->failures, kind, queue_id, format, args);
    va_end (args);
}

guint64
daemon_failures (Daemon *d, Failure kind)
{
    return failures_count (d->failures, kind);
}

gboolean
daemon_sum_up (Daemon *d)
{
    failures_sum_up (d->failures, FALSE);
    return failures_waiting (d->failures);
}

Ration *
daemon_ration (Daemon *d)
{
    return d->ration;
}

Metrics *
daemon_metrics (Daemon *d)
{
    return d->metrics;
}

guint
daemon_mails (Daemon *d)
{
    guint n;

    g_mutex_lock (&d->mutex);
    n = d->mails;
    g_mutex_unlock (&d->mutex);
    return n;
}

static void
add (Daemon *d, guint *count, int step)
{
    g_mutex_lock (&d->mutex);
    *count += (guint)step;
    if (*count == 0)
        g_cond_broadcast (&d->changed);
    g_mutex_unlock (&d->mutex);
}

void
daemon_mail_begins (Daemon *d)
{
    add (d, &d->mails, 1);
}

void
daemon_mail_ends (Daemon *d)
{
    g_assert (d->mails > 0);
    add (d, &d->mails, -1);
}

gboolean
daemon_enter (Daemon *d)
{
    gboolean open;

    g_mutex_lock (&d->mutex);
    open = !d->shut;
    if (open)
        d->inside++;
    g_mutex_unlock (&d->mutex);
    return open;
}

void
daemon_leave (Daemon *d)
{
    g_assert (d->inside > 0);
    add (d, &d->inside, -1);
}

static gboolean
wait_for_none (Daemon *d, const guint *count, guint wait_s)
{
    gint64 until = g_get_monotonic_time () + wait_s * G_TIME_SPAN_SECOND;

    while (*count > 0)
        if (!g_cond_wait_until (&d->changed, &d->mutex, until))
            return FALSE;
    return TRUE;
}

gboolean
daemon_drain (Daemon *d, guint mail_wait_s, guint work_wait_s)
{
    gboolean empty;

    g_mutex_lock (&d->mutex);
    wait_for_none (d, &d->mails, mail_wait_s);
    d->shut = TRUE;
    empty = wait_for_none (d, &d->inside, work_wait_s);
    g_mutex_unlock (&d->mutex);
    if (empty)
        g_clear_pointer (&d->log, logstore_close);
    failures_sum_up (d->failures, TRUE);
    return empty;
}

static void
end (Daemon *d, gboolean *why)
{
    g_mutex_lock (&d->mutex);
    *why = TRUE;
    g_cond_broadcast (&d->changed);
    g_mutex_unlock (&d->mutex);
}

void
daemon_stop (Daemon *d)
{
    end (d, &d->stop);
}

void
daemon_broke (Daemon *d)
{
    end (d, &d->broke);
}

gboolean
daemon_wait (Daemon *d)
{
    gboolean broke;

    g_mutex_lock (&d->mutex);
    while (!d->stop && !d->broke)
        g_cond_wait (&d->changed, &d->mutex);
    broke = d->broke && !d->stop;
    g_mutex_unlock (&d->mutex);
    return !broke;
}
