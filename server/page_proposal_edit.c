/* page_proposal_edit.c: a proposal of a draft round: write, change, preview, publish. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/proposal_view.h"
#include "server/response.h"
#include "server/typed.h"

enum { TITLE_MAX = 120, SUMMARY_MAX = 300, BODY_MAX = 20000, NEW = -1 };

/* The form as it stands; every text non-NULL. */
struct typed_proposal {
    const char *title, *short_name, *summary, *body, *place, *proposer, *pot, *cost, *exclusion;
};

/* --- drawing ------------------------------------------------------------------------------ */
static void line(struct html *h, const struct form_errors *e, const char *name, const char *label,
                 const char *hint, const char *value, int rows)
{
    form_input(h, e,
               &(struct form_input){
                   .name = name, .label = label, .hint = hint, .value = value, .rows = rows});
}

static void pot_field(struct html *h, struct request *r, const struct form_errors *e,
                      const struct desk_round *round, const char *chosen)
{
    struct form_choice choices[DESK_POTS_MAX];
    int n = round->pots < DESK_POTS_MAX ? round->pots : DESK_POTS_MAX;
    for (int i = 0; i < n; i++) {
        const char *value = arena_fmt(&r->arena, "%d", round->pot[i].ordinal);
        choices[i] = (struct form_choice){
            .value = value, .label = round->pot[i].name, .chosen = strcmp(value, chosen) == 0};
    }
    form_select(h, e, "pot", "Pot", choices, n);
}

static void fields(struct html *h, struct request *r, const struct desk_round *round,
                   const struct form_errors *e, const struct typed_proposal *t)
{
    line(h, e, "title", "Title", "For example, Zebra crossing at Tesco", t->title, 0);
    form_input(h, e,
               &(struct form_input){.name = "short_name",
                                    .label = "Short name",
                                    .hint = "At most 16 plain characters. It stands in text "
                                            "messages, like Zebra crossing",
                                    .value = t->short_name,
                                    .width = 20});
    line(h, e, "summary", "In one or two sentences", "At most 300 characters.", t->summary, 3);
    line(h, e, "body", "In full (if you like)",
         "Leave a line empty to begin a paragraph. Begin lines with * for a list.", t->body, 10);
    line(h, e, "place", "Where (if you like)", NULL, t->place, 0);
    line(h, e, "proposer", "Who proposes it (if they agree to be named)", NULL, t->proposer, 0);
    pot_field(h, r, e, round, t->pot);
    form_input(h, e,
               &(struct form_input){.name = "cost",
                                    .label = "Cost",
                                    .hint = "For example, 8,500 or 8500.50",
                                    .value = t->cost,
                                    .prefix = "£",
                                    .inputmode = "decimal",
                                    .width = 10});
    form_input(h, e,
               &(struct form_input){.name = "exclusion",
                                    .label = "Group of which only one can win (if there is one)",
                                    .hint = "Two plans for the same corner: give both the same "
                                            "number, 1 to 30.",
                                    .value = t->exclusion,
                                    .inputmode = "numeric",
                                    .width = 3});
}

static void buttons(struct html *h, bool published)
{
    html_raw(h, "<div class=\"govuk-button-group\"><button type=\"submit\" class=\"govuk-button\" "
                "name=\"then\" value=\"preview\">Save and preview</button>"
                "<button type=\"submit\" class=\"govuk-button govuk-button--secondary\" "
                "name=\"then\" value=\"round\">");
    html_text(h, published ? "Save" : "Save as draft");
    html_raw(h, "</button></div>\n");
}

