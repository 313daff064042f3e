#include "shell/ration.h"

struct Ration {
    GMutex mutex;
    GCond freed;
    gsize taken;
    guint judging;
};

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

static gboolean
fits (const Ration *r, gsize bytes, gsize most)
{
    return bytes <= most && r->taken <= most - bytes;
}

gboolean
ration_hold (Ration *r, gsize bytes, gsize most)
{
    gboolean good;

    g_mutex_lock (&r->mutex);
    good = fits (r, bytes, most);
    if (good)
        r->taken += bytes;
    g_mutex_unlock (&r->mutex);
    return good;
}

static void
give_back (Ration *r, gsize bytes)
{
    g_assert (r->taken >= bytes);
    r->taken -= bytes;
    g_cond_broadcast (&r->freed); /* each waits for an amount of its own */
}

void
ration_release (Ration *r, gsize bytes)
{
    if (bytes == 0)
        return;
    g_mutex_lock (&r->mutex);
    give_back (r, bytes);
    g_mutex_unlock (&r->mutex);
}

gboolean
ration_begin (Ration *r, gsize bytes, gsize most, guint at_once, guint wait_ms)
{
    gint64 until = g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND;
    gboolean good;

    g_mutex_lock (&r->mutex);
    while (!(good = r->judging < at_once && fits (r, bytes, most)))
        if (!g_cond_wait_until (&r->freed, &r->mutex, until))
            break;
    if (good) {
        r->judging++;
        r->taken += bytes;
    }
    g_mutex_unlock (&r->mutex);
    return good;
}

void
ration_end (Ration *r, gsize bytes)
{
    g_mutex_lock (&r->mutex);
    g_assert (r->judging > 0);
    r->judging--;
    give_back (r, bytes);
    g_mutex_unlock (&r->mutex);
}

gsize
ration_taken (Ration *r)
{
    gsize taken;

    g_mutex_lock (&r->mutex);
    taken = r->taken;
    g_mutex_unlock (&r->mutex);
    return taken;
}
