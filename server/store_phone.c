/* store_phone.c: asks about signing in with a mobile number. */
#include "server/store_phone.h"

#include "common/log.h"
#include "common/phone.h"
#include "common/secret.h"
#include "server/guess.h"
#include "server/store_kit.h"

DB_STATEMENT(phone_areas, "select slug, name from api.phone_areas()");
DB_STATEMENT(sign_in_begins,
             "select api.sign_in_begin($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
DB_STATEMENT(sign_in_anew, "select api.sign_in_again($1, $2, $3, $4)");
DB_STATEMENT(sign_in_checks, "select outcome, voter, credential, generation"
                             " from api.sign_in_check($1, $2, $3, $4, $5)");

enum db_outcome phone_areas_load(struct db *db, struct arena *a, struct phone_areas *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &phone_areas, NULL, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->area = arena_alloc(a, sizeof *out->area * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->area[i] = (struct phone_area){store_text(a, rows, i, 0), store_text(a, rows, i, 1)};
    db_rows_free(rows);
    return outcome;
}

static enum sign_in_outcome read_outcome(const char *word)
{
    static const char *const words[] = {"sent",  "area",  "wait", "gone", "good",
                                        "wrong", "ended", "late", "void"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0)
            return (enum sign_in_outcome)i;
    }
    log_bug("unknown outcome of a sign-in");
    MUST(false);
    return SIGN_IN_GONE;
}

/* Digits belong to one sign-in: their hash is of both. */
static void digits_key(const uint8_t id[16], const char *digits, uint8_t out[32])
{
    uint8_t both[16 + PHONE_DIGITS];
    memcpy(both, id, 16);
    memcpy(both + 16, digits, PHONE_DIGITS);
    secret_hmac(SECRET_CODE, "sign_in", both, sizeof both, out);
}

/* Five random digits, put as their keyed hash and as their seal for the text. */
static void put_digits(struct db_params *p, const uint8_t id[16])
{
    char digits[PHONE_DIGITS + 1];
    uint8_t key[32], sealed[PHONE_DIGITS + SECRET_SEAL_EXTRA];
    snprintf(digits, sizeof digits, "%05u", (unsigned)arc4random_uniform(100000));
    digits_key(id, digits, key);
    db_put_bytes(p, key, sizeof key);
    db_put_bytes(p, sealed, secret_seal("notice.digits", digits, PHONE_DIGITS, sealed));
    explicit_bzero(digits, sizeof digits);
}

/* A page in English says nothing of the language of texts: the number may have chosen one. Nor does
 * the pseudo-locale, in which nothing is texted. */
static void put_language(struct db_params *p, enum language language)
{
    bool texted = language != LANGUAGE_EN && language != LANGUAGE_AR_XB;
    db_put_text(p, texted ? language_tag(language) : NULL);
}

enum db_outcome sign_in_begin(struct db *db, enum language language, const char *e164,
                              const char *area, const char *postcode, const char *address,
                              const char *news, enum sign_in_outcome *outcome,
                              char id[UUID_TEXT_LEN + 1])
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    struct guess_keys keys;
    uint8_t uuid[16], phone[32], sealed[PHONE_LEN + SECRET_SEAL_EXTRA];
    secret_random(uuid, sizeof uuid);
    uuid_text(uuid, id);
    phone_lookup(e164, phone);
    guess_keys(address, &keys);
    db_put_uuid(&p, uuid);
    db_put_bytes(&p, phone, sizeof phone);
    db_put_bytes(&p, sealed, secret_seal("phone.number", e164, strlen(e164), sealed));
    put_digits(&p, uuid);
    db_put_text(&p, area);
    db_put_text(&p, postcode);
    db_put_bytes(&p, keys.address, sizeof keys.address);
    db_put_bytes(&p, keys.network, sizeof keys.network);
    db_put_text(&p, news);
    put_language(&p, language);
    enum db_outcome done = db_run(db, &sign_in_begins, &p, &rows);
    if (done == DB_OK)
        *outcome = read_outcome(db_text(rows, 0, 0));
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}

enum db_outcome sign_in_again(struct db *db, enum language language, const uint8_t id[16],
                              enum sign_in_outcome *outcome)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_uuid(&p, id);
    put_digits(&p, id);
    put_language(&p, language);
    enum db_outcome done = db_run(db, &sign_in_anew, &p, &rows);
    if (done == DB_OK)
        *outcome = read_outcome(db_text(rows, 0, 0));
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}

enum db_outcome sign_in_check(struct db *db, enum language language, const uint8_t id[16],
                              const char *digits, const char *address,
                              enum sign_in_outcome *outcome, struct voter_session *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    struct guess_keys keys;
    uint8_t key[32];
    digits_key(id, digits, key);
    guess_keys(address, &keys);
    db_put_uuid(&p, id);
    db_put_bytes(&p, key, sizeof key);
    db_put_bytes(&p, keys.address, sizeof keys.address);
    db_put_bytes(&p, keys.network, sizeof keys.network);
    put_language(&p, language);
    enum db_outcome done = db_run(db, &sign_in_checks, &p, &rows);
    if (done == DB_OK) {
        *outcome = read_outcome(db_text(rows, 0, 0));
        out->voter = db_int8(rows, 0, 1);
        out->credential = db_int8(rows, 0, 2);
        out->generation = db_int4(rows, 0, 3);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}
