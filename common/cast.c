/* cast.c: the two statements that cast a batch of ballots, and what is computed between them. */
#include "common/cast_private.h"

#include "common/log.h"
#include "common/secret.h"

DB_STATEMENT(cast_lock, "select item, voter_uuid, last_revision from api.cast_lock($1, $2, $3)");
DB_STATEMENT(cast_write,
             "select item, outcome, revision, receipt, cast_at, detail, \"limit\""
             " from api.cast_write($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
             " $15, $16, $17, $18, $19)");
DB_STATEMENT(round_keys, "select uuid, k_pseudonym, k_nonce from api.round_keys($1)");

struct caster *caster_new(struct db *db)
{
    struct caster *c = wm_alloc(sizeof(*c));
    c->db = db;
    c->params = db_params_new();
    return c;
}

void caster_free(struct caster *c)
{
    if (c == NULL)
        return;
    db_params_free(&c->params);
    if (c->keys != NULL)
        explicit_bzero(c->keys, c->n_keys * sizeof(*c->keys));
    free(c->keys);
    free(c->work);
    free(c);
}

bool cast_accepted(enum cast_outcome outcome)
{
    return outcome == CAST_RECORDED || outcome == CAST_REPEATED || outcome == CAST_SUPERSEDED;
}

/* --- statement 1 -------------------------------------------------------------------------- */

static void make_room(struct caster *c, size_t n)
{
    if (n > c->n_work) {
        c->work = wm_realloc(c->work, n * sizeof(*c->work));
        c->n_work = n;
    }
    for (size_t i = 0; i < n; i++)
        c->work[i].locked = false;
}

static enum db_outcome lock(struct caster *c, const struct cast_item *items, size_t n, bool patient,
                            bool begin)
{
    struct db_rows *rows = NULL;
    struct db_params *p = &c->params;
    db_params_clear(p);
    db_array_begin(p, DB_INT8);
    for (size_t i = 0; i < n; i++)
        db_item_int8(p, items[i].voter);
    db_array_end(p);
    db_array_begin(p, DB_INT4);
    for (size_t i = 0; i < n; i++)
        db_item_int4(p, items[i].round);
    db_array_end(p);
    db_put_bool(p, patient);
    enum db_outcome outcome =
        begin ? db_begin_and_run(c->db, &cast_lock, p, &rows) : db_run(c->db, &cast_lock, p, &rows);
    for (int row = 0; outcome == DB_OK && row < db_count(rows); row++) {
        size_t i = (size_t)db_int4(rows, row, 0) - 1;
        MUST(i < n);
        c->work[i].locked = true;
        memcpy(c->work[i].voter, db_bytes(rows, row, 1, NULL), UUID_LEN);
        c->work[i].revision = db_int4(rows, row, 2) + 1;
    }
    db_rows_free(rows);
    return outcome;
}

/* --- between ------------------------------------------------------------------------------ */

static const struct round_keys *known_keys(const struct caster *c, int32_t round)
{
    for (size_t i = 0; i < c->n_keys; i++)
        if (c->keys[i].round == round)
            return &c->keys[i];
    return NULL;
}

static bool unseal(const struct db_rows *rows, int column, const char *about, uint8_t out[32])
{
    size_t len = 0;
    const uint8_t *sealed = db_bytes(rows, 0, column, &len);
    return len == SECRET_KEY_LEN + SECRET_SEAL_EXTRA &&
           secret_unseal(about, sealed, len, out) == SECRET_KEY_LEN;
}

/* Learns a round's keys. No row is no error: a draft or a round that is not there is refused by
 * cast_write. */
