/* page_import.c: a file of voters: what it would add, what is wrong with it, and then the yes. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/register_view.h"
#include "server/response.h"
#include "server/store_import.h"

static const struct {
    const char *value, *label;
} roles[IMPORT_ROLES] = {
    [IMPORT_IGNORED] = {"-", "Not needed"},
    [IMPORT_ADDRESS] = {"address", "Part of the address"},
    [IMPORT_POSTCODE] = {"postcode", "Postcode"},
    [IMPORT_UPRN] = {"uprn", "UPRN"},
    [IMPORT_AREA] = {"area", "Ward or neighbourhood"},
    [IMPORT_CODE] = {"code", "Voting code"},
    [IMPORT_PHONE] = {"phone", "Mobile number"},
    [IMPORT_PERSON] = {"person", "Something that each person has"},
};

/* --- the file ----------------------------------------------------------------------------- */
/* Columns that nobody knows by name: what are they for? The file is sent once more with it. */
static void ask_columns(struct request *r, const struct desk_register *g,
                        const struct import_columns *c)
{
    struct desk_page p;
    struct form_errors e = {.n = 0};
    form_error(&e, "c0", "Say which columns hold the address, a code or a number");
    desk_begin(&p, r, "What the columns are", arena_fmt(&r->arena, "/desk/registers/%d", g->id),
               g->name, &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">What are the columns of this file?</h1>\n<p "
                   "class=\"govuk-body\">Their names are not ones that we know. Choose for each, "
                   "and the file once more.</p>\n");
    form_begin_file(&p.h, arena_fmt(&r->arena, "/desk/registers/%d/import", g->id));
    form_token(&p.h, r);
    for (int i = 0; i < c->n && i < 60; i++) {
        struct form_choice choices[IMPORT_ROLES];
        for (int k = 0; k < IMPORT_ROLES; k++)
            choices[k] =
                (struct form_choice){roles[k].value, roles[k].label, NULL, (int)c->role[i] == k};
        const char *name = c->name[i];
        form_select(&p.h, &e, arena_fmt(&r->arena, "c%d", i),
                    *name != '\0' ? name : "A column without a name", choices, IMPORT_ROLES);
    }
    form_csv(&p.h, &e);
    form_button(&p.h, "Look at the file");
    form_end(&p.h);
    desk_end(&p, r, 422);
}

/* Roles that were chosen, 0 when none was. */
static int read_roles(struct request *r, enum import_role chosen[CSV_COLUMNS_MAX])
{
    int n = 0;
    for (int i = 0; i < 60; i++) {
        const char *value = request_field(r, arena_fmt(&r->arena, "c%d", i));
        chosen[i] = IMPORT_IGNORED;
        for (int k = 0; k < IMPORT_ROLES; k++) {
            if (strcmp(roles[k].value, value) == 0)
                chosen[i] = (enum import_role)k;
        }
        if (*value != '\0')
            n = i + 1;
    }
    return n;
}

static void say(struct request *r, struct db *db, const struct desk_register *g,
                const char *message)
{
    struct form_errors e = {.n = 0};
    form_error(&e, "file", message);
    register_show(r, db, g, NULL, &e, 422);
}

enum handled page_import_post(struct request *r, struct db *db)
{
    enum import_role chosen[CSV_COLUMNS_MAX];
    struct import_columns columns;
    enum import_outcome outcome;
    int32_t id;
    struct desk_register *g = register_of(r, db);
    if (g == NULL)
        return HANDLED;
    if (r->file == NULL || r->file_len == 0) {
        say(r, db, g, "Choose a file");
        return HANDLED;
    }
    int n = read_roles(r, chosen);
    enum db_outcome done =
        import_read(db, &r->arena, r->officer.officer, g->id, r->file, r->file_len,
                    n > 0 ? chosen : NULL, n, &columns, &outcome, &id);
    if (done != DB_OK) {
        response_db(r, done);
        return HANDLED;
    }
    switch (outcome) {
    case IMPORT_READ:
        response_redirect(r, "/desk/imports/%d", id);
        break;
    case IMPORT_NO_TEXT:
        say(r, db, g, "This is not a CSV file. In a spreadsheet, save it as “CSV UTF-8”");
        break;
    case IMPORT_NO_ROWS:
        say(r, db, g, "The file has no rows under its header");
        break;
    case IMPORT_TOO_MANY:
        say(r, db, g,
            arena_fmt(&r->arena, "The file has more than %s rows. Split it",
                      kit_thousands(&r->arena, IMPORT_ROWS_MAX)));
        break;
    case IMPORT_UNKNOWN:
        if (columns.n > 60)
            say(r, db, g,
                "None of its columns has a name that we know, and there are too many to ask");
        else
            ask_columns(r, g, &columns);
        break;
    case IMPORT_NO_REGISTER:
        response_error(r, 404);
        break;
    }
    return HANDLED;
}

