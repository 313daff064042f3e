/* abusectl case: a row for each verb; cmd_case_list.c has those that only read. */
#include "shell/cmd_case.h"
#include "effect/cases.h"
#include "shell/author.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>

int
case_failed (const GError *error)
{
    fprintf (stderr, "abusectl case: %s\n", error->message);
    return g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID)        ? COMMAND_USAGE
           : g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING) ? COMMAND_NOTHING
                                                                             : COMMAND_WORLD;
}

/* What a verb does to one case. */
typedef struct Work {
    LogDesk *desk;
    const LogCase *c;
    const char *author, *note; /* note: NULL none */
    gint64 due_unix_ms;
} Work;

typedef gboolean (*Do) (const Work *w, GError **error);

static gboolean
do_note (const Work *w, GError **error)
{
    return w->note == NULL || logdesk_note (w->desk, w->c->id, w->author, w->note, error);
}

static gboolean
do_close (const Work *w, GError **error)
{
    return logdesk_set_closed (w->desk, w->c->id, error) && do_note (w, error);
}

static gboolean
do_reopen (const Work *w, GError **error)
{
    return logdesk_set_open (w->desk, w->c->id, error) && do_note (w, error);
}

static gboolean
do_answered (const Work *w, GError **error)
{
    return logdesk_set_answered (w->desk, w->c->id, w->due_unix_ms, error) && do_note (w, error);
}

static gboolean
do_due (const Work *w, GError **error)
{
    return logdesk_set_due (w->desk, w->c->id, w->due_unix_ms, error);
}

static int
change (const CommandContext *ctx, const char *id, const char *note, gint64 due_unix_ms, Do work)
{
    g_autoptr (LogReader) reader = readlog_open (ctx, "case");
    g_autoptr (GError) error = NULL;
    g_autoptr (LogCase) c = reader != NULL ? logreader_case (reader, id, &error) : NULL;
    g_autoptr (LogCase) now = NULL;
    g_autoptr (LogDesk) desk = NULL;
    Work w = { NULL, c, author_name (), note, due_unix_ms };

    if (reader == NULL)
        return COMMAND_WORLD;
    if (c == NULL)
        return case_failed (error);
    w.desk = desk = readlog_desk (ctx, "case");
    if (desk == NULL)
        return COMMAND_WORLD;
    if (!work (&w, &error) || (now = logreader_case (reader, c->id, &error)) == NULL)
        return case_failed (error);
    case_print_line (now);
    return COMMAND_OK;
}

/* `due' as given, or so many days from now; FALSE after telling what is wrong. */
static gboolean
read_due (const char *due, gint64 *ret_unix_ms)
{
    gint64 unix_s = world_now () + CASE_FOLLOW_UP_DAYS * 86400;

    if (g_strcmp0 (due, "none") == 0) {
        *ret_unix_ms = LOGCASE_NEVER;
        return TRUE;
    }
    if (due != NULL && !readlog_parse_due (due, world_now (), &unix_s)) {
        command_usage (
            "case",
            "'%s' is no day: expected 2026-11-27, 2026-11-27T12:00:00Z, 12h, 7d, 2w from "
            "now, or none",
            due);
        return FALSE;
    }
    *ret_unix_ms = unix_s * 1000;
    return TRUE;
}

static int
with_note (int argc, char **argv, const CommandContext *ctx, const char *summary, Do work)
{
    g_autofree char *note = NULL, *due = NULL;
    const gboolean dated = work == do_answered;
    const GOptionEntry options[] = {
        { "note", 'n', 0, G_OPTION_ARG_STRING, &note, "Also notes this", "TEXT" },
        { dated ? "due" : NULL, 'd', 0, G_OPTION_ARG_STRING, &due,
          "Due again then, or so long from now (7d); none", "DAY" },
        { 0 },
    };
    gint64 due_unix_ms = LOGCASE_NEVER;
    int status;

    if (!command_options (&argc, &argv, options, summary,
                          "ID is that of the case or of one of its reports, or its beginning.",
                          &status))
        return status;
    if (argc != 2)
        return command_usage ("case", argc < 2 ? "no ID given: `abusectl case list' has them"
                                               : "one ID at a time");
    if (dated && !read_due (due, &due_unix_ms))
        return COMMAND_USAGE;
    return change (ctx, argv[1], note, due_unix_ms, work);
}

