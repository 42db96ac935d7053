/* page_desk_agreements.c: /desk/agreements: the editions of an officer's areas, and the next one.
 */
#include "server/desk_view.h"
#include "server/edition_tag.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_agreement.h"
#include "server/store_desk.h"

enum { AREAS_MAX = 200 };

static void line(struct html *h, const struct edition_state *e)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/agreements/%d", e->id);
    html_raw(h, ">");
    html_textf(h, "%s, edition %d", e->area, e->edition);
    html_raw(h, "</a>");
    edition_tag(h, e->state);
    html_raw(h, "<p>");
    kit_count(h, e->pledges, "pledge", "pledges");
    if (strcmp(e->state, "draft") == 0)
        html_textf(h, ", %lld answered by their providers", (long long)e->answered);
    if (e->due > 0) {
        html_raw(h, ", ");
        kit_count(h, e->due, "to be checked now", "to be checked now");
    }
    html_raw(h, ".");
    if (e->asks)
        html_text(h, e->mine ? " Another officer is asked to adopt it."
                             : " You are asked to adopt it.");
    html_raw(h, "</p></li>\n");
}

static void begin_form(struct html *h, struct request *r, const struct desk_areas *areas,
                       const struct form_errors *e)
{
    struct form_choice choices[AREAS_MAX];
    int n = areas->n < AREAS_MAX ? areas->n : AREAS_MAX;
    for (int i = 0; i < n; i++)
        choices[i] = (struct form_choice){
            .value = areas->area[i].slug,
            .label = areas->area[i].name,
            .chosen = strcmp(areas->area[i].slug, request_field(r, "area")) == 0};
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Begin a new edition</h2>\n");
    form_begin(h, "/desk/agreements");
    form_token(h, r);
    form_select(h, e, "area", "Neighbourhood", choices, n);
    form_input(h, e,
               &(struct form_input){.name = "title",
                                    .label = "Title",
                                    .hint = "For example, Holgate neighbourhood agreement 2027",
                                    .value = request_field(r, "title")});
    form_checkbox(
        h, e,
        &(struct form_box){.name = "copy",
                           .label = "Begin with the pledges of the edition in force",
                           .ticked = e->n == 0 || strcmp(request_field(r, "copy"), "yes") == 0});
    form_button(h, "Begin the draft");
    form_end(h);
}

static void show_list(struct request *r, struct db *db, const struct form_errors *e)
{
    struct edition_lines all;
    struct desk_areas areas;
    struct desk_page p;
    enum db_outcome outcome = desk_agreements(db, &r->arena, r->officer.officer, &all);
    if (outcome == DB_OK)
        outcome = desk_areas(db, &r->arena, r->officer.officer, &areas);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "Neighbourhood agreements", "/desk", "My rounds", e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Neighbourhood agreements</h1>\n"
                   "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all.n; i++)
        line(&p.h, &all.edition[i]);
    html_raw(&p.h, "</ul>\n");
    if (all.n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">None of your areas has an agreement yet.</p>\n");
    if (desk_may(r, "POST", "/desk/agreements"))
        begin_form(&p.h, r, &areas, e);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_desk_agreements(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    show_list(r, db, &none);
    return HANDLED;
}

enum handled page_desk_agreements_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct edition_form form = {.area = request_field(r, "area"),
                                .title = request_field(r, "title"),
                                .in_return = "",
                                .copy = strcmp(request_field(r, "copy"), "yes") == 0};
    const char *word = "";
    int32_t id = 0;
    enum db_outcome outcome =
        desk_edition_save(db, &r->arena, r->officer.officer, &id, &form, &word);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    if (strcmp(word, "title") == 0)
        form_error(&e, "title", "Enter a title of at most 120 characters");
    if (strcmp(word, "not_found") == 0)
        response_error(r, 404); /* the form offers their own neighbourhoods alone */
    else if (e.n > 0)
        show_list(r, db, &e);
    else
        response_redirect(r, "/desk/agreements/%d", id); /* or the draft that there is already */
    return HANDLED;
}
