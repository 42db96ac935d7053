/* page_registers.c: /desk/registers: who may vote, by area: lists of voters, their codes. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/import_file.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/register_view.h"
#include "server/response.h"
#include "server/typed.h"

/* --- the list ----------------------------------------------------------------------------- */
static void figures(struct html *h, const struct desk_register *g)
{
    html_raw(h, "<p>");
    html_text(h, g->area);
    html_raw(h, ". ");
    html_text(h, register_kind_words(g->kind));
    html_raw(h, ". ");
    kit_count(h, g->voters, "voter", "voters");
    if (g->addresses > 0) {
        html_raw(h, ", ");
        kit_count(h, g->addresses, "address", "addresses");
    }
    html_raw(h, ", ");
    kit_count(h, g->codes, "code that is good", "codes that are good");
    if (g->phones > 0) {
        html_raw(h, ", ");
        kit_count(h, g->phones, "mobile number", "mobile numbers");
    }
    html_raw(h, ".");
    if (g->due > 0) {
        html_raw(h, " ");
        kit_count(h, g->due, "voter never had a code.", "voters never had a code.");
    }
    html_raw(h, "</p>");
}

static void one(struct html *h, const struct desk_register *g)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/registers/%d", g->id);
    html_raw(h, ">");
    html_text(h, g->name);
    html_raw(h, "</a>");
    if (g->retired_at != DB_NO_TIME)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Retired</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">In use</strong>");
    figures(h, g);
    html_raw(h, "</li>\n");
}

enum handled page_registers(struct request *r, struct db *db)
{
    struct desk_registers all;
    struct desk_page p;
    int32_t wrong;
    enum db_outcome outcome = desk_registers(db, &r->arena, r->officer.officer, 0, &all);
    if (outcome == DB_OK)
        outcome = desk_alarm(db, &wrong);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "Who may vote", "/desk", "My rounds", NULL);
    register_alarm(&p.h, wrong);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Who may vote</h1>\n"
                   "<p class=\"govuk-body\">A register holds the voters of an area. Each has one "
                   "ballot in every round of their area, the city’s included.</p>\n");
    if (all.n > 0)
        html_raw(&p.h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all.n; i++)
        one(&p.h, &all.one[i]);
    if (all.n > 0)
        html_raw(&p.h, "</ul>\n");
    if (all.n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">There is no register in your areas yet.</p>\n");
    html_raw(&p.h,
             "<p class=\"govuk-body wm-after\"><a class=\"govuk-link\" "
             "href=\"/desk/registers/new\">Make a register</a></p>\n"
             "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/desk/codes/find\">Find a "
             "code by its letter or address</a></p>\n"
             "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/desk/postcodes\">Which "
             "neighbourhood a postcode lies in</a></p>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- a new one ---------------------------------------------------------------------------- */
enum { AREAS_MAX = 200 };

static void area_field(struct html *h, const struct form_errors *e, const struct desk_areas *areas,
                       const char *chosen)
{
    struct form_choice choices[AREAS_MAX];
    int n = areas->n < AREAS_MAX ? areas->n : AREAS_MAX;
    for (int i = 0; i < n; i++)
        choices[i] = (struct form_choice){.value = areas->area[i].slug,
                                          .label = areas->area[i].name,
                                          .chosen = strcmp(areas->area[i].slug, chosen) == 0};
    form_select(h, e, "area", "Area in which the people live", choices, n);
}

static void kind_field(struct html *h, const struct form_errors *e, const char *chosen)
{
    struct form_choice kinds[] = {
        {"codes", "Addresses or people that get voting codes from us",
         "For rounds in which one votes by code", strcmp(chosen, "imported") != 0},
        {"imported", "A list of the council’s own, with codes or mobile numbers",
         "For rounds in which only that list votes", strcmp(chosen, "imported") == 0},
    };
    form_radios(h, e, "kind", "What it holds", kinds, 2);
}

static void name_fields(struct html *h, const struct form_errors *e, const struct register_typed *t)
{
    form_input(h, e,
               &(struct form_input){.name = "name",
                                    .label = "Name",
                                    .hint = "For you and your colleagues. For example, Hull Road, "
                                            "addresses of October 2026",
                                    .value = t->name});
    form_input(h, e,
               &(struct form_input){.name = "codes_per_address",
                                    .label = "Codes for each address",
                                    .hint = "1 to 20. How many voters a row that is an address "
                                            "makes.",
                                    .value = t->codes,
                                    .inputmode = "numeric",
                                    .width = 3});
    form_input(h, e,
               &(struct form_input){.name = "extra_cap",
                                    .label = "Extra codes that a clerk may issue at an address",
                                    .hint = "0 to 20. For people who declare that they live there "
                                            "and got none.",
                                    .value = t->extra,
                                    .inputmode = "numeric",
                                    .width = 3});
}

static void show_new(struct request *r, struct db *db, const struct register_typed *t,
                     const struct form_errors *e)
{
    struct desk_areas areas;
    struct desk_page p;
    enum db_outcome outcome = desk_areas(db, &r->arena, r->officer.officer, &areas);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "New register", "/desk/registers", "Who may vote", e);
    desk_column_begin(&p.h);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">New register</h1>\n");
    form_begin(&p.h, "/desk/registers/new");
    form_token(&p.h, r);
    area_field(&p.h, e, &areas, t->area);
    kind_field(&p.h, e, t->kind);
    name_fields(&p.h, e, t);
    form_button(&p.h, "Make the register");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_register_new(struct request *r, struct db *db)
{
    struct register_typed blank = {"", "", "codes", "1", "2"};
    struct form_errors none = {.n = 0};
    show_new(r, db, &blank, &none);
    return HANDLED;
}

