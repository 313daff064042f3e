#include "shell/readlog.h"
#include "base/calendar.h"
#include "shell/world.h"
#include <stdio.h>

static Settings *
settings_of (const CommandContext *ctx)
{
    const char *file = world_config (ctx);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    Settings *settings = file != NULL ? settings_load (file, mistakes) : settings_defaults ();

    for (guint i = 0; i < mistakes_count (mistakes); i++)
        fprintf (stderr, "%s\n", mistakes_get (mistakes, i));
    return settings;
}

void
readlog_tell_none (const char *command)
{
    fprintf (stderr,
             "abusectl %s: the settings keep no log: set `log: sqlite:/path/to/log.db', "
             "or name the milter's settings with --config\n",
             command);
}

Settings *
readlog_settings (const CommandContext *ctx, const char *command)
{
    g_autoptr (Settings) settings = settings_of (ctx);

    if (settings != NULL && settings->log == NULL) {
        readlog_tell_none (command);
        return NULL;
    }
    return g_steal_pointer (&settings);
}

/* NULL after telling what is wrong; g_free() it. */
static char *
uri_of (const CommandContext *ctx, const char *command)
{
    g_autoptr (Settings) settings = readlog_settings (ctx, command);

    return settings != NULL ? g_strdup (settings->log) : NULL;
}

LogReader *
readlog_open (const CommandContext *ctx, const char *command)
{
    g_autofree char *uri = uri_of (ctx, command);
    g_autoptr (GError) error = NULL;
    LogReader *reader = uri != NULL ? logreader_open (uri, &error) : NULL;

    if (error != NULL)
        fprintf (stderr, "abusectl %s: %s\n", command, error->message);
    return reader;
}

LogDesk *
readlog_desk (const CommandContext *ctx, const char *command)
{
    g_autofree char *uri = uri_of (ctx, command);
    g_autoptr (GError) error = NULL;
    LogDesk *desk = uri != NULL ? logdesk_open (uri, &error) : NULL;

    if (error != NULL)
        fprintf (stderr, "abusectl %s: %s\n", command, error->message);
    return desk;
}

void
readlog_print_json (const LogRow *row)
{
    g_autoptr (Json) j = logrow_to_json (row);
    g_autofree char *line = NULL;
    char received[RFC3339_MAX];

    json_put (j, "received",
              json_new_text (calendar_rfc3339 (row->received_unix_ms / 1000, received)));
    line = json_line (j);
    puts (line);
}

static const struct {
    const char *unit;
    guint seconds;
} units[] = { { "m", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 604800 } };

gboolean
readlog_parse_time (const char *text, gint64 now_unix_s, gint64 *ret_unix_s)
{
    Span s = span_of (text);
    guint n;

    if (calendar_parse_rfc3339 (s, ret_unix_s))
        return TRUE;
    if (!span_uint (&s, 100000, &n))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
        if (span_is (s, units[i].unit)) {
            *ret_unix_s = now_unix_s - (gint64)n * units[i].seconds;
            return TRUE;
        }
    return FALSE;
}

gboolean
readlog_parse_due (const char *text, gint64 now_unix_s, gint64 *ret_unix_s)
{
    gint64 moment;

    if (calendar_parse_rfc3339 (span_of (text), ret_unix_s))
        return TRUE;
    if (!readlog_parse_time (text, now_unix_s, &moment))
        return FALSE;
    *ret_unix_s = now_unix_s + (now_unix_s - moment);
    return TRUE;
}
