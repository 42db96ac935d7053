/* page_done.c: what became of a voter's ballot: its receipt, what happens next, how to change it.
 * It can be kept and opened again. */
#include "server/ballot_form.h"
#include "server/pages.h"
#include "server/tr.h"

static void panel(struct html *h, const struct voter_ballot *ballot)
{
    char receipt[RECEIPT_LEN + 1];
    receipt_show(ballot->receipt, receipt);
    html_raw(h, "<div class=\"govuk-panel govuk-panel--confirmation\">"
                "<h1 class=\"govuk-panel__title\">");
    html_tr(h, "Your vote is recorded");
    html_raw(h, "</h1><div class=\"govuk-panel__body\">");
    html_tr(h, "Your receipt");
    html_raw(h, "<br><strong class=\"wm-type\">");
    html_own(h, receipt);
    html_raw(h, "</strong></div></div>\n");
}

static const char *door_words(enum cast_channel channel)
{
    switch (channel) {
    case CAST_TEXT:
        return N_(", by text");
    case CAST_PAPER:
        return N_(", on paper");
    case CAST_ASSISTED:
        return N_(", with the help of a clerk");
    case CAST_WEB:
        break;
    }
    return "";
}

static void kept_words(struct html *h, const struct round_view *v,
                       const struct voter_ballot *ballot)
{
    const char *door = door_words(ballot->channel);
    html_tr_pv(h,
               "Cast in {title} at {when}{door}. Write the receipt down or print this page: it "
               "shows that your vote was counted, and not what you chose.",
               TR_WRITTEN("title", v->title), TR_WHEN("when", when_minute(ballot->cast_at)),
               TR_TEXT("door", *door != '\0' ? tr(h, door) : ""));
}

/* A project on this ballot was withdrawn from the vote: what that means, and what to do. */
static void gone_words(struct html *h, const struct round_view *v, const struct proposals *gone,
                       const char *ballot)
{
    if (gone->n == 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\"><strong>");
    html_tr(h, gone->n == 1 ? N_("A project that you chose has been withdrawn from this vote")
                            : N_("Projects that you chose have been withdrawn from this vote"));
    html_raw(h, "</strong>");
    for (int i = 0; i < gone->n; i++) {
        html_raw(h, "<br><s>");
        kit_project_title(h, &gone->proposal[i]);
        html_raw(h, "</s>: ");
        html_written(h, gone->proposal[i].withdrawn_reason);
    }
    html_raw(h, "<br>");
    html_tr(h, "The rest of your ballot counts as it is.");
    if (v->phase == PHASE_OPEN)
        html_trv(h, " You can {a}change your vote{/a} until the close.", TR_LINK("a", ballot));
    html_raw(h, "</div>\n");
}

static const char *count_words(const struct round_view *v)
{
    if (v->kind == ROUND_YES_NO)
        return N_("The count follows, and the result is published.");
    return N_("The count follows, and the result is published with a reason for every project.");
}

static void next_steps(struct html *h, const struct round_view *v, const char *ballot)
{
    html_tr_h2(h, "What happens next");
    html_raw(h, "<p class=\"govuk-body\">");
    html_trv(h,
             v->phase == PHASE_OPEN ? N_("Voting closes at {closes}.")
                                    : N_("Voting closed at {closes}."),
             TR_WHEN("closes", v->closes_at));
    html_raw(h, " ");
    html_tr(h, count_words(v));
    html_raw(h, "</p>\n");
    kit_sentence(h, "", "/receipt", tr(h, "Check with your receipt that your vote was counted"));
    if (v->phase == PHASE_OPEN) {
        html_tr_h2(h, "If you change your mind");
        kit_sentence(h, tr(h, "Vote again before then, here or by text. Your last ballot counts."),
                     ballot, tr(h, "Change your vote"));
    }
}

static void sign_out(struct html *h, const struct request *r)
{
    form_begin(h, "/vote/sign-out");
    form_token(h, r);
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_tr(h, "Sign out");
    html_raw(h, "</button>\n");
    form_end(h);
}

static void done_page(struct request *r, const struct round_view *v,
                      const struct voter_ballot *ballot, const struct proposals *gone)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Your vote is recorded"));
    const char *again = arena_fmt(&r->arena, "/ballot/%s", v->slug);
    layout_begin(&h, &l);
    panel(&h, ballot);
    gone_words(&h, v, gone, again);
    kept_words(&h, v, ballot);
    round_extension_words(&h, v);
    next_steps(&h, v, again);
    kit_start(&h, "/vote/rounds", tr(r, "Your other votes"));
    sign_out(&h, r);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

static void void_page(struct request *r, const struct round_view *v,
                      const struct voter_ballot *ballot)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Your ballot was declared void"));
    layout_begin(&h, &l);
    kit_caption_written(&h, v->title);
    kit_title(&h, l.title);
    html_tr_pv(&h, "Two officers decided that it does not count. Their reason: {reason}",
               TR_WRITTEN("reason", kit_ended(&r->arena, ballot->void_reason)));
    if (v->phase == PHASE_OPEN) {
        html_tr_pv(&h, "You can cast another, which counts, until {when}.",
                   TR_WHEN("when", v->closes_at));
        round_extension_words(&h, v);
        kit_start(&h, arena_fmt(&r->arena, "/ballot/%s", v->slug), tr(r, "Vote again"));
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
    if (page_failed(r, proposals_load_in(db, &r->arena, v->id, r->language, &all)) ||
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
    kit_message_said(r, 200,
                     ballot->withdrawn ? tr(r, "You withdrew your vote")
                                       : tr(r, "You have not voted here"),
                     ballot->withdrawn ? tr(r, "No ballot of yours counts in this vote. You can "
                                               "cast another until it closes.")
                                       : tr(r, "No ballot of yours has been cast in this vote."),
                     "/vote/rounds", tr(r, "Your votes"));
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
