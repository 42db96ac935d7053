/* mes_words.c: see mes_words.h. */
#include "count/mes_words.h"

#include "count/rule.h"
#include "count/shares_words.h"

enum { SENTENCE_MAX = 4000 };
#define LOG_MAX ((size_t)64 << 20)

struct writer {
    struct tally *t;
    const struct profile *p;
    const struct terms *terms;
    const struct equal_shares *r;
    const struct shares_why *why;
    struct buf log;
};

static bool by_points(const struct writer *w)
{
    return w->p->utility == UTILITY_POINTS || w->p->utility == UTILITY_BORDA;
}

static void money(const struct writer *w, struct buf *out, const mpq_t amount, int decimals)
{
    steps_money(out, w->p->e, amount, decimals);
}

/* What those who have less than their share give; nothing when there are none. */
static void write_poor(struct writer *w, size_t step, const mpq_t given)
{
    const struct shares_log *log = &w->r->log;
    uint64_t poor = w->p->supporters[log->projects[step]] - log->in_full_weight[step];
    if (by_points(w))
        buf_str_add(&w->log, "   Some have less left than their share and give it all");
    else if (poor == 1)
        buf_str_add(&w->log, "   1 of them has less left than a share and gives it all");
    else
        buf_fmt(&w->log, "   %llu of them have less left than a share and give it all",
                (unsigned long long)poor);
    buf_str_add(&w->log, ", together ");
    money(w, &w->log, given, 6);
    buf_str_add(&w->log, ".\n");
}

/* "(55,000.00 - 711.70) / 164 = 331.02 each. It counts with 55,000.00 / 331.02 = 166.15
 * supporters." */
static void write_payment(struct writer *w, size_t step)
{
    const struct shares_log *log = &w->r->log;
    uint32_t project = log->projects[step];
    mpq_srcptr cost = w->p->e->projects[project].cost;
    uint64_t in_full = log->in_full_weight[step];
    bool some_poor = in_full < w->p->weight[project];
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, in_full, 1);
    mpq_mul(part, part, log->rho[step]);
    mpq_sub(part, cost, part);
    if (some_poor)
        write_poor(w, step, part);
    buf_str_add(&w->log, some_poor ? "   The others: (" : "   ");
    money(w, &w->log, cost, 2);
    if (some_poor) {
        buf_str_add(&w->log, " - ");
        money(w, &w->log, part, 6);
        buf_char(&w->log, ')');
    }
    buf_str_add(&w->log, " / ");
    rule_parts_words(&w->log, in_full, profile_parts(w->p));
    buf_str_add(&w->log, by_points(w) ? " points = " : " = ");
    mpq_set_ui(part, profile_parts(w->p), 1);
    mpq_mul(part, part, log->rho[step]);
    money(w, &w->log, part, 6);
    buf_str_add(&w->log, by_points(w) ? " a point.\n" : " each.\n");
    if (w->p->utility == UTILITY_COST && some_poor && mpq_sgn(log->rho[step]) > 0) {
        buf_str_add(&w->log, "   It counts with ");
        money(w, &w->log, cost, 2);
        buf_str_add(&w->log, " / ");
        money(w, &w->log, log->rho[step], 6);
        mpq_div(part, cost, log->rho[step]);
        buf_str_add(&w->log, " = ");
        steps_number(&w->log, part, 2);
        buf_str_add(&w->log, " supporters.\n");
    }
    mpq_clear(part);
}

static void write_step(struct writer *w, size_t step)
{
    const struct shares_log *log = &w->r->log;
    uint32_t project = log->projects[step];
    buf_fmt(&w->log, "%zu. ", step + 1);
    steps_name(&w->log, w->p->e, project);
    buf_fmt(&w->log, ": %llu supporters, costs ", (unsigned long long)w->p->supporters[project]);
    money(w, &w->log, w->p->e->projects[project].cost, 2);
    buf_str_add(&w->log, "\n");
    write_payment(w, step);
    if (log->tied[step] > 1)
        steps_tie(w->t, &w->log, w->p, w->terms,
                  (struct step_tie){.step = step + 1,
                                    .first = project,
                                    .next = log->rival[step],
                                    .tied = log->tied[step]});
}

static const char *how_chosen(enum utility utility)
{
    switch (utility) {
    case UTILITY_COST:
        return "Next is always the proposal that counts with the most supporters: as many as such "
               "shares make its\ncost, which is all of them if all can pay the same.\n";
    case UTILITY_CARD:
        return "Next is always the proposal with the smallest such share.\n";
    case UTILITY_POINTS:
    case UTILITY_BORDA:
        return "Next is always the proposal with the smallest such share for a point.\n";
    }
    abort();
}

static void write_log(struct writer *w)
{
    const struct equal_shares *r = w->r;
    shares_given(&w->log, w->p, r);
    buf_fmt(&w->log,
            "\nWho supports a proposal that is funded pays an equal share of its cost%s;\n"
            "who has less left gives all of it, and the others' share is greater.\n",
            by_points(w) ? " for each point they gave it" : "");
    buf_str_add(&w->log, how_chosen(w->p->utility));
    buf_char(&w->log, '\n');
    for (size_t i = 0; i < r->log.count; i++)
        write_step(w, i);
    buf_str_add(&w->log, "The supporters of no other proposal have enough left for it.\n");
    shares_completion_log(&w->log, w->p, w->r);
}

