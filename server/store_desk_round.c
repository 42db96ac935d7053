/* store_desk_round.c: one round as its officer edits it, and the database. */
#include "server/store_desk_round.h"

#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/roles.h"
#include "server/store_kit.h"

/* Asks what takes the officer and a round's slug. */
/* --- reading ------------------------------------------------------------------------------ */
DB_STATEMENT(desk_round_one,
             "select slug, area_slug, area_name, title, about, kind, phase, opens_at, closes_at,"
             " count_from, grace_minutes, max_picks, minimum_votes, edition_id, edition_title,"
             " opens_date, opens_time, closes_date, closes_time, rules_sha256, hindrance, detail,"
             " published, drafts, eligible, web, texts, paper, withdrawn, asked_by, mine, note,"
             " note_by, eligibility, residence, minimum_age, min_picks, points_sum, points_max,"
             " cap_percent, blank_allowed, carry, assisted, voided,"
             " method, provisional_days, roles, public_at from api.desk_round($1, $2)");

static void read_round(struct arena *a, const struct db_rows *rows, struct desk_round *r)
{
    size_t len;
    *r = (struct desk_round){
        .slug = store_text(a, rows, 0, 0),
        .area_slug = store_text(a, rows, 0, 1),
        .area = store_text(a, rows, 0, 2),
        .title = store_text(a, rows, 0, 3),
        .about = store_text(a, rows, 0, 4),
        .kind = store_text(a, rows, 0, 5),
        .phase = desk_phase_read(db_text(rows, 0, 6)),
        .opens_at = db_time(rows, 0, 7),
        .closes_at = db_time(rows, 0, 8),
        .count_from = db_time(rows, 0, 9),
        .grace_minutes = db_int4(rows, 0, 10),
        .max_picks = db_int4(rows, 0, 11),
        .minimum_votes = db_int4(rows, 0, 12),
        .edition = db_int4(rows, 0, 13),
        .edition_title = store_text(a, rows, 0, 14),
        .opens_date = store_text(a, rows, 0, 15),
        .opens_time = store_text(a, rows, 0, 16),
        .closes_date = store_text(a, rows, 0, 17),
        .closes_time = store_text(a, rows, 0, 18),
        .hindrance = store_text(a, rows, 0, 20),
        .hindrance_detail = store_text(a, rows, 0, 21),
        .published = db_int4(rows, 0, 22),
        .drafts = db_int4(rows, 0, 23),
        .turnout = {.eligible = db_int8(rows, 0, 24),
                    .web = db_int8(rows, 0, 25),
                    .texts = db_int8(rows, 0, 26),
                    .paper = db_int8(rows, 0, 27),
                    .withdrawn = db_int8(rows, 0, 28),
                    .assisted = db_int8(rows, 0, 42),
                    .voided = db_int8(rows, 0, 43)},
        .asked_by = store_text(a, rows, 0, 29),
        .mine = db_bool(rows, 0, 30),
        .roles = roles_read(db_text(rows, 0, 46)),
        .public_at = db_time(rows, 0, 47),
        .note = store_text(a, rows, 0, 31),
        .note_by = store_text(a, rows, 0, 32),
        .terms = {.eligibility = store_text(a, rows, 0, 33),
                  .residence = store_text(a, rows, 0, 34),
                  .minimum_age = db_int4(rows, 0, 35),
                  .min_picks = db_int4(rows, 0, 36),
                  .points_sum = db_int4(rows, 0, 37),
                  .points_max = db_int4(rows, 0, 38),
                  .cap_percent = db_int4(rows, 0, 39),
                  .blank_allowed = db_bool(rows, 0, 40),
                  .carry = db_bool(rows, 0, 41),
                  .method = store_text(a, rows, 0, 44),
                  .provisional_days = db_int4(rows, 0, 45)},
    };
    const uint8_t *hash = db_bytes(rows, 0, 19, &len);
    if (len == sizeof r->rules_sha256)
        memcpy(r->rules_sha256, hash, len);
}

