#include "find/shape.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static Shapes *shapes; /* compiled once: the same for every input */
    const char *text = (const char *)data;
    Span rest = { text, text + size }, line;

    if (shapes == NULL)
        shapes = shapes_new ();
    while (span_line (&rest, &line)) {
        ShapeMatch m;

        if (!shape_match (shapes, line, &m))
            continue;
        g_assert_true (m.shape != NULL && m.n_fields <= SHAPE_MAX_FIELDS);
        for (guint i = 0; i < m.n_fields; i++) {
            g_assert_cmpint (m.fields[i].what, <, SHAPE_SKIP);
            g_assert_true (m.fields[i].text.p >= line.p && m.fields[i].text.end <= line.end);
            g_assert_true (m.fields[i].text.p <= m.fields[i].text.end);
        }
    }
    return 0;
}
