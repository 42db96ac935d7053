/* byte_index.c: a hash table of numbers, by the bytes that they stand for. */
#include "server/byte_index.h"

#include "common/buf.h"

enum { FIRST_SLOTS = 1024 };

/* FNV-1a, 64 bits (draft-eastlake-fnv), and Fibonacci's multiplier after it: numbers that follow
 * each other would lie in heaps. */
uint32_t byte_index_hash(const struct byte_index *x, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ at[i]) * 0x100000001B3u;
    uint32_t hash = (uint32_t)(h * 0x9E3779B97F4A7C15u >> 32);
    if (x->slots > 0)
        __builtin_prefetch(&x->slot[hash & (x->slots - 1)], 1);
    return hash;
}

static void grow(struct byte_index *x, size_t slots)
{
    struct byte_index bigger = {.slots = slots};
    bigger.slot = wm_alloc(bigger.slots * sizeof(*bigger.slot));
    for (size_t i = 0; i < x->slots; i++) {
        if (x->slot[i].id == 0)
            continue;
        size_t at = x->slot[i].hash & (bigger.slots - 1);
        while (bigger.slot[at].id != 0)
            at = (at + 1) & (bigger.slots - 1);
        bigger.slot[at] = x->slot[i];
    }
    free(x->slot);
    x->slot = bigger.slot;
    x->slots = bigger.slots;
}

void byte_index_reserve(struct byte_index *x, size_t n)
{
    size_t slots = FIRST_SLOTS;
    while (slots < 2 * n + 2)
        slots *= 2;
    grow(x, slots);
}

uint32_t byte_index_see_hashed(struct byte_index *x, uint32_t hash, const void *bytes, size_t len,
                               uint32_t id)
{
    if (x->used * 2 >= x->slots)
        grow(x, x->slots > 0 ? x->slots * 2 : FIRST_SLOTS);
    size_t at = hash & (x->slots - 1);
    for (; x->slot[at].id != 0; at = (at + 1) & (x->slots - 1)) {
        if (x->slot[at].hash == hash && x->same(x->context, x->slot[at].id - 1, bytes, len))
            return x->slot[at].id - 1;
    }
    x->slot[at].hash = hash;
    x->slot[at].id = id + 1;
    x->used++;
    return id;
}

uint32_t byte_index_see(struct byte_index *x, const void *bytes, size_t len, uint32_t id)
{
    return byte_index_see_hashed(x, byte_index_hash(x, bytes, len), bytes, len, id);
}

void byte_index_free(struct byte_index *x)
{
    free(x->slot);
    x->slot = NULL;
    x->slots = x->used = 0;
}
