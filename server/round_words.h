/* round_words.h: what the pages about one round say alike: its limits, its phase, how to text. */
#ifndef WM_ROUND_WORDS_H
#define WM_ROUND_WORDS_H

#include "server/page_kit.h"

/* "Choose any projects that together cost £12,000 or less." and its like; `pots` may be several. */
void round_limit_words(struct html *h, const struct round_view *v, const struct pots *pots);
/* "Voting now closes at …", as a paragraph, where the close was moved; else nothing. */
void round_extension_words(struct html *h, const struct round_view *v);
/* "Only one of these can win: …", a paragraph a group. */
void round_exclusion_words(struct html *h, const struct exclusions *groups,
                           const struct proposals *all);
/* Who may vote, in one sentence: area, age, and what proves it. */
void round_voter_words(struct html *h, const struct round_view *v);
/* How the projects' or the question's outcome is worked out, in plain words, as paragraphs. */
void round_counting_words(struct html *h, const struct round_view *v, const struct pots *pots);
/* "Text VOTE 123 456 789 0123 1275 1283 to 60777": nothing when texts are not offered. Up to two
 * numbers of `all` make the example. */
void round_text_words(struct html *h, const struct round_view *v, const struct proposals *all);
/* Money and limits of a pot or pots as figures. */
void round_facts(struct html *h, const struct round_view *v, const struct pots *pots,
                 int32_t proposals);

#endif
