/* fuzz_pb_votes.c: any bytes as VOTES, its header first, of a type of vote that the first byte
 * chooses; read, checked and counted. */
#include "pb_section.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const before[] = {
        PB_META "vote_type;approval\nmax_sum_cost;90\n" PB_PROJECTS "VOTES\n",
        PB_META "vote_type;choose-1\n" PB_PROJECTS "VOTES\n",
        PB_META "vote_type;ordinal\nmin_length;2\n" PB_PROJECTS "VOTES\n",
        PB_META "vote_type;cumulative\nmax_sum_points;5\n" PB_PROJECTS "VOTES\n",
        PB_META "vote_type;scoring\nmin_points;-2\n" PB_PROJECTS "VOTES\n",
    };
    if (len > 0)
        pb_section(before[bytes[0] % 5], bytes + 1, len - 1, "");
    return 0;
}
