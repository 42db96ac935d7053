/* page_round.c: the list of rounds; a round's proposals, one proposal. */
#include "server/change_words.h"
#include "server/pages.h"
#include "server/proposal_view.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_offer.h"

enum handled page_rounds(struct request *r, struct db *db)
{
    struct round_lines all;
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {
        .kind = LAYOUT_RESIDENT, .title = "Projects and questions", .feeds = "/feeds"};
    layout_begin(&h, &l);
    kit_title(&h, "Projects and questions");
    if (all.n == 0)
        html_raw(&h, "<p class=\"govuk-body\">No vote has been set up yet.</p>\n");
    kit_round_group(&h, &all, PHASE_OPEN, "Voting now");
    kit_round_group(&h, &all, PHASE_SOON, "Opening soon");
    kit_round_group(&h, &all, PHASE_CLOSED, "Being counted");
    kit_round_group(&h, &all, PHASE_PUBLISHED, "Decided");
    kit_follow(&h, "/feeds");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* Round, pots and proposals of the first segment; false when the request was answered. */
static bool load(struct request *r, struct db *db, struct round_view *v, struct pots *pots,
                 struct proposals *proposals)
{
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], v, &found)))
        return false;
    if (!found) {
        kit_message_page(r, 404, "We do not know that vote",
                         "If you typed the address, check it is correct.", "/rounds",
                         "See all votes");
        return false;
    }
    return !page_failed(r, pots_load(db, &r->arena, v->id, pots)) &&
           !page_failed(r, proposals_load(db, &r->arena, v->id, proposals));
}

/* Where the round stands, and the one thing to do about it. */
static void phase_block(struct html *h, const struct round_view *v)
{
    char when[64];
    html_raw(h, "<p class=\"govuk-body\">");
    kit_phase_tag(h, v->phase);
    html_raw(h, " ");
    when_text(v->phase == PHASE_SOON ? v->opens_at : v->closes_at, when);
    switch (v->phase) {
    case PHASE_SOON:
        html_textf(h, "Voting opens at %s.", when);
        break;
    case PHASE_OPEN:
        html_textf(h, "Voting closes at %s.", when);
        break;
    case PHASE_CLOSED:
        html_textf(h, "Voting closed at %s. The result will be published here.", when);
        break;
    case PHASE_PUBLISHED:
        html_textf(h, "Voting closed at %s.", when);
        break;
    }
    html_raw(h, "</p>\n");
    round_extension_words(h, v);
    if (v->phase == PHASE_OPEN) {
        kit_start(h, "/vote/code", "Vote now");
    } else if (v->phase == PHASE_PUBLISHED) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s/result", v->slug);
        html_raw(h, ">See the result</a></p>\n");
    }
    if (v->phase == PHASE_SOON || v->phase == PHASE_OPEN) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s/dates.ics", v->slug);
        html_raw(h, ">Put the dates into your calendar</a></p>\n");
    }
}

static void proposals_list(struct html *h, struct arena *a, const struct round_view *v,
                           const struct pots *pots, const struct proposals *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, v->kind == ROUND_YES_NO ? "The question" : "The projects");
    html_raw(h, "</h2>\n<ul class=\"wm-projects\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct proposal *p = &all->proposal[i];
        const struct pot *pot = pots->n > 1 ? pot_find(pots, p->pot) : NULL;
        proposal_line(h, p, pot != NULL ? pot->name : "",
                      arena_fmt(a, "/rounds/%s/%04d", v->slug, (int)p->number));
    }
    html_raw(h, "</ul>\n<p class=\"govuk-body\">As a table: ");
    kit_link(h, arena_fmt(a, "/rounds/%s/projects.ods", v->slug), "spreadsheet (ODS)");
    html_raw(h, " · ");
    kit_link(h, arena_fmt(a, "/rounds/%s/projects.csv", v->slug), "CSV");
    html_raw(h, "</p>\n");
}

