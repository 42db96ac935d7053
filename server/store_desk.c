/* store_desk.c: the officers' desk and the database: signing in, lists, voting codes. */
#include "server/store_desk.h"

#include "common/log.h"
#include "server/store_kit.h"

enum { LIST_MAX = 2000 };

/* --- signing in --------------------------------------------------------------------------- */
DB_STATEMENT(officer_lookup, "select limited, tried_at, unix_s, officer_id, password_hash,"
                             " totp_sealed, totp_last_step"
                             " from api.officer_sign_in_lookup($1, $2, $3)");

enum db_outcome desk_account_find(struct db *db, struct arena *arena, const char *email,
                                  struct desk_try *try, struct desk_account *account)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, email);
    db_put_bytes(&p, try->account_key, sizeof try->account_key);
    db_put_bytes(&p, try->address_key, sizeof try->address_key);
    enum db_outcome outcome = db_run(db, &officer_lookup, &p, &rows);
    if (outcome == DB_OK) {
        *account = (struct desk_account){
            .limited = db_bool(rows, 0, 0),
            .unix_s = db_int8(rows, 0, 2),
            .officer = db_int4(rows, 0, 3),
            .totp_last_step = db_int8(rows, 0, 6),
        };
        try->tried_at = db_time(rows, 0, 1);
        if (account->officer != 0) {
            const uint8_t *sealed = db_bytes(rows, 0, 5, &account->totp_sealed_len);
            account->password_hash = store_text(arena, rows, 0, 4);
            account->totp_sealed =
                (const uint8_t *)arena_memdup(arena, sealed, account->totp_sealed_len);
        }
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(officer_start, "select api.officer_session_start($1, $2, $3, $4, $5, $6)");

enum db_outcome desk_session_start(struct db *db, int32_t officer, const uint8_t id_hash[32],
                                   int64_t step, const struct desk_try *try, bool *started)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_bytes(&p, id_hash, 32);
    db_put_int8(&p, step);
    db_put_bytes(&p, try->account_key, sizeof try->account_key);
    db_put_bytes(&p, try->address_key, sizeof try->address_key);
    db_put_time(&p, try->tried_at);
    enum db_outcome outcome = db_run(db, &officer_start, &p, &rows);
    *started = outcome == DB_OK && db_bool(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(officer_end, "select from api.officer_session_end($1)");

enum db_outcome desk_session_end(struct db *db, const uint8_t id_hash[32])
{
    struct db_params p = db_params_new();
    db_put_bytes(&p, id_hash, 32);
    enum db_outcome outcome = db_run(db, &officer_end, &p, NULL);
    db_params_free(&p);
    return outcome;
}

/* --- lists -------------------------------------------------------------------------------- */
bool desk_is_frozen(enum desk_phase phase)
{
    return phase >= DESK_SCHEDULED;
}

enum desk_phase desk_phase_read(const char *word)
{
    static const char *const words[] = {"draft",         "review",    "approved",  "scheduled",
                                        "open",          "closed",    "to_count",  "counted",
                                        "result_review", "embargoed", "published", "archived"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
        if (strcmp(word, words[i]) == 0)
            return (enum desk_phase)i;
    }
    log_bug("unknown phase of a round");
    MUST(false);
    return DESK_DRAFT;
}

int64_t desk_turnout_all(const struct desk_turnout *t)
{
    return t->web + t->texts + t->paper + t->assisted;
}

/* Every list is asked by the officer alone; *n rows, at most LIST_MAX. */
static enum db_outcome ask_list(struct db *db, const struct db_statement *statement,
                                int32_t officer, struct db_rows **rows, int *n)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, statement, &p, rows);
    *n = outcome == DB_OK ? db_count(*rows) : 0;
    if (*n > LIST_MAX)
        *n = LIST_MAX;
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(areas_of_officer, "select slug, name, kind, voters from api.desk_areas($1)");

enum db_outcome desk_areas(struct db *db, struct arena *arena, int32_t officer,
                           struct desk_areas *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask_list(db, &areas_of_officer, officer, &rows, &out->n);
    out->area = arena_alloc(arena, sizeof *out->area * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->area[i] = (struct desk_area){
            .slug = store_text(arena, rows, i, 0),
            .name = store_text(arena, rows, i, 1),
            .kind = store_text(arena, rows, i, 2),
            .voters = db_int8(rows, i, 3),
        };
    }
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(editions_of_officer, "select id, edition, area_slug, area_name, title"
                                  " from api.desk_editions($1)");

enum db_outcome desk_editions(struct db *db, struct arena *arena, int32_t officer,
                              struct desk_editions *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask_list(db, &editions_of_officer, officer, &rows, &out->n);
    out->edition = arena_alloc(arena, sizeof *out->edition * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->edition[i] = (struct desk_edition){
            .id = db_int4(rows, i, 0),
            .edition = db_int4(rows, i, 1),
            .area_slug = store_text(arena, rows, i, 2),
            .area_name = store_text(arena, rows, i, 3),
            .title = store_text(arena, rows, i, 4),
        };
    }
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(rounds_of_officer, "select slug, title, area_name, kind, phase, opens_at, closes_at,"
                                " count_from, published, drafts, mine, acts, eligible, web,"
                                " texts, paper, assisted, public_at from api.desk_rounds($1)");

enum db_outcome desk_rounds(struct db *db, struct arena *arena, int32_t officer,
                            struct desk_lines *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask_list(db, &rounds_of_officer, officer, &rows, &out->n);
    out->line = arena_alloc(arena, sizeof *out->line * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->line[i] = (struct desk_line){
            .slug = store_text(arena, rows, i, 0),
            .title = store_text(arena, rows, i, 1),
            .area = store_text(arena, rows, i, 2),
            .kind = store_text(arena, rows, i, 3),
            .phase = desk_phase_read(db_text(rows, i, 4)),
            .opens_at = db_time(rows, i, 5),
            .closes_at = db_time(rows, i, 6),
            .count_from = db_time(rows, i, 7),
            .published = db_int4(rows, i, 8),
            .drafts = db_int4(rows, i, 9),
            .mine = db_bool(rows, i, 10),
            .acts = db_bool(rows, i, 11),
            .public_at = db_time(rows, i, 17),
            .turnout = {.eligible = db_int8(rows, i, 12),
                        .web = db_int8(rows, i, 13),
                        .texts = db_int8(rows, i, 14),
                        .paper = db_int8(rows, i, 15),
                        .assisted = db_int8(rows, i, 16)},
        };
    }
    db_rows_free(rows);
    return outcome;
}

/* --- voting codes ------------------------------------------------------------------------- */
DB_STATEMENT(codes_issue, "select item, serial from api.desk_codes_issue($1, $2, $3, $4)"
                          " order by item");

enum db_outcome desk_codes_issue(struct db *db, struct arena *arena, int32_t officer,
                                 const char *area, const uint8_t (*lookups)[32],
                                 const char *const *addresses, int n, const char ***serials)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, area);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        db_item_bytes(&p, lookups[i], sizeof lookups[i]);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, addresses[i]);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &codes_issue, &p, &rows);
    *serials = NULL;
    if (outcome == DB_OK && db_count(rows) > 0) {
        MUST(db_count(rows) == n);
        *serials = arena_alloc(arena, sizeof **serials * (size_t)n);
        for (int i = 0; i < n; i++)
            (*serials)[i] = store_text(arena, rows, i, 1);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(errands, "select what, n from api.desk_errands($1)");

enum db_outcome desk_errands(struct db *db, struct arena *arena, int32_t officer,
                             struct desk_errands *out)
{
    struct db_rows *rows = NULL;
    int most = (int)(sizeof out->one / sizeof *out->one);
    enum db_outcome outcome = ask_list(db, &errands, officer, &rows, &out->n);
    out->n = out->n < most ? out->n : most;
    for (int i = 0; i < out->n; i++) {
        out->one[i].what = store_text(arena, rows, i, 0);
        out->one[i].n = db_int8(rows, i, 1);
    }
    db_rows_free(rows);
    return outcome;
}
