/* mes_words.c: see mes_words.h. */
#include "count/mes_words.h"

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

/* "4000 pay 20.00 each, the others all they have left, together 123.45." */
static void write_payment(struct writer *w, size_t step)
{
    const struct shares_log *log = &w->r->log;
    uint32_t project = log->projects[step];
    uint64_t in_full = log->in_full_weight[step];
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, in_full, 1);
    mpq_mul(part, part, log->rho[step]);
    buf_fmt(&w->log, "   %llu %s pay ", (unsigned long long)in_full,
            by_points(w) ? "points" : "of them");
    money(w, &w->log, log->rho[step], 6);
    buf_str_add(&w->log, by_points(w) ? " a point, together " : " each, together ");
    money(w, &w->log, part, 2);
    if (in_full < w->p->weight[project]) {
        mpq_sub(part, w->p->e->projects[project].cost, part);
        buf_str_add(&w->log, "; the others give all they have left, together ");
        money(w, &w->log, part, 2);
    }
    buf_str_add(&w->log, ".\n");
    if (!by_points(w) && mpq_sgn(log->rho[step]) > 0) {
        mpq_div(part, w->p->e->projects[project].cost, log->rho[step]);
        buf_str_add(&w->log, "   That is as good as ");
        steps_number(&w->log, part, 2);
        buf_str_add(&w->log, " supporters who all pay in full.\n");
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

static void write_log(struct writer *w)
{
    const struct equal_shares *r = w->r;
    buf_fmt(&w->log, "%llu voters. Each is given ", (unsigned long long)w->p->voters);
    money(w, &w->log, r->endowment, 6);
    buf_fmt(&w->log,
            ".\nNext is always the proposal that its supporters can pay at the lowest price %s;\n"
            "who has less than that gives all they have left.\n\n",
            w->p->utility == UTILITY_COST   ? "for each of them per unit of its cost"
            : w->p->utility == UTILITY_CARD ? "for each of them"
                                            : "a point");
    for (size_t i = 0; i < r->log.count; i++)
        write_step(w, i);
    buf_str_add(&w->log, "No other proposal can be paid by its supporters.\n");
    shares_completion_log(&w->log, w->p, w->r);
}

/* --- reasons -------------------------------------------------------------------------------------
 */

static void write_lost(const struct writer *w, struct buf *out, const struct tally_line *line)
{
    uint32_t project = (uint32_t)line->project;
    const struct shares_why *why = &w->why[project];
    const struct project *it = &w->p->e->projects[project];
    buf_fmt(out, "Not funded: its %llu supporters were given ",
            (unsigned long long)w->p->supporters[project]);
    money(w, out, why->had, 2);
    buf_str_add(out, " together and had ");
    money(w, out, why->left, 2);
    buf_str_add(out, " left; it costs ");
    money(w, out, it->cost, 2);
    buf_fmt(out, ". Effective support %llu.%llu %%.", (unsigned long long)why->support / 10,
            (unsigned long long)why->support % 10);
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

static void write_won(const struct writer *w, struct tally_line *line)
{
    struct buf text = buf_new(SENTENCE_MAX);
    if (line->step > w->r->log.count)
        buf_fmt(&text, "Funded as number %zu by votes, from what equal shares left.", line->step);
    else
        buf_fmt(&text,
                "Funded as number %zu: its supporters paid for it. Effective support "
                "%llu.%llu %%.",
                line->step, (unsigned long long)w->why[line->project].support / 10,
                (unsigned long long)w->why[line->project].support % 10);
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
