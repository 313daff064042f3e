#include "find/url.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (Arena) arena = arena_new (1 << 20);
    const char *text = (const char *)data, *host;
    Span rest = { text, text + size }, original;
    Url url;

    for (const char *was = rest.p; url_next (arena, &rest, &url); was = rest.p) {
        g_assert_true (rest.p > was && rest.p <= rest.end && url.original.end == rest.p);
        g_assert_cmpuint (strlen (url.text), <=, URL_MAX);
        g_assert_cmpuint (strlen (url.host), >, 0);
    }
    rest = (Span) { text, text + size };
    for (const char *was = rest.p; host_next (arena, &rest, &host, &original); was = rest.p)
        g_assert_true (rest.p > was && rest.p <= rest.end && original.end == rest.p);
    return 0;
}
