#include "base/nearest.h"
#include "shell/author.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>

#define COMMAND "correct"

static int
fail (const GError *error)
{
    fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
    return g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID)        ? COMMAND_USAGE
           : g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING) ? COMMAND_NOTHING
                                                                             : COMMAND_WORLD;
}

/* FALSE after telling that there is none of that name, and which one may be meant. */
static gboolean
is_scenario (const Rules *rules, const char *id)
{
    g_autofree const char **known = g_new0 (const char *, rules->n_scenarios + 1);
    const char *near;

    if (rules_scenario (rules, id) != NULL)
        return TRUE;
    for (guint i = 0; i < rules->n_scenarios; i++)
        known[i] = rules->classes[i].id;
    near = nearest_word (id, known);
    if (near != NULL)
        command_usage (COMMAND, "there is no scenario '%s': did you mean %s?", id, near);
    else
        command_usage (COMMAND,
                       "there is no scenario '%s': `abusectl scenarios list' has all of them", id);
    return FALSE;
}

static void
tell (const LogRow *row, const char *scenario)
{
    if (strcmp (row->scenario, scenario) == 0)
        printf ("%s  %s, confirmed\n", row->id, scenario);
    else
        printf ("%s  %s, not %s\n", row->id, scenario, row->scenario);
}

static int
correct (const CommandContext *ctx, const char *id, const char *scenario, const char *note)
{
    g_autoptr (LogReader) reader = readlog_open (ctx, COMMAND);
    g_autoptr (GError) error = NULL;
    g_autoptr (LogRow) row = reader != NULL ? logreader_get (reader, id, &error) : NULL;
    g_autoptr (LogDesk) desk = NULL;

    if (reader == NULL)
        return COMMAND_WORLD;
    if (row == NULL)
        return fail (error);
    desk = readlog_desk (ctx, COMMAND);
    if (desk == NULL)
        return COMMAND_WORLD;
    if (!logdesk_correct (desk, row->id, scenario, author_name (), note, &error))
        return fail (error);
    tell (row, scenario);
    return COMMAND_OK;
}

/* --note is what a person types in their locale. */
static gboolean
is_text (const char *note)
{
    return note == NULL || g_utf8_validate (note, -1, NULL);
}

static const char description[] =
    "ID is the mail's X-Abuse-Id, or as much of its beginning as no other has.  From then on "
    "list,\n"
    "show, export and the drafts go by what you said; a later correction replaces it.  To say "
    "that\n"
    "the rules were right, name the scenario that they found.  `abusectl accuracy' counts both.";

int
cmd_correct (int argc, char **argv, const CommandContext *ctx)
{
    g_autofree char *scenario = NULL, *note = NULL;
    g_autoptr (Knowledge) know = NULL;
    const GOptionEntry options[] = {
        { "scenario", 's', 0, G_OPTION_ARG_STRING, &scenario, "What the report really is", "ID" },
        { "note", 'm', 0, G_OPTION_ARG_STRING, &note, "Why; shown with the report", "TEXT" },
        { 0 },
    };
    int status;

    if (!command_options (&argc, &argv, options, "ID - say what a report really is", description,
                          &status))
        return status;
    if (argc != 2)
        return command_usage (COMMAND, argc < 2 ? "no ID given: `abusectl list' has them"
                                                : "one ID at a time");
    if (scenario == NULL)
        return command_usage (COMMAND, "what is it? --scenario ID is missing");
    if (!is_text (note))
        return command_usage (COMMAND, "--note is not UTF-8");
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    return is_scenario (know->rules, scenario) ? correct (ctx, argv[1], scenario, note)
                                               : COMMAND_USAGE;
}
