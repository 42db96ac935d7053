/* store_site.c: the site's words and colour, and the database. */
#include "server/store_site.h"

#include "server/store_kit.h"

DB_STATEMENT(site_shows, "select banner, banner_until, colour from api.site_public()");
DB_STATEMENT(site_says, "select about, privacy from api.site_public()");
DB_STATEMENT(site_of_desk, "select banner, until, colour, about, privacy, changed_by,"
                           " changed_at from api.desk_site($1)");
DB_STATEMENT(site_save, "select api.desk_site_save($1, $2, $3::text::date, $4, $5, $6)");

enum db_outcome site_load(struct db *db, struct site *out)
{
    struct db_rows *rows = NULL;
    *out = (struct site){.banner_until = DB_NO_TIME};
    enum db_outcome outcome = db_run(db, &site_shows, NULL, &rows);
    if (outcome == DB_OK && db_count(rows) > 0) {
        snprintf(out->banner, sizeof out->banner, "%s", db_text(rows, 0, 0));
        out->banner_until = db_time(rows, 0, 1);
        snprintf(out->colour, sizeof out->colour, "%s", db_text(rows, 0, 2));
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome site_words_load(struct db *db, struct arena *arena, struct site_words *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &site_says, NULL, &rows);
    bool there = outcome == DB_OK && db_count(rows) > 0;
    out->about = there ? store_text(arena, rows, 0, 0) : "";
    out->privacy = there ? store_text(arena, rows, 0, 1) : "";
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_site_load(struct db *db, struct arena *arena, int32_t officer,
                               struct desk_site *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &site_of_desk, &p, &rows);
    *out = (struct desk_site){.found = outcome == DB_OK && db_count(rows) > 0};
    if (out->found)
        *out = (struct desk_site){.found = true,
                                  .banner = store_text(arena, rows, 0, 0),
                                  .until = store_text(arena, rows, 0, 1),
                                  .colour = store_text(arena, rows, 0, 2),
                                  .about = store_text(arena, rows, 0, 3),
                                  .privacy = store_text(arena, rows, 0, 4),
                                  .changed_by = store_text(arena, rows, 0, 5),
                                  .changed_at = db_time(rows, 0, 6)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome desk_site_save(struct db *db, struct arena *arena, int32_t officer,
                               const struct desk_site *site, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, site->banner);
    db_put_text(&p, *site->until != '\0' ? site->until : NULL);
    db_put_text(&p, site->colour);
    db_put_text(&p, site->about);
    db_put_text(&p, site->privacy);
    return store_answer(db, &site_save, arena, &p, result, NULL);
}
