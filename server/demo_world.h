/* demo_world.h: what the parts of the demonstration share. */
#ifndef WM_DEMO_WORLD_H
#define WM_DEMO_WORLD_H

#include "common/db.h"

struct demo_world {
    struct db *db; /* a superuser's */
    struct arena arena;
    uint64_t dice;   /* state of demo_roll */
    int32_t officer; /* who looks after the whole city, */
    int32_t second;  /* and who approves what the first did */
};

/* A number from 0 to n - 1; the same row of them each time. */
uint32_t demo_roll(struct demo_world *w, uint32_t n);

/* Ballots, as people might have cast them, into every round that is or was open: its area's
 * voters without a code on the demo page. (demo_ballots.c) */
enum db_outcome demo_ballots(struct demo_world *w);

#endif
