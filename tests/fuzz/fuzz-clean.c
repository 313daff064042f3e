#include "base/clean.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    g_autoptr (Arena) arena = arena_new (64 * 1024 * 1024);
    Span in = { (const char *)data, (const char *)data + n };
    gsize bad, max = n > 0 ? data[0] : 80;
    Span text = clean_utf8 (arena, in, &bad);
    const char *header = clean_header (arena, in, max);
    g_autofree char *line = clean_terminal (in, max);

    g_assert (g_utf8_validate_len (text.p, span_left (text), NULL));
    g_assert (memchr (text.p, '\r', span_left (text)) == NULL || span_left (text) == 0);
    g_assert (strlen (header) <= max && strlen (line) <= max);
    g_assert (g_utf8_validate (line, -1, NULL) && strpbrk (line, "\n\t\x1B\x7F") == NULL);
    for (const char *p = header; *p != '\0'; p++)
        g_assert (*p >= ' ' && *p < 0x7F);
    return 0;
}
