/* utf8.h: UTF-8 (RFC 3629) out of bytes that a stranger sent. Pure, any thread. */
#ifndef WM_UTF8_H
#define WM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* Reads the code point at *at (less than len) and moves *at past it. A byte that begins no valid
 * sequence (overlong, surrogate, truncated, past U+10FFFF) is one UTF8_BAD. */
uint32_t utf8_next(const char *bytes, size_t len, size_t *at);

/* True for well-formed UTF-8: no overlong forms, no surrogates. */
bool utf8_valid(const char *s, size_t len);

#endif
