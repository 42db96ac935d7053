/* page_proposal.c: one proposal, and its way into a ballot. */
#include "server/delivery_show.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/proposal_view.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/store_offer.h"
#include "server/store_outline.h"
#include "server/tr.h"

static void add_button(struct html *h, const struct round_view *v, const struct proposal *p)
{
    html_raw(h, "<form method=\"post\" novalidate");
    html_attrf(h, "action", "/rounds/%s/%04d/add", v->slug, (int)p->number);
    html_raw(h, ">\n");
    form_button(h, tr(h, "Add to my vote"));
    form_end(h);
}

/* How to vote for this very proposal: people arrive here by a link and see nothing else. */
static void how_to_vote(struct html *h, struct arena *a, const struct round_view *v,
                        const struct proposal *p)
{
    struct proposals one = {.proposal = (struct proposal *)(uintptr_t)p, .n = 1};
    if (p->withdrawn || v->phase == PHASE_CLOSED)
        return;
    if (v->phase == PHASE_PUBLISHED) {
        kit_sentence(h, "", arena_fmt(a, "/rounds/%s/result", v->slug), tr(h, "See the result"));
        return;
    }
    html_tr_h2(h, "How to vote for it");
    if (v->phase == PHASE_SOON)
        html_tr_pv(h, "Voting opens at {opens}.", TR_WHEN("opens", v->opens_at));
    else
        html_tr_pv(h, "Voting closes at {closes}.", TR_WHEN("closes", v->closes_at));
    round_extension_words(h, v);
    if (v->phase == PHASE_OPEN && v->voters != VOTERS_PRACTICE) {
        if (v->kind == ROUND_YES_NO)
            kit_start(h, "/vote/code", tr(h, "Vote now"));
        else
            add_button(h, v, p);
        round_text_words(h, v, &one);
    }
}

/* The second segment's; NULL: the request was answered. */
static const struct proposal *proposal_of(struct request *r, const struct round_view *v,
                                          const struct proposals *all)
{
    uint64_t number;
    bool is_number = strlen(r->segment[1]) == 4 && parse_uint(r->segment[1], 9999, &number);
    const struct proposal *p = is_number ? proposal_find(all, (int32_t)number) : NULL;
    if (p == NULL)
        kit_message_said(r, 404, tr(r, "We do not know that project"),
                         tr(r, "If you typed the address, check the number."),
                         arena_fmt(&r->arena, "/rounds/%s", v->slug), tr(r, "See all projects"));
    return p;
}

/* Of a funded project. */
static void became_of(struct html *h, const struct delivery *d)
{
    if (d == NULL)
        return;
    html_tr_h2(h, "What became of it");
    html_raw(h, "<div class=\"wm-report\">");
    delivery_tag(h, delivery_state(d));
    delivery_reports(h, d);
    html_raw(h, "</div>\n");
}

enum handled page_proposal(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    struct offer_counts offers;
    struct deliveries delivery;
    struct area_map map = {.outline = NULL};
    const char *body = "";
    if (!kit_round_of(r, db, &v, &pots, &all))
        return HANDLED;
    const struct proposal *p = proposal_of(r, &v, &all);
    if (p == NULL)
        return HANDLED;
    if (page_failed(r, proposal_body_load(db, &r->arena, v.id, p, &body)) ||
        page_failed(r, offers_of_round(db, &r->arena, v.id, &offers)) ||
        page_failed(r, deliveries_load(db, &r->arena, NULL, v.slug, r->language, &delivery)) ||
        (geo_is_set(p->at) && page_failed(r, area_outline_load(db, &r->arena, v.area_slug, &map))))
        return HANDLED;
    const struct pot *pot = pots.n > 1 ? pot_find(&pots, p->pot) : NULL;
    struct html h = html_new();
    struct layout l = layout_said(r, p->title);
    l.practice = v.voters == VOTERS_PRACTICE;
    l.back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug);
    l.back_name = v.title;
    layout_begin(&h, &l);
    proposal_show(&h, p, pot != NULL ? pot->name : "", body);
    how_to_vote(&h, &r->arena, &v, p);
    became_of(&h, delivery_find(&delivery, p->number));
    area_map_show(&h, &map, &(struct map_points){&(struct map_point){p->number, p->at}, 1, 0});
    if (!p->withdrawn && p->pot != 0 && v.voters != VOTERS_PRACTICE)
        kit_offers(&h, offer_count(&offers, p->number),
                   arena_fmt(&r->arena, "/rounds/%s/%04d/offer", v.slug, (int)p->number));
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* "Add to my vote": the number is kept with the draft, and the ballot adds it as it opens, at once
 * or after signing in. Choices of another round that were not cast make room: a browser keeps one.
 */
enum handled page_add_post(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    struct draft d = {0};
    if (!kit_round_of(r, db, &v, &pots, &all))
        return HANDLED;
    const struct proposal *p = proposal_of(r, &v, &all);
    if (p == NULL)
        return HANDLED;
    if (p->withdrawn || v.phase != PHASE_OPEN || v.kind == ROUND_YES_NO ||
        v.voters == VOTERS_PRACTICE) {
        response_redirect(r, "/rounds/%s/%04d", v.slug, (int)p->number);
        return HANDLED;
    }
    if (!session_draft_read(r, &d) || d.round != v.id)
        d = (struct draft){.round = v.id};
    d.add = (uint16_t)p->number;
    session_draft_set(r, &d);
    if (session_voter_read(r))
        response_redirect(r, "/ballot/%s#p%04d", v.slug, (int)p->number);
    else
        response_redirect(r, v.voters == VOTERS_PHONE ? "/vote/phone" : "/vote/code");
    return HANDLED;
}
