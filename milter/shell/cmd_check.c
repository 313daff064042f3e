#include "effect/logquery.h"
#include "shell/probe.h"
#include "shell/socket.h"
#include "shell/tor_world.h"
#include "shell/world.h"
#include <stdio.h>

#define PROBE_WAIT_MS 2000

/* Each part of the world, asked in turn; all of them, so that one run shows everything. */
typedef struct Check {
    const CommandContext *ctx;
    Knowledge *know;
    guint failures;
} Check;

static void
say (Check *c, gboolean ok, const char *what, const char *detail)
{
    printf ("%-6s %-10s %s\n", ok ? "ok" : "WRONG", what, detail);
    c->failures += !ok;
}

static void
check_files (Check *c)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    const char *config = world_config (c->ctx);
    g_autofree char *rules = NULL, *scenarios = world_scenarios (c->ctx);

    c->know = knowledge_load_from (config, scenarios, mistakes);
    for (guint i = 0; i < mistakes_count (mistakes); i++)
        say (c, FALSE, "file", mistakes_get (mistakes, i));
    if (c->know == NULL)
        return;
    say (c, TRUE, "settings", config != NULL ? config : "no file: the built-in defaults");
    rules = g_strdup_printf ("%u scenarios, %u networks of our own", c->know->rules->n_scenarios,
                             c->know->settings->n_networks);
    say (c, TRUE, "scenarios", rules);
}

static void
say_problem (const char *problem, gpointer data)
{
    say (data, FALSE, "tor", problem);
}

static void
check_tor (Check *c)
{
    g_autoptr (TorWorld) tor = tor_world_new ();
    g_autoptr (Knowledge) know = NULL;
    g_autofree char *summary = NULL;

    if (!c->know->settings->tor.configured)
        return;
    know = tor_world_read (tor, c->know, say_problem, c);
    summary = tor_world_summary (know);
    say (c, TRUE, "tor", summary);
}

static void
check_socket (Check *c)
{
    const char *listen = c->know->settings->listen;
    g_autoptr (GError) silent = NULL;
    g_autofree char *text = NULL;

    if (probe_milter (listen, PROBE_WAIT_MS, &silent)) {
        text = g_strdup_printf ("%s: a milter answers", listen);
        say (c, TRUE, "socket", text);
        return;
    }
    if (socket_is_unix (listen)) {
        g_autofree char *folder = g_path_get_dirname (socket_path (listen));

        if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
            text = g_strdup_printf ("%s: there is no folder %s", listen, folder);
            say (c, FALSE, "socket", text);
            return;
        }
    }
    text = g_strdup_printf ("%s: no milter answers there (%s): is abuse-milter running?", listen,
                            silent->message);
    say (c, FALSE, "socket", text);
}

static void
check_log (Check *c)
{
    const char *uri = c->know->settings->log;
    g_autoptr (GError) error = NULL;
    g_autoptr (LogReader) reader = NULL;
    g_autofree char *summary = NULL;

    if (uri == NULL) {
        say (c, TRUE, "log", "none: the settings turn it off");
        return;
    }
    reader = logreader_open (uri, &error);
    if (reader == NULL || !logreader_check (reader, &summary, &error))
        say (c, FALSE, "log", error->message);
    else
        say (c, TRUE, "log", summary);
}

int
cmd_check (int argc, char **argv, const CommandContext *ctx)
{
    Check c = { ctx, NULL, 0 };
    gboolean files_only = FALSE;
    const GOptionEntry options[] = {
        { "files", 0, 0, G_OPTION_ARG_NONE, &files_only, "Only the settings and scenario files",
          NULL },
        { 0 },
    };
    int status;

    if (!command_options (
            &argc, &argv, options, "- check settings, scenarios, Tor data, socket and log",
            "Every mistake is told in one run, as file:line: what is wrong, what was expected.",
            &status))
        return status;
    if (argc > 1)
        return command_usage (
            "check", "'%s' is not expected: settings are named by abusectl --config FILE check",
            argv[1]);
    check_files (&c);
    if (c.know != NULL && !files_only) {
        check_tor (&c);
        check_socket (&c);
        check_log (&c);
    }
    knowledge_unref (c.know);
    return c.failures == 0 ? COMMAND_OK : COMMAND_WORLD;
}
