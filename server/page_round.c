/* page_round.c: the list of rounds; a round's proposals, filtered and in an order that favours
 * none. */
#include "server/change_words.h"
#include "server/pages.h"
#include "server/proposal_list.h"
#include "server/proposal_view.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_outline.h"
#include "server/tr.h"

enum handled page_rounds(struct request *r, struct db *db)
{
    struct round_lines all;
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Projects and questions"));
    l.feeds = "/feeds";
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    if (all.n == 0)
        html_tr_p(&h, "No vote has been set up yet.");
    kit_round_group(&h, &all, PHASE_OPEN, tr(r, "Voting now"));
    kit_round_group(&h, &all, PHASE_SOON, tr(r, "Opening soon"));
    kit_round_group(&h, &all, PHASE_CLOSED, tr(r, "Being counted"));
    kit_round_group(&h, &all, PHASE_PUBLISHED, tr(r, "Decided"));
    kit_follow(&h, "/feeds");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* Where the round stands, and the one thing to do about it. */
static void phase_block(struct html *h, struct arena *a, const struct round_view *v)
{
    html_raw(h, "<p class=\"govuk-body\">");
    if (v->phase == PHASE_CLOSED && v->voters == VOTERS_PRACTICE)
        kit_tag(h, "grey", tr(h, "Closed"));
    else
        kit_phase_tag(h, v->phase);
    html_raw(h, " ");
    switch (v->phase) {
    case PHASE_SOON:
        html_trv(h, "Voting opens at {opens}.", TR_WHEN("opens", v->opens_at));
        break;
    case PHASE_OPEN:
        html_trv(h, "Voting closes at {closes}.", TR_WHEN("closes", v->closes_at));
        break;
    case PHASE_CLOSED:
        if (v->voters == VOTERS_PRACTICE)
            html_trv(h, "Voting closed at {closes}.", TR_WHEN("closes", when_minute(v->closes_at)));
        else if (v->result_at == DB_NO_TIME)
            html_trv(h, "Voting closed at {when}. The result will be published here.",
                     TR_WHEN("when", when_minute(v->closes_at)));
        else
            html_trv(h, "Voting closed at {when}. The result will be published here at {then}.",
                     TR_WHEN("when", when_minute(v->closes_at)), TR_WHEN("then", v->result_at));
        break;
    case PHASE_PUBLISHED:
        html_trv(h, "Voting closed at {closes}.", TR_WHEN("closes", when_minute(v->closes_at)));
        break;
    }
    html_raw(h, "</p>\n");
    round_extension_words(h, v);
    if (v->voters == VOTERS_PRACTICE)
        return;
    if (v->phase == PHASE_OPEN) {
        kit_start(h, "/vote/code", tr(h, "Vote now"));
    } else if (v->phase == PHASE_PUBLISHED) {
        kit_sentence(h, "", arena_fmt(a, "/rounds/%s/result", v->slug), tr(h, "See the result"));
    }
    if (v->phase == PHASE_SOON || v->phase == PHASE_OPEN)
        kit_sentence(h, "", arena_fmt(a, "/rounds/%s/dates.ics", v->slug),
                     tr(h, "Put the dates into your calendar"));
}

static int32_t still_there(const struct proposals *all)
{
    int32_t n = 0;
    for (int i = 0; i < all->n; i++)
        n += !all->proposal[i].withdrawn;
    return n;
}

/* How many are shown, and in which order; and the way back to all of them. */
static void list_words(struct html *h, const struct list_asked *asked,
                       const struct proposals *shown, const struct proposals *all, const char *path)
{
    int32_t here = still_there(shown);
    if (asked->narrowed) {
        html_raw(h, "<p class=\"govuk-body\">");
        if (here == 0)
            html_tr(h, "{b}No projects match.{/b} ");
        else
            html_trnv(h, "{n} project of {all} matches. ", "{n} projects of {all} match. ", here,
                      TR_NUMBER("all", still_there(all)));
        if (shown->n > here)
            html_trn(h, "{n} project that was withdrawn matches too. ",
                     "{n} projects that were withdrawn match too. ", shown->n - here);
        kit_link(h, path, tr(h, "Show all projects"));
        html_raw(h, "</p>\n");
    }
    if (asked->order == ORDER_MIXED && shown->n > 1)
        html_tr_p(h, "The order is mixed, so that nobody’s project is always first. You find the "
                     "same one when you come back; others may see another. The numbers belong to "
                     "the projects.");
}

static void proposals_list(struct html *h, struct arena *a, const struct round_view *v,
                           const struct pots *pots, const struct proposals *all,
                           const struct list_asked *asked, const struct proposals *shown)
{
    const char *path = arena_fmt(a, "/rounds/%s", v->slug);
    html_tr_h2(h, v->kind == ROUND_YES_NO ? N_("The question") : N_("The projects"));
    if (all->n > 1) {
        list_form(h, a, asked, path, pots, all);
        list_words(h, asked, shown, all, path);
    }
    if (shown->n > 0)
        html_raw(h, "<ul class=\"wm-projects\">\n");
    for (int i = 0; i < shown->n; i++) {
        const struct proposal *p = &shown->proposal[i];
        const struct pot *pot = pots->n > 1 ? pot_find(pots, p->pot) : NULL;
        proposal_line(h, p, pot != NULL ? pot->name : "",
                      arena_fmt(a, "/rounds/%s/%04d", v->slug, (int)p->number));
    }
    if (shown->n > 0)
        html_raw(h, "</ul>\n");
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr(h, "As a table: ");
    kit_link(h, arena_fmt(a, "/rounds/%s/projects.ods", v->slug), tr(h, "spreadsheet (ODS)"));
    html_raw(h, " · ");
    kit_link(h, arena_fmt(a, "/rounds/%s/projects.csv", v->slug), tr(h, "table (CSV)"));
    html_raw(h, "</p>\n");
}

static void agreement_link(struct html *h, struct arena *a, const struct round_view *v)
{
    if (v->edition == 0)
        return;
    kit_sentence(h, "",
                 arena_fmt(a, "/neighbourhoods/%s/agreement/%d", v->edition_area, (int)v->edition),
                 trv(a, h, "Read edition {n} of the agreement, with all its pledges",
                     TR_NUMBER("n", v->edition)));
}

/* What a ballot may hold and who may cast one, while that is still to do; and what it is about. */
static void what_and_who(struct html *h, const struct round_view *v, const struct pots *pots)
{
    bool ahead = v->phase == PHASE_SOON || v->phase == PHASE_OPEN;
    if (ahead || v->about[0] != '\0') {
        html_raw(h, "<p class=\"govuk-body\">");
        if (ahead) {
            round_limit_words(h, v, pots);
            html_raw(h, " ");
        }
        html_written(h, v->about);
        html_raw(h, "</p>\n");
    }
    if (ahead || v->voters == VOTERS_PRACTICE) {
        html_raw(h, "<p class=\"govuk-body\">");
        round_voter_words(h, v);
        html_raw(h, "</p>\n");
    }
}

static void show_round(struct html *h, struct request *r, const struct round_view *v,
                       const struct pots *pots, const struct proposals *all,
                       const struct exclusions *groups, const struct changes *changes,
                       const struct list_asked *asked, const struct area_map *map)
{
    struct proposals shown = list_choose(&r->arena, all, asked, list_seed(request_order(r), v->id));
    struct map_points points = map_points_of(&r->arena, all, &shown);
    kit_caption_written(h, v->area_name);
    kit_title_written(h, v->title);
    phase_block(h, &r->arena, v);
    what_and_who(h, v, pots);
    round_facts(h, v, pots, still_there(all));
    proposals_list(h, &r->arena, v, pots, all, asked, &shown);
    area_map_show(h, map, &points);
    round_exclusion_words(h, groups, all);
    agreement_link(h, &r->arena, v);
    if (v->phase == PHASE_OPEN && v->voters != VOTERS_PRACTICE && settings.sms_number[0] != '\0') {
        html_tr_h2(h, "Vote by text");
        round_text_words(h, v, all);
        kit_sentence(h, "", arena_fmt(&r->arena, "/rounds/%s/card", v->slug),
                     tr(h, "A card to print, in large letters"));
    }
    if (v->takes_paper)
        kit_sentence(h, "", arena_fmt(&r->arena, "/rounds/%s/ballot-paper", v->slug),
                     tr(h, "A ballot paper to print"));
    changes_show(h, changes);
    kit_sentence(h, "", arena_fmt(&r->arena, "/rounds/%s/rules", v->slug),
                 tr(h, "The rules of this vote, and how it is counted"));
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
    struct area_map map;
    if (!kit_round_of(r, db, &v, &pots, &all) ||
        page_failed(r, exclusions_load(db, &r->arena, v.id, &groups)) ||
        page_failed(r, changes_public(db, &r->arena, v.id, &changes)) ||
        page_failed(r, area_outline_load(db, &r->arena, v.area_slug, &map)))
        return HANDLED;
    list_read(r, &asked);
    if (*asked.words != '\0' &&
        page_failed(r, proposals_search(db, &r->arena, v.id, asked.words, &asked.found)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, v.title);
    l.practice = v.voters == VOTERS_PRACTICE;
    l.has_error = asked.errors.n > 0;
    l.back_path = l.feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", v.area_slug);
    l.back_name = v.area_name;
    layout_begin(&h, &l);
    form_summary(&h, &asked.errors);
    show_round(&h, r, &v, &pots, &all, &groups, &changes, &asked, &map);
    layout_end(&h, &l);
    response_html(r, asked.errors.n > 0 ? 422 : 200, &h);
    return HANDLED;
}