bool desk_is_practice(const struct desk_terms *terms)
{
    return strcmp(terms->eligibility, "practice") == 0;
}

bool desk_asks(const struct desk_terms *terms)
{
    return terms->minimum_age > 0 || strcmp(terms->residence, "none") != 0;
}

DB_STATEMENT(desk_pots_of,
             "select ordinal, name, amount, min_picks, max_picks from api.desk_pots($1, $2)");

static enum db_outcome find_pots(struct db *db, struct arena *a, int32_t officer,
                                 struct desk_round *r)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &desk_pots_of, officer, r->slug, &rows);
    r->pots = outcome == DB_OK ? db_count(rows) : 0;
    r->pot = arena_alloc(a, sizeof *r->pot * (size_t)(r->pots + 1));
    for (int i = 0; i < r->pots; i++) {
        r->pot[i] = (struct desk_pot){
            .ordinal = db_int4(rows, i, 0),
            .name = store_text(a, rows, i, 1),
            .amount = db_int8(rows, i, 2),
            .min_picks = db_int4(rows, i, 3),
            .max_picks = db_int4(rows, i, 4),
        };
    }
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(desk_proposals_of,
             "select number, short_name, title, summary, body, place, proposer, pot, cost, state,"
             " exclusion, revision, theme, lat, lon from api.desk_proposals($1, $2)");

static enum db_outcome find_proposals(struct db *db, struct arena *a, int32_t officer,
                                      struct desk_round *r)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &desk_proposals_of, officer, r->slug, &rows);
    r->proposals = outcome == DB_OK ? db_count(rows) : 0;
    r->proposal = arena_alloc(a, sizeof *r->proposal * (size_t)(r->proposals + 1));
    for (int i = 0; i < r->proposals; i++) {
        r->proposal[i] = (struct desk_proposal){
            .number = db_int4(rows, i, 0),
            .short_name = store_text(a, rows, i, 1),
            .title = store_text(a, rows, i, 2),
            .summary = store_text(a, rows, i, 3),
            .body = store_text(a, rows, i, 4),
            .place = store_text(a, rows, i, 5),
            .proposer = store_text(a, rows, i, 6),
            .pot = db_int4(rows, i, 7),
            .cost = db_int8(rows, i, 8),
            .published = strcmp(db_text(rows, i, 9), "published") == 0,
            .withdrawn = strcmp(db_text(rows, i, 9), "withdrawn") == 0,
            .exclusion = db_int4(rows, i, 10),
            .revision = db_int4(rows, i, 11),
            .theme = store_text(a, rows, i, 12),
            .at = store_point(rows, i, 13),
        };
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_round_find(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, struct desk_round **round)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &desk_round_one, officer, slug, &rows);
    *round = NULL;
    if (outcome == DB_OK && db_count(rows) > 0) {
        *round = arena_alloc(arena, sizeof **round);
        read_round(arena, rows, *round);
    }
    db_rows_free(rows);
    if (*round != NULL)
        outcome = find_pots(db, arena, officer, *round);
    if (*round != NULL && outcome == DB_OK)
        outcome = find_proposals(db, arena, officer, *round);
    if (*round != NULL && outcome == DB_OK && (*round)->phase >= DESK_TO_COUNT)
        outcome = count_state_find(db, arena, officer, slug, &(*round)->count);
    return outcome;
}

const struct desk_proposal *desk_proposal_of(const struct desk_round *round, int32_t number)
{
    for (int i = 0; i < round->proposals; i++) {
        if (round->proposal[i].number == number)
            return &round->proposal[i];
    }
    return NULL;
}

/* --- writing ------------------------------------------------------------------------------ */
/* Runs a statement that gives an outcome in words (column 0). Frees the parameters; *rows is the
 * caller's to free. */
