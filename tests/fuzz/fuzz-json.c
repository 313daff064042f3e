#include "base/json.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    Span text = { (const char *)data, (const char *)data + n };
    const char *defect = NULL;
    g_autoptr (Json) j = json_read (text, &defect);
    g_autofree char *line = j != NULL ? json_line (j) : NULL;

    g_assert (j != NULL ? line != NULL && strchr (line, '\n') == NULL : defect != NULL);
    return 0;
}
