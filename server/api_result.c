/* api_result.c: /api/v1: a published result, with what its page shows and no more. */
#include "server/api_kit.h"
#include "server/delivery_show.h"
#include "server/result_show.h"

/* A count, or null where it could point at somebody. */
static json_t *count_up_to(int64_t n, int64_t limit)
{
    return n > 0 && n <= limit ? json_null() : json_integer(n);
}

static json_t *channels_json(const struct result_view *v)
{
    const int64_t counts[] = {v->web, v->texts, v->paper, v->assisted};
    if (v->ballots < RESULT_FEWEST)
        return json_null();
    int64_t limit = result_hide_up_to(counts, 4);
    return json_pack("{s:o, s:o, s:o, s:o}", "web", count_up_to(v->web, limit), "text",
                     count_up_to(v->texts, limit), "paper", count_up_to(v->paper, limit),
                     "assisted", count_up_to(v->assisted, limit));
}

static json_t *by_winners_json(const struct result_part *p)
{
    if (p->n_voters_by_winners == 0 || p->votes < RESULT_FEWEST)
        return json_null();
    json_t *list = json_array();
    int64_t limit = result_hide_up_to(p->voters_by_winners, p->n_voters_by_winners);
    for (int i = 0; i < p->n_voters_by_winners; i++)
        json_array_append_new(list, count_up_to(p->voters_by_winners[i], limit));
    return list;
}

static json_t *files_json(const char *slug, const struct result_part *p)
{
    int n = (int)p->ordinal;
    if (p->votes < RESULT_FEWEST)
        return json_null();
    return json_pack("{s:o, s:o, s:o}", "ballots_pb",
                     api_url("/rounds/%s/result/pot-%d.pb", slug, n), "count_json",
                     api_url("/rounds/%s/result/pot-%d.json", slug, n), "steps_text",
                     api_url("/rounds/%s/result/pot-%d.txt", slug, n));
}

static json_t *proposals_json(const struct result_part *p, const struct proposals *all)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_proposals; i++) {
        const struct result_proposal *q = &p->proposal[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:I, s:o, s:o, s:b, s:s}", "number",
                                        api_proposal_number(q->number), "title",
                                        result_title_of(all, q), "cost_pence", (json_int_t)q->cost,
                                        "votes", api_number_if(!q->points, q->votes), "points",
                                        api_number_if(q->points, q->votes), "funded", q->selected,
                                        "reason", q->reason_text));
    }
    return list;
}

static json_t *ties_json(const struct result_part *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_ties; i++)
        json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "proposals", p->tie[i].numbers,
                                              "votes_or_points", (json_int_t)p->tie[i].votes,
                                              "broken_by", p->tie[i].broken_by));
    return list;
}

static json_t *question_json(const struct result_part *p)
{
    return json_pack("{s:b, s:I, s:I, s:s}", "adopted", p->adopted, "yes", (json_int_t)p->yes, "no",
                     (json_int_t)p->no, "reason", p->reason_text);
}

static json_t *money_json(const struct result_part *p, const struct proposals *all)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "pot", p->pot_name, "budget_pence",
                     (json_int_t)p->budget, "spent_pence", (json_int_t)p->cost, "left_pence",
                     (json_int_t)p->left, "proposals", proposals_json(p, all), "ties", ties_json(p),
                     "voters_by_funded_choices", by_winners_json(p));
}

static json_t *part_json(const struct round_view *round, const struct result_part *p,
                         const struct proposals *all)
{
    bool question = round->kind == ROUND_YES_NO;
    return json_pack("{s:i, s:s, s:I, s:o, s:o, s:o, s:o}", "ordinal", (int)p->ordinal, "rule",
                     p->rule_text, "votes", (json_int_t)p->votes, "question",
                     question ? question_json(p) : json_null(), "money",
                     question ? json_null() : money_json(p, all), "ballots_sha256",
                     json_string(p->pb_sha256), "files", files_json(round->slug, p));
}

/* Beside the vote, never in it; also those that a later one replaced. */
static json_t *decisions_json(const struct decisions *all)
{
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        const struct decision *d = &all->decision[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:s, s:o, s:s, s:b}", "number",
                                        api_proposal_number(d->number), "decision", d->decision,
                                        "decided_by", d->body, "decided_on", api_day(d->decided_on),
                                        "reason", d->reason, "stands", d->stands));
    }
    return list;
}

/* A count that is told by itself, or null where the page says "fewer than 5". */
static json_t *count_unless_few(int64_t n)
{
    return api_number_if(!result_is_few(n), n);
}

static json_t *result_json(const struct round_view *round, const struct result_view *v,
                           const struct proposals *all, const struct decisions *decided,
                           const struct deliveries *delivery)
{
    json_t *parts = json_array();
    for (int i = 0; i < v->n_parts; i++)
        json_array_append_new(parts, part_json(round, &v->part[i], all));
    json_t *root =
        json_pack("{s:s, s:i, s:o, s:o, s:o, s:b, s:o, s:s, s:i, s:i, s:o, s:o, s:o, s:o, s:o, "
                  "s:o, s:o, s:o}",
                  "round", round->slug, "version", (int)v->version, "correction",
                  api_text(v->correction), "counted_at", api_time(v->counted_at), "published_at",
                  api_time(v->published_at), "provisional", v->provisional, "final_at",
                  api_time(v->final_at), "seed", v->seed, "eligible", (int)v->eligible, "ballots",
                  (int)v->ballots, "replaced", count_unless_few(v->replaced), "withdrawn",
                  count_unless_few(v->withdrawn), "voided", count_unless_few(v->voided),
                  "ballots_by_channel", channels_json(v), "parts", parts, "council_decisions",
                  decisions_json(decided), "url", api_url("/rounds/%s/result", round->slug),
                  "api_url", api_url("/api/v1/rounds/%s/result", round->slug));
    json_object_set_new(root, "delivery", deliveries_json(delivery));
    return root;
}

enum handled api_result(struct request *r, struct db *db)
{
    struct round_view round;
    struct result_view v;
    struct proposals all;
    struct decisions decided;
    struct deliveries delivery;
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &round, &found)))
        return HANDLED;
    if (found && page_failed(r, result_load(db, &r->arena, &round, 0, &v, &found)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    if (!page_failed(r, proposals_load(db, &r->arena, round.id, &all)) &&
        !page_failed(r, decisions_public(db, &r->arena, round.id, &decided)) &&
        !page_failed(r, deliveries_load(db, &r->arena, NULL, round.slug, LANGUAGE_EN, &delivery)))
        api_answer(r, result_json(&round, &v, &all, &decided, &delivery));
    return HANDLED;
}
