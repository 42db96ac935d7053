/* store_decisions.c: the council's decisions, and the database. */
#include "server/store_decisions.h"

#include "server/roles.h"
#include "server/store_kit.h"

/* The columns that everybody may read, which come first in both lists. */
static void list_new(struct arena *a, enum db_outcome outcome, const struct db_rows *rows,
                     struct decisions *out)
{
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->decision = arena_alloc(a, sizeof *out->decision * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->decision[i] = (struct decision){.number = db_int4(rows, i, 0),
                                             .decision = store_text(a, rows, i, 1),
                                             .reason = store_text(a, rows, i, 2),
                                             .body = store_text(a, rows, i, 3),
                                             .decided_on = db_time(rows, i, 4),
                                             .stands = db_bool(rows, i, 5),
                                             .state = CHANGE_GRANTED};
}

DB_STATEMENT(decisions_of_round, "select number, decision, reason, body, decided_on, stands"
                                 " from api.round_decisions($1)");

enum db_outcome decisions_public(struct db *db, struct arena *arena, int32_t round,
                                 struct decisions *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, round);
    enum db_outcome outcome = db_run(db, &decisions_of_round, &p, &rows);
    list_new(arena, outcome, rows, out);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(decisions_of_desk,
             "select number, decision, reason, body, decided_on, stands, id, slug,"
             " round, title, state, asked_by, asked_at, confirmed_by, mine, roles"
             " from api.desk_decisions($1, $2)");

enum db_outcome decisions_desk(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, struct decisions *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &decisions_of_desk, officer, slug, &rows);
    list_new(arena, outcome, rows, out);
    for (int i = 0; i < out->n; i++) {
        struct decision *d = &out->decision[i];
        d->id = db_int4(rows, i, 6);
        d->slug = store_text(arena, rows, i, 7);
        d->round = store_text(arena, rows, i, 8);
        d->title = store_text(arena, rows, i, 9);
        d->state = change_state_read(db_text(rows, i, 10));
        d->asked_by = store_text(arena, rows, i, 11);
        d->asked_at = db_time(rows, i, 12);
        d->confirmed_by = store_text(arena, rows, i, 13);
        d->mine = db_bool(rows, i, 14);
        d->roles = roles_read(db_text(rows, i, 15));
    }
    db_rows_free(rows);
    return outcome;
}

const struct decision *decision_of(const struct decisions *all, int32_t number)
{
    for (int i = 0; i < all->n; i++) {
        if (all->decision[i].number == number && all->decision[i].stands)
            return &all->decision[i];
    }
    return NULL;
}

DB_STATEMENT(decision_ask_one,
             "select api.desk_decision_ask($1, $2, $3, $4, $5, $6, $7::text::date)");

enum db_outcome decision_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             const struct decision *d, const char *day, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int2(&p, (int16_t)d->number);
    db_put_text(&p, d->decision);
    db_put_text(&p, d->reason);
    db_put_text(&p, d->body);
    db_put_text(&p, day);
    return store_answer(db, &decision_ask_one, arena, &p, result, NULL);
}

DB_STATEMENT(decision_confirm_one, "select api.desk_decision_confirm($1, $2, $3)");

enum db_outcome decision_confirm(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                 bool grant, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    db_put_bool(&p, grant);
    return store_answer(db, &decision_confirm_one, arena, &p, result, NULL);
}
