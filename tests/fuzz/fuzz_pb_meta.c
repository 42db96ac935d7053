/* fuzz_pb_meta.c: any bytes as lines of META, read, checked and counted. */
#include "pb_section.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    pb_section("META\nkey;value\n", bytes, len, PB_PROJECTS PB_VOTES);
    return 0;
}
