/* practice_ballot.c: made-up ballots. */
#include "server/practice_ballot.h"

enum { LIKED_LEAST = 15, LIKED_SPREAD = 60, STEP = 37, PROPOSALS_MAX = 200 };

/* What is still free on a ballot. */
struct room {
    int64_t money[DESK_POTS_MAX + 1]; /* by ordinal, pence */
    int32_t picks[DESK_POTS_MAX + 1];
    int32_t all, points;
};

static struct room room_of(const struct desk_round *round)
{
    struct room free = {.all = round->max_picks, .points = round->terms.points_sum};
    if (free.all > BALLOT_PICKS_MAX || free.all == 0)
        free.all = BALLOT_PICKS_MAX;
    for (int i = 0; i < round->pots && i < DESK_POTS_MAX; i++) {
        const struct desk_pot *pot = &round->pot[i];
        free.money[pot->ordinal] = pot->amount;
        free.picks[pot->ordinal] = pot->max_picks > 0 ? pot->max_picks : BALLOT_PICKS_MAX;
    }
    return free;
}

static bool fits(const struct desk_round *round, const struct room *free,
                 const struct desk_proposal *p)
{
    bool money = strcmp(round->kind, "knapsack") != 0 || p->cost <= free->money[p->pot];
    bool points = strcmp(round->kind, "points") != 0 || free->points > 0;
    return money && points && free->all > 0 && free->picks[p->pot] > 0;
}

static uint16_t weigh(const struct desk_round *round, struct room *free, practice_roll *roll,
                      void *state, uint16_t n)
{
    if (strcmp(round->kind, "ranking") == 0)
        return (uint16_t)(n + 1);
    if (strcmp(round->kind, "points") != 0)
        return 1;
    int32_t most = round->terms.points_max < free->points ? round->terms.points_max : free->points;
    int32_t given = 1 + (int32_t)roll(state, (uint32_t)most);
    free->points -= given;
    return (uint16_t)given;
}

/* Proposals in an order of this ballot's own. */
static int shuffle(const struct desk_round *round, practice_roll *roll, void *state,
                   const struct desk_proposal **order)
{
    int n = 0;
    for (int i = 0; i < round->proposals && n < PROPOSALS_MAX; i++) {
        if (!round->proposal[i].published)
            continue;
        int at = (int)roll(state, (uint32_t)n + 1);
        order[n] = order[at];
        order[at] = &round->proposal[i];
        n++;
    }
    return n;
}

/* Whether this pot, or the ballot, still asks for more than was picked. */
static bool wanted(const struct desk_round *round, const struct room *free, int32_t ordinal,
                   uint16_t n)
{
    const struct desk_pot *pot = &round->pot[ordinal - 1];
    int32_t most = pot->max_picks > 0 ? pot->max_picks : BALLOT_PICKS_MAX;
    return n < round->terms.min_picks || most - free->picks[ordinal] < pot->min_picks;
}

uint16_t practice_ballot(const struct desk_round *round, practice_roll *roll, void *state,
                         struct ballot_pick *picks)
{
    const struct desk_proposal *order[PROPOSALS_MAX];
    struct room free = room_of(round);
    uint16_t n = 0;
    int proposals = shuffle(round, roll, state, order);
    if (strcmp(round->kind, "yes_no") == 0 && proposals == 1) {
        picks[0] = (struct ballot_pick){(uint16_t)order[0]->number, roll(state, 100) < 64};
        return 1;
    }
    /* First who is asked for, then who is liked. */
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < proposals; i++) {
            const struct desk_proposal *p = order[i];
            uint32_t liked = LIKED_LEAST + (uint32_t)p->number * STEP % LIKED_SPREAD;
            if (p->pot < 1 || p->pot > round->pots || !fits(round, &free, p) ||
                (turn == 0 ? !wanted(round, &free, p->pot, n) : roll(state, 100) >= liked))
                continue;
            picks[n] =
                (struct ballot_pick){(uint16_t)p->number, weigh(round, &free, roll, state, n)};
            n++;
            free.all--;
            free.picks[p->pot]--;
            free.money[p->pot] -= p->cost;
            order[i] = order[--proposals];
            i--;
        }
    }
    ballot_sort(picks, n);
    return n;
}
