#include "shell/progress.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DRAW_MS 100
#define BAR 30
#define GUESS_MS 2000 /* before that nobody knows how long it takes */

struct Progress {
    char *what;
    guint64 total;
    gint64 began_ms, drawn_ms;
};

static gint64
now_ms (void)
{
    return g_get_monotonic_time () / 1000;
}

gboolean
progress_is_shown (void)
{
    return isatty (STDERR_FILENO) != 0;
}

Progress *
progress_new (const char *what, guint64 total)
{
    Progress *p;

    if (!progress_is_shown ())
        return NULL;
    p = g_new0 (Progress, 1);
    *p = (Progress) { g_strdup (what), total, now_ms (), 0 };
    return p;
}

static void
append_left (GString *out, guint64 done, guint64 total, gint64 elapsed_ms)
{
    double left_s = (double)elapsed_ms / 1000 * (double)(total - done) / (double)MAX (done, 1);

    if (elapsed_ms < GUESS_MS || done == 0 || done == total)
        return;
    if (left_s < 100)
        g_string_append_printf (out, ", %.0f s left", left_s);
    else
        g_string_append_printf (out, ", %.0f min left", left_s / 60);
}

const char *
progress_line (const char *what, guint64 done, guint64 total, gint64 elapsed_ms,
               char ret[PROGRESS_MAX])
{
    g_autoptr (GString) out = g_string_new (what);
    guint64 shown = MIN (done, total);
    double part = total > 0 ? (double)shown / (double)total : 0;

    if (total == 0)
        g_string_append_printf (out, "  %" G_GUINT64_FORMAT, done);
    else {
        g_string_append (out, "  [");
        for (guint i = 0; i < BAR; i++)
            g_string_append_c (out, i < (guint)(part * BAR) ? '#' : '-');
        g_string_append_printf (out, "] %3u %%  %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
                                (guint)(part * 100), shown, total);
        append_left (out, shown, total, elapsed_ms);
    }
    g_strlcpy (ret, out->str, PROGRESS_MAX);
    return ret;
}

void
progress_to (Progress *p, guint64 done)
{
    char line[PROGRESS_MAX];
    gint64 now;

    if (p == NULL)
        return;
    now = now_ms ();
    if (now - p->drawn_ms < DRAW_MS)
        return;
    p->drawn_ms = now;
    fprintf (stderr, "\r%s\033[K",
             progress_line (p->what, done, p->total, now - p->began_ms, line));
    fflush (stderr);
}

void
progress_free (Progress *p)
{
    if (p == NULL)
        return;
    if (p->drawn_ms != 0)
        fputs ("\r\033[K", stderr);
    g_free (p->what);
    g_free (p);
}
