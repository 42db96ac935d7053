/* spread.c: draws the key of all hash tables. */
#include "count/spread.h"

#include <sys/random.h>

uint64_t spread_key = 0x9E3779B97F4A7C15u;

/* Without random bytes the tables work as well; their places can be foreseen. */
__attribute__((constructor)) static void draw_key(void)
{
    uint64_t drawn;
    if (getrandom(&drawn, sizeof(drawn), 0) == sizeof(drawn))
        spread_key = drawn | 1;
}
