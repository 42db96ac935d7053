/* store_news.h: when what is told of each round changed last, for feeds and calendars. Everything
 * read lives in the arena that is passed in. */
#ifndef WM_STORE_NEWS_H
#define WM_STORE_NEWS_H

#include "common/db.h"

/* Times are unix microseconds, DB_NO_TIME where there is none. */
struct news {
    int32_t round;                                /* its id */
    int64_t scheduled_at, changed_at, updated_at; /* see api.rounds_news */
    int32_t extensions;                           /* how often the close was moved */
    int64_t final_at, result_updated_at;          /* of a published result */
    bool provisional;
};
struct all_news {
    struct news *news;
    int n;
};

enum db_outcome news_load(struct db *db, struct arena *a, struct all_news *out);
/* What is known of a round, or NULL. */
const struct news *news_find(const struct all_news *all, int32_t round);

#endif
