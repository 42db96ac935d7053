/* provider_words.h: how providers write characters. Pure, any thread. */
#ifndef WM_PROVIDER_WORDS_H
#define WM_PROVIDER_WORDS_H

#include "common/buf.h"

/* The words as UTF-8: as they are when they are UTF-8, else by the charset that the provider
 * names (windows-1252, iso-8859-1: what Kannel's mo-recode makes). NULL: neither. */
const char *words_to_utf8(struct arena *arena, const char *words, const char *charset);

#endif
