/* page_check.c: one look at the choices, then the ballot box; and what it said. */
#include "common/log.h"
#include "common/secret.h"
#include "server/ballot_box.h"
#include "server/ballot_form.h"
#include "server/pages.h"
#include "server/tr.h"

enum { KEY_LEN = 16, KEY_TEXT_LEN = 22, RETRY_SECONDS = 5 };

/* What the ballot says of one project. */
static void pick_value(struct html *h, const struct ballot_sheet *s, const struct ballot_pick *pick,
                       const struct proposal *p)
{
    char place[16];
    switch (s->round.kind) {
    case ROUND_YES_NO:
        html_tr(h, pick->weight == 1 ? N_("Yes") : N_("No"));
        return;
    case ROUND_POINTS:
        html_raw(h, "<strong>");
        html_trn(h, "{n} point", "{n} points", pick->weight);
        html_raw(h, "</strong> · ");
        break;
    case ROUND_RANKING:
        ordinal_text(h->language, pick->weight, place);
        html_raw(h, "<strong>");
        html_trv(h, "{place} choice", TR_TEXT("place", place));
        html_raw(h, "</strong> · ");
        break;
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    html_money(h, p->cost);
}

static void row_title(struct html *h, const struct ballot_sheet *s, const struct proposal *p)
{
    if (p != NULL)
        kit_project_title(h, p);
    else
        html_tr(h, blank_label(s->round.kind));
}

/* A pick, or (NULL) that the ballot is blank. */
static void row(struct html *h, const struct ballot_sheet *s, const char *field,
                const struct ballot_pick *pick)
{
    const struct proposal *p = pick != NULL ? proposal_find(&s->all, pick->number) : NULL;
    MUST(pick == NULL || p != NULL); /* the check found it, and a frozen round loses no project */
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    row_title(h, s, p);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
    if (p != NULL)
        pick_value(h, s, pick, p);
    else
        html_tr(h, "A blank ballot");
    html_raw(h, "</dd><dd class=\"govuk-summary-list__actions\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/ballot/%s#%s", s->round.slug, field);
    html_raw(h, ">");
    html_tr(h, "Change");
    html_raw(h, "<span class=\"govuk-visually-hidden\"> ");
    row_title(h, s, p);
    html_raw(h, "</span></a></dd></div>\n");
}

static void choices(struct html *h, const struct ballot_sheet *s)
{
    uint16_t order[DRAFT_PICKS_MAX];
    char field[8];
    picks_by_rank(&s->picks, order);
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    for (int i = 0; i < s->picks.n; i++) {
        bool ranks = s->round.kind == ROUND_RANKING;
        const struct ballot_pick *pick = &s->picks.pick[ranks ? order[i] : i];
        snprintf(field, sizeof field, "p%04u", pick->number % 10000u);
        row(h, s, s->round.kind == ROUND_YES_NO ? "answer" : field, pick);
    }
    if (s->picks.blank)
        row(h, s, s->round.kind == ROUND_YES_NO ? "answer-3" : "p-none", NULL);
    html_raw(h, "</dl>\n");
}

static void pot_left(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int64_t left = pot->amount - picks_cost(&s->picks, &s->all, pot->ordinal);
    bool one = s->pots.n == 1;
    if (left > 0)
        html_trv(h, one ? N_("You have {money} left.") : N_("{pot}: {money} left."),
                 TR_MONEY("money", left), TR_WRITTEN("pot", pot->name));
    else
        html_trv(h,
                 one ? N_("That is all the money there is.")
                     : N_("{pot}: that is all the money there is."),
                 TR_WRITTEN("pot", pot->name));
}

static void left_words(struct html *h, const struct ballot_sheet *s)
{
    bool any = false;
    int64_t points = s->round.points_sum - picks_sum(&s->picks);
    if (s->picks.blank)
        return;
    if (s->round.kind == ROUND_KNAPSACK) {
        html_raw(h, "<p class=\"govuk-body\">");
        for (int i = 0; i < s->pots.n; i++) {
            const struct pot *pot = &s->pots.pot[i];
            if (i > 0)
                html_raw(h, "<br>");
            pot_left(h, s, pot);
            any |= picks_cost(&s->picks, &s->all, pot->ordinal) < pot->amount;
        }
        if (any)
            html_tr(h, " You can add more projects.");
        html_raw(h, "</p>\n");
    } else if (s->round.kind == ROUND_POINTS && points > 0) {
        html_raw(h, "<p class=\"govuk-body\">");
        html_trn(h, "You have {n} point left. You can give more.",
                 "You have {n} points left. You can give more.", points);
        html_raw(h, "</p>\n");
    }
}

/* Token, key and picks as hidden fields, and the button: the same on every page that casts. */
static void cast_form(struct html *h, const struct request *r, const char *slug,
                      const struct ballot_picks *picks, enum round_kind kind, const char *key,
                      const char *button)
{
    html_raw(h, "<form method=\"post\" novalidate");
    html_attrf(h, "action", "/ballot/%s/check", slug);
    html_raw(h, ">\n");
    form_token(h, r);
    form_hidden(h, "key", key);
    picks_hidden(h, picks, kind);
    form_button(h, button);
    form_end(h);
}

static void check_page(struct request *r, const struct ballot_sheet *s,
                       const struct voter_ballot *ballot)
{
    char key[KEY_LEN * 4 / 3 + 4];
    uint8_t key_bytes[KEY_LEN];
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Check your vote"));
    l.back_path = arena_fmt(&r->arena, "/ballot/%s", s->round.slug);
    secret_random(key_bytes, sizeof key_bytes);
    secret_base64url(key_bytes, sizeof key_bytes, key);
    layout_begin(&h, &l);
    kit_caption_written(&h, s->round.title);
    kit_title(&h, l.title);
    choices(&h, s);
    left_words(&h, s);
    if (voter_ballot_stands(ballot))
        html_tr_p(&h, "This replaces the ballot that you cast before.");
    html_tr_pv(&h,
               "Ward officers cannot see what you choose. Ballots are published without names, and "
               "your receipt does not show your choices. You can change it until {when}.",
               TR_WHEN("when", s->round.closes_at));
    cast_form(&h, r, s->round.slug, &s->picks, s->round.kind, key, tr(r, "Cast my vote"));
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

enum handled page_check(struct request *r, struct db *db)
{
    struct ballot_sheet s = {0};
    struct voter_ballot ballot;
    struct ballot_verdict verdict = {0};
    bool found;
    s.language = r->language;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &s.round, &found)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, voter_ballot_load(db, &r->arena, &r->voter, s.round.id, &ballot)) ||
        page_failed(r, pots_load(db, &r->arena, s.round.id, &s.pots)) ||
        page_failed(r, proposals_load_in(db, &r->arena, s.round.id, r->language, &s.all)))
        return HANDLED;
    if (!ballot.session_good) {
        page_session_ended(r);
        return HANDLED;
    }
    if (picks_from_draft(r, s.round.id, &s.picks) && sheet_is_clear(&s) &&
        page_failed(r, ballot_check(db, s.round.id, s.picks.pick, s.picks.n, &verdict)))
        return HANDLED;
    /* The ballot page says whatever there is to say about picks that would not stand. */
    if (!verdict.good || !ballot.in_reach || !ballot.declared || s.round.phase != PHASE_OPEN)
        response_redirect(r, "/ballot/%s", s.round.slug);
    else
        check_page(r, &s, &ballot);
    return HANDLED;
}

