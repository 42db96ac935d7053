/* inbox_look.c: the statements that tell what texts refer to. */
#include "sms/inbox_look.h"
#include "common/log.h"
#include "common/secret.h"

DB_STATEMENT(sms_challenge_answer,
             "select outcome, tries_left, area, challenge, cast_inbox, body_sealed, residence"
             " from api.sms_challenge_answer($1, $2, $3, $4, $5)");
DB_STATEMENT(sms_challenge, "select outcome, minimum_age, residence, minutes"
                            " from api.sms_challenge($1, $2, $3, $4)");
DB_STATEMENT(sms_code, "select item, voter, generation, limited, area, voted, standing"
                       " from api.sms_code($1, $2, $3, $4)");
DB_STATEMENT(sms_numbers,
             "select items, round, kind, agreement, area, short_name, cost, pot, pot_amount, opens,"
             " closes, ended, points, point_max, eligibility from"
             " api.sms_numbers($1, $2, $3)");
DB_STATEMENT(sms_standing,
             "select item, round, kind, agreement, area, opens, closes, ended, takes, channel,"
             " cast_words, mine, voided, receipt, points, number, weight, short_name, cost, pot,"
             " pot_amount from api.sms_standing($1, $2, $3)");
DB_STATEMENT(sms_menu, "select number, short_name, by_phone from api.sms_menu($1::bigint, $2)");
DB_STATEMENT(ballot_check, "select outcome, detail, \"limit\" from api.ballot_check($1, $2, $3)");

enum reply_kind inbox_kind(const char *word)
{
    static const char *const words[] = {"approval", "knapsack", "points", "ranking", "yes_no"};
    size_t i = 0;

    while (i < sizeof words / sizeof *words && strcmp(words[i], word) != 0)
        i++;
    MUST(i < sizeof words / sizeof *words);
    return (enum reply_kind)i;
}

/* --- challenges --------------------------------------------------------------------------- */

static void digits_key(const uint8_t sender_key[32], const char *digits, uint8_t out[32])
{
    uint8_t both[32 + TEXT_ANSWER_DIGITS];

    memcpy(both, sender_key, 32);
    memcpy(both + 32, digits, TEXT_ANSWER_DIGITS);
    secret_hmac(SECRET_PHONE, "challenge", both, sizeof both, out);
}

static enum inbox_answered answered_word(const char *word)
{
    static const char *const words[] = {"good",   "none",      "wrong",   "ended", "age",
                                        "format", "elsewhere", "unknown", "void"};
    size_t i = 0;

    while (i < sizeof words / sizeof *words && strcmp(words[i], word) != 0)
        i++;
    MUST(i < sizeof words / sizeof *words);
    return (enum inbox_answered)i;
}

/* The text that waited becomes what this one stands for; false when its words are gone. */
static bool take_waiting(struct inbox_batch *b, struct inbox_text *t, const struct db_rows *rows)
{
    size_t len = 0;
    const uint8_t *sealed = db_bytes(rows, 0, 5, &len);
    char *plain;
    long n;

    if (sealed == NULL || len < SECRET_SEAL_EXTRA)
        return false;
    plain = arena_alloc(&b->arena, len);
    n = secret_unseal("inbox.body", sealed, len, (uint8_t *)plain);
    if (n < 0)
        return false;
    size_t skip = text_keyword(b->keyword, plain, (size_t)n);
    text_read(plain + skip, (size_t)n - skip, &t->text);
    t->challenge = db_int8(rows, 0, 3);
    t->cast_as = db_int8(rows, 0, 4);
    return true;
}

