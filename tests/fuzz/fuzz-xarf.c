#include "one-part.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    fuzz_part (data, n, PART_DATA, "application/json", xarf_json_read);
    return 0;
}
