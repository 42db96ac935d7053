/* page_proposal_edit.c: a proposal of a draft round: write, change, preview, publish. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/proposal_form.h"
#include "server/proposal_view.h"
#include "server/response.h"
#include "server/store_proposal.h"
#include "server/translation_show.h"

enum { NEW = -1 };

/* --- the form ----------------------------------------------------------------------------- */
static void line_link(struct html *h, const char *path, const char *text)
{
    html_raw(h, "<p class=\"govuk-body\">");
    kit_link(h, path, text);
    html_raw(h, "</p>\n");
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
static void show(struct request *r, struct db *db, const struct desk_round *round, int32_t number,
                 const struct typed_proposal *t, const struct form_errors *e)
{
    struct desk_page p;
    struct translation_lines languages = {.n = 0};
    if (number != NEW && page_failed(r, translations_load(db, &r->arena, r->officer.officer,
                                                          round->slug, &languages)))
        return;
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
    if (number != NEW)
        line_link(&p.h,
                  arena_fmt(&r->arena, "/desk/proposals/%s/%04d/history", round->slug, number),
                  "Every wording");
    if (number != NEW)
        translation_marks(&p.h, r, round->slug, number, &languages);
    form_begin(&p.h, number == NEW
                         ? arena_fmt(&r->arena, "/desk/rounds/%s/proposals", round->slug)
                         : arena_fmt(&r->arena, "/desk/proposals/%s/%04d", round->slug, number));
    form_token(&p.h, r);
    if (old != NULL)
        form_hidden(&p.h, "revision", arena_fmt(&r->arena, "%d", old->revision));
    proposal_form_fields(&p.h, r, round, e, t);
    buttons(&p.h, old != NULL && old->published);
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
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
    else if (strcmp(result, "themes") == 0)
        form_error(e, "theme", "A round has 12 themes at most: choose one of those there are");
    else if (strcmp(result, "full") == 0)
        form_error(e, "main",
                   "A round has 200 proposals at most: use a draft, or start another round");
    else if (strcmp(result, "changed") == 0)
        form_error(e, "main",
                   "Somebody saved other words while you wrote. Yours are below and not saved yet: "
                   "look at every wording first, then save yours over them if you still want to");
    else if (strcmp(result, "no_number") == 0)
        form_error(e, "main", "All 900 proposal numbers are in use until a round closes");
    else if (strcmp(result, "in_review") == 0)
        form_error(e, "main", "This round is in review: send it back to draft to change it");
    else
        form_error(e, "main", "This round is scheduled: nothing in it changes any more");
}

/* The wording that the form was made of; 0: it does not say. */
static int32_t revision_read(const struct request *r)
{
    int64_t revision = 0;
    parse_int(request_field(r, "revision"), 1, INT32_MAX, &revision);
    return (int32_t)revision;
}

static enum handled save(struct request *r, struct db *db, int32_t number)
{
    struct typed_proposal t = proposal_form_typed(r);
    struct form_errors e = {.n = 0};
    struct desk_proposal proposal;
    const char *result = "";
    int32_t saved;
    const struct desk_round *round = open_round(r, db);
    if (round == NULL)
        return HANDLED;
    proposal_form_check(&t, round, &proposal, &e);
    proposal.revision = revision_read(r);
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
    show(r, db, round, number, &t, &e);
    return HANDLED;
}

enum handled page_proposal_new(struct request *r, struct db *db)
{
    struct typed_proposal blank = {"", "", "", "", "", "", "1", "", "", "", ""};
    struct form_errors none = {.n = 0};
    const struct desk_round *round = open_round(r, db);
    if (round != NULL)
        show(r, db, round, NEW, &blank, &none);
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
    struct typed_proposal t = proposal_form_of(&r->arena, p);
    show(r, db, round, p->number, &t, &none);
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
                             .theme = p->theme,
                             .at = p->at,
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
        line_link(&page.h, path, "Change it");
    }
    line_link(&page.h, arena_fmt(&r->arena, "%s/history", path), "Every wording");
    line_link(&page.h, arena_fmt(&r->arena, "/desk/rounds/%s/translations", round->slug),
              "In other languages");
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
