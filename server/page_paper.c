/* page_paper.c: /desk/rounds/:slug/paper: sealed batches of paper ballots; /paper/:batch: one of
 * them, typed in and reconciled. */
#include "server/pages.h"
#include "server/paper_view.h"
#include "server/response.h"
#include "server/typed.h"

enum { BALLOTS_MAX = 5000, PLACE_CHARS_MAX = 120 };

/* --- the batches of a round --------------------------------------------------------------- */
struct typed_batch {
    const char *date, *time, *place, *ballots;
};

static void line(struct html *h, const struct form_errors *e, const char *name, const char *label,
                 const char *hint, const char *value, int width)
{
    form_input(h, e,
               &(struct form_input){
                   .name = name, .label = label, .hint = hint, .value = value, .width = width});
}

static void batch_item(struct html *h, struct request *r, const struct desk_round *round,
                       const struct paper_batch *b)
{
    bool done = b->reconciled_at != DB_NO_TIME;
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attr(h, "href", arena_fmt(&r->arena, "/desk/rounds/%s/paper/%d", round->slug, b->id));
    html_raw(h, ">");
    html_text(h, b->place);
    html_raw(h, "</a>");
    if (done)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Reconciled</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">Open</strong>");
    html_raw(h, "<p>Collected at ");
    desk_when(h, b->collected_at);
    html_textf(h, ". %d sealed, %d entered", b->ballots, b->entered);
    if (done)
        html_textf(h, ", %d spoilt", b->spoilt);
    html_raw(h, ".</p></div>\n");
}

static void open_form(struct html *h, struct request *r, const struct form_errors *e,
                      const struct desk_round *round, const struct typed_batch *t)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/paper", round->slug);
    if (!desk_may(r, "POST", path))
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Open a sealed batch</h2>\n");
    form_begin(h, path);
    form_token(h, r);
    line(h, e, "place", "Where it was collected", "For example, Acomb library", t->place, 0);
    line(h, e, "collected_date", "Collected on",
         "The ballots count as cast then. For example, 14/12/2026", t->date, 10);
    line(h, e, "collected_time", "Collected at", "UK time. For example, 17:30", t->time, 10);
    line(h, e, "ballots", "Ballots in it, counted when it was sealed", NULL, t->ballots, 5);
    form_button(h, "Open the batch");
    form_end(h);
}

/* `words` NULL: where it is handed in, as it is kept. */
static void show_list(struct request *r, struct db *db, const struct desk_round *round,
                      const struct typed_batch *t, const struct form_errors *e, const char *words)
{
    struct paper_batches all;
    struct desk_page p;
    enum db_outcome outcome = paper_list(db, &r->arena, r->officer.officer, round->slug, &all);
    if (outcome == DB_OK && words == NULL)
        outcome = paper_return_of(db, &r->arena, r->officer.officer, round->slug, &words);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "Paper ballots", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">Paper ballots</h1>\n<p class=\"govuk-body\">Each "
                   "batch was counted and sealed where it was collected. The round is counted once "
                   "every batch is typed in and reconciled.</p>\n");
    if (all.n > 0)
        html_raw(&p.h, "<h2 class=\"govuk-heading-m\">Batches</h2>\n");
    for (int i = 0; i < all.n; i++)
        batch_item(&p.h, r, round, &all.batch[i]);
    if (all.n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">No batch was opened yet.</p>\n");
    if (round->phase != DESK_SCHEDULED)
        open_form(&p.h, r, e, round, t);
    paper_return_show(&p.h, r, e, round, words);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

const struct desk_round *paper_round(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return NULL;
    if (!desk_is_frozen(round->phase)) {
        response_error(r, 404);
        return NULL;
    }
    return round;
}

void paper_list_show(struct request *r, struct db *db, const struct desk_round *round,
                     const struct form_errors *e, const char *words)
{
    static const struct typed_batch blank = {"", "", "", ""};
    show_list(r, db, round, &blank, e, words);
}