static void agreement_link(struct html *h, const struct round_view *v)
{
    if (v->edition == 0)
        return;
    html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s/agreement/%d", v->edition_area, (int)v->edition);
    html_raw(h, ">");
    html_textf(h, "Read edition %d of the agreement, with all its pledges", (int)v->edition);
    html_raw(h, "</a></p>\n");
}

static void rules_link(struct html *h, const struct round_view *v)
{
    html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/rules", v->slug);
    html_raw(h, ">The rules of this vote, and how it is counted</a></p>\n");
}

static int32_t still_there(const struct proposals *all)
{
    int32_t n = 0;
    for (int i = 0; i < all->n; i++)
        n += !all->proposal[i].withdrawn;
    return n;
}

static void show_round(struct html *h, struct arena *a, const struct round_view *v,
                       const struct pots *pots, const struct proposals *all,
                       const struct exclusions *groups, const struct changes *changes)
{
    kit_title_caption(h, v->area_name, v->title);
    phase_block(h, v);
    html_raw(h, "<p class=\"govuk-body\">");
    round_limit_words(h, v, pots);
    if (v->about[0] != '\0') {
        html_raw(h, " ");
        html_text(h, v->about);
    }
    html_raw(h, "</p>\n");
    html_raw(h, "<p class=\"govuk-body\">");
    round_voter_words(h, v);
    html_raw(h, "</p>\n");
    round_facts(h, v, pots, still_there(all));
    proposals_list(h, a, v, pots, all);
    round_exclusion_words(h, groups, all);
    agreement_link(h, v);
    if (v->phase == PHASE_OPEN && settings.sms_number[0] != '\0') {
        html_raw(h, "<h2 class=\"govuk-heading-m\">Vote by text</h2>\n");
        round_text_words(h, v, all);
    }
    changes_show(h, changes);
    rules_link(h, v);
    embed_snippet(h, v->slug, v->title);
}

enum handled page_round(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    struct exclusions groups;
    struct changes changes;
    if (!load(r, db, &v, &pots, &all) ||
        page_failed(r, exclusions_load(db, &r->arena, v.id, &groups)) ||
        page_failed(r, changes_public(db, &r->arena, v.id, &changes)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = v.title,
                       .back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", v.area_slug),
                       .back_text = v.area_name,
                       .feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", v.area_slug)};
    layout_begin(&h, &l);
    show_round(&h, &r->arena, &v, &pots, &all, &groups, &changes);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
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
    if (v->phase == PHASE_OPEN) {
        kit_start(h, "/vote/code", "Vote now");
        round_text_words(h, v, &one);
    }
}

enum handled page_proposal(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct proposals all;
    struct offer_counts offers;
    uint64_t number;
    const char *body = "";
    if (!load(r, db, &v, &pots, &all))
        return HANDLED;
    bool is_number = strlen(r->segment[1]) == 4 && parse_uint(r->segment[1], 9999, &number);
    const struct proposal *p = is_number ? proposal_find(&all, (int32_t)number) : NULL;
    if (p == NULL) {
        kit_message_page(r, 404, "We do not know that project",
                         "If you typed the address, check the number.",
                         arena_fmt(&r->arena, "/rounds/%s", v.slug), "See all projects");
        return HANDLED;
    }
    if (page_failed(r, proposal_body_load(db, &r->arena, v.id, p->number, &body)) ||
        page_failed(r, offers_of_round(db, &r->arena, v.id, &offers)))
        return HANDLED;
    const struct pot *pot = pots.n > 1 ? pot_find(&pots, p->pot) : NULL;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = p->title,
                       .back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug),
                       .back_text = v.title};
    layout_begin(&h, &l);
    proposal_show(&h, p, pot != NULL ? pot->name : "", body);
    how_to_vote(&h, &v, p);
    if (!p->withdrawn && p->pot != 0)
        kit_offers(&h, offer_count(&offers, p->number),
                   arena_fmt(&r->arena, "/rounds/%s/%04d/offer", v.slug, (int)p->number));
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
