#include "one-part.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    fuzz_part (data, n, PART_REPORT, "message/feedback-report", arf_read);
    return 0;
}
