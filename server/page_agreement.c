/* page_agreement.c: what providers promise a neighbourhood, what residents do in return, and what
 * became of it. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_offer.h"
#include "server/store_places.h"

static void agreement_line(struct html *h, const struct area *a)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s/agreement", a->slug);
    html_raw(h, ">");
    html_text(h, a->name);
    html_raw(h, "</a>");
    if (a->proposed > 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">New edition</strong>");
    html_raw(h, "<p>");
    if (a->edition > 0) {
        kit_count(h, a->pledges, "pledge", "pledges");
        html_raw(h, " by ");
        kit_count(h, a->providers, "provider", "providers");
    } else {
        html_raw(h, "Not adopted yet");
    }
    html_raw(h, "</p></div>\n");
}

enum handled page_agreements(struct request *r, struct db *db)
{
    struct areas areas;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Neighbourhood agreements"};
    layout_begin(&h, &l);
    kit_title(&h, "Neighbourhood agreements");
    html_raw(&h, "<p class=\"govuk-body\">Each neighbourhood has an agreement: what the council, "
                 "the police and others promise, how it is measured, and what residents do in "
                 "return. Residents vote on every new edition.</p>\n");
    for (int i = 0; i < areas.n; i++) {
        if (areas.area[i].edition > 0 || areas.area[i].proposed > 0)
            agreement_line(&h, &areas.area[i]);
    }
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

static void detail(struct html *h, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_text(h, label);
    html_raw(h, "</dt><dd>");
    html_text(h, text);
    html_raw(h, "</dd></div>");
}

static void day_detail(struct html *h, const char *label, int64_t day)
{
    char words[40];
    if (day == DB_NO_TIME)
        return;
    when_date(day, words);
    detail(h, label, words);
}

static void checked(struct html *h, const struct pledge *p)
{
    char day[40];
    if (p->checked_on == DB_NO_TIME) {
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Not checked yet</strong>");
        return;
    }
    if (strcmp(p->check_result, "met") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Met</strong>");
    else if (strcmp(p->check_result, "partly") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Partly met</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--red\">Not met</strong>");
    when_date(p->checked_on, day);
    html_textf(h, " checked %s", day);
}

static void standing(struct html *h, const struct pledge *p)
{
    if (strcmp(p->state, "accepted") == 0)
        return;
    html_raw(h, "<p><strong>");
    if (strcmp(p->state, "declined") == 0)
        html_raw(h, "Declined by the provider.");
    else if (strcmp(p->state, "amended") == 0)
        html_raw(h, "Accepted with a change.");
    else
        html_raw(h, "Not yet answered by the provider.");
    html_raw(h, "</strong> ");
    html_text(h, p->reason);
    html_raw(h, "</p>");
}

/* What a page of an agreement shows: where, and who offered to help with which pledge. */
struct shown {
    struct arena *arena;
    const char *area;
    struct pledges pledges;
    struct offer_counts offers;
};

static bool welcome(const struct edition *e, const struct pledge *p)
{
    return strcmp(p->state, "declined") != 0 &&
           (strcmp(e->state, "adopted") == 0 || strcmp(e->state, "proposed") == 0);
}

static void pledge(struct html *h, const struct shown *s, const struct edition *e,
                   const struct pledge *p)
{
    html_raw(h, "<li class=\"wm-pledge\"><h3>");
    html_text(h, p->promise);
    html_raw(h, "</h3><p class=\"wm-pledge__who\">");
    html_text(h, p->provider);
    html_raw(h, "</p>");
    standing(h, p);
    html_raw(h, "<dl>");
    detail(h, "Standard", p->standard);
    detail(h, "How it is measured", p->measure);
    day_detail(h, "Due", p->due);
    html_raw(h, "<div><dt>Last check</dt><dd>");
    checked(h, p);
    if (p->evidence[0] != '\0') {
        html_raw(h, "<br>");
        html_text(h, p->evidence);
        if (p->evidence_link[0] != '\0') {
            html_raw(h, " ");
            kit_link(h, p->evidence_link, "See the evidence");
        }
    }
    html_raw(h, "</dd></div></dl>");
    if (welcome(e, p))
        kit_offers(h, offer_count(&s->offers, p->id),
                   arena_fmt(s->arena, "/neighbourhoods/%s/agreement/%d/offer", s->area, p->id));
    html_raw(h, "</li>\n");
}

