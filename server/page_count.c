/* page_count.c: counting a closed round, its result before and after it is published. */
#include "server/correction_show.h"
#include "server/desk_view.h"
#include "server/embargo_show.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/result_show.h"
#include "server/store_desk_count.h"
#include "server/store_desk_states.h"
#include "server/typed.h"

/* --- asking for it, and waiting ------------------------------------------------------------ */
enum { REFRESH_SECONDS = 3 };

enum handled page_round_count_post(struct request *r, struct db *db)
{
    const char *result = "";
    const char *slug = r->segment[0];
    enum db_outcome outcome = count_ask(db, &r->arena, r->officer.officer, slug, &result);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else if (strcmp(result, "asked") == 0 || strcmp(result, "counting") == 0 ||
               strcmp(result, "counted") == 0) {
        response_redirect(r, "/desk/rounds/%s/result", slug);
    } else {
        const struct desk_round *round = desk_round_of(r, db);
        if (round != NULL)
            desk_round_show(r, round, desk_refusal(r, result, ""), 409);
    }
    return HANDLED;
}

static void how_far(struct html *h, const struct count_state *count)
{
    static const char *const words[][2] = {
        {"waiting", "It waits for its turn"},
        {"reading", "The ballots are being read"},
        {"counting", "The ballots are being counted"},
        {"explaining", "The reasons are being written down"},
        {"keeping", "The result is being stored"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], count->step) == 0)
            html_text(h, words[i][1]);
    }
    if (count->parts > 1)
        html_textf(h, ", pot %d of %d", (int)count->part, (int)count->parts);
    html_raw(h, ".");
}

/* Comes again by itself, which whoever reads slowly or listens can turn off (WCAG 2.2, 2.2.1). */
static void show_counting(struct request *r, const struct desk_round *round)
{
    bool still = strcmp(request_field(r, "still"), "yes") == 0;
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s", round->slug);
    struct desk_page p;
    desk_begin(&p, r, "Counting the votes", path, round->title, NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Counting the votes</h1>\n"
                   "<p class=\"govuk-body-l\" role=\"status\">Counting since ");
    desk_when(&p.h, round->count->asked_at);
    html_raw(&p.h, ". ");
    how_far(&p.h, round->count);
    html_raw(&p.h, "</p>\n<p class=\"govuk-body\">");
    html_text(&p.h, round->count->asked_by);
    html_raw(&p.h, " asked for it. You can leave this page: the count goes on.</p>\n"
                   "<p class=\"govuk-body\">");
    kit_link(&p.h, arena_fmt(&r->arena, "%s/result%s", path, still ? "?still=yes" : ""),
             "Look again now");
    html_raw(&p.h, "</p>\n<p class=\"govuk-body\">");
    if (still)
        html_raw(&p.h, "This page stays as it is until you look again.");
    else
        kit_link(&p.h, arena_fmt(&r->arena, "%s/result?still=yes", path),
                 "This page looks again every few seconds: stop that");
    html_raw(&p.h, "</p>\n");
    desk_end(&p, r, 200);
    if (!still)
        r->response.refresh = REFRESH_SECONDS;
}

/* --- the result --------------------------------------------------------------------------- */
/* The round and its proposals as residents' view of a result wants them. */
static struct round_view view_of(const struct desk_round *round)
{
    bool question = strcmp(round->kind, "yes_no") == 0;
    int64_t money = 0;
    for (int i = 0; i < round->pots; i++)
        money += round->pot[i].amount;
    return (struct round_view){.slug = round->slug,
                               .title = round->title,
                               .area_name = round->area,
                               .money = money,
                               .carry = round->terms.carry,
                               .kind = question ? ROUND_YES_NO : ROUND_APPROVAL};
}

static struct proposals proposals_of(struct request *r, const struct desk_round *round)
{
    size_t n = (size_t)round->proposals;
    struct proposals all = {arena_alloc(&r->arena, sizeof(struct proposal) * (n + 1)), 0};
    for (int i = 0; i < round->proposals; i++) {
        const struct desk_proposal *p = &round->proposal[i];
        all.proposal[all.n++] = (struct proposal){
            .number = p->number, .title = p->title, .pot = p->pot, .cost = p->cost};
    }
    return all;
}

static void before_publishing(struct html *h, const struct desk_round *round)
{
    html_raw(h, "<p class=\"govuk-inset-text\">This is what residents will read. Published, "
                "everybody can also download the ballots without names and repeat the count.");
    if (strcmp(round->kind, "yes_no") == 0)
        html_raw(h, " The agreement becomes the one in force, or is marked as rejected.");
    html_raw(h, "</p>\n");
    desk_came_back(h, round);
}

