/* store_paper.c: ballots on paper, and the database. */
#include "server/store_paper.h"

#include "common/damm.h"
#include "common/secret.h"
#include "server/store_kit.h"

static struct db_params asked(int32_t officer, const char *slug)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    return p;
}

DB_STATEMENT(batches_of_round,
             "select id, collected_at, place, ballots, entered, spoilt, opened_by, reconciled_by,"
             " reconciled_at from api.desk_paper_batches($1, $2)");

enum db_outcome paper_list(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           struct paper_batches *out)
{
    struct db_params p = asked(officer, slug);
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &batches_of_round, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->batch = arena_alloc(arena, sizeof *out->batch * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->batch[i] = (struct paper_batch){
            .id = db_int4(rows, i, 0),
            .collected_at = db_time(rows, i, 1),
            .place = store_text(arena, rows, i, 2),
            .ballots = db_int4(rows, i, 3),
            .entered = db_int4(rows, i, 4),
            .spoilt = db_int4(rows, i, 5),
            .opened_by = store_text(arena, rows, i, 6),
            .reconciled_by = store_text(arena, rows, i, 7),
            .reconciled_at = db_time(rows, i, 8),
        };
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* Runs what gives a word and a number; frees the parameters. */
static enum db_outcome change(struct db *db, const struct db_statement *statement,
                              struct arena *arena, struct db_params *p, const char **result,
                              int32_t *number)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_answer(db, statement, arena, p, result, &rows);
    *number = outcome == DB_OK ? db_int4(rows, 0, 1) : 0;
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(batch_open, "select outcome, id from api.desk_paper_open($1, $2, $3::text, $4, $5)");

enum db_outcome paper_open(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           const char *collected, const char *place, int32_t ballots,
                           const char **result, int32_t *id)
{
    struct db_params p = asked(officer, slug);
    db_put_text(&p, collected);
    db_put_text(&p, place);
    db_put_int4(&p, ballots);
    return change(db, &batch_open, arena, &p, result, id);
}

DB_STATEMENT(batch_reconcile, "select outcome, difference"
                              " from api.desk_paper_reconcile($1, $2, $3, $4)");

enum db_outcome paper_reconcile(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, int32_t batch, int32_t spoilt,
                                const char **result, int32_t *off)
{
    struct db_params p = asked(officer, slug);
    db_put_int4(&p, batch);
    db_put_int4(&p, spoilt);
    return change(db, &batch_reconcile, arena, &p, result, off);
}

DB_STATEMENT(entries_of_batch, "select serial, receipt, written_at, clerk"
                               " from api.desk_paper_entries($1, $2, $3)");

enum db_outcome paper_entries(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              int32_t batch, struct paper_entries *out)
{
    struct db_params p = asked(officer, slug);
    struct db_rows *rows = NULL;
    db_put_int4(&p, batch);
    enum db_outcome outcome = db_run(db, &entries_of_batch, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->entry = arena_alloc(arena, sizeof *out->entry * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->entry[i] = (struct paper_entry){
            .serial = store_text(arena, rows, i, 0),
            .receipt = db_int8(rows, i, 1),
            .written_at = db_time(rows, i, 2),
            .clerk = store_text(arena, rows, i, 3),
        };
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(voter_of_paper, "select voter, generation, round"
                             " from api.desk_paper_voter($1, $2, $3::bytea, $4, $5, $6)");

enum db_outcome paper_voter(struct db *db, int32_t officer, const char *slug, const char *code,
                            bool declared, struct cast_item *item, bool *found)
{
    char digits[CODE_DIGITS + 1];
    unsigned char lookup[32];
    struct db_params p = asked(officer, slug);
    struct db_rows *rows = NULL;
    if (code_read(code, digits)) {
        code_lookup(digits, lookup);
        db_put_bytes(&p, lookup, sizeof lookup);
    } else {
        db_put_null(&p);
    }
    db_put_text(&p, code);
    db_put_bool(&p, declared);
    db_put_int2(&p, (int16_t)item->channel);
    enum db_outcome outcome = db_run(db, &voter_of_paper, &p, &rows);
    *found = outcome == DB_OK && db_count(rows) == 1;
    if (*found) {
        item->voter = db_int8(rows, 0, 0);
        item->generation = db_int4(rows, 0, 1);
        item->round = db_int4(rows, 0, 2);
    }
    explicit_bzero(digits, sizeof digits);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- where it is handed in ---------------------------------------------------------------- */
DB_STATEMENT(return_of_round, "select api.paper_return($1)");
DB_STATEMENT(return_of_desk, "select api.desk_paper_return($1, $2)");
DB_STATEMENT(return_save, "select api.desk_paper_return_save($1, $2, $3)");

/* The one text of an answer; frees the parameters. */
static enum db_outcome one_text(struct db *db, const struct db_statement *statement,
                                struct arena *arena, struct db_params *p, const char **words)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    *words = outcome != DB_OK || db_count(rows) == 0 ? ""
             : db_null(rows, 0, 0)                   ? NULL
                                                     : store_text(arena, rows, 0, 0);
    db_rows_free(rows);
    db_params_free(p);
    return outcome;
}

enum db_outcome paper_return_load(struct db *db, struct arena *arena, int32_t round,
                                  const char **words)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    return one_text(db, &return_of_round, arena, &p, words);
}

enum db_outcome paper_return_of(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, const char **words)
{
    struct db_params p = asked(officer, slug);
    return one_text(db, &return_of_desk, arena, &p, words);
}

enum db_outcome paper_return_save(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, const char *words, const char **result)
{
    struct db_params p = asked(officer, slug);
    db_put_text(&p, words);
    return store_answer(db, &return_save, arena, &p, result, NULL);
}
