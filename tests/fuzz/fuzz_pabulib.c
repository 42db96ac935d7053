/* fuzz_pabulib.c: any bytes at all, read as a .pb file, checked and, when accepted, counted. */
#include "pb_section.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > 0)
        pb_try((const char *)bytes, len);
    return 0;
}
