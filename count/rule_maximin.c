/* rule_maximin.c: the maximin support rule, and its words. */
#include "count/local.h"
#include "count/maximin.h"
#include "count/steps.h"

#define LOG_MAX ((size_t)64 << 20)

static const struct param params[] = {LOCAL_PARAMS};

static void write_step(struct tally *t, struct buf *log, const struct profile *p,
                       const struct terms *terms, const struct maximin *r, size_t step)
{
    uint32_t project = r->projects[step];
    buf_fmt(log, "%zu. ", step + 1);
    steps_name(log, p->e, project);
    buf_fmt(log, ": %llu supporters, costs ", (unsigned long long)p->supporters[project]);
    steps_money(log, p->e, p->e->projects[project].cost, 2);
    buf_str_add(log, ". With it nobody need bear more than ");
    steps_money(log, p->e, r->loads[step], 6);
    buf_str_add(log, ".\n");
    if (r->tied[step] > 1)
        steps_tie(
            t, log, p, terms,
            (struct step_tie){
                .step = step + 1, .first = project, .next = r->rival[step], .tied = r->tied[step]});
}

static void write_log(struct tally *t, const struct profile *p, const struct terms *terms,
                      const struct maximin *r)
{
    struct buf log = buf_new(LOG_MAX);
    buf_str_add(
        &log,
        "The cost of what is funded is shared among its supporters, as evenly as can be. Next "
        "is always\nthe proposal that fits into what is left and with which the greatest "
        "burden of a voter is least.\nThat burden is the greatest cost of some of the "
        "proposals divided by the voters who support at\nleast one of them.\n\n");
    for (size_t i = 0; i < r->count; i++)
        write_step(t, &log, p, terms, r, i);
    buf_str_add(&log, "Nothing else that anybody supports fits.\n");
    t->log = buf_take(&log);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct profile p;
    struct maximin r;
    if (!profile_build(&p, e, terms, UTILITY_CARD, why)) {
        profile_free(&p);
        return false;
    }
    maximin_count(&p, terms->exact, &r);
    steps_tally_won(t, &p, terms, r.projects, r.count);
    write_log(t, &p, terms, &r);
    for (size_t i = 0; i < t->line_count; i++)
        steps_not_enough(&t->lines[i]);
    maximin_free(&r);
    profile_free(&p);
    return true;
}

const struct rule rule_maximin = {
    .name = "maximin",
    .kind = RULE_FUNDS,
    .summary = "Maximin support: proposals are added so that their cost, shared among their "
               "supporters as evenly as can be, burdens nobody more than must be.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
