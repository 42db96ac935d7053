/* shares_words.c: see shares_words.h. */
#include "count/shares_words.h"

enum { SENTENCE_MAX = 4000 };

size_t shares_order(const struct profile *p, const struct equal_shares *r, uint32_t *order)
{
    size_t count = 0;
    for (size_t i = 0; r->greedy_won && i < r->greedy_count; i++)
        order[count++] = r->greedy[i];
    for (size_t i = 0; !r->greedy_won && i < r->log.count; i++)
        order[count++] = r->log.projects[i];
    for (size_t i = 0; !r->greedy_won && i < r->added_count; i++)
        order[count++] = r->added[i];
    steps_append_rest(p, order, count);
    return count;
}

/* What is given more than budget / voters, and why it is not still more. */
static void write_raised(struct buf *out, const struct profile *p, const struct equal_shares *r)
{
    buf_str_add(
        out, "With just that, too much of the budget would stay unspent. So the count begins anew "
             "with more for\neach, again and again, as long as what is funded fits the budget. It "
             "ends with ");
    steps_money(out, p->e, r->endowment, 6);
    buf_str_add(out, " for each:\n");
    buf_str_add(out, equal_shares_exhaustive(p, r->log.projects, r->log.count, r->log.cost)
                         ? "then nothing that anybody supports fits into what is left.\n"
                         : "with more, what is funded would cost more than the budget.\n");
}

void shares_given(struct buf *out, const struct profile *p, const struct equal_shares *r)
{
    if (p->voters == 0) {
        buf_str_add(out, "There are no voters.\n");
        return;
    }
    mpq_t share;
    mpq_init(share);
    mpq_set_ui(share, p->voters, 1);
    mpq_div(share, p->e->budget, share);
    buf_fmt(out, "%llu voter%s share%s the budget equally: ", (unsigned long long)p->voters,
            p->voters == 1 ? "" : "s", p->voters == 1 ? "s" : "");
    steps_money(out, p->e, p->e->budget, 2);
    buf_fmt(out, " / %llu = ", (unsigned long long)p->voters);
    steps_money(out, p->e, share, 6);
    buf_str_add(out, " for each.\n");
    int raised = mpq_cmp(r->endowment, share);
    if (raised > 0) {
        write_raised(out, p, r);
    } else if (raised < 0) {
        buf_str_add(out, "In whole units of the currency that is ");
        steps_money(out, p->e, r->endowment, 2);
        buf_str_add(out, ".\n");
    }
    mpq_clear(share);
}

static void write_completion(struct buf *out, const struct profile *p, const struct equal_shares *r)
{
    buf_str_add(out, "\nWhat is left of the budget goes by votes, most first; what does not fit is "
                     "skipped:\n");
    mpq_t left;
    mpq_init(left);
    mpq_sub(left, p->e->budget, r->log.cost);
    for (size_t i = 0; i < r->added_count; i++) {
        const struct project *project = &p->e->projects[r->added[i]];
        buf_fmt(out, "%zu. ", r->log.count + i + 1);
        steps_name(out, p->e, r->added[i]);
        buf_fmt(out, ": %llu votes, costs ", (unsigned long long)project->votes);
        steps_money(out, p->e, project->cost, 2);
        buf_str_add(out, " of ");
        steps_money(out, p->e, left, 2);
        buf_str_add(out, "\n");
        mpq_sub(left, left, project->cost);
    }
    mpq_clear(left);
}

void shares_completion_log(struct buf *out, const struct profile *p, const struct equal_shares *r)
{
    if (r->added_count > 0)
        write_completion(out, p, r);
    if (r->greedy == NULL)
        return;
    buf_fmt(
        out,
        "\nWere proposals taken by votes alone, %llu voters would see more of theirs funded, and "
        "%llu fewer.\n%s\n",
        (unsigned long long)r->prefer_greedy, (unsigned long long)r->prefer_shares,
        r->greedy_won ? "As more would gain than lose, it is done by votes alone."
                      : "As no more would gain than lose, equal shares stands.");
}

bool shares_greedy_reason(struct tally_line *line, const struct equal_shares *r)
{
    if (!r->greedy_won || (line->step == 0 && line->reason != REASON_ENDED))
        return false;
    struct buf text = buf_new(SENTENCE_MAX);
    if (line->step > 0) {
        buf_fmt(&text, "Funded as number %zu by votes alone, which more voters prefer.",
                line->step);
    } else {
        line->reason = REASON_NOT_ENOUGH_LEFT;
        buf_str_add(&text, "Not funded: by votes alone, which more voters prefer, not enough was "
                           "left when its turn came.");
    }
    line->text = buf_take(&text);
    return true;
}

static void add_number(struct tally *t, const char *name, uint64_t n)
{
    struct buf value = buf_new(SENTENCE_MAX);
    buf_uint(&value, n);
    tally_fact_add(t, name, &value);
}

void shares_facts(struct tally *t, const struct equal_shares *r)
{
    steps_fact(t, "endowment", r->endowment);
    add_number(t, "runs", r->runs);
    add_number(t, "by_equal_shares", r->log.count);
    add_number(t, "by_completion", r->added_count);
    if (r->greedy == NULL)
        return;
    add_number(t, "voters_preferring_equal_shares", r->prefer_shares);
    add_number(t, "voters_preferring_greedy", r->prefer_greedy);
}
