#include "know/exit_policy.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Any text is rules or mistakes; what is sure of every port holds for each. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const Ip addresses[] = { { 4, { 203, 0, 113, 9 } },
                                    { 6, { 0x20, 0x01, 0x0d, 0xb8 } },
                                    { 0, { 0 } } };
    static const guint ports[] = { 1, 25, 80, 65535 };
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (ExitPolicy) p = NULL;
    const char *text = (const char *)data;
    gboolean good;

    if (size == 0)
        return 0;
    p = exit_policy_new (data[0] & 1 ? POLICY_DESCRIPTOR : POLICY_TORRC);
    good = exit_policy_add (p, (Span) { text + 1, text + size }, "fuzz", 1, mistakes);
    g_assert_true (good == (mistakes_count (mistakes) == 0));
    for (gsize a = 0; a < G_N_ELEMENTS (addresses); a++) {
        PolicyVerdict all = exit_policy_judge (p, &addresses[0], &addresses[a], 0);

        for (gsize i = 0;
             all != POLICY_UNKNOWN && addresses[a].family != 0 && i < G_N_ELEMENTS (ports); i++)
            g_assert_cmpint (exit_policy_judge (p, &addresses[0], &addresses[a], ports[i]), ==,
                             all);
    }
    return 0;
}