static enum db_outcome learn_keys(struct caster *c, int32_t round)
{
    struct db_rows *rows = NULL;
    struct round_keys k = {.round = round};
    db_params_clear(&c->params);
    db_put_int4(&c->params, round);
    enum db_outcome outcome = db_run(c->db, &round_keys, &c->params, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        memcpy(k.uuid, db_bytes(rows, 0, 0, NULL), UUID_LEN);
        if (unseal(rows, 1, "round.k_pseudonym", k.k_pseudonym) &&
            unseal(rows, 2, "round.k_nonce", k.k_nonce)) {
            c->keys = wm_realloc(c->keys, (c->n_keys + 1) * sizeof(*c->keys));
            c->keys[c->n_keys++] = k;
        } else {
            log_bug("the keys of round %d are not sealed by this master key", round);
            outcome = DB_REFUSED;
        }
    }
    db_rows_free(rows);
    return outcome;
}

static void compute(struct cast_work *w, const struct round_keys *keys, struct cast_item *item)
{
    uint8_t pseudonym[PSEUDONYM_LEN];
    char text[BALLOT_TEXT_MAX];
    ballot_sort(item->picks, item->n_picks);
    ballot_picks_hash(item->picks, item->n_picks, item->withdrawn, w->picks_hash);
    ballot_pseudonym(keys, w->voter, pseudonym);
    size_t len = ballot_text(keys, pseudonym, (uint32_t)w->revision, item->picks, item->n_picks,
                             item->withdrawn, text);
    ballot_commitment(keys, pseudonym, (uint32_t)w->revision, text, len, w->commitment);
}

/* Keys are asked for after the rounds' locks are held: a round without keys then stays without
 * them until cast_write has refused it, so what is computed from zeros here is never stored. */
static enum db_outcome compute_all(struct caster *c, struct cast_item *items, size_t n)
{
    static const struct round_keys none;
    int32_t keyless = 0;
    for (size_t i = 0; i < n; i++) {
        if (!c->work[i].locked)
            continue;
        const struct round_keys *keys = known_keys(c, items[i].round);
        if (keys == NULL && items[i].round != keyless) {
            enum db_outcome outcome = learn_keys(c, items[i].round);
            if (outcome != DB_OK)
                return outcome;
            keys = known_keys(c, items[i].round);
        }
        if (keys == NULL)
            keyless = items[i].round;
        compute(&c->work[i], keys != NULL ? keys : &none, &items[i]);
    }
    return DB_OK;
}

/* --- statement 2 -------------------------------------------------------------------------- */

/* One array parameter with a value for every locked item. */
#define PUT_ARRAY(element, put_value)                                                              \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (size_t i = 0; i < n; i++) {                                                           \
            const struct cast_item *it = &items[i];                                                \
            const struct cast_work *w = &c->work[i];                                               \
            if (w->locked) {                                                                       \
                put_value;                                                                         \
                (void)it;                                                                          \
            }                                                                                      \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

/* All picks one behind the other, since PostgreSQL has no arrays of unequal arrays: where each
 * item's begin and how many they are, then whose each is, its number and its weight. */
static void put_picks(struct caster *c, const struct cast_item *items, size_t n)
{
    struct db_params *p = &c->params;
    int32_t first = 1, ordinal = 0;
    db_array_begin(p, DB_INT4);
    for (size_t i = 0; i < n; i++)
        if (c->work[i].locked) {
            db_item_int4(p, first);
            first += items[i].n_picks;
        }
    db_array_end(p);
    PUT_ARRAY(DB_INT4, db_item_int4(p, it->n_picks));
    db_array_begin(p, DB_INT4);
    for (size_t i = 0; i < n; i++) {
        ordinal += c->work[i].locked;
        for (size_t k = 0; c->work[i].locked && k < items[i].n_picks; k++)
            db_item_int4(p, ordinal);
    }
    db_array_end(p);
#define PUT_PICKS(field)                                                                           \
    PUT_ARRAY(DB_INT2, for (size_t k = 0; k < it->n_picks; k++)                                    \
                           db_item_int2(p, (int16_t)it->picks[k].field))
    PUT_PICKS(number);
    PUT_PICKS(weight);
#undef PUT_PICKS
}

