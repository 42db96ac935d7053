/* store_desk_count.c: what a count reads and writes, and its result. */
#include "server/store_desk_count.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/store_kit.h"

/* --- reading for a count ------------------------------------------------------------------ */
DB_STATEMENT(count_begin_one, "select outcome, detail, title, area, kind, max_picks, minimum_votes,"
                              " opens_on, closes_on, question, seed, points_sum, points_max,"
                              " rules_sha256, changes, mark, rule, settings"
                              " from api.count_begin($1, $2)");

static enum pb_kind kind_read(const char *word)
{
    if (strcmp(word, "yes_no") == 0)
        return PB_YES_NO;
    if (strcmp(word, "points") == 0)
        return PB_POINTS;
    if (strcmp(word, "ranking") == 0)
        return PB_RANKING;
    return strcmp(word, "knapsack") == 0 ? PB_KNAPSACK : PB_APPROVAL;
}

static bool unseal_seed(const struct db_rows *rows, uint8_t seed[32])
{
    size_t len;
    const uint8_t *sealed = db_bytes(rows, 0, 10, &len);
    return len == ROUND_SECRET_SEALED && secret_unseal("round.seed", sealed, len, seed) == 32;
}

static const char *hex_at(struct arena *arena, const struct db_rows *rows, int column)
{
    size_t len;
    const uint8_t *bytes = db_bytes(rows, 0, column, &len);
    struct buf hex = buf_new((size_t)2 * len + 1);
    buf_hex(&hex, bytes, len);
    const char *text = arena_strdup(arena, buf_str(&hex));
    buf_free(&hex);
    return text;
}

static enum db_outcome begin(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             struct count_input *in)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &count_begin_one, officer, slug, &rows);
    if (outcome == DB_OK) {
        in->result = store_text(arena, rows, 0, 0);
        in->detail = db_int8(rows, 0, 1);
    }
    if (outcome == DB_OK && strcmp(in->result, "ready") == 0) {
        in->round = (struct pb_round){
            .title = store_text(arena, rows, 0, 2),
            .area = store_text(arena, rows, 0, 3),
            .kind = kind_read(db_text(rows, 0, 4)),
            .max_picks = db_int4(rows, 0, 5),
            .minimum_votes = db_int4(rows, 0, 6),
            .opens_on = store_text(arena, rows, 0, 7),
            .closes_on = store_text(arena, rows, 0, 8),
            .question = store_text(arena, rows, 0, 9),
            .points_sum = db_int4(rows, 0, 11),
            .points_max = db_int4(rows, 0, 12),
            .rules_sha256 = hex_at(arena, rows, 13),
            .changes = store_text(arena, rows, 0, 14),
            .rule = store_text(arena, rows, 0, 16),
            .settings = store_text(arena, rows, 0, 17),
        };
        in->mark = store_text(arena, rows, 0, 15);
        if (!unseal_seed(rows, in->seed)) {
            log_bug("the seed of a round cannot be unsealed: is this another master key?");
            outcome = DB_REFUSED;
        }
    }
    db_rows_free(rows);
    return outcome;
}

/* Numbers and weights come as "1275,1359" and "1,1", always of equal length. */
static uint16_t read_picks(const char *numbers, const char *weights, struct ballot_pick *out)
{
    uint16_t n = 0;
    while (*numbers != '\0') {
        char *numbers_end, *weights_end;
        MUST(n < BALLOT_PICKS_MAX);
        out[n].number = (uint16_t)strtoul(numbers, &numbers_end, 10);
        out[n].weight = (uint16_t)strtoul(weights, &weights_end, 10);
        MUST(numbers_end != numbers && weights_end != weights);
        numbers = *numbers_end == ',' ? numbers_end + 1 : numbers_end;
        weights = *weights_end == ',' ? weights_end + 1 : weights_end;
        n++;
    }
    return n;
}

static size_t commas(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += *s == ',';
    return n;
}

DB_STATEMENT(count_ballots_all, "select numbers, weights from api.count_ballots($1, $2)");

static enum db_outcome read_ballots(struct db *db, int32_t officer, const char *slug,
                                    struct count_input *in)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &count_ballots_all, officer, slug, &rows);
    size_t n = outcome == DB_OK ? (size_t)db_count(rows) : 0;
    size_t picks = 0, at = 0;
    for (size_t i = 0; i < n; i++)
        picks += commas(db_text(rows, (int)i, 0)) + 1;
    in->ballot = wm_alloc(sizeof *in->ballot * (n + 1));
    in->picks = wm_alloc(sizeof *in->picks * (picks + 1));
    for (size_t i = 0; i < n; i++) {
        struct pb_ballot *b = &in->ballot[i];
        b->picks = in->picks + at;
        b->n_picks = read_picks(db_text(rows, (int)i, 0), db_text(rows, (int)i, 1), b->picks);
        at += b->n_picks;
    }
    in->round.ballot = in->ballot;
    in->round.ballots = n;
    db_rows_free(rows);
    return outcome;
}

