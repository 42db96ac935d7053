/* page_postcodes.c: /desk/postcodes: which neighbourhood a postcode lies in, from a file that an
 * administrator loads, whole or not at all. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_postcode.h"

static void state(struct html *h, const struct postcode_table *t)
{
    html_raw(h, "<p class=\"govuk-body\">The table holds ");
    kit_count(h, t->postcodes, "postcode", "postcodes");
    html_raw(h, ", and ");
    kit_count(h, t->parts, "row", "rows");
    html_raw(h, " that say which neighbourhoods a first part like YO24 reaches.");
    if (t->loaded_at != DB_NO_TIME) {
        html_textf(h, " %s loaded it at ", t->loaded_by);
        desk_when(h, when_minute(t->loaded_at));
        html_raw(h, ", from the file with SHA-256 <code class=\"wm-hash\">");
        html_text(h, t->sha256);
        html_raw(h, "</code>.");
    }
    html_raw(h, "</p>\n<p class=\"govuk-body\">Residents find their neighbourhood with it. Whole "
                "postcodes also tell where somebody lives who declares it, votes by mobile number, "
                "or stands on a register. First parts only help finding.</p>\n");
}

static void problems(struct html *h, const struct postcode_load *l)
{
    static const char *const heads[] = {"Row", "Postcode", "What is wrong"};
    struct desk_table table = {.h = h,
                               .name = l->n == 1 ? "The row with something wrong"
                                                 : "The first rows with something wrong",
                               .caption = true,
                               .heads = heads,
                               .n = 3};
    if (l->n == 0)
        return;
    table_begin(&table);
    for (int i = 0; i < l->n; i++) {
        table_row_begin(&table);
        table_cell_begin(&table);
        html_number(h, l->problem[i].row);
        table_cell_end(&table);
        table_cell(&table, l->problem[i].postcode);
        table_cell(&table, l->problem[i].problem);
        table_row_end(&table);
    }
    table_end(&table);
}

static void file_form(struct html *h, struct request *r, const struct form_errors *e)
{
    html_raw(h,
             "<h2 class=\"govuk-heading-m\">Load a file</h2>\n<p class=\"govuk-body\">A CSV file "
             "with a column for the postcode (postcode, or pcds) and one for the area (area, "
             "ward, or a ward code like wd25cd): its name or its ONS code. The ONS Postcode "
             "Directory, cut to your council, is such a file. It takes the place of all that the "
             "table holds, whole or not at all; at most ");
    html_number(h, POSTCODE_ROWS_MAX);
    html_raw(h, " rows and 32 MB.</p>\n");
    form_begin_file(h, "/desk/postcodes");
    form_token(h, r);
    form_csv(h, e);
    form_button(h, "Load this file");
    form_end(h);
}

static void show(struct request *r, struct db *db, const struct postcode_load *l,
                 const struct form_errors *e, int status)
{
    struct postcode_table t;
    struct desk_page p;
    enum db_outcome outcome = postcode_table_load(db, &r->arena, r->officer.officer, &t);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "Postcodes", "/desk/registers", "Who may vote", e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Which neighbourhood a postcode lies in</h1>\n");
    problems(&p.h, l);
    state(&p.h, &t);
    if (t.may)
        file_form(&p.h, r, e);
    else
        html_raw(&p.h, "<p class=\"govuk-body\">Administrators can load another file.</p>\n");
    desk_end(&p, r, status);
}

enum handled page_postcodes(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    show(r, db, &(struct postcode_load){.n = 0}, &none, 200);
    return HANDLED;
}

static const char *file_words(struct request *r, const struct postcode_load *l)
{
    switch (l->outcome) {
    case POSTCODES_LOADED:
    case POSTCODES_ROLE:
        break;
    case POSTCODES_NO_TEXT:
        return "This is not a CSV file. In a spreadsheet, save it as “CSV UTF-8”";
    case POSTCODES_NO_ROWS:
        return "The file has no rows under its header";
    case POSTCODES_TOO_MANY:
        return arena_fmt(&r->arena, "The file has more than %s rows. Cut it to your council’s",
                         kit_thousands(&r->arena, POSTCODE_ROWS_MAX));
    case POSTCODES_COLUMNS:
        return "The file needs a header with a column named postcode and one named area";
    case POSTCODES_BAD:
        return l->bad == 1
                   ? "One row has something wrong. Nothing was changed"
                   : arena_fmt(&r->arena, "%lld rows have something wrong. Nothing was changed",
                               (long long)l->bad);
    }
    return "";
}

enum handled page_postcodes_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct postcode_load l = {.n = 0};
    if (r->file == NULL || r->file_len == 0) {
        form_error(&e, "file", "Choose a file");
        show(r, db, &l, &e, 422);
        return HANDLED;
    }
    enum db_outcome outcome =
        postcode_file_load(db, &r->arena, r->officer.officer, r->file, r->file_len, &l);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (l.outcome == POSTCODES_LOADED) {
        response_redirect(r, "/desk/postcodes");
    } else if (l.outcome == POSTCODES_ROLE) {
        response_error(r, 403);
    } else {
        form_error(&e, "file", file_words(r, &l));
        show(r, db, &l, &e, 422);
    }
    return HANDLED;
}
