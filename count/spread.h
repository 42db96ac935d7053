/* spread.h: where a key goes in a hash table: a place that nobody who writes a file can foresee, so
 * that no file makes a table slow. Only places depend on it, never an outcome. */
#ifndef COUNT_SPREAD_H
#define COUNT_SPREAD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Random, and odd; drawn before main(). */
extern uint64_t spread_key;

/* Both halves of the product, so that every bit of either number counts. */
static inline uint64_t spread_number(uint64_t number)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(number ^ spread_key) * (spread_key ^ 0x9E3779B97F4A7C14u);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t spread_bytes(const char *bytes, size_t len)
{
    uint64_t hash = len;
    uint64_t word = 0;
    for (; len >= sizeof(word); bytes += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, bytes, sizeof(word));
        hash = spread_number(hash ^ word);
    }
    for (word = 0; len > 0; len--)
        word = word << 8 | (unsigned char)*bytes++;
    return spread_number(hash ^ word);
}

#endif
