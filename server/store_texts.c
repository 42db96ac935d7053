/* store_texts.c: delivery receipts into the database, and a word to the SMS daemons. */
#include "server/store_texts.h"

#include "server/store_kit.h"

DB_STATEMENT(sms_delivery, "select api.sms_delivery($1, $2)");
DB_STATEMENT(sms_delivery_id, "select api.sms_delivery_id($1, $2, $3)");
DB_STATEMENT(sms_part, "select message_id, sent_at, body_sealed"
                       " from api.sms_part($1, $2, $4, $5, $6, $7, $8, $9, $3, $10)");
DB_STATEMENT(news_words, "select api.news_words($1)");
DB_STATEMENT(sms_notify, "select api.sms_notify()");

/* Runs a statement whose one value is a word, and tells whether it is `word`. */
static enum db_outcome run_word(struct db *db, const struct db_statement *statement,
                                struct db_params *params, const char *word, bool *same)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, statement, params, &rows);
    *same = outcome == DB_OK && db_count(rows) == 1 && strcmp(db_text(rows, 0, 0), word) == 0;
    db_rows_free(rows);
    db_params_free(params);
    return outcome;
}

enum db_outcome store_delivery(struct db *db, const uint8_t reference[16], const char *status,
                               bool *known)
{
    struct db_params p = db_params_new();
    bool orphan;
    db_put_uuid(&p, reference);
    db_put_text(&p, status);
    enum db_outcome outcome = run_word(db, &sms_delivery, &p, "orphan", &orphan);
    *known = !orphan;
    return outcome;
}

enum db_outcome store_delivery_id(struct db *db, const char *provider, const char *id,
                                  const char *status)
{
    struct db_params p = db_params_new();
    bool early;
    db_put_text(&p, provider);
    db_put_text(&p, id);
    db_put_text(&p, status);
    return run_word(db, &sms_delivery_id, &p, "early", &early);
}

static void put_part(struct db_params *p, const struct text_in *text, const struct text_part *part)
{
    uint8_t key[32];
    db_put_text(p, text->provider);
    text_in_put_sender(p, text, key);
    db_put_text(p, text->endpoint);
    db_put_text(p, part->ref);
    db_put_int4(p, part->total);
    db_put_int4(p, part->part);
    db_put_text(p, text->message_id);
    db_put_time(p, text->sent_at);
    text_in_put_body(p, text);
}

enum db_outcome store_part(struct db *db, struct arena *arena, const struct text_in *text,
                           const struct text_part *part, struct buf *words, const char **first_id,
                           int64_t *sent_at)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *first_id = NULL;
    put_part(&p, text, part);
    enum db_outcome outcome = db_run(db, &sms_part, &p, &rows);
    for (int row = 0; outcome == DB_OK && row < db_count(rows); row++) {
        size_t len = 0;
        const uint8_t *sealed = db_bytes(rows, row, 2, &len);
        if (!text_in_unseal_body(sealed, len, words))
            buf_str_add(words, "?");
        if (row == 0) {
            *first_id = store_text(arena, rows, row, 0);
            *sent_at = db_time(rows, row, 1);
        }
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome store_texts_notify(struct db *db)
{
    return db_run(db, &sms_notify, NULL, NULL);
}

enum db_outcome store_news_words(struct db *db, struct arena *arena, enum language language,
                                 const char **words)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, language_tag(language));
    enum db_outcome outcome = db_run(db, &news_words, &p, &rows);
    db_params_free(&p);
    *words = outcome == DB_OK ? store_text(arena, rows, 0, 0) : "";
    db_rows_free(rows);
    return outcome;
}
