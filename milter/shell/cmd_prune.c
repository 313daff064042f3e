/* abusectl prune and anonymise: first said, then done. */
#include "base/calendar.h"
#include "effect/retention.h"
#include "shell/progress.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define STEP 100 /* reports in one transaction: some ten milliseconds */
#define PAUSE_MIN_US                                                                               \
    2000 /* between two, for the milter; and at least as long as the last one took */

typedef struct Order {
    const char *name;
    RetentionKind kind;
    const char *summary, *description;
    const char *done; /* "removed" */
} Order;

static const Order prune = {
    "prune", RETENTION_PRUNE, "- remove old reports from the log",
    "Says how many reports were received before then, and removes them when --yes is given, or "
    "when "
    "the\nquestion on the terminal is answered with y: with their texts, corrections and search "
    "words, and\ncases of which no report is left.  The milter may run.\n"
    "Exits with 1 when it was not confirmed.",
    "removed"
};

static const Order anonymise = {
    "anonymise", RETENTION_ANONYMISE, "- take people out of old reports",
    "Says how many reports were received before then and still name somebody, and takes that away "
    "when\n--yes is given, or when the question on the terminal is answered with y: who wrote and "
    "to "
    "whom,\nsubject, text, URLs, quoted words, message ids, the victim's address, accused "
    "addresses "
    "outside\n`networks', notes.  What is counted stays: scenario, priority, times, relay, our own "
    "accused\naddresses, ports, demands, corrections.  The milter may run.\n"
    "Exits with 1 when it was not confirmed.",
    "anonymised"
};

static int
fail (const Order *o, const GError *error)
{
    fprintf (stderr, "abusectl %s: %s\n", o->name, error->message);
    return COMMAND_WORLD;
}

static void
announce (const Order *o, const RetentionCounts *c, gint64 before_unix_s, const Settings *s)
{
    char when[RFC3339_MAX];

    printf ("reports received before %s: %" G_GUINT64_FORMAT " to be %s, %" G_GUINT64_FORMAT
            " with the mail's text",
            calendar_rfc3339 (before_unix_s, when), c->reports, o->done, c->texts);
    if (o->kind == RETENTION_PRUNE)
        printf ("; %" G_GUINT64_FORMAT " cases with them, %" G_GUINT64_FORMAT " of them not closed",
                c->cases, c->live);
    else
        printf ("; %" G_GUINT64_FORMAT " notes on their cases", c->notes);
    putchar ('\n');
    if (o->kind == RETENTION_ANONYMISE && s->n_networks == 0)
        puts (
            "the settings list no `networks': no accused address is known to be ours, none stays");
    fflush (stdout);
}

static gboolean
is_confirmed (const Order *o)
{
    char answer[16];

    if (!isatty (STDIN_FILENO) || !isatty (STDOUT_FILENO)) {
        fprintf (stderr, "abusectl %s: nothing was done: say --yes\n", o->name);
        return FALSE;
    }
    fputs ("Do it? [y/N] ", stdout);
    fflush (stdout);
    if (fgets (answer, sizeof answer, stdin) != NULL && (*answer == 'y' || *answer == 'Y'))
        return TRUE;
    puts ("nothing was done");
    return FALSE;
}

static int
carry_out (const Order *o, Retention *r, guint64 total)
{
    g_autoptr (Progress) progress = progress_new (o->name, total);
    g_autoptr (GError) error = NULL;
    guint64 done = 0;
    guint n = STEP;

    while (n == STEP) {
        gint64 began = g_get_monotonic_time ();

        if (!retention_step (r, STEP, &n, &error)) {
            g_clear_pointer (&progress, progress_free);
            fprintf (stderr, "abusectl %s: %" G_GUINT64_FORMAT " were %s before this: %s\n",
                     o->name, done, o->done, error->message);
            return COMMAND_WORLD;
        }
        progress_to (progress, done += n);
        g_usleep ((gulong)MAX (g_get_monotonic_time () - began, PAUSE_MIN_US));
    }
    g_clear_pointer (&progress, progress_free);
    printf ("%" G_GUINT64_FORMAT " reports %s\n", done, o->done);
    return COMMAND_OK;
}

static int
retain (const Order *o, const CommandContext *ctx, gint64 before_unix_s, gboolean yes)
{
    g_autoptr (Settings) settings = readlog_settings (ctx, o->name);
    g_autoptr (Retention) r = NULL;
    g_autoptr (GError) error = NULL;
    RetentionCounts counts;

    if (settings == NULL)
        return COMMAND_WORLD;
    r = retention_new (settings->log, o->kind, before_unix_s, settings, &error);
    if (r == NULL || !retention_count (r, &counts, &error))
        return fail (o, error);
    announce (o, &counts, before_unix_s, settings);
    if (counts.reports == 0)
        return COMMAND_OK;
    if (!yes && !is_confirmed (o))
        return COMMAND_NOTHING;
    return carry_out (o, r, counts.reports);
}

static int
cmd_retain (int argc, char **argv, const CommandContext *ctx, const Order *o)
{
    g_autofree char *age = NULL;
    gboolean yes = FALSE;
    gint64 before;
    int status;
    const GOptionEntry options[] = {
        { "older-than", 'o', 0, G_OPTION_ARG_STRING, &age,
          "Reports received so long ago or earlier: 90d, 52w; or before a date, 2026-01-31",
          "TIME" },
        { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, "Do it without being asked", NULL },
        { 0 },
    };

    if (!command_options (&argc, &argv, options, o->summary, o->description, &status))
        return status;
    if (argc > 1)
        return command_usage (o->name, "'%s' is too much", argv[1]);
    if (age == NULL)
        return command_usage (o->name, "no --older-than given: 90d, 52w, or a date");
    if (!readlog_parse_time (age, world_now (), &before))
        return command_usage (o->name,
                              "--older-than '%s' is no time: expected 90d, 52w, 2026-01-31 or "
                              "2026-01-31T03:04:05Z",
                              age);
    if (before >= world_now ())
        return command_usage (o->name, "--older-than '%s' is not in the past", age);
    return retain (o, ctx, before, yes);
}

int
cmd_prune (int argc, char **argv, const CommandContext *ctx)
{
    return cmd_retain (argc, argv, ctx, &prune);
}

int
cmd_anonymise (int argc, char **argv, const CommandContext *ctx)
{
    return cmd_retain (argc, argv, ctx, &anonymise);
}
