/* notices.c: words, seals and queues the texts that wait in `notice`. */
#include "sms/notices.h"

#include "common/log.h"
#include "sms/outgoing.h"
#include "sms/templates.h"

enum { NOTICES = 50, DIGITS = 5, REFERENCE = 20 };

DB_STATEMENT(sms_notices, "select id, kind, number_sealed, from_inbox, digits, project,"
                          " endpoint, reference, language from api.sms_notices()");
DB_STATEMENT(sms_notices_sent, "select api.sms_notices_sent($1, $2, $3, $4, $5)");

void notice_digits(enum language in, const char *digits, struct buf *out)
{
    SAY(out, in, SAY_SIGN_IN_DIGITS, SAY_TEXT("digits", digits, DIGITS));
}

void notice_withdrawn(enum language in, uint16_t project, struct buf *out)
{
    SAY(out, in, SAY_PROJECT_WITHDRAWN, SAY_PROJECT_NO("number", project));
}

void notice_idea(enum language in, const char *reference, struct buf *out)
{
    SAY(out, in, SAY_IDEA_ANSWERED, SAY_TEXT("reference", reference, REFERENCE));
}

static void word(struct buf *out, const struct db_rows *rows, int row)
{
    char digits[DIGITS + 1];
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, 4, &len);
    const char *kind = db_text(rows, row, 1);
    enum language in = outgoing_language(db_text(rows, row, 8));
    if (strcmp(kind, "idea") == 0)
        notice_idea(in, db_text(rows, row, 7), out);
    else if (strcmp(kind, "withdrawal") == 0)
        notice_withdrawn(in, (uint16_t)db_int4(rows, row, 5), out);
    else if (outgoing_unseal("notice.digits", sealed, len, digits, DIGITS))
        notice_digits(in, digits, out);
}

static struct outgoing read_notice(const struct db_rows *rows, int row, const char *sms_number)
{
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, 2, &len);
    struct outgoing o = outgoing_new(db_bool(rows, row, 3) ? "inbox.sender" : "phone.number",
                                     sealed, len, db_text(rows, row, 6), sms_number);
    word(&o.body, rows, row);
    return o;
}

static enum db_outcome queue(struct db *db, const struct db_rows *notices,
                             const struct outgoing *all, int n, int *queued)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_array_begin(&p, DB_INT8);
    for (int i = 0; i < n; i++)
        db_item_int8(&p, db_int8(notices, i, 0));
    db_array_end(&p);
    outgoing_put(&p, all, n);
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
    struct outgoing all[NOTICES];
    struct db_rows *rows = NULL;
    *e->queued = 0;
    enum db_outcome outcome = db_run(db, &sms_notices, NULL, &rows);
    int n = outcome == DB_OK ? db_count(rows) : 0;
    MUST(n <= NOTICES);
    for (int i = 0; i < n; i++)
        all[i] = read_notice(rows, i, e->sms_number);
    if (n > 0)
        outcome = queue(db, rows, all, n, e->queued);
    for (int i = 0; i < n; i++)
        outgoing_free(&all[i]);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome notices_send(struct db *db, const char *sms_number, int *queued)
{
    struct errand e = {sms_number, queued};
    *queued = 0;
    return db_transaction(db, body, &e);
}
