/* phragmen.h: Phragmen's sequential rule for projects that cost money.
 *
 * Every voter earns money at the same steady rate. As soon as the supporters of a project together
 * have its cost, it is bought and they start again from nothing. In other words (Brill, Freeman,
 * Janson, Lackner: Phragmen's Voting Methods and Justified Representation, section 3; Los,
 * Christoff, Grossi: Proportional Budget Allocations, IJCAI 2022): with load(i) the time at which
 * voter i last paid, next is the project with the lowest
 *     time(p) = (cost(p) + sum of load(i) over supporters i) / number of supporters.
 * It ends as soon as one of those with the lowest time does not fit into what is left of the
 * budget. Projects that alone cost more than the budget take no part. */
#ifndef COUNT_PHRAGMEN_H
#define COUNT_PHRAGMEN_H

#include "count/profile.h"

#define PHRAGMEN_NONE UINT32_MAX

struct phragmen {
    size_t count;
    uint32_t *projects; /* in the order bought */
    uint32_t *tied;     /* how many projects had the lowest time, itself included */
    uint32_t *rival;    /* of those, the next by rank; PHRAGMEN_NONE when there was none */
    mpq_t *times;       /* exact */
    size_t room;
    mpq_t cost;
    uint32_t stopped_by; /* did not fit, which ended the count; PHRAGMEN_NONE when all was bought */
    uint64_t exact_choices; /* how often doubles could not tell; always, on the plain path */
};

/* Ties go to the lower rank. With `plain` rationals decide everything; otherwise doubles with error
 * bounds do where they can. The outcome is the same. phragmen_free frees it. */
void phragmen_count(const struct profile *p, bool plain, struct phragmen *out);
void phragmen_free(struct phragmen *r);

#endif
