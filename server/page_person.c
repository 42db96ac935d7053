/* page_person.c: /desk/people/:id: one person: their roles, their link, in or out. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/person_view.h"
#include "server/response.h"
#include "server/roles.h"
#include "server/settings.h"

enum { AREAS_MAX = 200 };

/* The officer of this request's path; NULL: answered (404, or the database's failure). */
static const struct person *person_of(struct request *r, struct db *db)
{
    struct people *found = arena_alloc(&r->arena, sizeof *found);
    int64_t id;
    enum db_outcome outcome = DB_OK;
    found->n = 0;
    if (parse_int(r->segment[0], 1, INT32_MAX, &id))
        outcome = people_find(db, &r->arena, r->officer.officer, (int32_t)id, found);
    if (outcome == DB_OK && found->n == 1)
        return &found->one[0];
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        response_error(r, 404);
    return NULL;
}

/* --- the page ------------------------------------------------------------------------------- */
static void facts(struct html *h, const struct person *o)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">");
    desk_row_begin(h, "Email address");
    html_text(h, o->email);
    desk_row_end(h);
    desk_row_begin(h, "State");
    person_tag(h, o->state);
    desk_row_end(h);
    desk_row_begin(h, "Signed in last");
    if (o->signed_in_at == DB_NO_TIME)
        html_raw(h, "Never");
    else
        desk_when(h, when_minute(o->signed_in_at));
    desk_row_end(h);
    if (o->link_until != DB_NO_TIME) {
        desk_row_begin(h, "Set-up link");
        html_raw(h, "Good until ");
        desk_when(h, when_minute(o->link_until));
        desk_row_end(h);
    }
    html_raw(h, "</dl>\n");
}

static void give_form(struct html *h, struct request *r, const struct person *o,
                      const struct desk_areas *areas, const struct form_errors *e)
{
    struct form_choice roles[ROLES_N], choices[AREAS_MAX];
    int n = areas->n < AREAS_MAX ? areas->n : AREAS_MAX;
    for (int i = 0; i < ROLES_N; i++)
        roles[i] =
            (struct form_choice){.value = roles_all[i].key,
                                 .label = roles_all[i].name,
                                 .hint = roles_all[i].does,
                                 .chosen = strcmp(roles_all[i].key, request_field(r, "role")) == 0};
    for (int i = 0; i < n; i++)
        choices[i] = (struct form_choice){
            .value = areas->area[i].slug,
            .label = areas->area[i].name,
            .chosen = strcmp(areas->area[i].slug, request_field(r, "area")) == 0};
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Give a role</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/people/%d/roles", o->id));
    form_token(h, r);
    form_hidden(h, "give", "yes");
    form_radios(h, e, "role", "Role", roles, ROLES_N);
    form_select(h, e, "area", "Area, for ward officers, approvers and clerks", choices, n);
    form_button(h, "Give this role");
    form_end(h);
}

static void access(struct html *h, struct request *r, const struct person *o)
{
    bool out = strcmp(o->state, "inactive") == 0;
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Access</h2>\n");
    if (!out) {
        html_raw(h, "<p class=\"govuk-body\">By a set-up link they choose a password and add an "
                    "authenticator app: the first time, or when one was lost. It is good once, "
                    "for 3 days.</p>\n");
        desk_button(h, r, arena_fmt(&r->arena, "/desk/people/%d/link", o->id),
                    "Make a set-up link");
    }
    html_raw(h, "<p class=\"govuk-body\">");
    html_text(h, out ? "They come back with the roles they had."
                     : "Whoever is deactivated is signed out at once. What they did stays in the "
                       "record.");
    html_raw(h, "</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/people/%d/active", o->id));
    form_token(h, r);
    form_hidden(h, "active", out ? "yes" : "no");
    if (out)
        form_button(h, "Let them in again");
    else
        html_raw(h, "<button class=\"govuk-button govuk-button--warning\" type=\"submit\">"
                    "Deactivate</button>");
    form_end(h);
}

