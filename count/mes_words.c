/* mes_words.c: see mes_words.h. */
#include "count/mes_words.h"

enum { SENTENCE_MAX = 4000, SHOWN_TAKERS = 3 };
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

static void write_completion(struct writer *w)
{
    if (w->r->added_count == 0)
        return;
    buf_str_add(&w->log,
                "\nWith what was left, by votes, most first, what does not fit is skipped:\n");
    for (size_t i = 0; i < w->r->added_count; i++) {
        const struct tally_line *line = &w->t->lines[w->r->log.count + i];
        buf_fmt(&w->log, "%zu. ", w->r->log.count + i + 1);
        steps_name(&w->log, w->p->e, w->r->added[i]);
        buf_fmt(&w->log, ": %llu votes, costs ",
                (unsigned long long)w->p->e->projects[w->r->added[i]].votes);
        money(w, &w->log, w->p->e->projects[w->r->added[i]].cost, 2);
        buf_str_add(&w->log, " of ");
        money(w, &w->log, line->left, 2);
        buf_str_add(&w->log, "\n");
    }
}

static void write_comparison(struct writer *w)
{
    if (w->r->greedy == NULL)
        return;
    buf_fmt(&w->log,
            "\n%llu voters have more of their proposals under equal shares, %llu have more if "
            "proposals are taken by votes alone.\n%s\n",
            (unsigned long long)w->r->prefer_shares, (unsigned long long)w->r->prefer_greedy,
            w->r->greedy_won ? "So those by votes alone are funded." : "So equal shares stands.");
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
    write_completion(w);
    write_comparison(w);
}

/* --- reasons -------------------------------------------------------------------------------------
 */

static void write_takers(const struct writer *w, struct buf *out, const struct shares_why *why)
{
    buf_str_add(out, " Its supporters' money went to ");
    for (size_t i = 0; i < why->taker_count && i < SHOWN_TAKERS; i++) {
        if (i > 0)
            buf_str_add(out, i + 1 == why->taker_count || i + 1 == SHOWN_TAKERS ? " and " : ", ");
        steps_name(out, w->p->e, why->takers[i].project);
        buf_str_add(out, " (");
        money(w, out, why->takers[i].amount, 2);
        buf_char(out, ')');
    }
    buf_str_add(out, why->taker_count > SHOWN_TAKERS ? " and others." : ".");
}

static void write_lost(const struct writer *w, struct buf *out, uint32_t project)
{
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
    if (why->taker_count > 0)
        write_takers(w, out, why);
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
    bool by_shares = !w->r->greedy_won && line->step <= w->r->log.count;
    if (w->r->greedy_won)
        buf_fmt(&text, "Funded as number %zu by votes alone, which more voters prefer.",
                line->step);
    else if (!by_shares)
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
    if (line->step > 0) {
        write_won(w, line);
        return;
    }
    if (line->reason != REASON_ENDED)
        return;
    struct buf text = buf_new(SENTENCE_MAX);
    mpq_srcptr cost = w->p->e->projects[project].cost;
    if (w->r->greedy_won) {
        line->reason = REASON_NOT_ENOUGH_LEFT;
        buf_str_add(&text, "Not funded: by votes alone, which more voters prefer, not enough was "
                           "left when its turn came.");
    } else {
        line->reason = mpq_cmp(w->why[project].had, cost) < 0 ? REASON_TOO_FEW : REASON_MONEY_WENT;
        write_lost(w, &text, project);
    }
    line->text = buf_take(&text);
}

static void add_number(struct tally *t, const char *name, uint64_t n)
{
    struct buf value = buf_new(SENTENCE_MAX);
    buf_uint(&value, n);
    tally_fact_add(t, name, &value);
}

static void add_facts(const struct writer *w)
{
    char *text = mpq_get_str(NULL, 10, w->r->endowment);
    struct buf value = buf_new(SENTENCE_MAX);
    buf_str_add(&value, text);
    free(text);
    tally_fact_add(w->t, "endowment", &value);
    add_number(w->t, "runs", w->r->runs);
    add_number(w->t, "by_equal_shares", w->r->log.count);
    add_number(w->t, "by_completion", w->r->added_count);
    if (w->r->greedy == NULL)
        return;
    add_number(w->t, "voters_preferring_equal_shares", w->r->prefer_shares);
    add_number(w->t, "voters_preferring_greedy", w->r->prefer_greedy);
}

void mes_words(struct tally *t, const struct profile *p, const struct terms *terms,
               const struct equal_shares *r, const struct shares_why *why)
{
    struct writer w = {.t = t, .p = p, .terms = terms, .r = r, .why = why, .log = buf_new(LOG_MAX)};
    write_log(&w);
    t->log = buf_take(&w.log);
    for (size_t i = 0; i < t->line_count; i++)
        write_reason(&w, &t->lines[i]);
    add_facts(&w);
}
