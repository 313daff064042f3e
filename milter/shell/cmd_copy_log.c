#include "effect/logcopy.h"
#include "effect/logspool.h"
#include "shell/progress.h"
#include "shell/readlog.h"
#include <stdio.h>

#define COMMAND "copy-log"

static int
fail (const GError *error, gboolean half)
{
    fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
    if (half)
        fputs ("abusectl " COMMAND ": the other log is not whole: empty it before you try again\n",
               stderr);
    return COMMAND_WORLD;
}

static gboolean
copy_all (LogCopy *copy, GError **error)
{
    g_autoptr (Progress) progress = progress_new ("rows", logcopy_total (copy));
    gboolean more = TRUE;

    while (more) {
        if (!logcopy_step (copy, &more, error))
            return FALSE;
        progress_to (progress, logcopy_done (copy));
    }
    return logcopy_finish (copy, error);
}

static int
copy_log (const char *from, const char *to)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (LogCopy) copy = logcopy_new (from, to, &error);

    if (copy == NULL)
        return fail (error, FALSE);
    if (!copy_all (copy, &error))
        return fail (error, TRUE);
    printf ("%" G_GUINT64_FORMAT " reports copied, %" G_GUINT64_FORMAT
            " rows in all, and as many are there\n",
            logcopy_reports (copy), logcopy_done (copy));
    return COMMAND_OK;
}

/* They would be missed there. */
static gboolean
is_spool_empty (const Settings *settings)
{
    g_autofree char *path = logspool_path_of (settings->log, settings->log_spool);
    guint64 n = path != NULL ? logspool_count (path) : 0;

    if (n > 0)
        fprintf (stderr,
                 "abusectl " COMMAND ": %" G_GUINT64_FORMAT
                 " rows still wait in %s: let the milter run until it has stored them\n",
                 n, path);
    return n == 0;
}

static const char description[] =
    "Copies the log that the settings name into another one, which must be empty: reports with all "
    "that\nhangs on them, cases, notes and corrections.  URI is sqlite:/path/to/log.db or "
    "postgresql://...\nReports that come while it runs are not copied: "
    "stop the milter first,\nand set `log' to the other one before you start it again.";

int
cmd_copy_log (int argc, char **argv, const CommandContext *ctx)
{
    g_autofree char *to = NULL;
    g_autoptr (Settings) settings = NULL;
    g_autoptr (GError) error = NULL;
    const char *where;
    int status;
    const GOptionEntry options[] = {
        { "to", 't', 0, G_OPTION_ARG_STRING, &to, "The other log, which is empty", "URI" },
        { 0 },
    };

    if (!command_options (&argc, &argv, options, "- copy the log into another one", description,
                          &status))
        return status;
    if (argc > 1)
        return command_usage (COMMAND, "'%s' is too much: the other log is named by --to", argv[1]);
    if (to == NULL)
        return command_usage (COMMAND, "no --to given: sqlite:/path/to/log.db or postgresql://...");
    if (db_backend (to, &where, &error) == NULL)
        return command_usage (COMMAND, "--to: %s", error->message);
    settings = readlog_settings (ctx, COMMAND);
    if (settings == NULL || !is_spool_empty (settings))
        return COMMAND_WORLD;
    return copy_log (settings->log, to);
}
