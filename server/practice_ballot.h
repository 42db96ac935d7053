/* practice_ballot.h: ballots that are made up for practice, within a round's limits. Pure but for
 * `roll`. */
#ifndef WM_PRACTICE_BALLOT_H
#define WM_PRACTICE_BALLOT_H

#include "common/ballot.h"
#include "server/store_desk_round.h"

/* A number below `n` (n > 0), for whoever calls; tests give the same ones again. */
typedef uint32_t practice_roll(void *state, uint32_t n);

/* Writes one ballot into `picks` (BALLOT_PICKS_MAX) and returns how many there are, ascending by
 * number. Each proposal is liked by a part of the people that follows from its number; no limit of
 * the round or of a pot is passed. 0: what the round asks for cannot be met by picking so. */
uint16_t practice_ballot(const struct desk_round *round, practice_roll *roll, void *state,
                         struct ballot_pick *picks);

#endif