static void show(struct request *r, struct db *db, const struct person *o,
                 const struct form_errors *e)
{
    struct person_roles roles;
    struct desk_areas areas = {.n = 0};
    struct desk_page p;
    bool changes = !o->mine && (r->officer.roles & ROLE_ADMINISTRATOR) != 0;
    enum db_outcome outcome = person_roles(db, &r->arena, r->officer.officer, o->id, &roles);
    if (outcome == DB_OK && changes)
        outcome = person_areas(db, &r->arena, r->officer.officer, &areas);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, o->name, "/desk/people", "People", e);
    kit_title(&p.h, o->name);
    facts(&p.h, o);
    html_raw(&p.h, "<h2 class=\"govuk-heading-m\">Roles</h2>\n");
    person_roles_show(&p.h, r, &roles, changes ? o->id : 0);
    if (changes) {
        give_form(&p.h, r, o, &areas, e);
        access(&p.h, r, o);
    } else if (o->mine) {
        html_raw(&p.h, "<p class=\"govuk-body\">This is you: another administrator gives you "
                       "roles or takes them away.</p>\n");
    }
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_person(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    const struct person *o = person_of(r, db);
    if (o != NULL)
        show(r, db, o, &none);
    return HANDLED;
}

/* --- what is done ----------------------------------------------------------------------------- */
/* Answers an act: back to the person, or the page with what is wrong beside the roles. */
static void answer(struct request *r, struct db *db, const struct person *o,
                   enum db_outcome outcome, const char *result)
{
    struct form_errors e = {.n = 0};
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(result, "saved") == 0) {
        response_redirect(r, "/desk/people/%d", o->id);
    } else if (strcmp(result, "role") == 0) {
        page_not_yours(r);
    } else if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else if (strcmp(result, "own") == 0) {
        kit_message_page(r, 422, "Another administrator does that",
                         "Nobody changes their own roles or access.", "/desk/people", "People");
    } else {
        form_error(&e, "role",
                   strcmp(result, "last") == 0 ? "The last two administrators stay: make somebody "
                                                 "else an administrator first"
                   : strcmp(result, "inactive") == 0 ? "Let them in again first"
                                                     : "Choose a role and an area");
        show(r, db, o, &e);
    }
}

enum handled page_person_role_post(struct request *r, struct db *db)
{
    const struct person *o = person_of(r, db);
    const struct role *role = role_of(request_field(r, "role"));
    const char *result = "what";
    enum db_outcome outcome = DB_OK;
    if (o == NULL)
        return HANDLED;
    if (role != NULL)
        outcome = person_role(db, &r->arena, r->officer.officer, o->id, role->key,
                              role->of_area ? request_field(r, "area") : "",
                              strcmp(request_field(r, "give"), "yes") == 0, &result);
    answer(r, db, o, outcome, result);
    return HANDLED;
}

enum handled page_person_active_post(struct request *r, struct db *db)
{
    const struct person *o = person_of(r, db);
    const char *result;
    if (o == NULL)
        return HANDLED;
    enum db_outcome outcome =
        person_active(db, &r->arena, r->officer.officer, o->id,
                      strcmp(request_field(r, "active"), "yes") == 0, &result);
    answer(r, db, o, outcome, result);
    return HANDLED;
}

static void show_link(struct request *r, const struct person *o, const char *key)
{
    struct desk_page p;
    desk_begin(&p, r, "A set-up link", arena_fmt(&r->arena, "/desk/people/%d", o->id), o->name,
               NULL);
    kit_title_caption(&p.h, o->name, "A set-up link");
    html_raw(&p.h, "<p class=\"govuk-body\">Give it to them, and to nobody else: whoever opens it "
                   "first chooses the password. It is shown once, good once, and for 3 days; a "
                   "new one makes it void.</p>\n<p class=\"govuk-body wm-address\">");
    html_textf(&p.h, "%s/desk/set-up/%s", settings.public_url, key);
    html_raw(&p.h, "</p>\n");
    desk_end(&p, r, 200);
}

enum handled page_person_link_post(struct request *r, struct db *db)
{
    char key[SET_UP_KEY_LEN + 1];
    const struct person *o = person_of(r, db);
    const char *result;
    if (o == NULL)
        return HANDLED;
    enum db_outcome outcome = person_link(db, &r->arena, r->officer.officer, o->id, key, &result);
    if (outcome == DB_OK && strcmp(result, "made") == 0)
        show_link(r, o, key);
    else
        answer(r, db, o, outcome, result);
    return HANDLED;
}
