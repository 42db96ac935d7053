/* store_people.c: who works at the desk, as what, by which link they set up, and their sessions. */
#include "server/store_people.h"

#include "server/private_link.h"
#include "server/roles.h"
#include "server/store_kit.h"

DB_STATEMENT(people_all, "select id, name, email, state, roles, signed_in_at, link_until, mine"
                         " from api.desk_people($1, $2)");

enum db_outcome people_find(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            struct people *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, other);
    enum db_outcome outcome = db_run(db, &people_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct person){.id = db_int4(rows, i, 0),
                                      .name = store_text(arena, rows, i, 1),
                                      .email = store_text(arena, rows, i, 2),
                                      .state = store_text(arena, rows, i, 3),
                                      .roles = roles_read(db_text(rows, i, 4)),
                                      .signed_in_at = db_time(rows, i, 5),
                                      .link_until = db_time(rows, i, 6),
                                      .mine = db_bool(rows, i, 7)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(person_roles_all, "select role, area, area_name from api.desk_person_roles($1, $2)");

enum db_outcome person_roles(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                             struct person_roles *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, other);
    enum db_outcome outcome = db_run(db, &person_roles_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->one[i].role = store_text(arena, rows, i, 0);
        out->one[i].area = store_text(arena, rows, i, 1);
        out->one[i].area_name = store_text(arena, rows, i, 2);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(person_areas_all, "select slug, name from api.desk_person_areas($1)");

enum db_outcome person_areas(struct db *db, struct arena *arena, int32_t officer,
                             struct desk_areas *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &person_areas_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->area = arena_alloc(arena, sizeof *out->area * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->area[i] = (struct desk_area){.slug = store_text(arena, rows, i, 0),
                                          .name = store_text(arena, rows, i, 1)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- what administrators do ----------------------------------------------------------------- */
DB_STATEMENT(person_add_one, "select outcome, id from api.desk_person_add($1, $2, $3)");

enum db_outcome person_add(struct db *db, struct arena *arena, int32_t officer, const char *name,
                           const char *email, const char **result, int32_t *id)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, name);
    db_put_text(&p, email);
    enum db_outcome outcome = store_answer(db, &person_add_one, arena, &p, result, &rows);
    *id = outcome == DB_OK && !db_null(rows, 0, 1) ? db_int4(rows, 0, 1) : 0;
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(person_link_make, "select api.desk_person_link($1, $2, $3)");

enum db_outcome person_link(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            char *key, const char **result)
{
    struct db_params p = db_params_new();
    private_text(key, SET_UP_KEY_LEN);
    db_put_int4(&p, officer);
    db_put_int4(&p, other);
    put_private_key(&p, key);
    return store_answer(db, &person_link_make, arena, &p, result, NULL);
}

DB_STATEMENT(person_role_set, "select api.desk_person_role($1, $2, $3, $4, $5)");

enum db_outcome person_role(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            const char *role, const char *area, bool give, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, other);
    db_put_text(&p, role);
    db_put_text(&p, area);
    db_put_bool(&p, give);
    return store_answer(db, &person_role_set, arena, &p, result, NULL);
}

DB_STATEMENT(person_active_set, "select api.desk_person_active($1, $2, $3)");

enum db_outcome person_active(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                              bool active, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, other);
    db_put_bool(&p, active);
    return store_answer(db, &person_active_set, arena, &p, result, NULL);
}

DB_STATEMENT(person_first_make, "select api.officer_first($1, $2, $3)");

enum db_outcome person_first(struct db *db, struct arena *arena, const char *name,
                             const char *email, char *key, const char **result)
{
    struct db_params p = db_params_new();
    private_text(key, SET_UP_KEY_LEN);
    db_put_text(&p, name);
    db_put_text(&p, email);
    put_private_key(&p, key);
    return store_answer(db, &person_first_make, arena, &p, result, NULL);
}

/* --- by a set-up link ----------------------------------------------------------------------- */
DB_STATEMENT(link_find, "select name, email, unix_s from api.officer_link_find($1)");

enum db_outcome set_up_find(struct db *db, struct arena *arena, const char *key, struct set_up *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    put_private_key(&p, key);
    enum db_outcome outcome = db_run(db, &link_find, &p, &rows);
    *out = (struct set_up){.name = NULL};
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct set_up){.name = store_text(arena, rows, 0, 0),
                               .email = store_text(arena, rows, 0, 1),
                               .unix_s = db_int8(rows, 0, 2)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(set_up_done, "select api.officer_set_up($1, $2, $3, $4, $5)");

enum db_outcome set_up_take(struct db *db, struct arena *arena, const char *key,
                            const struct new_proof *new, const uint8_t session[DIGEST_LEN],
                            const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    db_put_text(&p, new->password_hash);
    db_put_bytes(&p, new->totp_sealed, new->totp_sealed_len);
    db_put_int8(&p, new->step);
    db_put_bytes(&p, session, DIGEST_LEN);
    return store_answer(db, &set_up_done, arena, &p, result, NULL);
}

/* --- one's own account ---------------------------------------------------------------------- */
DB_STATEMENT(sessions_all,
             "select this, created_at, seen_at, unix_s from api.officer_sessions($1)");

enum db_outcome sessions_find(struct db *db, struct arena *arena, const uint8_t id[DIGEST_LEN],
                              struct desk_sessions *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_bytes(&p, id, DIGEST_LEN);
    enum db_outcome outcome = db_run(db, &sessions_all, &p, &rows);
    *out = (struct desk_sessions){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->one[i].this = db_bool(rows, i, 0);
        out->one[i].created_at = db_time(rows, i, 1);
        out->one[i].seen_at = db_time(rows, i, 2);
        out->unix_s = db_int8(rows, i, 3);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(sessions_others, "select api.officer_sign_out_elsewhere($1)");

enum db_outcome sessions_end_others(struct db *db, const uint8_t id[DIGEST_LEN])
{
    struct db_params p = db_params_new();
    db_put_bytes(&p, id, DIGEST_LEN);
    enum db_outcome outcome = db_run(db, &sessions_others, &p, NULL);
    db_params_free(&p);
    return outcome;
}

/* Runs a statement whose one value says whether it was done, and frees the parameters. */
static enum db_outcome run_done(struct db *db, const struct db_statement *statement,
                                struct db_params *p, bool *done)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    *done = outcome == DB_OK && db_bool(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(p);
    return outcome;
}

DB_STATEMENT(session_proved, "select api.officer_session_prove($1, $2, $3, $4, $5, $6)");

enum db_outcome session_prove(struct db *db, const uint8_t id[DIGEST_LEN],
                              const uint8_t new_id[DIGEST_LEN], int64_t step,
                              const struct desk_try *try, bool *done)
{
    struct db_params p = db_params_new();
    db_put_bytes(&p, id, DIGEST_LEN);
    db_put_bytes(&p, new_id, DIGEST_LEN);
    db_put_int8(&p, step);
    db_put_bytes(&p, try->account_key, sizeof try->account_key);
    db_put_bytes(&p, try->address_key, sizeof try->address_key);
    db_put_time(&p, try->tried_at);
    return run_done(db, &session_proved, &p, done);
}

DB_STATEMENT(password_set, "select api.officer_password($1, $2, $3)");

enum db_outcome password_change(struct db *db, const uint8_t id[DIGEST_LEN],
                                const uint8_t new_id[DIGEST_LEN], const char *password_hash,
                                bool *done)
{
    struct db_params p = db_params_new();
    db_put_bytes(&p, id, DIGEST_LEN);
    db_put_bytes(&p, new_id, DIGEST_LEN);
    db_put_text(&p, password_hash);
    return run_done(db, &password_set, &p, done);
}

DB_STATEMENT(authenticator_set, "select api.officer_authenticator($1, $2, $3, $4)");

enum db_outcome authenticator_change(struct db *db, const uint8_t id[DIGEST_LEN],
                                     const uint8_t new_id[DIGEST_LEN], const struct new_proof *new,
                                     bool *done)
{
    struct db_params p = db_params_new();
    db_put_bytes(&p, id, DIGEST_LEN);
    db_put_bytes(&p, new_id, DIGEST_LEN);
    db_put_bytes(&p, new->totp_sealed, new->totp_sealed_len);
    db_put_int8(&p, new->step);
    return run_done(db, &authenticator_set, &p, done);
}
