/* store_desk_count.h: what a count reads and writes. Role wardmote_desk; a choice can be read only
 * once the round may be counted. */
#ifndef WM_STORE_DESK_COUNT_H
#define WM_STORE_DESK_COUNT_H

#include "server/export_pb.h"
#include "server/store_count_job.h"
#include "server/store_desk_round.h"
#include "server/store_results.h"

/* --- counting ----------------------------------------------------------------------------- */
struct count_input {
    const char *result; /* an outcome of api.count_begin; the rest is set when it is "ready" */
    int64_t detail;
    struct pb_round round;    /* without its unit */
    const char *mark;         /* of what was read: api.round_mark */
    uint8_t seed[32];         /* unsealed; the caller wipes it */
    struct pb_ballot *ballot; /* round.ballot; count_input_free frees both */
    struct ballot_pick *picks;
};

/* Reads all that a count needs in one transaction, under the locks that make it final. DB_REFUSED
 * also when the seed cannot be unsealed. Texts live in the arena. */
enum db_outcome count_read(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           struct count_input *in);
void count_input_free(struct count_input *in);

struct count_part {
    int32_t pot;                    /* ordinal; 0: a question */
    const char *pb, *outcome, *log; /* the file, JSON, the explanation */
};
/* *result: an outcome of api.count_store. `job`: what the count was taken for. */
enum db_outcome count_store(struct db *db, struct arena *arena, const struct count_job *job,
                            const struct count_input *in, const struct count_part *parts, int n,
                            const char **result);

/* --- the result --------------------------------------------------------------------------- */
struct desk_result {
    struct result_view view; /* as residents' pages have it, with version and correction */
    const char *counted_by;
    const char **log; /* of each part */
    int32_t stands;   /* the version that is public; 0: none is */
};
/* `version` 0: the latest. *result NULL: not counted, or another officer's. */
enum db_outcome desk_result_find(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t version, struct desk_result **result);

#endif
