/* abusectl scenarios: what there is, how it is written, and how it fares. */
#include "base/clean.h"
#include "base/json.h"
#include "base/nearest.h"
#include "judge/trial.h"
#include "read/intake.h"
#include "shell/mailbox.h"
#include "shell/scenario_lint.h"
#include "shell/scenario_page.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define QUOTE_MAX 100 /* bytes of the words that made a signal hold */

static const GOptionEntry no_options[] = { { 0 } };

/* list */

static gboolean
has_reply (const Class *c)
{
    gboolean any = FALSE;

    for (guint i = 0; i < N_REPLY_PARTS; i++)
        any = any || c->reply[i] != NULL;
    return any;
}

static void
print_json (const Class *c)
{
    g_autoptr (Json) j = json_new_object ();
    Json *lookalikes = json_new_list ();
    g_autofree char *line = NULL;

    for (guint i = 0; c->lookalikes != NULL && c->lookalikes[i] != NULL; i++)
        json_add (lookalikes, json_new_text (c->lookalikes[i]));
    json_put (j, "v", json_new_int (1));
    json_put (j, "id", json_new_text (c->id));
    json_put (j, "title", json_new_text (c->title));
    json_put (j, "description", json_new_text (c->description));
    json_put (j, "priority", json_new_text (priority_name (c->priority)));
    json_put (j, "xarf_category", json_new_text (c->xarf_category));
    json_put (j, "xarf_type", json_new_text (c->xarf_type));
    json_put (j, "signals", json_new_int (c->n_rules));
    json_put (j, "lookalikes", lookalikes);
    json_put (j, "reply", json_new_bool (has_reply (c)));
    json_put (j, "file", json_new_text (c->file));
    line = json_line (j);
    puts (line);
}

static void
print_rows (const Rules *rules)
{
    static const Column columns[] = { { "ID", 0, 0 },
                                      { "PRIORITY", 0, 0 },
                                      { "SIGNALS", 0, 0 },
                                      { "TITLE", 20, 0 },
                                      { NULL, 0, 0 } };
    gboolean terminal = isatty (STDOUT_FILENO) != 0;
    g_autoptr (Table) t = table_new (columns);

    for (guint i = 0; i < rules->n_scenarios; i++) {
        const Class *c = &rules->classes[i];
        g_autofree char *n = g_strdup_printf ("%u", c->n_rules);

        table_cell (t, c->id);
        table_cell (t, priority_name (c->priority));
        table_cell (t, n);
        table_cell (t, c->title);
    }
    table_print (t, stdout, terminal ? world_width () : 0, terminal, world_colour ());
}

static int
run_list (int argc, char **argv, const CommandContext *ctx)
{
    gboolean json = FALSE;
    const GOptionEntry options[] = {
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a line for each scenario",
          NULL },
        { 0 },
    };
    g_autoptr (Knowledge) know = NULL;
    int status;

    if (!command_options (&argc, &argv, options, "- list the scenarios", NULL, &status))
        return status;
    if (argc > 1)
        return command_usage ("scenarios", "'%s' is too much: list takes options only", argv[1]);
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    for (guint i = 0; json && i < know->rules->n_scenarios; i++)
        print_json (&know->rules->classes[i]);
    if (!json)
        print_rows (know->rules);
    return COMMAND_OK;
}

/* show */

static int
no_scenario (const Rules *rules, const char *id)
{
    g_autofree const char **known = g_new0 (const char *, rules->n_scenarios + 1);
    const char *meant;

    for (guint i = 0; i < rules->n_scenarios; i++)
        known[i] = rules->classes[i].id;
    meant = nearest_word (id, known);
    fprintf (stderr, "abusectl scenarios: there is no scenario '%s'", id);
    if (meant != NULL)
        fprintf (stderr, " (did you mean '%s'?)", meant);
    fputc ('\n', stderr);
    return COMMAND_NOTHING;
}

static int
run_show (int argc, char **argv, const CommandContext *ctx)
{
    g_autoptr (Knowledge) know = NULL;
    const Class *c;
    int status;

    if (!command_options (&argc, &argv, no_options, "ID - show all that a scenario says", NULL,
                          &status))
        return status;
    if (argc != 2)
        return command_usage ("scenarios", argc < 2
                                               ? "no ID given: `abusectl scenarios list' has them"
                                               : "one ID at a time");
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    if ((c = rules_scenario (know->rules, argv[1])) == NULL)
        return no_scenario (know->rules, argv[1]);
    scenario_page_print (c);
    return COMMAND_OK;
}

/* test */

typedef struct Tests {
    Knowledge *know;
    guint mails;
} Tests;

static void
print_trial (const Trial *t)
{
    if (t->stands)
        printf ("  %-22s %6.1f  %.2f\n", t->scenario->id, t->score, t->confidence);
    else
        printf ("  %-22s %6.1f  -     does not stand: %s\n", t->scenario->id, t->score,
                t->scenario->requires_ != NULL && t->score > t->scenario->bias
                    ? "no signal that it requires holds"
                    : "more speaks against it than for it");
    for (guint i = 0; i < t->n_signals; i++) {
        const Signal *s = &t->signals[i];
        g_autofree char *words =
            clean_terminal (span_of (s->text != NULL ? s->text : ""), QUOTE_MAX);
        g_autofree char *where =
            s->where.line == 0
                ? g_strdup ("whole mail")
                : g_strdup_printf ("%s %u:%u", zone_name (s->zone), s->where.part, s->where.line);

        printf ("      %+5.1f  %-22s %-16s %s\n", s->weight, s->name, where, words);
    }
}

