/* page_round.c: the list of rounds; a round's proposals, filtered and in an order that favours
 * none. */
#include "server/change_words.h"
#include "server/pages.h"
#include "server/proposal_list.h"
#include "server/proposal_view.h"
#include "server/round_words.h"
#include "server/settings.h"

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
        html_textf(h, "Voting closed at %s. ", when);
        if (v->result_at == DB_NO_TIME) {
            html_raw(h, "The result will be published here.");
        } else {
            when_text(v->result_at, when);
            html_textf(h, "The result will be published here at %s.", when);
        }
        break;
    case PHASE_PUBLISHED:
        html_textf(h, "Voting closed at %s.", when);
        break;
    }
    html_raw(h, "</p>\n");
    round_extension_words(h, v);
    if (v->voters == VOTERS_PRACTICE)
        return;
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

/* How many are shown, and in which order. */
static void list_words(struct html *h, const struct list_asked *asked, int shown, int of)
{
    html_raw(h, "<p class=\"govuk-body\">");
    if (asked->narrowed && shown == 0)
        html_raw(h, "<strong>No projects match.</strong> ");
    else if (asked->narrowed)
        html_textf(h, "%d of %d projects match. ", shown, of);
    if (asked->order == ORDER_MIXED && shown > 1)
        html_raw(h, "The order is mixed, so that nobody’s project is always first. You find the "
                    "same one when you come back; others may see another. The numbers belong to "
                    "the projects.");
    html_raw(h, "</p>\n");
}

static void proposals_list(struct html *h, struct arena *a, const struct round_view *v,
                           const struct pots *pots, const struct proposals *all,
                           const struct list_asked *asked, int order)
{
    struct proposals shown = list_choose(a, all, asked, list_seed(order, v->id));
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, v->kind == ROUND_YES_NO ? "The question" : "The projects");
    html_raw(h, "</h2>\n");
    if (all->n > 1) {
        list_form(h, asked, arena_fmt(a, "/rounds/%s", v->slug), pots);
        list_words(h, asked, shown.n, all->n);
    }
    html_raw(h, "<ul class=\"wm-projects\">\n");
    for (int i = 0; i < shown.n; i++) {
        const struct proposal *p = &shown.proposal[i];
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

static void show_round(struct html *h, struct request *r, const struct round_view *v,
                       const struct pots *pots, const struct proposals *all,
                       const struct exclusions *groups, const struct changes *changes,
                       const struct list_asked *asked)
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
    proposals_list(h, &r->arena, v, pots, all, asked, request_order(r));
    round_exclusion_words(h, groups, all);
    agreement_link(h, v);
    if (v->phase == PHASE_OPEN && v->voters != VOTERS_PRACTICE && settings.sms_number[0] != '\0') {
        html_raw(h, "<h2 class=\"govuk-heading-m\">Vote by text</h2>\n");
        round_text_words(h, v, all);
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s/card", v->slug);
        html_raw(h, ">A card to print, in large letters</a></p>\n");
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
    struct list_asked asked;
    if (!kit_round_of(r, db, &v, &pots, &all) ||
        page_failed(r, exclusions_load(db, &r->arena, v.id, &groups)) ||
        page_failed(r, changes_public(db, &r->arena, v.id, &changes)))
        return HANDLED;
    list_read(r, &asked);
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = v.title,
                       .practice = v.voters == VOTERS_PRACTICE,
                       .has_error = asked.errors.n > 0,
                       .back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", v.area_slug),
                       .back_text = v.area_name,
                       .feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", v.area_slug)};
    layout_begin(&h, &l);
    form_summary(&h, &asked.errors);
    show_round(&h, r, &v, &pots, &all, &groups, &changes, &asked);
    layout_end(&h, &l);
    response_html(r, asked.errors.n > 0 ? 422 : 200, &h);
    return HANDLED;
}
