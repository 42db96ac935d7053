/* utf8.h: UTF-8 (RFC 3629) out of bytes that a stranger sent. Pure, any thread. */
#ifndef WM_UTF8_H
#define WM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* Length of the well-formed sequence that begins `len` bytes, at least one; 0: none does (Unicode,
 * table 3-7). */
size_t utf8_length(const char *bytes, size_t len);

/* Reads the code point at *at (less than len) and moves *at past it. A byte that begins no valid
 * sequence (overlong, surrogate, truncated, past U+10FFFF) is one UTF8_BAD. */
uint32_t utf8_next(const char *bytes, size_t len, size_t *at);

/* Writes a code point, no surrogate and at most U+10FFFF; returns how many bytes it takes. */
size_t utf8_put(uint32_t point, char out[4]);

/* What a byte of windows-1252 stands for (WHATWG Encoding, index windows-1252); the five that stand
 * for nothing are control characters, U+0080 to U+009F. */
uint32_t windows_1252_point(uint8_t byte);

/* True for well-formed UTF-8: no overlong forms, no surrogates. */
bool utf8_valid(const char *s, size_t len);

#endif
