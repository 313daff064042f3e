#include "read/auth_results.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is read lies in the input, and a NUL or any other byte is a byte. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    Span value = { text, text + size };
    AuthResults r;

    if (!auth_results_read (value, &r))
        return 0;
    g_assert_true (r.authserv_id.p >= value.p && r.authserv_id.end <= value.end &&
                   r.authserv_id.p <= r.authserv_id.end);
    for (guint i = 0; i < N_AUTH_METHODS; i++)
        g_assert_true (r.results[i] < N_AUTH_RESULTS);
    return 0;
}
