#include "base/clean.h"
#include "read/lines.h"
#include "read/pgp.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

/* The bytes as the only text of a mail: its lines are inside it, in order, and none is lost. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    g_autoptr (Arena) arena = arena_new (64 * 1024 * 1024);
    PgpNote pgp;
    gsize bad;
    Span text = clean_utf8 (arena, (Span) { (const char *)data, (const char *)data + n }, &bad);
    Part part = { .number = 1, .kind = PART_TEXT, .type = "text/plain", .declared = "text/plain" };
    Message m = { .arena = arena, .subject = "", .parts = &part, .n_parts = 1 };
    Facts facts = { .message = &m };

    part.text = pgp_read_through (arena, text, &pgp);
    lines_mark (&facts);
    for (guint i = 1; i < facts.lines.n; i++) {
        const Line *line = &facts.lines.items[i];

        g_assert (line->number == i && line->text.p >= part.text.p &&
                  line->text.end <= part.text.end);
        g_assert (line->text.p <= line->text.end);
    }
    return 0;
}
