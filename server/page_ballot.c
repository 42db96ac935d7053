/* page_ballot.c: choosing. What was ticked is kept whatever happens: in the sealed draft. */
#include "server/ballot_form.h"
#include "server/pages.h"
#include "server/proposal_list.h"
#include "server/tr.h"

/* Of a round in the voter's own area that is not for their register. */
static const char *voters_words(const struct round_view *v)
{
    switch (v->voters) {
    case VOTERS_CODE:
        return N_("{title} is voted on with the code from a letter.");
    case VOTERS_PHONE:
        return N_("{title} is voted on with a mobile number.");
    case VOTERS_REGISTER:
    case VOTERS_PRACTICE:
        break;
    }
    return N_("{title} is for the people on a list that the council keeps for it.");
}

static void not_here(struct request *r, const char *why)
{
    kit_message_said(r, 403, tr(r, "Your code does not vote here"), why, "/vote/rounds",
                     tr(r, "See the votes that are open to you"));
}

/* A ballot that cannot be filled in says why on a page of its own. */
static bool turned_away(struct request *r, const struct round_view *v,
                        const struct voter_ballot *ballot)
{
    const char *round = arena_fmt(&r->arena, "/rounds/%s", v->slug);
    struct tr_value title = TR_TEXT("title", v->title);
    if (ballot->in_area && !ballot->in_reach)
        not_here(r, trv(&r->arena, r, voters_words(v), title));
    else if (!ballot->in_reach)
        not_here(r, trv(&r->arena, r,
                        "{title} is for people who live in {area}. Your code is for {home}.", title,
                        TR_PLACE("area", v->area_name), TR_PLACE("home", ballot->area_name)));
    else if (v->phase == PHASE_SOON)
        kit_message_said(
            r, 200, tr(r, "Voting has not opened yet"),
            trv(&r->arena, r, "{title} opens at {when}.", title, TR_WHEN("when", v->opens_at)),
            round, tr(r, "See what will be voted on"));
    else if (v->phase != PHASE_OPEN)
        kit_message_said(r, 200, tr(r, "Voting has closed"),
                         trv(&r->arena, r,
                             "{title} closed at {when}. A ballot that you cast before then is "
                             "counted. The result will be published.",
                             title, TR_WHEN("when", v->closes_at)),
                         round, tr(r, "See this vote"));
    else
        return false;
    return true;
}

/* The order in which a voter finds the projects is their own, and the same each time: whoever
 * stands first on a ballot is chosen more often. */
static void mix(const struct request *r, struct ballot_sheet *s)
{
    if (s->round.kind != ROUND_YES_NO)
        list_mix(&s->all, list_seed(r->voter.voter, s->round.id));
}

/* Round, session, reach and phase; false when the request was answered. */
static bool admit(struct request *r, struct db *db, struct ballot_sheet *s,
                  struct voter_ballot *ballot)
{
    bool found;
    s->language = r->language;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &s->round, &found)))
        return false;
    if (!found) {
        response_error(r, 404);
        return false;
    }
    if (page_failed(r, voter_ballot_load(db, &r->arena, &r->voter, s->round.id, ballot)))
        return false;
    if (!ballot->session_good) {
        page_session_ended(r);
        return false;
    }
    if (turned_away(r, &s->round, ballot)) {
        if (picks_to_add(r, s->round.id) != 0) /* nor will it be added later */
            session_draft_set(r, &(struct draft){0});
        return false;
    }
    if (!ballot->declared) {
        response_redirect(r, "/ballot/%s/declare", s->round.slug);
        return false;
    }
    if (page_failed(r, pots_load(db, &r->arena, s->round.id, &s->pots)) ||
        page_failed(r, proposals_load_in(db, &r->arena, s->round.id, r->language, &s->all)) ||
        page_failed(r, exclusions_load(db, &r->arena, s->round.id, &s->groups)))
        return false;
    mix(r, s);
    return true;
}

static void limits(struct html *h, const struct ballot_sheet *s)
{
    html_raw(h, "<p class=\"govuk-body\">");
    round_limit_words(h, &s->round, &s->pots);
    html_trv(h, " You can change your vote until {when}.", TR_WHEN("when", s->round.closes_at));
    html_raw(h, "</p>\n");
    if (s->round.kind != ROUND_YES_NO && s->all.n > 1)
        html_tr_p(h, "The projects stand in an order that was mixed for you and stays the same.");
    round_exclusion_words(h, &s->groups, &s->all);
    round_extension_words(h, &s->round);
}

/* What came from a project's own page. */
static void added(struct html *h, const struct ballot_sheet *s)
{
    const struct proposal *p = s->added != 0 ? proposal_find(&s->all, s->added) : NULL;
    if (p == NULL || p->withdrawn)
        return;
    char box[8];
    snprintf(box, sizeof box, "#p%04d", (int)p->number % 10000);
    html_raw(h, "<div class=\"govuk-inset-text\" role=\"status\">");
    html_trv(h,
             "Added to your choices: {a}{title}{/a}. Nothing is cast yet: continue when your "
             "choices are complete.",
             TR_LINK("a", box), TR_WRITTEN_IN("title", p->title, p->language));
    html_raw(h, "</div>\n");
}

