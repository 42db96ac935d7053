/* store_paper.h: ballots on paper, and those that a clerk types for a voter. Role wardmote_desk
 * where nothing else is said; the ballots themselves go through the ballot box. Texts live in the
 * arena. */
#ifndef WM_STORE_PAPER_H
#define WM_STORE_PAPER_H

#include "common/cast.h"

struct paper_batch {
    int32_t id;
    int64_t collected_at;
    const char *place;
    int32_t ballots, entered, spoilt;
    const char *opened_by, *reconciled_by;
    int64_t reconciled_at; /* DB_NO_TIME: still open */
};
struct paper_batches {
    struct paper_batch *batch;
    int n;
};
enum db_outcome paper_list(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           struct paper_batches *out);

/* *result: an outcome of api.desk_paper_open; *id of the batch, or 0. `collected` NULL: not said.
 */
enum db_outcome paper_open(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           const char *collected, const char *place, int32_t ballots,
                           const char **result, int32_t *id);
/* *result: an outcome of api.desk_paper_reconcile; *off: entered + spoilt - sealed. */
enum db_outcome paper_reconcile(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, int32_t batch, int32_t spoilt,
                                const char **result, int32_t *off);

/* What was typed last. */
struct paper_entry {
    const char *serial, *clerk;
    int64_t receipt, written_at;
};
struct paper_entries {
    struct paper_entry *entry;
    int n;
};
/* `batch` 0: assisted ballots. */
enum db_outcome paper_entries(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              int32_t batch, struct paper_entries *out);

/* Sets voter, generation and round of `item` by a code as typed, or on paper by its serial, and
 * keeps the signed declaration. *found false: no such code. */
enum db_outcome paper_voter(struct db *db, int32_t officer, const char *slug, const char *code,
                            bool declared, struct cast_item *item, bool *found);

/* Where residents hand in paper, "" while nobody said. By a round's id: role wardmote_web. */
enum db_outcome paper_return_load(struct db *db, struct arena *arena, int32_t round,
                                  const char **words);
/* The same for its officers, and changed by them; *result: an outcome of
 * api.desk_paper_return_save. *words: NULL where no paper is handed in, or no more. */
enum db_outcome paper_return_of(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, const char **words);
enum db_outcome paper_return_save(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, const char *words, const char **result);

#endif