static int
verb_close (int argc, char **argv, const CommandContext *ctx)
{
    return with_note (argc, argv, ctx, "ID - nothing more is to be done", do_close);
}

static int
verb_reopen (int argc, char **argv, const CommandContext *ctx)
{
    return with_note (argc, argv, ctx, "ID - something is to be done after all", do_reopen);
}

static int
verb_answered (int argc, char **argv, const CommandContext *ctx)
{
    return with_note (argc, argv, ctx, "ID - an answer was sent; due again in a week", do_answered);
}

static int
verb_note (int argc, char **argv, const CommandContext *ctx)
{
    static const GOptionEntry options[] = { { 0 } };
    g_autofree char *note = NULL;
    int status;

    if (!command_options (&argc, &argv, options, "ID TEXT... - write something down about a case",
                          NULL, &status))
        return status;
    if (argc < 3)
        return command_usage ("case", "expected an ID and what to note");
    note = g_strstrip (g_strjoinv (" ", argv + 2));
    if (*note == '\0')
        return command_usage ("case", "the note is empty");
    return change (ctx, argv[1], note, LOGCASE_NEVER, do_note);
}

static int
verb_due (int argc, char **argv, const CommandContext *ctx)
{
    static const GOptionEntry options[] = { { 0 } };
    gint64 due_unix_ms;
    int status;

    if (!command_options (
            &argc, &argv, options, "ID DAY - when to look at a case again",
            "DAY: 2026-11-27, 2026-11-27T12:00:00Z, or so long from now: 12h, 7d, 2w; "
            "none: not again.",
            &status))
        return status;
    if (argc != 3)
        return command_usage ("case", "expected an ID and a day");
    if (!read_due (argv[2], &due_unix_ms))
        return COMMAND_USAGE;
    return change (ctx, argv[1], NULL, due_unix_ms, do_due);
}

static const Command verbs[] = {
    { "list", "the cases, overdue ones first", "[OPTION...]", case_list },
    { "show", "a case with its notes and reports", "ID", case_show },
    { "note", "write something down about a case", "ID TEXT...", verb_note },
    { "answered", "an answer was sent", "[--due DAY] ID", verb_answered },
    { "close", "nothing more is to be done", "[--note TEXT] ID", verb_close },
    { "reopen", "something is to be done after all", "[--note TEXT] ID", verb_reopen },
    { "due", "when to look at a case again", "ID DAY", verb_due },
};

static int
help (FILE *out, int status)
{
    fputs ("Usage: abusectl case VERB [ARGUMENT...]\n\nVerbs:\n", out);
    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        fprintf (out, "  %-9s %-17s %s\n", verbs[i].name, verbs[i].usage, verbs[i].summary);
    fputs ("\nabusectl case VERB --help tells more.\n", out);
    return status;
}

int
cmd_case (int argc, char **argv, const CommandContext *ctx)
{
    const char *asked = argc > 1 ? argv[1] : "--help";

    if (strcmp (asked, "--help") == 0 || strcmp (asked, "-h") == 0)
        return help (argc > 1 ? stdout : stderr, argc > 1 ? COMMAND_OK : COMMAND_USAGE);
    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (strcmp (asked, verbs[i].name) == 0) {
            g_autofree char *name = g_strconcat ("case ", asked, NULL);

            argv[1] = name;
            return verbs[i].run (argc - 1, argv + 1, ctx);
        }
    return command_usage ("case",
                          "there is no verb '%s': expected list, show, note, answered, close, "
                          "reopen or due",
                          asked);
}
