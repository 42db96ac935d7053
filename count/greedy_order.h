/* greedy_order.h: the order in which greedy rules take proposals, and its ties. */
#ifndef COUNT_GREEDY_ORDER_H
#define COUNT_GREEDY_ORDER_H

#include "count/tally.h"

/* Names the projects in the lines, most score (or score per cost) first; then lowest cost, most
 * votes, and lot or natural order of id. A project that costs nothing comes before all that cost
 * something if it has a score, and among those with none otherwise. With terms->exact by rationals
 * and without sorting: the same order. */
void greedy_order(const struct election *e, const struct terms *terms, struct tally *t);

/* Lists the ties of an outcome that is final, with whether they decided anything. */
void greedy_ties(const struct election *e, const struct terms *terms, struct tally *t);

#endif
