/* offer.c: offers of help by text. */
#include "sms/offer.h"

#include "common/log.h"
#include "common/secret.h"
#include "common/utf8.h"
#include "sms/replies.h"

enum { AREA = 60, NAME = 16 };

DB_STATEMENT(sms_offer, "select outcome, short_name, area from api.sms_offer($1, $2, $3, $4)");
DB_STATEMENT(sms_offer_agree, "select number, short_name, area from api.sms_offer_agree($1, $2)");

bool offer_is(const struct inbox_text *t)
{
    return t->text.kind == TEXT_OFFER || t->text.kind == TEXT_AGREE;
}

/* --- what is offered ---------------------------------------------------------------------- */

static bool is_blank(uint32_t point)
{
    return point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0x2028 || point == 0x2029;
}

/* Letters and digits of any script, and what may be one: they say something. */
static bool says_something(uint32_t point)
{
    return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
           (point >= 'a' && point <= 'z') || (point >= 0xC0 && point != UTF8_BAD);
}

size_t offer_words(const char *body, size_t len, size_t at, struct buf *out)
{
    size_t n = 0;
    bool blank = false, begun = false;

    while (at < len) {
        size_t from = at;
        uint32_t point = utf8_next(body, len, &at);
        if (point == UTF8_BAD || (!begun && !says_something(point)))
            continue;
        begun = true;
        if (is_blank(point)) {
            blank = true;
            continue;
        }
        if (blank) {
            buf_char(out, ' ');
            n++;
        }
        blank = false;
        buf_add(out, body + from, at - from);
        n++;
    }
    return n;
}

/* --- OFFER -------------------------------------------------------------------------------- */

static void say(struct inbox_text *t, enum say which, const struct db_rows *rows, int name)
{
    SAY(&t->reply.text, t->reply.language, which,
        SAY_PROJECT_NO("number", t->text.n > 0 ? t->text.numbers[0] : 0),
        SAY_TEXT("name", db_text(rows, 0, name), NAME),
        SAY_TEXT("area", db_text(rows, 0, name + 1), AREA));
}

static enum say offered_words(const char *outcome)
{
    if (strcmp(outcome, "asked") == 0)
        return SAY_OFFER_ASK;
    if (strcmp(outcome, "question") == 0)
        return SAY_OFFER_TO_QUESTION;
    return strcmp(outcome, "many") == 0 ? SAY_OFFER_MANY : SAY_NO_SUCH;
}

static enum db_outcome keep(struct db *db, struct inbox_text *t, const char *words,
                            const char *e164)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    uint8_t sealed[PHONE_LEN + 1 + SECRET_SEAL_EXTRA];

    db_put_int2(&p, (int16_t)t->text.numbers[0]);
    db_put_text(&p, words);
    db_put_bytes(&p, sealed, secret_seal("phone.number", e164, strlen(e164), sealed));
    db_put_bytes(&p, t->sender_key, 32);
    enum db_outcome outcome = db_run(db, &sms_offer, &p, &rows);
    if (outcome == DB_OK)
        say(t, offered_words(db_text(rows, 0, 0)), rows, 1);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static enum db_outcome offer(struct db *db, struct inbox_text *t)
{
    struct buf words = buf_new(t->body_len + 1);
    char e164[PHONE_LEN + 1];
    size_t n = offer_words(t->body, t->body_len, t->text.words_at, &words);
    enum db_outcome outcome = DB_OK;

    if (t->text.n == 0 || n == 0)
        reply_plain(SAY_OFFER_HOW, &t->reply);
    else if (n > OFFER_WORDS_MAX)
        reply_plain(SAY_OFFER_LONG, &t->reply);
    else if (phone_read(t->sender, e164) > PHONE_OTHER)
        reply_plain(SAY_OFFER_NO_NUMBER, &t->reply);
    else
        outcome = keep(db, t, buf_str(&words), e164);
    buf_free(&words);
    return outcome;
}

/* --- AGREE -------------------------------------------------------------------------------- */

static enum db_outcome agree(struct db *db, struct inbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    db_put_bytes(&p, t->sender_key, 32);
    db_put_int2(&p, (int16_t)(t->text.n > 0 ? t->text.numbers[0] : 0));
    enum db_outcome outcome = db_run(db, &sms_offer_agree, &p, &rows);
    int n = outcome == DB_OK ? db_count(rows) : 0;
    if (outcome == DB_OK && n == 0) {
        reply_plain(SAY_OFFER_NONE_WAITS, &t->reply);
    } else if (n == 1) {
        t->text.numbers[0] = (uint16_t)db_int4(rows, 0, 0);
        t->text.n = 1;
        say(t, SAY_OFFER_AGREED, rows, 1);
    } else if (n > 1) {
        SAY(&t->reply.text, t->reply.language, SAY_OFFERS_AGREED, SAY_NUMBER("n", n));
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome offer_answer(struct db *db, struct inbox_text *t)
{
    t->outcome = t->text.kind == TEXT_OFFER ? "offer" : "agree";
    reply_clear(&t->reply);
    t->lookup = true;
    return t->text.kind == TEXT_OFFER ? offer(db, t) : agree(db, t);
}
