/* maximin.h: the maximin support rule (also Generalised Sequential Phragmen), exact, by two
 * independent paths.
 *
 * The cost of what is funded is borne by its supporters, as evenly as can be: load(W) is the least
 * possible greatest burden of a voter when the cost of each project of W is shared among its
 * supporters in any way. Again and again the project p that fits into what is left and makes
 * load(W + p) least is added, until none fits. Sanchez-Fernandez, Fernandez Garcia, Fisteus, Brill:
 * The maximin support method; Aziz, Lee, Talmon: Proportionally representative participatory
 * budgeting (2018).
 *
 * By max flow and min cut, load(W) is the greatest cost(S) / voters(S) over sets S of projects of
 * W, where voters(S) support at least one of S. It is found by Dinkelbach's method: from a lower
 * bound a / b, a set with cost(S) b > voters(S) a is found by a cut and gives the next bound, until
 * there is none. load only grows with W, so that old loads are lower bounds.
 *
 * Ties go to the lower rank (profile.h). Unsupported projects take no part. */
#ifndef COUNT_MAXIMIN_H
#define COUNT_MAXIMIN_H

#include "count/profile.h"

#define MAXIMIN_NONE UINT32_MAX

struct maximin {
    size_t count;
    size_t room;
    uint32_t *projects; /* in the order chosen */
    uint32_t *tied;     /* how many gave the least load, itself included */
    uint32_t *rival;    /* of those, the next by rank; MAXIMIN_NONE when there was none */
    mpq_t *loads;       /* of all projects up to that one */
    mpq_t cost;
};

/* With `plain` rationals, every class of voters by itself, and every project at every step;
 * otherwise 128-bit integers (where amounts are too long for them, plain). maximin_free frees the
 * outcome. */
void maximin_count(const struct profile *p, bool plain, struct maximin *out);
void maximin_free(struct maximin *r);

/* What a path is asked: load(W + project) where it is above *load, which is a lower bound of it;
 * otherwise *load is left alone. W is r->projects. */
struct maximin_flow;
struct maximin_flow *maximin_flow_new(const struct profile *p); /* NULL: amounts are too long */
void maximin_flow_free(struct maximin_flow *f);
void maximin_flow_load(struct maximin_flow *f, uint32_t project, mpq_t load);
/* The project was added to W. */
void maximin_flow_add(struct maximin_flow *f, uint32_t project);
void maximin_plain_load(const struct profile *p, const struct maximin *r, uint32_t project,
                        mpq_t load);

#endif
