/* rule_bos.c: equal shares with bounded overspending, and its words. */
#include "count/bos.h"
#include "count/local.h"
#include "count/steps.h"

enum { SENTENCE_MAX = 4000 };
#define LOG_MAX ((size_t)64 << 20)

static const char *const utilities[] = {"cost", "card", "points", "borda", NULL};

static const struct param params[] = {
    LOCAL_PARAMS,
    {"utility", PARAM_CHOICE, UTILITY_COST, "what a voter gains from a funded proposal", utilities},
};

static void write_step(struct tally *t, struct buf *log, const struct profile *p,
                       const struct terms *terms, const struct bos *r, size_t step)
{
    uint32_t project = r->projects[step];
    bool by_points = p->utility == UTILITY_POINTS || p->utility == UTILITY_BORDA;
    mpq_t rest, pay;
    mpq_inits(rest, pay, (mpq_ptr)NULL);
    mpq_set_ui(pay, profile_parts(p), 1);
    mpq_mul(pay, pay, r->pay[step]);
    buf_fmt(log, "%zu. ", step + 1);
    steps_name(log, p->e, project);
    buf_fmt(log, ": %llu supporters, costs ", (unsigned long long)p->supporters[project]);
    steps_money(log, p->e, p->e->projects[project].cost, 2);
    buf_str_add(log, "\n   They offer ");
    mpq_mul(rest, pay, r->part[step]);
    steps_money(log, p->e, rest, 6);
    buf_fmt(log, "%s, or all they have left, together ", by_points ? " a point" : " each");
    mpq_mul(rest, r->part[step], p->e->projects[project].cost);
    steps_money(log, p->e, rest, 2);
    buf_str_add(log, ", the part ");
    steps_number(log, r->part[step], 6);
    buf_str_add(log, ".\n   They pay ");
    steps_money(log, p->e, pay, 6);
    buf_fmt(log, "%s, or all they have left, together ", by_points ? " a point" : " each");
    steps_money(log, p->e, r->paid[step], 2);
    mpq_sub(rest, p->e->projects[project].cost, r->paid[step]);
    if (mpq_sgn(rest) > 0) {
        buf_str_add(log, "; ");
        steps_money(log, p->e, rest, 2);
        buf_str_add(log, " comes from what others do not spend");
    }
    buf_str_add(log, ".\n");
    mpq_clears(rest, pay, (mpq_ptr)NULL);
    if (r->tied[step] > 1)
        steps_tie(
            t, log, p, terms,
            (struct step_tie){
                .step = step + 1, .first = project, .next = r->rival[step], .tied = r->tied[step]});
}

static void write_log(struct tally *t, const struct profile *p, const struct terms *terms,
                      const struct bos *r)
{
    struct buf log = buf_new(LOG_MAX);
    buf_fmt(&log, "%llu voters. Each is given ", (unsigned long long)p->voters);
    steps_money(&log, p->e, r->endowment, 6);
    buf_str_add(
        &log,
        ".\nIf the supporters of a proposal offer a part of its cost, the price is what each "
        "offers (for a\nunit of cost, or a point) divided by the square of that part. Next is "
        "always the proposal with\nthe lowest price that fits into what is left of the "
        "budget. Its supporters pay what they offered\ndivided by the part, or all they "
        "have left.\n\n");
    for (size_t i = 0; i < r->count; i++)
        write_step(t, &log, p, terms, r, i);
    buf_str_add(&log, "Nothing else fits that anybody with money left supports.\n");
    t->log = buf_take(&log);
}

static void write_reason(struct tally_line *line, const struct profile *p, const struct tally *t,
                         const struct bos *r)
{
    struct buf text = buf_new(SENTENCE_MAX);
    mpq_srcptr cost = p->e->projects[line->project].cost;
    if (line->step > 0) {
        buf_fmt(&text, "Funded as number %zu: its supporters paid ", line->step);
        steps_money(&text, p->e, r->paid[line->step - 1], 2);
        buf_str_add(&text, " of ");
        steps_money(&text, p->e, cost, 2);
        buf_char(&text, '.');
    } else if (line->reason == REASON_ENDED && mpq_cmp(cost, t->left) > 0) {
        line->reason = REASON_NOT_ENOUGH_LEFT;
        buf_str_add(&text, "Not funded: it costs ");
        steps_money(&text, p->e, cost, 2);
        buf_str_add(&text, " and only ");
        steps_money(&text, p->e, t->left, 2);
        buf_str_add(&text, " is left after those that were better supported for their cost.");
    } else if (line->reason == REASON_ENDED) {
        line->reason = REASON_MONEY_WENT;
        buf_str_add(&text, "Not funded: its supporters have no money left.");
    }
    if (text.len > 0)
        line->text = buf_take(&text);
    else
        buf_free(&text);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct profile p;
    struct bos r;
    if (!profile_build(&p, e, terms, (enum utility)terms_get(terms, "utility"), why)) {
        profile_free(&p);
        return false;
    }
    bos_count(&p, terms->exact, &r);
    steps_tally_won(t, &p, terms, r.projects, r.count);
    write_log(t, &p, terms, &r);
    for (size_t i = 0; i < t->line_count; i++)
        write_reason(&t->lines[i], &p, t, &r);
    bos_free(&r);
    profile_free(&p);
    return true;
}

const struct rule rule_bos = {
    .name = "bos",
    .kind = RULE_FUNDS,
    .summary = "Equal Shares with Bounded Overspending: every voter is given the same part of the "
               "budget; a proposal may be funded although its supporters cannot pay all of it, at "
               "a price that rises with what is missing.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
