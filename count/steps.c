/* steps.c: lines, ties and words of rules that buy projects step by step. */
#include "count/steps.h"

#include "count/amount.h"

/* Pabulib's sentinel for a project that was withdrawn (checker, load_pb_file.py). */
enum { WITHDRAWN_COST = 999999999, SHOWN_TAKERS = 3 };

static void round_down(mpq_t out, const mpq_t number, int decimals)
{
    mpz_ui_pow_ui(mpq_denref(out), 10, (unsigned long)decimals);
    mpz_mul(mpq_numref(out), mpq_numref(number), mpq_denref(out));
    mpz_fdiv_q(mpq_numref(out), mpq_numref(out), mpq_denref(number));
    mpq_canonicalize(out);
}

void steps_money(struct buf *out, const struct election *e, const mpq_t amount, int decimals)
{
    mpq_t rounded;
    mpq_init(rounded);
    round_down(rounded, amount, decimals);
    amount_words(out, rounded, election_meta(e, "currency"));
    mpq_clear(rounded);
}

void steps_number(struct buf *out, const mpq_t number, int decimals)
{
    mpq_t rounded;
    mpq_init(rounded);
    round_down(rounded, number, decimals);
    amount_decimal(out, rounded);
    mpq_clear(rounded);
}

void per_thousand(struct buf *out, uint64_t score, uint32_t scale, const mpq_t cost)
{
    mpq_t ratio;
    mpq_init(ratio);
    mpq_set_ui(ratio, score, scale);
    mpq_canonicalize(ratio);
    mpz_mul_ui(mpq_numref(ratio), mpq_numref(ratio), 1000);
    mpq_div(ratio, ratio, cost);
    steps_number(out, ratio, 6);
    mpq_clear(ratio);
}

void steps_round_down(mpq_t number, int decimals)
{
    mpq_t rounded;
    mpq_init(rounded);
    round_down(rounded, number, decimals);
    mpq_swap(number, rounded);
    mpq_clear(rounded);
}

void steps_name(struct buf *out, const struct election *e, size_t project)
{
    const struct project *p = &e->projects[project];
    buf_str_add(out, quote(p->id).text);
    if (*p->name != '\0')
        buf_fmt(out, " \"%s\"", quote(p->name).text);
}

void steps_takers(struct buf *out, const struct election *e, const struct taker *takers,
                  size_t count)
{
    if (count == 0)
        return;
    buf_str_add(out, " Its supporters' money went to ");
    for (size_t i = 0; i < count && i < SHOWN_TAKERS; i++) {
        if (i > 0)
            buf_str_add(out, i + 1 == count || i + 1 == SHOWN_TAKERS ? " and " : ", ");
        steps_name(out, e, takers[i].project);
        buf_str_add(out, " (");
        steps_money(out, e, takers[i].amount, 2);
        buf_char(out, ')');
    }
    buf_str_add(out, count > SHOWN_TAKERS ? " and others." : ".");
}

void steps_fact(struct tally *t, const char *name, const mpq_t value)
{
    char *text = mpq_get_str(NULL, 10, value);
    struct buf out = buf_new(strlen(text) + 1);
    buf_str_add(&out, text);
    free(text);
    tally_fact_add(t, name, &out);
}

void steps_append_rest(const struct profile *p, uint32_t *order, size_t count)
{
    bool *there = wm_alloc(p->project_count + 1);
    uint32_t *by_rank = wm_alloc((p->project_count + 1) * sizeof(*by_rank));
    for (size_t i = 0; i < count; i++)
        there[order[i]] = true;
    for (uint32_t i = 0; i < p->project_count; i++)
        by_rank[p->rank[i]] = i;
    for (size_t i = 0; i < p->project_count; i++) {
        if (!there[by_rank[i]])
            order[count++] = by_rank[i];
    }
    free(there);
    free(by_rank);
}

/* The winner that excludes the line's project, if there is one. */
static bool find_excluder(const struct profile *p, const uint32_t *order, size_t winners,
                          struct tally_line *line)
{
    uint32_t group = p->e->projects[line->project].exclusion;
    for (size_t i = 0; group != 0 && i < winners; i++) {
        line->excluded_by = order[i];
        if (p->e->projects[order[i]].exclusion == group)
            return true;
    }
    return false;
}

void steps_tally(struct tally *t, const struct profile *p, const struct terms *terms,
                 const uint32_t *order, size_t winners)
{
    tally_init(t, p->project_count);
    mpq_set(t->left, p->e->budget);
    t->winner_count = winners;
    for (size_t i = 0; i < p->project_count; i++) {
        struct tally_line *line = &t->lines[i];
        const struct project *project = &p->e->projects[order[i]];
        line->project = order[i];
        if (terms->has_seed)
            lot_draw(terms->seed, project->id, line->lot);
        mpq_set(line->left, t->left);
        enum reason barred = steps_barred(p, order[i]);
        if (barred == REASON_WON && i >= winners && find_excluder(p, order, winners, line))
            barred = REASON_EXCLUDED;
        line->reason = i < winners ? REASON_WON : barred == REASON_WON ? REASON_ENDED : barred;
        if (i >= winners)
            continue;
        line->step = i + 1;
        line->weighed = true;
        mpq_sub(t->left, t->left, project->cost);
        mpq_add(t->spent, t->spent, project->cost);
    }
    tally_count_voters(t, p->e);
}

void steps_tally_won(struct tally *t, const struct profile *p, const struct terms *terms,
                     const uint32_t *won, size_t count)
{
    uint32_t *order = wm_alloc((p->project_count + 1) * sizeof(*order));
    memcpy(order, won, count * sizeof(*order));
    steps_append_rest(p, order, count);
    steps_tally(t, p, terms, order, count);
    free(order);
}

enum reason steps_barred(const struct profile *p, size_t project)
{
    const struct project *it = &p->e->projects[project];
    if (p->barred[project] != REASON_WON)
        return p->barred[project];
    if (mpq_cmp(it->cost, p->e->budget) > 0)
        return mpq_cmp_ui(it->cost, WITHDRAWN_COST, 1) == 0 ? REASON_WITHDRAWN
                                                            : REASON_COSTS_MORE_THAN_BUDGET;
    return p->weight[project] == 0 ? REASON_NO_VOTES : REASON_WON;
}

void steps_not_enough(struct tally_line *line)
{
    if (line->step > 0 || line->reason != REASON_ENDED)
        return;
    line->reason = REASON_NOT_ENOUGH_LEFT;
    line->weighed = true;
}

void steps_tie(struct tally *t, struct buf *log, const struct profile *p, const struct terms *terms,
               struct step_tie tie)
{
    tie.broken_by = profile_tie_break(p, tie.first, tie.next, terms->has_seed);
    tally_step_tie_add(t, tie);
    buf_fmt(log, "   %zu proposals were equally good. ", tie.tied);
    steps_name(log, p->e, tie.first);
    buf_str_add(log, " comes before ");
    steps_name(log, p->e, tie.next);
    buf_fmt(log, " by %s.\n", tie_break_word(tie.broken_by));
}
