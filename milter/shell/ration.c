#include "shell/ration.h"

struct Ration {
    GMutex mutex;
    GCond freed;
    gsize held;
    guint judging;
};

RationLimits
ration_limits (const Settings *s)
{
    gsize all = s->memory_total_bytes - SETTINGS_OWN_MEMORY;
    gsize fit = MAX (all / 3 * 2 / s->memory_limit_bytes, 1);
    guint judging = (guint)MIN (fit, s->max_judging);

    return (RationLimits) { all - judging * s->memory_limit_bytes, judging };
}

Ration *
ration_new (void)
{
    Ration *r = g_new0 (Ration, 1);

    g_mutex_init (&r->mutex);
    g_cond_init (&r->freed);
    return r;
}

void
ration_free (Ration *r)
{
    if (r == NULL)
        return;
    g_cond_clear (&r->freed);
    g_mutex_clear (&r->mutex);
    g_free (r);
}

static gint64
end_of_wait (guint wait_ms)
{
    return g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND;
}

gboolean
ration_hold (Ration *r, gsize bytes, gsize most, guint wait_ms)
{
    gint64 until = end_of_wait (wait_ms);
    gboolean good;

    g_mutex_lock (&r->mutex);
    while (!(good = bytes <= most && r->held <= most - bytes))
        if (!g_cond_wait_until (&r->freed, &r->mutex, until))
            break;
    if (good)
        r->held += bytes;
    g_mutex_unlock (&r->mutex);
    return good;
}

void
ration_release (Ration *r, gsize bytes)
{
    if (bytes == 0)
        return;
    g_mutex_lock (&r->mutex);
    g_assert (r->held >= bytes);
    r->held -= bytes;
    g_cond_broadcast (&r->freed); /* each waits for an amount of its own */
    g_mutex_unlock (&r->mutex);
}

gboolean
ration_begin (Ration *r, guint at_once, guint wait_ms)
{
    gint64 until = end_of_wait (wait_ms);
    gboolean good;

    g_mutex_lock (&r->mutex);
    while (!(good = r->judging < at_once))
        if (!g_cond_wait_until (&r->freed, &r->mutex, until))
            break;
    r->judging += good ? 1 : 0;
    g_mutex_unlock (&r->mutex);
    return good;
}

void
ration_end (Ration *r)
{
    g_mutex_lock (&r->mutex);
    g_assert (r->judging > 0);
    r->judging--;
    g_cond_broadcast (&r->freed);
    g_mutex_unlock (&r->mutex);
}

gsize
ration_held (Ration *r)
{
    gsize held;

    g_mutex_lock (&r->mutex);
    held = r->held;
    g_mutex_unlock (&r->mutex);
    return held;
}
