/* cache.h: pages that every reader gets alike, rendered once (architecture §4). A page is kept
 * only if the generation read before its query still holds, at most CACHE_LIFE_MS, and at most
 * until a round opens or closes. The database's NOTIFY on channel `content` raises the generation;
 * while nobody listens the cache answers nothing.
 *
 * What is kept is opaque here: httpd hands in a response ready to be sent. Entries are counted;
 * who got one from cache_find gives it back with cache_release, so that no lock is held while an
 * answer is sent. Any thread. */
#ifndef WM_CACHE_H
#define WM_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CACHE_LIFE_MS = 5000,
    CACHE_RENEW_MS = 4000, /* from this age on a page is made anew, before it has to be */
    CACHE_RETRY_MS = 500,  /* so long nobody else does */
    CACHE_ENTRIES_MAX = 512,
    CACHE_BYTES_MAX = 16 << 20
};

struct cache_entry {
    const char *path;
    const char *pattern; /* of its route, for the log */
    const char *etag;    /* with its quotes */
    void *content;       /* what cache_keep was given */
};

/* Forgets everything and stops answering until cache_open; `discard` frees a content. */
void cache_start(void (*discard)(void *content));
/* Frees all entries that nobody holds. */
void cache_stop(void);

/* The generation of content, to be read before a page's first query. 0: bypassed. */
uint64_t cache_generation(void);
/* The page for a path (which httpd may follow with a language), or NULL. `now_ms` on
 * CLOCK_MONOTONIC. Near the end of a page's life one reader finds nothing and has it made anew,
 * while the others are still answered with it: were it to end for all at once, each of them would
 * ask the database for the same. */
struct cache_entry *cache_find(const char *path, int64_t now_ms);
/* A page that was kept at `since_ms` or later, or NULL: for who found none then, and waited. 0: one
 * of any age. */
struct cache_entry *cache_find_since(const char *path, int64_t now_ms, int64_t since_ms);
void cache_release(struct cache_entry *entry);
/* Takes over `content` of `bytes` (about) and returns an entry for it, to be released by the
 * caller; also keeps it for others when `generation` still holds and `until_ms` lies ahead. The
 * strings are copied, but for `pattern`. */
struct cache_entry *cache_keep(const char *path, const char *pattern, const char *etag,
                               void *content, size_t bytes, uint64_t generation, int64_t now_ms,
                               int64_t until_ms);

/* Content changed: nothing kept before may be answered any more. Also ends a bypass. */
void cache_raise(void);
/* Nobody can tell us of changes: answer and keep nothing until cache_raise. */
void cache_bypass(void);

#endif
