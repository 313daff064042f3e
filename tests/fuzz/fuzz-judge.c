/* The whole pipeline over any bytes, to the headers and the log row.  Run from the project's
 * folder. */
#include "effect/headers.h"
#include "effect/logrow.h"
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

    (void)argc;
    (void)argv;
    intake_init ();
    know = knowledge_load_from (NULL, "scenarios", mistakes);
    g_assert (know != NULL);
    return 0;
}

static void
check_value (const char *value)
{
    g_assert (strlen (value) <= HEADER_MAX_VALUE);
    for (const char *c = value; *c != '\0'; c++)
        g_assert ((*c >= ' ' && *c <= '~') || (*c == '\n' && c[1] == ' '));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *p = (const char *)data;
    const Envelope envelope = { "4FUZZ", "a@example.org", "abuse@example.net" };
    g_autoptr (Arena) arena = arena_new (MEMORY);
    g_autoptr (Arena) room = arena_new (MEMORY);
    g_autoptr (LogRow) row = NULL;
    HeaderLine lines[HEADERS_MAX];
    const Verdict *verdict = judge_mail (know, arena, (Span) { p, p + size }, NOW);
    guint n;

    g_assert (verdict != NULL);
    n = headers_make (room, verdict, "X-Abuse-", "01K00000000000000000000000", lines);
    g_assert (n >= 3);
    for (guint i = 0; i < n; i++)
        check_value (lines[i].value);
    row = logrow_new (verdict, &envelope, "01K00000000000000000000000", NOW * (gint64)1000);
    g_assert (row != NULL);
    return 0;
}
