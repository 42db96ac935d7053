/* test_count_random.h: small random elections, made to have ties, purses spent to the penny and
 * projects that cost exactly what their supporters have. */
#ifndef TEST_COUNT_RANDOM_H
#define TEST_COUNT_RANDOM_H

#include "test_count_support.h"

/* SplitMix64 (Steele, Lea, Flood 2014): the same elections everywhere. */
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint64_t random_below(uint64_t *state, uint64_t n)
{
    return random_next(state) % n;
}

struct random_shape {
    size_t projects;
    size_t voters;
    uint64_t costs;  /* how many different costs; few make ties */
    uint64_t scale;  /* of costs and budget */
    bool exclusions; /* of the first four projects two and two exclude each other */
};

static inline struct random_shape random_shape(uint64_t *state)
{
    return (struct random_shape){.projects = 1 + random_below(state, 9),
                                 .voters = 1 + random_below(state, 14),
                                 .costs = random_below(state, 2) == 0 ? 4 : 40,
                                 .scale = 1,
                                 .exclusions = random_below(state, 4) == 0};
}

/* The same state and shape give the same election; only `scale` changes the amounts. */
static inline struct election *random_election(uint64_t *state, struct random_shape shape,
                                               enum vote_type type)
{
    struct election *e = wm_alloc(sizeof(*e));
    election_init(e);
    e->vote_type = type;
    e->points_known = type == VOTE_CUMULATIVE;
    if (e->points_known && random_below(state, 2) == 0)
        e->points_scale = 10;
    mpq_set_ui(e->budget, (1 + random_below(state, 60)) * shape.scale, 1 + random_below(state, 3));
    mpq_canonicalize(e->budget);
    for (size_t i = 0; i < shape.projects; i++) {
        char id[] = {(char)('a' + i), '\0'};
        struct project *p = election_project_add(e, id);
        p->exclusion = shape.exclusions && i < 4 ? 1 + (uint32_t)i / 2 : 0;
        mpq_set_ui(p->cost, random_below(state, shape.costs) * shape.scale, 1);
    }
    for (size_t i = 0; i < shape.voters; i++) {
        uint64_t chosen = 0;
        size_t picks = random_below(state, shape.projects < 5 ? shape.projects + 1 : 6);
        for (size_t k = 0; k < picks; k++) {
            size_t project = random_below(state, shape.projects);
            bool again = (chosen >> project & 1) != 0;
            if (!again)
                election_pick_add(e, project);
            if (!again && e->points_known)
                election_points_set(e, e->pick_count - 1, (uint32_t)random_below(state, 5));
            chosen |= (uint64_t)1 << project;
        }
        election_ballot_end(e, i + 1);
    }
    return e;
}

#endif