enum db_outcome inbox_read_answer(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                                  struct inbox_answer_said *said)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    char e164[PHONE_LEN + 1];
    uint8_t key[32], sealed[PHONE_LEN + 1 + SECRET_SEAL_EXTRA];

    *said = (struct inbox_answer_said){.outcome = ANSWERED_NONE, .area = ""};
    if (phone_read(t->sender, e164) > PHONE_OTHER) { /* no person's number: it cannot vote */
        db_params_free(&p);
        return DB_OK;
    }
    digits_key(t->sender_key, t->said.digits, key);
    db_put_int8(&p, t->id);
    db_put_bytes(&p, sealed, secret_seal("phone.number", e164, strlen(e164), sealed));
    db_put_bytes(&p, key, sizeof key);
    db_put_text(&p, t->said.place);
    db_put_bool(&p, t->said.refuses);
    enum db_outcome outcome = db_run(db, &sms_challenge_answer, &p, &rows);
    if (outcome == DB_OK) {
        *said = (struct inbox_answer_said){
            .outcome = answered_word(db_text(rows, 0, 0)),
            .left = db_int4(rows, 0, 1),
            .area = arena_strdup(&b->arena, db_text(rows, 0, 2)),
            .postcode = strcmp(db_text(rows, 0, 6), "postcode") == 0,
        };
        if (said->outcome == ANSWERED_GOOD && !take_waiting(b, t, rows))
            said->outcome = ANSWERED_NONE;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome inbox_ask(struct db *db, const struct inbox_text *t, struct inbox_asked *asked)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    uint8_t key[32];
    uint32_t random;

    do
        secret_random(&random, sizeof random);
    while (random >= 4294900000U); /* each of 100,000 is as likely */
    *asked = (struct inbox_asked){0};
    (void)snprintf(asked->digits, sizeof asked->digits, "%05u", (unsigned)(random % 100000));
    digits_key(t->sender_key, asked->digits, key);
    db_put_int8(&p, t->id);
    db_put_bytes(&p, t->sender_key, 32);
    db_put_bytes(&p, key, sizeof key);
    db_array_begin(&p, DB_INT4);
    for (size_t i = 0; i < t->n_ballots && t->text.kind != TEXT_UNDO; i++)
        db_item_int4(&p, t->ballots[i].round);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &sms_challenge, &p, &rows);
    if (outcome == DB_OK) {
        asked->limited = strcmp(db_text(rows, 0, 0), "asked") != 0;
        asked->age = db_int4(rows, 0, 1);
        asked->postcode = strcmp(db_text(rows, 0, 2), "postcode") == 0;
        asked->place = strcmp(db_text(rows, 0, 2), "neighbourhood") == 0;
        asked->minutes = db_int4(rows, 0, 3);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- voters ------------------------------------------------------------------------------- */

static void put_lookup(struct db_params *p, const struct inbox_text *t)
{
    uint8_t lookup[32];

    if (t->by_phone) {
        db_item_bytes(p, t->sender_key, 32);
    } else if (damm_valid(t->text.code, CODE_DIGITS)) {
        code_lookup(t->text.code, lookup);
        db_item_bytes(p, lookup, sizeof lookup);
    } else {
        db_item_null(p);
    }
}

/* Who sent each text, and when it came. */
static void put_senders(struct db_params *p, struct inbox_text *const *texts, size_t n)
{
    db_array_begin(p, DB_BYTEA);
    for (size_t i = 0; i < n; i++)
        db_item_bytes(p, texts[i]->sender_key, 32);
    db_array_end(p);
    db_array_begin(p, DB_TIME);
    for (size_t i = 0; i < n; i++)
        db_item_time(p, texts[i]->received_at);
    db_array_end(p);
}

static void put_codes(struct db_params *p, struct inbox_text *const *texts, size_t n)
{
    db_array_begin(p, DB_BYTEA);
    for (size_t i = 0; i < n; i++)
        put_lookup(p, texts[i]);
    db_array_end(p);
    db_array_begin(p, DB_BOOL);
    for (size_t i = 0; i < n; i++)
        db_item_bool(p, texts[i]->by_phone);
    db_array_end(p);
    put_senders(p, texts, n);
}

static void read_code(struct inbox_batch *b, struct inbox_text *t, const struct db_rows *rows,
                      int row)
{
    t->voter = db_int8(rows, row, 1);
    t->generation = db_int4(rows, row, 2);
    t->limited = db_bool(rows, row, 3);
    t->about = (struct reply_voter){
        .area = arena_strdup(&b->arena, db_text(rows, row, 4)),
        .by_phone = t->by_phone,
        .voted = db_bool(rows, row, 5),
        .standing = arena_strdup(&b->arena, db_text(rows, row, 6)),
    };
}

enum db_outcome inbox_codes(struct db *db, struct inbox_batch *b)
{
    struct inbox_text *texts[INBOX_BATCH];
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome = DB_OK;
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        struct inbox_text *t = &b->texts[i];
        t->by_phone = inbox_has_voter(t) && t->text.code[0] == '\0';
        if (t->fate == FATE_DONE && inbox_has_voter(t))
            texts[n++] = t;
    }
    if (n > 0) {
        put_codes(&p, texts, n);
        outcome = db_run(db, &sms_code, &p, &rows);
    }
    for (int row = 0; n > 0 && outcome == DB_OK && row < db_count(rows); row++)
        read_code(b, texts[db_int4(rows, row, 0) - 1], rows, row);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- numbers ------------------------------------------------------------------------------ */

static bool asks_numbers(const struct inbox_text *t)
{
    return t->fate == FATE_DONE && inbox_votes(t) && (t->voter != 0 || t->by_phone);
}

/* One array parameter with a value for each number of each text that votes. */
#define PUT_NUMBERS(element, put_value)                                                            \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (size_t i = 0; i < b->n; i++) {                                                        \
            const struct inbox_text *t = &b->texts[i];                                             \
            for (size_t k = 0; asks_numbers(t) && k < t->text.n; k++)                              \
                put_value;                                                                         \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

static void put_numbers(struct db_params *p, const struct inbox_batch *b)
{
    PUT_NUMBERS(DB_INT8, if (t->voter != 0) db_item_int8(p, t->voter); else db_item_null(p));
    PUT_NUMBERS(DB_INT2, db_item_int2(p, (int16_t)t->text.numbers[k]));
    PUT_NUMBERS(DB_TIME, db_item_time(p, t->received_at));
}

/* What all numbers of a row have in common. */
static struct inbox_number read_meaning(struct inbox_batch *b, const struct db_rows *rows, int row)
{
    return (struct inbox_number){
        .known = true,
        .round = db_int4(rows, row, 1),
        .by_code = strcmp(db_text(rows, row, 14), "code") == 0,
        .said = {.kind = inbox_kind(db_text(rows, row, 2)),
                 .agreement = db_bool(rows, row, 3),
                 .area = arena_strdup(&b->arena, db_text(rows, row, 4)),
                 .opens = arena_strdup(&b->arena, db_text(rows, row, 9)),
                 .closes = arena_strdup(&b->arena, db_text(rows, row, 10)),
                 .ended = db_bool(rows, row, 11),
                 .points = db_int4(rows, row, 12),
                 .point_max = db_int4(rows, row, 13),
                 .by_phone = strcmp(db_text(rows, row, 14), "phone") == 0},
        .pick = {.name = arena_strdup(&b->arena, db_text(rows, row, 5)),
                 .cost = db_int8(rows, row, 6),
                 .pot = db_int4(rows, row, 7),
                 .amount = db_int8(rows, row, 8)},
    };
}

static void read_numbers(struct inbox_batch *b, struct inbox_number **where, size_t n,
                         const struct db_rows *rows, int row)
{
    struct inbox_number meaning = read_meaning(b, rows, row);
    size_t len = 0;
    const uint8_t *items = db_bytes(rows, row, 0, &len);

    for (size_t i = 0; i + 4 <= len; i += 4) {
        uint32_t bits = (uint32_t)items[i] << 24 | (uint32_t)items[i + 1] << 16 |
                        (uint32_t)items[i + 2] << 8 | items[i + 3];
        int32_t item = (int32_t)bits;
        size_t at = (size_t)(item < 0 ? -(int64_t)item : item);
        MUST(at >= 1 && at <= n);
        struct inbox_number *number = where[at - 1];
        meaning.pick.number = number->pick.number;
        meaning.pick.weight = number->pick.weight;
        meaning.takes = item > 0;
        *number = meaning;
    }
}

/* Makes room for the numbers of every text that asks; returns how many there are. */
static size_t lay_out(struct inbox_batch *b, struct inbox_number **where)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        struct inbox_text *t = &b->texts[i];
        if (!asks_numbers(t))
            continue;
        t->numbers = arena_alloc(&b->arena, t->text.n * sizeof *t->numbers);
        for (size_t k = 0; k < t->text.n; k++) {
            t->numbers[k].pick.number = t->text.numbers[k];
            t->numbers[k].pick.weight = t->text.weights[k];
            where[n++] = &t->numbers[k];
        }
    }
    return n;
}

