/* store_monitor.c: how a vote goes, and the database. */
#include "server/store_monitor.h"

#include "server/store_kit.h"

DB_STATEMENT(monitor_days,
             "select day, web, texts, paper, assisted, again from api.desk_monitor_days($1, $2)");
DB_STATEMENT(monitor_areas, "select area, eligible, voted from api.desk_monitor_areas($1, $2)");

static enum db_outcome load_days(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, struct monitor *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &monitor_days, officer, slug, &rows);
    out->days = outcome == DB_OK ? db_count(rows) : 0;
    out->day = arena_alloc(arena, sizeof *out->day * (size_t)(out->days + 1));
    for (int i = 0; i < out->days; i++)
        out->day[i] = (struct monitor_day){.day = db_time(rows, i, 0),
                                           .web = db_int8(rows, i, 1),
                                           .texts = db_int8(rows, i, 2),
                                           .paper = db_int8(rows, i, 3),
                                           .assisted = db_int8(rows, i, 4),
                                           .again = db_int8(rows, i, 5)};
    db_rows_free(rows);
    return outcome;
}

static enum db_outcome load_areas(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, struct monitor *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &monitor_areas, officer, slug, &rows);
    out->areas = outcome == DB_OK ? db_count(rows) : 0;
    out->area = arena_alloc(arena, sizeof *out->area * (size_t)(out->areas + 1));
    for (int i = 0; i < out->areas; i++)
        out->area[i] = (struct monitor_area){.name = store_text(arena, rows, i, 0),
                                             .eligible = db_int8(rows, i, 1),
                                             .voted = db_int8(rows, i, 2)};
    db_rows_free(rows);
    return outcome;
}

enum db_outcome monitor_load(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             struct monitor *out)
{
    enum db_outcome outcome = load_days(db, arena, officer, slug, out);
    return outcome == DB_OK ? load_areas(db, arena, officer, slug, out) : outcome;
}
