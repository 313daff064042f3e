/* A mail answered: whatever it holds, the draft is a mail whose header is ours.  Run from the
 * project's folder. */
#include "effect/reply.h"
#include "judge/judge.h"
#include "read/intake.h"
#include <stdint.h>

#define MEMORY (32 * 1024 * 1024)
#define NOW 1795000000 /* 2026-11-18 */

static Knowledge *know;

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp ("fuzz-reply-XXXXXX.yaml", &path, NULL);
    const char settings[] = "networks: [{cidr: 198.51.100.0/24, relay: quokka1}]\n"
                            "tor: {exit_policy: 'reject *:25, accept *:*'}\n"
                            "reply: {from: abuse@example.net}\n";

    (void)argc;
    (void)argv;
    g_assert (fd >= 0 && g_file_set_contents (path, settings, -1, NULL));
    intake_init ();
    know = knowledge_load_from (path, "scenarios", mistakes);
    g_assert (know != NULL);
    return 0;
}

/* The names that a draft has, each once, in lines of printable ASCII. */
static void
check_header (const char *text)
{
    static const char *const names[] = { "Date",
                                         "From",
                                         "Subject",
                                         "To",
                                         "Message-Id",
                                         "In-Reply-To",
                                         "References",
                                         "MIME-Version",
                                         "Content-Type",
                                         "Content-Transfer-Encoding",
                                         "Content-Language" };
    guint seen[G_N_ELEMENTS (names)] = { 0 };
    Span rest = span_of (text), line;

    while (span_until (&rest, '\n', &line) && line.p < line.end) {
        gsize i = 0;

        for (const char *p = line.p; p < line.end; p++)
            g_assert ((*p >= ' ' && *p <= '~') || *p == '\t');
        if (*line.p == ' ' || *line.p == '\t')
            continue;
        while (i < G_N_ELEMENTS (names) &&
               !(span_starts_nocase (line, names[i]) && line.p[strlen (names[i])] == ':'))
            i++;
        g_assert (i < G_N_ELEMENTS (names) && seen[i]++ == 0);
    }
}

static void
check_body (const char *body)
{
    g_assert (g_utf8_validate (body, -1, NULL));
    for (const char *p = body; *p != '\0'; p++)
        g_assert ((guchar)*p >= ' ' || *p == '\n');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *p = (const char *)data;
    const Envelope envelope = { "4FUZZ", "a@example.org", "abuse@example.net" };
    g_autoptr (Arena) arena = arena_new (MEMORY), room = arena_new (MEMORY);
    const Verdict *v = judge_mail (know, arena, (Span) { p, p + size }, NOW);
    g_autoptr (LogRow) row = logrow_new (v, &envelope, "01KAFC0S000000000000000000", NOW * 1000LL);
    const ReplyAsk ask = { row, v->facts, know, NOW };
    const Draft *d = reply_draft (room, &ask, NULL);
    g_autofree char *text = draft_text (d);

    g_ptr_array_unref (reply_warnings (&ask, d));
    check_header (text);
    check_body (d->body);
    return 0;
}
