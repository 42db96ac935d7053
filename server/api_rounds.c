/* api_rounds.c: /api/v1: rounds and their proposals. */
#include "server/api_kit.h"
#include "server/store_amendments.h"

/* --- a list of rounds --------------------------------------------------------------------- */

static json_t *area_json(const char *slug, const char *name)
{
    return json_pack("{s:s, s:s}", "slug", slug, "name", name);
}

static json_t *outcome_json(const struct round_line *l)
{
    bool question = l->kind == ROUND_YES_NO;
    if (l->phase != PHASE_PUBLISHED)
        return json_null();
    return json_pack(
        "{s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "published_at", api_time(l->published_at),
        "ballots", (int)l->ballots, "funded", api_number_if(!question, l->funded), "spent_pence",
        api_number_if(!question, l->spent), "adopted",
        question ? json_boolean(l->adopted) : json_null(), "yes", api_number_if(question, l->yes),
        "no", api_number_if(question, l->no), "url", api_url("/rounds/%s/result", l->slug),
        "api_url", api_url("/api/v1/rounds/%s/result", l->slug));
}

static json_t *line_json(const struct round_line *l)
{
    return json_pack(
        "{s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:I, s:i, s:o, s:o, s:o}", "slug", l->slug, "title",
        l->title, "neighbourhood", area_json(l->area_slug, l->area_name), "kind",
        round_kind_word(l->kind), "phase", round_phase_word(l->phase), "opens_at",
        api_time(l->opens_at), "closes_at", api_time(l->closes_at), "money_pence",
        (json_int_t)l->money, "proposals", (int)l->proposals, "result", outcome_json(l), "url",
        api_url("/rounds/%s", l->slug), "api_url", api_url("/api/v1/rounds/%s", l->slug));
}

/* The latest first: an order that does not change while somebody reads page after page. */
static int by_opening(const void *a, const void *b)
{
    const struct round_line *x = a, *y = b;
    if (x->opens_at != y->opens_at)
        return x->opens_at < y->opens_at ? 1 : -1;
    return strcmp(x->slug, y->slug);
}

/* Keeps rounds in one phase ("": all). False: no such phase. */
static bool keep_phase(struct round_lines *all, const char *phase)
{
    int kept = 0;
    bool known = phase[0] == '\0';
    for (int i = 0; i <= PHASE_PUBLISHED; i++)
        known = known || strcmp(phase, round_phase_word((enum round_phase)i)) == 0;
    for (int i = 0; i < all->n && phase[0] != '\0'; i++) {
        if (strcmp(phase, round_phase_word(all->line[i].phase)) == 0)
            all->line[kept++] = all->line[i];
    }
    if (phase[0] != '\0')
        all->n = kept;
    return known;
}

/* What stands in the list's links unescaped. */
static bool is_slug(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

enum handled api_rounds(struct request *r, struct db *db)
{
    struct round_lines all;
    struct api_page p;
    const char *area = request_field(r, "neighbourhood");
    if (!is_slug(area)) {
        response_error(r, 400);
        return HANDLED;
    }
    if (page_failed(r, rounds_load(db, &r->arena, area[0] != '\0' ? area : NULL, &all)))
        return HANDLED;
    if (!keep_phase(&all, request_field(r, "phase"))) {
        response_error(r, 400);
        return HANDLED;
    }
    if (!api_page_read(r, all.n, &p))
        return HANDLED;
    if (all.n > 1)
        qsort(all.line, (size_t)all.n, sizeof *all.line, by_opening);
    json_t *items = json_array();
    for (int i = p.from; i < p.to; i++)
        json_array_append_new(items, line_json(&all.line[i]));
    api_list(r, &p, all.n, items);
    return HANDLED;
}

/* --- one round ---------------------------------------------------------------------------- */

/* The round of the first segment; false when the request was answered. */
static bool load_round(struct request *r, struct db *db, struct round_view *v)
{
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], v, &found)))
        return false;
    if (!found)
        response_error(r, 404);
    return found;
}

static json_t *pots_json(const struct pots *pots)
{
    json_t *list = json_array();
    for (int i = 0; i < pots->n; i++) {
        const struct pot *t = &pots->pot[i];
        json_array_append_new(
            list,
            json_pack("{s:i, s:s, s:o, s:I, s:o, s:o}", "ordinal", (int)t->ordinal, "name", t->name,
                      "source", api_text(t->source), "amount_pence", (json_int_t)t->amount,
                      "min_picks", api_number_if(t->min_picks > 0, t->min_picks), "max_picks",
                      api_number_if(t->max_picks > 0, t->max_picks)));
    }
    return list;
}

/* Groups of proposals of which one at most can win: a list of lists of numbers. */
static json_t *exclusions_json(const struct exclusions *all)
{
    json_t *groups = json_array(), *group = NULL;
    for (int i = 0; i < all->n; i++) {
        if (i == 0 || all->member[i].group != all->member[i - 1].group) {
            group = json_array();
            json_array_append_new(groups, group);
        }
        json_array_append_new(group, api_proposal_number(all->member[i].number));
    }
    return groups;
}

static json_t *changes_json(const struct changes *all)
{
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        const struct change *c = &all->change[i];
        bool later = c->kind == CHANGE_EXTENSION, gone = c->kind == CHANGE_WITHDRAWAL;
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "kind", change_kind_word(c->kind),
                            "reason", c->reason, "decided_at", api_time(c->decided_at), "closes_at",
                            later ? api_time(c->closes_at) : json_null(), "closed_at",
                            later ? api_time(c->closed_at) : json_null(), "proposal",
                            gone ? api_proposal_number(c->number) : json_null()));
    }
    return list;
}

