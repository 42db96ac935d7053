/* cache.c: a bounded table of rendered pages, by path. */
#include "server/cache.h"

#include "common/buf.h"
#include "common/log.h"
#include <pthread.h>
#include <stdatomic.h>

enum { BUCKETS = 1024 };

struct page {
    struct cache_entry entry; /* first: an entry is its page */
    struct page *next_in_bucket;
    struct page *older, *newer; /* by time of keeping, for eviction */
    uint64_t generation;
    int64_t kept_ms, renew_ms, until_ms;
    size_t bytes;
    uint32_t hash;
    bool kept;       /* stands in the table, which holds one count */
    atomic_int held; /* counts; the last one out frees */
};

static struct {
    pthread_mutex_t lock; /* guards all but the generation */
    struct page *bucket[BUCKETS];
    struct page *oldest, *newest;
    size_t bytes;
    int entries;
    void (*discard)(void *content);
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The low bit tells a bypass: odd numbers answer, even ones do not. */
static _Atomic uint64_t generation;

/* FNV-1a, 32 bits. Paths that collide on purpose cost a walk of at most CACHE_ENTRIES_MAX. */
static uint32_t hash_of(const char *path)
{
    uint32_t hash = 2166136261u;
    for (; *path != '\0'; path++)
        hash = (hash ^ (uint8_t)*path) * 16777619u;
    return hash;
}

static void let_go(struct page *p)
{
    if (atomic_fetch_sub(&p->held, 1) != 1)
        return;
    cache.discard(p->entry.content);
    free(p);
}

/* --- the table; under the lock ------------------------------------------------------------- */

static void take_out(struct page *p)
{
    struct page **at = &cache.bucket[p->hash % BUCKETS];
    while (*at != p)
        at = &(*at)->next_in_bucket;
    *at = p->next_in_bucket;
    *(p->older != NULL ? &p->older->newer : &cache.oldest) = p->newer;
    *(p->newer != NULL ? &p->newer->older : &cache.newest) = p->older;
    p->kept = false;
    cache.bytes -= p->bytes;
    cache.entries--;
    let_go(p);
}

static struct page *look_up(const char *path, uint32_t hash)
{
    struct page *p = cache.bucket[hash % BUCKETS];
    while (p != NULL && (p->hash != hash || strcmp(p->entry.path, path) != 0))
        p = p->next_in_bucket;
    return p;
}

static void put_in(struct page *p)
{
    struct page *before = look_up(p->entry.path, p->hash);
    if (before != NULL)
        take_out(before);
    while (cache.oldest != NULL &&
           (cache.entries >= CACHE_ENTRIES_MAX || cache.bytes + p->bytes > (size_t)CACHE_BYTES_MAX))
        take_out(cache.oldest);
    struct page **bucket = &cache.bucket[p->hash % BUCKETS];
    p->next_in_bucket = *bucket;
    *bucket = p;
    p->older = cache.newest;
    p->newer = NULL;
    *(cache.newest != NULL ? &cache.newest->newer : &cache.oldest) = p;
    cache.newest = p;
    cache.bytes += p->bytes;
    cache.entries++;
    p->kept = true;
    atomic_fetch_add(&p->held, 1);
}

/* --- for all ------------------------------------------------------------------------------ */

static void clear(void)
{
    pthread_mutex_lock(&cache.lock);
    while (cache.oldest != NULL)
        take_out(cache.oldest);
    pthread_mutex_unlock(&cache.lock);
}

void cache_start(void (*discard)(void *content))
{
    cache.discard = discard;
    atomic_store(&generation, 0);
}

void cache_stop(void)
{
    cache_bypass();
}

uint64_t cache_generation(void)
{
    uint64_t now = atomic_load(&generation);
    return now % 2 == 1 ? now : 0;
}

/* The page that may be answered, or NULL. Under the lock. */
static struct page *valid(const char *path, uint32_t hash, int64_t now_ms)
{
    struct page *p = look_up(path, hash);
    if (p == NULL || (p->generation == cache_generation() && p->until_ms > now_ms))
        return p;
    take_out(p);
    return NULL;
}

/* Whether this reader has it made anew. Under the lock. */
static bool renew(struct page *p, int64_t now_ms)
{
    if (p->renew_ms > now_ms)
        return false;
    p->renew_ms = now_ms + CACHE_RETRY_MS;
    return true;
}

static struct cache_entry *find(const char *path, int64_t now_ms, int64_t since_ms, bool renews)
{
    uint32_t hash = hash_of(path);
    pthread_mutex_lock(&cache.lock);
    struct page *p = valid(path, hash, now_ms);
    if (p != NULL && (p->kept_ms < since_ms || (renews && renew(p, now_ms))))
        p = NULL;
    if (p != NULL)
        atomic_fetch_add(&p->held, 1);
    pthread_mutex_unlock(&cache.lock);
    return p != NULL ? &p->entry : NULL;
}

struct cache_entry *cache_find(const char *path, int64_t now_ms)
{
    return find(path, now_ms, 0, true);
}

struct cache_entry *cache_find_since(const char *path, int64_t now_ms, int64_t since_ms)
{
    return find(path, now_ms, since_ms, false);
}

void cache_release(struct cache_entry *entry)
{
    let_go((struct page *)entry);
}

static struct page *make(const char *path, const char *pattern, const char *etag, void *content)
{
    size_t path_len = strlen(path) + 1, etag_len = strlen(etag) + 1;
    struct page *p = wm_alloc(sizeof(*p) + path_len + etag_len);
    char *strings = (char *)(p + 1);
    memcpy(strings, path, path_len);
    memcpy(strings + path_len, etag, etag_len);
    p->entry = (struct cache_entry){
        .path = strings, .pattern = pattern, .etag = strings + path_len, .content = content};
    p->hash = hash_of(path);
    atomic_store(&p->held, 1);
    return p;
}

struct cache_entry *cache_keep(const char *path, const char *pattern, const char *etag,
                               void *content, size_t bytes, uint64_t at_generation, int64_t now_ms,
                               int64_t until_ms)
{
    struct page *p = make(path, pattern, etag, content);
    p->generation = at_generation;
    p->bytes = bytes;
    p->kept_ms = now_ms;
    p->renew_ms = now_ms + CACHE_RENEW_MS;
    p->until_ms = until_ms < now_ms + CACHE_LIFE_MS ? until_ms : now_ms + CACHE_LIFE_MS;
    if (at_generation == 0 || p->until_ms <= now_ms || bytes > (size_t)CACHE_BYTES_MAX / 8)
        return &p->entry;
    pthread_mutex_lock(&cache.lock);
    if (cache_generation() == at_generation)
        put_in(p);
    pthread_mutex_unlock(&cache.lock);
    return &p->entry;
}

void cache_raise(void)
{
    uint64_t now = atomic_load(&generation);
    atomic_store(&generation, now + (now % 2 == 1 ? 2 : 1));
    clear();
}

void cache_bypass(void)
{
    uint64_t now = atomic_load(&generation);
    if (now % 2 == 1)
        atomic_store(&generation, now + 1);
    clear();
}