enum db_outcome inbox_numbers(struct db *db, struct inbox_batch *b)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome = DB_OK;
    struct inbox_number **where =
        arena_alloc(&b->arena, b->n * BALLOT_PICKS_MAX * sizeof(struct inbox_number *));
    size_t n = lay_out(b, where);

    if (n > 0) {
        put_numbers(&p, b);
        outcome = db_run(db, &sms_numbers, &p, &rows);
    }
    for (int row = 0; n > 0 && outcome == DB_OK && row < db_count(rows); row++)
        read_numbers(b, where, n, rows, row);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome inbox_near(struct db *db, struct inbox_batch *b, const struct inbox_text *t,
                           uint16_t number, struct reply_pick *near, size_t max, size_t *n,
                           bool *codes)
{
    bool phones_only = t->by_phone && t->voter == 0;
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    *n = 0;
    *codes = false;
    if (t->voter != 0)
        db_put_int8(&p, t->voter);
    else
        db_put_null(&p);
    db_put_time(&p, t->received_at);
    enum db_outcome outcome = db_run(db, &sms_menu, &p, &rows);
    for (int row = 0; outcome == DB_OK && row < db_count(rows) && *n < max; row++) {
        uint16_t other = (uint16_t)db_int4(rows, row, 0);
        bool left_out = phones_only && !db_bool(rows, row, 2);
        *codes = *codes || left_out;
        if (!left_out && number_near(number, other))
            near[(*n)++] = (struct reply_pick){
                .number = other, .name = arena_strdup(&b->arena, db_text(rows, row, 1))};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome inbox_check(struct db *db, struct inbox_ballot *ballot)
{
    struct reply_round *said = &ballot->said;
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    db_put_int4(&p, ballot->round);
    db_array_begin(&p, DB_INT2);
    for (size_t i = 0; i < said->n_picks; i++)
        db_item_int2(&p, (int16_t)said->picks[i].number);
    db_array_end(&p);
    db_array_begin(&p, DB_INT2);
    for (size_t i = 0; i < said->n_picks; i++)
        db_item_int2(&p, (int16_t)said->picks[i].weight);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &ballot_check, &p, &rows);
    said->outcome = CAST_RECORDED;
    if (outcome == DB_OK && db_count(rows) > 0 && !db_null(rows, 0, 0)) {
        said->outcome = (enum cast_outcome)db_int4(rows, 0, 0);
        said->detail = db_int8(rows, 0, 1);
        said->limit = db_int8(rows, 0, 2);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- ballots that stand ------------------------------------------------------------------- */

static bool asks_standing(const struct inbox_text *t)
{
    return t->fate == FATE_DONE && t->voter != 0 &&
           (t->text.kind == TEXT_MINE || t->text.kind == TEXT_UNDO);
}

static void read_round(struct inbox_batch *b, struct inbox_ballot *s, const struct db_rows *rows,
                       int row)
{
    *s = (struct inbox_ballot){
        .round = db_int4(rows, row, 1),
        .takes = db_bool(rows, row, 8),
        .said = {.kind = inbox_kind(db_text(rows, row, 2)),
                 .agreement = db_bool(rows, row, 3),
                 .area = arena_strdup(&b->arena, db_text(rows, row, 4)),
                 .opens = arena_strdup(&b->arena, db_text(rows, row, 5)),
                 .closes = arena_strdup(&b->arena, db_text(rows, row, 6)),
                 .ended = db_bool(rows, row, 7),
                 .channel = (enum cast_channel)db_int4(rows, row, 9),
                 .when = arena_strdup(&b->arena, db_text(rows, row, 10)),
                 .mine = db_bool(rows, row, 11),
                 .voided = db_bool(rows, row, 12),
                 .receipt = db_int8(rows, row, 13),
                 .points = db_int4(rows, row, 14),
                 .picks = arena_alloc(&b->arena, BALLOT_PICKS_MAX * sizeof(struct reply_pick))},
    };
}

/* Rows come a round after another, a pick after another. */
static void read_standing(struct inbox_batch *b, struct inbox_text *t, const struct db_rows *rows,
                          int row)
{
    struct inbox_ballot *s = t->n_standing > 0 ? &t->standing[t->n_standing - 1] : NULL;

    if (s == NULL || s->round != db_int4(rows, row, 1)) {
        if (t->n_standing == INBOX_STANDING)
            return;
        s = &t->standing[t->n_standing++];
        read_round(b, s, rows, row);
    }
    if (db_null(rows, row, 15) || s->said.n_picks == BALLOT_PICKS_MAX)
        return;
    ((struct reply_pick *)s->said.picks)[s->said.n_picks++] = (struct reply_pick){
        .number = (uint16_t)db_int4(rows, row, 15),
        .weight = (uint16_t)db_int4(rows, row, 16),
        .name = arena_strdup(&b->arena, db_text(rows, row, 17)),
        .cost = db_int8(rows, row, 18),
        .pot = db_int4(rows, row, 19),
        .amount = db_int8(rows, row, 20),
    };
}

static void put_standing(struct db_params *p, struct inbox_text *const *texts, size_t n)
{
    db_array_begin(p, DB_INT8);
    for (size_t i = 0; i < n; i++)
        db_item_int8(p, texts[i]->voter);
    db_array_end(p);
    put_senders(p, texts, n);
}

enum db_outcome inbox_standing(struct db *db, struct inbox_batch *b)
{
    struct inbox_text *texts[INBOX_BATCH];
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome = DB_OK;
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++)
        if (asks_standing(&b->texts[i])) {
            texts[n] = &b->texts[i];
            texts[n++]->standing =
                arena_alloc(&b->arena, INBOX_STANDING * sizeof(struct inbox_ballot));
        }
    if (n > 0) {
        put_standing(&p, texts, n);
        outcome = db_run(db, &sms_standing, &p, &rows);
    }
    for (int row = 0; n > 0 && outcome == DB_OK && row < db_count(rows); row++)
        read_standing(b, texts[db_int4(rows, row, 0) - 1], rows, row);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