static void edition_heading(struct html *h, const struct edition *e)
{
    char day[40];
    html_raw(h, "<h2 class=\"govuk-heading-m\"");
    html_attrf(h, "id", "edition-%d", (int)e->edition);
    html_raw(h, ">");
    html_textf(h, "Edition %d", (int)e->edition);
    if (strcmp(e->state, "adopted") == 0)
        html_raw(h, ", in force");
    else if (strcmp(e->state, "proposed") == 0)
        html_raw(h, ", put forward");
    else if (strcmp(e->state, "rejected") == 0)
        html_raw(h, ", not adopted");
    else
        html_raw(h, ", replaced");
    html_raw(h, "</h2>\n<p class=\"govuk-body\">");
    if (e->adopted_on != DB_NO_TIME) {
        when_date(e->adopted_on, day);
        html_textf(h, "Adopted on %s. ", day);
    }
    if (e->review_on != DB_NO_TIME) {
        when_date(e->review_on, day);
        html_textf(h, "To be reviewed by %s. ", day);
    }
    if (e->adopt_reason[0] != '\0') {
        html_raw(h, "Adopted by two officers without a vote: ");
        html_text(h, e->adopt_reason);
    }
    html_raw(h, "</p>\n");
}

/* An edition that is put to the vote: where and until when. */
static void question(struct html *h, const struct edition *e)
{
    char when[64];
    if (e->question_slug[0] == '\0' || strcmp(e->state, "proposed") != 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    if (strcmp(e->question_phase, "open") == 0) {
        when_text(e->question_closes, when);
        html_textf(h, "Edition %d is up for adoption now. Residents can vote yes or no until %s. ",
                   (int)e->edition, when);
    } else if (strcmp(e->question_phase, "soon") == 0) {
        html_textf(h, "Edition %d will be put to the vote. ", (int)e->edition);
    } else {
        html_textf(h, "Residents have voted on edition %d. ", (int)e->edition);
    }
    html_raw(h, "<a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s", e->question_slug);
    html_raw(h, ">See the question</a></div>\n");
}

static void show_edition(struct html *h, const struct edition *e, const struct shown *s)
{
    edition_heading(h, e);
    question(h, e);
    html_raw(h, "<ol class=\"wm-pledges\">\n");
    for (int i = 0; i < s->pledges.n; i++)
        pledge(h, s, e, &s->pledges.pledge[i]);
    html_raw(h, "</ol>\n");
    if (e->in_return[0] != '\0') {
        html_raw(h, "<div class=\"wm-return\"><h3 class=\"govuk-heading-s\">What residents do in "
                    "return</h3><p class=\"govuk-body\">");
        html_text(h, e->in_return);
        html_raw(h, "</p></div>\n");
    }
    if (e->sha256[0] != '\0') {
        html_raw(h, "<p class=\"govuk-body-s\">SHA-256 of these words as they were put forward: "
                    "<span class=\"wm-type\">");
        html_text(h, e->sha256);
        html_raw(h, "</span></p>\n");
    }
}

/* The edition in force, or failing that the newest, comes first and open; the others fold. */
static const struct edition *leading(const struct editions *all)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->edition[i].state, "adopted") == 0)
            return &all->edition[i];
    }
    return &all->edition[0];
}

static enum db_outcome load(struct db *db, const struct edition *e, struct shown *s)
{
    enum db_outcome outcome = pledges_load(db, s->arena, e->id, &s->pledges);
    return outcome == DB_OK ? offers_of_edition(db, s->arena, e->id, &s->offers) : outcome;
}

static enum db_outcome show_all(struct html *h, struct request *r, struct db *db,
                                const struct editions *all)
{
    struct shown s = {.arena = &r->arena, .area = r->segment[0]};
    const struct edition *first = leading(all);
    for (int i = 0; i < all->n; i++) {
        if (&all->edition[i] != first)
            question(h, &all->edition[i]);
    }
    enum db_outcome outcome = load(db, first, &s);
    if (outcome != DB_OK)
        return outcome;
    show_edition(h, first, &s);
    for (int i = 0; i < all->n; i++) {
        const struct edition *e = &all->edition[i];
        if (e == first)
            continue;
        outcome = load(db, e, &s);
        if (outcome != DB_OK)
            return outcome;
        html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                    "<span class=\"govuk-details__summary-text\">");
        html_textf(h, "Read edition %d", (int)e->edition);
        html_raw(h, "</span></summary><div class=\"govuk-details__text\">");
        show_edition(h, e, &s);
        html_raw(h, "</div></details>\n");
    }
    return DB_OK;
}

enum handled page_agreement(struct request *r, struct db *db)
{
    struct areas areas;
    struct editions all;
    if (page_failed(r, areas_load(db, &r->arena, r->segment[0], &areas)) ||
        page_failed(r, editions_load(db, &r->arena, r->segment[0], &all)))
        return HANDLED;
    if (areas.n == 0 || all.n == 0) {
        kit_message_page(r, 404, "There is no agreement here",
                         "We do not know that neighbourhood, or it has no agreement yet.",
                         "/agreements", "See all agreements");
        return HANDLED;
    }
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = leading(&all)->title,
                       .back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", areas.area[0].slug),
                       .back_text = areas.area[0].name};
    layout_begin(&h, &l);
    kit_title(&h, leading(&all)->title);
    enum db_outcome outcome = show_all(&h, r, db, &all);
    layout_end(&h, &l);
    if (outcome == DB_OK)
        response_html(r, 200, &h);
    else
        response_db(r, outcome);
    html_free(&h);
    return HANDLED;
}
