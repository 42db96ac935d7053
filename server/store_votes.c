/* store_votes.c: asks about codes, voters and ballots. */
#include "server/store_votes.h"

#include "common/log.h"
#include "server/guess.h"
#include "server/store_kit.h"

static enum code_outcome read_outcome(const char *word)
{
    if (strcmp(word, "good") == 0)
        return CODE_GOOD;
    if (strcmp(word, "wait") == 0)
        return CODE_WAIT;
    MUST(strcmp(word, "wrong") == 0);
    return CODE_WRONG;
}

enum db_outcome code_check(struct db *db, const uint8_t lookup[32], const char *address,
                           enum code_outcome *outcome, struct voter_session *out)
{
    DB_STATEMENT(code_check_statement, "select * from api.code_check($1, $2, $3)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    struct guess_keys keys;
    guess_keys(address, &keys);
    db_put_bytes(&p, lookup, 32);
    db_put_bytes(&p, keys.address, sizeof keys.address);
    db_put_bytes(&p, keys.network, sizeof keys.network);
    enum db_outcome done = db_run(db, &code_check_statement, &p, &rows);
    if (done == DB_OK) {
        *outcome = read_outcome(db_text(rows, 0, 0));
        out->voter = db_int8(rows, 0, 1);
        out->credential = db_int8(rows, 0, 2);
        out->generation = db_int4(rows, 0, 3);
        guess_alarm(db_int4(rows, 0, 4));
    }
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}

/* voter, credential, generation: the last three parameters of every question about a voter. */
static void put_session(struct db_params *p, const struct voter_session *s)
{
    db_put_int8(p, s->voter);
    db_put_int8(p, s->credential);
    db_put_int4(p, s->generation);
}

enum db_outcome voter_now(struct db *db, const struct voter_session *s, bool *good)
{
    DB_STATEMENT(voter_now_statement, "select api.voter_now($1, $2, $3)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *good = false;
    put_session(&p, s);
    enum db_outcome outcome = db_run(db, &voter_now_statement, &p, &rows);
    if (outcome == DB_OK)
        *good = db_bool(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome voter_sign_out(struct db *db, const struct voter_session *s)
{
    DB_STATEMENT(voter_sign_out_statement, "select from api.voter_sign_out($1, $2)");
    struct db_params p = db_params_new();
    db_put_int8(&p, s->voter);
    db_put_int4(&p, s->generation);
    enum db_outcome outcome = db_run(db, &voter_sign_out_statement, &p, NULL);
    db_params_free(&p);
    return outcome;
}

static struct voter_round read_round(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct voter_round){.id = db_int4(rows, i, 0),
                                .slug = store_text(a, rows, i, 1),
                                .title = store_text(a, rows, i, 2),
                                .kind = round_kind_read(db_text(rows, i, 3)),
                                .area_name = store_text(a, rows, i, 4),
                                .closes_at = db_time(rows, i, 5),
                                .days = db_int4(rows, i, 6),
                                .money = db_int8(rows, i, 7),
                                .proposals = db_int4(rows, i, 8),
                                .voted = db_bool(rows, i, 9),
                                .cast_at = db_time(rows, i, 10),
                                .voided = db_bool(rows, i, 11),
                                .gone = db_bool(rows, i, 12)};
}

enum db_outcome voter_rounds_load(struct db *db, struct arena *a, const struct voter_session *s,
                                  struct voter_rounds *out)
{
    DB_STATEMENT(voter_rounds_statement, "select * from api.voter_rounds($1, $2, $3)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct voter_rounds){0};
    put_session(&p, s);
    enum db_outcome outcome = db_run(db, &voter_rounds_statement, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->round = arena_alloc(a, (size_t)out->n * sizeof *out->round);
        for (int i = 0; i < out->n; i++)
            out->round[i] = read_round(a, rows, i);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome voter_ballot_load(struct db *db, struct arena *a, const struct voter_session *s,
                                  int32_t round, struct voter_ballot *out)
{
    DB_STATEMENT(voter_ballot_statement, "select * from api.voter_ballot($1, $2, $3, $4)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct voter_ballot){0};
    db_put_int4(&p, round);
    put_session(&p, s);
    enum db_outcome outcome = db_run(db, &voter_ballot_statement, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct voter_ballot){.session_good = true,
                                     .in_reach = db_bool(rows, 0, 0),
                                     .area_name = store_text(a, rows, 0, 1),
                                     .revision = db_int4(rows, 0, 2),
                                     .withdrawn = db_bool(rows, 0, 3),
                                     .channel = (enum cast_channel)db_int4(rows, 0, 4),
                                     .cast_at = db_time(rows, 0, 5),
                                     .receipt = db_int8(rows, 0, 6),
                                     .in_area = db_bool(rows, 0, 7),
                                     .declared = db_bool(rows, 0, 8),
                                     .voided = db_bool(rows, 0, 9),
                                     .void_reason = store_text(a, rows, 0, 10)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

bool voter_ballot_stands(const struct voter_ballot *b)
{
    return b->revision > 0 && !b->withdrawn && !b->voided;
}

enum db_outcome voter_picks_load(struct db *db, const struct voter_session *s, int32_t round,
                                 struct ballot_pick picks[BALLOT_PICKS_MAX], uint16_t *n)
{
    DB_STATEMENT(voter_picks_statement, "select * from api.voter_picks($1, $2, $3, $4)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *n = 0;
    db_put_int4(&p, round);
    put_session(&p, s);
    enum db_outcome outcome = db_run(db, &voter_picks_statement, &p, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows) && i < BALLOT_PICKS_MAX; i++) {
        picks[i].number = (uint16_t)db_int4(rows, i, 0);
        picks[i].weight = (uint16_t)db_int4(rows, i, 1);
        *n = (uint16_t)(i + 1);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static enum declare_outcome read_declared(const char *word)
{
    static const struct {
        const char *word;
        enum declare_outcome outcome;
    } WORDS[] = {
        {"declared", DECLARE_GOOD},
        {"ended", DECLARE_ENDED},
        {"no_round", DECLARE_NO_ROUND},
        {"closed", DECLARE_CLOSED},
        {"age", DECLARE_AGE},
        {"format", DECLARE_FORMAT},
        {"elsewhere", DECLARE_ELSEWHERE},
        {"unknown", DECLARE_UNKNOWN},
    };
    size_t i = 0, n = sizeof WORDS / sizeof *WORDS;
    while (i < n && strcmp(word, WORDS[i].word) != 0)
        i++;
    MUST(i < n);
    return WORDS[i].outcome;
}

enum db_outcome voter_declare(struct db *db, struct arena *a, const struct voter_session *s,
                              int32_t round, bool old_enough, const char *residence,
                              struct declared *out)
{
    DB_STATEMENT(declare, "select * from api.voter_declare($1, $2, $3, $4, $5, $6, $7)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, round);
    put_session(&p, s);
    db_put_bool(&p, old_enough);
    db_put_text(&p, residence);
    db_put_int2(&p, CAST_WEB);
    *out = (struct declared){0};
    enum db_outcome outcome = db_run(db, &declare, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        MUST(out->n >= 1 && out->n <= DECLARE_OUTCOMES);
        for (int i = 0; i < out->n; i++)
            out->outcome[i] = read_declared(db_text(rows, i, 0));
        out->area = store_text(a, rows, 0, 1);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome round_places_load(struct db *db, struct arena *a, int32_t round,
                                  struct place **places, int *n)
{
    DB_STATEMENT(round_places, "select * from api.round_places($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *n = 0;
    db_put_int4(&p, round);
    enum db_outcome outcome = db_run(db, &round_places, &p, &rows);
    if (outcome == DB_OK) {
        *n = db_count(rows);
        *places = arena_alloc(a, (size_t)*n * sizeof **places);
        for (int i = 0; i < *n; i++)
            (*places)[i] = (struct place){.slug = store_text(a, rows, i, 0),
                                          .name = store_text(a, rows, i, 1)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome ballot_check(struct db *db, int32_t round, const struct ballot_pick *picks,
                             uint16_t n, struct ballot_verdict *out)
{
    DB_STATEMENT(ballot_check_statement, "select * from api.ballot_check($1, $2, $3)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct ballot_verdict){.outcome = CAST_NO_ROUND};
    db_put_int4(&p, round);
    db_array_begin(&p, DB_INT2);
    for (int i = 0; i < n; i++)
        db_item_int2(&p, (int16_t)picks[i].number);
    db_array_end(&p);
    db_array_begin(&p, DB_INT2);
    for (int i = 0; i < n; i++)
        db_item_int2(&p, (int16_t)picks[i].weight);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &ballot_check_statement, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        out->good = db_null(rows, 0, 0);
        out->outcome = (enum cast_outcome)db_int4(rows, 0, 0);
        out->detail = db_int8(rows, 0, 1);
        out->limit = db_int8(rows, 0, 2);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static enum receipt_state read_state(const char *word)
{
    if (strcmp(word, "stands") == 0)
        return RECEIPT_STANDS;
    if (strcmp(word, "replaced") == 0)
        return RECEIPT_REPLACED;
    if (strcmp(word, "voided") == 0)
        return RECEIPT_VOIDED;
    MUST(strcmp(word, "withdrawn") == 0);
    return RECEIPT_WITHDRAWN;
}

enum db_outcome receipt_find(struct db *db, struct arena *a, int64_t receipt,
                             struct receipt_view *out)
{
    DB_STATEMENT(receipt_find_statement, "select * from api.receipt_find($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct receipt_view){0};
    db_put_int8(&p, receipt);
    enum db_outcome outcome = db_run(db, &receipt_find_statement, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct receipt_view){.state = read_state(db_text(rows, 0, 0)),
                                     .slug = store_text(a, rows, 0, 1),
                                     .title = store_text(a, rows, 0, 2),
                                     .phase = round_phase_read(db_text(rows, 0, 3)),
                                     .cast_at = db_time(rows, 0, 4)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
