/* store_delivery.c: what became of funded projects, and the database. */
#include "server/store_delivery.h"

#include "common/log.h"
#include <string.h>

#include "server/store_kit.h"

DB_STATEMENT(deliveries_public,
             "select slug, round, number, title, cost, state, spent, note, at,"
             " '', false, language from api.delivery_public($1::text, $2::text, $3)");
DB_STATEMENT(deliveries_desk,
             "select slug, round, number, title, cost, state, spent, note, at,"
             " officer, due, 'en' from api.desk_delivery($1, $2::text, $3::smallint)");
DB_STATEMENT(delivery_writes, "select api.desk_delivery_write($1, $2, $3, $4, $5, $6)");

/* A row is a report, or a project without any; a project's rows stand together. */
static void read_rows(struct arena *a, const struct db_rows *rows, struct deliveries *out)
{
    int n = db_count(rows);
    struct delivery_report *report = arena_alloc(a, sizeof *report * (size_t)(n + 1));
    out->project = arena_alloc(a, sizeof *out->project * (size_t)(n + 1));
    for (int i = 0; i < n; i++) {
        struct delivery *d = out->n > 0 ? &out->project[out->n - 1] : NULL;
        if (d == NULL || d->number != db_int4(rows, i, 2) ||
            strcmp(d->slug, db_text(rows, i, 0)) != 0) {
            d = &out->project[out->n++];
            *d = (struct delivery){.slug = store_text(a, rows, i, 0),
                                   .round = store_text(a, rows, i, 1),
                                   .number = db_int4(rows, i, 2),
                                   .title = store_text(a, rows, i, 3),
                                   .cost = db_int8(rows, i, 4),
                                   .due = db_bool(rows, i, 10),
                                   .report = &report[i]};
            MUST(language_read(db_text(rows, i, 11), &d->language));
        }
        if (db_null(rows, i, 8))
            continue;
        d->report[d->reports++] = (struct delivery_report){.state = store_text(a, rows, i, 5),
                                                           .spent = db_int8(rows, i, 6),
                                                           .note = store_text(a, rows, i, 7),
                                                           .at = db_time(rows, i, 8),
                                                           .officer = store_text(a, rows, i, 9)};
    }
}

static enum db_outcome ask(struct db *db, struct arena *a, const struct db_statement *statement,
                           struct db_params *p, struct deliveries *out)
{
    struct db_rows *rows = NULL;
    *out = (struct deliveries){.n = 0};
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    if (outcome == DB_OK)
        read_rows(a, rows, out);
    db_rows_free(rows);
    db_params_free(p);
    return outcome;
}

enum db_outcome deliveries_load(struct db *db, struct arena *a, const char *area, const char *slug,
                                enum language language, struct deliveries *out)
{
    struct db_params p = db_params_new();
    db_put_text(&p, area);
    db_put_text(&p, slug);
    db_put_text(&p, language_tag(language));
    return ask(db, a, &deliveries_public, &p, out);
}

enum db_outcome desk_deliveries(struct db *db, struct arena *a, int32_t officer, const char *slug,
                                int32_t number, struct deliveries *out)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int2(&p, (int16_t)number);
    return ask(db, a, &deliveries_desk, &p, out);
}

enum db_outcome desk_delivery_write(struct db *db, struct arena *a, int32_t officer,
                                    const char *slug, int32_t number,
                                    const struct delivery_report *report, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int2(&p, (int16_t)number);
    db_put_text(&p, report->state);
    db_put_int8(&p, report->spent);
    db_put_text(&p, report->note);
    return store_answer(db, &delivery_writes, a, &p, result, NULL);
}

const struct delivery *delivery_find(const struct deliveries *all, int32_t number)
{
    for (int i = 0; i < all->n; i++) {
        if (all->project[i].number == number)
            return &all->project[i];
    }
    return NULL;
}

const char *delivery_state(const struct delivery *d)
{
    return d->reports > 0 ? d->report[0].state : "not_started";
}

int64_t delivery_spent(const struct delivery *d)
{
    return d->reports > 0 ? d->report[0].spent : 0;
}
