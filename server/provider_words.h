/* provider_words.h: how providers write times and characters. Pure, any thread. */
#ifndef WM_PROVIDER_WORDS_H
#define WM_PROVIDER_WORDS_H

#include "common/buf.h"

/* Unix seconds ("1795305600"), or RFC 3339 in UTC ("2026-11-22T10:00:00.123Z", a space for the T
 * and no Z are fine). Unix microseconds; DB_NO_TIME for anything else and for years that no text
 * is sent in. */
int64_t words_to_time(const char *text);

/* The words as UTF-8: as they are when they are UTF-8, else by the charset that the provider
 * names (windows-1252, iso-8859-1: what Kannel's mo-recode makes). NULL: neither. */
const char *words_to_utf8(struct arena *arena, const char *words, const char *charset);

#endif
