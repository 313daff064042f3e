#include "base/clean.h"
#include "effect/explain.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "shell/mailbox.h"
#include "shell/world.h"
#include <stdio.h>

typedef struct Explain {
    Knowledge *know;
    guint mails;
} Explain;

static gboolean
explain (const char *name, Span mail, gpointer data)
{
    Explain *e = data;
    g_autoptr (Arena) arena = arena_new (e->know->settings->memory_limit_bytes);
    g_autoptr (GString) page = g_string_new (NULL);
    g_autofree char *file = clean_terminal (span_of (name), 300);

    g_string_append_printf (page, "%s%s\n", e->mails++ > 0 ? "\n" : "", file);
    explain_page (page, judge_mail (e->know, arena, mail, world_now ()),
                  e->know->settings->header_prefix, world_colour (), world_width ());
    fputs (page->str, stdout);
    return TRUE;
}

int
cmd_explain (int argc, char **argv, const CommandContext *ctx)
{
    Explain e = { NULL, 0 };
    g_auto (GStrv) files = NULL;
    const GOptionEntry options[] = {
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
        { 0 },
    };
    int status = COMMAND_OK;

    if (!command_options (
            &argc, &argv, options, "FILE... - show what was found where and what decided",
            "The page that answers \"why this verdict?\".  FILE as for classify.", &status))
        return status;
    if (files == NULL)
        return command_usage ("explain",
                              "no FILE given: a message, a Maildir, an mbox, a folder, or -");
    if ((e.know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    intake_init ();
    for (char **file = files; *file != NULL; file++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (*file, explain, &e, &error)) {
            fprintf (stderr, "abusectl explain: %s\n", error->message);
            status = COMMAND_WORLD;
        }
    }
    knowledge_unref (e.know);
    return status == COMMAND_OK && e.mails == 0 ? COMMAND_NOTHING : status;
}
