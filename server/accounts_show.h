/* accounts_show.h: the books of a round: codes and ballots, each in one part, and their sums. */
#ifndef WM_SERVER_ACCOUNTS_SHOW_H
#define WM_SERVER_ACCOUNTS_SHOW_H

#include "server/page_kit.h"
#include "server/store_results.h"

/* A heading and two tables; nothing for a round without books, or with fewer ballots than are
 * published in tables. By channel only where no count could point at somebody. */
void accounts_show(struct html *h, const struct result_accounts *accounts, int64_t ballots);

#endif
