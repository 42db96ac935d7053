/* store_sms.c: asks about texts, for the officers who look after them. */
#include "server/store_sms.h"

#include "common/ballot.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/store_kit.h"

/* --- how it goes -------------------------------------------------------------------------- */
DB_STATEMENT(sms_figures, "select coming, coming_age, going, going_age, bulk, unknown, letters,"
                          " coalesce(day_pence, -1), spent, bulk_paused_at,"
                          " coalesce(seen_age, -1) from api.desk_sms_figures($1)");

enum db_outcome desk_sms_figures(struct db *db, int32_t officer, struct sms_figures *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &sms_figures, &p, &rows);
    *out = (struct sms_figures){.allowed = false};
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct sms_figures){.allowed = true,
                                    .coming = db_int8(rows, 0, 0),
                                    .coming_age = db_int8(rows, 0, 1),
                                    .going = db_int8(rows, 0, 2),
                                    .going_age = db_int8(rows, 0, 3),
                                    .bulk = db_int8(rows, 0, 4),
                                    .unknown = db_int8(rows, 0, 5),
                                    .letters = db_int8(rows, 0, 6),
                                    .day_pence = db_int8(rows, 0, 7),
                                    .spent = db_int8(rows, 0, 8),
                                    .bulk_paused_at = db_time(rows, 0, 9),
                                    .seen_age = db_int8(rows, 0, 10)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- providers ---------------------------------------------------------------------------- */
DB_STATEMENT(sms_gateways,
             "select name, used, state, until, why, price, price_abroad, rate, sent_hour,"
             " failed_hour, unknown_hour, sent_day, failed_day, unknown_day, webhook_lost"
             " from api.desk_sms_gateways($1)");

static enum sms_gateway_state read_state(const char *word)
{
    static const char *const words[] = {"ready", "paused", "broken", "trying"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0)
            return (enum sms_gateway_state)i;
    }
    log_bug("unknown state of a provider");
    return SMS_READY;
}

static struct sms_tally read_tally(const struct db_rows *rows, int row, int column)
{
    return (struct sms_tally){db_int8(rows, row, column), db_int8(rows, row, column + 1),
                              db_int8(rows, row, column + 2)};
}

