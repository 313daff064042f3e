#include "shell/failures.h"

const char *const failure_names[N_FAILURES + 1] = { "turn",   "memory",    "log",     "headers",
                                                    "action", "negotiate", "stopped", NULL };

typedef struct Kind {
    guint64 count, untold;
    gint64 told_us; /* when last; 0: never */
    char *last;     /* of the untold ones */
} Kind;

struct Failures {
    GMutex mutex;
    Kind kinds[N_FAILURES];
};

Failures *
failures_new (void)
{
    Failures *f = g_new0 (Failures, 1);

    g_mutex_init (&f->mutex);
    return f;
}

void
failures_free (Failures *f)
{
    if (f == NULL)
        return;
    for (guint i = 0; i < N_FAILURES; i++)
        g_free (f->kinds[i].last);
    g_mutex_clear (&f->mutex);
    g_free (f);
}

static gboolean
is_quiet (const Kind *kind)
{
    return kind->told_us == 0 ||
           g_get_monotonic_time () - kind->told_us >= FAILURES_QUIET_S * G_TIME_SPAN_SECOND;
}

/* The text to tell, of all that was not told yet; takes `last'. */
static char *
sum_up (Kind *kind)
{
    g_autofree char *last = g_steal_pointer (&kind->last);
    guint64 untold = kind->untold;

    kind->untold = 0;
    kind->told_us = g_get_monotonic_time ();
    if (untold == 1)
        return g_strdup_printf ("%s (%" G_GUINT64_FORMAT " so far)", last, kind->count);
    return g_strdup_printf ("%s (%" G_GUINT64_FORMAT " so far, %" G_GUINT64_FORMAT
                            " since this was last said)",
                            last, kind->count, untold);
}

void
failures_add (Failures *f, Failure kind, const char *queue_id, const char *format, va_list args)
{
    g_autofree char *reason = g_strdup_vprintf (format, args);
    Kind *k = &f->kinds[kind];
    g_autofree char *text = NULL;

    g_mutex_lock (&f->mutex);
    k->count++;
    k->untold++;
    g_free (k->last);
    k->last = g_strdup_printf ("%s: %s", queue_id != NULL ? queue_id : "no queue id", reason);
    if (is_quiet (k))
        text = sum_up (k);
    g_mutex_unlock (&f->mutex);
    if (text != NULL)
        g_warning ("%s", text);
}

guint64
failures_count (Failures *f, Failure kind)
{
    guint64 count;

    g_mutex_lock (&f->mutex);
    count = f->kinds[kind].count;
    g_mutex_unlock (&f->mutex);
    return count;
}

void
failures_sum_up (Failures *f, gboolean all)
{
    for (guint i = 0; i < N_FAILURES; i++) {
        Kind *k = &f->kinds[i];
        g_autofree char *text = NULL;

        g_mutex_lock (&f->mutex);
        if (k->untold > 0 && (all || is_quiet (k)))
            text = sum_up (k);
        g_mutex_unlock (&f->mutex);
        if (text != NULL)
            g_warning ("%s", text);
    }
}

gboolean
failures_waiting (Failures *f)
{
    gboolean any = FALSE;

    g_mutex_lock (&f->mutex);
    for (guint i = 0; i < N_FAILURES; i++)
        any |= f->kinds[i].untold > 0;
    g_mutex_unlock (&f->mutex);
    return any;
}
