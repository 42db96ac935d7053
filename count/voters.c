/* voters.c: a set of voters' ids: a bit for each number, 64-bit hashes of others, open addressing.
 */
#include "count/voters.h"

#include <string.h>

#include "common/buf.h"
#include "count/spread.h"

void voters_free(struct voters *v)
{
    free(v->hashes);
    free(v->numbers);
    *v = (struct voters){0};
}

/* FNV-1a, 64 bits, then the finaliser of SplitMix64, as ids often differ in their last byte. */
static uint64_t hash_id(const char *id)
{
    uint64_t hash = 14695981039346656037u;
    for (; *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * 1099511628211u;
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
    hash ^= hash >> 31;
    return hash != 0 ? hash : 1;
}

static bool place(struct voters *v, uint64_t hash)
{
    size_t at = spread_number(hash) & (v->room - 1);
    for (; v->hashes[at] != 0; at = (at + 1) & (v->room - 1)) {
        if (v->hashes[at] == hash)
            return false;
    }
    v->hashes[at] = hash;
    return true;
}

static void grow(struct voters *v)
{
    struct voters bigger = {.count = v->count, .room = v->room > 0 ? v->room * 2 : 1024};
    bigger.hashes = wm_alloc(bigger.room * sizeof(uint64_t));
    for (size_t i = 0; i < v->room; i++) {
        if (v->hashes[i] != 0)
            place(&bigger, v->hashes[i]);
    }
    free(v->hashes);
    v->hashes = bigger.hashes;
    v->room = bigger.room;
}

/* "7" is a number, "07" and "7 " are other ids. */
static bool is_number(const char *id, uint64_t *out)
{
    uint64_t number = 0;
    if (id[0] < '0' || id[0] > '9' || (id[0] == '0' && id[1] != '\0'))
        return false;
    for (; *id >= '0' && *id <= '9' && number < VOTERS_NUMBER_END; id++)
        number = number * 10 + (uint64_t)(*id - '0');
    *out = number;
    return *id == '\0' && number < VOTERS_NUMBER_END;
}

static bool add_number(struct voters *v, uint64_t number)
{
    size_t word = number / 64;
    uint64_t bit = (uint64_t)1 << number % 64;
    if (word >= v->number_words) {
        size_t words = v->number_words > 0 ? v->number_words : 1024;
        while (words <= word)
            words *= 2;
        v->numbers = wm_realloc(v->numbers, words * sizeof(uint64_t));
        memset(v->numbers + v->number_words, 0, (words - v->number_words) * sizeof(uint64_t));
        v->number_words = words;
    }
    bool is_new = (v->numbers[word] & bit) == 0;
    v->numbers[word] |= bit;
    return is_new;
}

bool voters_add(struct voters *v, const char *id)
{
    uint64_t number;
    if (is_number(id, &number))
        return add_number(v, number);
    if (v->count >= v->room / 4 * 3)
        grow(v);
    if (!place(v, hash_id(id)))
        return false;
    v->count++;
    return true;
}
