/* store_practice.h: practice rounds: invented voters, and files to compare rules on. Role
 * wardmote_desk. */
#ifndef WM_STORE_PRACTICE_H
#define WM_STORE_PRACTICE_H

#include "common/db.h"

struct practice_voters {
    int32_t round;
    struct {
        int64_t id;
        int32_t generation;
    } * voter;
    int n;
};
/* *result: "ready", or an outcome of api.desk_practice_voters. In the arena. */
enum db_outcome practice_voters(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, int32_t n, const char **result,
                                struct practice_voters *out);

struct practice_file {
    const char *pot_name, *pb;
    uint8_t seed[32];
    const char *methods; /* words of api.rule_for, with spaces between */
    const char *rules;   /* the same for wardmote-count, with commas between */
};
struct practice_files {
    struct practice_file *file;
    int n;
};
/* None: not counted, or no practice. In the arena. */
enum db_outcome practice_files(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, struct practice_files *out);

#endif
