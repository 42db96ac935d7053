/* notices.c: words, seals and queues the texts that wait in `notice`. */
#include "sms/notices.h"

#include "common/log.h"
#include "common/phone.h"
#include "common/secret.h"
#include "sms/gsm7.h"

enum { NOTICES = 50, DIGITS = 5, ENDPOINT_MAX = 40 };

DB_STATEMENT(sms_notices, "select id, kind, number_sealed, from_inbox, digits, project,"
                          " endpoint, reference from api.sms_notices()");
DB_STATEMENT(sms_notices_sent, "select api.sms_notices_sent($1, $2, $3, $4, $5)");

void notice_digits(const char *digits, struct buf *out)
{
    buf_fmt(out,
            "%s are the digits for voting on the web. They are good for 10 minutes. Nobody from "
            "the council will ask you for them.",
            digits);
}

void notice_withdrawn(uint16_t project, struct buf *out)
{
    buf_fmt(out,
            "Project %04u was withdrawn from the vote. Your other picks count. To change your "
            "ballot, reply VOTE, your code and the numbers.",
            (unsigned)project);
}

void notice_idea(const char *reference, struct buf *out)
{
    buf_fmt(out, "The council answered your idea %s. Open its private page to read it.", reference);
}

struct notice {
    int64_t id;
    char to[PHONE_LEN + 1]; /* "": cannot be texted */
    char from[ENDPOINT_MAX + 1];
    struct buf body; /* empty: nothing to say */
};

/* False when it was not sealed by us, or is too long. */
static bool unseal(const char *about, const uint8_t *sealed, size_t len, char *out, size_t max)
{
    if (len < SECRET_SEAL_EXTRA || len - SECRET_SEAL_EXTRA > max)
        return false;
    long n = secret_unseal(about, sealed, len, (uint8_t *)out);
    out[n < 0 ? 0 : n] = '\0';
    return n >= 0;
}

static void read_number(struct notice *n, const struct db_rows *rows, int row)
{
    char plain[64];
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, 2, &len);
    const char *about = db_bool(rows, row, 3) ? "inbox.sender" : "phone.number";
    n->to[0] = '\0';
    if (!unseal(about, sealed, len, plain, sizeof plain - 1))
        return;
    enum phone_kind kind = phone_read(plain, n->to);
    if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
        n->to[0] = '\0';
}

static void word(struct notice *n, const struct db_rows *rows, int row)
{
    char digits[DIGITS + 1];
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, 4, &len);
    const char *kind = db_text(rows, row, 1);
    n->body = buf_new(NOTICE_MAX);
    if (strcmp(kind, "idea") == 0)
        notice_idea(db_text(rows, row, 7), &n->body);
    else if (strcmp(kind, "withdrawal") == 0)
        notice_withdrawn((uint16_t)db_int4(rows, row, 5), &n->body);
    else if (unseal("notice.digits", sealed, len, digits, DIGITS))
        notice_digits(digits, &n->body);
    MUST(!n->body.overflowed);
}

static void put_sealed(struct db_params *p, const char *about, const char *plain)
{
    uint8_t sealed[NOTICE_MAX + SECRET_SEAL_EXTRA];
    db_item_bytes(p, sealed, secret_seal(about, plain, strlen(plain), sealed));
}

static bool to_be_sent(const struct notice *n)
{
    return n->to[0] != '\0' && n->body.len > 0;
}

static enum db_outcome queue(struct db *db, const struct notice *all, int n, int *queued)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_array_begin(&p, DB_INT8);
    for (int i = 0; i < n; i++)
        db_item_int8(&p, all[i].id);
    db_array_end(&p);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        put_sealed(&p, "outbox.recipient", all[i].to);
    db_array_end(&p);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++) {
        if (to_be_sent(&all[i]))
            put_sealed(&p, "outbox.body", buf_str(&all[i].body));
        else
            db_item_null(&p);
    }
    db_array_end(&p);
    db_array_begin(&p, DB_INT4);
    for (int i = 0; i < n; i++)
        db_item_int4(&p, (int32_t)gsm7_size(buf_str(&all[i].body)).segments);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, all[i].from);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &sms_notices_sent, &p, &rows);
    if (outcome == DB_OK)
        *queued = db_int4(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

struct errand {
    const char *sms_number;
    int *queued;
};

static enum db_outcome body(struct db *db, void *context)
{
    const struct errand *e = context;
    struct notice all[NOTICES];
    struct db_rows *rows = NULL;
    *e->queued = 0;
    enum db_outcome outcome = db_run(db, &sms_notices, NULL, &rows);
    int n = outcome == DB_OK ? db_count(rows) : 0;
    MUST(n <= NOTICES);
    for (int i = 0; i < n; i++) {
        all[i].id = db_int8(rows, i, 0);
        read_number(&all[i], rows, i);
        const char *endpoint = db_text(rows, i, 6);
        snprintf(all[i].from, sizeof all[i].from, "%s",
                 endpoint[0] != '\0' ? endpoint : e->sms_number);
        word(&all[i], rows, i);
    }
    if (n > 0)
        outcome = queue(db, all, n, e->queued);
    for (int i = 0; i < n; i++)
        buf_free(&all[i].body);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome notices_send(struct db *db, const char *sms_number, int *queued)
{
    struct errand e = {sms_number, queued};
    *queued = 0;
    return db_transaction(db, body, &e);
}
