#include "shell/command.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

gboolean
command_options (int *argc, char ***argv, const GOptionEntry *options, const char *summary,
                 const char *description, int *ret_status)
{
    g_autofree char *name = g_strdup ((*argv)[0]), *program = g_strdup_printf ("abusectl %s", name);
    GOptionContext *context = g_option_context_new (summary);
    g_autoptr (GError) error = NULL;
    gboolean ok;

    g_set_prgname (program);
    g_option_context_add_main_entries (context, options, NULL);
    g_option_context_set_description (context, description);
    ok = g_option_context_parse (context, argc, argv, &error);
    g_option_context_free (context);
    if (!ok)
        *ret_status = command_usage (name, "%s", error->message);
    return ok;
}

int
command_usage (const char *name, const char *format, ...)
{
    va_list args;

    fprintf (stderr, "abusectl %s: ", name);
    va_start (args, format);
    vfprintf (stderr, format, args);
    va_end (args);
    fprintf (stderr, "\nTry: abusectl %s --help\n", name);
    return COMMAND_USAGE;
}
