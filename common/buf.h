/* buf.h: the two ways memory grows here. A `struct buf` is a byte string whose maximum is named
 * at birth; a `struct arena` is memory that dies with one request or one batch.
 *
 * Neither ever returns NULL: running out of memory aborts the process, which the supervisor
 * restarts with nothing acknowledged lost. Reaching a buf's maximum is not fatal: the buf is
 * marked `overflowed`, further appends do nothing, and the caller checks once at the end.
 * Neither is safe to share between threads without a lock of the caller's. */
#ifndef WM_BUF_H
#define WM_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; /* always NUL-terminated once anything was appended; NULL while empty */
    size_t len; /* bytes, without the NUL */
    size_t cap;
    size_t max; /* len never exceeds it */
    bool overflowed;
};

/* An empty buf that may grow to `max` bytes. Allocates nothing yet. */
struct buf buf_new(size_t max);
/* Frees the bytes; the buf may be used again with its old maximum. */
void buf_free(struct buf *b);
/* Empties the buf and keeps its memory. */
void buf_clear(struct buf *b);
/* The bytes as a C string; "" when empty. Owned by the buf, valid until the next append. */
const char *buf_str(const struct buf *b);
/* Hands the bytes over to the caller (free()); never NULL. The buf is empty afterwards. */
char *buf_take(struct buf *b);

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_str_add(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_uint(struct buf *b, uint64_t n);
void buf_int(struct buf *b, int64_t n);
/* Lower-case hexadecimal. */
void buf_hex(struct buf *b, const void *bytes, size_t len);
/* Percent-encoded (RFC 3986; unreserved characters stay). */
void buf_percent(struct buf *b, const char *s);
/* Decodes %xx, and '+' as a space where `plus`. Returns the length written to `out`, which holds
 * `len` bytes and may be `s`, or -1 at a percent sign without two digits. */
long percent_decode(const char *s, size_t len, bool plus, char *out);
/* "&name=value" of a form or query, percent-encoded; without the & to an empty buf. */
void buf_pair(struct buf *b, const char *name, const char *value);
/* printf into the buf; for plain text only, never for HTML or SQL. */
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

struct arena {
    struct arena_block *head;
    size_t used; /* bytes handed out in all */
    size_t max;  /* handing out more than this aborts: a bug, since inputs are limited */
};

struct arena arena_new(size_t max);
/* Frees everything that was handed out. */
void arena_free(struct arena *a);
/* Forgets everything that was handed out and keeps one block for reuse. */
void arena_clear(struct arena *a);
/* `size` zeroed bytes, aligned for any type, valid until arena_free or arena_clear. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_memdup(struct arena *a, const void *bytes, size_t len); /* adds a NUL */
char *arena_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* malloc and friends that abort instead of returning NULL. */
void *wm_alloc(size_t size); /* zeroed */
void *wm_realloc(void *p, size_t size);
char *wm_strdup(const char *s);

/* Reads a decimal number without sign, at most `max`. The whole of `s` must be digits.
 * Returns false, and leaves *out alone, otherwise. */
bool parse_uint(const char *s, uint64_t max, uint64_t *out);
bool parse_int(const char *s, int64_t min, int64_t max, int64_t *out);

#endif
