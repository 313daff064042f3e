#include "know/class.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The bytes as a scenario and as a common file: read, or told what is wrong with them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Yaml) y = yaml_parse ("fuzz", (const char *)data, size, mistakes);
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
    g_autoptr (RuleReader) reader = rule_reader_new (shapes, arena, mistakes);
    g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (Class));
    guint before = mistakes_count (mistakes);
    Class c;

    if (y == NULL)
        return 0;
    reader->want.file = "fuzz";
    g_assert_true (class_read (reader, CLASS_SCENARIO, "fuzz", yaml_root (y), 1, &c) ==
                   (mistakes_count (mistakes) == before));
    before = mistakes_count (mistakes);
    g_assert_true (class_read_common (reader, yaml_root (y), classes) ==
                   (mistakes_count (mistakes) == before));
    return 0;
}
