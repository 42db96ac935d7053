/* page_desk_pledge.c: /desk/agreements/:id/:pledge: a pledge's words, its provider's answer, and
 * whether it was kept. */
#include "server/answer_form.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/pledge_fields.h"
#include "server/response.h"
#include "server/routes.h"

/* What this request is about; a new pledge has id 0. */
struct about {
    struct edition_state *edition;
    struct desk_pledge pledge;
    const char *path;
};

static bool draft(const struct about *a)
{
    return strcmp(a->edition->state, "draft") == 0;
}

/* The pledge of the first two segments ("new": one to be written); false when it was answered. */
static bool held(struct request *r, struct db *db, struct about *a)
{
    struct desk_pledges all = {.n = 0};
    int64_t edition = 0, id = 0;
    enum db_outcome outcome = DB_OK;
    bool new = strcmp(r->segment[1], "new") == 0;
    *a = (struct about){.pledge = {.provider = "",
                                   .promise = "",
                                   .standard = "",
                                   .measure = "",
                                   .due_typed = "",
                                   .state = "",
                                   .reason = "",
                                   .asked = "",
                                   .answered_by = "",
                                   .recorded = "",
                                   .evidence = "",
                                   .evidence_link = "",
                                   .check_result = ""}};
    if (parse_int(r->segment[0], 1, INT32_MAX, &edition) &&
        (new || parse_int(r->segment[1], 1, INT32_MAX, &id)))
        outcome = desk_edition(db, &r->arena, r->officer.officer, (int32_t)edition, &a->edition);
    if (outcome == DB_OK && a->edition != NULL && !new)
        outcome = desk_pledges(db, &r->arena, r->officer.officer, a->edition->id, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return false;
    }
    for (int i = 0; i < all.n; i++) {
        if (all.pledge[i].id == id)
            a->pledge = all.pledge[i];
    }
    if (a->edition == NULL || (!new && a->pledge.id == 0) || (new && !draft(a))) {
        response_error(r, 404);
        return false;
    }
    r->officer.here = a->edition->roles;
    a->path = arena_fmt(&r->arena, "/desk/agreements/%d/%s", a->edition->id, r->segment[1]);
    return true;
}

/* --- the page ----------------------------------------------------------------------------- */
static void begin(struct html *h, struct request *r, const struct about *a, const char *title,
                  const char *what)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, title);
    html_raw(h, "</h2>\n");
    form_begin(h, a->path);
    form_token(h, r);
    form_hidden(h, "do", what);
}

static void words_form(struct html *h, struct request *r, const struct about *a,
                       const struct form_errors *e)
{
    begin(h, r, a, "Words", "save");
    pledge_fields(h, r, e, &a->pledge, strcmp(request_field(r, "do"), "save") == 0);
    form_button(h, "Save the pledge");
    form_end(h);
}

static void move(struct html *h, struct request *r, const struct about *a, const char *what,
                 const char *text)
{
    form_begin(h, a->path);
    form_token(h, r);
    form_hidden(h, "do", what);
    form_button_second(h, text);
    form_end(h);
}

static void row(struct html *h, const char *term, const char *text)
{
    if (*text == '\0')
        return;
    desk_row_begin(h, term);
    html_text(h, text);
    desk_row_end(h);
}

static const char *answer_words(const char *state)
{
    if (strcmp(state, "accepted") == 0)
        return "Accepted";
    if (strcmp(state, "amended") == 0)
        return "Accepted in other words";
    return strcmp(state, "declined") == 0 ? "Declined" : "Not answered";
}

static void facts(struct html *h, struct request *r, const struct about *a)
{
    const struct desk_pledge *g = &a->pledge;
    char day[40] = "";
    if (g->due != DB_NO_TIME)
        when_date(g->due, day);
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    if (!draft(a)) {
        row(h, "Provider", g->provider);
        row(h, "Standard", g->standard);
        row(h, "How it is measured", g->measure);
        row(h, "Due", day);
    }
    if (g->idea != 0) {
        desk_row_begin(h, "Proposed by");
        kit_link(h, arena_fmt(&r->arena, "/desk/ideas/%lld", (long long)g->idea), "a resident");
        desk_row_end(h);
    }
    row(h, "Answer", answer_words(g->state));
    row(h, "Words before that", g->asked);
    row(h, "Reason", g->reason);
    row(h, "Answered by", g->answered_by);
    row(h, "Written down by", g->recorded);
    html_raw(h, "</dl>\n");
}

static void check_form(struct html *h, struct request *r, const struct about *a,
                       const struct form_errors *e)
{
    const char *result = request_field(r, "result");
    struct form_choice choices[] = {
        {"met", "Met", NULL, strcmp(result, "met") == 0},
        {"partly", "Partly met", NULL, strcmp(result, "partly") == 0},
        {"not_met", "Not met", NULL, strcmp(result, "not_met") == 0},
    };
    begin(h, r, a, "Check it", "check");
    form_radios(h, e, "result", "Was it kept?", choices, 3);
    form_input(h, e,
               &(struct form_input){.name = "evidence",
                                    .label = "Evidence",
                                    .hint = "What was seen or counted, and by whom. Residents read "
                                            "it. Up to 1,000 characters.",
                                    .value = request_field(r, "evidence"),
                                    .rows = 4});
    form_input(h, e,
               &(struct form_input){.name = "link",
                                    .label = "Web address of the evidence (if there is one)",
                                    .value = request_field(r, "link")});
    form_input(h, e,
               &(struct form_input){.name = "day",
                                    .label = "Day of the check",
                                    .hint = "For example, 31/3/2027",
                                    .value = request_field(r, "day"),
                                    .width = 10});
    form_button(h, "Record the check");
    form_end(h);
}

