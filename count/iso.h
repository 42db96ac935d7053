/* iso.h: whether a word is a code of ISO: what META's language, currency and country may be. */
#ifndef COUNT_ISO_H
#define COUNT_ISO_H

#include <stdbool.h>

/* ISO 639-1, two small letters. */
bool iso_language(const char *word);
/* ISO 4217, three capitals. */
bool iso_currency(const char *word);
/* ISO 3166-1: a country's name, its code of two or three letters, or "Worldwide"; upper or lower
 * case alike. */
bool iso_country(const char *word);

#endif
