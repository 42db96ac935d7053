/* byte_index.h: finds what was seen before among up to some hundred thousand byte strings: open
 * addressing over FNV-1a. It keeps numbers; their bytes stay with the caller. One thread. */
#ifndef WM_BYTE_INDEX_H
#define WM_BYTE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct byte_index {
    struct {
        uint32_t hash, id; /* id is one more than the caller's; 0: free */
    } * slot;
    size_t slots, used;
    /* Whether the bytes of `id` are these. */
    bool (*same)(const void *context, uint32_t id, const void *bytes, size_t len);
    const void *context;
};

/* The number under which these bytes were seen first: `id` itself when that is now. */
uint32_t byte_index_see(struct byte_index *x, const void *bytes, size_t len, uint32_t id);
/* The same in two steps, for many in a row: first the hash, which has their place fetched from
 * memory; some others later, the look. */
uint32_t byte_index_hash(const struct byte_index *x, const void *bytes, size_t len);
uint32_t byte_index_see_hashed(struct byte_index *x, uint32_t hash, const void *bytes, size_t len,
                               uint32_t id);
/* Makes room for `n` at once; before the first. */
void byte_index_reserve(struct byte_index *x, size_t n);
void byte_index_free(struct byte_index *x);

#endif
