/* page_people.c: /desk/people: who works at the desk; and somebody new. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/person_view.h"
#include "server/response.h"
#include "server/roles.h"

static void one(struct html *h, struct request *r, const struct person *o)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/people/%d", o->id);
    html_raw(h, ">");
    html_text(h, o->name);
    html_raw(h, "</a>");
    person_tag(h, o->state);
    html_raw(h, "<p>");
    html_text(h, o->email);
    html_raw(h, ". ");
    html_text(h, o->roles == 0 ? "No role yet" : roles_names(&r->arena, o->roles));
    html_raw(h, ".");
    if (o->signed_in_at != DB_NO_TIME) {
        html_raw(h, " Signed in last at ");
        desk_when(h, when_minute(o->signed_in_at));
        html_raw(h, ".");
    }
    html_raw(h, "</p></li>\n");
}

enum handled page_people(struct request *r, struct db *db)
{
    struct people all;
    struct desk_page p;
    enum db_outcome outcome = people_find(db, &r->arena, r->officer.officer, 0, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "People", "/desk", "My rounds", NULL);
    kit_title(&p.h, "People at the desk");
    html_raw(&p.h, "<p class=\"govuk-body\">Who may sign in, and what they do. Nobody gives "
                   "themself a role, and the last two administrators stay.</p>\n"
                   "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all.n; i++)
        one(&p.h, r, &all.one[i]);
    html_raw(&p.h, "</ul>\n");
    if (desk_may(r, "GET", "/desk/people/new")) {
        html_raw(&p.h, "<p class=\"govuk-body wm-after\">");
        kit_link(&p.h, "/desk/people/new", "Add somebody");
        html_raw(&p.h, "</p>\n");
    }
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- somebody new --------------------------------------------------------------------------- */
static void show_new(struct request *r, const struct form_errors *e)
{
    struct desk_page p;
    desk_begin(&p, r, "Add somebody", "/desk/people", "People", e);
    desk_column_begin(&p.h);
    kit_title(&p.h, "Add somebody");
    html_raw(&p.h, "<p class=\"govuk-body\">Next you give them roles, and a link by which they "
                   "choose a password.</p>\n");
    form_begin(&p.h, "/desk/people/new");
    form_token(&p.h, r);
    form_input(&p.h, e,
               &(struct form_input){
                   .name = "name", .label = "Full name", .value = request_field(r, "name")});
    form_input(&p.h, e,
               &(struct form_input){.name = "email",
                                    .label = "Email address",
                                    .hint = "They sign in with it. Nothing is sent to it.",
                                    .type = "email",
                                    .value = request_field(r, "email")});
    form_button(&p.h, "Add");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_person_new(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    (void)db;
    show_new(r, &none);
    return HANDLED;
}

static const char bad_name[] = "Enter a name of at most 80 characters";
static const char bad_email[] = "Enter an email address, like name@example.org";

enum handled page_person_new_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *result;
    int32_t id;
    static const struct form_needed needed[] = {{"name", bad_name}, {"email", bad_email}};
    form_needs(&e, r, needed, 2);
    if (e.n > 0) {
        show_new(r, &e);
        return HANDLED;
    }
    enum db_outcome outcome =
        person_add(db, &r->arena, r->officer.officer, request_field(r, "name"),
                   request_field(r, "email"), &result, &id);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(result, "added") == 0) {
        response_redirect(r, "/desk/people/%d", id);
    } else if (strcmp(result, "role") == 0) {
        page_not_yours(r);
    } else {
        if (strcmp(result, "name") == 0)
            form_error(&e, "name", bad_name);
        else if (strcmp(result, "there") == 0)
            form_error(&e, "email", "Somebody with this address is there already");
        else
            form_error(&e, "email", bad_email);
        show_new(r, &e);
    }
    return HANDLED;
}