/* What became of the ballot that was cast before. */
static void standing(struct html *h, struct arena *a, const struct voter_ballot *ballot,
                     bool lost_a_project)
{
    if (ballot->revision == 0 || ballot->withdrawn)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    if (ballot->voided) {
        html_trv(h, "{b}Your ballot was declared void{/b} by two officers. Their reason: {reason}",
                 TR_WRITTEN("reason", kit_ended(a, ballot->void_reason)));
        html_raw(h, "<br>");
        html_tr(h, "You can cast another.");
    } else if (lost_a_project) {
        html_tr(h, "{b}A project that you chose has been withdrawn.{/b} The rest of your ballot "
                   "counts as it is. If you want to change it, choose again and continue.");
    } else {
        html_tr(h, "You have voted here. If you cast another ballot, it replaces the first.");
    }
    html_raw(h, "</div>\n");
}

static const char *title_of(enum round_kind kind)
{
    switch (kind) {
    case ROUND_YES_NO:
        break;
    case ROUND_POINTS:
        return N_("Give points: {title}");
    case ROUND_RANKING:
        return N_("Put projects in order: {title}");
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        return N_("Choose projects: {title}");
    }
    return "{title}";
}

static void ballot_page(struct request *r, int status, const struct ballot_sheet *s,
                        const struct voter_ballot *ballot, bool lost_a_project)
{
    struct html h = html_new();
    const char *title = title_of(s->round.kind);
    struct layout l = layout_said(r, trv(&r->arena, r, title, TR_TEXT("title", s->round.title)));
    struct form_errors errors = sheet_errors(s);
    l.has_error = errors.n > 0;
    l.back_path = "/vote/rounds";
    l.back_text = tr(r, "Your votes");
    l.script = true;
    layout_begin(&h, &l);
    form_summary(&h, &errors);
    html_raw(&h, "<h1 class=\"govuk-heading-l\">");
    html_trv(&h, title, TR_WRITTEN("title", s->round.title));
    html_raw(&h, "</h1>\n");
    limits(&h, s);
    standing(&h, &r->arena, ballot, lost_a_project);
    added(&h, s);
    sheet_show(&h, r, s);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

/* Everything that stops these choices, onto the sheet: what the form says of itself, and whether
 * the database would take them. False when the request was answered. */
static bool judge(struct request *r, struct db *db, struct ballot_sheet *s)
{
    struct ballot_verdict verdict;
    if (!sheet_is_clear(s) && s->picks.n == 0)
        return true;
    if (page_failed(r, ballot_check(db, s->round.id, s->picks.pick, s->picks.n, &verdict)))
        return false;
    if (!verdict.good)
        sheet_refuse(s, &r->arena, &verdict);
    return true;
}

/* The picks that the page begins with: a draft's, or those of the ballot that stands. What was
 * withdrawn since is no mistake of the voter's: it is taken off, and *lost says so. */
static bool picks_so_far(struct request *r, struct db *db, struct ballot_sheet *s,
                         const struct voter_ballot *ballot, bool *lost)
{
    *lost = false;
    if (picks_from_draft(r, s->round.id, &s->picks))
        return true;
    if (page_failed(r, voter_picks_load(db, &r->voter, s->round.id, s->picks.pick, &s->picks.n)))
        return false;
    s->picks.blank = voter_ballot_stands(ballot) && s->picks.n == 0;
    *lost = picks_drop_withdrawn(&s->picks, &s->all, s->round.kind);
    return true;
}

/* Once: from then on it is a choice like others. */
static void add_wanted(struct request *r, struct ballot_sheet *s)
{
    int32_t number = picks_to_add(r, s->round.id);
    const struct proposal *p = number != 0 ? proposal_find(&s->all, number) : NULL;
    if (p == NULL || p->withdrawn)
        return;
    picks_add(&s->picks, number, s->round.kind);
    picks_to_draft(r, s->round.id, &s->picks);
    s->added = number;
}

enum handled page_ballot(struct request *r, struct db *db)
{
    struct ballot_sheet s = {0};
    struct voter_ballot ballot;
    bool lost;
    if (!admit(r, db, &s, &ballot) || !picks_so_far(r, db, &s, &ballot, &lost))
        return HANDLED;
    add_wanted(r, &s);
    /* Nothing chosen yet is no mistake of anybody who has just come, only of who sent it. */
    bool sent = request_field(r, "sent")[0] != '\0';
    if ((sent || s.picks.n > 0) && !judge(r, db, &s))
        return HANDLED;
    ballot_page(r, 200, &s, &ballot, lost);
    return HANDLED;
}

/* What is on the form goes into the draft, good or bad, and comes back. */
enum handled page_ballot_post(struct request *r, struct db *db)
{
    struct ballot_sheet s = {0};
    struct voter_ballot ballot;
    if (!picks_read(r, &s.picks)) {
        response_error(r, 400);
        return HANDLED;
    }
    if (!admit(r, db, &s, &ballot))
        return HANDLED;
    if (s.round.kind == ROUND_RANKING)
        picks_close_gaps(&s.picks);
    bool update = strcmp(request_field(r, "do"), "update") == 0;
    if (round_weighs(s.round.kind) && !sheet_typed(r, &s))
        update = false; /* what could not be read would be lost on the way */
    if (update) {
        picks_to_draft(r, s.round.id, &s.picks);
        response_redirect(r, "/ballot/%s#total", s.round.slug);
        return HANDLED;
    }
    if (!judge(r, db, &s))
        return HANDLED;
    picks_to_draft(r, s.round.id, &s.picks);
    if (s.errors.n + s.rows.n == 0)
        response_redirect(r, "/ballot/%s/check", s.round.slug);
    else if (s.rows.n > 0) /* what was typed is no number, which the draft cannot hold */
        ballot_page(r, 422, &s, &ballot, false);
    else /* shown by GET, so that Back and reload ask nobody whether to send a form again */
        response_redirect(r, "/ballot/%s?sent=1", s.round.slug);
    return HANDLED;
}
