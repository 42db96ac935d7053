/* page_card.c: /rounds/SLUG/card: how to vote by text, and every number, in large print, to put up
 * in a hall or on a kitchen wall. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/tr.h"

static void money_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "<p class=\"govuk-body-l\">");
    round_limit_words(h, v, pots);
    html_raw(h, " ");
    if (v->phase == PHASE_SOON)
        html_trv(h, "Voting opens at {opens}.", TR_WHEN("opens", v->opens_at));
    else
        html_trv(h, "Voting closes at {closes}.", TR_WHEN("closes", v->closes_at));
    html_raw(h, "</p>\n");
}

static void line(struct html *h, const struct proposal *p)
{
    html_raw(h, "<li>");
    kit_number(h, p->number);
    html_raw(h, " <strong>");
    kit_project_title(h, p);
    html_raw(h, "</strong>");
    if (p->pot != 0) {
        html_raw(h, ", ");
        html_money(h, p->cost);
    }
    html_raw(h, "</li>\n");
}

static void show(struct html *h, const struct round_view *v, const struct pots *pots,
                 const struct proposals *all)
{
    kit_caption_written(h, v->area_name);
    html_raw(h, "<h1 class=\"govuk-heading-l\">");
    html_trv(h, "Vote by text: {title}", TR_WRITTEN("title", v->title));
    html_raw(h, "</h1>\n");
    money_words(h, v, pots);
    html_raw(h, "<div class=\"wm-large\">\n");
    round_text_words(h, v, all);
    html_raw(h, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    for (int i = 0; i < all->n; i++) {
        if (!all->proposal[i].withdrawn)
            line(h, &all->proposal[i]);
    }
    html_raw(h, "</ul>\n</div>\n<p class=\"govuk-body-l\">");
    html_tr(h, "You need no smartphone. A text costs what your texts cost; we charge nothing. To "
               "change your vote, text again before the close: your last ballot counts.");
    enum language in;
    const char *contact = settings_contact(h->language, &in);
    if (*contact != '\0') {
        html_raw(h, " ");
        html_trv(h, "{contact} for help.", TR_WRITTEN_IN("contact", contact, in));
    }
    html_raw(h, "</p>\n");
}

enum handled page_card(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    if (!kit_round_of(r, db, &v, &pots, &all))
        return HANDLED;
    if ((v.phase != PHASE_OPEN && v.phase != PHASE_SOON) || settings.sms_number[0] == '\0') {
        kit_message_said(r, 404, tr(r, "There is no card for this vote"),
                         tr(r, "It has closed, or one does not vote by text in it."),
                         arena_fmt(&r->arena, "/rounds/%s", v.slug), tr(r, "See this vote"));
        return HANDLED;
    }
    struct html h = html_new();
    struct layout l =
        layout_said(r, trv(&r->arena, r, "Vote by text: {title}", TR_TEXT("title", v.title)));
    l.back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug);
    l.back_name = v.title;
    layout_begin(&h, &l);
    show(&h, &v, &pots, &all);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
