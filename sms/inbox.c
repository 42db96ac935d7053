/* inbox.c: the statements of intake. */
#include "sms/inbox.h"
#include "common/log.h"
#include "common/secret.h"
#include "sms/failpoint.h"
#include "sms/gsm7.h"
#include "sms/outgoing.h"

DB_STATEMENT(sms_claim,
             "select id, token, provider, endpoint, message_id, received_at, sender_key,"
             " sender_sealed, body_sealed, alone, provider_did from api.sms_claim($1, $2)");
DB_STATEMENT(sms_hold, "select id, repeats, replies_left, until, language, phones_only"
                       " from api.sms_hold($1)");
DB_STATEMENT(sms_answer, "select api.sms_answer($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                         " $11)");
DB_STATEMENT(sms_release, "select api.sms_release($1, $2, $3, $4)");
DB_STATEMENT(retain_now, "select words, numbers, rounds from api.retain_now()");

/* --- claim -------------------------------------------------------------------------------- */

/* The unsealed bytes with a NUL behind them, or NULL. */
static char *unseal(struct arena *a, const char *about, const uint8_t *sealed, size_t len,
                    size_t *plain_len)
{
    if (sealed == NULL || len < SECRET_SEAL_EXTRA)
        return NULL;
    char *plain = arena_alloc(a, len - SECRET_SEAL_EXTRA + 1);
    long n = secret_unseal(about, sealed, len, (uint8_t *)plain);
    if (n < 0)
        return NULL;
    *plain_len = (size_t)n;
    return plain;
}

/* What a provider took for STOP, START or HELP and answered itself is that, whatever words of its
 * own it listens to. */
static void obey_provider(struct inbox_text *t, const char *did)
{
    static const struct {
        const char *did;
        enum text_kind kind;
    } kinds[] = {{"stop", TEXT_STOP}, {"start", TEXT_START}, {"help", TEXT_HELP}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(did, kinds[i].did) == 0) {
            t->said = (struct text){.kind = kinds[i].kind};
            t->answered = true;
        }
}

static void read_claimed(struct inbox_batch *b, const struct db_rows *rows, int row)
{
    struct inbox_text *t = &b->texts[b->n++];
    size_t len = 0, body_len = 0;
    const uint8_t *sealed;
    const char *body;
    size_t skip;

    *t = (struct inbox_text){
        .id = db_int8(rows, row, 0),
        .provider = arena_strdup(&b->arena, db_text(rows, row, 2)),
        .endpoint = arena_strdup(&b->arena, db_text(rows, row, 3)),
        .message_id = arena_strdup(&b->arena, db_text(rows, row, 4)),
        .received_at = db_time(rows, row, 5),
        .alone = db_bool(rows, row, 9),
        .reply = reply_new(),
    };
    t->sender_key =
        (const uint8_t *)arena_memdup(&b->arena, (const char *)db_bytes(rows, row, 6, NULL), 32);
    sealed = db_bytes(rows, row, 7, &len);
    t->sender = unseal(&b->arena, "inbox.sender", sealed, len, &body_len);
    sealed = db_bytes(rows, row, 8, &len);
    body = unseal(&b->arena, "inbox.body", sealed, len, &body_len);
    if (body == NULL) {
        t->sender = NULL;
        return;
    }
    failpoint_words(body);
    skip = text_keyword(b->keyword, body, body_len);
    t->body = body + skip;
    t->body_len = body_len - skip;
    text_read(t->body, t->body_len, &t->said);
    obey_provider(t, db_text(rows, row, 10));
}

enum db_outcome inbox_claim(struct db *db, struct inbox_batch *b, bool singly)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    for (size_t i = 0; i < b->n; i++)
        reply_free(&b->texts[i].reply);
    b->n = 0;
    arena_clear(&b->arena);
    db_put_int4(&p, INBOX_BATCH);
    db_put_bool(&p, singly);
    enum db_outcome outcome = db_run(db, &sms_claim, &p, &rows);
    if (outcome == DB_OK)
        for (int row = 0; row < db_count(rows); row++) {
            b->token = db_int8(rows, row, 1);
            b->alone = db_bool(rows, row, 9);
            read_claimed(b, rows, row);
        }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- the second transaction --------------------------------------------------------------- */

bool inbox_votes(const struct inbox_text *t)
{
    return t->text.kind == TEXT_VOTE || t->text.kind == TEXT_YES || t->text.kind == TEXT_NO;
}

bool inbox_has_voter(const struct inbox_text *t)
{
    return inbox_votes(t) || t->text.kind == TEXT_UNDO || t->text.kind == TEXT_MINE;
}

static struct inbox_text *by_id(struct inbox_batch *b, int64_t id)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->texts[i].id == id)
            return &b->texts[i];
    return NULL;
}

static void forget(struct inbox_text *t)
{
    t->fate = FATE_LOST;
    t->outcome = NULL;
    t->voter = 0;
    t->limited = false;
    t->about = (struct reply_voter){.area = "", .standing = ""};
    t->text = t->said;
    t->by_phone = false;
    t->challenge = 0;
    t->cast_as = t->id;
    t->n_ballots = 0;
    t->n_standing = 0;
    reply_clear(&t->reply);
    t->passive = t->lookup = false;
}

