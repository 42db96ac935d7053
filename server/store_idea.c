/* store_idea.c: residents' ideas and the database, by the key of a private link. */
#include "server/store_idea.h"

#include "common/phone.h"
#include "common/secret.h"
#include "server/private_link.h"
#include "server/store_kit.h"

DB_STATEMENT(idea_begins, "select api.idea_begin($1, $2, $3)");
DB_STATEMENT(idea_finds,
             "select reference, state, area_slug, area, title, what, place, benefit, cost_guess,"
             " proposer, texts, saved_at, sent_at, kept_by, round_slug, project, kind, promiser,"
             " in_return, edition, edition_state, provider, pledge_state, pledge_reason"
             " from api.idea_find($1)");
DB_STATEMENT(idea_messages_all, "select at, kind, words, officer from api.idea_messages($1)");
DB_STATEMENT(idea_saves, "select api.idea_save($1, $2::text, $3::text, $4::text, $5::text,"
                         " $6::text, $7::bigint, $8::text, $9::bytea, $10::bytea,"
                         " $11::text, $12::text)");
DB_STATEMENT(idea_sends, "select api.idea_send($1)");
DB_STATEMENT(idea_answers, "select api.idea_answer($1, $2)");
DB_STATEMENT(idea_takes_back, "select api.idea_take_back($1)");

enum db_outcome idea_begin(struct db *db, const char *kind, char key[IDEA_KEY_LEN + 1])
{
    enum db_outcome outcome = DB_REFUSED;
    bool begun = false;
    private_text(key, IDEA_KEY_LEN);
    for (int tries = 0; tries < 5 && !begun; tries++) {
        char reference[IDEA_REFERENCE_LEN + 1];
        struct db_params p = db_params_new();
        struct db_rows *rows = NULL;
        private_text(reference, IDEA_REFERENCE_LEN);
        put_private_key(&p, key);
        db_put_text(&p, reference);
        db_put_text(&p, kind);
        outcome = db_run(db, &idea_begins, &p, &rows);
        db_params_free(&p);
        begun = outcome != DB_OK || strcmp(db_text(rows, 0, 0), "begun") == 0;
        db_rows_free(rows);
    }
    return begun ? outcome : DB_REFUSED;
}

enum db_outcome idea_find(struct db *db, struct arena *a, const char *key, struct idea **idea)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    put_private_key(&p, key);
    enum db_outcome outcome = db_run(db, &idea_finds, &p, &rows);
    *idea = NULL;
    if (outcome == DB_OK && db_count(rows) == 1) {
        *idea = arena_alloc(a, sizeof **idea);
        **idea = (struct idea){.reference = store_text(a, rows, 0, 0),
                               .state = store_text(a, rows, 0, 1),
                               .area_slug = store_text(a, rows, 0, 2),
                               .area = store_text(a, rows, 0, 3),
                               .title = store_text(a, rows, 0, 4),
                               .what = store_text(a, rows, 0, 5),
                               .place = store_text(a, rows, 0, 6),
                               .benefit = store_text(a, rows, 0, 7),
                               .cost_guess = db_int8(rows, 0, 8),
                               .proposer = store_text(a, rows, 0, 9),
                               .texts = db_bool(rows, 0, 10),
                               .saved_at = db_time(rows, 0, 11),
                               .sent_at = db_time(rows, 0, 12),
                               .kept_by = store_text(a, rows, 0, 13),
                               .round_slug = store_text(a, rows, 0, 14),
                               .project = db_int4(rows, 0, 15),
                               .officer = "",
                               .kind = store_text(a, rows, 0, 16),
                               .promiser = store_text(a, rows, 0, 17),
                               .in_return = store_text(a, rows, 0, 18),
                               .edition = db_int4(rows, 0, 19),
                               .edition_state = store_text(a, rows, 0, 20),
                               .provider = store_text(a, rows, 0, 21),
                               .pledge_state = store_text(a, rows, 0, 22),
                               .pledge_reason = store_text(a, rows, 0, 23)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

void idea_messages_read(struct arena *a, struct db_rows *rows, struct idea_messages *out)
{
    out->n = rows != NULL ? db_count(rows) : 0;
    out->message = arena_alloc(a, sizeof *out->message * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->message[i] =
            (struct idea_message){db_time(rows, i, 0), store_text(a, rows, i, 1),
                                  store_text(a, rows, i, 2), store_text(a, rows, i, 3)};
    db_rows_free(rows);
}

enum db_outcome idea_messages(struct db *db, struct arena *arena, const char *key,
                              struct idea_messages *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    put_private_key(&p, key);
    enum db_outcome outcome = db_run(db, &idea_messages_all, &p, &rows);
    idea_messages_read(arena, rows, out);
    db_params_free(&p);
    return outcome;
}

static void put_number(struct db_params *p, const char *e164)
{
    uint8_t sealed[PHONE_LEN + SECRET_SEAL_EXTRA], key[32];
    if (e164 == NULL || *e164 == '\0') {
        db_put_bytes(p, e164, 0);
        db_put_bytes(p, NULL, 0);
        return;
    }
    phone_lookup(e164, key);
    db_put_bytes(p, sealed, secret_seal("phone.number", e164, strlen(e164), sealed));
    db_put_bytes(p, key, sizeof key);
}

enum db_outcome idea_save(struct db *db, struct arena *arena, const char *key,
                          const struct idea_page *page, const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    db_put_text(&p, page->area);
    db_put_text(&p, page->title);
    db_put_text(&p, page->what);
    db_put_text(&p, page->place);
    db_put_text(&p, page->benefit);
    if (page->has_cost)
        db_put_int8(&p, page->cost);
    else
        db_put_null(&p);
    db_put_text(&p, page->proposer);
    put_number(&p, page->number);
    db_put_text(&p, page->promiser);
    db_put_text(&p, page->in_return);
    return store_answer(db, &idea_saves, arena, &p, result, NULL);
}

enum db_outcome idea_send(struct db *db, struct arena *arena, const char *key, const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    return store_answer(db, &idea_sends, arena, &p, result, NULL);
}

enum db_outcome idea_answer(struct db *db, struct arena *arena, const char *key, const char *words,
                            const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    db_put_text(&p, words);
    return store_answer(db, &idea_answers, arena, &p, result, NULL);
}

enum db_outcome idea_take_back(struct db *db, struct arena *arena, const char *key,
                               const char **result)
{
    struct db_params p = db_params_new();
    put_private_key(&p, key);
    return store_answer(db, &idea_takes_back, arena, &p, result, NULL);
}
