/* plain.h: a text as people send it, made plain enough to read: one byte a character. Pure, any
 * thread. */
#ifndef WM_SMS_PLAIN_H
#define WM_SMS_PLAIN_H

#include "common/buf.h"

/* What stands for a letter of a script that we do not read: it is a word, never a separator. */
enum { PLAIN_LETTER = 0x01 };

/* Appends `len` bytes of UTF-8 as ASCII: digits of every script, full width, keycaps and circled
 * ones as 0 to 9; letters with accents as their base; dashes, spaces and marks as plain ones;
 * what is invisible is dropped; emoji and bytes that are not UTF-8 become a space. */
void plain_text(const char *utf8, size_t len, struct buf *out);
/* How many bytes of `utf8` make the first `plain` characters of its plain text. */
size_t plain_origin(const char *utf8, size_t len, size_t plain);

#endif