enum db_outcome desk_sms_gateways(struct db *db, struct arena *arena, int32_t officer,
                                  struct sms_gateways *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &sms_gateways, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct sms_gateway){.name = store_text(arena, rows, i, 0),
                                           .used = db_bool(rows, i, 1),
                                           .state = read_state(db_text(rows, i, 2)),
                                           .until = db_time(rows, i, 3),
                                           .why = store_text(arena, rows, i, 4),
                                           .price = store_text(arena, rows, i, 5),
                                           .price_abroad = store_text(arena, rows, i, 6),
                                           .rate = store_text(arena, rows, i, 7),
                                           .hour = read_tally(rows, i, 8),
                                           .day = read_tally(rows, i, 11),
                                           .webhook_lost = db_bool(rows, i, 14)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- numbers ------------------------------------------------------------------------------ */
enum { DIGITS_SHOWN = 4, KEYS_MAX = 50 };

/* False: erased, or not sealed by us. */
static bool unseal(bool outward, const struct db_rows *rows, int row, int column,
                   char number[SMS_NUMBER_MAX + 1])
{
    size_t len = 0;
    const uint8_t *sealed = db_bytes(rows, row, column, &len);
    number[0] = '\0';
    if (db_null(rows, row, column) || len < SECRET_SEAL_EXTRA ||
        len - SECRET_SEAL_EXTRA > SMS_NUMBER_MAX)
        return false;
    long n = secret_unseal(outward ? "outbox.recipient" : "inbox.sender", sealed, len,
                           (uint8_t *)number);
    number[n < 0 ? 0 : n] = '\0';
    return n > 0;
}

static const char *mask(struct arena *arena, bool outward, const struct db_rows *rows, int row,
                        int column)
{
    char number[SMS_NUMBER_MAX + 1];
    const char *masked = "";
    if (unseal(outward, rows, row, column, number)) {
        size_t len = strlen(number);
        masked = arena_fmt(arena, "…%s", number + (len > DIGITS_SHOWN ? len - DIGITS_SHOWN : 0));
    }
    explicit_bzero(number, sizeof number);
    return masked;
}

/* --- texts -------------------------------------------------------------------------------- */
#define TEXT_COLUMNS                                                                               \
    "outward, reference, at, state, why, class, provider, provider_id, our_number, sealed, words," \
    " attempts, next_at, ended_at, segments"

DB_STATEMENT(sms_letters, "select " TEXT_COLUMNS " from api.desk_sms_letters($1)");
DB_STATEMENT(sms_find, "select " TEXT_COLUMNS " from api.desk_sms_find($1, $2, $3)");
DB_STATEMENT(sms_text, "select " TEXT_COLUMNS " from api.desk_sms_text($1, $2, $3)");
DB_STATEMENT(sms_numbers, "select key, sealed, outward from api.desk_sms_numbers($1)");

static struct sms_text read_text(struct arena *arena, const struct db_rows *rows, int row)
{
    bool outward = db_bool(rows, row, 0);
    return (struct sms_text){.outward = outward,
                             .reference = store_text(arena, rows, row, 1),
                             .at = db_time(rows, row, 2),
                             .state = store_text(arena, rows, row, 3),
                             .why = store_text(arena, rows, row, 4),
                             .class = store_text(arena, rows, row, 5),
                             .provider = store_text(arena, rows, row, 6),
                             .provider_id = store_text(arena, rows, row, 7),
                             .our_number = store_text(arena, rows, row, 8),
                             .masked = mask(arena, outward, rows, row, 9),
                             .words = db_bool(rows, row, 10),
                             .attempts = db_int4(rows, row, 11),
                             .next_at = db_time(rows, row, 12),
                             .ended_at = db_time(rows, row, 13),
                             .segments = db_int4(rows, row, 14)};
}

static enum db_outcome read_texts(struct db *db, const struct db_statement *statement,
                                  struct arena *arena, struct db_params *p, struct sms_texts *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = read_text(arena, rows, i);
    db_rows_free(rows);
    db_params_free(p);
    return outcome;
}

enum db_outcome desk_sms_letters(struct db *db, struct arena *arena, int32_t officer,
                                 struct sms_texts *out)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    return read_texts(db, &sms_letters, arena, &p, out);
}

static enum db_outcome find(struct db *db, struct arena *arena, int32_t officer,
                            const char *reference, const uint8_t (*keys)[32], int n,
                            struct sms_texts *out)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, reference);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        db_item_bytes(&p, keys[i], sizeof keys[i]);
    db_array_end(&p);
    return read_texts(db, &sms_find, arena, &p, out);
}

enum db_outcome desk_sms_find(struct db *db, struct arena *arena, int32_t officer,
                              const char *reference, struct sms_texts *out)
{
    return find(db, arena, officer, reference, NULL, 0, out);
}

enum db_outcome desk_sms_find_number(struct db *db, struct arena *arena, int32_t officer,
                                     const char *e164, struct sms_texts *out)
{
    uint8_t key[1][32];
    phone_lookup(e164, key[0]);
    return find(db, arena, officer, "", (const uint8_t(*)[32])key, 1, out);
}

static bool ends_in(const char *number, const char *digits)
{
    size_t len = strlen(number), tail = strlen(digits);
    return len >= tail && strcmp(number + len - tail, digits) == 0;
}

enum db_outcome desk_sms_find_digits(struct db *db, struct arena *arena, int32_t officer,
                                     const char *digits, struct sms_texts *out)
{
    uint8_t keys[KEYS_MAX][32];
    char number[SMS_NUMBER_MAX + 1];
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    int n = 0;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &sms_numbers, &p, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows) && n < KEYS_MAX; i++) {
        if (unseal(db_bool(rows, i, 2), rows, i, 1, number) && ends_in(number, digits))
            memcpy(keys[n++], db_bytes(rows, i, 0, NULL), sizeof keys[0]);
    }
    explicit_bzero(number, sizeof number);
    db_rows_free(rows);
    db_params_free(&p);
    if (outcome != DB_OK)
        return outcome;
    return find(db, arena, officer, "", (const uint8_t(*)[32])keys, n, out);
}

static void put_which(struct db_params *p, int32_t officer, bool outward, const char *reference)
{
    db_put_int4(p, officer);
    db_put_bool(p, outward);
    db_put_text(p, reference);
}

