#include "know/exit_list.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Any text is a list; what it is asked for is answered. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const Ip addresses[] = { { 4, { 198, 51, 100, 7 } }, { 6, { 0x20, 0x01, 0x0d, 0xb8 } } };
    const gint64 now = 1795000000;
    g_autoptr (ExitList) x = exit_list_new ();
    const char *text = (const char *)data;
    ExitListRead read = exit_list_add (x, (Span) { text, text + size }, now);

    g_assert_true ((read.ignored > 0) == (read.first_ignored_line > 0));
    exit_list_finish (x);
    g_assert_cmpuint (exit_list_addresses (x), <=, read.sightings);
    g_assert_true ((exit_list_newest_unix_s (x) == G_MININT64) == (read.sightings == 0));
    for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
        ExitFound found = exit_list_find (x, &addresses[i], now - 86400, now);

        g_assert_true (read.sightings > 0 || found.reason == EXIT_NO_LISTS);
    }
    return 0;
}