static void put_terms(struct db_params *p, const struct desk_round_form *form)
{
    const struct desk_terms *t = &form->terms;
    db_array_begin(p, DB_INT4);
    for (int i = 0; i < form->pots; i++)
        db_item_int4(p, form->pot[i].min_picks);
    db_array_end(p);
    db_array_begin(p, DB_INT4);
    for (int i = 0; i < form->pots; i++)
        db_item_int4(p, form->pot[i].max_picks);
    db_array_end(p);
    db_put_int4(p, t->min_picks);
    db_put_bool(p, t->blank_allowed);
    db_put_int4(p, t->points_sum);
    db_put_int4(p, t->points_max);
    db_put_int4(p, t->cap_percent);
    db_put_bool(p, t->carry);
    db_put_text(p, t->eligibility);
    db_put_int4(p, t->minimum_age);
    db_put_text(p, t->residence);
    db_put_text(p, t->method);
    db_put_int4(p, t->provisional_days);
}

DB_STATEMENT(round_save, "select outcome, slug from api.desk_round_save($1, $2::text, $3, $4, $5,"
                         " $6, $7, $8, $9::text, $10::text, $11, $12, $13, $14, $15, $16, $17, $18,"
                         " $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)");

enum db_outcome desk_round_save(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, const struct desk_round_form *form,
                                const char **result, const char **saved)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, form->area);
    db_put_text(&p, form->title);
    db_put_text(&p, form->about);
    db_put_text(&p, form->kind);
    db_put_int4(&p, form->edition);
    db_put_text(&p, form->question);
    db_put_text(&p, form->opens);
    db_put_text(&p, form->closes);
    db_put_int4(&p, form->grace_minutes);
    db_put_int4(&p, form->max_picks);
    db_put_int4(&p, form->minimum_votes);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < form->pots; i++)
        db_item_text(&p, form->pot[i].name);
    db_array_end(&p);
    db_array_begin(&p, DB_INT8);
    for (int i = 0; i < form->pots; i++)
        db_item_int8(&p, form->pot[i].amount);
    db_array_end(&p);
    put_terms(&p, form);
    enum db_outcome outcome = store_answer(db, &round_save, arena, &p, result, &rows);
    *saved = outcome == DB_OK ? store_text(arena, rows, 0, 1) : "";
    db_rows_free(rows);
    return outcome;
}

/* --- freezing ----------------------------------------------------------------------------- */
void round_secrets_make(struct round_secrets *secrets)
{
    static const char *const about[ROUND_SECRETS] = {"round.k_pseudonym", "round.k_nonce",
                                                     "round.seed"};
    uint8_t plain[ROUND_SECRET_LEN];
    for (int i = 0; i < ROUND_SECRETS; i++) {
        secret_random(plain, sizeof plain);
        digest_sha256(plain, sizeof plain, secrets->one[i].sha256);
        size_t len = secret_seal(about[i], plain, sizeof plain, secrets->one[i].sealed);
        MUST(len == ROUND_SECRET_SEALED);
    }
    explicit_bzero(plain, sizeof plain);
}

void round_secrets_put(struct db_params *p, const struct round_secrets *secrets)
{
    for (int i = 0; i < ROUND_SECRETS; i++)
        db_put_bytes(p, secrets->one[i].sealed, sizeof secrets->one[i].sealed);
    for (int i = 0; i < ROUND_SECRETS; i++)
        db_put_bytes(p, secrets->one[i].sha256, sizeof secrets->one[i].sha256);
}

DB_STATEMENT(round_schedule, "select outcome, detail"
                             " from api.desk_schedule($1, $2, $3, $4, $5, $6, $7, $8)");

enum db_outcome desk_schedule(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char **result, const char **detail)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    struct round_secrets secrets;
    round_secrets_make(&secrets);
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    round_secrets_put(&p, &secrets);
    enum db_outcome outcome = store_answer(db, &round_schedule, arena, &p, result, &rows);
    *detail = outcome == DB_OK ? store_text(arena, rows, 0, 1) : "";
    db_rows_free(rows);
    return outcome;
}