/* A page of one result: what is shown besides it. */
struct result_shown {
    const struct desk_result *x, *stands; /* the latest, and the public one where they differ */
    const struct form_errors *errors;     /* of its forms */
    struct embargo_typed typed;           /* the reason also of a correction */
};

static void published(struct html *h, struct request *r, const struct desk_round *round,
                      const struct result_shown *s)
{
    if (correction_waits(s->x) && s->stands != NULL) {
        correction_decide(h, r, round, s->x, s->stands);
        return;
    }
    html_raw(h, "<p class=\"govuk-inset-text\">Published at ");
    desk_when(h, s->x->view.published_at);
    html_raw(h, ". <a class=\"govuk-link\"");
    html_attr(h, "href", arena_fmt(&r->arena, "/rounds/%s/result", round->slug));
    html_raw(h, ">As residents see it</a></p>\n");
    if (round->count != NULL && strcmp(round->count->outcome, "counted") != 0)
        desk_count_ended(h, r, round->count);
    if (round->phase == DESK_PUBLISHED)
        correction_form(h, r, round, s->errors, s->typed.reason);
}

static void publish(struct html *h, struct request *r, const struct desk_round *round,
                    const struct result_shown *s)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s", round->slug);
    if (desk_is_practice(&round->terms)) {
        html_raw(h, "<p class=\"govuk-body\">No result of practice is published.</p>\n");
        if (strcmp(round->kind, "yes_no") != 0)
            kit_start(h, arena_fmt(&r->arena, "%s/compare", path), "Compare ways of counting");
    } else if (round->phase == DESK_COUNTED) {
        before_publishing(h, round);
        desk_button(h, r, arena_fmt(&r->arena, "%s/result/review", path),
                    "Send the result for approval");
    } else if (round->phase == DESK_RESULT_REVIEW) {
        before_publishing(h, round);
        desk_asked_by(h, round, "publishes it");
        if (!round->mine)
            embargo_publish(h, r, round, s->errors, &s->typed);
        desk_return_form(h, r, round, "Send the result back");
    } else if (round->phase == DESK_EMBARGOED) {
        embargo_waits(h, r, round, s->errors, &s->typed);
    } else {
        published(h, r, round, s);
    }
}

/* What only officers see before it is published: how the ballots came, and the count's log. */
static void behind(struct html *h, struct request *r, const struct desk_result *x)
{
    const struct result_view *v = &x->view;
    html_raw(h, "<h2 class=\"govuk-heading-m\">How it was counted</h2>\n<p class=\"govuk-body\">"
                "Counted by ");
    html_text(h, x->counted_by);
    html_raw(h, " at ");
    desk_when(h, v->counted_at);
    html_raw(h, ".</p>\n<dl class=\"wm-facts\">");
    desk_fact(h, "May vote", v->eligible);
    desk_fact(h, "On the web", v->web);
    desk_fact(h, "By text", v->texts);
    if (v->paper > 0)
        desk_fact(h, "On paper", v->paper);
    desk_fact(h, "Votes changed", v->replaced);
    desk_fact(h, "Withdrawn", v->withdrawn);
    html_raw(h, "</dl>\n");
    for (int i = 0; i < v->n_parts; i++) {
        desk_fold_begin(h,
                        v->n_parts > 1 ? arena_fmt(&r->arena, "The count, step by step: %s",
                                                   v->part[i].pot_name)
                                       : "The count, step by step",
                        false);
        html_raw(h, "<pre class=\"wm-log\" tabindex=\"0\">");
        html_text(h, x->log[i]);
        html_raw(h, "</pre>");
        desk_fold_end(h);
    }
}

static void show_result(struct request *r, const struct desk_round *round,
                        const struct result_shown *s, int status)
{
    const struct desk_result *x = s->x;
    struct round_view view = view_of(round);
    struct proposals all = proposals_of(r, round);
    const char *title = result_title(&r->arena, LANGUAGE_EN, &view, &x->view);
    struct desk_page p;
    desk_begin(&p, r, title, arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title,
               s->errors);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    html_text(&p.h, round->title);
    html_raw(&p.h, " ");
    desk_tag(&p.h, round->phase);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">");
    html_text(&p.h, title);
    html_raw(&p.h, "</h1>\n");
    publish(&p.h, r, round, s);
    result_show(&p.h, &view, &x->view, &all);
    behind(&p.h, r, x);
    desk_end(&p, r, status);
}

