/* tally.c: holds an outcome and says its reasons in words. */
#include "count/tally.h"

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
