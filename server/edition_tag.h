/* edition_tag.h: the state of an edition of an agreement, in words and as a coloured tag. */
#ifndef WM_SERVER_EDITION_TAG_H
#define WM_SERVER_EDITION_TAG_H

#include "server/html.h"

/* `state`: a word of wardmote.agreement_edition. */
/* In English, to be translated; "" for another word. */
const char *edition_tag_words(const char *state);
void edition_tag(struct html *h, const char *state);

#endif
