/* outbox.c: the statements of sending. */
#include "sms/outbox.h"
#include "common/log.h"
#include "common/secret.h"

DB_STATEMENT(sms_out_claim, "select id, token, attempt, client_ref, recipient_sealed, sender,"
                            " body_sealed from api.sms_out_claim($1, $2, $3)");
DB_STATEMENT(sms_out_finish, "select api.sms_out_finish($1, $2, $3, $4, $5, $6, $7, $8, $9)");
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

static void read_claimed(struct outbox_text *t, const struct db_rows *rows, int row)
{
    *t = (struct outbox_text){
        .used = true,
        .id = db_int8(rows, row, 0),
        .token = db_int8(rows, row, 1),
        .attempt = db_int4(rows, row, 2),
    };
    uuid_text(db_bytes(rows, row, 3, NULL), t->reference);
    snprintf(t->from, sizeof t->from, "%s", db_text(rows, row, 5));
    t->broken = !unseal(rows, row, 4, "outbox.recipient", t->to, sizeof t->to) ||
                !unseal(rows, row, 6, "outbox.body", t->body, sizeof t->body);
    if (t->broken)
        log_bug("outbox=%lld cannot be unsealed", (long long)t->id);
}

static struct outbox_text *free_place(struct outbox_text *texts)
{
    struct outbox_text *t = texts;

    while (t < texts + OUTBOX_CALLS && t->used)
        t++;
    MUST(t < texts + OUTBOX_CALLS);
    return t;
}

enum db_outcome outbox_claim(struct db *db, const struct gateway *gateway,
                             struct outbox_text *texts, size_t max, size_t *n)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    *n = 0;
    db_put_int4(&p, (int32_t)max);
    db_put_text(&p, gateway->name);
    db_put_bool(&p, gateway->can_ask);
    enum db_outcome outcome = db_run(db, &sms_out_claim, &p, &rows);
    if (outcome == DB_OK)
        for (int row = 0; row < db_count(rows); row++, (*n)++)
            read_claimed(free_place(texts), rows, row);
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

static void put_sent(struct db_params *p, const struct gateway *gateway,
                     const struct outbox_text *t)
{
    db_put_int8(p, t->id);
    db_put_int4(p, t->attempt);
    db_put_int8(p, t->token);
    db_put_text(p, outcome_word(t->verdict.outcome));
    db_put_bool(p, gateway->can_ask);
    db_put_int4(p, t->status);
    db_put_text(p, or_null(t->verdict.error));
    db_put_text(p, or_null(t->verdict.id));
    db_put_int4(p, t->retry_after);
}

static void put_asked(struct db_params *p, const struct outbox_text *t)
{
    db_put_int8(p, t->id);
    db_put_int8(p, t->token);
    db_put_text(p, found_word(t->found));
    db_put_text(p, or_null(t->verdict.id));
    db_put_text(p, or_null(t->verdict.error));
}

enum db_outcome outbox_finish(struct db *db, const struct gateway *gateway, struct outbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    enum db_outcome outcome;

    if (t->attempt > 0) {
        put_sent(&p, gateway, t);
        outcome = db_run(db, &sms_out_finish, &p, &rows);
    } else {
        put_asked(&p, t);
        outcome = db_run(db, &sms_out_asked, &p, &rows);
    }
    if (outcome == DB_OK) {
        log_debug("outbox=%lld attempt=%d status=%d now %s", (long long)t->id, t->attempt,
                  t->status, db_text(rows, 0, 0));
        t->used = false;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