/* Answers with the form; `number` NEW for a new proposal. */
static void show(struct request *r, const struct desk_round *round, int32_t number,
                 const struct typed_proposal *t, const struct form_errors *e)
{
    struct desk_page p;
    const struct desk_proposal *old = number == NEW ? NULL : desk_proposal_of(round, number);
    const char *title = number == NEW ? "Write a proposal" : "Change the proposal";
    desk_begin(&p, r, title, arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title, e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, title);
    html_raw(&p.h, "</h1>\n<p class=\"govuk-body\">");
    if (number == NEW)
        html_raw(&p.h, "It gets its number, which people text to vote for it, when you save it.");
    else
        html_textf(&p.h, "Number %04d. %s", number,
                   old != NULL && old->published ? "Published: on the ballot once the round opens."
                                                 : "A draft: not on the ballot.");
    html_raw(&p.h, "</p>\n");
    form_begin(&p.h, number == NEW
                         ? arena_fmt(&r->arena, "/desk/rounds/%s/proposals", round->slug)
                         : arena_fmt(&r->arena, "/desk/proposals/%s/%04d", round->slug, number));
    form_token(&p.h, r);
    fields(&p.h, r, round, e, t);
    buttons(&p.h, old != NULL && old->published);
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

/* --- reading ------------------------------------------------------------------------------ */
static struct typed_proposal typed_of(const struct request *r)
{
    return (struct typed_proposal){
        .title = request_field(r, "title"),
        .short_name = request_field(r, "short_name"),
        .summary = request_field(r, "summary"),
        .body = request_field(r, "body"),
        .place = request_field(r, "place"),
        .proposer = request_field(r, "proposer"),
        .pot = request_field(r, "pot"),
        .cost = request_field(r, "cost"),
        .exclusion = request_field(r, "exclusion"),
    };
}

static void read_form(const struct typed_proposal *t, struct desk_proposal *out,
                      struct form_errors *e)
{
    int64_t pot = 0, exclusion = 0;
    *out = (struct desk_proposal){.title = t->title,
                                  .short_name = t->short_name,
                                  .summary = t->summary,
                                  .body = t->body,
                                  .place = t->place,
                                  .proposer = t->proposer};
    if (*t->title == '\0' || typed_length(t->title) > TITLE_MAX)
        form_error(e, "title", "Enter a title of at most 120 characters");
    if (!typed_short_name(t->short_name))
        form_error(e, "short_name",
                   "Enter a short name of at most 16 plain characters, without accents or emoji "
                   "that texts cannot carry");
    if (typed_length(t->summary) > SUMMARY_MAX)
        form_error(e, "summary", "Use at most 300 characters");
    if (typed_length(t->body) > BODY_MAX)
        form_error(e, "body", "Use at most 20,000 characters");
    if (typed_length(t->place) > TITLE_MAX)
        form_error(e, "place", "Use at most 120 characters");
    if (typed_length(t->proposer) > TITLE_MAX)
        form_error(e, "proposer", "Use at most 120 characters");
    if (!parse_int(t->pot, 1, 9, &pot))
        form_error(e, "pot", "Choose a pot");
    if (!typed_money(t->cost, &out->cost))
        form_error(e, "cost", "Enter the cost, like 8,500 or 8500.50");
    if (*t->exclusion != '\0' && !parse_int(t->exclusion, 1, DESK_EXCLUSIONS_MAX, &exclusion))
        form_error(e, "exclusion", "Enter a number, 1 to 30, or leave it empty");
    out->pot = (int32_t)pot;
    out->exclusion = (int32_t)exclusion;
}

/* --- writing and changing ----------------------------------------------------------------- */
/* The round, when something may still be written into it; answers otherwise. */
static const struct desk_round *open_round(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return NULL;
    if (strcmp(round->kind, "yes_no") == 0) {
        response_error(r, 404);
        return NULL;
    }
    if (round->phase != DESK_DRAFT) {
        desk_round_show(r, round, desk_refusal(r, desk_closed_to_change(round), ""), 409);
        return NULL;
    }
    return round;
}

/* The number in the address, or -1. */
static int32_t number_of(const struct request *r)
{
    int64_t number = -1;
    if (strlen(r->segment[1]) != 4 || !parse_int(r->segment[1], 0, 9999, &number))
        return -1;
    return (int32_t)number;
}

static void refused(struct form_errors *e, const char *result)
{
    if (strcmp(result, "too_dear") == 0)
        form_error(e, "cost", "This costs more than the pot holds");
    else if (strcmp(result, "pot") == 0)
        form_error(e, "pot", "Choose a pot");
    else if (strcmp(result, "full") == 0)
        form_error(e, "main",
                   "A round has 200 proposals at most: use a draft, or start another round");
    else if (strcmp(result, "no_number") == 0)
        form_error(e, "main", "All 900 proposal numbers are in use until a round closes");
    else if (strcmp(result, "in_review") == 0)
        form_error(e, "main", "This round is in review: send it back to draft to change it");
    else
        form_error(e, "main", "This round is scheduled: nothing in it changes any more");
}

static enum handled save(struct request *r, struct db *db, int32_t number)
{
    struct typed_proposal t = typed_of(r);
    struct form_errors e = {.n = 0};
    struct desk_proposal proposal;
    const char *result = "";
    int32_t saved;
    const struct desk_round *round = open_round(r, db);
    if (round == NULL)
        return HANDLED;
    read_form(&t, &proposal, &e);
    if (e.n == 0) {
        enum db_outcome outcome = desk_proposal_save(db, &r->arena, r->officer.officer, round->slug,
                                                     number, &proposal, &result, &saved);
        if (outcome != DB_OK) {
            response_db(r, outcome);
            return HANDLED;
        }
        if (strcmp(result, "not_found") == 0) {
            response_error(r, 404);
            return HANDLED;
        }
        if (strcmp(result, "saved") == 0) {
            if (strcmp(request_field(r, "then"), "preview") == 0)
                response_redirect(r, "/desk/proposals/%s/%04d/preview", round->slug, saved);
            else
                response_redirect(r, "/desk/rounds/%s", round->slug);
            return HANDLED;
        }
        refused(&e, result);
    }
    show(r, round, number, &t, &e);
    return HANDLED;
}

enum handled page_proposal_new(struct request *r, struct db *db)
{
    struct typed_proposal blank = {"", "", "", "", "", "", "1", "", ""};
    struct form_errors none = {.n = 0};
    const struct desk_round *round = open_round(r, db);
    if (round != NULL)
        show(r, round, NEW, &blank, &none);
    return HANDLED;
}

enum handled page_proposal_new_post(struct request *r, struct db *db)
{
    return save(r, db, NEW);
}

enum handled page_proposal_edit(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    const struct desk_round *round = open_round(r, db);
    const struct desk_proposal *p = round != NULL ? desk_proposal_of(round, number_of(r)) : NULL;
    if (round != NULL && p == NULL)
        response_error(r, 404);
    if (p == NULL)
        return HANDLED;
    struct typed_proposal t = {
        .title = p->title,
        .short_name = p->short_name,
        .summary = p->summary,
        .body = p->body,
        .place = p->place,
        .proposer = p->proposer,
        .pot = arena_fmt(&r->arena, "%d", p->pot),
        .cost =
            arena_fmt(&r->arena, "%lld.%02lld", (long long)p->cost / 100, (long long)p->cost % 100),
        .exclusion = p->exclusion != 0 ? arena_fmt(&r->arena, "%d", p->exclusion) : "",
    };
    show(r, round, p->number, &t, &none);
    return HANDLED;
}

enum handled page_proposal_edit_post(struct request *r, struct db *db)
{
    int32_t number = number_of(r);
    if (number < 0) {
        response_error(r, 404);
        return HANDLED;
    }
    return save(r, db, number);
}

/* --- preview and publishing --------------------------------------------------------------- */
static const char *pot_name(const struct desk_round *round, int32_t ordinal)
{
    for (int i = 0; i < round->pots; i++) {
        if (round->pot[i].ordinal == ordinal)
            return round->pot[i].name;
    }
    return "";
}

/* As residents read it: with the very function of their page. */
static void as_resident(struct html *h, const struct desk_round *round,
                        const struct desk_proposal *p)
{
    struct proposal shown = {.number = p->number,
                             .short_name = p->short_name,
                             .title = p->title,
                             .summary = p->summary,
                             .place = p->place,
                             .proposer = p->proposer,
                             .withdrawn_reason = "",
                             .pot = p->pot,
                             .cost = p->cost};
    proposal_show(h, &shown, round->pots > 1 ? pot_name(round, p->pot) : "", p->body);
}

static void show_preview(struct request *r, const struct desk_round *round,
                         const struct desk_proposal *p, const char *problem, int status)
{
    struct form_errors e = {.n = 0};
    struct desk_page page;
    const char *path = arena_fmt(&r->arena, "/desk/proposals/%s/%04d", round->slug, p->number);
    if (problem != NULL)
        form_error(&e, "main", problem);
    desk_begin(&page, r, p->title, arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, &e);
    html_raw(&page.h, "<p class=\"govuk-inset-text\">");
    html_text(&page.h, p->withdrawn   ? "Withdrawn from the vote."
                       : p->published ? "Preview of a published proposal: as residents read it."
                                      : "Preview of a draft: as residents will read it once it is "
                                        "published.");
    html_raw(&page.h, "</p>\n<div class=\"govuk-grid-row\">"
                      "<div class=\"govuk-grid-column-two-thirds\">");
    as_resident(&page.h, round, p);
    if (round->phase == DESK_DRAFT) {
        if (!p->published)
            desk_button(&page.h, r, arena_fmt(&r->arena, "%s/publish", path),
                        "Publish this proposal");
        html_raw(&page.h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attr(&page.h, "href", path);
        html_raw(&page.h, ">Change it</a></p>\n");
    }
    html_raw(&page.h, "</div></div>\n");
    desk_end(&page, r, status);
}

enum handled page_proposal_preview(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    const struct desk_proposal *p = round != NULL ? desk_proposal_of(round, number_of(r)) : NULL;
    if (round != NULL && p == NULL)
        response_error(r, 404);
    else if (p != NULL)
        show_preview(r, round, p, NULL, 200);
    return HANDLED;
}

enum handled page_proposal_publish_post(struct request *r, struct db *db)
{
    const char *result = "";
    const struct desk_round *round = desk_round_of(r, db);
    const struct desk_proposal *p = round != NULL ? desk_proposal_of(round, number_of(r)) : NULL;
    if (p == NULL) {
        if (round != NULL)
            response_error(r, 404);
        return HANDLED;
    }
    enum db_outcome outcome =
        desk_proposal_publish(db, &r->arena, r->officer.officer, round->slug, p->number, &result);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "published") == 0)
        response_redirect(r, "/desk/rounds/%s", round->slug);
    else
        show_preview(r, round, p, desk_refusal(r, result, arena_fmt(&r->arena, "%04d", p->number)),
                     409);
    return HANDLED;
}
