/* store_proposal.c: proposals of draft rounds and the database. */
#include "server/store_proposal.h"

#include "server/private_link.h"
#include "server/store_kit.h"

static struct db_params about(int32_t officer, const char *slug)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    return p;
}

DB_STATEMENT(proposal_save, "select outcome, number from api.desk_proposal_save($1, $2,"
                            " $3::smallint, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
                            " $13::integer, $14, $15::integer, $16::integer)");

enum db_outcome desk_proposal_save(struct db *db, struct arena *arena, int32_t officer,
                                   const char *slug, int32_t number,
                                   const struct desk_proposal *proposal, const char **result,
                                   int32_t *saved)
{
    struct db_params p = about(officer, slug);
    struct db_rows *rows = NULL;
    if (number < 0)
        db_put_null(&p);
    else
        db_put_int2(&p, (int16_t)number);
    db_put_text(&p, proposal->title);
    db_put_text(&p, proposal->short_name);
    db_put_text(&p, proposal->summary);
    db_put_text(&p, proposal->body);
    db_put_text(&p, proposal->place);
    db_put_text(&p, proposal->proposer);
    db_put_int4(&p, proposal->pot);
    db_put_int8(&p, proposal->cost);
    db_put_int4(&p, proposal->exclusion);
    if (proposal->revision == 0)
        db_put_null(&p);
    else
        db_put_int4(&p, proposal->revision);
    db_put_text(&p, proposal->theme);
    store_put_point(&p, proposal->at);
    enum db_outcome outcome = store_answer(db, &proposal_save, arena, &p, result, &rows);
    *saved = outcome == DB_OK ? db_int4(rows, 0, 1) : -1;
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(proposal_publish, "select api.desk_proposal_publish($1, $2, $3)");

enum db_outcome desk_proposal_publish(struct db *db, struct arena *arena, int32_t officer,
                                      const char *slug, int32_t number, const char **result)
{
    struct db_params p = about(officer, slug);
    struct db_rows *rows = NULL;
    db_put_int2(&p, (int16_t)number);
    enum db_outcome outcome = store_answer(db, &proposal_publish, arena, &p, result, &rows);
    db_rows_free(rows);
    return outcome;
}

/* --- wordings ----------------------------------------------------------------------------- */
DB_STATEMENT(proposal_history, "select revision, at, who, pot, title, short_name, summary, body,"
                               " place, proposer, cost, theme, lat, lon"
                               " from api.desk_proposal_history($1, $2, $3, $4, $5)");

/* The texts from column `c` on, in the order of both statements, with cost, theme and point last.
 */
static struct desk_proposal read_text(struct arena *a, const struct db_rows *rows, int i, int c)
{
    return (struct desk_proposal){.title = store_text(a, rows, i, c),
                                  .short_name = store_text(a, rows, i, c + 1),
                                  .summary = store_text(a, rows, i, c + 2),
                                  .body = store_text(a, rows, i, c + 3),
                                  .place = store_text(a, rows, i, c + 4),
                                  .proposer = store_text(a, rows, i, c + 5),
                                  .cost = db_int8(rows, i, c + 6),
                                  .theme = store_text(a, rows, i, c + 7),
                                  .at = store_point(rows, i, c + 8)};
}

enum db_outcome desk_proposal_history(struct db *db, struct arena *arena, int32_t officer,
                                      const char *slug, int32_t number, int32_t before,
                                      struct proposal_wordings *out)
{
    struct db_params p = about(officer, slug);
    struct db_rows *rows = NULL;
    db_put_int2(&p, (int16_t)number);
    db_put_int4(&p, before);
    db_put_int4(&p, WORDINGS_SHOWN + 1);
    enum db_outcome outcome = db_run(db, &proposal_history, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->wording = arena_alloc(arena, sizeof *out->wording * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->wording[i] = (struct proposal_wording){.at = db_time(rows, i, 1),
                                                    .who = store_text(arena, rows, i, 2),
                                                    .pot = store_text(arena, rows, i, 3),
                                                    .text = read_text(arena, rows, i, 4)};
        out->wording[i].text.revision = db_int4(rows, i, 0);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- the private link --------------------------------------------------------------------- */
DB_STATEMENT(preview_set, "select api.desk_preview_link($1, $2, $3)");
DB_STATEMENT(preview_good, "select api.desk_preview($1, $2)");
DB_STATEMENT(preview_shows, "select slug, area, round_title, about, opens_at, closes_at, frozen,"
                            " expires_at, coalesce(number, -1), coalesce(pot, ''), title,"
                            " short_name, summary, body, place, proposer, cost, theme, lat, lon"
                            " from api.preview_round($1)");

enum db_outcome preview_link_set(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, char *key, const char **result)
{
    struct db_params p = about(officer, slug);
    if (key == NULL) {
        db_put_bytes(&p, NULL, 0);
    } else {
        private_text(key, PREVIEW_KEY_LEN);
        put_private_key(&p, key);
    }
    return store_answer(db, &preview_set, arena, &p, result, NULL);
}

enum db_outcome preview_link_until(struct db *db, int32_t officer, const char *slug, int64_t *until)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &preview_good, officer, slug, &rows);
    *until = outcome == DB_OK ? db_time(rows, 0, 0) : DB_NO_TIME;
    db_rows_free(rows);
    return outcome;
}

static void read_preview(struct arena *a, const struct db_rows *rows, struct preview *out)
{
    *out = (struct preview){.slug = store_text(a, rows, 0, 0),
                            .area = store_text(a, rows, 0, 1),
                            .title = store_text(a, rows, 0, 2),
                            .about = store_text(a, rows, 0, 3),
                            .opens_at = db_time(rows, 0, 4),
                            .closes_at = db_time(rows, 0, 5),
                            .frozen = db_bool(rows, 0, 6),
                            .expires_at = db_time(rows, 0, 7)};
    out->proposal = arena_alloc(a, sizeof *out->proposal * (size_t)db_count(rows));
    for (int i = 0; i < db_count(rows); i++) {
        if (db_int4(rows, i, 8) < 0)
            continue;
        struct preview_proposal *p = &out->proposal[out->n++];
        p->pot = store_text(a, rows, i, 9);
        p->text = read_text(a, rows, i, 10);
        p->text.number = db_int4(rows, i, 8);
    }
}

enum db_outcome preview_round(struct db *db, struct arena *arena, const char *key,
                              struct preview *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct preview){.slug = NULL};
    put_private_key(&p, key);
    enum db_outcome outcome = db_run(db, &preview_shows, &p, &rows);
    if (outcome == DB_OK && db_count(rows) > 0)
        read_preview(arena, rows, out);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
