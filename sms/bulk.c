/* bulk.c: words, seals and queues bulk texts. */
#include "sms/bulk.h"

#include "common/log.h"
#include "common/utf8.h"
#include "sms/gsm7.h"
#include "sms/outgoing.h"
#include "sms/templates.h"

enum { SEGMENT = 160, ROW_MAX = 1024 };

DB_STATEMENT(sms_bulk_due, "select round, occasion, recipient_key, number_sealed, door, title,"
                           " closes, endpoint, language from api.sms_bulk_due($1)");
DB_STATEMENT(sms_bulk_queue, "select api.sms_bulk_queue($1, $2, $3, $4, $5, $6, $7)");

/* As much of a text in GSM-7's characters as fits into `septets`. */
static void add_cut(struct buf *out, const char *text, size_t septets)
{
    struct buf folded = buf_new(ROW_MAX);
    gsm7_fold(text, &folded);
    size_t end = 0, at = 0;
    while (at < folded.len) {
        size_t needs = gsm7_septets(utf8_next(buf_str(&folded), folded.len, &at));
        if (needs > septets)
            break;
        septets -= needs;
        end = at;
    }
    buf_add(out, buf_str(&folded), end);
    buf_free(&folded);
}

static void say(struct buf *out, enum language in, enum say which, const char *title,
                const char *closes)
{
    SAY(out, in, which, SAY_TEXT("title", title, ROW_MAX), SAY_WHEN("closes", closes));
}

/* What the title leaves: a text without it is measured first. */
static void add_words(struct buf *out, enum language in, enum say which, const char *title,
                      const char *closes)
{
    struct buf cut = buf_new(ROW_MAX);
    say(out, in, which, "", closes);
    size_t rest = gsm7_size(buf_str(out)).units;
    MUST(rest < SEGMENT && !out->overflowed);
    add_cut(&cut, title, SEGMENT - rest);
    buf_clear(out);
    say(out, in, which, buf_str(&cut), closes);
    buf_free(&cut);
}

void bulk_words(enum language in, const char *occasion, const char *title, const char *closes,
                struct buf *out)
{
    if (strcmp(occasion, "opened") == 0)
        add_words(out, in, SAY_BULK_OPENED, title, closes);
    else if (strcmp(occasion, "closing") == 0)
        add_words(out, in, SAY_BULK_CLOSING, title, closes);
    else if (strcmp(occasion, "result") == 0)
        add_words(out, in, SAY_BULK_RESULT, title, closes);
}

static struct outgoing read_due(const struct db_rows *rows, int row, const char *sms_number)
{
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, 3, &len);
    bool web = strcmp(db_text(rows, row, 4), "web") == 0;
    struct outgoing o = outgoing_new(web ? "phone.number" : "outbox.recipient", sealed, len,
                                     db_text(rows, row, 7), sms_number);
    bulk_words(outgoing_language(db_text(rows, row, 8)), db_text(rows, row, 1),
               db_text(rows, row, 5), db_text(rows, row, 6), &o.body);
    return o;
}

static enum db_outcome queue(struct db *db, const struct db_rows *rows, const struct outgoing *all,
                             int n)
{
    struct db_params p = db_params_new();
    db_array_begin(&p, DB_INT4);
    for (int i = 0; i < n; i++)
        db_item_int4(&p, db_int4(rows, i, 0));
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, db_text(rows, i, 1));
    db_array_end(&p);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        db_item_bytes(&p, db_bytes(rows, i, 2, NULL), 32);
    db_array_end(&p);
    outgoing_put(&p, all, n);
    enum db_outcome outcome = db_run(db, &sms_bulk_queue, &p, NULL);
    db_params_free(&p);
    return outcome;
}

struct errand {
    const char *sms_number;
    int *due;
};

static enum db_outcome body(struct db *db, void *context)
{
    const struct errand *e = context;
    struct outgoing all[BULK_BATCH];
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, BULK_BATCH);
    enum db_outcome outcome = db_run(db, &sms_bulk_due, &p, &rows);
    int n = outcome == DB_OK ? db_count(rows) : 0;
    MUST(n <= BULK_BATCH);
    for (int i = 0; i < n; i++)
        all[i] = read_due(rows, i, e->sms_number);
    if (n > 0)
        outcome = queue(db, rows, all, n);
    for (int i = 0; i < n; i++)
        outgoing_free(&all[i]);
    *e->due = n;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome bulk_send(struct db *db, const char *sms_number, int *due)
{
    struct errand e = {sms_number, due};
    *due = 0;
    return db_transaction(db, body, &e);
}
