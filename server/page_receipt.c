/* page_receipt.c: what became of the ballot with this receipt: never what it said. */
#include "common/ballot.h"
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/rate.h"
#include "server/store_votes.h"
#include "server/tr.h"

/* Receipts have 60 random bits and cannot be guessed; the limit keeps one address from keeping
 * the pages' workers busy: among a million ballots a look-up takes 15 ms, and a third of a second
 * while the latest of them have no filter yet (schema/0043_receipts.sql). */
static struct rate limit = RATE("receipt", 20, 60);

/* --- pages -------------------------------------------------------------------------------- */

static void ask(struct request *r, int status, const char *typed, const char *error)
{
    struct html h = html_new();
    struct form_errors errors = {0};
    struct layout l = layout_said(r, tr(r, "Check your receipt"));
    l.has_error = error != NULL;
    if (error != NULL)
        form_error(&errors, "receipt", error);
    layout_begin(&h, &l);
    form_summary(&h, &errors);
    form_begin(&h, "/receipt");
    form_input(&h, &errors,
               &(struct form_input){.name = "receipt",
                                    .label = tr(r, "What is your receipt?"),
                                    .hint = tr(r, "It begins with R and was shown, or sent by "
                                                  "text, when you voted. For example, "
                                                  "R7K3M‑Q9TZ‑4HWD‑A"),
                                    .value = typed,
                                    .autocomplete = "off",
                                    .code = true,
                                    .width = 20,
                                    .big_label = true});
    form_button(&h, tr(r, "Check"));
    form_end(&h);
    html_tr_p(&h, "The answer says whether that ballot counts. It does not say what was chosen, or "
                  "by whom.");
    layout_end(&h, &l);
    response_html(r, status, &h);
}

static const char *title_of(const struct receipt_view *v)
{
    switch (v->state) {
    case RECEIPT_STANDS:
        return v->phase == PHASE_PUBLISHED ? N_("This ballot was counted")
                                           : N_("This ballot counts");
    case RECEIPT_REPLACED:
        return N_("A later ballot replaced this one");
    case RECEIPT_WITHDRAWN:
        return N_("This ballot was withdrawn");
    case RECEIPT_VOIDED:
        return N_("This ballot was declared void");
    case RECEIPT_UNKNOWN:
        break;
    }
    return N_("We do not know that receipt");
}

static const char *words_of(const struct receipt_view *v)
{
    switch (v->state) {
    case RECEIPT_STANDS:
        if (v->phase == PHASE_PUBLISHED)
            return N_("It is one of the ballots in the published result.");
        if (v->phase == PHASE_OPEN)
            return N_("It will be counted when the vote closes, unless the same person votes "
                      "again.");
        return N_("It is among the ballots being counted.");
    case RECEIPT_REPLACED:
        return N_("The same person voted again. Only their last ballot counts.");
    case RECEIPT_WITHDRAWN:
        return N_("No ballot of that person counts in this vote.");
    case RECEIPT_VOIDED:
        return N_("Two officers declared it void, with a reason, and it does not count. If it is "
                  "yours, sign in with your code to read the reason; while the vote is open you "
                  "can vote again.");
    case RECEIPT_UNKNOWN:
        break;
    }
    return N_("No ballot has this receipt. Check it against what you were shown.");
}

static void tell(struct request *r, const struct receipt_view *v)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, title_of(v)));
    l.back_path = "/receipt";
    l.back_text = tr(r, "Check another receipt");
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, words_of(v));
    if (v->state != RECEIPT_UNKNOWN)
        html_tr_pv(&h, "Cast in {a}{title}{/a} at {when}.",
                   TR_LINK("a", arena_fmt(&r->arena, "/rounds/%s", v->slug)),
                   TR_WRITTEN("title", v->title), TR_WHEN("when", when_minute(v->cast_at)));
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

enum handled page_receipt(struct request *r, struct db *db)
{
    (void)db;
    ask(r, 200, "", NULL);
    return HANDLED;
}

enum handled page_receipt_post(struct request *r, struct db *db)
{
    const char *typed = request_field(r, "receipt");
    struct receipt_view v = {0};
    int64_t receipt;
    if (rate_over(&limit, r->address)) {
        response_error(r, 429);
        return HANDLED;
    }
    if (typed[0] == '\0') {
        ask(r, 422, "", tr(r, "Enter your receipt"));
        return HANDLED;
    }
    if (!receipt_read(typed, &receipt)) {
        ask(r, 422, typed,
            tr(r, "That is not a receipt of ours. Check for letters and digits that look alike"));
        return HANDLED;
    }
    if (page_failed(r, receipt_find(db, &r->arena, receipt, &v)))
        return HANDLED;
    tell(r, &v);
    return HANDLED;
}
