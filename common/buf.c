/* buf.c: growing byte strings, arenas, and numbers read strictly from text. */
#include "common/buf.h"

#include <inttypes.h>
#include <stdalign.h>

enum { FIRST_CAP = 64, ARENA_BLOCK = 8192 };

static void die_no_memory(void)
{
    fputs("bug: out of memory\n", stderr);
    abort();
}

void *wm_alloc(size_t size)
{
    void *p = calloc(1, size > 0 ? size : 1);
    if (p == NULL)
        die_no_memory();
    return p;
}

void *wm_realloc(void *p, size_t size)
{
    void *q = realloc(p, size > 0 ? size : 1);
    if (q == NULL)
        die_no_memory();
    return q;
}

char *wm_strdup(const char *s)
{
    size_t size = strlen(s) + 1;
    return memcpy(wm_alloc(size), s, size);
}

struct buf buf_new(size_t max)
{
    return (struct buf){.max = max};
}

void buf_free(struct buf *b)
{
    free(b->data);
    *b = buf_new(b->max);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->overflowed = false;
    if (b->data != NULL)
        b->data[0] = '\0';
}

const char *buf_str(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}

char *buf_take(struct buf *b)
{
    char *taken = b->data != NULL ? b->data : wm_strdup("");
    *b = buf_new(b->max);
    return taken;
}

/* Makes room for `more` bytes and a NUL. False, and overflowed, when the maximum forbids it. */
static bool make_room(struct buf *b, size_t more)
{
    if (b->overflowed || more > b->max - b->len) {
        b->overflowed = true;
        return false;
    }
    size_t need = b->len + more + 1;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap > 0 ? b->cap : FIRST_CAP;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    b->data = wm_realloc(b->data, cap);
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (!make_room(b, len))
        return;
    if (len > 0)
        memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_str_add(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_uint(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    buf_add(b, digits + at, sizeof(digits) - at);
}

void buf_int(struct buf *b, int64_t n)
{
    buf_fmt(b, "%" PRId64, n);
}

void buf_hex(struct buf *b, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *in = bytes;
    if (len > SIZE_MAX / 2 || !make_room(b, len * 2)) {
        b->overflowed = true;
        return;
    }
    for (size_t i = 0; i < len; i++) {
        b->data[b->len++] = digits[in[i] >> 4];
        b->data[b->len++] = digits[in[i] & 15];
    }
    b->data[b->len] = '\0';
}

void buf_vfmt(struct buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0) {
        b->overflowed = true;
    } else if (make_room(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void buf_percent(struct buf *b, const char *s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (; *s != '\0'; s++) {
        uint8_t c = (uint8_t)*s;
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_char(b, *s);
        } else {
            buf_char(b, '%');
            buf_char(b, hex[c >> 4]);
            buf_char(b, hex[c & 15]);
        }
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

long percent_decode(const char *s, size_t len, bool plus, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '%') {
            int high = i + 2 < len ? hex_digit(s[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(s[i + 2]) : -1;
            if (high < 0 || low < 0)
                return -1;
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[n++] = plus && s[i] == '+' ? ' ' : s[i];
        }
    }
    return (long)n;
}

void buf_pair(struct buf *b, const char *name, const char *value)
{
    if (b->len > 0)
        buf_char(b, '&');
    buf_percent(b, name);
    buf_char(b, '=');
    buf_percent(b, value);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vfmt(b, format, args);
    va_end(args);
}

struct arena_block {
    struct arena_block *next;
    size_t cap;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena arena_new(size_t max)
{
    return (struct arena){.max = max};
}

void arena_free(struct arena *a)
{
    while (a->head != NULL) {
        struct arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
    a->used = 0;
}

/* Keeps the newest block: the older ones were full, so the newest is the likeliest to be enough. */
void arena_clear(struct arena *a)
{
    struct arena_block *keep = a->head;
    if (keep == NULL)
        return;
    a->head = keep->next;
    arena_free(a);
    keep->next = NULL;
    keep->used = 0;
    a->head = keep;
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
    size_t cap = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    struct arena_block *block = malloc(sizeof(*block) + cap);
    if (block == NULL)
        die_no_memory();
    *block = (struct arena_block){.next = a->head, .cap = cap};
    a->head = block;
    return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > a->max - a->used || a->max - a->used - size < align) {
        fputs("bug: an arena passed its maximum\n", stderr);
        abort();
    }
    size = (size + align - 1) / align * align;
    struct arena_block *block = a->head;
    if (block == NULL || size > block->cap - block->used)
        block = add_block(a, size);
    void *p = block->bytes + block->used;
    block->used += size;
    a->used += size;
    return memset(p, 0, size);
}

char *arena_memdup(struct arena *a, const void *bytes, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    if (len > 0)
        memcpy(copy, bytes, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_memdup(a, s, strlen(s));
}

char *arena_fmt(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        die_no_memory();
    char *text = arena_alloc(a, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

bool parse_uint(const char *s, uint64_t max, uint64_t *out)
{
    uint64_t n = 0;
    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++) {
        if (*s < '0' || *s > '9')
            return false;
        uint64_t digit = (uint64_t)(*s - '0');
        if (n > max / 10 || digit > max - n * 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return true;
}

/* The magnitude is read as unsigned, so that INT64_MIN needs no special road. */
bool parse_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
    bool negative = *s == '-';
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t magnitude = 0;
    if (!parse_uint(s + (negative ? 1 : 0), limit, &magnitude))
        return false;
    int64_t n;
    if (!negative)
        n = (int64_t)magnitude;
    else if (magnitude == limit)
        n = INT64_MIN;
    else
        n = -(int64_t)magnitude;
    if (n < min || n > max)
        return false;
    *out = n;
    return true;
}
