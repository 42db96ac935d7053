/* page_embed.c: /embed/rounds/:slug: a vote's dates, money and outcome, small, for the pages of
 * other sites: the only page of ours that they may frame. No cookie, no form, no script; its links
 * leave the frame. In the language of ?lang=, since in a frame there is no cookie. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/tr.h"

static const struct round_line *find_line(const struct round_lines *all, const char *slug)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->line[i].slug, slug) == 0)
            return &all->line[i];
    }
    return NULL;
}

static void show(struct html *h, struct arena *a, const struct round_line *l)
{
    html_raw(h, "<h1 class=\"govuk-heading-m\">");
    kit_link_written(h, arena_fmt(a, "/rounds/%s", l->slug), l->title);
    html_raw(h, "</h1>\n<p class=\"govuk-body\">");
    kit_phase_tag(h, l->phase);
    html_raw(h, " ");
    html_written(h, l->area_name);
    html_raw(h, "</p>\n");
    kit_round_state(h, l);
    html_raw(h, "\n");
    switch (l->phase) {
    case PHASE_OPEN:
        kit_start(h, "/vote", tr(h, "How to vote"));
        break;
    case PHASE_PUBLISHED:
        kit_start(h, arena_fmt(a, "/rounds/%s/result", l->slug), tr(h, "See the result"));
        break;
    case PHASE_SOON:
    case PHASE_CLOSED:
        break;
    }
    html_raw(h, "<p class=\"govuk-body-s\">");
    html_written(h, settings.name);
    html_raw(h, "</p>\n");
}

enum handled page_embed(struct request *r, struct db *db)
{
    struct round_lines all;
    kit_language_asked(r);
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    const struct round_line *line = find_line(&all, r->segment[0]);
    struct html h = html_new();
    struct layout l =
        layout_said(r, line != NULL ? line->title : tr(r, "We do not know that vote"));
    l.framed = true;
    layout_begin(&h, &l);
    if (line != NULL) {
        show(&h, &r->arena, line);
    } else {
        kit_title(&h, l.title);
        html_raw(&h, "<p class=\"govuk-body\">");
        kit_link(&h, "/rounds", tr(r, "See all votes"));
        html_raw(&h, "</p>\n");
    }
    layout_end(&h, &l);
    response_html(r, line != NULL ? 200 : 404, &h);
    return HANDLED;
}

void embed_snippet(struct html *h, const char *slug, const char *title)
{
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_tr(h, "Show this vote on your own site");
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><p>");
    html_tr(h, "Put this into a page of yours. It shows the dates, the money and later the result, "
               "sets no cookies and keeps itself up to date.");
    html_raw(h, "</p>\n<pre class=\"wm-frozen wm-ours\" dir=\"ltr\" tabindex=\"0\">");
    /* Markup as text, whose attributes are escaped once for the page that it will stand in. */
    struct html tag = html_new();
    char query[LANGUAGE_QUERY_LEN];
    html_raw(&tag, "<iframe");
    html_attrf(&tag, "src", "%s/embed/rounds/%s%s", settings.public_url, slug,
               layout_language_query(h->language, query));
    html_attr(&tag, "title", title);
    html_raw(&tag, " width=\"100%\" height=\"320\" loading=\"lazy\"></iframe>");
    html_text(h, buf_str(&tag.out));
    html_free(&tag);
    html_raw(h, "</pre></div></details>\n");
}
