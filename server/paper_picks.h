/* paper_picks.h: a ballot as a clerk types it from paper. Pure, any thread. */
#ifndef WM_PAPER_PICKS_H
#define WM_PAPER_PICKS_H

#include "common/ballot.h"

enum paper_kind { PAPER_CHOICES, PAPER_POINTS, PAPER_RANKING, PAPER_YES_NO };

/* Reads
 *   choices   "1275 1359" (commas do as well)
 *   points    "1275=5 1359=3"
 *   ranking   "1359 1275", the best first
 *   yes/no    "yes" or "no", about `question`
 *   any kind  "blank": no picks
 * into at most BALLOT_PICKS_MAX picks. NULL when it could be read, else what is wrong with it, a
 * literal. What the round allows is not judged here. */
const char *paper_picks_read(const char *typed, enum paper_kind kind, uint16_t question,
                             struct ballot_pick *out, uint16_t *n);

#endif