/* --- the dry run -------------------------------------------------------------------------- */
static void sample(struct html *h, const struct import_row *rows, int n, bool bad)
{
    static const char *const heads[] = {"Row", "What is wrong", "Address", "Area", "UPRN"};
    static const char *const good[] = {"Row", "Address", "Area", "UPRN"};
    struct desk_table table = {
        .h = h, .name = "Rows of the file", .heads = bad ? heads : good, .n = bad ? 5 : 4};
    table_begin(&table);
    for (int i = 0; i < n; i++) {
        table_row_begin(&table);
        table_cell_begin(&table);
        html_textf(h, "%d", (int)rows[i].n);
        table_cell_end(&table);
        if (bad)
            table_cell(&table, rows[i].problem);
        table_cell_begin(&table);
        html_text(h, rows[i].address);
        if (*rows[i].postcode != '\0') {
            html_raw(h, " ");
            html_text(h, rows[i].postcode);
        }
        html_text(h, rows[i].code && rows[i].phone ? " (a code and a number)"
                     : rows[i].code                ? " (a code)"
                     : rows[i].phone               ? " (a number)"
                                                   : "");
        table_cell_end(&table);
        table_cell(&table, rows[i].area);
        table_cell(&table, rows[i].uprn);
        table_row_end(&table);
    }
    table_end(&table);
}

static void verdict(struct html *h, struct request *r, const struct import_seen *s)
{
    if (s->bad > 0) {
        html_raw(h, "<p class=\"govuk-body\">");
        html_number(h, s->bad);
        html_raw(h, " of ");
        kit_count(h, s->rows, "row", "rows");
        html_text(h, s->bad == 1 ? " has" : " have");
        html_raw(h, " something wrong. Nothing was added. Mend the file and choose it again: a "
                    "file is added whole "
                    "or not at all.</p>\n");
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">");
    kit_count(h, s->rows, "row", "rows");
    html_raw(h, ", nothing wrong. Adding ");
    html_text(h, s->rows == 1 ? "it makes " : "them makes ");
    kit_count(h, s->voters, "voter", "voters");
    html_text(h, s->persons ? ", one for each row."
                            : ", as many for each address as the register says.");
    html_raw(h, "</p>\n");
    form_begin(h, arena_fmt(&r->arena, "%s", r->path));
    form_token(h, r);
    form_button(h, s->rows == 1 ? "Add it to the register" : "Add them to the register");
    form_end(h);
    form_begin(h, arena_fmt(&r->arena, "%s/no", r->path));
    form_token(h, r);
    form_button_second(h, s->rows == 1 ? "Do not add it" : "Do not add them");
    form_end(h);
}

static void show(struct request *r, struct db *db, int32_t id, const struct import_seen *s,
                 const struct form_errors *e, int status)
{
    struct desk_page p;
    struct import_row *rows;
    int n;
    enum db_outcome outcome = import_sample(db, &r->arena, r->officer.officer, id, &rows, &n);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "What the file would add",
               arena_fmt(&r->arena, "/desk/registers/%d", s->register_id), s->name, e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, s->bad > 0 ? "Something is wrong with this file" : "What this file would add");
    html_raw(&p.h, "</h1>\n");
    verdict(&p.h, r, s);
    html_raw(&p.h, "<h2 class=\"govuk-heading-m\">");
    html_text(&p.h, s->bad > 0 ? "The first of them" : "The first rows");
    html_raw(&p.h, "</h2>\n");
    sample(&p.h, rows, n, s->bad > 0);
    html_raw(&p.h, "<p class=\"govuk-body-s\">SHA-256 of the file: <code class=\"wm-hash\">");
    html_text(&p.h, s->sha256);
    html_raw(&p.h, "</code></p>\n");
    desk_end(&p, r, status);
}

/* The import of the first segment; answers and returns false when there is none. */
static bool find(struct request *r, struct db *db, int32_t *id, struct import_seen *s)
{
    uint64_t n = 0;
    if (!parse_uint(r->segment[0], INT32_MAX, &n)) {
        response_error(r, 404);
        return false;
    }
    *id = (int32_t)n;
    enum db_outcome outcome = import_load(db, &r->arena, r->officer.officer, *id, s);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (!s->found || !s->whole)
        response_error(r, 404);
    return outcome == DB_OK && s->found && s->whole;
}

enum handled page_import(struct request *r, struct db *db)
{
    struct import_seen s;
    int32_t id;
    if (find(r, db, &id, &s))
        show(r, db, id, &s, NULL, 200);
    return HANDLED;
}

enum handled page_import_yes_post(struct request *r, struct db *db)
{
    struct import_seen s;
    struct form_errors e = {.n = 0};
    const char *word = "";
    int32_t id;
    if (!find(r, db, &id, &s))
        return HANDLED;
    enum db_outcome outcome = import_add(&r->arena, r->officer.officer, r->address, id, &word);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(word, "taken") == 0) {
        response_redirect(r, "/desk/registers/%d", s.register_id);
    } else if (strcmp(word, "gone") == 0) {
        response_error(r, 404);
    } else {
        form_error(&e, "file",
                   strcmp(word, "bad") == 0
                       ? "Rows of the file have something wrong: nothing was added"
                       : "Something else came onto a register since the file was looked at. "
                         "Nothing was added: choose the file again");
        show(r, db, id, &s, &e, 409);
    }
    return HANDLED;
}

enum handled page_import_no_post(struct request *r, struct db *db)
{
    uint64_t n = 0;
    int32_t register_id = 0;
    if (!parse_uint(r->segment[0], INT32_MAX, &n)) {
        response_error(r, 404);
        return HANDLED;
    }
    enum db_outcome outcome = import_give_up(db, r->officer.officer, (int32_t)n, &register_id);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (register_id == 0)
        response_error(r, 404);
    else
        response_redirect(r, "/desk/registers/%d", register_id);
    return HANDLED;
}
