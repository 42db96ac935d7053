/* text_in.c: seals what providers send and puts it into the inbox. */
#include "common/text_in.h"

#include "common/phone.h"
#include "common/secret.h"
#include "common/utf8.h"
#include <string.h>

DB_STATEMENT(sms_receive, "select api.sms_receive($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
DB_STATEMENT(sms_receive_all,
             "select fresh, quarantined from api.sms_receive_all($1, $2, $3, $4, $5, $6, $7, $8,"
             " $9, $10)");
DB_STATEMENT(sms_receive_late,
             "select api.sms_receive_late($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

enum { ID_MAX = 200, NUMBER_MAX = 40 };

static bool is_clean(const char *s, size_t max)
{
    return s != NULL && strlen(s) <= max && utf8_valid(s, strlen(s));
}

void text_in_fit(struct text_in *t)
{
    bool id = is_clean(t->message_id, ID_MAX) && t->message_id[0] != '\0';
    bool from = is_clean(t->from, NUMBER_MAX) && t->from[0] != '\0';
    bool to = is_clean(t->endpoint, NUMBER_MAX), words = is_clean(t->body, TEXT_BODY_MAX);
    t->message_id = id ? t->message_id : "";
    t->from = from ? t->from : "";
    t->endpoint = to ? t->endpoint : "";
    t->body = t->body != NULL ? t->body : "";
    t->body_len = strnlen(t->body, TEXT_BODY_MAX);
    t->quarantine = !(id && from && to && words);
}

const char *text_in_endpoint(struct arena *arena, const char *to)
{
    char e164[PHONE_LEN + 1];
    phone_read(to, e164);
    const char *number = e164[0] != '\0' ? arena_strdup(arena, e164) : to;
    return number[0] == '+' ? number + 1 : number;
}

/* One letter case, single spaces: what people and telephones change when they send again. */
static void add_plain(struct buf *b, const char *body, size_t len)
{
    bool gap = false;
    for (size_t i = 0; i < len; i++) {
        char c = body[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            gap = true;
            continue;
        }
        if (gap)
            buf_char(b, ' ');
        gap = false;
        buf_char(b, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

static void near_key(const struct text_in *t, const uint8_t sender_key[32], uint8_t out[32])
{
    struct buf b = buf_new(TEXT_BODY_MAX + 256);
    buf_add(&b, sender_key, 32);
    buf_str_add(&b, t->endpoint);
    buf_char(&b, '\0');
    add_plain(&b, t->body, t->body_len);
    secret_hmac(SECRET_NEAR, "near", buf_str(&b), b.len, out);
    buf_free(&b);
}

/* The number that a sender goes by: one that can be read by its normal form, so that "07…" and
 * "+447…" are one. `key` gets its look-up key. */
static const char *sender_of(const struct text_in *t, char e164[PHONE_LEN + 1], uint8_t key[32])
{
    phone_read(t->from, e164);
    if (e164[0] != '\0')
        phone_lookup(e164, key);
    else
        secret_hmac(SECRET_PHONE, "raw", t->from, strlen(t->from), key);
    return e164[0] != '\0' ? e164 : t->from;
}

static void put_sealed(struct db_params *p, const char *about, const char *plain, size_t len)
{
    uint8_t *sealed = wm_alloc(len + SECRET_SEAL_EXTRA);
    db_put_bytes(p, sealed, secret_seal(about, plain, len, sealed));
    free(sealed);
}

void text_in_put_sender(struct db_params *p, const struct text_in *t, uint8_t key[32])
{
    char e164[PHONE_LEN + 1];
    const char *sender = sender_of(t, e164, key);
    db_put_bytes(p, key, 32);
    put_sealed(p, "inbox.sender", sender, strlen(sender));
}

void text_in_put_body(struct db_params *p, const struct text_in *t)
{
    put_sealed(p, "inbox.body", t->body, t->body_len);
}

bool text_in_unseal_body(const uint8_t *sealed, size_t len, struct buf *out)
{
    uint8_t plain[TEXT_BODY_MAX];
    if (len < SECRET_SEAL_EXTRA || len - SECRET_SEAL_EXTRA > sizeof(plain))
        return false;
    long n = secret_unseal("inbox.body", sealed, len, plain);
    if (n > 0)
        buf_add(out, plain, (size_t)n);
    return n >= 0 && !out->overflowed;
}

enum db_outcome text_in_store(struct db *db, const struct text_in *t, int64_t waited_ms,
                              bool *is_new)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    uint8_t sender[32], near[32];
    db_put_text(&p, t->provider);
    db_put_text(&p, t->endpoint);
    db_put_text(&p, t->message_id);
    db_put_time(&p, t->sent_at);
    text_in_put_sender(&p, t, sender);
    near_key(t, sender, near);
    db_put_bytes(&p, near, sizeof(near));
    text_in_put_body(&p, t);
    db_put_bool(&p, t->quarantine);
    if (waited_ms > 0)
        db_put_int8(&p, waited_ms);
    db_put_text(&p, t->provider_did);
    enum db_outcome outcome =
        db_run(db, waited_ms > 0 ? &sms_receive_late : &sms_receive, &p, &rows);
    *is_new = outcome == DB_OK && strcmp(db_text(rows, 0, 0), "new") == 0;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* What is computed of a text before it is written. */
struct prepared {
    uint8_t sender_key[32], near[32];
    char e164[PHONE_LEN + 1];
    const char *sender;
};

static void item_sealed(struct db_params *p, const char *about, const char *plain, size_t len)
{
    uint8_t *sealed = wm_alloc(len + SECRET_SEAL_EXTRA);
    db_item_bytes(p, sealed, secret_seal(about, plain, len, sealed));
    free(sealed);
}

#define PUT_TEXTS(element, put_value)                                                              \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (size_t i = 0; i < n; i++) {                                                           \
            const struct text_in *t = texts[i];                                                    \
            const struct prepared *q = &prepared[i];                                               \
            put_value;                                                                             \
            (void)t, (void)q;                                                                      \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

static void put_texts(struct db_params *p, const struct text_in *const *texts,
                      const struct prepared *prepared, size_t n)
{
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->provider));
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->endpoint));
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->message_id));
    PUT_TEXTS(DB_TIME, db_item_time(p, t->sent_at));
    PUT_TEXTS(DB_BYTEA, db_item_bytes(p, q->sender_key, sizeof q->sender_key));
    PUT_TEXTS(DB_BYTEA, item_sealed(p, "inbox.sender", q->sender, strlen(q->sender)));
    PUT_TEXTS(DB_BYTEA, db_item_bytes(p, q->near, sizeof q->near));
    PUT_TEXTS(DB_BYTEA, item_sealed(p, "inbox.body", t->body, t->body_len));
    PUT_TEXTS(DB_BOOL, db_item_bool(p, t->quarantine));
    PUT_TEXTS(DB_TEXT, db_item_text(p, t->provider_did));
}

enum db_outcome text_in_store_all(struct db *db, const struct text_in *const *texts, size_t n,
                                  int *fresh, int *quarantined)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    struct prepared *prepared = wm_alloc(n * sizeof *prepared);
    for (size_t i = 0; i < n; i++) {
        prepared[i].sender = sender_of(texts[i], prepared[i].e164, prepared[i].sender_key);
        near_key(texts[i], prepared[i].sender_key, prepared[i].near);
    }
    put_texts(&p, texts, prepared, n);
    enum db_outcome outcome = db_run(db, &sms_receive_all, &p, &rows);
    *fresh = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    *quarantined = outcome == DB_OK ? db_int4(rows, 0, 1) : 0;
    db_rows_free(rows);
    db_params_free(&p);
    free(prepared);
    return outcome;
}
