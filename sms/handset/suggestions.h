/* suggestions.h: example texts for the page, from a JSON array of strings that the demo writes. */
#ifndef WM_HANDSET_SUGGESTIONS_H
#define WM_HANDSET_SUGGESTIONS_H

#include "common/buf.h"

enum { SUGGESTIONS_MAX = 20, SUGGESTIONS_LEN_MAX = 400 };

struct suggestions {
    size_t n;
    const char *text[SUGGESTIONS_MAX]; /* in the arena */
};

/* Reads the file anew. "" or a missing file: only HELP; a broken one besides logs a line. */
void suggestions_read(const char *path, struct arena *arena, struct suggestions *out);

#endif