static struct register_typed read_typed(const struct request *r)
{
    return (struct register_typed){request_field(r, "name"), request_field(r, "area"),
                                   request_field(r, "kind"), request_field(r, "codes_per_address"),
                                   request_field(r, "extra_cap")};
}

static void read_number(const char *typed, uint64_t least, uint64_t most, const char *field,
                        const char *message, struct form_errors *e, int32_t *out)
{
    uint64_t n = 0;
    if (!parse_uint(typed, most, &n) || n < least)
        form_error(e, field, message);
    *out = (int32_t)n;
}

/* What the database says to it, as errors beside the fields. */
static void refused(const char *word, struct form_errors *e)
{
    if (strcmp(word, "taken") == 0)
        form_error(e, "name", "There is a register of that name. Choose another");
    else if (strcmp(word, "name") == 0)
        form_error(e, "name", "Enter a name of at most 120 characters");
    else if (strcmp(word, "numbers") == 0)
        form_error(e, "codes_per_address", "Enter numbers within their limits");
}

/* True: saved, and *id is set. False: *e says why, or it was answered (*e empty). */
static bool save(struct request *r, struct db *db, const struct register_typed *t, int32_t *id,
                 struct form_errors *e)
{
    struct desk_register g = {.id = *id, .name = t->name, .area_slug = t->area, .kind = t->kind};
    const char *word = "";
    if (*t->name == '\0')
        form_error(e, "name", "Enter a name");
    read_number(t->codes, 1, 20, "codes_per_address", "Enter how many codes, 1 to 20", e,
                &g.codes_per_address);
    read_number(t->extra, 0, 20, "extra_cap", "Enter how many extra codes, 0 to 20", e,
                &g.extra_cap);
    if (e->n > 0)
        return false;
    enum db_outcome outcome = desk_register_save(db, &r->arena, r->officer.officer, &g, &word, id);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return false;
    }
    if (strcmp(word, "not_found") == 0) {
        response_error(r, 404); /* the form offers their own areas alone */
        return false;
    }
    refused(word, e);
    return e->n == 0;
}

enum handled page_register_new_post(struct request *r, struct db *db)
{
    struct register_typed t = read_typed(r);
    struct form_errors e = {.n = 0};
    int32_t id = 0;
    if (save(r, db, &t, &id, &e))
        response_redirect(r, "/desk/registers/%d", id);
    else if (e.n > 0)
        show_new(r, db, &t, &e);
    return HANDLED;
}

/* --- one of them -------------------------------------------------------------------------- */
static void codes_form(struct html *h, struct request *r, const struct desk_register *g)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Voting codes</h2>\n");
    if (g->due == 0) {
        html_raw(h, "<p class=\"govuk-body\">Nobody on this register waits for a code.</p>\n");
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">");
    kit_count(h, g->due, "voter never had a code.", "voters never had a code.");
    html_raw(h, " The file for the mail house is made once, now: we keep no copy of a code that "
                "anybody could read. Save it before you close the page.</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/registers/%d/codes", g->id));
    form_token(h, r);
    form_button(h, "Make the codes");
    form_end(h);
}

static void import_form(struct html *h, struct request *r, const struct desk_register *g,
                        const struct form_errors *e)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Add from a file</h2>\n<p class=\"govuk-body\">A CSV "
                "file of addresses or people, as your address gazetteer or electoral software "
                "exports it: at most ");
    html_number(h, IMPORT_ROWS_MAX);
    html_raw(h, " rows and 32 MB. You see what it would add, and what is wrong with it, before "
                "anything is changed.</p>\n");
    form_begin_file(h, arena_fmt(&r->arena, "/desk/registers/%d/import", g->id));
    form_token(h, r);
    form_csv(h, e);
    form_button(h, "Look at the file");
    form_end(h);
}

