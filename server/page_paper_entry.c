/* page_paper_entry.c: a clerk types a ballot: from paper, or for a voter who is there with a code.
 * It goes into the same ballot box as every other. */
#include "common/secret.h"
#include "server/ballot_box.h"
#include "server/pages.h"
#include "server/paper_picks.h"
#include "server/paper_view.h"
#include "server/response.h"

enum { KEY_LEN = 16, KEY_TEXT_LEN = 22 };

static const char *path_of(struct request *r, const struct paper_page *page)
{
    const char *slug = page->round->slug;
    return page->batch != NULL
               ? arena_fmt(&r->arena, "/desk/rounds/%s/paper/%d", slug, page->batch->id)
               : arena_fmt(&r->arena, "/desk/rounds/%s/assisted", slug);
}

const struct paper_page *paper_page_of(struct request *r, struct db *db,
                                       const struct desk_round *round,
                                       const struct paper_batch *batch)
{
    struct paper_page *page = arena_alloc(&r->arena, sizeof *page);
    *page = (struct paper_page){.round = round, .batch = batch};
    enum db_outcome outcome = paper_entries(db, &r->arena, r->officer.officer, round->slug,
                                            batch != NULL ? batch->id : 0, &page->last);
    if (outcome == DB_OK)
        return page;
    response_db(r, outcome);
    return NULL;
}

/* --- drawing ------------------------------------------------------------------------------ */
static void declared_box(struct html *h)
{
    html_raw(h, "<div class=\"govuk-form-group\"><div class=\"govuk-checkboxes\" "
                "data-module=\"govuk-checkboxes\"><div class=\"govuk-checkboxes__item\"><input "
                "class=\"govuk-checkboxes__input\" id=\"declared\" name=\"declared\" "
                "type=\"checkbox\" value=\"yes\"><label class=\"govuk-label "
                "govuk-checkboxes__label\" for=\"declared\">The declaration of age or home that "
                "this round asks for is signed</label></div></div></div>\n");
}

void paper_form(struct html *h, struct request *r, const struct form_errors *e,
                const struct paper_page *page, const struct paper_typed *typed)
{
    uint8_t key[KEY_LEN];
    char text[KEY_LEN * 2];
    secret_random(key, sizeof key);
    secret_base64url(key, sizeof key, text);
    form_begin(h, path_of(r, page));
    form_token(h, r);
    form_hidden(h, "key", text);
    form_input(h, e,
               &(struct form_input){.name = "code",
                                    .label = page->batch != NULL ? "Voting code, or its serial"
                                                                 : "Voting code",
                                    .hint = "For example, 123 456 789 0123",
                                    .value = typed->code,
                                    .autocomplete = "off",
                                    .width = 20});
    form_input(h, e,
               &(struct form_input){
                   .name = "ballot",
                   .label = "Ballot",
                   .hint = "Numbers with spaces: 1275 1359. Points: 1275=5 1359=3. In order: the "
                           "best first. A question: yes or no. Nothing chosen: blank.",
                   .value = typed->ballot,
                   .autocomplete = "off"});
    if (desk_asks(&page->round->terms))
        declared_box(h);
    form_button(h, "Enter this ballot");
    form_end(h);
}

void paper_last(struct html *h, const struct paper_entries *entries)
{
    char receipt[RECEIPT_LEN + 1];
    if (entries->n == 0)
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Entered last</h2>\n"
                "<ul class=\"govuk-list\">\n");
    for (int i = 0; i < entries->n; i++) {
        const struct paper_entry *one = &entries->entry[i];
        receipt_show(one->receipt, receipt);
        html_raw(h, "<li><span class=\"wm-type\">");
        html_text(h, receipt);
        html_raw(h, "</span>, code ");
        html_text(h, one->serial);
        html_raw(h, ", by ");
        html_text(h, one->clerk);
        html_raw(h, " at ");
        desk_when(h, when_minute(one->written_at));
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
}