static json_t *ballot_json(const struct round_view *v)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:b}", "min_picks", api_number_if(v->min_picks > 0, v->min_picks),
        "max_picks", api_number_if(v->max_picks > 0, v->max_picks), "points_sum",
        api_number_if(v->points_sum > 0, v->points_sum), "points_max",
        api_number_if(v->points_max > 0, v->points_max), "blank_allowed", v->blank_allowed);
}

static json_t *voters_json(const struct round_view *v)
{
    return json_pack("{s:s, s:o, s:s}", "by", round_voters_word(v->voters), "minimum_age",
                     api_number_if(v->minimum_age > 0, v->minimum_age), "residence",
                     round_residence_word(v->residence));
}

static json_t *edition_json(const struct round_view *v)
{
    if (v->edition == 0)
        return json_null();
    return json_pack(
        "{s:s, s:i, s:o}", "neighbourhood", v->edition_area, "edition", (int)v->edition, "api_url",
        api_url("/api/v1/neighbourhoods/%s/agreements/%d", v->edition_area, (int)v->edition));
}

static json_t *round_json(const struct round_view *v)
{
    json_t *round = json_pack(
        "{s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:i, s:I, s:i, s:s, s:s, s:o}", "slug",
        v->slug, "title", v->title, "about", api_text(v->about), "neighbourhood",
        area_json(v->area_slug, v->area_name), "kind", round_kind_word(v->kind), "phase",
        round_phase_word(v->phase), "scheduled_at", api_time(v->scheduled_at), "opens_at",
        api_time(v->opens_at), "closes_at", api_time(v->closes_at), "first_closes_at",
        api_time(v->first_closes_at), "grace_minutes", (int)v->grace_minutes, "money_pence",
        (json_int_t)v->money, "minimum_votes", (int)v->minimum_votes, "rules", v->rules_text,
        "rules_sha256", v->rules_sha256, "result_at", api_time(v->result_at));
    json_object_set_new(round, "ballot", ballot_json(v));
    json_object_set_new(round, "voters", voters_json(v));
    json_object_set_new(round, "agreement", edition_json(v));
    json_object_set_new(round, "url", api_url("/rounds/%s", v->slug));
    json_object_set_new(round, "api_url", api_url("/api/v1/rounds/%s", v->slug));
    json_object_set_new(round, "proposals_api_url",
                        api_url("/api/v1/rounds/%s/proposals", v->slug));
    json_object_set_new(round, "result_api_url",
                        v->phase == PHASE_PUBLISHED ? api_url("/api/v1/rounds/%s/result", v->slug)
                                                    : json_null());
    return round;
}

enum handled api_round(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct exclusions groups;
    struct changes changes;
    if (!load_round(r, db, &v) || page_failed(r, pots_load(db, &r->arena, v.id, &pots)) ||
        page_failed(r, exclusions_load(db, &r->arena, v.id, &groups)) ||
        page_failed(r, changes_public(db, &r->arena, v.id, &changes)))
        return HANDLED;
    json_t *round = round_json(&v);
    json_object_set_new(round, "pots", pots_json(&pots));
    json_object_set_new(round, "exclusions", exclusions_json(&groups));
    json_object_set_new(round, "changes", changes_json(&changes));
    api_answer(r, round);
    return HANDLED;
}

/* --- proposals ---------------------------------------------------------------------------- */

static json_t *degrees(struct geo_point at, int32_t value)
{
    return geo_is_set(at) ? json_real((double)value / GEO_DEGREE) : json_null();
}

static json_t *proposal_json(const char *slug, const struct proposal *p)
{
    int number = (int)p->number;
    return json_pack(
        "{s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o}", "round",
        slug, "number", api_proposal_number(p->number), "short_name", p->short_name, "title",
        p->title, "summary", api_text(p->summary), "place", api_text(p->place), "proposer",
        api_text(p->proposer), "theme", api_text(p->theme), "latitude", degrees(p->at, p->at.lat),
        "longitude", degrees(p->at, p->at.lon), "pot", api_number_if(p->pot > 0, p->pot),
        "cost_pence", api_number_if(p->pot > 0, p->cost), "withdrawn", p->withdrawn,
        "withdrawn_reason", api_text(p->withdrawn_reason), "url",
        api_url("/rounds/%s/%04d", slug, number), "api_url",
        api_url("/api/v1/rounds/%s/proposals/%04d", slug, number));
}

enum handled api_proposals(struct request *r, struct db *db)
{
    struct round_view v;
    struct proposals all;
    struct api_page p;
    if (!load_round(r, db, &v) || page_failed(r, proposals_load(db, &r->arena, v.id, &all)) ||
        !api_page_read(r, all.n, &p))
        return HANDLED;
    json_t *items = json_array();
    for (int i = p.from; i < p.to; i++)
        json_array_append_new(items, proposal_json(v.slug, &all.proposal[i]));
    api_list(r, &p, all.n, items);
    return HANDLED;
}

enum handled api_proposal(struct request *r, struct db *db)
{
    struct round_view v;
    struct proposals all;
    uint64_t number;
    const char *body;
    if (!load_round(r, db, &v) || page_failed(r, proposals_load(db, &r->arena, v.id, &all)))
        return HANDLED;
    bool is_number = strlen(r->segment[1]) == 4 && parse_uint(r->segment[1], 9999, &number);
    const struct proposal *p = is_number ? proposal_find(&all, (int32_t)number) : NULL;
    if (p == NULL) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, proposal_body_load(db, &r->arena, v.id, p, &body)))
        return HANDLED;
    json_t *answer = proposal_json(v.slug, p);
    json_object_set_new(answer, "text_markdown", api_text(body));
    api_answer(r, answer);
    return HANDLED;
}
