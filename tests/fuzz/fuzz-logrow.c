/* A line of the spool: what is taken for a row comes back as the same row. */
#include "effect/logrow.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *
line_of (const LogRow *row)
{
    g_autoptr (Json) j = logrow_to_json (row);

    return json_line (j);
}

static LogRow *
row_of (Span text)
{
    const char *defect;
    g_autoptr (Json) j = json_read (text, &defect);

    return j != NULL ? logrow_from_json (j) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    g_autoptr (LogRow) row = row_of ((Span) { text, text + size }), again = NULL;
    g_autofree char *first = NULL, *second = NULL;

    if (row == NULL)
        return 0;
    first = line_of (row);
    again = row_of (span_of (first));
    g_assert (again != NULL);
    second = line_of (again);
    g_assert (strcmp (first, second) == 0);
    return 0;
}
