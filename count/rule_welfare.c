/* rule_welfare.c: the set with the greatest welfare, and its words. */
#include "count/local.h"
#include "count/steps.h"
#include "count/welfare.h"

enum { SENTENCE_MAX = 4000 };
#define LOG_MAX ((size_t)64 << 20)

static const char *const utilities[] = {"cost", "card", "points", "borda", NULL};

static const struct param params[] = {
    LOCAL_PARAMS,
    {"utility", PARAM_CHOICE, UTILITY_CARD, "what a voter gains from a funded proposal", utilities},
};

static void write_gain(struct buf *out, const struct profile *p, uint32_t project)
{
    mpq_t gain;
    mpq_init(gain);
    welfare_of(p, project, gain);
    if (p->utility == UTILITY_COST) {
        buf_fmt(out, "%llu votes x ", (unsigned long long)p->weight[project]);
        steps_money(out, p->e, p->e->projects[project].cost, 2);
        buf_str_add(out, " = ");
        steps_number(out, gain, 2);
    } else {
        rule_parts_words(out, p->weight[project], profile_parts(p));
        buf_str_add(out, p->utility == UTILITY_CARD ? " votes" : " points");
    }
    mpq_clear(gain);
}

static void write_log(struct tally *t, const struct profile *p, const uint32_t *order,
                      const struct welfare *r)
{
    struct buf log = buf_new(LOG_MAX);
    buf_str_add(&log,
                "Of all sets of proposals that fit the budget, the one whose votes (times cost, "
                "or points) add up to\nmost is funded; of equal ones the cheapest.\n\n");
    for (size_t i = 0; i < r->count; i++) {
        buf_fmt(&log, "%zu. ", i + 1);
        steps_name(&log, p->e, order[i]);
        buf_str_add(&log, ": ");
        write_gain(&log, p, order[i]);
        buf_str_add(&log, ", costs ");
        steps_money(&log, p->e, p->e->projects[order[i]].cost, 2);
        buf_str_add(&log, "\n");
    }
    buf_str_add(&log, "Together ");
    steps_number(&log, r->welfare, 2);
    buf_str_add(&log, " for ");
    steps_money(&log, p->e, r->cost, 2);
    buf_str_add(&log, ". No set that fits has more, and none that has as much is cheaper.\n");
    t->log = buf_take(&log);
}

static void write_reason(struct tally_line *line, const struct profile *p)
{
    if (line->step == 0 && line->reason != REASON_ENDED)
        return;
    struct buf text = buf_new(SENTENCE_MAX);
    if (line->step > 0) {
        buf_str_add(&text, "Funded: it is in the best set, to which it adds ");
    } else {
        line->reason = REASON_OUTWEIGHED;
        buf_str_add(&text, "Not funded: the best set is without it; it would add ");
    }
    write_gain(&text, p, (uint32_t)line->project);
    buf_str_add(&text, " for ");
    steps_money(&text, p->e, p->e->projects[line->project].cost, 2);
    buf_char(&text, '.');
    line->text = buf_take(&text);
}

static void write_tally(struct tally *t, const struct profile *p, const struct terms *terms,
                        const struct welfare *r)
{
    uint32_t *order = wm_alloc((p->project_count + 1) * sizeof(*order));
    size_t winners = 0;
    for (size_t k = 0; k < p->project_count; k++) {
        if (r->won[p->by_rank[k]])
            order[winners++] = p->by_rank[k];
    }
    steps_append_rest(p, order, winners);
    steps_tally(t, p, terms, order, winners);
    write_log(t, p, order, r);
    for (size_t i = 0; i < t->line_count; i++)
        write_reason(&t->lines[i], p);
    steps_fact(t, "welfare", r->welfare);
    free(order);
}

/* From parts of a point to points. */
static void unscale(const struct profile *p, struct welfare *r)
{
    mpq_t parts;
    mpq_init(parts);
    mpq_set_ui(parts, profile_parts(p), 1);
    mpq_div(r->welfare, r->welfare, parts);
    mpq_clear(parts);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct profile p;
    struct welfare r = {.won = NULL};
    bool ok = false;
    if (terms->ties_error)
        return refuse(why, 0, "the rule welfare always settles ties between sets, it reports none");
    if (profile_build(&p, e, terms, (enum utility)terms_get(terms, "utility"), why)) {
        ok = welfare_count(&p, terms->exact, &r, why);
        if (ok) {
            unscale(&p, &r);
            write_tally(t, &p, terms, &r);
        }
        welfare_free(&r);
    }
    profile_free(&p);
    return ok;
}

const struct rule rule_welfare = {
    .name = "welfare",
    .kind = RULE_FUNDS,
    .summary = "Maximum welfare: of all sets of proposals that fit the budget, the one that voters "
               "gain most from.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
