/* cast_private.h: what cast.c and cast_batch.c share; no other file may include it. */
#ifndef WM_CAST_PRIVATE_H
#define WM_CAST_PRIVATE_H

#include "common/cast.h"

/* What is known and computed about one item between the two statements. */
struct cast_work {
    bool locked;
    uint8_t voter[UUID_LEN];
    int32_t revision;
    uint8_t picks_hash[32];
    uint8_t commitment[COMMITMENT_LEN];
};

struct caster {
    struct db *db;
    struct db_params params;
    struct round_keys *keys; /* of every round met so far: frozen, so they never go stale */
    size_t n_keys;
    struct cast_work *work; /* as long as the longest batch so far */
    size_t n_work;
};

/* cast_in_transaction in a transaction of its own, from BEGIN to COMMIT. After anything but DB_OK:
 * roll back. *at_commit: COMMIT was sent, so that with DB_LOST the ballots may stand. (cast.c) */
enum db_outcome cast_and_commit(struct caster *c, struct cast_item *items, size_t n, bool patient,
                                bool *at_commit);

#endif
