#include "base/clean.h"
#include "read/html.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    g_autoptr (Arena) arena = arena_new (64 * 1024 * 1024);
    gsize bad;
    Span html = clean_utf8 (arena, (Span) { (const char *)data, (const char *)data + n }, &bad);
    Span text = html_to_text (arena, html);

    g_assert (span_left (text) == 0 || g_utf8_validate_len (text.p, span_left (text), NULL));
    return 0;
}
