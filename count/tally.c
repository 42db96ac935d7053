/* tally.c: holds an outcome and says its reasons in words. */
#include "count/tally.h"

#include "count/amount.h"
#include "count/rule.h"

void tally_init(struct tally *t, size_t projects)
{
    memset(t, 0, sizeof(*t));
    t->lines = wm_alloc(projects * sizeof(*t->lines));
    t->line_count = projects;
    for (size_t i = 0; i < projects; i++)
        mpq_init(t->lines[i].left);
    mpq_init(t->spent);
    mpq_init(t->left);
}

static void free_line(struct tally_line *line)
{
    mpq_clear(line->left);
    free(line->text);
    for (size_t i = 0; i < line->taker_count; i++)
        mpq_clear(line->takers[i].amount);
    free(line->takers);
}

void tally_free(struct tally *t)
{
    for (size_t i = 0; i < t->line_count; i++)
        free_line(&t->lines[i]);
    free(t->lines);
    free(t->log);
    free(t->step_ties);
    for (size_t i = 0; i < t->fact_count; i++)
        free(t->facts[i].value);
    free(t->ties);
    free(t->voters_by_winners);
    mpq_clear(t->spent);
    mpq_clear(t->left);
}

void tally_tie_add(struct tally *t, struct tie tie)
{
    t->ties = wm_realloc(t->ties, (t->tie_count + 1) * sizeof(*t->ties));
    t->ties[t->tie_count++] = tie;
}

void tally_step_tie_add(struct tally *t, struct step_tie tie)
{
    t->step_ties = wm_realloc(t->step_ties, (t->step_tie_count + 1) * sizeof(*t->step_ties));
    t->step_ties[t->step_tie_count++] = tie;
}

void tally_fact_add(struct tally *t, const char *name, struct buf *value)
{
    t->facts[t->fact_count++] = (struct fact){.name = name, .value = buf_take(value)};
}

void tally_count_voters(struct tally *t, const struct election *e)
{
    bool *won = wm_alloc(e->project_count * sizeof(*won));
    for (size_t i = 0; i < t->line_count; i++)
        won[t->lines[i].project] = t->lines[i].reason == REASON_WON;
    t->voters_by_winners = wm_alloc((t->winner_count + 1) * sizeof(uint64_t));
    t->voters_by_winners_len = 1;
    for (size_t i = 0; i < e->ballot_count; i++) {
        struct ballot ballot = election_ballot(e, i);
        size_t winners = 0;
        for (size_t k = 0; k < ballot.count; k++)
            winners += won[ballot.picks[k]] ? 1 : 0;
        t->voters_by_winners[winners]++;
        if (winners >= t->voters_by_winners_len)
            t->voters_by_winners_len = winners + 1;
    }
    free(won);
}

enum agreement tally_agreement(const struct tally *t, const struct election *e)
{
    bool silent = true;
    bool differs = false;
    for (size_t i = 0; i < t->line_count; i++) {
        enum selected selected = e->projects[t->lines[i].project].selected;
        bool won = t->lines[i].reason == REASON_WON;
        silent = silent && selected == SELECTED_UNSAID;
        differs = differs || won != (selected == SELECTED_YES);
    }
    if (silent)
        return FILE_SILENT;
    return differs ? FILE_DIFFERS : FILE_AGREES;
}

const char *reason_word(enum reason reason)
{
    switch (reason) {
    case REASON_WON:
        return "won";
    case REASON_NO_VOTES:
        return "no_votes";
    case REASON_BELOW_MINIMUM:
        return "below_minimum";
    case REASON_WITHDRAWN:
        return "withdrawn";
    case REASON_COSTS_MORE_THAN_BUDGET:
        return "costs_more_than_budget";
    case REASON_NOT_ENOUGH_LEFT:
        return "not_enough_left";
    case REASON_EXCLUDED:
        return "excluded";
    case REASON_MONEY_WENT:
        return "money_went_to_others";
    case REASON_TOO_FEW:
        return "too_few_supporters";
    case REASON_ENDED:
        return "count_ended";
    }
    abort();
}

const char *verdict_word(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ADOPTED:
        return "adopted";
    case VERDICT_MORE_NO:
        return "more_no_than_yes";
    case VERDICT_TIE:
        return "tie";
    case VERDICT_TOO_FEW:
        return "below_minimum";
    }
    abort();
}

const char *tie_break_word(enum tie_break broken_by)
{
    switch (broken_by) {
    case TIE_COST:
        return "lowest cost";
    case TIE_VOTES:
        return "most votes";
    case TIE_LOT:
        return "lot";
    case TIE_NATURAL:
        return "natural order of id";
    }
    abort();
}

static void votes_words(struct buf *out, uint64_t n, const char *one, const char *many)
{
    buf_fmt(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

void reason_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                     const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    const char *currency = election_meta(e, "currency");
    if (line->text != NULL) {
        buf_str_add(out, line->text);
        return;
    }
    switch (line->reason) {
    case REASON_WON:
        buf_fmt(out, "Funded as number %zu: it costs ", line->step);
        amount_words(out, p->cost, currency);
        buf_str_add(out, " and ");
        amount_words(out, line->left, currency);
        buf_str_add(out, " was left.");
        return;
    case REASON_NO_VOTES:
        buf_str_add(out, "Not funded: nobody voted for it.");
        return;
    case REASON_BELOW_MINIMUM:
        buf_str_add(out, "Not funded: it has ");
        votes_words(out, p->votes, "vote", "votes");
        buf_fmt(out, " and needed at least %llu.",
                (unsigned long long)terms_get(terms, "minimum-votes"));
        return;
    case REASON_WITHDRAWN:
        buf_str_add(out, "Not funded: it was withdrawn.");
        return;
    case REASON_COSTS_MORE_THAN_BUDGET:
        buf_str_add(out, "Not funded: it costs ");
        amount_words(out, p->cost, currency);
        buf_str_add(out, ", more than the whole budget of ");
        amount_words(out, e->budget, currency);
        buf_char(out, '.');
        return;
    case REASON_NOT_ENOUGH_LEFT:
        buf_str_add(out, "Not funded: it costs ");
        amount_words(out, p->cost, currency);
        buf_str_add(out, " and only ");
        amount_words(out, line->left, currency);
        buf_str_add(out, " was left when its turn came.");
        return;
    case REASON_EXCLUDED:
        buf_fmt(out, "Not funded: %s won, and only one of them can.",
                quote(*e->projects[line->excluded_by].name != '\0'
                          ? e->projects[line->excluded_by].name
                          : e->projects[line->excluded_by].id)
                    .text);
        return;
    case REASON_MONEY_WENT:
    case REASON_TOO_FEW:
    case REASON_ENDED:
        buf_str_add(out, "Not funded.");
        return;
    }
}

void verdict_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct tally *t)
{
    switch (t->verdict) {
    case VERDICT_ADOPTED:
        buf_str_add(out, "Adopted: ");
        break;
    case VERDICT_MORE_NO:
        buf_str_add(out, "Not adopted: ");
        break;
    case VERDICT_TIE:
        buf_str_add(out, "Not adopted, as it is a tie: ");
        break;
    case VERDICT_TOO_FEW:
        buf_str_add(out, "Not adopted: ");
        votes_words(out, e->ballot_count, "ballot was", "ballots were");
        buf_fmt(out, " cast and at least %llu were needed; ",
                (unsigned long long)terms_get(terms, "minimum-votes"));
        break;
    }
    votes_words(out, t->yes, "ballot says yes, ", "ballots say yes, ");
    votes_words(out, t->no, "says no.", "say no.");
}