enum handled page_paper(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    const struct desk_round *round = paper_round(r, db);
    if (round != NULL)
        paper_list_show(r, db, round, &none, NULL);
    return HANDLED;
}

/* What SQL refused, beside its field. */
static void refused(struct request *r, struct form_errors *e, const char *result)
{
    static const char *const fields[][2] = {
        {"place", "place"},
        {"ballots", "ballots"},
        {"collected", "collected_date"},
        {"collected_future", "collected_date"},
        {"collected_gap", "collected_time"},
        {"collected_twice", "collected_time"},
    };
    const char *field = "main";
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(fields[i][0], result) == 0)
            field = fields[i][1];
    }
    form_error(e, field, desk_refusal(r, result, ""));
}

enum handled page_paper_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    char day[11] = "", hour[9] = "";
    int64_t ballots = 0;
    int32_t id;
    const char *result;
    const struct desk_round *round = paper_round(r, db);
    if (round == NULL)
        return HANDLED;
    struct typed_batch t = {request_field(r, "collected_date"), request_field(r, "collected_time"),
                            request_field(r, "place"), request_field(r, "ballots")};
    if (*t.place == '\0' || typed_length(t.place) > PLACE_CHARS_MAX)
        form_error(&e, "place", "Enter a place, in at most 120 characters");
    if (!typed_date(t.date, day))
        form_error(&e, "collected_date", "Enter a date, like 14/12/2026");
    if (!typed_time(t.time, hour))
        form_error(&e, "collected_time", "Enter a time, like 17:30");
    if (!parse_int(t.ballots, 1, BALLOTS_MAX, &ballots))
        form_error(&e, "ballots", "Enter a number, 1 to 5,000");
    if (e.n == 0) {
        enum db_outcome outcome = paper_open(db, &r->arena, r->officer.officer, round->slug,
                                             arena_fmt(&r->arena, "%s %s", day, hour), t.place,
                                             (int32_t)ballots, &result, &id);
        if (outcome != DB_OK) {
            response_db(r, outcome);
            return HANDLED;
        }
        if (strcmp(result, "opened") == 0) {
            response_redirect(r, "/desk/rounds/%s/paper/%d", round->slug, id);
            return HANDLED;
        }
        refused(r, &e, result);
    }
    show_list(r, db, round, &t, &e, NULL);
    return HANDLED;
}

/* --- one batch ---------------------------------------------------------------------------- */
static void reconcile_form(struct html *h, struct request *r, const struct form_errors *e,
                           const struct desk_round *round, const struct paper_batch *b,
                           const char *spoilt)
{
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Reconcile</h2>\n<p class=\"govuk-body\">");
    int32_t left = b->ballots - b->entered;
    html_raw(h, "Entered and spoilt ballots must make up the ");
    html_number(h, b->ballots);
    html_text(h, b->ballots == 1 ? " that was sealed. " : " that were sealed. ");
    kit_count(h, b->entered, "is entered: ", "are entered: ");
    if (left >= 0)
        kit_count(h, left, "is left, to be entered or spoilt.",
                  "are left, to be entered or spoilt.");
    else
        kit_count(h, -left, "more than was sealed.", "more than were sealed.");
    html_raw(h, "</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/rounds/%s/paper/%d/reconcile", round->slug, b->id));
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "spoilt",
                                    .label = "Spoilt ballots",
                                    .hint = "Those that cannot be read, or carry no valid code.",
                                    .value = spoilt,
                                    .inputmode = "numeric",
                                    .width = 5});
    form_button(h, "Reconcile this batch");
    form_end(h);
}

static void batch_facts(struct html *h, const struct paper_batch *b)
{
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "Sealed", b->ballots);
    desk_fact(h, "Entered", b->entered);
    if (b->reconciled_at != DB_NO_TIME)
        desk_fact(h, "Spoilt", b->spoilt);
    html_raw(h, "</dl>\n<p class=\"govuk-body\">Collected at ");
    desk_when(h, b->collected_at);
    html_raw(h, ". Opened by ");
    html_text(h, b->opened_by);
    if (b->reconciled_at != DB_NO_TIME) {
        html_raw(h, ", reconciled by ");
        html_text(h, b->reconciled_by);
        html_raw(h, " at ");
        desk_when(h, when_minute(b->reconciled_at));
    }
    html_raw(h, ".</p>\n");
}

