#include "know/settings.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Any file either loads or has a mistake told, never both and never neither. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    const char *text = (const char *)data;
    g_autoptr (Settings) s = settings_parse ("fuzz", (Span) { text, text + size }, mistakes);

    g_assert_true ((s == NULL) == (mistakes_count (mistakes) > 0));
    if (s != NULL)
        (void)settings_watches (s, "<abuse@example.org>");
    return 0;
}
