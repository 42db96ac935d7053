/* voters.c: a set of 64-bit hashes of voters' ids, open addressing. */
#include "count/voters.h"

#include "common/buf.h"

void voters_free(struct voters *v)
{
    free(v->hashes);
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
    size_t at = hash & (v->room - 1);
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
    *v = bigger;
}

bool voters_add(struct voters *v, const char *id)
{
    if (v->count >= v->room / 4 * 3)
        grow(v);
    if (!place(v, hash_id(id)))
        return false;
    v->count++;
    return true;
}
