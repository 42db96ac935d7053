/* store_agreement.c: editions of agreements and their pledges, and the database. */
#include "server/store_agreement.h"

#include "server/private_link.h"
#include "server/roles.h"
#include "server/store_kit.h"

/* --- reading ------------------------------------------------------------------------------ */
DB_STATEMENT(agreements_all,
             "select id, area_slug, area, edition, title, state, adopted_on, review_on, round,"
             " pledges, answered, due, asks, mine from api.desk_agreements($1)");
DB_STATEMENT(agreement_one,
             "select id, area_slug, area, edition, title, state, adopted_on, review_on, round,"
             " in_return, review_typed, frozen_sha256, adopt_reason, asked_by, mine, roles,"
             " before, before_in_return"
             " from api.desk_edition($1, $2)");
DB_STATEMENT(pledges_desk,
             "select id, ordinal, provider_id, provider, promise, standard, measure, due,"
             " due_typed, state, reason, asked, answered_by, answered_at, recorded, checked_on,"
             " check_result, evidence, evidence_link, link, idea from api.desk_pledges($1, $2)");

/* The columns that come first in both statements about editions. */
static struct edition_state read_edition(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct edition_state){.id = db_int4(rows, i, 0),
                                  .area_slug = store_text(a, rows, i, 1),
                                  .area = store_text(a, rows, i, 2),
                                  .edition = db_int4(rows, i, 3),
                                  .title = store_text(a, rows, i, 4),
                                  .state = store_text(a, rows, i, 5),
                                  .adopted_on = db_time(rows, i, 6),
                                  .review_on = db_time(rows, i, 7),
                                  .round = store_text(a, rows, i, 8)};
}

enum db_outcome desk_agreements(struct db *db, struct arena *a, int32_t officer,
                                struct edition_lines *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &agreements_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->edition = arena_alloc(a, sizeof *out->edition * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        struct edition_state *e = &out->edition[i];
        *e = read_edition(a, rows, i);
        e->pledges = db_int8(rows, i, 9);
        e->answered = db_int8(rows, i, 10);
        e->due = db_int8(rows, i, 11);
        e->asks = db_bool(rows, i, 12);
        e->mine = db_bool(rows, i, 13);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct db_params about(int32_t officer, int32_t edition)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, edition);
    return p;
}

enum db_outcome desk_edition(struct db *db, struct arena *a, int32_t officer, int32_t id,
                             struct edition_state **edition)
{
    struct db_params p = about(officer, id);
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &agreement_one, &p, &rows);
    *edition = NULL;
    if (outcome == DB_OK && db_count(rows) == 1) {
        struct edition_state *e = arena_alloc(a, sizeof *e);
        *e = read_edition(a, rows, 0);
        e->in_return = store_text(a, rows, 0, 9);
        e->review_typed = store_text(a, rows, 0, 10);
        e->frozen_sha256 = store_text(a, rows, 0, 11);
        e->adopt_reason = store_text(a, rows, 0, 12);
        e->asked_by = store_text(a, rows, 0, 13);
        e->mine = db_bool(rows, 0, 14);
        e->roles = roles_read(db_text(rows, 0, 15));
        e->before = db_int4(rows, 0, 16);
        e->before_in_return = store_text(a, rows, 0, 17);
        e->asks = *e->asked_by != '\0' && strcmp(e->state, "proposed") == 0;
        *edition = e;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct desk_pledge read_pledge(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct desk_pledge){.id = db_int4(rows, i, 0),
                                .ordinal = db_int4(rows, i, 1),
                                .provider_id = db_int4(rows, i, 2),
                                .provider = store_text(a, rows, i, 3),
                                .promise = store_text(a, rows, i, 4),
                                .standard = store_text(a, rows, i, 5),
                                .measure = store_text(a, rows, i, 6),
                                .due = db_time(rows, i, 7),
                                .due_typed = store_text(a, rows, i, 8),
                                .state = store_text(a, rows, i, 9),
                                .reason = store_text(a, rows, i, 10),
                                .asked = store_text(a, rows, i, 11),
                                .answered_by = store_text(a, rows, i, 12),
                                .answered_at = db_time(rows, i, 13),
                                .recorded = store_text(a, rows, i, 14),
                                .checked_on = db_time(rows, i, 15),
                                .check_result = store_text(a, rows, i, 16),
                                .evidence = store_text(a, rows, i, 17),
                                .evidence_link = store_text(a, rows, i, 18),
                                .link = db_time(rows, i, 19),
                                .idea = db_int8(rows, i, 20)};
}