static void retire_form(struct html *h, struct request *r, const struct desk_register *g)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Retire</h2>\n<p class=\"govuk-body\">No later vote "
                "uses a retired register, and none of its codes is good any more. It cannot be "
                "taken back.</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/registers/%d/retire", g->id));
    form_token(h, r);
    html_raw(h, "<button class=\"govuk-button govuk-button--warning\" type=\"submit\">Retire this "
                "register</button>\n");
    form_end(h);
}

static void change_form(struct html *h, struct request *r, const struct desk_register *g,
                        const struct register_typed *t, const struct form_errors *e)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Name and limits</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/registers/%d", g->id));
    form_token(h, r);
    name_fields(h, e, t);
    form_button_second(h, "Save");
    form_end(h);
}

static void files_added(struct html *h, const struct desk_register_files *files)
{
    static const char *const heads[] = {"Added", "By", "Voters", "Addresses"};
    struct desk_table table = {
        .h = h, .name = "Files that were added", .caption = true, .heads = heads, .n = 4};
    table.numeric = 1U << 2 | 1U << 3;
    if (files->n == 0)
        return;
    table_begin(&table);
    for (int i = 0; i < files->n; i++) {
        const struct desk_register_file *f = &files->one[i];
        table_row_begin(&table);
        table_cell_begin(&table);
        desk_when(h, when_minute(f->at));
        table_cell_end(&table);
        table_cell(&table, f->who);
        table_number(&table, f->voters);
        table_number(&table, f->addresses);
        table_row_end(&table);
    }
    table_end(&table);
}

void register_show(struct request *r, struct db *db, const struct desk_register *g,
                   const struct register_typed *typed, const struct form_errors *e, int status)
{
    struct desk_register_files files;
    struct desk_page p;
    if (page_failed(r, desk_register_files(db, &r->arena, r->officer.officer, g->id, &files)))
        return;
    struct register_typed kept = {g->name, "", "", arena_fmt(&r->arena, "%d", g->codes_per_address),
                                  arena_fmt(&r->arena, "%d", g->extra_cap)};
    desk_begin(&p, r, g->name, "/desk/registers", "Who may vote", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, g->name);
    html_raw(&p.h, "</h1>\n<div class=\"govuk-body\">");
    figures(&p.h, g);
    html_raw(&p.h, "</div>\n");
    if (g->retired_at != DB_NO_TIME) {
        html_raw(&p.h, "<p class=\"govuk-body\">Retired at ");
        desk_when(&p.h, g->retired_at);
        html_raw(&p.h, ".</p>\n");
    } else if (strcmp(g->kind, "phones") == 0) {
        html_raw(&p.h, "<p class=\"govuk-body\">People come onto this register by themselves, with "
                       "their mobile number.</p>\n");
    } else {
        codes_form(&p.h, r, g);
        import_form(&p.h, r, g, e);
        change_form(&p.h, r, g, typed != NULL ? typed : &kept, e);
        retire_form(&p.h, r, g);
    }
    files_added(&p.h, &files);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_register(struct request *r, struct db *db)
{
    struct desk_register *g = register_of(r, db);
    if (g != NULL)
        register_show(r, db, g, NULL, NULL, 200);
    return HANDLED;
}

enum handled page_register_post(struct request *r, struct db *db)
{
    struct register_typed t = read_typed(r);
    struct form_errors e = {.n = 0};
    struct desk_register *g = register_of(r, db);
    if (g == NULL)
        return HANDLED;
    int32_t id = g->id;
    if (save(r, db, &t, &id, &e))
        response_redirect(r, "/desk/registers/%d", g->id);
    else if (e.n > 0)
        register_show(r, db, g, &t, &e, 422);
    return HANDLED;
}

enum handled page_register_retire_post(struct request *r, struct db *db)
{
    const char *word = "";
    struct form_errors e = {.n = 0};
    struct desk_register *g = register_of(r, db);
    if (g == NULL)
        return HANDLED;
    enum db_outcome outcome = desk_register_retire(db, &r->arena, r->officer.officer, g->id, &word);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(word, "in_use") == 0) {
        form_error(
            &e, "name",
            "A vote that is scheduled or open counts on this register. Retire it afterwards");
        register_show(r, db, g, NULL, &e, 409);
    } else {
        response_redirect(r, "/desk/registers");
    }
    return HANDLED;
}
