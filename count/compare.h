/* compare.h: the outcomes of one vote under several rules, side by side. */
#ifndef COUNT_COMPARE_H
#define COUNT_COMPARE_H

#include "count/tally.h"

enum { COMPARE_MAX = 12 };

/* One rule's outcome; `label` is what the person wrote for it. */
struct contender {
    const char *label;
    struct terms terms;
    struct tally tally;
};

/* Same input, same bytes; the caller frees the text. JSON: format "wardmote-compare/1", see
 * wardmote-count(1). Satisfaction of a voter is how many of the projects on their ballot won; over
 * all voters it is kept as a sum, so that no average is rounded before it is shown. */
char *compare_json(const struct election *e, const struct contender *all, size_t count);
char *compare_text(const struct election *e, const struct contender *all, size_t count);

#endif
