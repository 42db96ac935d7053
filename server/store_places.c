/* store_places.c: asks for neighbourhoods, editions and pledges. */
#include "server/store_places.h"

#include "server/store_kit.h"

static struct area read_area(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct area){.slug = store_text(a, rows, i, 0),
                         .name = store_text(a, rows, i, 1),
                         .kind = store_text(a, rows, i, 2),
                         .about = store_text(a, rows, i, 3),
                         .population = db_int4(rows, i, 4),
                         .households = db_int4(rows, i, 5),
                         .parent_name = store_text(a, rows, i, 6),
                         .edition = db_int4(rows, i, 7),
                         .pledges = db_int4(rows, i, 8),
                         .providers = db_int4(rows, i, 9),
                         .adopted_on = db_time(rows, i, 10),
                         .review_on = db_time(rows, i, 11),
                         .proposed = db_int4(rows, i, 12),
                         .open_rounds = db_int4(rows, i, 13)};
}

enum db_outcome areas_load(struct db *db, struct arena *a, const char *slug, struct areas *out)
{
    DB_STATEMENT(areas_public, "select * from api.areas_public($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct areas){0};
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, &areas_public, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->area = arena_alloc(a, (size_t)out->n * sizeof *out->area);
        for (int i = 0; i < out->n; i++)
            out->area[i] = read_area(a, rows, i);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct edition read_edition(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct edition){.id = db_int4(rows, i, 0),
                            .edition = db_int4(rows, i, 1),
                            .title = store_text(a, rows, i, 2),
                            .in_return = store_text(a, rows, i, 3),
                            .state = store_text(a, rows, i, 4),
                            .adopted_on = db_time(rows, i, 5),
                            .review_on = db_time(rows, i, 6),
                            .question_slug = store_text(a, rows, i, 7),
                            .question_phase = store_text(a, rows, i, 8),
                            .question_closes = db_time(rows, i, 9),
                            .adopt_reason = store_text(a, rows, i, 10),
                            .sha256 = store_text(a, rows, i, 11),
                            .frozen_at = db_time(rows, i, 12),
                            .before = db_int4(rows, i, 13),
                            .before_in_return = store_text(a, rows, i, 14)};
}

enum db_outcome editions_load(struct db *db, struct arena *a, const char *area,
                              struct editions *out)
{
    DB_STATEMENT(editions_public, "select * from api.editions_public($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct editions){0};
    db_put_text(&p, area);
    enum db_outcome outcome = db_run(db, &editions_public, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->edition = arena_alloc(a, (size_t)out->n * sizeof *out->edition);
        for (int i = 0; i < out->n; i++)
            out->edition[i] = read_edition(a, rows, i);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct pledge read_pledge(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct pledge){.provider = store_text(a, rows, i, 0),
                           .promise = store_text(a, rows, i, 1),
                           .standard = store_text(a, rows, i, 2),
                           .measure = store_text(a, rows, i, 3),
                           .due = db_time(rows, i, 4),
                           .state = store_text(a, rows, i, 5),
                           .reason = store_text(a, rows, i, 6),
                           .checked_on = db_time(rows, i, 7),
                           .check_result = store_text(a, rows, i, 8),
                           .evidence = store_text(a, rows, i, 9),
                           .id = db_int4(rows, i, 10),
                           .evidence_link = store_text(a, rows, i, 11),
                           .from_resident = db_bool(rows, i, 12)};
}

/* Asks a statement of ($1 edition). On DB_OK the caller frees *rows; else it is NULL. */
static enum db_outcome ask(struct db *db, const struct db_statement *statement, int32_t edition,
                           struct db_rows **rows)
{
    struct db_params p = db_params_new();
    *rows = NULL;
    db_put_int4(&p, edition);
    enum db_outcome outcome = db_run(db, statement, &p, rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome pledges_load(struct db *db, struct arena *a, int32_t edition, struct pledges *out)
{
    DB_STATEMENT(pledges_public, "select * from api.pledges_public($1)");
    struct db_rows *rows;
    enum db_outcome outcome = ask(db, &pledges_public, edition, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->pledge = arena_alloc(a, (size_t)(out->n + 1) * sizeof *out->pledge);
    for (int i = 0; i < out->n; i++)
        out->pledge[i] = read_pledge(a, rows, i);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome pledge_pasts_load(struct db *db, struct arena *a, int32_t edition,
                                  struct pledge_pasts *out)
{
    DB_STATEMENT(pledge_checks_public, "select pledge, checked_on, result, evidence, link"
                                       " from api.pledge_checks_public($1)");
    struct db_rows *rows;
    enum db_outcome outcome = ask(db, &pledge_checks_public, edition, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->check = arena_alloc(a, (size_t)(out->n + 1) * sizeof *out->check);
    for (int i = 0; i < out->n; i++)
        out->check[i] = (struct pledge_past){.pledge = db_int4(rows, i, 0),
                                             .checked_on = db_time(rows, i, 1),
                                             .result = store_text(a, rows, i, 2),
                                             .evidence = store_text(a, rows, i, 3),
                                             .link = store_text(a, rows, i, 4)};
    db_rows_free(rows);
    return outcome;
}

/* Five columns from `first` on. */
static struct pledge_words read_words(struct arena *a, const struct db_rows *rows, int i, int first)
{
    return (struct pledge_words){.provider = store_text(a, rows, i, first),
                                 .promise = store_text(a, rows, i, first + 1),
                                 .standard = store_text(a, rows, i, first + 2),
                                 .measure = store_text(a, rows, i, first + 3),
                                 .due = db_time(rows, i, first + 4)};
}

#define CHANGE_COLUMNS                                                                             \
    "select provider, promise, standard, measure, due, was_provider, was_promise,"                 \
    " was_standard, was_measure, was_due, what, reason"

/* Runs the statement, and frees its parameters. */
static enum db_outcome read_changes(struct db *db, struct arena *a,
                                    const struct db_statement *statement, struct db_params *p,
                                    struct pledge_changes *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->change = arena_alloc(a, (size_t)(out->n + 1) * sizeof *out->change);
    for (int i = 0; i < out->n; i++)
        out->change[i] = (struct pledge_change){.now = read_words(a, rows, i, 0),
                                                .was = read_words(a, rows, i, 5),
                                                .what = store_text(a, rows, i, 10),
                                                .reason = store_text(a, rows, i, 11)};
    db_rows_free(rows);
    db_params_free(p);
    return outcome;
}

enum db_outcome edition_changes_load(struct db *db, struct arena *a, int32_t edition,
                                     struct pledge_changes *out)
{
    DB_STATEMENT(edition_changes_public, CHANGE_COLUMNS " from api.edition_changes_public($1)");
    struct db_params p = db_params_new();
    db_put_int4(&p, edition);
    return read_changes(db, a, &edition_changes_public, &p, out);
}

enum db_outcome edition_changes_desk(struct db *db, struct arena *a, int32_t officer,
                                     int32_t edition, struct pledge_changes *out)
{
    DB_STATEMENT(desk_edition_changes, CHANGE_COLUMNS " from api.desk_edition_changes($1, $2)");
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, edition);
    return read_changes(db, a, &desk_edition_changes, &p, out);
}

enum db_outcome edition_frozen_load(struct db *db, struct arena *a, int32_t edition,
                                    const char **text)
{
    DB_STATEMENT(edition_frozen_public, "select frozen_text from api.edition_frozen_public($1)");
    struct db_rows *rows;
    enum db_outcome outcome = ask(db, &edition_frozen_public, edition, &rows);
    bool found = outcome == DB_OK && db_count(rows) == 1;
    *text = found ? store_text(a, rows, 0, 0) : NULL;
    db_rows_free(rows);
    return outcome;
}
