/* api_places.c: /api/v1: what there is; neighbourhoods and the editions of their agreements. */
#include "server/api_kit.h"
#include "server/assets.h"
#include "server/edition_show.h"
#include "server/store_places.h"

#include "common/log.h"

enum handled api_index(struct request *r, struct db *db)
{
    (void)db;
    api_answer(r, json_pack("{s:o, s:o, s:o, s:o}", "description", api_url("/api/v1/openapi.json"),
                            "neighbourhoods", api_url("/api/v1/neighbourhoods"), "rounds",
                            api_url("/api/v1/rounds"), "about", api_url("/open-data")));
    return HANDLED;
}

enum handled api_description(struct request *r, struct db *db)
{
    (void)db;
    for (size_t i = 0; i < assets_count; i++) {
        if (strcmp(assets[i].path, "openapi.json") != 0)
            continue;
        struct buf body = buf_new(assets[i].len);
        buf_add(&body, assets[i].data, assets[i].len);
        response_file(r, "application/json", NULL, &body);
        return HANDLED;
    }
    log_bug("no description of the interface");
    return HANDLED;
}

/* --- neighbourhoods ----------------------------------------------------------------------- */

static json_t *agreement_json(const struct area *a)
{
    if (a->edition == 0)
        return json_null();
    return json_pack("{s:i, s:i, s:i, s:o, s:o, s:o}", "edition", (int)a->edition, "pledges",
                     (int)a->pledges, "providers", (int)a->providers, "adopted_on",
                     api_day(a->adopted_on), "review_on", api_day(a->review_on), "api_url",
                     api_url("/api/v1/neighbourhoods/%s/agreements/%d", a->slug, (int)a->edition));
}

static json_t *area_json(const struct area *a)
{
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "slug", a->slug, "name",
        a->name, "kind", a->kind, "about", api_text(a->about), "within", api_text(a->parent_name),
        "population", api_number_if(a->population > 0, a->population), "households",
        api_number_if(a->households > 0, a->households), "open_rounds", (int)a->open_rounds,
        "agreement", agreement_json(a), "proposed_edition",
        api_number_if(a->proposed > 0, a->proposed), "url", api_url("/neighbourhoods/%s", a->slug),
        "api_url", api_url("/api/v1/neighbourhoods/%s", a->slug));
}

enum handled api_neighbourhoods(struct request *r, struct db *db)
{
    struct areas areas;
    struct api_page p;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)) || !api_page_read(r, areas.n, &p))
        return HANDLED;
    json_t *items = json_array();
    for (int i = p.from; i < p.to; i++)
        json_array_append_new(items, area_json(&areas.area[i]));
    api_list(r, &p, areas.n, items);
    return HANDLED;
}

/* The area of the first segment; false when the request was answered. */
static bool load_area(struct request *r, struct db *db, struct area *out)
{
    struct areas areas;
    if (page_failed(r, areas_load(db, &r->arena, r->segment[0], &areas)))
        return false;
    if (areas.n == 0) {
        response_error(r, 404);
        return false;
    }
    *out = areas.area[0];
    return true;
}

enum handled api_neighbourhood(struct request *r, struct db *db)
{
    struct area area;
    if (load_area(r, db, &area))
        api_answer(r, area_json(&area));
    return HANDLED;
}

/* --- agreements --------------------------------------------------------------------------- */

static json_t *question_json(const struct edition *e)
{
    if (e->question_slug[0] == '\0')
        return json_null();
    return json_pack("{s:s, s:s, s:o, s:o}", "round", e->question_slug, "phase", e->question_phase,
                     "closes_at", api_time(e->question_closes), "api_url",
                     api_url("/api/v1/rounds/%s", e->question_slug));
}

static json_t *edition_json(const char *area, const struct edition *e)
{
    return json_pack("{s:s, s:i, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "neighbourhood", area, "edition", (int)e->edition, "title", e->title, "state",
                     e->state, "in_return", api_text(e->in_return), "adopted_on",
                     api_day(e->adopted_on), "review_on", api_day(e->review_on), "question",
                     question_json(e), "adopted_without_vote_because", api_text(e->adopt_reason),
                     "sha256", api_text(e->sha256), "url",
                     api_url("/neighbourhoods/%s/agreement/%d", area, (int)e->edition), "api_url",
                     api_url("/api/v1/neighbourhoods/%s/agreements/%d", area, (int)e->edition));
}

enum handled api_agreements(struct request *r, struct db *db)
{
    struct area area;
    struct editions all;
    struct api_page p;
    if (!load_area(r, db, &area) || page_failed(r, editions_load(db, &r->arena, area.slug, &all)) ||
        !api_page_read(r, all.n, &p))
        return HANDLED;
    json_t *items = json_array();
    for (int i = p.from; i < p.to; i++)
        json_array_append_new(items, edition_json(area.slug, &all.edition[i]));
    api_list(r, &p, all.n, items);
    return HANDLED;
}

/* What was found each time that a pledge was checked, the newest first. */
static json_t *checks_json(const struct pledge_pasts *all, int32_t pledge)
{
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        const struct pledge_past *c = &all->check[i];
        if (c->pledge == pledge)
            json_array_append_new(list,
                                  json_pack("{s:o, s:s, s:o, s:o}", "checked_on",
                                            api_day(c->checked_on), "result", c->result, "evidence",
                                            api_text(c->evidence), "link", api_text(c->link)));
    }
    return list;
}

static json_t *pledges_json(const struct edition_shown *shown)
{
    json_t *list = json_array();
    for (int i = 0; i < shown->pledges.n; i++) {
        const struct pledge *p = &shown->pledges.pledge[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:o}",
                                              "provider", p->provider, "promise", p->promise,
                                              "standard", api_text(p->standard), "measure",
                                              api_text(p->measure), "due", api_day(p->due), "state",
                                              p->state, "reason", api_text(p->reason), "checks",
                                              checks_json(&shown->checks, p->id)));
    }
    return list;
}

enum handled api_agreement(struct request *r, struct db *db)
{
    struct area area;
    struct editions all;
    struct edition_shown shown;
    if (!load_area(r, db, &area) || page_failed(r, editions_load(db, &r->arena, area.slug, &all)))
        return HANDLED;
    const struct edition *e = edition_numbered(&all, r->segment[1]);
    if (e == NULL) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, edition_shown_load(db, &r->arena, e->id, &shown)))
        return HANDLED;
    json_t *answer = edition_json(area.slug, e);
    json_object_set_new(answer, "pledges", pledges_json(&shown));
    api_answer(r, answer);
    return HANDLED;
}
