/* What each stage of a mail's way costs, beside GMime alone parsing and decoding the same mails.
 *
 *     stages [-n ROUNDS] [-s SCENARIOS] FILE...       FILE as for abusectl classify
 *
 * Everything is held in memory; the first round warms up and is not counted.  CPU time of this
 * thread, so other work on the machine disturbs only the caches. */
#include "effect/headers.h"
#include "judge/judge.h"
#include "judge/roles.h"
#include "judge/urls.h"
#include "read/intake.h"
#include "read/read.h"
#include "shell/mailbox.h"
#include <gmime/gmime.h>
#include <stdio.h>
#include <time.h>

#define MEMORY_LIMIT (64 * 1024 * 1024)
#define NOW 1795132800 /* any: 2026-11-20 */

typedef enum Stage { GMIME, INTAKE, FACTS, ROLES, JUDGE, HEADERS, WHOLE, N_STAGES } Stage;

static const char *const stage_names[N_STAGES] = {
    [GMIME] = "gmime: parse, decode, to UTF-8",
    [INTAKE] = "intake",
    [FACTS] = "facts: zones, formats, finders",
    [ROLES] = "roles",
    [JUDGE] = "incidents and all votes",
    [HEADERS] = "headers",
    [WHOLE] = "judge_mail() in one",
};

typedef struct Bench {
    Knowledge *know;
    GPtrArray *mails; /* of GBytes */
    gsize bytes;
    double us[N_STAGES];
    gint64 begun_ns;
} Bench;

static gint64
cpu_ns (void)
{
    struct timespec t;

    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
    return (gint64)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
begin (Bench *b)
{
    b->begun_ns = cpu_ns ();
}

static void
end (Bench *b, Stage stage)
{
    b->us[stage] += (double)(cpu_ns () - b->begun_ns) / 1000;
}

/* A part's bytes, decoded; text also in UTF-8, as any mail reader must make it. */
static void
decode_part (GMimeObject *parent, GMimeObject *object, gpointer data)
{
    GMimeStream *out;

    if (GMIME_IS_TEXT_PART (object)) {
        g_free (g_mime_text_part_get_text (GMIME_TEXT_PART (object)));
    } else if (GMIME_IS_PART (object) && g_mime_part_get_content (GMIME_PART (object)) != NULL) {
        out = g_mime_stream_mem_new ();
        g_mime_data_wrapper_write_to_stream (g_mime_part_get_content (GMIME_PART (object)), out);
        g_object_unref (out);
    }
    (void)parent;
    (void)data;
}

static void
gmime_alone (Span mail)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer (mail.p, span_left (mail));
    GMimeParser *parser = g_mime_parser_new_with_stream (stream);
    GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

    if (message != NULL) {
        g_mime_message_foreach (message, decode_part, NULL);
        g_object_unref (message);
    }
    g_object_unref (parser);
    g_object_unref (stream);
}

static void
run_mail (Bench *b, Span mail)
{
    g_autoptr (Arena) arena = arena_new (MEMORY_LIMIT), whole = arena_new (MEMORY_LIMIT);
    HeaderLine lines[HEADERS_MAX];
    Message *message;
    Facts *facts;
    Verdict *v;

    begin (b);
    gmime_alone (mail);
    end (b, GMIME);

    begin (b);
    message = intake_read (arena, mail);
    end (b, INTAKE);

    begin (b);
    facts = facts_read (message, b->know->shapes);
    end (b, FACTS);
    if (facts == NULL)
        return;

    begin (b);
    urls_assign (facts);
    roles_assign (facts, b->know->settings);
    end (b, ROLES);

    begin (b);
    v = judge_facts (b->know, facts, NOW);
    end (b, JUDGE);
    if (v == NULL)
        return;

    begin (b);
    headers_make (arena, v, "X-Abuse-", NULL, lines);
    end (b, HEADERS);

    begin (b);
    judge_mail (b->know, whole, mail, NOW);
    end (b, WHOLE);
}

static void
run_all (Bench *b)
{
    for (guint i = 0; i < b->mails->len; i++) {
        gsize n;
        const char *bytes = g_bytes_get_data (b->mails->pdata[i], &n);

        run_mail (b, (Span) { bytes, bytes + n });
    }
}

static gboolean
keep (const char *name, Span mail, gpointer data)
{
    Bench *b = data;

    (void)name;
    g_ptr_array_add (b->mails, g_bytes_new (mail.p, span_left (mail)));
    b->bytes += span_left (mail);
    return TRUE;
}

static gboolean
load (Bench *b, const char *scenarios, char **files)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();

    b->know = knowledge_load_from (NULL, scenarios, mistakes);
    for (guint i = 0; b->know == NULL && i < mistakes_count (mistakes); i++)
        fprintf (stderr, "%s\n", mistakes_get (mistakes, i));
    b->mails = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    for (; files != NULL && *files != NULL; files++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (*files, keep, b, &error))
            fprintf (stderr, "stages: %s\n", error->message);
    }
    return b->know != NULL && b->mails->len > 0;
}

static void
print (const Bench *b, int rounds)
{
    double mails = (double)b->mails->len * rounds;
    double reading = b->us[INTAKE] + b->us[FACTS], judging = b->us[ROLES] + b->us[JUDGE];
    double kb = (double)b->bytes / 1024 * rounds;

    printf ("%u mails of %.1f KB, %d rounds; CPU us a mail\n", b->mails->len, kb / mails, rounds);
    for (guint i = 0; i < N_STAGES; i++)
        printf ("%-34s %9.1f   x %.2f of gmime\n", stage_names[i], b->us[i] / mails,
                b->us[i] / b->us[GMIME]);
    printf ("reading and finding: x %.2f of gmime\n", reading / b->us[GMIME]);
    printf ("judging: %.1f us a mail, %.1f us for 10 KB\n", judging / mails, judging / kb * 10);
}

int
main (int argc, char **argv)
{
    int rounds = 5;
    g_autofree char *scenarios = NULL;
    g_auto (GStrv) files = NULL;
    const GOptionEntry options[] = {
        { "rounds", 'n', 0, G_OPTION_ARG_INT, &rounds, "How often (5)", "N" },
        { "scenarios", 's', 0, G_OPTION_ARG_FILENAME, &scenarios, "Folder of scenarios", "DIR" },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
        { 0 },
    };
    g_autoptr (GOptionContext) context = g_option_context_new ("FILE...");
    Bench b = { 0 };

    g_option_context_add_main_entries (context, options, NULL);
    if (!g_option_context_parse (context, &argc, &argv, NULL) || rounds < 1 ||
        !load (&b, scenarios != NULL ? scenarios : "scenarios", files)) {
        fprintf (stderr, "usage: stages [-n ROUNDS] [-s SCENARIOS] FILE...\n");
        return 2;
    }
    intake_init ();
    run_all (&b);
    memset (b.us, 0, sizeof b.us);
    for (int i = 0; i < rounds; i++)
        run_all (&b);
    print (&b, rounds);
    g_ptr_array_unref (b.mails);
    knowledge_unref (b.know);
    return 0;
}
