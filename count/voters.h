/* voters.h: notices a voter's id that comes twice, in 8 bytes a voter at most.
 *
 * Most files number their voters: numbers below VOTERS_NUMBER_END are one bit each, which lies near
 * that of the number before, and other ids are hashed. */
#ifndef COUNT_VOTERS_H
#define COUNT_VOTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VOTERS_NUMBER_END ((uint64_t)1 << 26)

struct voters {
    uint64_t *numbers;   /* a bit for each number seen */
    size_t number_words; /* words of `numbers`; 8 MiB at most */
    uint64_t *hashes;    /* 0 is an empty place */
    size_t count;
    size_t room;
};

/* An all-zero struct is an empty set. */
void voters_free(struct voters *v);

/* Adds an id; false when it was there before. Of ids that are no numbers only
 * hashes are kept: among a million different
 * ids the chance of one wrong "twice" is 1 in 30 million, and all it causes is a warning. */
bool voters_add(struct voters *v, const char *id);

#endif
