/* outbox.c: the statements of sending. */
#include "sms/outbox.h"
#include "common/log.h"
#include "common/secret.h"

DB_STATEMENT(sms_out_claim, "select id, token, ask, client_ref, recipient_sealed, sender,"
                            " body_sealed, provider, since from api.sms_out_claim($1, $2, $3)");
DB_STATEMENT(sms_out_begin, "select id, attempt, provider"
                            " from api.sms_out_begin($1, $2, $3, $4, $5, $6)");
DB_STATEMENT(sms_out_finish, "select api.sms_out_finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
DB_STATEMENT(sms_out_finish_all,
             "select api.sms_out_finish_all($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
DB_STATEMENT(sms_alarms, "select name, times from api.sms_alarms()");
DB_STATEMENT(sms_gateways_seen, "select api.sms_gateways_seen($1)");
DB_STATEMENT(sms_out_asked, "select api.sms_out_asked($1, $2, $3, $4, $5)");

/* A sealed column as a string of at most `max` - 1 bytes. */
static bool unseal(const struct db_rows *rows, int row, int column, const char *about, char *out,
                   size_t max)
{
    size_t len = 0;
    const uint8_t *sealed = db_bytes(rows, row, column, &len);

    if (db_null(rows, row, column) || len < SECRET_SEAL_EXTRA || len - SECRET_SEAL_EXTRA >= max)
        return false;
    long n = secret_unseal(about, sealed, len, (uint8_t *)out);
    if (n < 0)
        return false;
    out[n] = '\0';
    return true;
}

enum { ASK = 0, SEND_LATER = -1 };

static void read_claimed(const struct routing *routing, struct outbox_text *t,
                         const struct db_rows *rows, int row)
{
    *t = (struct outbox_text){
        .used = true,
        .id = db_int8(rows, row, 0),
        .token = db_int8(rows, row, 1),
        .attempt = db_bool(rows, row, 2) ? ASK : SEND_LATER,
    };
    uuid_text(db_bytes(rows, row, 3, NULL), t->reference);
    snprintf(t->from, sizeof t->from, "%s", db_text(rows, row, 5));
    t->broken = !unseal(rows, row, 4, "outbox.recipient", t->to, sizeof t->to) ||
                !unseal(rows, row, 6, "outbox.body", t->body, sizeof t->body);
    if (t->broken)
        log_bug("outbox=%lld cannot be unsealed", (long long)t->id);
    t->gateway = t->attempt == ASK ? routing_gateway(routing, db_text(rows, row, 7)) : NULL;
    t->since = db_null(rows, row, 8) ? 0 : db_time(rows, row, 8) / 1000000;
}

static struct outbox_text *free_place(struct outbox_text *texts)
{
    struct outbox_text *t = texts;

    while (t->used)
        t++;
    return t;
}

static void put_names(struct db_params *p, const struct routing *routing, bool askable)
{
    db_array_begin(p, DB_TEXT);
    for (size_t i = 0; i < routing->n; i++)
        if (!askable || routing->gateways[i]->can_ask)
            db_item_text(p, routing->gateways[i]->name);
    db_array_end(p);
}

enum db_outcome outbox_claim(struct db *db, const struct routing *routing,
                             struct outbox_text *texts, size_t max, size_t *n)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    *n = 0;
    db_put_int4(&p, (int32_t)max);
    put_names(&p, routing, true);
    put_names(&p, routing, false);
    enum db_outcome outcome = db_run(db, &sms_out_claim, &p, &rows);
    if (outcome == DB_OK)
        for (int row = 0; row < db_count(rows); row++, (*n)++)
            read_claimed(routing, free_place(texts), rows, row);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static bool waits(const struct outbox_text *t)
{
    return t->used && t->attempt == SEND_LATER;
}

/* Which words went to a number how often is told by this; it cannot be turned back into words. */
static void put_body_key(struct db_params *p, const struct outbox_text *t)
{
    uint8_t key[32];

    secret_hmac(SECRET_NEAR, "out", t->body, strlen(t->body), key);
    db_item_bytes(p, key, sizeof key);
}

/* Texts that cannot be read go nowhere: another key may do, later. */
static void put_waiting(struct db_params *p, const struct routing *routing,
                        const struct outbox_text *texts, int64_t token)
{
    db_put_int8(p, token);
    db_array_begin(p, DB_INT8);
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            db_item_int8(p, texts[i].id);
    db_array_end(p);
    db_array_begin(p, DB_TEXT);
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            db_item_text(p, texts[i].broken ? "" : routing_for(routing, texts[i].to));
    db_array_end(p);
    db_array_begin(p, DB_BYTEA);
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            put_body_key(p, &texts[i]);
    db_array_end(p);
    db_array_begin(p, DB_BOOL);
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            db_item_bool(p, strncmp(texts[i].to, "+44", 3) != 0);
    db_array_end(p);
    put_names(p, routing, false);
}

static void read_begun(const struct routing *routing, struct outbox_text *texts,
                       const struct db_rows *rows)
{
    for (int row = 0; row < db_count(rows); row++)
        for (size_t i = 0; i < OUTBOX_CALLS; i++)
            if (waits(&texts[i]) && texts[i].id == db_int8(rows, row, 0)) {
                texts[i].attempt = db_int4(rows, row, 1);
                texts[i].gateway = routing_gateway(routing, db_text(rows, row, 2));
            }
}

enum db_outcome outbox_begin(struct db *db, const struct routing *routing,
                             struct outbox_text *texts)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome = DB_OK;
    int64_t token = 0;

    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            token = texts[i].token;
    if (token != 0) {
        put_waiting(&p, routing, texts, token);
        outcome = db_run(db, &sms_out_begin, &p, &rows);
        if (outcome == DB_OK)
            read_begun(routing, texts, rows);
    }
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (waits(&texts[i]))
            texts[i].used = false;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static const char *outcome_word(enum gateway_outcome outcome)
{
    switch (outcome) {
    case GATEWAY_ACCEPTED:
        return "accepted";
    case GATEWAY_REJECTED:
        return "rejected";
    case GATEWAY_BLOCKED:
        return "blocked";
    case GATEWAY_RETRY:
        return "retry";
    case GATEWAY_UNKNOWN:
        break;
    }
    return "unknown";
}

static const char *found_word(enum gateway_found found)
{
    switch (found) {
    case GATEWAY_FOUND:
        return "found";
    case GATEWAY_ABSENT:
        return "absent";
    case GATEWAY_NO_WORD:
        break;
    }
    return "failed";
}

/* NULL for an empty string. */
static const char *or_null(const char *s)
{
    return s[0] != '\0' ? s : NULL;
}

static void put_sent(struct db_params *p, const struct outbox_text *t)
{
    db_put_int8(p, t->id);
    db_put_int4(p, t->attempt);
    db_put_int8(p, t->token);
    db_put_text(p, outcome_word(t->verdict.outcome));
    db_put_bool(p, t->gateway->can_ask);
    db_put_int4(p, t->status);
    db_put_text(p, or_null(t->verdict.error));
    db_put_text(p, or_null(t->verdict.id));
    db_put_int4(p, t->retry_after);
    db_put_bool(p, t->verdict.pause_day);
}

static void put_asked(struct db_params *p, const struct outbox_text *t)
{
    db_put_int8(p, t->id);
    db_put_int8(p, t->token);
    db_put_text(p, found_word(t->found));
    db_put_text(p, or_null(t->ids));
    db_put_text(p, or_null(t->verdict.error));
}

enum db_outcome outbox_finish(struct db *db, const struct outbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome;

    if (t->attempt > 0) {
        put_sent(&p, t);
        outcome = db_run(db, &sms_out_finish, &p, &rows);
    } else {
        put_asked(&p, t);
        outcome = db_run(db, &sms_out_asked, &p, &rows);
    }
    if (outcome == DB_OK)
        log_debug("outbox=%lld attempt=%d status=%d now %s", (long long)t->id, t->attempt,
                  t->status, db_text(rows, 0, 0));
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static bool was_sent(const struct outbox_text *t)
{
    return t->used && t->answered && t->attempt > 0;
}

#define PUT_SENT(element, put_value)                                                               \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (const struct outbox_text *t = texts; t < texts + OUTBOX_CALLS; t++)                   \
            if (was_sent(t))                                                                       \
                put_value;                                                                         \
        db_array_end(p);                                                                           \
    } while (0)

static void put_all_sent(struct db_params *p, const struct outbox_text *texts)
{
    PUT_SENT(DB_INT8, db_item_int8(p, t->id));
    PUT_SENT(DB_INT4, db_item_int4(p, t->attempt));
    PUT_SENT(DB_INT8, db_item_int8(p, t->token));
    PUT_SENT(DB_TEXT, db_item_text(p, outcome_word(t->verdict.outcome)));
    PUT_SENT(DB_BOOL, db_item_bool(p, t->gateway->can_ask));
    PUT_SENT(DB_INT4, db_item_int4(p, t->status));
    PUT_SENT(DB_TEXT, db_item_text(p, or_null(t->verdict.error)));
    PUT_SENT(DB_TEXT, db_item_text(p, or_null(t->verdict.id)));
    PUT_SENT(DB_INT4, db_item_int4(p, t->retry_after));
    PUT_SENT(DB_BOOL, db_item_bool(p, t->verdict.pause_day));
}

/* Those that were sent by one statement, those that were asked about one by one: they are few. */
static enum db_outcome finish_each(struct db *db, void *context)
{
    const struct outbox_text *texts = context;
    struct db_params p = db_params_new();
    enum db_outcome outcome;

    put_all_sent(&p, texts);
    outcome = db_run(db, &sms_out_finish_all, &p, NULL);
    for (size_t i = 0; i < OUTBOX_CALLS && outcome == DB_OK; i++)
        if (texts[i].used && texts[i].answered && !was_sent(&texts[i]))
            outcome = outbox_finish(db, &texts[i]);
    db_params_free(&p);
    return outcome;
}

enum db_outcome outbox_finish_all(struct db *db, struct outbox_text *texts)
{
    enum db_outcome outcome = db_transaction(db, finish_each, texts);

    for (size_t i = 0; i < OUTBOX_CALLS && outcome == DB_OK; i++)
        if (texts[i].answered)
            texts[i].used = texts[i].answered = false;
    return outcome;
}

enum db_outcome outbox_alarms(struct db *db)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &sms_alarms, NULL, &rows);

    for (int row = 0; outcome == DB_OK && row < db_count(rows); row++)
        log_warn("alarm: %s (%d times)", db_text(rows, row, 0), db_int4(rows, row, 1));
    db_rows_free(rows);
    return outcome;
}

enum db_outcome outbox_here(struct db *db, const struct routing *routing)
{
    struct db_params p = db_params_new();

    put_names(&p, routing, false);
    enum db_outcome outcome = db_run(db, &sms_gateways_seen, &p, NULL);
    db_params_free(&p);
    return outcome;
}
