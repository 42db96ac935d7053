/* inquiry.c: looks up what LIST, MORE, INFO and RESULT ask for. Few texts do: one statement each.
 */
#include "sms/inquiry.h"
#include "common/log.h"
#include "sms/replies_inquiry.h"

DB_STATEMENT(sms_list, "select outcome, page, area, round, kind, closes, number, short_name, cost"
                       " from api.sms_list($1, $2, $3, $4)");
DB_STATEMENT(sms_info, "select title, summary, area, cost, phase, opens, closes"
                       " from api.sms_info($1)");
DB_STATEMENT(sms_result,
             "select outcome, area, closes, ballots, question, adopted, yes, no, spent, budget,"
             " number, short_name, won, asked, reason, votes, cost, \"left\", score, needed, share,"
             " other_number, other from api.sms_result($1, $2, $3)");

bool inquiry_is(const struct inbox_text *t)
{
    return t->text.kind == TEXT_LIST || t->text.kind == TEXT_MORE || t->text.kind == TEXT_INFO ||
           t->text.kind == TEXT_RESULT;
}

static bool is(const struct db_rows *rows, const char *outcome)
{
    return strcmp(db_text(rows, 0, 0), outcome) == 0;
}

static uint16_t number_of(const struct inbox_text *t)
{
    return t->text.n > 0 ? t->text.numbers[0] : 0;
}

/* --- LIST and MORE ------------------------------------------------------------------------ */

static void word_list(struct inbox_batch *b, struct inbox_text *t, const struct db_rows *rows)
{
    size_t n = (size_t)db_count(rows);
    struct reply_line *lines = arena_alloc(&b->arena, n * sizeof *lines);

    for (size_t i = 0; i < n; i++)
        lines[i] = (struct reply_line){
            .area = db_text(rows, (int)i, 2),
            .round = db_int4(rows, (int)i, 3),
            .kind = is(rows, "list") ? inbox_kind(db_text(rows, (int)i, 4)) : REPLY_APPROVAL,
            .closes = db_text(rows, (int)i, 5),
            .number = (uint16_t)db_int4(rows, (int)i, 6),
            .name = db_text(rows, (int)i, 7),
            .cost = db_int8(rows, (int)i, 8),
        };
    if (is(rows, "list"))
        reply_list(lines, n, db_int4(rows, 0, 1), &t->reply);
    else if (is(rows, "which"))
        reply_places(lines, n, &t->reply);
    else if (is(rows, "unknown"))
        reply_about(SAY_NO_SUCH_PLACE, lines[0].area, "", 0, &t->reply);
    else if (lines[0].area[0] == '\0')
        reply_plain(SAY_NOTHING_OPEN, &t->reply);
    else
        reply_about(SAY_NOTHING_OPEN_IN, lines[0].area, "", 0, &t->reply);
}

