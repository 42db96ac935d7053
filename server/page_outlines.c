/* page_outlines.c: /desk/outlines: the outlines of areas, from a file of GeoJSON that an
 * administrator loads; /desk/outlines/:id: what such a file would do, before it does. */
#include "common/digest.h"
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_outline.h"
#include "server/typed.h"

enum { CREDIT_CHARS_MAX = 200 };

/* --- what there is, and another file ------------------------------------------------------ */
static void areas_table(struct html *h, const struct outline_areas *all)
{
    static const char *const heads[] = {"Area", "ONS code", "Outline"};
    struct desk_table table = {.h = h, .name = "Areas and their outlines", .heads = heads, .n = 3};
    table_begin(&table);
    for (int i = 0; i < all->n; i++) {
        table_row_begin(&table);
        table_cell(&table, all->area[i].name);
        table_cell(&table, all->area[i].code);
        table_cell_begin(&table);
        if (all->area[i].changed_at == DB_NO_TIME) {
            html_raw(h, "None");
        } else {
            html_raw(h, "Since ");
            desk_when(h, when_minute(all->area[i].changed_at));
        }
        table_cell_end(&table);
        table_row_end(&table);
    }
    table_end(&table);
}

static void file_form(struct html *h, struct request *r, const struct form_errors *e,
                      const char *credit)
{
    html_raw(
        h, "<h2 class=\"govuk-heading-m\">Load a file</h2>\n<p class=\"govuk-body\">GeoJSON with a "
           "Polygon or MultiPolygon for each area, in longitude and latitude (WGS84). An area is "
           "known by its ONS code, or by its name, among the properties. The ONS’s generalised "
           "ward boundaries, cut to your council, are such a file: at most 4 MB and 200 areas. "
           "You see what it would do before anything changes.</p>\n");
    form_begin_file(h, "/desk/outlines");
    form_token(h, r);
    form_file(h, e, ".geojson,.json,application/geo+json");
    form_input(h, e,
               &(struct form_input){.name = "credit",
                                    .label = "Whose data it is",
                                    .hint = "Printed under each map. For the ONS’s: Source: Office "
                                            "for National Statistics licensed under the Open "
                                            "Government Licence v.3.0. Contains OS data © Crown "
                                            "copyright and database right, and the year.",
                                    .value = credit,
                                    .rows = 2});
    form_button(h, "Look at the file");
    form_end(h);
}

static void show(struct request *r, struct db *db, const struct form_errors *e, const char *credit)
{
    struct outline_areas all;
    struct desk_page p;
    if (page_failed(r, outline_areas_load(db, &r->arena, r->officer.officer, &all)))
        return;
    desk_begin(&p, r, "Outlines of areas", "/desk/site", "The site", e);
    desk_column_begin(&p.h);
    html_raw(&p.h,
             "<h1 class=\"govuk-heading-l\">Outlines of areas</h1>\n<p "
             "class=\"govuk-body\">Residents see the outline of their area with the numbers of "
             "projects that have a point on the map.</p>\n");
    file_form(&p.h, r, e, credit);
    desk_column_end(&p.h);
    areas_table(&p.h, &all);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_outlines(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    show(r, db, &none, "");
    return HANDLED;
}

enum handled page_outlines_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct geo_features features;
    uint8_t sha256[DIGEST_LEN];
    const char *credit = request_field(r, "credit");
    int32_t id = 0;
    const char *fault = r->file == NULL || r->file_len == 0
                            ? "Choose a file"
                            : geojson_read(&r->arena, r->file, r->file_len, &features);
    if (fault != NULL)
        form_error(&e, "file", fault);
    if (typed_length(credit) > CREDIT_CHARS_MAX)
        form_error(&e, "credit", "Use at most 200 characters");
    if (e.n > 0) {
        show(r, db, &e, credit);
        return HANDLED;
    }
    digest_sha256(r->file, r->file_len, sha256);
    if (page_failed(r, outline_begin(db, r->officer.officer, sha256, credit, &features, &id)))
        return HANDLED;
    if (id == 0)
        response_error(r, 404);
    else
        response_redirect(r, "/desk/outlines/%d", (int)id);
    return HANDLED;
}

/* --- one file ----------------------------------------------------------------------------- */
static const char *problem_words(const struct outline_row *row)
{
    if (strcmp(row->problem, "unknown") == 0)
        return "No area has this code or name: it is left out";
    if (strcmp(row->problem, "twice") == 0)
        return "Two outlines are of this area: both are left out";
    return row->problem;
}

static void file_row(struct desk_table *t, struct request *r, const struct outline_row *row)
{
    table_row_begin(t);
    table_cell(t, *row->name != '\0' ? row->name : "No name");
    table_cell(t, row->code);
    if (*row->problem != '\0')
        table_cell(t, problem_words(row));
    else
        table_cell(t, arena_fmt(&r->arena, "%s: %d of %d points%s", row->area, (int)row->kept,
                                (int)row->points,
                                row->replaces ? ", in the place of what it has" : ""));
    table_row_end(t);
}

static void show_file(struct request *r, const struct outline_rows *all, int32_t id)
{
    static const char *const heads[] = {"In the file", "Code", "What it would do"};
    struct desk_page p;
    struct desk_table table = {.h = &p.h, .name = "Outlines in the file", .heads = heads, .n = 3};
    int good = 0;
    for (int i = 0; i < all->n; i++)
        good += *all->row[i].problem == '\0';
    desk_begin(&p, r, "What this file would do", "/desk/outlines", "Outlines of areas", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">What this file would do</h1>\n<p "
                   "class=\"govuk-body\">");
    html_textf(&p.h, "%d of ", good);
    kit_count(&p.h, all->n, "outline", "outlines");
    html_text(&p.h, good == 1 ? " is of an area here" : " are of areas here");
    html_raw(&p.h, ", with nothing wrong. Nothing has changed yet.</p>\n");
    if (good > 0) {
        form_begin(&p.h, arena_fmt(&r->arena, "/desk/outlines/%d", (int)id));
        form_token(&p.h, r);
        form_button(&p.h, good == 1 ? "Use this outline" : "Use these outlines");
        form_end(&p.h);
    }
    table_begin(&table);
    for (int i = 0; i < all->n; i++)
        file_row(&table, r, &all->row[i]);
    table_end(&table);
    desk_end(&p, r, 200);
}

/* The file of the address; false: answered. */
static bool file_of(struct request *r, int32_t *id)
{
    int64_t n = 0;
    if (!parse_int(r->segment[0], 1, INT32_MAX, &n)) {
        response_error(r, 404);
        return false;
    }
    *id = (int32_t)n;
    return true;
}

enum handled page_outline_file(struct request *r, struct db *db)
{
    struct outline_rows all;
    int32_t id;
    if (!file_of(r, &id) ||
        page_failed(r, outline_import_load(db, &r->arena, r->officer.officer, id, &all)))
        return HANDLED;
    if (all.n == 0)
        response_error(r, 404);
    else
        show_file(r, &all, id);
    return HANDLED;
}

enum handled page_outline_file_post(struct request *r, struct db *db)
{
    const char *word = "";
    int32_t id;
    if (!file_of(r, &id) ||
        page_failed(r, outline_add(db, &r->arena, r->officer.officer, id, &word)))
        return HANDLED;
    if (strcmp(word, "added") == 0)
        response_redirect(r, "/desk/outlines");
    else if (strcmp(word, "nothing") == 0)
        response_redirect(r, "/desk/outlines/%d", (int)id);
    else
        response_error(r, 404);
    return HANDLED;
}
