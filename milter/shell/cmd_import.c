#include "read/intake.h"
#include "shell/import.h"
#include "shell/mailbox.h"
#include "shell/progress.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>

#define COMMAND "import"

typedef struct Job {
    Import *import;
    Progress *progress; /* NULL: not shown */
    gint64 now_unix_s;
    GError *failed; /* of the log: nothing more is read */
} Job;

static gboolean
count_one (const char *name, Span mail, gpointer data)
{
    (void)name;
    *(guint64 *)data += span_left (mail) > 0;
    return TRUE;
}

/* 0: not known, for standard input is read but once. */
static guint64
count_mails (char *const *files)
{
    guint64 n = 0;

    for (; *files != NULL; files++)
        if (g_str_equal (*files, "-"))
            return 0;
        else
            mailbox_each (*files, count_one, &n, NULL);
    return n;
}

static gboolean
take (const char *name, Span mail, gpointer data)
{
    Job *job = data;

    (void)name;
    if (span_left (mail) == 0)
        return TRUE;
    if (!import_mail (job->import, mail, job->now_unix_s, &job->failed))
        return FALSE;
    progress_to (job->progress, import_counts (job->import)->read);
    return TRUE;
}

static int
fail (const GError *error)
{
    fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
    return COMMAND_WORLD;
}

/* A file that cannot be read does not keep the others out. */
static int
read_all (Job *job, char *const *files)
{
    int status = COMMAND_OK;

    for (; *files != NULL && job->failed == NULL; files++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (*files, take, job, &error))
            status = fail (error);
    }
    if (job->failed == NULL)
        import_finish (job->import, &job->failed);
    g_clear_pointer (&job->progress, progress_free);
    return job->failed != NULL ? fail (job->failed) : status;
}

static int
make_searchable (Import *im)
{
    g_autoptr (Progress) progress = progress_new ("made searchable", 0);
    g_autoptr (GError) error = NULL;
    gboolean more = import_counts (im)->stored > 0;

    for (guint64 n = 0; more; progress_to (progress, n += 100))
        if (!import_index (im, &more, &error))
            return fail (error);
    return COMMAND_OK;
}

static void
tell (const ImportCounts *c)
{
    printf ("%" G_GUINT64_FORMAT " mail%s read, %" G_GUINT64_FORMAT " stored, %" G_GUINT64_FORMAT
            " there already",
            c->read, c->read == 1 ? "" : "s", c->stored, c->known);
    if (c->refused > 0)
        printf (", %" G_GUINT64_FORMAT " refused", c->refused);
    putchar ('\n');
}

static int
import (const Knowledge *know, char *const *files)
{
    guint64 total = progress_is_shown () ? count_mails (files) : 0;
    g_autoptr (GError) error = NULL;
    g_autoptr (Import) im = import_new (know, g_get_num_processors (), &error);
    Job job = { .import = im, .now_unix_s = world_now () };
    int status, searchable;

    if (im == NULL)
        return fail (error);
    job.progress = progress_new (COMMAND, total);
    status = read_all (&job, files);
    searchable = job.failed == NULL ? make_searchable (im) : status;
    g_clear_error (&job.failed);
    tell (import_counts (im));
    if (status != COMMAND_OK || searchable != COMMAND_OK)
        return COMMAND_WORLD;
    return import_counts (im)->read > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

static const char description[] =
    "FILE is a message, a Maildir, an mbox, a folder of messages, or - for standard input.\n"
    "Each mail is judged as the milter would have judged it when it came: at the time of its "
    "topmost\n"
    "Received, else of its Date.  Return-Path and Delivered-To are taken as its envelope.  A mail\n"
    "that the log has already is passed over, so a mailbox can be imported again.  The milter may "
    "run.\n"
    "Exits with 1 when there is no mail, with 3 when the log failed or a file could not be read.";

int
cmd_import (int argc, char **argv, const CommandContext *ctx)
{
    g_auto (GStrv) files = NULL;
    const GOptionEntry options[] = {
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
        { 0 },
    };
    Knowledge *know;
    int status;

    if (!command_options (&argc, &argv, options, "FILE... - fill the log from existing mailboxes",
                          description, &status))
        return status;
    if (files == NULL)
        return command_usage (COMMAND,
                              "no FILE given: a message, a Maildir, an mbox, a folder, or -");
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    intake_init ();
    if (know->settings->log == NULL) {
        readlog_tell_none (COMMAND);
        status = COMMAND_WORLD;
    } else
        status = import (know, files);
    knowledge_unref (know);
    return status;
}