enum db_outcome desk_pledges(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                             struct desk_pledges *out)
{
    struct db_params p = about(officer, edition);
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &pledges_desk, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->pledge = arena_alloc(a, sizeof *out->pledge * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->pledge[i] = read_pledge(a, rows, i);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- writing ------------------------------------------------------------------------------ */
DB_STATEMENT(edition_save, "select outcome, id from api.desk_edition_save($1, $2::integer,"
                           " $3::text, $4, $5, $6::text::date, $7)");
DB_STATEMENT(pledge_save, "select api.desk_pledge_save($1, $2, $3::integer, $4, $5, $6, $7,"
                          " $8::text::date)");
DB_STATEMENT(pledge_place, "select api.desk_pledge_place($1, $2, $3, $4)");
DB_STATEMENT(pledge_answer_desk, "select api.desk_pledge_answer($1, $2, $3, $4, $5, $6, $7)");
DB_STATEMENT(pledge_check_desk, "select api.desk_pledge_check($1, $2, $3, $4, $5, $6,"
                                " $7::text::date)");
DB_STATEMENT(provider_link_make, "select api.desk_provider_link($1, $2, $3, $4)");
DB_STATEMENT(edition_freeze, "select api.desk_edition_freeze($1, $2, $3)");
DB_STATEMENT(edition_adopts, "select api.desk_edition_adopt($1, $2, $3::text, $4::boolean)");

static void put_id(struct db_params *p, int32_t id)
{
    if (id == 0)
        db_put_null(p);
    else
        db_put_int4(p, id);
}

enum db_outcome desk_edition_save(struct db *db, struct arena *a, int32_t officer, int32_t *id,
                                  const struct edition_form *form, const char **result)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    put_id(&p, *id);
    db_put_text(&p, form->area);
    db_put_text(&p, form->title);
    db_put_text(&p, form->in_return);
    db_put_text(&p, form->review);
    db_put_bool(&p, form->copy);
    enum db_outcome outcome = store_answer(db, &edition_save, a, &p, result, &rows);
    if (outcome == DB_OK)
        *id = db_int4(rows, 0, 1);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_pledge_save(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                 int32_t pledge, const struct pledge_form *form,
                                 const char **result)
{
    struct db_params p = about(officer, edition);
    put_id(&p, pledge);
    db_put_text(&p, form->provider);
    db_put_text(&p, form->promise);
    db_put_text(&p, form->standard);
    db_put_text(&p, form->measure);
    db_put_text(&p, form->due);
    return store_answer(db, &pledge_save, a, &p, result, NULL);
}

enum db_outcome desk_pledge_place(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                  int32_t pledge, const char *what, const char **result)
{
    struct db_params p = about(officer, edition);
    db_put_int4(&p, pledge);
    db_put_text(&p, what);
    return store_answer(db, &pledge_place, a, &p, result, NULL);
}

static void put_answer(struct db_params *p, const struct pledge_answer *answer)
{
    db_put_text(p, answer->state);
    db_put_text(p, answer->promise);
    db_put_text(p, answer->reason);
    db_put_text(p, answer->who);
}

enum db_outcome desk_pledge_answer(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                   int32_t pledge, const struct pledge_answer *answer,
                                   const char **result)
{
    struct db_params p = about(officer, edition);
    db_put_int4(&p, pledge);
    put_answer(&p, answer);
    return store_answer(db, &pledge_answer_desk, a, &p, result, NULL);
}

enum db_outcome desk_pledge_check(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                  int32_t pledge, const struct pledge_check *check,
                                  const char **result)
{
    struct db_params p = about(officer, edition);
    db_put_int4(&p, pledge);
    db_put_text(&p, check->result);
    db_put_text(&p, check->evidence);
    db_put_text(&p, check->link);
    db_put_text(&p, check->day);
    return store_answer(db, &pledge_check_desk, a, &p, result, NULL);
}

enum db_outcome desk_provider_link(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                   int32_t provider, char key[PROVIDER_KEY_LEN + 1],
                                   const char **result)
{
    struct db_params p = about(officer, edition);
    db_put_int4(&p, provider);
    private_text(key, PROVIDER_KEY_LEN);
    put_private_key(&p, key);
    return store_answer(db, &provider_link_make, a, &p, result, NULL);
}

enum db_outcome desk_edition_freeze(struct db *db, struct arena *a, int32_t officer, int32_t id,
                                    bool thaw, const char **result)
{
    struct db_params p = about(officer, id);
    db_put_bool(&p, thaw);
    return store_answer(db, &edition_freeze, a, &p, result, NULL);
}

enum db_outcome desk_edition_adopt(struct db *db, struct arena *a, int32_t officer, int32_t id,
                                   enum adopt_step step, const char *reason, const char **result)
{
    struct db_params p = about(officer, id);
    db_put_text(&p, step == ADOPT_ASK ? reason : NULL);
    if (step == ADOPT_ASK)
        db_put_null(&p);
    else
        db_put_bool(&p, step == ADOPT_GRANT);
    return store_answer(db, &edition_adopts, a, &p, result, NULL);
}

/* --- providers ---------------------------------------------------------------------------- */
DB_STATEMENT(provider_shows,
             "select edition, area, state, provider, id, promise, standard, measure,"
             " due, answer, reason, asked, answered_by"
             " from api.provider_pledges($1)");
DB_STATEMENT(provider_answers, "select api.provider_answer($1, $2, $3, $4, $5, $6)");

enum db_outcome provider_pledges(struct db *db, struct arena *a, const char *key,
                                 struct provider_view *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    put_private_key(&p, key);
    enum db_outcome outcome = db_run(db, &provider_shows, &p, &rows);
    *out = (struct provider_view){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->pledge = arena_alloc(a, sizeof *out->pledge * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->edition = store_text(a, rows, i, 0);
        out->area = store_text(a, rows, i, 1);
        out->state = store_text(a, rows, i, 2);
        out->provider = store_text(a, rows, i, 3);
        out->pledge[i] = (struct desk_pledge){.id = db_int4(rows, i, 4),
                                              .promise = store_text(a, rows, i, 5),
                                              .standard = store_text(a, rows, i, 6),
                                              .measure = store_text(a, rows, i, 7),
                                              .due = db_time(rows, i, 8),
                                              .state = store_text(a, rows, i, 9),
                                              .reason = store_text(a, rows, i, 10),
                                              .asked = store_text(a, rows, i, 11),
                                              .answered_by = store_text(a, rows, i, 12)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome provider_answer(struct db *db, struct arena *a, const char *key, int32_t pledge,
                                const struct pledge_answer *answer, const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    db_put_int4(&p, pledge);
    put_answer(&p, answer);
    return store_answer(db, &provider_answers, a, &p, result, NULL);
}