static void assisted_words(struct html *h)
{
    html_raw(h, "<p class=\"govuk-body\">You type for a voter who is with you, or on the "
                "telephone, and gives you the code. Read the ballot back before you enter it, and "
                "give them the receipt.</p>\n");
}

static void assisted_show(struct request *r, const struct paper_page *page,
                          const struct paper_typed *typed, const struct form_errors *e, int status)
{
    struct desk_page p;
    desk_begin(&p, r, "Assisted vote", arena_fmt(&r->arena, "/desk/rounds/%s", page->round->slug),
               page->round->title, e);
    desk_column_begin(&p.h);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Assisted vote</h1>\n");
    assisted_words(&p.h);
    paper_form(&p.h, r, e, page, typed);
    paper_last(&p.h, &page->last);
    desk_column_end(&p.h);
    desk_end(&p, r, status);
}

/* With what is wrong: also where no database can be asked any more. */
static void show_again(struct request *r, const struct paper_page *page,
                       const struct form_errors *e, int status)
{
    struct paper_typed typed = {request_field(r, "code"), request_field(r, "ballot"), ""};
    if (page->batch != NULL)
        paper_batch_show(r, page, &typed, e, status);
    else
        assisted_show(r, page, &typed, e, status);
}

/* --- into the box, and what came of it ---------------------------------------------------- */
static const char *refusal(struct request *r, const struct cast_item *item)
{
    int detail = (int)item->detail, limit = (int)item->limit;
    switch (item->outcome) {
    case CAST_NOT_OPEN:
        return "The round was not open when this ballot was cast";
    case CAST_CLOSED:
        return "The round was closed when this ballot was cast, or is counted";
    case CAST_OUT_OF_REACH:
        return "This code does not vote in this round";
    case CAST_UNKNOWN_PROPOSAL:
        return arena_fmt(&r->arena, "There is no proposal %04d in this round", detail);
    case CAST_WITHDRAWN_PROPOSAL:
        return arena_fmt(&r->arena,
                         "Proposal %04d is withdrawn: enter the ballot without it, as the voter's "
                         "other choices stand",
                         detail);
    case CAST_OVER_BUDGET:
        return "Together these cost more than the pot: the ballot is spoilt";
    case CAST_TOO_MANY:
    case CAST_POT_TOO_MANY:
        return arena_fmt(&r->arena, "More is chosen than the %d allowed: the ballot is spoilt",
                         limit);
    case CAST_TOO_FEW:
    case CAST_POT_TOO_FEW:
        return arena_fmt(&r->arena, "Fewer are chosen than the %d asked for: the ballot is spoilt",
                         limit);
    case CAST_EMPTY:
        return "A blank ballot is not allowed in this round: the ballot is spoilt";
    case CAST_OVER_POINTS:
        return arena_fmt(&r->arena, "%d points are given, and there are %d: the ballot is spoilt",
                         detail, limit);
    case CAST_OVER_POINT_MAX:
        return arena_fmt(&r->arena, "Proposal %04d has more than %d points: the ballot is spoilt",
                         detail, limit);
    case CAST_NOT_DECLARED:
        return "This round asks for a declaration of age or home. Without a signed one the ballot "
               "is spoilt";
    case CAST_NO_BATCH:
        return "This batch is reconciled: nothing more can be entered";
    case CAST_KEY_REUSED:
        return "This form was used already, with another ballot. Enter it again";
    case CAST_SIGNED_OUT:
        return "The code was voided or re-issued at this moment. Look again";
    case CAST_SKIPPED:
    case CAST_FAILED:
    case CAST_UNKNOWN:
        return "It could not be confirmed. Try again: it cannot count twice";
    case CAST_RECORDED:
    case CAST_REPEATED:
    case CAST_SUPERSEDED:
    case CAST_BAD_WEIGHT:
    case CAST_BAD_RANKS:
    case CAST_NOTHING_TO_WITHDRAW:
    case CAST_SIBLING_REFUSED:
    case CAST_NO_ROUND:
        break;
    }
    return "This ballot could not be entered. Look at it again";
}