const struct paper_batch *paper_batch_of(struct request *r, struct db *db,
                                         const struct desk_round *round)
{
    struct paper_batches all;
    int64_t id = 0;
    enum db_outcome outcome = paper_list(db, &r->arena, r->officer.officer, round->slug, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return NULL;
    }
    const struct paper_batch *batch = all.batch;
    bool is_number = parse_int(r->segment[1], 1, INT32_MAX, &id);
    for (int i = 0; is_number && i < all.n; i++) {
        if (batch[i].id == id)
            return batch + i;
    }
    response_error(r, 404);
    return NULL;
}

void paper_batch_show(struct request *r, const struct paper_page *page,
                      const struct paper_typed *typed, const struct form_errors *e, int status)
{
    const struct paper_batch *b = page->batch;
    struct desk_page p;
    desk_begin(&p, r, b->place, arena_fmt(&r->arena, "/desk/rounds/%s/paper", page->round->slug),
               "Paper ballots", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<span class=\"govuk-caption-l\">");
    html_text(&p.h, page->round->title);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">");
    html_text(&p.h, b->place);
    html_raw(&p.h, "</h1>\n");
    batch_facts(&p.h, b);
    bool open = b->reconciled_at == DB_NO_TIME && desk_may(r, "POST", r->path);
    if (open || *typed->ballot != '\0') /* what was typed too late is not lost */
        paper_form(&p.h, r, e, page, typed);
    paper_last(&p.h, &page->last);
    if (open)
        reconcile_form(&p.h, r, e, page->round, b, typed->spoilt);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_paper_batch(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    static const struct paper_typed blank = {"", "", ""};
    const struct desk_round *round = paper_round(r, db);
    const struct paper_batch *b = round != NULL ? paper_batch_of(r, db, round) : NULL;
    const struct paper_page *page = b != NULL ? paper_page_of(r, db, round, b) : NULL;
    if (page != NULL)
        paper_batch_show(r, page, &blank, &none, 200);
    return HANDLED;
}

/* In words, by how much the numbers differ. */
static const char *differs(struct request *r, const struct paper_batch *b, int32_t spoilt,
                           int32_t off)
{
    return arena_fmt(&r->arena, "%d entered and %d spoilt are %d %s than the %d that %s sealed",
                     b->entered, spoilt, off < 0 ? -off : off, off < 0 ? "fewer" : "more",
                     b->ballots, b->ballots == 1 ? "was" : "were");
}

enum handled page_paper_reconcile_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *result = "", *typed = request_field(r, "spoilt");
    int64_t spoilt = 0;
    int32_t off = 0;
    enum db_outcome outcome = DB_OK;
    const struct desk_round *round = paper_round(r, db);
    const struct paper_batch *b = round != NULL ? paper_batch_of(r, db, round) : NULL;
    if (b == NULL)
        return HANDLED;
    if (!parse_int(typed, 0, BALLOTS_MAX, &spoilt))
        form_error(&e, "spoilt", "Enter a number, 0 to 5,000");
    else
        outcome = paper_reconcile(db, &r->arena, r->officer.officer, round->slug, b->id,
                                  (int32_t)spoilt, &result, &off);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    if (strcmp(result, "reconciled") == 0 || strcmp(result, "already") == 0) {
        response_redirect(r, "/desk/rounds/%s/paper/%d", round->slug, b->id);
        return HANDLED;
    }
    if (strcmp(result, "differs") == 0)
        form_error(&e, "spoilt", differs(r, b, (int32_t)spoilt, off));
    const struct paper_page *page = paper_page_of(r, db, round, b);
    if (page != NULL)
        paper_batch_show(r, page, &(struct paper_typed){"", "", typed}, &e, 422);
    return HANDLED;
}
