/* language_private.h: what common/po/embed.sh makes of a .po file. */
#ifndef WM_LANGUAGE_PRIVATE_H
#define WM_LANGUAGE_PRIVATE_H

#include "common/language.h"

enum { PLURALS = 3 };

struct translation {
    const char *words;          /* English; of two forms the singular */
    const char *forms[PLURALS]; /* words without a plural have the first alone */
};

struct catalogue {
    struct translation *all;
    size_t n;
    unsigned (*plural)(unsigned long n);
};

extern struct catalogue catalogues[LANGUAGES];

#endif
