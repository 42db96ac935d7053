/* store_amendments.c: what two officers change together, and the database. */
#include "server/store_amendments.h"

#include "common/log.h"
#include "server/roles.h"
#include "server/store_kit.h"

static const char *const kinds[] = {"extension", "withdrawal", "void_ballot", "void_code", NULL};
static const char *const states[] = {"waiting", "granted", "refused", "taken_back", NULL};

const char *change_kind_word(enum change_kind kind)
{
    MUST((size_t)kind < sizeof kinds / sizeof *kinds - 1);
    return kinds[kind];
}

enum change_state change_state_read(const char *word)
{
    return (enum change_state)store_place(states, word);
}

/* The columns that everybody may read, which come first in both lists. */
static struct change read_change(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct change){
        .kind = (enum change_kind)store_place(kinds, db_text(rows, i, 0)),
        .closes_at = db_time(rows, i, 1),
        .closed_at = db_time(rows, i, 2),
        .number = db_int4(rows, i, 3),
        .name = store_text(a, rows, i, 4),
        .reason = store_text(a, rows, i, 5),
        .decided_at = db_time(rows, i, 6),
        .state = CHANGE_GRANTED,
    };
}

static void list_new(struct arena *arena, enum db_outcome outcome, const struct db_rows *rows,
                     struct changes *out)
{
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->change = arena_alloc(arena, sizeof *out->change * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->change[i] = read_change(arena, rows, i);
}

DB_STATEMENT(changes_of_round, "select kind, closes_at, closed_at, number, name, reason, decided_at"
                               " from api.round_amendments($1)");

enum db_outcome changes_public(struct db *db, struct arena *arena, int32_t round,
                               struct changes *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, round);
    enum db_outcome outcome = db_run(db, &changes_of_round, &p, &rows);
    list_new(arena, outcome, rows, out);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(changes_of_officer,
             "select kind, closes_at, closed_at, number, name, reason, decided_at, id, slug, title,"
             " serial, asked_by, asked_at, decided_by, state, mine, roles"
             " from api.desk_amendments($1, $2::text)");

enum db_outcome changes_desk(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             struct changes *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &changes_of_officer, officer, slug, &rows);
    list_new(arena, outcome, rows, out);
    for (int i = 0; i < out->n; i++) {
        struct change *c = &out->change[i];
        c->id = db_int8(rows, i, 7);
        c->slug = store_text(arena, rows, i, 8);
        c->title = store_text(arena, rows, i, 9);
        c->serial = store_text(arena, rows, i, 10);
        c->asked_by = store_text(arena, rows, i, 11);
        c->asked_at = db_time(rows, i, 12);
        c->decided_by = store_text(arena, rows, i, 13);
        c->state = change_state_read(db_text(rows, i, 14));
        c->mine = db_bool(rows, i, 15);
        c->roles = roles_read(db_text(rows, i, 16));
    }
    db_rows_free(rows);
    return outcome;
}

/* Runs what gives an outcome and a detail; frees the parameters. */
static enum db_outcome change(struct db *db, const struct db_statement *statement,
                              struct arena *arena, struct db_params *p, const char **result,
                              const char **detail)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_answer(db, statement, arena, p, result, &rows);
    *detail = outcome == DB_OK ? store_text(arena, rows, 0, 1) : "";
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(amendment_ask, "select outcome, detail from api.desk_amendment_ask($1, $2, $3::text,"
                            " $4::text, $5::smallint, $6::bigint, $7, $8)");

enum db_outcome change_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           const struct change_wish *wish, const char **result, const char **detail)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, change_kind_word(wish->kind));
    db_put_text(&p, slug);
    db_put_text(&p, wish->closes);
    if (wish->number < 0)
        db_put_null(&p);
    else
        db_put_int2(&p, (int16_t)wish->number);
    if (wish->receipt < 0)
        db_put_null(&p);
    else
        db_put_int8(&p, wish->receipt);
    db_put_text(&p, wish->serial);
    db_put_text(&p, wish->reason);
    return change(db, &amendment_ask, arena, &p, result, detail);
}

DB_STATEMENT(amendment_decide, "select outcome, detail from api.desk_amendment_decide($1, $2, $3)");

enum db_outcome change_decide(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                              bool grant, const char **result, const char **detail)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int8(&p, id);
    db_put_bool(&p, grant);
    return change(db, &amendment_decide, arena, &p, result, detail);
}
