/* rule_yes_no.c: a question. Adopted if more say yes than no and enough people voted. */
#include "count/rule.h"

static const struct param params[] = {
    {"minimum-votes", PARAM_COUNT, 0, "with fewer ballots than this nothing is adopted", NULL},
};

static enum verdict judge(uint64_t yes, uint64_t no, uint64_t ballots, uint64_t minimum)
{
    if (ballots < minimum)
        return VERDICT_TOO_FEW;
    if (yes == no)
        return VERDICT_TIE;
    return yes > no ? VERDICT_ADOPTED : VERDICT_MORE_NO;
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    int yes = election_project_find(e, "yes", 3);
    int no = election_project_find(e, "no", 2);
    if (e->vote_type != VOTE_CHOOSE_1)
        return refuse(why, 0, "the rule yes-no counts votes of the type choose-1 only");
    if (yes < 0 || no < 0 || e->project_count != 2)
        return refuse(why, 0, "the rule yes-no needs two projects, \"yes\" and \"no\"");
    tally_init(t, 0);
    t->yes = e->projects[yes].votes;
    t->no = e->projects[no].votes;
    t->verdict = judge(t->yes, t->no, e->ballot_count, terms_get(terms, "minimum-votes"));
    return true;
}

const struct rule rule_yes_no = {
    .name = "yes-no",
    .kind = RULE_ANSWERS,
    .summary = "Adopted if more ballots say yes than no and at least the minimum number of ballots "
               "was cast; a tie is not adopted.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
