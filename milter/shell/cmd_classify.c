#include "base/clean.h"
#include "effect/headers.h"
#include "effect/report_json.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "shell/mailbox.h"
#include "shell/world.h"
#include <stdio.h>

typedef struct Classify {
    Knowledge *know;
    gboolean json, headers;
    gint64 now;
    guint mails;
} Classify;

static void
print_json (const Verdict *v, const char *name)
{
    g_autoptr (Json) report = report_json (v, name, NULL);
    g_autofree char *line = json_line (report);

    puts (line);
}

/* Unfolded, as a mail client shows them. */
static void
print_headers (const Verdict *v, const char *prefix)
{
    HeaderLine lines[HEADERS_MAX];
    guint n = headers_make (v->facts->message->arena, v, prefix, NULL, lines);

    for (guint i = 0; i < n; i++) {
        printf ("%s: ", lines[i].name);
        for (const char *p = lines[i].value; *p != '\0'; p++)
            if (*p != '\n')
                putchar (*p);
        putchar ('\n');
    }
}

static void
print_line (const Verdict *v, const char *name)
{
    g_autofree char *file = clean_terminal (span_of (name), 200);
    char ip[IP_TEXT_MAX] = "-";

    if (v->n_incidents > 0 && v->incidents[0].ip.family != 0)
        ip_format (&v->incidents[0].ip, ip);
    printf ("%-20s %.2f  %-7s %-15s %6" G_GUINT64_FORMAT "  %-39s %s\n", v->scenario, v->confidence,
            priority_name (v->priority), v->format, v->incident_count, ip, file);
}

static gboolean
classify (const char *name, Span mail, gpointer data)
{
    Classify *c = data;
    g_autoptr (Arena) arena = arena_new (c->know->settings->memory_limit_bytes);
    const Verdict *v = judge_mail (c->know, arena, mail, c->now);

    c->mails++;
    if (c->json)
        print_json (v, name);
    else if (c->headers)
        print_headers (v, c->know->settings->header_prefix);
    else
        print_line (v, name);
    return TRUE;
}

static int
classify_all (Classify *c, char **files)
{
    int status = COMMAND_OK;

    if (!c->json && !c->headers)
        printf ("%-20s %-5s %-7s %-15s %6s  %-39s %s\n", "SCENARIO", "CONF", "PRIO", "FORMAT",
                "COUNT", "FIRST ADDRESS", "FILE");
    for (; *files != NULL; files++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (*files, classify, c, &error)) {
            fprintf (stderr, "abusectl classify: %s\n", error->message);
            status = COMMAND_WORLD;
        }
    }
    return status == COMMAND_OK && c->mails == 0 ? COMMAND_NOTHING : status;
}

int
cmd_classify (int argc, char **argv, const CommandContext *ctx)
{
    Classify c = { .now = world_now () };
    g_auto (GStrv) files = NULL;
    const GOptionEntry options[] = {
        { "json", 0, 0, G_OPTION_ARG_NONE, &c.json, "One JSON object a line for each mail", NULL },
        { "headers", 0, 0, G_OPTION_ARG_NONE, &c.headers,
          "The headers that the milter would add, unfolded", NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
        { 0 },
    };
    int status;

    if (!command_options (
            &argc, &argv, options, "FILE... - say what each mail is and who is accused",
            "FILE is a message, a Maildir, an mbox, a folder of messages, or - for standard input.",
            &status))
        return status;
    if (files == NULL)
        return command_usage ("classify",
                              "no FILE given: a message, a Maildir, an mbox, a folder, or -");
    if ((c.know = world_knowledge (ctx)) == NULL)
        return COMMAND_WORLD;
    intake_init ();
    status = classify_all (&c, files);
    knowledge_unref (c.know);
    return status;
}
