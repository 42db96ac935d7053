/* store_news.c: when what is told of each round changed last. */
#include "server/store_news.h"

enum db_outcome news_load(struct db *db, struct arena *a, struct all_news *out)
{
    DB_STATEMENT(rounds_news, "select * from api.rounds_news()");
    struct db_rows *rows = NULL;
    *out = (struct all_news){0};
    enum db_outcome outcome = db_run(db, &rounds_news, NULL, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->news = arena_alloc(a, (size_t)out->n * sizeof *out->news);
    }
    for (int i = 0; i < out->n; i++)
        out->news[i] = (struct news){.round = db_int4(rows, i, 0),
                                     .scheduled_at = db_time(rows, i, 1),
                                     .changed_at = db_time(rows, i, 2),
                                     .updated_at = db_time(rows, i, 3),
                                     .extensions = db_int4(rows, i, 4),
                                     .final_at = db_time(rows, i, 5),
                                     .provisional = db_bool(rows, i, 6),
                                     .result_updated_at = db_time(rows, i, 7)};
    db_rows_free(rows);
    return outcome;
}

const struct news *news_find(const struct all_news *all, int32_t round)
{
    for (int i = 0; i < all->n; i++) {
        if (all->news[i].round == round)
            return &all->news[i];
    }
    return NULL;
}
