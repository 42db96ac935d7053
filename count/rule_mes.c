/* rule_mes.c: the Method of Equal Shares with its parameters by name. */
#include "count/local.h"
#include "count/mes_words.h"
#include "count/shares_words.h"

static const char *const utilities[] = {"cost", "card", "points", "borda", NULL};
static const char *const completions[] = {"none", "util", "add1", "add1u", NULL};
static const char *const starts[] = {"integral", "exact", NULL};
static const char *const stops[] = {"overspend", "exhaustive", NULL};
static const char *const comparisons[] = {"none", "greedy", NULL};

static const struct param params[] = {
    LOCAL_PARAMS,
    {"utility", PARAM_CHOICE, UTILITY_COST, "what a voter gains from a funded proposal", utilities},
    {"completion", PARAM_CHOICE, COMPLETION_ADD1U,
     "what is done with money that is left: add1 gives each voter more as long as the outcome "
     "fits, util takes proposals by votes, add1u does both",
     completions},
    {"start", PARAM_CHOICE, START_EXACT,
     "add1 begins with the exact share of the budget, or in whole units of the currency", starts},
    {"stop", PARAM_CHOICE, STOP_EXHAUSTIVE,
     "add1 ends before the first outcome that costs too much, or also when nothing more fits",
     stops},
    {"increment", PARAM_COUNT, 1, "add1 gives each voter so many units more each time", NULL},
    {"comparison", PARAM_CHOICE, COMPARISON_NONE,
     "greedy: proposals are funded by votes alone if more voters get more of theirs", comparisons},
    {"fund-unsupported", PARAM_YES_NO, 1,
     "by votes, also fund a proposal that nobody voted for, if it fits", NULL},
};

static struct shares_terms shares_terms_of(const struct terms *terms)
{
    return (struct shares_terms){
        .start = (enum shares_start)terms_get(terms, "start"),
        .stop = (enum shares_stop)terms_get(terms, "stop"),
        .completion = (enum completion)terms_get(terms, "completion"),
        .comparison = (enum comparison)terms_get(terms, "comparison"),
        .increment = terms_get(terms, "increment"),
        .fund_unsupported = terms_get(terms, "fund-unsupported") != 0,
        .plain = terms->exact,
    };
}

/* Winners in order, then the others, those nearest to winning first. */
static size_t put_in_order(const struct profile *p, const struct equal_shares *r,
                           const struct shares_why *why, uint32_t *order)
{
    size_t count = shares_order(p, r, order);
    for (size_t i = count; i < p->project_count; i++) {
        uint32_t project = order[i];
        size_t at = i;
        for (; at > count && why[order[at - 1]].support < why[project].support; at--)
            order[at] = order[at - 1];
        order[at] = project;
    }
    return count;
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct shares_terms shares_terms = shares_terms_of(terms);
    struct profile p;
    struct equal_shares r;
    bool ok = false;
    if (shares_terms.increment == 0)
        return refuse(why, 0, "--increment must be 1 or more");
    if (!profile_build(&p, e, terms, (enum utility)terms_get(terms, "utility"), why))
        goto out;
    equal_shares_count(&p, &shares_terms, &r);
    struct shares_why *reasons = shares_why(&p, &r);
    uint32_t *order = wm_alloc((p.project_count + 1) * sizeof(*order));
    size_t winners = put_in_order(&p, &r, reasons, order);
    steps_tally(t, &p, terms, order, winners);
    mes_words(t, &p, terms, &r, reasons);
    free(order);
    shares_why_free(reasons, p.project_count);
    equal_shares_free(&r);
    ok = true;
out:
    profile_free(&p);
    return ok;
}

const struct rule rule_mes = {
    .name = "mes",
    .kind = RULE_FUNDS,
    .summary = "Method of Equal Shares: every voter is given the same part of the budget, and a "
               "proposal is funded when its supporters can pay for it in equal shares.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
