#include "read/intake.h"
#include "read/lines.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

/* Every mail is read, its text is UTF-8, and its lines stand inside its parts. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    g_autoptr (Arena) arena = arena_new (64 * 1024 * 1024);
    Facts facts;

    intake_init ();
    facts = (Facts) { .message = intake_read (
                          arena, (Span) { (const char *)data, (const char *)data + n }) };
    lines_mark (&facts);
    for (guint i = 0; i < facts.message->n_parts; i++) {
        Span text = facts.message->parts[i].text;

        g_assert (span_left (text) == 0 || g_utf8_validate_len (text.p, span_left (text), NULL));
    }
    for (guint i = 0; i < facts.lines.n; i++)
        g_assert (facts.lines.items[i].part <= facts.message->n_parts);
    return 0;
}
