/* page_proposal.c: one proposal, and its way into a ballot. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/proposal_view.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/store_offer.h"

static void add_button(struct html *h, const struct round_view *v, const struct proposal *p)
{
    html_raw(h, "<form method=\"post\" novalidate");
    html_attrf(h, "action", "/rounds/%s/%04d/add", v->slug, (int)p->number);
    html_raw(h, ">\n");
    form_button(h, "Add to my vote");
    form_end(h);
}

/* How to vote for this very proposal: people arrive here by a link and see nothing else. */
static void how_to_vote(struct html *h, const struct round_view *v, const struct proposal *p)
{
    char when[64];
    struct proposals one = {.proposal = (struct proposal *)(uintptr_t)p, .n = 1};
    if (p->withdrawn || v->phase == PHASE_CLOSED)
        return;
    if (v->phase == PHASE_PUBLISHED) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s/result", v->slug);
        html_raw(h, ">See the result</a></p>\n");
        return;
    }
    html_raw(h, "<h2 class=\"govuk-heading-m\">How to vote for it</h2>\n<p class=\"govuk-body\">");
    when_text(v->phase == PHASE_SOON ? v->opens_at : v->closes_at, when);
    html_textf(h, v->phase == PHASE_SOON ? "Voting opens at %s." : "Voting closes at %s.", when);
    html_raw(h, "</p>\n");
    round_extension_words(h, v);
    if (v->phase == PHASE_OPEN && v->voters != VOTERS_PRACTICE) {
        if (v->kind == ROUND_YES_NO)
            kit_start(h, "/vote/code", "Vote now");
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
        kit_message_page(r, 404, "We do not know that project",
                         "If you typed the address, check the number.",
                         arena_fmt(&r->arena, "/rounds/%s", v->slug), "See all projects");
    return p;
}

enum handled page_proposal(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    struct offer_counts offers;
    const char *body = "";
    if (!kit_round_of(r, db, &v, &pots, &all))
        return HANDLED;
    const struct proposal *p = proposal_of(r, &v, &all);
    if (p == NULL)
        return HANDLED;
    if (page_failed(r, proposal_body_load(db, &r->arena, v.id, p->number, &body)) ||
        page_failed(r, offers_of_round(db, &r->arena, v.id, &offers)))
        return HANDLED;
    const struct pot *pot = pots.n > 1 ? pot_find(&pots, p->pot) : NULL;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = p->title,
                       .practice = v.voters == VOTERS_PRACTICE,
                       .back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug),
                       .back_text = v.title};
    layout_begin(&h, &l);
    proposal_show(&h, p, pot != NULL ? pot->name : "", body);
    how_to_vote(&h, &v, p);
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
