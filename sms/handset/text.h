/* text.h: strings as they come and go: UTF-8, JSON, telephone numbers as people
 * read them. Pure, any thread. */
#ifndef WM_HANDSET_TEXT_H
#define WM_HANDSET_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"

/* Bytes of the well-formed UTF-8 character (RFC 3629) at `s`, 0 at the end or when malformed. */
size_t text_step(const char *s);
/* Well-formed UTF-8 without control characters; `lines` allows line feeds. */
bool text_is_clean(const char *s, bool lines);
/* CR LF and CR become LF, in place: forms and some providers write them. */
void text_unify_lines(char *s);

void text_json(struct buf *out, const char *s); /* with its quotes (RFC 8259) */
/* 07700 900123 for +447700900123; others unchanged. */
void text_number(struct buf *out, const char *e164);

#endif
