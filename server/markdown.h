/* markdown.h: what officers write at length, as safe HTML. */
#ifndef WM_MARKDOWN_H
#define WM_MARKDOWN_H

#include "server/html.h"

/* CommonMark through cmark in its safe mode: raw HTML and javascript: links are left out; images
 * become their words; headings begin at h3, below the page's own. Officers write English: a page of
 * another language says so. */
void markdown_show(struct html *h, const char *source);
/* The same of words in another language. */
void markdown_show_in(struct html *h, enum language language, const char *source);

#endif