static void last_check(struct html *h, const struct desk_pledge *g)
{
    char day[40];
    if (g->checked_on == DB_NO_TIME)
        return;
    when_date(g->checked_on, day);
    html_raw(h, "<p class=\"govuk-body\"><strong>");
    html_text(h, strcmp(g->check_result, "met") == 0      ? "Met"
                 : strcmp(g->check_result, "partly") == 0 ? "Partly met"
                                                          : "Not met");
    html_raw(h, "</strong>");
    html_textf(h, ", checked %s. ", day);
    html_text(h, g->evidence);
    html_raw(h, "</p>\n");
}

static void body(struct html *h, struct request *r, const struct about *a,
                 const struct form_errors *e)
{
    const struct desk_pledge *g = &a->pledge;
    if (g->id != 0)
        facts(h, r, a);
    bool works = (r->officer.here & ROLE_WARD_OFFICER) != 0;
    if (draft(a) && works)
        words_form(h, r, a, e);
    if (draft(a) && works && g->id != 0) {
        begin(h, r, a, "Write down the provider’s answer", "answer");
        answer_fields(h, r, e, g);
        form_button(h, "Save the answer");
        form_end(h);
        html_raw(h, "<h2 class=\"govuk-heading-m\">Its place</h2>\n"
                    "<div class=\"govuk-button-group\">");
        move(h, r, a, "up", "Move up");
        move(h, r, a, "down", "Move down");
        move(h, r, a, "remove", "Take it out");
        html_raw(h, "</div>\n");
    }
    if (strcmp(a->edition->state, "adopted") == 0) {
        last_check(h, g);
        if (works && strcmp(g->state, "declined") != 0)
            check_form(h, r, a, e);
    }
}

static void show(struct request *r, const struct about *a, const struct form_errors *e, int status)
{
    struct desk_page p;
    const char *title = a->pledge.id == 0 ? "Add a pledge" : a->pledge.promise;
    desk_begin(&p, r, title, arena_fmt(&r->arena, "/desk/agreements/%d", a->edition->id),
               arena_fmt(&r->arena, "%s, edition %d", a->edition->area, a->edition->edition), e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, title);
    html_raw(&p.h, "</h1>\n");
    body(&p.h, r, a, e);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_desk_pledge(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct about a;
    if (held(r, db, &a))
        show(r, &a, &none, 200);
    return HANDLED;
}

/* --- doing it ------------------------------------------------------------------------------ */
static enum db_outcome save(struct request *r, struct db *db, const struct about *a,
                            struct form_errors *e, const char **word)
{
    struct pledge_form form = pledge_read(r, e);
    return e->n > 0 ? DB_OK
                    : desk_pledge_save(db, &r->arena, r->officer.officer, a->edition->id,
                                       a->pledge.id, &form, word);
}

static const char bad_result[] = "Choose whether it was kept";
static const char bad_evidence[] = "Enter the evidence, in at most 1,000 characters";
static const char bad_day[] =
    "Enter the day of the check: since the adoption, and not in the future";

static void refused(const char *word, const char *what, struct form_errors *e)
{
    static const struct {
        const char *word, *field, *says;
    } words[] = {
        {"full", "provider", "An edition has 100 pledges at most"},
        {"empty", "provider", "Enter who promises what"},
        {"result", "result", bad_result},
        {"evidence", "evidence", bad_evidence},
        {"link", "link", "Enter a web address that begins with https:// or http://"},
        {"day", "day", bad_day},
    };
    if (strcmp(word, "saved") == 0 ||
        (strcmp(what, "answer") == 0 && answer_refused(LANGUAGE_EN, word, e)))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) == 0) {
            form_error(e, words[i].field, words[i].says);
            return;
        }
    }
    form_error(e, "main", "It went on meanwhile. Look at the page again");
}

static enum db_outcome check(struct request *r, struct db *db, const struct about *a,
                             struct form_errors *e, const char **word)
{
    struct pledge_check c = {.result = request_field(r, "result"),
                             .evidence = request_field(r, "evidence"),
                             .link = request_field(r, "link"),
                             .day = pledge_day(r, "day", e)};
    static const struct form_needed needed[] = {
        {"result", bad_result}, {"evidence", bad_evidence}, {"day", bad_day}};
    form_needs(e, r, needed, 3);
    return e->n > 0 ? DB_OK
                    : desk_pledge_check(db, &r->arena, r->officer.officer, a->edition->id,
                                        a->pledge.id, &c, word);
}

static enum db_outcome act(struct request *r, struct db *db, const struct about *a,
                           struct form_errors *e, const char **word)
{
    const char *what = request_field(r, "do");
    struct pledge_answer answer = answer_read(r);
    if (strcmp(what, "save") == 0)
        return save(r, db, a, e, word);
    if (strcmp(what, "check") == 0)
        return check(r, db, a, e, word);
    if (strcmp(what, "answer") == 0)
        return desk_pledge_answer(db, &r->arena, r->officer.officer, a->edition->id, a->pledge.id,
                                  &answer, word);
    return desk_pledge_place(db, &r->arena, r->officer.officer, a->edition->id, a->pledge.id, what,
                             word);
}

enum handled page_desk_pledge_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct about a;
    const char *what = request_field(r, "do"), *word = "saved";
    if (!held(r, db, &a))
        return HANDLED;
    enum db_outcome outcome = act(r, db, &a, &e, &word);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    if (e.n == 0)
        refused(word, what, &e);
    if (e.n > 0)
        show(r, &a, &e, 422);
    else if (strcmp(what, "check") == 0 || strcmp(what, "answer") == 0)
        response_redirect(r, "%s", a.path);
    else
        response_redirect(r, "/desk/agreements/%d", a.edition->id);
    return HANDLED;
}
