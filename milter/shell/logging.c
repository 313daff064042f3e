#include "shell/logging.h"
#include "base/clean.h"
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

struct Logging {
    gint to; /* LogTo, never AUTO */
    gboolean foreground;
};

static const struct {
    GLogLevelFlags level;
    int priority;
    const char *word;
} levels[] = {
    { G_LOG_LEVEL_ERROR, LOG_CRIT, "fatal: " },
    { G_LOG_LEVEL_CRITICAL, LOG_ERR, "internal error: " },
    { G_LOG_LEVEL_WARNING, LOG_WARNING, "warning: " },
    { G_LOG_LEVEL_MESSAGE, LOG_INFO, "" },
};

static LogTo
choose (LogTo to, gboolean foreground)
{
    if (to != LOG_TO_AUTO)
        return to;
    if (g_log_writer_is_journald (STDERR_FILENO))
        return LOG_TO_JOURNAL;
    return foreground ? LOG_TO_STDERR : LOG_TO_SYSLOG;
}

static Span
message_of (const GLogField *fields, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (g_strcmp0 (fields[i].key, "MESSAGE") == 0) {
            const char *p = fields[i].value;
            gsize len = fields[i].length < 0 ? strlen (p) : (gsize)fields[i].length;

            return (Span) { p, p + len };
        }
    return SPAN_LIT ("(no text)");
}

static GLogWriterOutput
to_journal (GLogLevelFlags level, const char *text)
{
    const GLogField fields[] = { { "MESSAGE", text, -1 },
                                 { "PRIORITY", level & G_LOG_LEVEL_MESSAGE ? "6" : "4", -1 },
                                 { "SYSLOG_IDENTIFIER", "abuse-milter", -1 } };

    return g_log_writer_journald (level, fields, G_N_ELEMENTS (fields), NULL);
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
    const Logging *l = data;
    g_autofree char *text = clean_terminal (message_of (fields, n_fields), LOGGING_MAX_LINE);
    LogTo to = (LogTo)g_atomic_int_get (&l->to);

    for (gsize i = 0; i < G_N_ELEMENTS (levels); i++) {
        if (!(level & levels[i].level))
            continue;
        if (to == LOG_TO_JOURNAL && to_journal (level, text) == G_LOG_WRITER_HANDLED)
            return G_LOG_WRITER_HANDLED;
        if (to == LOG_TO_STDERR)
            fprintf (stderr, "abuse-milter: %s%s\n", levels[i].word, text);
        else
            syslog (levels[i].priority, "%s%s", levels[i].word, text);
        return G_LOG_WRITER_HANDLED;
    }
    return G_LOG_WRITER_HANDLED; /* debugging is not written */
}

void
logging_to (Logging *l, LogTo to)
{
    g_atomic_int_set (&l->to, (gint)choose (to, l->foreground));
}

Logging *
logging_start (gboolean foreground)
{
    Logging *l = g_new0 (Logging, 1);

    l->foreground = foreground;
    l->to = LOG_TO_STDERR;
    openlog ("abuse-milter", LOG_PID, LOG_MAIL);
    g_log_set_writer_func (write_line, l, NULL);
    return l;
}