/* --- reasons -------------------------------------------------------------------------------------
 */

/* How far from winning, given effective support below 100 %: so many more like them would do. */
static void write_missing(struct buf *out, uint64_t support)
{
    if (support == 0)
        return;
    uint64_t tenths = (10000 + support - 1) / support;
    buf_fmt(out, " At best they could pay %llu.%llu %% of it", (unsigned long long)support / 10,
            (unsigned long long)support % 10);
    if (support >= 1000)
        buf_str_add(out, ": it lost a tie.");
    else if (support >= 500)
        buf_fmt(out, ": about %llu %% more supporters like them would have been enough.",
                (unsigned long long)((100000 - 100 * support + support - 1) / support));
    else
        buf_fmt(out, ": it would have taken about %llu.%llu times as many supporters like them.",
                (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10));
}

static void write_lost(const struct writer *w, struct buf *out, const struct tally_line *line)
{
    uint32_t project = (uint32_t)line->project;
    const struct shares_why *why = &w->why[project];
    uint64_t supporters = w->p->supporters[project];
    buf_fmt(out, "Not funded: its %llu supporter%s: %s given ", (unsigned long long)supporters,
            line->reason == REASON_TOO_FEW ? supporters == 1 ? " is too few for what it costs"
                                                             : "s are too few for what it costs"
            : supporters == 1              ? " had enough for it and spent it on others"
                                           : "s had enough for it and spent it on others",
            supporters == 1 ? "it was" : "they were");
    money(w, out, why->had, 2);
    buf_fmt(out, "%s and had ", supporters == 1 ? "" : " together");
    money(w, out, why->left, 2);
    buf_str_add(out, " left; it costs ");
    money(w, out, w->p->e->projects[project].cost, 2);
    buf_char(out, '.');
    write_missing(out, why->support);
    steps_takers(out, w->p->e, line->takers, line->taker_count);
}

static void set_takers(struct tally_line *line, const struct shares_why *why)
{
    line->takers = wm_alloc((why->taker_count + 1) * sizeof(*line->takers));
    line->taker_count = why->taker_count;
    for (size_t i = 0; i < why->taker_count; i++) {
        line->takers[i].project = why->takers[i].project;
        mpq_init(line->takers[i].amount);
        mpq_set(line->takers[i].amount, why->takers[i].amount);
    }
}

static void set_support(const struct writer *w, struct tally_line *line)
{
    uint32_t project = (uint32_t)line->project;
    if (w->p->weight[project] == 0 || line->reason == REASON_EXCLUDED)
        return;
    line->has_support = true;
    line->support = w->why[project].support;
    if (line->support < 1000)
        set_takers(line, &w->why[project]);
}

/* How near it was to losing, given effective support of 100 % or more: without so many it would. */
static void write_spare(struct buf *out, uint64_t support)
{
    uint64_t percent = (100 * (support - 1000) + support / 2) / support;
    if (percent < 1)
        buf_str_add(out, " Had 1 % fewer supported it, it would not have won.");
    else
        buf_fmt(out, " Had about %llu %% fewer supported it, it would not have won.",
                (unsigned long long)percent);
}

static void write_won(const struct writer *w, struct tally_line *line)
{
    struct buf text = buf_new(SENTENCE_MAX);
    mpq_srcptr cost = w->p->e->projects[line->project].cost;
    if (line->step > w->r->log.count) {
        buf_fmt(&text, "Funded as number %zu by votes, from what equal shares left.", line->step);
    } else {
        buf_fmt(&text, "Funded as number %zu: its supporters paid for it.", line->step);
        if (w->r->log.count <= RERUNS_MAX && mpq_sgn(cost) > 0)
            write_spare(&text, w->why[line->project].support);
    }
    line->text = buf_take(&text);
}

static void write_reason(const struct writer *w, struct tally_line *line)
{
    uint32_t project = (uint32_t)line->project;
    set_support(w, line);
    if (shares_greedy_reason(line, w->r))
        return;
    if (line->step > 0) {
        write_won(w, line);
        return;
    }
    if (line->reason != REASON_ENDED)
        return;
    struct buf text = buf_new(SENTENCE_MAX);
    mpq_srcptr cost = w->p->e->projects[project].cost;
    line->reason = mpq_cmp(w->why[project].had, cost) < 0 ? REASON_TOO_FEW : REASON_MONEY_WENT;
    write_lost(w, &text, line);
    line->text = buf_take(&text);
}

void mes_words(struct tally *t, const struct profile *p, const struct terms *terms,
               const struct equal_shares *r, const struct shares_why *why)
{
    struct writer w = {.t = t, .p = p, .terms = terms, .r = r, .why = why, .log = buf_new(LOG_MAX)};
    write_log(&w);
    t->log = buf_take(&w.log);
    for (size_t i = 0; i < t->line_count; i++)
        write_reason(&w, &t->lines[i]);
    shares_facts(t, r);
}
