/* store_translation.c: proposals' words in other languages, and the database. */
#include "server/store_translation.h"

#include "common/log.h"
#include "server/settings.h"
#include "server/store_kit.h"

static const char *const states[] = {"missing", "part", "old", "done", NULL};

DB_STATEMENT(lines, "select number, title, language, state from api.desk_translations($1, $2, $3)");

enum db_outcome translations_load(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, struct translation_lines *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, settings.languages);
    enum db_outcome outcome = db_run(db, &lines, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->line = arena_alloc(arena, sizeof *out->line * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        struct translation_line *l = &out->line[i];
        *l = (struct translation_line){
            .number = db_int4(rows, i, 0),
            .title = store_text(arena, rows, i, 1),
            .state = (enum translation_state)store_place(states, db_text(rows, i, 3))};
        MUST(language_read(db_text(rows, i, 2), &l->language));
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct translation_words words_read(struct arena *arena, const struct db_rows *rows, int i,
                                           int from)
{
    return (struct translation_words){.title = store_text(arena, rows, i, from),
                                      .short_name = store_text(arena, rows, i, from + 1),
                                      .summary = store_text(arena, rows, i, from + 2),
                                      .body = store_text(arena, rows, i, from + 3)};
}

DB_STATEMENT(one, "select state, revision, at, who, title, short_name, summary, body, of_revision,"
                  " of_title, of_short_name, of_summary, of_body"
                  " from api.desk_translation($1, $2, $3, $4, $5, $6)");

enum db_outcome translation_load(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t number, enum language language,
                                 int32_t before, struct translation *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int2(&p, (int16_t)number);
    db_put_text(&p, language_tag(language));
    db_put_int4(&p, before);
    db_put_int4(&p, WORDINGS_SHOWN + 1);
    enum db_outcome outcome = db_run(db, &one, &p, &rows);
    *out = (struct translation){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->wording = arena_alloc(arena, sizeof *out->wording * (size_t)(out->n + 1));
    if (out->n > 0) {
        out->english = words_read(arena, rows, 0, 9);
        out->state = (enum translation_state)store_place(states, db_text(rows, 0, 0));
    }
    for (int i = 0; i < out->n; i++)
        out->wording[i] = (struct translation_wording){.revision = db_int4(rows, i, 1),
                                                       .at = db_time(rows, i, 2),
                                                       .who = store_text(arena, rows, i, 3),
                                                       .words = words_read(arena, rows, i, 4),
                                                       .of_revision = db_int4(rows, i, 8)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(save, "select api.desk_translation_save($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

enum db_outcome translation_save(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t number, enum language language,
                                 const struct translation_words *words, int32_t of,
                                 int32_t revision, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int2(&p, (int16_t)number);
    db_put_text(&p, language_tag(language));
    db_put_text(&p, words->title);
    db_put_text(&p, words->short_name);
    db_put_text(&p, words->summary);
    db_put_text(&p, words->body);
    db_put_int4(&p, of);
    db_put_int4(&p, revision);
    return store_answer(db, &save, arena, &p, result, NULL);
}
