/* translation_show.h: how far proposals are translated, in a word, for the desk's pages. */
#ifndef WM_TRANSLATION_SHOW_H
#define WM_TRANSLATION_SHOW_H

#include "server/html.h"
#include "server/request.h"
#include "server/store_translation.h"

/* The language's own name, marked as being in it. */
void translation_language(struct html *h, enum language language);
void translation_tag(struct html *h, enum translation_state state);
/* A list of the languages of one proposal, each with its mark and, for who may, a link to
 * where it is translated. */
void translation_marks(struct html *h, struct request *r, const char *slug, int32_t number,
                       const struct translation_lines *lines);

#endif
