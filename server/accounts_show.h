/* accounts_show.h: the books of a round: codes, ballots and texts, each in one part, and their
 * sums. */
#ifndef WM_SERVER_ACCOUNTS_SHOW_H
#define WM_SERVER_ACCOUNTS_SHOW_H

#include "server/page_kit.h"
#include "server/store_results.h"

/* A heading and tables. Counts of 1 to 4 could point at somebody: they are told together with
 * others, or as "fewer than 5" without a sum from which they could be worked out; of a round with
 * fewer ballots than are published in tables it only says that. */
void accounts_show(struct html *h, const struct result_accounts *accounts, int64_t ballots);

#endif
