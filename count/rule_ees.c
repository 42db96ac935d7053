/* rule_ees.c: exact equal shares with its parameters by name, and its words. */
#include "count/exact_why.h"
#include "count/local.h"
#include "count/shares_words.h"

enum { SENTENCE_MAX = 4000, TAKERS = 5, SHOWN_TAKERS = 3 };
#define LOG_MAX ((size_t)64 << 20)

static const char *const utilities[] = {"cost", "card", NULL};
static const char *const completions[] = {"none", "util", "add-opt", "add-opt-u", NULL};
static const char *const stops[] = {"overspend", "exhaustive", NULL};
static const char *const comparisons[] = {"none", "greedy", NULL};

static const struct param params[] = {
    LOCAL_PARAMS,
    {"utility", PARAM_CHOICE, UTILITY_COST, "what a voter gains from a funded proposal", utilities},
    {"completion", PARAM_CHOICE, COMPLETION_ADD1U,
     "what is done with money that is left: add-opt gives each voter just as much more as changes "
     "anything, as long as the outcome fits, util takes proposals by votes, add-opt-u does both",
     completions},
    {"stop", PARAM_CHOICE, STOP_EXHAUSTIVE,
     "add-opt ends before the first outcome that costs too much, or also when nothing more fits",
     stops},
    {"increment", PARAM_COUNT, 1,
     "add-opt raises what each voter is given by a multiple of so many units; 0: by any amount",
     NULL},
    {"comparison", PARAM_CHOICE, COMPARISON_NONE,
     "greedy: proposals are funded by votes alone if more voters get more of theirs", comparisons},
    {"fund-unsupported", PARAM_YES_NO, 1,
     "by votes, also fund a proposal that nobody voted for, if it fits", NULL},
};

/* A count: `log` at r.endowment is its outcome, `next` the run after it. */
struct ees {
    struct profile p;
    const struct terms *terms;
    struct exact_shares *shares; /* NULL on the plain path */
    struct exact_log log, next;
    struct equal_shares r; /* log.projects, log.cost, endowment, and completion */
    struct exact_why why;
    struct tally *t;
    struct buf text;
};

/* --- counting ------------------------------------------------------------------------------------
 */

static void run(struct ees *c, const mpq_t endowment, struct exact_log *log)
{
    c->r.runs++;
    if (c->shares != NULL)
        exact_run(c->shares, endowment, log);
    else
        exact_plain(&c->p, endowment, log);
}

/* The next endowment that changes anything, or the first multiple of the increment from there. */
static void raise(const struct ees *c, const mpq_t from, mpq_t endowment)
{
    uint64_t increment = terms_get(c->terms, "increment");
    mpq_set(endowment, c->log.next);
    if (increment == 0)
        return;
    mpq_t step, steps;
    mpq_inits(step, steps, NULL);
    mpq_set_ui(step, increment, 1);
    mpq_sub(steps, endowment, from);
    mpq_div(steps, steps, step);
    mpz_cdiv_q(mpq_numref(steps), mpq_numref(steps), mpq_denref(steps));
    mpz_set_ui(mpq_denref(steps), 1);
    mpq_mul(steps, steps, step);
    mpq_add(endowment, from, steps);
    mpq_clears(step, steps, NULL);
}

/* Whether a project could still be added: all others are bought, excluded or unsupported. */
static bool can_grow(const struct ees *c)
{
    bool *closed = wm_alloc(c->p.project_count + 1);
    bool open = false;
    for (size_t i = 0; i < c->log.count; i++)
        profile_close(&c->p, c->log.projects[i], closed);
    for (size_t i = 0; i < c->p.project_count; i++)
        open = open || (!closed[i] && c->p.supporters[i] > 0);
    free(closed);
    return open && c->log.has_next;
}

static void add_opt(struct ees *c)
{
    bool exhaustive = terms_get(c->terms, "stop") == STOP_EXHAUSTIVE;
    mpq_t endowment, from;
    mpq_inits(endowment, from, NULL);
    mpq_set(from, c->r.endowment);
    while (can_grow(c)) {
        if (exhaustive &&
            equal_shares_exhaustive(&c->p, c->log.projects, c->log.count, c->log.cost))
            break;
        raise(c, from, endowment);
        run(c, endowment, &c->next);
        if (mpq_cmp(c->next.cost, c->p.e->budget) > 0)
            break;
        mpq_set(c->r.endowment, endowment);
        struct exact_log kept = c->log;
        c->log = c->next;
        c->next = kept;
    }
    mpq_clears(endowment, from, NULL);
}

