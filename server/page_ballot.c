/* page_ballot.c: choosing. What was ticked is kept whatever happens: in the sealed draft. */
#include "server/ballot_form.h"
#include "server/pages.h"

/* A ballot that cannot be filled in says why on a page of its own. */
static bool turned_away(struct request *r, const struct round_view *v,
                        const struct voter_ballot *ballot)
{
    char when[64];
    if (!ballot->in_reach) {
        kit_message_page(r, 403, "Your code does not vote here",
                         arena_fmt(&r->arena,
                                   "%s is for people who live in %s. Your code is for "
                                   "%s.",
                                   v->title, v->area_name, ballot->area_name),
                         "/vote/rounds", "See the votes that are open to you");
        return true;
    }
    if (v->phase == PHASE_SOON) {
        when_text(v->opens_at, when);
        kit_message_page(r, 200, "Voting has not opened yet",
                         arena_fmt(&r->arena, "%s opens at %s.", v->title, when),
                         arena_fmt(&r->arena, "/rounds/%s", v->slug), "See what will be voted on");
        return true;
    }
    if (v->phase != PHASE_OPEN) {
        when_text(v->closes_at, when);
        kit_message_page(r, 200, "Voting has closed",
                         arena_fmt(&r->arena,
                                   "%s closed at %s. A ballot that you cast before then "
                                   "is counted. The result will be published.",
                                   v->title, when),
                         arena_fmt(&r->arena, "/rounds/%s", v->slug), "See this vote");
        return true;
    }
    return false;
}

/* Round, session, reach and phase; false when the request was answered. */
static bool admit(struct request *r, struct db *db, struct ballot_sheet *s,
                  struct voter_ballot *ballot)
{
    bool found;
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
    return !turned_away(r, &s->round, ballot) &&
           !page_failed(r, pots_load(db, &r->arena, s->round.id, &s->pots)) &&
           !page_failed(r, proposals_load(db, &r->arena, s->round.id, &s->all));
}

static void limits(struct html *h, const struct ballot_sheet *s)
{
    char when[64];
    when_text(s->round.closes_at, when);
    html_raw(h, "<p class=\"govuk-body\">");
    round_limit_words(h, &s->round, &s->pots);
    html_textf(h, " You can change your vote until %s.", when);
    html_raw(h, "</p>\n");
}

static void ballot_page(struct request *r, int status, const struct ballot_sheet *s,
                        const struct voter_ballot *ballot)
{
    struct html h = html_new();
    const char *title = s->round.kind == ROUND_YES_NO
                            ? s->round.title
                            : arena_fmt(&r->arena, "Choose projects: %s", s->round.title);
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = title,
                       .has_error = s->errors.n > 0,
                       .back_path = "/vote/rounds",
                       .back_text = "Your votes",
                       .script = true};
    layout_begin(&h, &l);
    form_summary(&h, &s->errors);
    kit_title(&h, title);
    limits(&h, s);
    if (ballot->revision > 0 && !ballot->withdrawn)
        html_raw(&h, "<div class=\"govuk-inset-text\">You have voted here. If you cast another "
                     "ballot, it replaces the first.</div>\n");
    sheet_show(&h, r, s);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

/* Asks the database whether the picks would stand. */
static bool judge(struct request *r, struct db *db, struct ballot_sheet *s,
                  struct ballot_verdict *verdict)
{
    return !page_failed(r, ballot_check(db, s->round.id, s->picks.pick, s->picks.n, verdict));
}

enum handled page_ballot(struct request *r, struct db *db)
{
    struct ballot_sheet s = {0};
    struct voter_ballot ballot;
    struct ballot_verdict verdict;
    if (!admit(r, db, &s, &ballot))
        return HANDLED;
    if (!picks_from_draft(r, s.round.id, &s.picks) &&
        page_failed(r, voter_picks_load(db, &r->voter, s.round.id, s.picks.pick, &s.picks.n)))
        return HANDLED;
    if (!judge(r, db, &s, &verdict))
        return HANDLED;
    /* Nothing chosen yet is no mistake of anybody who has just come. */
    if (!verdict.good && verdict.outcome != CAST_TOO_FEW && verdict.outcome != CAST_EMPTY)
        sheet_refuse(&s, &r->arena, &verdict);
    ballot_page(r, 200, &s, &ballot);
    return HANDLED;
}

enum handled page_ballot_post(struct request *r, struct db *db)
{
    struct ballot_sheet s = {0};
    struct voter_ballot ballot;
    struct ballot_verdict verdict;
    if (!picks_read(r, &s.picks)) {
        response_error(r, 400);
        return HANDLED;
    }
    if (!admit(r, db, &s, &ballot))
        return HANDLED;
    if (strcmp(request_field(r, "do"), "update") == 0) {
        picks_to_draft(r, s.round.id, &s.picks);
        response_redirect(r, "/ballot/%s#total", s.round.slug);
        return HANDLED;
    }
    if (!judge(r, db, &s, &verdict))
        return HANDLED;
    if (!verdict.good)
        sheet_refuse(&s, &r->arena, &verdict);
    picks_to_draft(r, s.round.id, &s.picks);
    if (verdict.good)
        response_redirect(r, "/ballot/%s/check", s.round.slug);
    else
        ballot_page(r, 422, &s, &ballot);
    return HANDLED;
}