/* Pots and published proposals, as the export wants them. */
static enum db_outcome read_parts(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, struct count_input *in)
{
    struct desk_round *r = NULL;
    enum db_outcome outcome = desk_round_find(db, arena, officer, slug, &r);
    if (outcome != DB_OK || r == NULL)
        return outcome != DB_OK ? outcome : DB_REFUSED;
    struct pb_pot *pot = arena_alloc(arena, sizeof *pot * (size_t)(r->pots + 1));
    struct pb_proposal *proposal =
        arena_alloc(arena, sizeof *proposal * (size_t)(r->proposals + 1));
    for (int i = 0; i < r->pots; i++)
        pot[i] = (struct pb_pot){r->pot[i].ordinal, r->pot[i].name, r->pot[i].amount, 0};
    for (int i = 0; i < r->proposals; i++) {
        const struct desk_proposal *p = &r->proposal[i];
        if (p->published)
            proposal[in->round.proposals++] = (struct pb_proposal){
                (uint16_t)p->number, p->pot, p->title, p->cost, p->exclusion, p->theme};
    }
    in->round.pot = pot;
    in->round.pots = r->pots;
    in->round.carry = r->terms.carry;
    in->round.proposal = proposal;
    return DB_OK;
}

enum db_outcome count_read(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           struct count_input *in)
{
    *in = (struct count_input){.result = ""};
    enum db_outcome outcome = db_begin(db);
    if (outcome == DB_OK)
        outcome = begin(db, arena, officer, slug, in);
    bool ready = outcome == DB_OK && strcmp(in->result, "ready") == 0;
    if (ready)
        outcome = read_ballots(db, officer, slug, in);
    if (ready && outcome == DB_OK)
        outcome = read_parts(db, arena, officer, slug, in);
    if (outcome == DB_OK)
        outcome = db_commit(db);
    else
        db_rollback(db);
    return outcome;
}

void count_input_free(struct count_input *in)
{
    explicit_bzero(in->seed, sizeof in->seed);
    free(in->ballot);
    free(in->picks);
    in->ballot = NULL;
    in->picks = NULL;
}

/* --- keeping a count ---------------------------------------------------------------------- */
DB_STATEMENT(count_store_all, "select api.count_store($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

enum db_outcome count_store(struct db *db, struct arena *arena, const struct count_job *job,
                            const struct count_input *in, const struct count_part *parts, int n,
                            const char **result)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, job->officer);
    db_put_text(&p, job->slug);
    db_put_bytes(&p, in->seed, 32);
    db_array_begin(&p, DB_INT4);
    for (int i = 0; i < n; i++)
        db_item_int4(&p, parts[i].pot);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, parts[i].pb);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, parts[i].outcome);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(&p, parts[i].log);
    db_array_end(&p);
    db_put_text(&p, in->mark);
    db_put_int4(&p, job->id);
    db_put_int4(&p, job->attempt);
    enum db_outcome outcome = db_run(db, &count_store_all, &p, &rows);
    *result = outcome == DB_OK ? store_text(arena, rows, 0, 0) : "";
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- the result --------------------------------------------------------------------------- */
DB_STATEMENT(desk_figures, "select * from api.desk_result($1, $2, $3)");
DB_STATEMENT(desk_parts, "select * from api.desk_result_parts($1, $2, $3)");

enum db_outcome desk_result_find(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t version, struct desk_result **result)
{
    struct db_params p = db_params_new();
    struct db_rows *figures = NULL, *parts = NULL;
    struct desk_result *x = arena_alloc(arena, sizeof *x);
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int4(&p, version);
    enum db_outcome outcome = db_run(db, &desk_figures, &p, &figures);
    if (outcome == DB_OK)
        outcome = db_run(db, &desk_parts, &p, &parts);
    db_params_free(&p);
    bool there = outcome == DB_OK && db_count(figures) == 1;
    if (there && !result_read(arena, figures, parts, &x->view))
        outcome = DB_REFUSED;
    if (there && outcome == DB_OK) {
        x->counted_by = store_text(arena, figures, 0, 13);
        x->view.version = db_int4(figures, 0, 14);
        x->view.correction = store_text(arena, figures, 0, 15);
        x->stands = db_int4(figures, 0, 16);
        x->log = arena_alloc(arena, sizeof *x->log * (size_t)(db_count(parts) + 1));
        for (int i = 0; i < db_count(parts); i++)
            x->log[i] = store_text(arena, parts, i, 5);
    }
    *result = there && outcome == DB_OK ? x : NULL;
    db_rows_free(figures);
    db_rows_free(parts);
    return outcome;
}