static void complete(struct ees *c)
{
    const struct shares_terms terms = {
        .completion = (enum completion)terms_get(c->terms, "completion"),
        .comparison = (enum comparison)terms_get(c->terms, "comparison"),
        .fund_unsupported = terms_get(c->terms, "fund-unsupported") != 0,
    };
    c->r.log.count = c->log.count;
    memcpy(c->r.log.projects, c->log.projects, c->log.count * sizeof(uint32_t));
    mpq_set(c->r.log.cost, c->log.cost);
    equal_shares_complete(&c->r, &c->p, &terms);
}

static void count_shares(struct ees *c)
{
    uint64_t completion = terms_get(c->terms, "completion");
    mpq_set_ui(c->r.endowment, c->p.voters, 1);
    if (c->p.voters > 0)
        mpq_div(c->r.endowment, c->p.e->budget, c->r.endowment);
    run(c, c->r.endowment, &c->log);
    if (completion == COMPLETION_ADD1 || completion == COMPLETION_ADD1U)
        add_opt(c);
    complete(c);
}

/* --- words ---------------------------------------------------------------------------------------
 */

static void money(struct ees *c, const mpq_t amount, int decimals)
{
    steps_money(&c->text, c->p.e, amount, decimals);
}

static void write_step(struct ees *c, size_t step)
{
    const struct exact_log *log = &c->log;
    uint32_t project = log->projects[step];
    mpq_t share;
    mpq_init(share);
    mpq_set_ui(share, log->payers[step], 1);
    mpq_div(share, c->p.e->projects[project].cost, share);
    buf_fmt(&c->text, "%zu. ", step + 1);
    steps_name(&c->text, c->p.e, project);
    buf_fmt(&c->text, ": %llu of its %llu supporters can pay ",
            (unsigned long long)log->payers[step], (unsigned long long)c->p.supporters[project]);
    money(c, c->p.e->projects[project].cost, 2);
    buf_fmt(&c->text, " / %llu = ", (unsigned long long)log->payers[step]);
    money(c, share, 6);
    buf_str_add(&c->text, " each.\n");
    mpq_clear(share);
    if (log->tied[step] > 1)
        steps_tie(c->t, &c->text, &c->p, c->terms,
                  (struct step_tie){.step = step + 1,
                                    .first = project,
                                    .next = log->rival[step],
                                    .tied = log->tied[step]});
}

static void write_log(struct ees *c)
{
    c->text = buf_new(LOG_MAX);
    shares_given(&c->text, &c->p, &c->r);
    buf_fmt(&c->text,
            "Next is always the proposal %s,\nif all who pay for it pay the same. "
            "Who cannot pay that share pays nothing.\n\n",
            c->p.utility == UTILITY_COST ? "that most of its supporters can pay"
                                         : "that its supporters can pay at the lowest share");
    for (size_t i = 0; i < c->log.count; i++)
        write_step(c, i);
    buf_str_add(&c->text, "No other proposal can be paid in equal shares.\n");
    if (c->log.has_next) {
        buf_str_add(&c->text, "Nothing would be different unless each were given ");
        money(c, c->log.next, 6);
        buf_str_add(&c->text, ".\n");
    }
    shares_completion_log(&c->text, &c->p, &c->r);
    c->t->log = buf_take(&c->text);
}

/* In its place among the greatest so far. */
static void add_taker(const struct ees *c, struct tally_line *line, uint32_t taker,
                      const mpq_t amount)
{
    size_t at = line->taker_count;
    if (at == TAKERS && mpq_cmp(line->takers[at - 1].amount, amount) >= 0)
        return;
    if (at < TAKERS)
        mpq_init(line->takers[line->taker_count++].amount);
    else
        at--;
    for (; at > 0; at--) {
        const struct taker *other = &line->takers[at - 1];
        int order = mpq_cmp(other->amount, amount);
        if (order > 0 || (order == 0 && c->p.rank[other->project] < c->p.rank[taker]))
            break;
        line->takers[at].project = other->project;
        mpq_set(line->takers[at].amount, other->amount);
    }
    line->takers[at].project = taker;
    mpq_set(line->takers[at].amount, amount);
}

