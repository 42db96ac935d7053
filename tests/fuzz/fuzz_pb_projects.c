/* fuzz_pb_projects.c: any bytes as PROJECTS, its header first, read, checked and counted. */
#include "pb_section.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    pb_section(PB_META "vote_type;approval\nPROJECTS\n", bytes, len, PB_VOTES);
    return 0;
}