/* --- casting ------------------------------------------------------------------------------ */

static struct ballot_picks picks_of(const struct cast_item *item)
{
    struct ballot_picks picks = {.n = item->n_picks, .blank = item->n_picks == 0};
    for (int i = 0; i < item->n_picks; i++)
        picks.pick[i] = item->picks[i];
    return picks;
}

/* A form draws "6395=1" where more than a number is said; whether it did shows in what came. */
static enum round_kind kind_sent(const struct request *r)
{
    return strchr(request_field(r, "p"), '=') != NULL ? ROUND_POINTS : ROUND_APPROVAL;
}

static void try_again_page(struct request *r, const struct cast_item *item)
{
    struct html h = html_new();
    struct ballot_picks picks = picks_of(item);
    struct layout l = layout_said(r, tr(r, "We could not confirm your vote"));
    l.here = NULL; /* this form, and no other, is the one to send again */
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, "Try again: it cannot count twice. Your choices are kept.");
    cast_form(&h, r, r->segment[0], &picks, kind_sent(r), request_field(r, "key"),
              tr(r, "Try again"));
    layout_end(&h, &l);
    response_html(r, 503, &h);
    r->response.retry_after = RETRY_SECONDS;
}

/* The form was used before, with other choices: what stands, stands; what is here can be cast
 * with a form of its own. */
static void used_form_page(struct request *r, const struct cast_item *item)
{
    struct ballot_picks picks = picks_of(item);
    picks_to_draft(r, item->round, &picks);
    kit_message_said(r, 409, tr(r, "This page was used already"),
                     tr(r, "You cast a ballot from this page before, with other choices. That "
                           "ballot stands. To replace it, check your choices once more."),
                     arena_fmt(&r->arena, "/ballot/%s/check", r->segment[0]),
                     tr(r, "Check your choices"));
}

