/* store_offer.c: offers of help and the database. */
#include "server/store_offer.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/store_kit.h"

/* --- how many ----------------------------------------------------------------------------- */
DB_STATEMENT(offers_public, "select number::integer, people from api.offers_public($1)");
DB_STATEMENT(offers_edition, "select pledge, people from api.offers_of_edition($1)");

int64_t offer_count(const struct offer_counts *all, int32_t thing)
{
    for (int i = 0; i < all->n; i++) {
        if (all->one[i].thing == thing)
            return all->one[i].people;
    }
    return 0;
}

static enum db_outcome counts(struct db *db, struct arena *a, const struct db_statement *statement,
                              int32_t id, struct offer_counts *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, statement, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(a, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->one[i].thing = db_int4(rows, i, 0);
        out->one[i].people = db_int8(rows, i, 1);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome offers_of_round(struct db *db, struct arena *a, int32_t round,
                                struct offer_counts *out)
{
    return counts(db, a, &offers_public, round, out);
}

enum db_outcome offers_of_edition(struct db *db, struct arena *a, int32_t edition,
                                  struct offer_counts *out)
{
    return counts(db, a, &offers_edition, edition, out);
}

DB_STATEMENT(pledge_welcome, "select promise from api.pledge_public($1, $2)");

enum db_outcome offer_pledge(struct db *db, struct arena *a, const char *area, int32_t pledge,
                             const char **promise)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, area);
    db_put_int4(&p, pledge);
    enum db_outcome outcome = db_run(db, &pledge_welcome, &p, &rows);
    *promise = outcome == DB_OK && db_count(rows) == 1 ? store_text(a, rows, 0, 0) : NULL;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- offering ----------------------------------------------------------------------------- */
DB_STATEMENT(offer_makes, "select api.offer_make($1::text, $2::smallint, $3::integer, $4, $5, $6,"
                          " $7)");

enum db_outcome offer_make(struct db *db, struct arena *a, const struct offer *o,
                           const char **result)
{
    struct db_params p = db_params_new();
    uint8_t sealed[PHONE_LEN + SECRET_SEAL_EXTRA], key[32];
    db_put_text(&p, o->slug);
    if (o->slug != NULL)
        db_put_int2(&p, o->number);
    else
        db_put_null(&p);
    db_put_int4(&p, o->pledge);
    db_put_text(&p, o->name);
    db_put_text(&p, o->words);
    phone_lookup(o->e164, key);
    db_put_bytes(&p, sealed, secret_seal("phone.number", o->e164, strlen(o->e164), sealed));
    db_put_bytes(&p, key, sizeof key);
    return store_answer(db, &offer_makes, a, &p, result, NULL);
}

/* --- the desk ----------------------------------------------------------------------------- */
DB_STATEMENT(desk_offers_all, "select id, about, path, area, name, words, made_at,"
                              " answered_at, answered_by, there from api.desk_offers($1)");
DB_STATEMENT(desk_offer_numbers, "select outcome, sealed from api.desk_offer_number($1, $2)");
DB_STATEMENT(desk_offer_answers, "select api.desk_offer_answer($1, $2)");

enum db_outcome desk_offers(struct db *db, struct arena *a, int32_t officer,
                            struct desk_offers *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &desk_offers_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->offer = arena_alloc(a, sizeof *out->offer * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->offer[i] = (struct desk_offer){.id = db_int8(rows, i, 0),
                                            .about = store_text(a, rows, i, 1),
                                            .path = store_text(a, rows, i, 2),
                                            .area = store_text(a, rows, i, 3),
                                            .name = store_text(a, rows, i, 4),
                                            .words = store_text(a, rows, i, 5),
                                            .made_at = db_time(rows, i, 6),
                                            .answered_at = db_time(rows, i, 7),
                                            .answered_by = store_text(a, rows, i, 8),
                                            .there = db_bool(rows, i, 9)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome desk_offer_number(struct db *db, struct arena *a, int32_t officer, int64_t id,
                                  const char **result, char e164[PHONE_LEN + 1])
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    size_t len;
    e164[0] = '\0';
    db_put_int4(&p, officer);
    db_put_int8(&p, id);
    enum db_outcome outcome = store_answer(db, &desk_offer_numbers, a, &p, result, &rows);
    if (outcome == DB_OK && strcmp(*result, "shown") == 0) {
        const uint8_t *sealed = db_bytes(rows, 0, 1, &len);
        long n = len <= PHONE_LEN + SECRET_SEAL_EXTRA
                     ? secret_unseal("phone.number", sealed, len, (uint8_t *)e164)
                     : -1;
        if (n < 0) {
            log_bug("the number of an offer cannot be unsealed: is this another master key?");
            outcome = DB_REFUSED;
        }
        e164[n < 0 ? 0 : n] = '\0';
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_offer_answer(struct db *db, struct arena *a, int32_t officer, int64_t id,
                                  const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int8(&p, id);
    return store_answer(db, &desk_offer_answers, a, &p, result, NULL);
}
