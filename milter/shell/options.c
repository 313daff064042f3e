#include "shell/options.h"
#include "know/settings.h"

gboolean
options_read (int argc, char **argv, Options *o, GError **error)
{
    const GOptionEntry entries[] = {
        { "config", 'c', 0, G_OPTION_ARG_FILENAME, &o->config,
          "Settings (default " SETTINGS_DEFAULT_FILE ", if it is there)", "FILE" },
        { "foreground", 'f', 0, G_OPTION_ARG_NONE, &o->foreground, "Stay in the foreground", NULL },
        { "check", 0, 0, G_OPTION_ARG_NONE, &o->check,
          "Read settings and scenarios, tell every mistake, and end", NULL },
        { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, "Print the version and end", NULL },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);
    g_autofree char *keys = settings_describe ();
    g_autofree char *more = g_strdup_printf (
        "Settings, all optional:\n%s\nSIGHUP reads settings and scenarios again, SIGTERM ends.",
        keys);

    g_option_context_set_summary (
        context, "A milter that understands complaint mail and tags it with X-Abuse-* headers.");
    g_option_context_set_description (context, more);
    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, &argc, &argv, error))
        return FALSE;
    if (argc > 1) {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "what is '%s'?", argv[1]);
        return FALSE;
    }
    return TRUE;
}

/* A settings file that is asked for must be there; the usual one may be missing. */
char *
options_config (Options *o)
{
    g_autofree char *asked = g_steal_pointer (&o->config);

    if (asked != NULL)
        return g_canonicalize_filename (asked, NULL); /* a daemon's folder is another one */
    if (g_file_test (SETTINGS_DEFAULT_FILE, G_FILE_TEST_EXISTS))
        return g_strdup (SETTINGS_DEFAULT_FILE);
    return NULL;
}