/* The latest result of the round, and the one that stands where it is another; answers otherwise.
 */
static bool load(struct request *r, struct db *db, const struct desk_round *round,
                 struct result_shown *s)
{
    struct desk_result *x = NULL, *stands = NULL;
    enum db_outcome outcome =
        desk_result_find(db, &r->arena, r->officer.officer, round->slug, 0, &x);
    if (outcome == DB_OK && x != NULL && correction_waits(x))
        outcome =
            desk_result_find(db, &r->arena, r->officer.officer, round->slug, x->stands, &stands);
    s->x = x;
    s->stands = stands;
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (x == NULL && round->count != NULL)
        response_redirect(r, "/desk/rounds/%s", round->slug); /* which says why there is none */
    else if (x == NULL)
        response_error(r, 404);
    return outcome == DB_OK && x != NULL;
}

static const struct form_errors no_errors = {.n = 0};

enum handled page_result_preview(struct request *r, struct db *db)
{
    struct result_shown s = {.errors = &no_errors, .typed = {"", "", ""}};
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL && round->count != NULL && round->count->running)
        show_counting(r, round);
    else if (round != NULL && load(r, db, round, &s))
        show_result(r, round, &s, 200);
    return HANDLED;
}

/* --- publishing and correcting it --------------------------------------------------------- */
/* The page again, with what was typed and what is wrong with it; the round's page before there is
 * a count. */
static void again(struct request *r, struct db *db, const struct form_errors *errors, int status)
{
    struct result_shown s = {.errors = errors,
                             .typed = {.date = request_field(r, "date"),
                                       .time = request_field(r, "time"),
                                       .reason = request_field(r, "reason")}};
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL && round->phase < DESK_COUNTED)
        desk_round_show(r, round, errors->error[0].message, status);
    else if (round != NULL && load(r, db, round, &s))
        show_result(r, round, &s, status);
}

/* Answers: the page again where the step was taken, else why not, beside its field. */
static void answer(struct request *r, struct db *db, enum db_outcome outcome, const char *result,
                   bool done)
{
    static const char *const typed[][2] = {
        {"reason", "reason"}, {"at_gap", "time"}, {"at_twice", "time"},
        {"at_past", "date"},  {"at_far", "date"},
    };
    struct form_errors errors = {.n = 0};
    const char *field = NULL;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        if (strcmp(result, typed[i][0]) == 0)
            field = typed[i][1];
    }
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else if (done) {
        response_redirect(r, "/desk/rounds/%s/result", r->segment[0]);
    } else {
        form_error(&errors, field != NULL ? field : "main", desk_refusal(r, result, ""));
        again(r, db, &errors, field != NULL ? 422 : 409);
    }
}

enum handled page_result_publish_post(struct request *r, struct db *db)
{
    const char *result = "";
    const char *at = NULL;
    if (strcmp(request_field(r, "when"), "later") == 0) {
        struct form_errors errors = {.n = 0};
        char day[11] = "", hour[9] = "";
        if (!typed_date(request_field(r, "date"), day))
            form_error(&errors, "date", "Enter a date, like 14/12/2026");
        if (!typed_time(request_field(r, "time"), hour))
            form_error(&errors, "time", "Enter a time, like 21:00");
        if (errors.n > 0) {
            again(r, db, &errors, 422);
            return HANDLED;
        }
        at = arena_fmt(&r->arena, "%s %s", day, hour);
    }
    enum db_outcome outcome =
        desk_publish(db, &r->arena, r->officer.officer, r->segment[0], at, &result);
    answer(r, db, outcome, result,
           strcmp(result, "published") == 0 || strcmp(result, "embargoed") == 0);
    return HANDLED;
}

enum handled page_result_embargo_post(struct request *r, struct db *db)
{
    const char *result = "";
    bool now = strcmp(request_field(r, "do"), "now") == 0;
    enum db_outcome outcome = desk_embargo(db, &r->arena, r->officer.officer, r->segment[0], now,
                                           request_field(r, "reason"), &result);
    answer(r, db, outcome, result, strcmp(result, now ? "published" : "result_review") == 0);
    return HANDLED;
}

enum handled page_result_correct_post(struct request *r, struct db *db)
{
    const char *result = "";
    enum db_outcome outcome = count_correct(db, &r->arena, r->officer.officer, r->segment[0],
                                            request_field(r, "reason"), &result);
    answer(r, db, outcome, result, strcmp(result, "asked") == 0 || strcmp(result, "counting") == 0);
    return HANDLED;
}
