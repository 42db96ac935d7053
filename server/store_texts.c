/* store_texts.c: delivery receipts into the database, and a word to the SMS daemons. */
#include "server/store_texts.h"

DB_STATEMENT(sms_delivery, "select api.sms_delivery($1, $2)");
DB_STATEMENT(sms_delivery_id, "select api.sms_delivery_id($1, $2, $3)");
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

enum db_outcome store_texts_notify(struct db *db)
{
    return db_run(db, &sms_notify, NULL, NULL);
}
