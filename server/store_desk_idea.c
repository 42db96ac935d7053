/* store_desk_idea.c: residents' ideas and the database, as officers weigh them. */
#include "server/store_desk_idea.h"

#include "server/store_kit.h"

DB_STATEMENT(desk_ideas_all,
             "select id, reference, state, title, area, officer, mine, sent_at, kind"
             " from api.desk_ideas($1)");
DB_STATEMENT(desk_idea_one,
             "select id, reference, state, title, area, officer, mine, sent_at, kind, area_slug,"
             " what, place, benefit, cost_guess, cost, proposer, texts, kept_by, kept_by_id,"
             " round_slug, project, promiser, in_return, pledge, edition_id, edition from "
             "api.desk_idea($1, $2)");
DB_STATEMENT(desk_idea_said, "select at, kind, words, officer from api.desk_idea_messages($1, $2)");
DB_STATEMENT(desk_idea_chooses, "select kind, value, label from api.desk_idea_choices($1, $2)");
DB_STATEMENT(desk_idea_assigns, "select api.desk_idea_assign($1, $2, $3::integer, $4)");
DB_STATEMENT(desk_idea_writes, "select api.desk_idea_write($1, $2, $3, $4)");
DB_STATEMENT(desk_idea_merges, "select api.desk_idea_merge($1, $2, $3)");
DB_STATEMENT(desk_idea_shortlists,
             "select outcome, number from api.desk_idea_shortlist($1, $2, $3, $4)");

DB_STATEMENT(desk_idea_accepts,
             "select outcome, edition, pledge from api.desk_idea_accept($1, $2, $3, $4, $5, $6,"
             " $7::text::date)");

static struct db_params params_of(int32_t officer, int64_t id)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int8(&p, id);
    return p;
}

static enum db_outcome ask(struct db *db, const struct db_statement *statement, int32_t officer,
                           int64_t id, struct db_rows **rows)
{
    struct db_params p = params_of(officer, id);
    enum db_outcome outcome = db_run(db, statement, &p, rows);
    db_params_free(&p);
    return outcome;
}

/* The columns that a list shows, which come first in both statements. */
static struct idea read_line(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct idea){.id = db_int8(rows, i, 0),
                         .reference = store_text(a, rows, i, 1),
                         .state = store_text(a, rows, i, 2),
                         .title = store_text(a, rows, i, 3),
                         .area = store_text(a, rows, i, 4),
                         .officer = store_text(a, rows, i, 5),
                         .mine = db_bool(rows, i, 6),
                         .sent_at = db_time(rows, i, 7),
                         .kind = store_text(a, rows, i, 8)};
}

enum db_outcome desk_ideas(struct db *db, struct arena *arena, int32_t officer, struct ideas *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &desk_ideas_all, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->idea = arena_alloc(arena, sizeof *out->idea * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->idea[i] = read_line(arena, rows, i);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome desk_idea(struct db *db, struct arena *a, int32_t officer, int64_t id,
                          struct idea **idea)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask(db, &desk_idea_one, officer, id, &rows);
    *idea = NULL;
    if (outcome == DB_OK && db_count(rows) == 1) {
        struct idea *i = arena_alloc(a, sizeof *i);
        *i = read_line(a, rows, 0);
        i->area_slug = store_text(a, rows, 0, 9);
        i->what = store_text(a, rows, 0, 10);
        i->place = store_text(a, rows, 0, 11);
        i->benefit = store_text(a, rows, 0, 12);
        i->cost_guess = db_int8(rows, 0, 13);
        i->cost = db_int8(rows, 0, 14);
        i->proposer = store_text(a, rows, 0, 15);
        i->texts = db_bool(rows, 0, 16);
        i->kept_by = store_text(a, rows, 0, 17);
        i->kept_by_id = db_int8(rows, 0, 18);
        i->round_slug = store_text(a, rows, 0, 19);
        i->project = db_int4(rows, 0, 20);
        i->promiser = store_text(a, rows, 0, 21);
        i->in_return = store_text(a, rows, 0, 22);
        i->pledge = db_int4(rows, 0, 23);
        i->edition_id = db_int4(rows, 0, 24);
        i->edition = db_int4(rows, 0, 25);
        *idea = i;
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_idea_messages(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                   struct idea_messages *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask(db, &desk_idea_said, officer, id, &rows);
    idea_messages_read(arena, rows, out);
    return outcome;
}

enum db_outcome desk_idea_choices(struct db *db, struct arena *a, int32_t officer, int64_t id,
                                  struct idea_choices *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = ask(db, &desk_idea_chooses, officer, id, &rows);
    *out = (struct idea_choices){.officers = 1, .rounds = 1};
    out->officer[0] = (struct form_choice){.value = "", .label = "Nobody in particular"};
    out->round[0] = (struct form_choice){.value = "", .label = "Choose a round in draft"};
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        bool round = strcmp(db_text(rows, i, 0), "round") == 0;
        int *n = round ? &out->rounds : &out->officers;
        if (*n <= IDEA_CHOICES_MAX)
            (round ? out->round : out->officer)[(*n)++] = (struct form_choice){
                .value = store_text(a, rows, i, 1), .label = store_text(a, rows, i, 2)};
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_idea_assign(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                 int32_t to, int64_t cost, const char **result)
{
    struct db_params p = params_of(officer, id);
    if (to == 0)
        db_put_null(&p);
    else
        db_put_int4(&p, to);
    db_put_int8(&p, cost);
    return store_answer(db, &desk_idea_assigns, arena, &p, result, NULL);
}

enum db_outcome desk_idea_write(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                const char *kind, const char *words, const char **result)
{
    struct db_params p = params_of(officer, id);
    db_put_text(&p, kind);
    db_put_text(&p, words);
    return store_answer(db, &desk_idea_writes, arena, &p, result, NULL);
}

enum db_outcome desk_idea_merge(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                const char *reference, const char **result)
{
    struct db_params p = params_of(officer, id);
    db_put_text(&p, reference);
    return store_answer(db, &desk_idea_merges, arena, &p, result, NULL);
}

enum db_outcome desk_idea_shortlist(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                    const char *round_slug, const char *short_name,
                                    const char **result, int32_t *number)
{
    struct db_params p = params_of(officer, id);
    struct db_rows *rows = NULL;
    db_put_text(&p, round_slug);
    db_put_text(&p, short_name);
    enum db_outcome outcome = store_answer(db, &desk_idea_shortlists, arena, &p, result, &rows);
    *number = outcome == DB_OK ? db_int4(rows, 0, 1) : 0;
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_idea_accept(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                 const struct pledge_form *form, const char **result,
                                 int32_t *edition, int32_t *pledge)
{
    struct db_params p = params_of(officer, id);
    struct db_rows *rows = NULL;
    db_put_text(&p, form->provider);
    db_put_text(&p, form->promise);
    db_put_text(&p, form->standard);
    db_put_text(&p, form->measure);
    db_put_text(&p, form->due);
    enum db_outcome outcome = store_answer(db, &desk_idea_accepts, arena, &p, result, &rows);
    *edition = outcome == DB_OK ? db_int4(rows, 0, 1) : 0;
    *pledge = outcome == DB_OK ? db_int4(rows, 0, 2) : 0;
    db_rows_free(rows);
    return outcome;
}