enum db_outcome inbox_hold(struct db *db, struct inbox_batch *b)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    for (size_t i = 0; i < b->n; i++)
        forget(&b->texts[i]);
    db_put_int8(&p, b->token);
    enum db_outcome outcome = db_run(db, &sms_hold, &p, &rows);
    for (int row = 0; outcome == DB_OK && row < db_count(rows); row++) {
        struct inbox_text *t = by_id(b, db_int8(rows, row, 0));
        if (t == NULL)
            continue;
        t->fate = db_bool(rows, row, 1) ? FATE_DUPLICATE : FATE_DONE;
        t->replies_left = db_int4(rows, row, 2);
        t->reply.language = outgoing_language(db_text(rows, row, 4));
        t->phones_only = db_bool(rows, row, 5);
        t->reply.until =
            t->replies_left == 1 ? arena_strdup(&b->arena, db_text(rows, row, 3)) : NULL;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- answer ------------------------------------------------------------------------------- */

static bool same_number(const char *e164, const char *ours)
{
    char number[PHONE_LEN + 1];

    phone_read(ours, number);
    return number[0] != '\0' && strcmp(number, e164) == 0;
}

static bool among(const char *e164, const char *numbers)
{
    char one[40];

    for (numbers += strspn(numbers, " "); *numbers != '\0'; numbers += strspn(numbers, " ")) {
        size_t len = strcspn(numbers, " ");
        snprintf(one, sizeof one, "%.*s", (int)len, numbers);
        if (same_number(e164, one))
            return true;
        numbers += len;
    }
    return false;
}

/* The number to reply to, or false: only to people, never to ourselves. */
static bool reply_to(const struct inbox_batch *b, const struct inbox_text *t,
                     const char *sms_number, char e164[PHONE_LEN + 1])
{
    if (t->fate != FATE_DONE || t->reply.text.len == 0 || t->replies_left < 1 || t->sender == NULL)
        return false;
    enum phone_kind kind = phone_read(t->sender, e164);
    return (kind == PHONE_UK_MOBILE || kind == PHONE_OTHER) && !same_number(e164, t->endpoint) &&
           !same_number(e164, sms_number) && !among(e164, b->own_numbers);
}

static void put_sealed(struct db_params *p, const char *about, const char *plain)
{
    uint8_t sealed[REPLY_MAX + SECRET_SEAL_EXTRA];
    size_t len = strlen(plain);

    MUST(len <= REPLY_MAX);
    db_item_bytes(p, sealed, secret_seal(about, plain, len, sealed));
}

static const char *fate_word(enum inbox_fate fate)
{
    switch (fate) {
    case FATE_DONE:
        return "done";
    case FATE_DUPLICATE:
        return "duplicate";
    case FATE_LATER:
        return "later";
    case FATE_ALONE:
        return "alone";
    case FATE_LOST:
        break;
    }
    return "lost"; /* its token matches no row any more */
}

#define PUT_TEXTS(element, put_value)                                                              \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (size_t i = 0; i < b->n; i++) {                                                        \
            const struct inbox_text *t = &b->texts[i];                                             \
            put_value;                                                                             \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

static void put_answers(struct db_params *p, const struct inbox_batch *b, const char *sms_number)
{
    char to[PHONE_LEN + 1];

    db_put_int8(p, b->token);
    PUT_TEXTS(DB_INT8, db_item_int8(p, t->id));
    PUT_TEXTS(DB_TEXT, db_item_text(p, fate_word(t->fate)));
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->fate == FATE_DONE ? t->outcome : NULL));
    PUT_TEXTS(DB_BYTEA, if (reply_to(b, t, sms_number, to)) put_sealed(p, "outbox.recipient", to);
              else db_item_null(p));
    PUT_TEXTS(DB_BYTEA,
              if (t->reply.text.len > 0) put_sealed(p, "outbox.body", buf_str(&t->reply.text));
              else db_item_null(p));
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->endpoint[0] != '\0' ? t->endpoint : sms_number));
    PUT_TEXTS(DB_INT4, db_item_int4(p, (int32_t)gsm7_size(buf_str(&t->reply.text)).segments));
    PUT_TEXTS(DB_BOOL, db_item_bool(p, t->passive));
    PUT_TEXTS(DB_BOOL, db_item_bool(p, t->lookup));
    PUT_TEXTS(DB_INT8, if (t->challenge != 0) db_item_int8(p, t->challenge); else db_item_null(p));
}

enum db_outcome inbox_answer(struct db *db, struct inbox_batch *b, const char *sms_number,
                             int *replies)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    *replies = 0;
    put_answers(&p, b, sms_number);
    enum db_outcome outcome = db_run(db, &sms_answer, &p, &rows);
    if (outcome == DB_OK)
        *replies = db_int4(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static const char *why_word(enum inbox_why why)
{
    switch (why) {
    case INBOX_OURS:
        return "ours";
    case INBOX_FULL:
        return "full";
    case INBOX_FAILED:
        break;
    }
    return "failed";
}

enum db_outcome inbox_release(struct db *db, const struct inbox_batch *b, enum inbox_why why)
{
    struct db_params p = db_params_new();

    db_put_int8(&p, b->token);
    db_put_text(&p, why_word(why));
    db_array_begin(&p, DB_INT8);
    for (size_t i = 0; i < b->n; i++)
        db_item_int8(&p, b->texts[i].id);
    db_array_end(&p);
    db_put_bool(&p, b->alone);
    enum db_outcome outcome = db_run(db, &sms_release, &p, NULL);
    db_params_free(&p);
    return outcome;
}

enum db_outcome inbox_erase(struct db *db, struct inbox_erased *erased)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &retain_now, NULL, &rows);

    *erased = (struct inbox_erased){0};
    if (outcome == DB_OK)
        *erased = (struct inbox_erased){.words = db_int8(rows, 0, 0),
                                        .numbers = db_int8(rows, 0, 1),
                                        .rounds = db_int8(rows, 0, 2)};
    db_rows_free(rows);
    return outcome;
}
