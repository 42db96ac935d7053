/* page_agreement_files.c: an edition of an agreement as files that anybody may keep and check:
 * agreement.csv (a row a pledge), agreement.json (all of it, with every check) and agreement.txt
 * (its words as they were put forward, byte for byte what the published SHA-256 is of). Days are
 * YYYY-MM-DD. */
#include "server/api_kit.h"
#include "server/csv_write.h"
#include "server/edition_show.h"

enum { FILE_MAX = 4 << 20 };

/* --- CSV ---------------------------------------------------------------------------------- */
static void csv_pledge(struct buf *out, const struct pledge *p, int place)
{
    char due[40], checked[40];
    when_iso(p->due, due);
    when_iso(p->checked_on, checked);
    buf_fmt(out, "%d,", place);
    csv_next_cell(out, p->provider);
    csv_next_cell(out, p->promise);
    csv_next_cell(out, p->standard);
    csv_next_cell(out, p->measure);
    buf_fmt(out, "%s,%s,", due, p->state);
    csv_next_cell(out, p->reason);
    buf_fmt(out, "%s,%s,", p->check_result, checked);
    csv_next_cell(out, p->evidence);
    csv_last_cell(out, p->evidence_link);
}

static void write_csv(struct buf *out, const struct pledges *all)
{
    buf_str_add(out, "pledge,provider,promise,standard,measure,due,answer,reason,last_check,"
                     "checked_on,evidence,evidence_link\r\n");
    for (int i = 0; i < all->n; i++)
        csv_pledge(out, &all->pledge[i], i + 1);
}

/* --- JSON --------------------------------------------------------------------------------- */
static json_t *checks_of(const struct pledge_pasts *all, const struct pledge *p)
{
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        const struct pledge_past *c = &all->check[i];
        if (c->pledge == p->id)
            json_array_append_new(list, json_pack("{s:o, s:s, s:s, s:s}", "on",
                                                  api_day(c->checked_on), "result", c->result,
                                                  "evidence", c->evidence, "link", c->link));
    }
    return list;
}

static json_t *pledges_json(const struct edition_shown *shown)
{
    json_t *list = json_array();
    for (int i = 0; i < shown->pledges.n; i++) {
        const struct pledge *p = &shown->pledges.pledge[i];
        json_array_append_new(
            list, json_pack("{s:i, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s?, s:o, s:o}", "pledge",
                            i + 1, "provider", p->provider, "promise", p->promise, "standard",
                            p->standard, "measure", p->measure, "due", api_day(p->due), "answer",
                            p->state, "reason", p->reason, "last_check",
                            p->checked_on != DB_NO_TIME ? p->check_result : NULL, "checked_on",
                            api_day(p->checked_on), "checks", checks_of(&shown->checks, p)));
    }
    return list;
}

static void write_json(struct buf *out, const struct edition_place *place,
                       const struct edition_shown *shown, const char *frozen)
{
    const struct edition *e = place->edition;
    json_t *root = json_pack(
        "{s:s, s:s, s:i, s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:s?, s:s?}", "area", place->area->slug,
        "area_name", place->area->name, "edition", (int)e->edition, "title", e->title, "state",
        e->state, "adopted_on", api_day(e->adopted_on), "review_on", api_day(e->review_on),
        "adopted_without_a_vote_because", e->adopt_reason, "residents_do_in_return", e->in_return,
        "pledges", pledges_json(shown), "sha256", *e->sha256 != '\0' ? e->sha256 : NULL,
        "frozen_text", frozen);
    api_file(out, root);
}

/* --- the page ----------------------------------------------------------------------------- */
static const struct {
    const char *name, *type;
} FILES[] = {{"agreement.csv", "text/csv; charset=utf-8"},
             {"agreement.json", "application/json"},
             {"agreement.txt", "text/plain; charset=utf-8"}};
enum { FILE_CSV, FILE_JSON, FILE_TXT, FILES_N };

enum handled page_edition_file(struct request *r, struct db *db)
{
    struct edition_place place;
    struct edition_shown shown;
    const char *frozen = NULL;
    int which = 0;
    while (which < FILES_N && strcmp(FILES[which].name, r->segment[2]) != 0)
        which++;
    if (which == FILES_N) {
        response_error(r, 404);
        return HANDLED;
    }
    if (!edition_place_load(r, db, r->segment[1], &place) ||
        page_failed(r, edition_shown_load(db, &r->arena, place.edition->id, &shown)) ||
        page_failed(r, edition_frozen_load(db, &r->arena, place.edition->id, &frozen)))
        return HANDLED;
    if (which == FILE_TXT && frozen == NULL) {
        response_error(r, 404);
        return HANDLED;
    }
    struct buf out = buf_new(FILE_MAX);
    if (which == FILE_CSV)
        write_csv(&out, &shown.pledges);
    else if (which == FILE_JSON)
        write_json(&out, &place, &shown, frozen);
    else
        buf_str_add(&out, frozen);
    response_file(r, FILES[which].type,
                  arena_fmt(&r->arena, "%s-%d-%s", place.area->slug, place.edition->edition,
                            FILES[which].name),
                  &out);
    return HANDLED;
}
