#include "effect/suggest.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>

#define COMMAND "suggest"
#define LASTS "30d"

typedef struct Asked { /* the reports that ask, newest first */
    GPtrArray *ids;
} Asked;

static void
take_id (const LogRow *row, gpointer data)
{
    Asked *asked = data;

    if (suggest_asks (row))
        g_ptr_array_add (asked->ids, g_strdup (row->id));
}

static int
fail (const GError *error)
{
    fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
    return COMMAND_WORLD;
}

/* Of those that cannot be over yet, the ones that ask are read whole. */
static gboolean
collect (LogReader *reader, Suggest *s, gint64 since_unix_s, GError **error)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
    const LogFilter filter = { .since_unix_s = since_unix_s, .limit = G_MAXINT };
    Asked asked = { ids };

    if (!logreader_list (reader, &filter, take_id, &asked, error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr (LogRow) row = logreader_get (reader, ids->pdata[i], error);

        if (row == NULL)
            return FALSE;
        suggest_add (s, row);
    }
    return TRUE;
}

static int
suggest (const CommandContext *ctx, const Knowledge *know, SuggestForm form, gint64 since_unix_s)
{
    g_autoptr (LogReader) reader = readlog_open (ctx, COMMAND);
    g_autoptr (Suggest) s = suggest_new (know, world_now (), world_now () - since_unix_s);
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    if (reader == NULL)
        return COMMAND_WORLD;
    if (!collect (reader, s, since_unix_s, &error))
        return fail (error);
    if (suggest_count (s) == 0) {
        fputs ("abusectl " COMMAND ": nobody has asked to be left alone of late\n", stderr);
        return COMMAND_NOTHING;
    }
    text = suggest_text (s, form);
    fputs (text, stdout);
    return COMMAND_OK;
}

static const char description[] =
    "Prints what would keep us from destinations whose owners asked to be left alone (the demands\n"
    "block-destination and block-port), with an end and the reports behind each: ExitPolicy lines "
    "for\n"
    "who runs a Tor relay, nftables sets for others, unless --as says which.  Nothing is applied.";

int
cmd_suggest (int argc, char **argv, const CommandContext *ctx)
{
    static const char *const forms[] = { "exit-policy", "nftables", "json" };
    g_autofree char *as = NULL, *lasts = NULL;
    g_autoptr (Knowledge) know = NULL;
    const GOptionEntry options[] = {
        { "as", 'a', 0, G_OPTION_ARG_STRING, &as, "exit-policy, nftables or json", "FORM" },
        { "for", 'f', 0, G_OPTION_ARG_STRING, &lasts,
          "How long after its report each holds: 12h, 30d, 8w; " LASTS " unless said", "TIME" },
        { 0 },
    };
    gint64 since;
    guint form = 0;
    int status;

    if (!command_options (&argc, &argv, options,
                          "- keep away from those who asked to be left alone", description,
                          &status))
        return status;
    if (argc > 1)
        return command_usage (COMMAND, "'%s' is too much", argv[1]);
    if (!readlog_parse_time (lasts != NULL ? lasts : LASTS, world_now (), &since) ||
        since >= world_now ())
        return command_usage (COMMAND, "--for '%s' is no time: 12h, 30d and 8w are", lasts);
    while (as != NULL && form < G_N_ELEMENTS (forms) && strcmp (forms[form], as) != 0)
        form++;
    if (form == G_N_ELEMENTS (forms))
        return command_usage (COMMAND, "--as '%s' is none of exit-policy, nftables and json", as);
    if ((know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    if (as == NULL)
        form = know->settings->tor.configured ? SUGGEST_EXIT_POLICY : SUGGEST_NFTABLES;
    return suggest (ctx, know, (SuggestForm)form, since);
}
