/* markdown.c: CommonMark to safe HTML, through cmark. */
#include <cmark.h>

#include "common/log.h"
#include "server/markdown.h"
#include "server/tr.h"

enum { HEADING_FIRST = 3, HEADING_LAST = 6 };

/* An image's words take its place: pictures need consent, alternatives and a size, which another
 * road provides. */
static void drop_image(cmark_node *image)
{
    cmark_node *child = cmark_node_first_child(image);
    while (child != NULL) {
        cmark_node *next = cmark_node_next(child);
        cmark_node_insert_before(image, child);
        child = next;
    }
    cmark_node_free(image);
}

static void lower_heading(cmark_node *heading)
{
    int level = cmark_node_get_heading_level(heading) + HEADING_FIRST - 1;
    cmark_node_set_heading_level(heading, level < HEADING_LAST ? level : HEADING_LAST);
}

/* A node is changed when it is left, so that the iterator never stands inside what goes. */
static void tame(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_EXIT)
            continue;
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            drop_image(node);
        else if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            lower_heading(node);
    }
    cmark_iter_free(iter);
}

void markdown_show_in(struct html *h, enum language language, const char *source)
{
    cmark_node *document = cmark_parse_document(source, strlen(source), CMARK_OPT_VALIDATE_UTF8);
    MUST(document != NULL);
    tame(document);
    char *markup = cmark_render_html(document, CMARK_OPT_SAFE);
    MUST(markup != NULL);
    html_raw(h, "<div class=\"wm-prose\"");
    html_lang(h, language);
    html_raw(h, ">");
    html_raw_bytes(h, markup, strlen(markup));
    html_raw(h, "</div>\n");
    free(markup);
    cmark_node_free(document);
}

void markdown_show(struct html *h, const char *source)
{
    markdown_show_in(h, LANGUAGE_EN, source);
}