static void forget_draft(struct request *r, int32_t round)
{
    struct ballot_picks kept;
    if (picks_from_draft(r, round, &kept))
        session_draft_set(r, &(struct draft){0});
}

/* A redirect whose few words are for programs, and for browsers that do not follow. */
static void recorded(struct request *r, const struct cast_item *item)
{
    char receipt[RECEIPT_LEN + 1];
    struct html h = html_new();
    receipt_show(item->receipt, receipt);
    forget_draft(r, item->round);
    h.language = r->language;
    html_raw(&h, "<!DOCTYPE html>\n<html");
    html_attr(&h, "lang", language_tag(h.language));
    html_raw(&h, "><title>");
    html_tr(&h, "Your vote is recorded");
    html_raw(&h, "</title>\n<p>");
    html_tr(&h, "Your vote is recorded. Receipt");
    html_raw(&h, " ");
    html_text(&h, receipt);
    html_raw(&h, "</p>\n<p><a");
    html_attrf(&h, "href", "/ballot/%s/done", r->segment[0]);
    html_raw(&h, ">");
    html_tr(&h, "Continue");
    html_raw(&h, "</a></p></html>\n");
    response_redirect(r, "/ballot/%s/done", r->segment[0]);
    r->response.type = "text/html; charset=utf-8";
    r->response.body = h.out;
}

/* The ballot page knows what to say: its phase, its reach, or what is wrong with the draft. */
static void refused(struct request *r, const struct cast_item *item)
{
    struct ballot_picks picks = picks_of(item);
    picks_to_draft(r, item->round, &picks);
    response_redirect(r, "/ballot/%s", r->segment[0]);
}

static void cast_done(struct request *r, const struct cast_item *item)
{
    switch (item->outcome) {
    case CAST_RECORDED:
    case CAST_REPEATED:
    case CAST_SUPERSEDED:
        recorded(r, item);
        return;
    case CAST_KEY_REUSED:
        used_form_page(r, item);
        return;
    case CAST_SIGNED_OUT:
        page_session_ended(r);
        return;
    case CAST_NOT_OPEN:
    case CAST_CLOSED:
    case CAST_OUT_OF_REACH:
    case CAST_UNKNOWN_PROPOSAL:
    case CAST_WITHDRAWN_PROPOSAL:
    case CAST_OVER_BUDGET:
    case CAST_TOO_MANY:
    case CAST_TOO_FEW:
    case CAST_BAD_WEIGHT:
    case CAST_NOT_DECLARED:
    case CAST_OVER_POINTS:
    case CAST_OVER_POINT_MAX:
    case CAST_BAD_RANKS:
    case CAST_EMPTY:
    case CAST_POT_TOO_MANY:
    case CAST_POT_TOO_FEW:
    case CAST_NOTHING_TO_WITHDRAW:
    case CAST_SIBLING_REFUSED:
    case CAST_NO_ROUND:
    case CAST_NO_BATCH:
        refused(r, item);
        return;
    case CAST_SKIPPED:
    case CAST_FAILED:
    case CAST_UNKNOWN:
        try_again_page(r, item);
        return;
    }
}

static bool read_key(const struct request *r, uint8_t key[KEY_LEN])
{
    uint8_t bytes[KEY_TEXT_LEN * 3 / 4 + 3];
    const char *text = request_field(r, "key");
    if (strlen(text) != KEY_TEXT_LEN || secret_unbase64url(text, bytes) != KEY_LEN)
        return false;
    memcpy(key, bytes, KEY_LEN);
    return true;
}

enum handled page_check_post(struct request *r, struct db *db)
{
    struct ballot_picks picks;
    struct cast_item item = {
        .voter = r->voter.voter, .generation = r->voter.generation, .channel = CAST_WEB};
    if (!picks_read(r, &picks) || !read_key(r, item.form_key)) {
        response_error(r, 400);
        return HANDLED;
    }
    if (page_failed(r, round_id_of(db, r->segment[0], &item.round)))
        return HANDLED;
    if (item.round == 0 && db == NULL)
        return NEEDS_DATABASE;
    if (item.round == 0) {
        response_error(r, 404);
        return HANDLED;
    }
    /* Only who said so casts a blank ballot; nothing at all, or more than any ballot may hold, is
     * a form that was taken apart. */
    if (picks.blank != (picks.n == 0) || picks.n > BALLOT_PICKS_MAX) {
        picks_to_draft(r, item.round, &picks);
        response_redirect(r, "/ballot/%s", r->segment[0]);
        return HANDLED;
    }
    memcpy(item.picks, picks.pick, picks.n * sizeof *picks.pick);
    item.n_picks = picks.n;
    if (ballot_box_put(r, &item, cast_done))
        return HANDED_OVER;
    try_again_page(r, &item);
    return HANDLED;
}