static void put_items(struct caster *c, const struct cast_item *items, size_t n)
{
    struct db_params *p = &c->params;
    db_params_clear(p);
    PUT_ARRAY(DB_INT4, db_item_int4(p, (int32_t)it->submission));
    PUT_ARRAY(DB_INT8, db_item_int8(p, it->voter));
    PUT_ARRAY(DB_INT4, db_item_int4(p, it->round));
    PUT_ARRAY(DB_INT4, db_item_int4(p, it->generation));
    PUT_ARRAY(DB_INT2, db_item_int2(p, (int16_t)it->channel));
    PUT_ARRAY(DB_BOOL, db_item_bool(p, it->withdrawn));
    PUT_ARRAY(DB_BYTEA, db_item_bytes(p, it->form_key, sizeof(it->form_key)));
    PUT_ARRAY(DB_BYTEA, db_item_bytes(p, w->picks_hash, sizeof(w->picks_hash)));
    put_picks(c, items, n);
    PUT_ARRAY(DB_INT4, db_item_int4(p, w->revision));
    PUT_ARRAY(DB_BYTEA, db_item_bytes(p, w->commitment, sizeof(w->commitment)));
    PUT_ARRAY(DB_INT8, db_item_int8(p, receipt_bits(w->commitment)));
    PUT_ARRAY(DB_INT8, it->inbox != 0 ? db_item_int8(p, it->inbox) : db_item_null(p));
    PUT_ARRAY(DB_INT4, it->clerk != 0 ? db_item_int4(p, it->clerk) : db_item_null(p));
    PUT_ARRAY(DB_INT4, it->batch != 0 ? db_item_int4(p, it->batch) : db_item_null(p));
}

/* Outcomes come back by ordinal among the items that were sent. */
static void take_outcomes(const struct db_rows *rows, const struct caster *c,
                          struct cast_item *items, size_t n, enum cast_outcome unlocked)
{
    int row = 0;
    for (size_t i = 0; i < n; i++) {
        struct cast_item *item = &items[i];
        if (!c->work[i].locked) {
            item->outcome = unlocked;
            continue;
        }
        MUST(row < db_count(rows) && db_int4(rows, row, 0) == row + 1);
        item->outcome = (enum cast_outcome)db_int4(rows, row, 1);
        item->revision = db_int4(rows, row, 2);
        item->receipt = db_int8(rows, row, 3);
        item->cast_at = db_time(rows, row, 4);
        item->detail = db_int8(rows, row, 5);
        item->limit = db_int8(rows, row, 6);
        row++;
    }
}

static bool any_locked(const struct caster *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c->work[i].locked)
            return true;
    return false;
}

/* Both statements; with at_commit in a transaction of their own, else in the caller's. */
static enum db_outcome cast_all(struct caster *c, struct cast_item *items, size_t n, bool patient,
                                bool *at_commit)
{
    struct db_rows *rows = NULL;
    make_room(c, n);
    enum db_outcome outcome = lock(c, items, n, patient, at_commit != NULL);
    if (outcome == DB_OK)
        outcome = compute_all(c, items, n);
    if (outcome != DB_OK)
        return outcome;
    bool any = any_locked(c, n);
    if (any)
        put_items(c, items, n);
    if (at_commit != NULL) {
        *at_commit = true;
        outcome = any ? db_run_and_commit(c->db, &cast_write, &c->params, &rows) : db_commit(c->db);
    } else if (any) {
        outcome = db_run(c->db, &cast_write, &c->params, &rows);
    }
    /* Patience waits for a lock, so what is still missing then is no voter at all. */
    if (outcome == DB_OK)
        take_outcomes(rows, c, items, n, patient ? CAST_SIGNED_OUT : CAST_SKIPPED);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome cast_in_transaction(struct caster *c, struct cast_item *items, size_t n,
                                    bool patient)
{
    return cast_all(c, items, n, patient, NULL);
}

enum db_outcome cast_and_commit(struct caster *c, struct cast_item *items, size_t n, bool patient,
                                bool *at_commit)
{
    *at_commit = false;
    return cast_all(c, items, n, patient, at_commit);
}
