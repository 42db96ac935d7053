/* page_done.c: what became of a voter's ballot: its receipt, what happens next, how to change it.
 * It can be kept and opened again. */
#include "server/ballot_form.h"
#include "server/pages.h"

static void panel(struct html *h, const struct voter_ballot *ballot)
{
    char receipt[RECEIPT_LEN + 1];
    receipt_show(ballot->receipt, receipt);
    html_raw(h, "<div class=\"govuk-panel govuk-panel--confirmation\">"
                "<h1 class=\"govuk-panel__title\">Your vote is recorded</h1>"
                "<div class=\"govuk-panel__body\">Your receipt<br><strong class=\"wm-type\">");
    html_text(h, receipt);
    html_raw(h, "</strong></div></div>\n");
}

static const char *door_words(enum cast_channel channel)
{
    switch (channel) {
    case CAST_TEXT:
        return ", by text";
    case CAST_PAPER:
        return ", on paper";
    case CAST_ASSISTED:
        return ", with the help of a clerk";
    case CAST_WEB:
        break;
    }
    return "";
}

static void kept_words(struct html *h, const struct round_view *v,
                       const struct voter_ballot *ballot)
{
    char cast[64];
    when_text(when_minute(ballot->cast_at), cast);
    html_raw(h, "<p class=\"govuk-body\">");
    html_textf(h,
               "Cast in %s at %s%s. Write the receipt down or print this page: it shows that "
               "your vote was counted, and not what you chose.",
               v->title, cast, door_words(ballot->channel));
    html_raw(h, "</p>\n");
}

/* A project on this ballot was withdrawn from the vote: what that means, and what to do. */
static void gone_words(struct html *h, const struct round_view *v, const struct proposals *gone)
{
    if (gone->n == 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\"><strong>");
    html_text(h, gone->n == 1 ? "A project that you chose has been withdrawn from this vote"
                              : "Projects that you chose have been withdrawn from this vote");
    html_raw(h, "</strong>");
    for (int i = 0; i < gone->n; i++) {
        html_raw(h, "<br><s>");
        html_text(h, gone->proposal[i].title);
        html_raw(h, "</s>: ");
        html_text(h, gone->proposal[i].withdrawn_reason);
    }
    html_raw(h, "<br>The rest of your ballot counts as it is.");
    if (v->phase == PHASE_OPEN) {
        html_raw(h, " You can <a class=\"govuk-link\"");
        html_attrf(h, "href", "/ballot/%s", v->slug);
        html_raw(h, ">change your vote</a> until the close.");
    }
    html_raw(h, "</div>\n");
}

static void next_steps(struct html *h, const struct round_view *v)
{
    char closes[64];
    when_text(v->closes_at, closes);
    html_raw(h, "<h2 class=\"govuk-heading-m\">What happens next</h2>\n"
                "<p class=\"govuk-body\">");
    html_textf(h,
               v->phase == PHASE_OPEN
                   ? "Voting closes at %s. The count follows, and the result is published%s."
                   : "Voting closed at %s. The count follows, and the result is published%s.",
               closes, v->kind == ROUND_YES_NO ? "" : " with a reason for every project");
    html_raw(h, "</p>\n<p class=\"govuk-body\">");
    kit_link(h, "/receipt", "Check with your receipt that your vote was counted");
    html_raw(h, "</p>\n");
    if (v->phase == PHASE_OPEN) {
        html_raw(h, "<h2 class=\"govuk-heading-m\">If you change your mind</h2>\n"
                    "<p class=\"govuk-body\">");
        html_raw(h, "Vote again before then, here or by text. Your last ballot counts. ");
        html_raw(h, "<a class=\"govuk-link\"");
        html_attrf(h, "href", "/ballot/%s", v->slug);
        html_raw(h, ">Change your vote</a></p>\n");
    }
}

static void sign_out(struct html *h, const struct request *r)
{
    form_begin(h, "/vote/sign-out");
    form_token(h, r);
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">Sign out"
                "</button>\n");
    form_end(h);
}

static void done_page(struct request *r, const struct round_view *v,
                      const struct voter_ballot *ballot, const struct proposals *gone)
{
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Your vote is recorded"};
    layout_begin(&h, &l);
    panel(&h, ballot);
    gone_words(&h, v, gone);
    kept_words(&h, v, ballot);
    round_extension_words(&h, v);
    next_steps(&h, v);
    kit_start(&h, "/vote/rounds", "Your other votes");
    sign_out(&h, r);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

static void void_page(struct request *r, const struct round_view *v,
                      const struct voter_ballot *ballot)
{
    char when[64];
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Your ballot was declared void"};
    layout_begin(&h, &l);
    kit_title_caption(&h, v->title, l.title);
    html_raw(&h, "<p class=\"govuk-body\">Two officers decided that it does not count. Their "
                 "reason: ");
    html_text(&h, ballot->void_reason);
    html_raw(&h, "</p>\n");
    if (v->phase == PHASE_OPEN) {
        when_text(v->closes_at, when);
        html_raw(&h, "<p class=\"govuk-body\">");
        html_textf(&h, "You can cast another, which counts, until %s.", when);
        html_raw(&h, "</p>\n");
        round_extension_words(&h, v);
        kit_start(&h, arena_fmt(&r->arena, "/ballot/%s", v->slug), "Vote again");
    }
    sign_out(&h, r);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

/* Those projects on the ballot that were withdrawn since. */
static bool gone_load(struct request *r, struct db *db, const struct round_view *v,
                      struct proposals *gone)
{
    struct ballot_picks picks = {0};
    struct proposals all;
    *gone = (struct proposals){0};
    if (page_failed(r, proposals_load(db, &r->arena, v->id, &all)) ||
        page_failed(r, voter_picks_load(db, &r->voter, v->id, picks.pick, &picks.n)))
        return false;
    gone->proposal = arena_alloc(&r->arena, (size_t)all.n * sizeof *gone->proposal);
    for (int i = 0; i < all.n; i++) {
        if (all.proposal[i].withdrawn && picks_find(&picks, all.proposal[i].number) != NULL)
            gone->proposal[gone->n++] = all.proposal[i];
    }
    return true;
}

static void no_ballot_page(struct request *r, const struct voter_ballot *ballot)
{
    kit_message_page(r, 200,
                     ballot->withdrawn ? "You withdrew your vote" : "You have not voted here",
                     ballot->withdrawn ? "No ballot of yours counts in this vote. You can cast "
                                         "another until it closes."
                                       : "No ballot of yours has been cast in this vote.",
                     "/vote/rounds", "Your votes");
}

enum handled page_done(struct request *r, struct db *db)
{
    struct round_view v;
    struct voter_ballot ballot;
    struct proposals gone;
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &v, &found)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, voter_ballot_load(db, &r->arena, &r->voter, v.id, &ballot)))
        return HANDLED;
    if (!ballot.session_good)
        page_session_ended(r);
    else if (ballot.voided)
        void_page(r, &v, &ballot);
    else if (!voter_ballot_stands(&ballot))
        no_ballot_page(r, &ballot);
    else if (gone_load(r, db, &v, &gone))
        done_page(r, &v, &ballot, &gone);
    return HANDLED;
}