enum db_outcome desk_sms_text(struct db *db, struct arena *arena, int32_t officer, bool outward,
                              const char *reference, struct sms_texts *out)
{
    struct db_params p = db_params_new();
    put_which(&p, officer, outward, reference);
    return read_texts(db, &sms_text, arena, &p, out);
}

DB_STATEMENT(sms_steps, "select at, provider, outcome, http_status, error"
                        " from api.desk_sms_steps($1, $2)");

enum db_outcome desk_sms_steps(struct db *db, struct arena *arena, int32_t officer,
                               const char *reference, struct sms_steps *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &sms_steps, officer, reference, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct sms_step){db_time(rows, i, 0), store_text(arena, rows, i, 1),
                                        store_text(arena, rows, i, 2), db_int4(rows, i, 3),
                                        store_text(arena, rows, i, 4)};
    db_rows_free(rows);
    return outcome;
}

/* --- actions ------------------------------------------------------------------------------ */
DB_STATEMENT(sms_replay_out, "select api.desk_sms_replay($1, $2)");
DB_STATEMENT(sms_replay_in, "select api.desk_sms_replay_inbox($1, $2)");
DB_STATEMENT(sms_drop, "select api.desk_sms_drop($1, $2)");
DB_STATEMENT(sms_reveal, "select outcome, sealed from api.desk_sms_reveal($1, $2, $3, $4)");
DB_STATEMENT(sms_pause, "select api.desk_sms_pause($1, $2, $3)");
DB_STATEMENT(sms_gateway_save, "select api.desk_sms_gateway($1, $2, $3, $4, $5)");
DB_STATEMENT(sms_budget, "select api.desk_sms_budget($1, nullif($2::bigint, -1))");

enum db_outcome desk_sms_replay(struct db *db, struct arena *arena, int32_t officer, bool outward,
                                const char *reference, const char **result)
{
    uint8_t uuid[UUID_LEN];
    uint64_t inbox = 0;
    *result = "not_found";
    if (outward ? !uuid_read(reference, uuid) : !parse_uint(reference, INT64_MAX, &inbox))
        return DB_OK;
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    if (outward)
        db_put_uuid(&p, uuid);
    else
        db_put_int8(&p, (int64_t)inbox);
    return store_answer(db, outward ? &sms_replay_out : &sms_replay_in, arena, &p, result, NULL);
}

enum db_outcome desk_sms_drop(struct db *db, struct arena *arena, int32_t officer,
                              const char *reference, const char **result)
{
    uint8_t uuid[UUID_LEN];
    *result = "not_found";
    if (!uuid_read(reference, uuid))
        return DB_OK;
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_uuid(&p, uuid);
    return store_answer(db, &sms_drop, arena, &p, result, NULL);
}

enum db_outcome desk_sms_reveal(struct db *db, struct arena *arena, int32_t officer, bool outward,
                                const char *reference, const char *reason, const char **result,
                                char number[SMS_NUMBER_MAX + 1])
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    put_which(&p, officer, outward, reference);
    db_put_text(&p, reason);
    enum db_outcome outcome = store_answer(db, &sms_reveal, arena, &p, result, &rows);
    if (outcome == DB_OK && strcmp(*result, "shown") == 0 && !unseal(outward, rows, 0, 1, number))
        *result = "erased";
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_sms_pause(struct db *db, struct arena *arena, int32_t officer,
                               const char *name, bool pause, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, name);
    db_put_bool(&p, pause);
    return store_answer(db, &sms_pause, arena, &p, result, NULL);
}

enum db_outcome desk_sms_gateway(struct db *db, struct arena *arena, int32_t officer,
                                 const char *name, const char *price, const char *price_abroad,
                                 const char *rate, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, name);
    db_put_text(&p, price);
    db_put_text(&p, price_abroad);
    db_put_text(&p, rate);
    return store_answer(db, &sms_gateway_save, arena, &p, result, NULL);
}

enum db_outcome desk_sms_budget(struct db *db, struct arena *arena, int32_t officer,
                                int64_t day_pence, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int8(&p, day_pence);
    return store_answer(db, &sms_budget, arena, &p, result, NULL);
}