static gboolean
test_mail (const char *name, Span mail, gpointer data)
{
    Tests *tests = data;
    g_autoptr (Arena) arena = arena_new (tests->know->settings->memory_limit_bytes);
    g_autofree char *file = clean_terminal (span_of (name), QUOTE_MAX * 3);
    const Verdict *v;
    guint n;
    const Trial *trials = trial_of_mail (tests->know, arena, mail, world_now (), &v, &n);

    printf ("%s%s: %s (%.2f)\n", tests->mails++ > 0 ? "\n" : "", file, v->scenario, v->confidence);
    for (guint i = 0; i < n; i++)
        print_trial (&trials[i]);
    return TRUE;
}

static int
test_files (Tests *tests, char **files)
{
    int status = COMMAND_OK;

    for (; *files != NULL; files++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (*files, test_mail, tests, &error)) {
            fprintf (stderr, "abusectl scenarios: %s\n", error->message);
            status = COMMAND_WORLD;
        }
    }
    return status == COMMAND_OK && tests->mails == 0 ? COMMAND_NOTHING : status;
}

static int
run_test (int argc, char **argv, const CommandContext *ctx)
{
    Tests tests = { NULL, 0 };
    int status;

    if (!command_options (
            &argc, &argv, no_options, "FILE... - show how every scenario fares on a mail",
            "All signals that hold, with the scenario's score and confidence; the near "
            "misses, too.\nFILE as for classify.",
            &status))
        return status;
    if (argc < 2)
        return command_usage ("scenarios",
                              "no FILE given: a message, a Maildir, an mbox, a folder, or -");
    if ((tests.know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    intake_init ();
    status = test_files (&tests, argv + 1);
    knowledge_unref (tests.know);
    return status;
}

/* lint */

static int
lint (const Knowledge *know, const char *samples)
{
    g_autoptr (Mistakes) findings = mistakes_new ();
    g_autoptr (GError) error = NULL;
    guint mails = 0;
    gboolean read;

    scenario_lint_regexes (know->rules, findings);
    read = samples == NULL ||
           scenario_lint_samples (know, samples, world_now (), findings, &mails, &error);
    for (guint i = 0; i < mistakes_count (findings); i++) {
        g_autofree char *safe =
            clean_terminal (span_of (mistakes_get (findings, i)), QUOTE_MAX * 5);

        puts (safe);
    }
    if (samples != NULL && read)
        fprintf (stderr, "%u scenarios, %u samples, %u findings\n", know->rules->n_scenarios, mails,
                 mistakes_count (findings));
    if (!read)
        fprintf (stderr, "abusectl scenarios: %s\n", error->message);
    return !read ? COMMAND_WORLD : mistakes_count (findings) > 0 ? COMMAND_NOTHING : COMMAND_OK;
}

static int
run_lint (int argc, char **argv, const CommandContext *ctx)
{
    g_autofree char *samples = NULL;
    const GOptionEntry options[] = {
        { "samples", 0, 0, G_OPTION_ARG_FILENAME, &samples,
          "Mails in folders named by their scenarios, such as tests/mails", "DIR" },
        { 0 },
    };
    g_autoptr (Knowledge) know = NULL;
    int status;

    if (!command_options (
            &argc, &argv, options, "- tell what is probably not meant in the scenarios",
            "Regexes that cannot match, are unbounded or are tried on every mail; with "
            "--samples also signals\nthat never hold and scenarios that take others' "
            "samples.  Exits with 1 when there is a finding.",
            &status))
        return status;
    if (argc > 1)
        return command_usage ("scenarios", "'%s' is too much: lint takes options only", argv[1]);
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    intake_init ();
    return lint (know, samples);
}

static const Command verbs[] = {
    { "list", "list them", "[--json]", run_list },
    { "show", "show all that one says", "ID", run_show },
    { "test", "show how every scenario fares on a mail", "FILE...", run_test },
    { "lint", "tell what is probably not meant", "[--samples DIR]", run_lint },
};

static int
help (FILE *out, int status)
{
    fputs ("Usage: abusectl scenarios VERB [ARGUMENT...]\n\nVerbs:\n", out);
    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        fprintf (out, "  %-5s %-16s %s\n", verbs[i].name, verbs[i].usage, verbs[i].summary);
    fputs ("\nabusectl scenarios VERB --help tells more.\n", out);
    return status;
}

int
cmd_scenarios (int argc, char **argv, const CommandContext *ctx)
{
    const char *asked = argc > 1 ? argv[1] : NULL;
    g_autofree char *name = NULL;

    if (asked == NULL)
        return help (stderr, COMMAND_USAGE);
    if (strcmp (asked, "--help") == 0 || strcmp (asked, "-h") == 0)
        return help (stdout, COMMAND_OK);
    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (strcmp (asked, verbs[i].name) == 0) {
            argv[1] = name = g_strconcat ("scenarios ", asked, NULL); /* as in its usage line */
            return verbs[i].run (argc - 1, argv + 1, ctx);
        }
    return command_usage ("scenarios", "there is no verb '%s': expected list, show, test or lint",
                          asked);
}
