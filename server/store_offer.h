/* store_offer.h: offers of help and the database. Outcomes are the words that the SQL functions of
 * the same names give. Thread: a worker's, with its own connection. */
#ifndef WM_SERVER_STORE_OFFER_H
#define WM_SERVER_STORE_OFFER_H

#include "common/db.h"
#include "common/phone.h"

/* How many people offered help with each thing (a proposal's number, a pledge's id). */
struct offer_counts {
    struct {
        int32_t thing;
        int64_t people;
    } * one;
    int n;
};
int64_t offer_count(const struct offer_counts *all, int32_t thing);
enum db_outcome offers_of_round(struct db *db, struct arena *a, int32_t round,
                                struct offer_counts *out);
enum db_outcome offers_of_edition(struct db *db, struct arena *a, int32_t edition,
                                  struct offer_counts *out);

/* What a pledge promises with which help is welcome; *promise NULL: there is none. */
enum db_outcome offer_pledge(struct db *db, struct arena *a, const char *area, int32_t pledge,
                             const char **promise);

/* Help with a proposal (slug and number) or with a pledge (slug NULL). `e164` is sealed here. */
struct offer {
    const char *slug;
    int16_t number;
    int32_t pledge;
    const char *name, *words, *e164;
};
enum db_outcome offer_make(struct db *db, struct arena *a, const struct offer *offer,
                           const char **result);

/* One line of the desk's list. */
struct desk_offer {
    int64_t id;
    const char *about, *path, *area, *name, *words, *answered_by;
    int64_t made_at, answered_at; /* DB_NO_TIME: not yet */
    bool there;                   /* the number is not erased */
};
struct desk_offers {
    struct desk_offer *offer;
    int n;
};
enum db_outcome desk_offers(struct db *db, struct arena *a, int32_t officer,
                            struct desk_offers *out);
/* On "shown" `e164` is the number to call; the audit says who looked. */
enum db_outcome desk_offer_number(struct db *db, struct arena *a, int32_t officer, int64_t id,
                                  const char **result, char e164[PHONE_LEN + 1]);
enum db_outcome desk_offer_answer(struct db *db, struct arena *a, int32_t officer, int64_t id,
                                  const char **result);

#endif
