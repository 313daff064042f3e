#include "find/address.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    Span rest = { text, text + size }, line;
    Address a;

    address_value (rest, &a);
    while (span_line (&rest, &line)) {
        const char *start = line.p;

        for (const char *was = line.p; address_next (start, &line, &a); was = line.p) {
            g_assert_true (line.p > was && line.p <= line.end);
            g_assert_true (a.original.p >= start && a.original.p < a.original.end);
            g_assert_true (a.original.end <= line.p);
            g_assert_cmpuint (a.port, <=, 65535);
            g_assert_true ((a.port != 0) == (span_left (a.port_text) > 0));
            g_assert_true (a.kind != ADDRESS_IP || a.ip.family == 4 || a.ip.family == 6);
        }
    }
    return 0;
}