static void cast_done(struct request *r, const struct cast_item *item)
{
    struct form_errors e = {.n = 0};
    if (cast_accepted(item->outcome)) {
        response_redirect(r, "%s", path_of(r, r->aside));
        return;
    }
    form_error(&e, "ballot", refusal(r, item));
    show_again(r, r->aside, &e, item->outcome >= CAST_SKIPPED ? 503 : 422);
}

static enum paper_kind kind_of(const struct desk_round *round)
{
    if (strcmp(round->kind, "points") == 0)
        return PAPER_POINTS;
    if (strcmp(round->kind, "ranking") == 0)
        return PAPER_RANKING;
    return strcmp(round->kind, "yes_no") == 0 ? PAPER_YES_NO : PAPER_CHOICES;
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

static enum handled enter(struct request *r, struct db *db, const struct paper_page *page)
{
    const struct desk_round *round = page->round;
    struct cast_item item = {.channel = page->batch != NULL ? CAST_PAPER : CAST_ASSISTED,
                             .clerk = r->officer.officer,
                             .batch = page->batch != NULL ? page->batch->id : 0};
    uint16_t question = round->proposals > 0 ? (uint16_t)round->proposal[0].number : 0;
    bool found = false;
    struct form_errors e = {.n = 0};
    r->aside = page;
    if (!read_key(r, item.form_key)) {
        response_error(r, 400);
        return HANDLED;
    }
    const char *wrong = paper_picks_read(request_field(r, "ballot"), kind_of(round), question,
                                         item.picks, &item.n_picks);
    /* Of a ballot that cannot be read the code is looked up too, but no declaration is kept. */
    bool declared = wrong == NULL && strcmp(request_field(r, "declared"), "yes") == 0;
    const char *code = request_field(r, "code");
    enum db_outcome outcome =
        paper_voter(db, r->officer.officer, round->slug, code, declared, &item, &found);
    if (!found)
        form_error(&e, "code",
                   *code == '\0' ? "Enter the voting code"
                                 : "There is no such code, or it is void");
    if (wrong != NULL)
        form_error(&e, "ballot", wrong);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (e.n > 0) {
        show_again(r, page, &e, 422);
    } else if (ballot_box_put(r, &item, cast_done)) {
        return HANDED_OVER;
    } else {
        item.outcome = CAST_SKIPPED;
        cast_done(r, &item);
    }
    return HANDLED;
}

enum handled page_paper_entry_post(struct request *r, struct db *db)
{
    const struct desk_round *round = paper_round(r, db);
    const struct paper_batch *batch = round != NULL ? paper_batch_of(r, db, round) : NULL;
    const struct paper_page *page = batch != NULL ? paper_page_of(r, db, round, batch) : NULL;
    return page != NULL ? enter(r, db, page) : HANDLED;
}

/* --- assisted ----------------------------------------------------------------------------- */
/* The page, while the round is open; answers otherwise. */
static const struct paper_page *open_page(struct request *r, struct db *db)
{
    const struct desk_round *round = paper_round(r, db);
    if (round != NULL && round->phase != DESK_OPEN) {
        desk_round_show(r, round, "This round is not open", 409);
        return NULL;
    }
    return round != NULL ? paper_page_of(r, db, round, NULL) : NULL;
}

enum handled page_assisted(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    static const struct paper_typed blank = {"", "", ""};
    const struct paper_page *page = open_page(r, db);
    if (page != NULL)
        assisted_show(r, page, &blank, &none, 200);
    return HANDLED;
}

enum handled page_assisted_post(struct request *r, struct db *db)
{
    const struct paper_page *page = open_page(r, db);
    return page != NULL ? enter(r, db, page) : HANDLED;
}