static enum db_outcome answer_list(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    db_put_bytes(&p, t->sender_key, 32);
    db_put_text(&p, t->text.place);
    db_put_int4(&p, t->text.page);
    db_put_bool(&p, t->text.kind == TEXT_MORE);
    enum db_outcome outcome = db_run(db, &sms_list, &p, &rows);
    if (outcome == DB_OK)
        word_list(b, t, rows);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- INFO --------------------------------------------------------------------------------- */

static enum say voting_words(const char *phase)
{
    if (strcmp(phase, "withdrawn") == 0)
        return SAY_VOTING_WITHDRAWN;
    if (strcmp(phase, "soon") == 0)
        return SAY_VOTING_OPENS;
    return strcmp(phase, "open") == 0 ? SAY_VOTING_CLOSES : SAY_VOTING_CLOSED;
}

static enum db_outcome no_such(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    struct reply_pick near[2];
    size_t n = 0;
    bool codes;
    enum db_outcome outcome = inbox_near(db, b, t, number_of(t), near, 2, &n, &codes);

    if (outcome == DB_OK)
        reply_no_such(number_of(t), near, n, &t->reply);
    return outcome;
}

static enum db_outcome answer_info(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    db_put_int2(&p, (int16_t)number_of(t));
    enum db_outcome outcome = db_run(db, &sms_info, &p, &rows);
    if (outcome == DB_OK && db_count(rows) > 0) {
        struct reply_info info = {
            .number = number_of(t),
            .title = db_text(rows, 0, 0),
            .summary = db_text(rows, 0, 1),
            .area = db_text(rows, 0, 2),
            .cost = db_int8(rows, 0, 3),
            .voting = voting_words(db_text(rows, 0, 4)),
            .opens = db_text(rows, 0, 5),
            .closes = db_text(rows, 0, 6),
        };
        reply_info(&info, &t->reply);
    } else if (outcome == DB_OK) {
        outcome = no_such(db, b, t);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- RESULT ------------------------------------------------------------------------------- */

static void word_result(struct inbox_batch *b, struct inbox_text *t, const struct db_rows *rows)
{
    size_t n = (size_t)db_count(rows);
    struct reply_pick *winners = arena_alloc(&b->arena, n * sizeof *winners);
    struct reply_result r = {
        .area = db_text(rows, 0, 1),
        .ballots = db_int4(rows, 0, 3),
        .question = db_bool(rows, 0, 4),
        .adopted = db_bool(rows, 0, 5),
        .yes = db_int8(rows, 0, 6),
        .no = db_int8(rows, 0, 7),
        .spent = db_int8(rows, 0, 8),
        .budget = db_int8(rows, 0, 9),
        .won = db_bool(rows, 0, 12),
        .asked = db_bool(rows, 0, 13),
        .reason = db_text(rows, 0, 14),
        .votes = db_int8(rows, 0, 15),
        .cost = db_int8(rows, 0, 16),
        .left = db_int8(rows, 0, 17),
        .score = db_int8(rows, 0, 18),
        .least = db_text(rows, 0, 19),
        .share = db_text(rows, 0, 20),
        .other = (uint16_t)db_int4(rows, 0, 21),
        .other_name = db_text(rows, 0, 22),
        .winners = winners,
    };

    for (size_t i = 0; i < n; i++)
        if (!db_null(rows, (int)i, 10))
            winners[r.n_winners++] = (struct reply_pick){
                .number = (uint16_t)db_int4(rows, (int)i, 10), .name = db_text(rows, (int)i, 11)};
    reply_result(&r, &t->reply);
}

static enum say no_result(const struct db_rows *rows, bool number)
{
    if (is(rows, "counting"))
        return SAY_RESULT_COUNTING;
    if (is(rows, "embargoed"))
        return SAY_RESULT_TO_COME;
    if (is(rows, "open"))
        return SAY_RESULT_NOT_YET;
    if (is(rows, "which"))
        return SAY_RESULT_WHICH;
    if (is(rows, "unknown"))
        return number ? SAY_NO_SUCH : SAY_NO_SUCH_PLACE;
    return SAY_RESULT_NONE;
}

static enum db_outcome answer_result(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;

    db_put_bytes(&p, t->sender_key, 32);
    db_put_text(&p, t->text.place);
    db_put_int2(&p, (int16_t)number_of(t));
    enum db_outcome outcome = db_run(db, &sms_result, &p, &rows);
    if (outcome == DB_OK && is(rows, "result"))
        word_result(b, t, rows);
    else if (outcome == DB_OK)
        reply_about(no_result(rows, t->text.n > 0), db_text(rows, 0, 1), db_text(rows, 0, 2),
                    number_of(t), &t->reply);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome inquiry_answer(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    t->outcome = "told";
    reply_clear(&t->reply);
    t->lookup = true;
    if (t->text.kind == TEXT_INFO)
        return answer_info(db, b, t);
    if (t->text.kind == TEXT_RESULT)
        return answer_result(db, b, t);
    return answer_list(db, b, t);
}