/* Amounts are rounded down to hundredths, as they are printed. */
static void find_takers(struct ees *c, struct tally_line *line)
{
    size_t steps = c->log.count;
    mpq_t *taken = wm_alloc((steps + 1) * sizeof(*taken));
    line->takers = wm_alloc(TAKERS * sizeof(*line->takers));
    for (size_t i = 0; i < steps; i++)
        mpq_init(taken[i]);
    exact_why_taken(&c->why, (uint32_t)line->project, taken);
    for (size_t i = 0; i < steps; i++) {
        steps_round_down(taken[i], 2);
        if (mpq_sgn(taken[i]) > 0)
            add_taker(c, line, c->log.projects[i], taken[i]);
        mpq_clear(taken[i]);
    }
    free(taken);
}

static void write_lost(struct ees *c, struct tally_line *line)
{
    uint32_t project = (uint32_t)line->project;
    mpq_t needed;
    mpq_init(needed);
    find_takers(c, line);
    exact_why_needed(&c->why, project, needed);
    mpq_srcptr cost = c->p.e->projects[project].cost;
    c->text = buf_new(SENTENCE_MAX);
    buf_str_add(&c->text, "Not funded: it costs ");
    money(c, cost, 2);
    buf_fmt(&c->text,
            ", and for some of its %llu supporters to pay that in equal shares, each voter "
            "would have had to be given ",
            (unsigned long long)c->p.supporters[project]);
    money(c, needed, 2);
    buf_str_add(&c->text, ".");
    steps_takers(&c->text, c->p.e, line->takers, line->taker_count);
    line->text = buf_take(&c->text);
    mpq_set_ui(needed, c->p.supporters[project], 1);
    mpq_div(needed, cost, needed);
    line->reason = mpq_cmp(needed, c->r.endowment) > 0 ? REASON_TOO_FEW : REASON_MONEY_WENT;
    mpq_clear(needed);
}

static void write_won(struct ees *c, struct tally_line *line)
{
    c->text = buf_new(SENTENCE_MAX);
    if (line->step > c->log.count) {
        buf_fmt(&c->text, "Funded as number %zu by votes, from what equal shares left.",
                line->step);
    } else {
        buf_fmt(&c->text,
                "Funded as number %zu: %llu of its supporters paid for it in equal shares.",
                line->step, (unsigned long long)c->log.payers[line->step - 1]);
    }
    line->text = buf_take(&c->text);
}

static void write_reason(struct ees *c, struct tally_line *line)
{
    if (shares_greedy_reason(line, &c->r))
        return;
    if (line->step > 0)
        write_won(c, line);
    else if (line->reason == REASON_ENDED)
        write_lost(c, line);
}

static void write_tally(struct ees *c)
{
    const struct equal_shares *r = &c->r;
    size_t winners = 0;
    uint32_t *order = wm_alloc((c->p.project_count + 1) * sizeof(*order));
    winners = shares_order(&c->p, r, order);
    steps_tally(c->t, &c->p, c->terms, order, winners);
    exact_why_init(&c->why, &c->p, r->endowment, &c->log);
    write_log(c);
    for (size_t i = 0; i < c->t->line_count; i++)
        write_reason(c, &c->t->lines[i]);
    shares_facts(c->t, r);
    exact_why_free(&c->why);
    free(order);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct ees c = {.terms = terms, .t = t};
    if (!profile_build(&c.p, e, terms, (enum utility)terms_get(terms, "utility"), why)) {
        profile_free(&c.p);
        return false;
    }
    equal_shares_init(&c.r, &c.p);
    exact_log_init(&c.log, c.p.project_count);
    exact_log_init(&c.next, c.p.project_count);
    c.shares = terms->exact ? NULL : exact_shares_new(&c.p);
    count_shares(&c);
    write_tally(&c);
    if (c.shares != NULL)
        exact_shares_free(c.shares);
    exact_log_free(&c.log);
    exact_log_free(&c.next);
    equal_shares_free(&c.r);
    profile_free(&c.p);
    return true;
}

const struct rule rule_ees = {
    .name = "ees",
    .kind = RULE_FUNDS,
    .summary = "Exact Equal Shares: every voter is given the same part of the budget, and a "
               "proposal is funded when some of its supporters can pay for it, all the same.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
