/* page_tables.c: projects and results as tables for spreadsheets: CSV and ODS. */
#include "server/ods.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/result_tables.h"
#include "server/settings.h"

enum { FILE_MAX = 16 << 20 };

/* Answers with `n` sheets as ODS, or with the first of them as CSV. */
static void answer(struct request *r, bool ods, const struct sheet *sheets, int n, const char *name)
{
    struct buf out = buf_new(FILE_MAX);
    if (!ods) {
        sheet_csv(&out, &sheets[0]);
    } else if (!ods_write(&out, sheets, n)) {
        buf_free(&out);
        response_error(r, 500);
        return;
    }
    response_file(r, ods ? ods_type : "text/csv; charset=utf-8",
                  arena_fmt(&r->arena, "%s.%s", name, ods ? "ods" : "csv"), &out);
}

/* The round of the first segment and its proposals; false when the request was answered. */
static bool load_round(struct request *r, struct db *db, struct round_view *v,
                       struct proposals *all)
{
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], v, &found)))
        return false;
    if (!found)
        response_error(r, 404);
    return found && !page_failed(r, proposals_load(db, &r->arena, v->id, all));
}

/* --- projects ----------------------------------------------------------------------------- */

static void put_degrees(struct sheet *s, struct geo_point at, int32_t value)
{
    sheet_put(s, geo_is_set(at) ? CELL_DEGREES : CELL_NONE, value);
}

static void project_row(struct sheet *s, struct arena *a, const struct round_view *v,
                        const struct pots *pots, const struct proposal *p)
{
    const struct pot *pot = pot_find(pots, p->pot);
    sheet_put(s, CELL_NUMBER, p->number);
    sheet_text(s, p->short_name);
    sheet_text(s, p->title);
    sheet_text(s, p->summary);
    sheet_text(s, p->place);
    sheet_text(s, p->proposer);
    sheet_text(s, pot != NULL ? pot->name : "");
    sheet_put(s, p->pot != 0 ? CELL_MONEY : CELL_NONE, p->cost);
    sheet_put(s, CELL_YES, p->withdrawn);
    sheet_text(s, p->withdrawn_reason);
    sheet_text(s, arena_fmt(a, "%s/rounds/%s/%04d", settings.public_url, v->slug, (int)p->number));
    sheet_text(s, p->theme);
    put_degrees(s, p->at, p->at.lat);
    put_degrees(s, p->at, p->at.lon);
}

static enum handled projects(struct request *r, struct db *db, bool ods)
{
    static const char *const heads[] = {"number",    "short_name",       "project", "summary",
                                        "place",     "proposer",         "pot",     "cost",
                                        "withdrawn", "withdrawn_reason", "address", "theme",
                                        "latitude",  "longitude",        NULL};
    struct round_view v;
    struct pots pots;
    struct proposals all;
    if (!load_round(r, db, &v, &all) || page_failed(r, pots_load(db, &r->arena, v.id, &pots)))
        return HANDLED;
    struct sheet s = sheet_new(&r->arena, "Projects", heads, all.n);
    for (int i = 0; i < all.n; i++)
        project_row(&s, &r->arena, &v, &pots, &all.proposal[i]);
    answer(r, ods, &s, 1, arena_fmt(&r->arena, "%s-projects", v.slug));
    return HANDLED;
}

enum handled projects_csv(struct request *r, struct db *db)
{
    return projects(r, db, false);
}

enum handled projects_ods(struct request *r, struct db *db)
{
    return projects(r, db, true);
}

/* --- results ------------------------------------------------------------------------------ */

enum handled page_result_table(struct request *r, struct db *db, int32_t version, bool ods)
{
    struct round_view round;
    struct result_view v;
    struct proposals all;
    struct decisions decisions;
    bool found;
    if (!load_round(r, db, &round, &all) ||
        page_failed(r, result_load(db, &r->arena, &round, version, &v, &found)) ||
        page_failed(r, decisions_public(db, &r->arena, round.id, &decisions)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    const struct sheet sheets[] = {
        result_table(&r->arena, &v, &all, v.replaced_at == DB_NO_TIME ? &decisions : NULL),
        result_figures(&r->arena, &round, &v)};
    const char *mark = version == 0 ? "" : arena_fmt(&r->arena, "-version-%d", (int)version);
    answer(r, ods, sheets, 2, arena_fmt(&r->arena, "%s%s-result", round.slug, mark));
    return HANDLED;
}
