#include "shell/world.h"
#include "shell/tor_world.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *
world_config (const CommandContext *ctx)
{
    if (ctx->config != NULL)
        return ctx->config;
    return g_file_test (SETTINGS_DEFAULT_FILE, G_FILE_TEST_EXISTS) ? SETTINGS_DEFAULT_FILE : NULL;
}

char *
world_scenarios (const CommandContext *ctx)
{
    const char *said = g_getenv (WORLD_SCENARIOS_VARIABLE);
    g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
    g_autofree char *folder = exe != NULL ? g_path_get_dirname (exe) : NULL;
    g_autofree char *beside = NULL, *sign = NULL;

    if (said != NULL)
        return g_strdup (said);
    if (folder == NULL || world_config (ctx) != NULL)
        return NULL;
    beside = g_build_filename (folder, "..", "scenarios", NULL);
    sign = g_build_filename (beside, "not-a-complaint.yaml", NULL);
    return g_file_test (sign, G_FILE_TEST_EXISTS) ? g_steal_pointer (&beside) : NULL;
}

static void
tell_problem (const char *problem, gpointer data)
{
    (void)data;
    fprintf (stderr, "%s\n", problem);
}

Knowledge *
world_knowledge (const CommandContext *ctx)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *scenarios = world_scenarios (ctx);
    g_autoptr (Knowledge) know = knowledge_load_from (world_config (ctx), scenarios, mistakes);
    g_autoptr (TorWorld) tor = tor_world_new ();

    for (guint i = 0; know == NULL && i < mistakes_count (mistakes); i++)
        fprintf (stderr, "%s\n", mistakes_get (mistakes, i));
    return know != NULL ? tor_world_read (tor, know, tell_problem, NULL) : NULL;
}

gint64
world_now (void)
{
    const char *fixed = g_getenv ("SOURCE_DATE_EPOCH");
    Span text = span_of (fixed);
    gint64 at;

    if (fixed != NULL && span_int64 (&text, &at) && text.p == text.end)
        return at;
    return g_get_real_time () / G_USEC_PER_SEC;
}

gboolean
world_colour (void)
{
    return isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL;
}

guint
world_width (void)
{
    struct winsize size;

    if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
        return size.ws_col;
    return 100;
}
