/* store_rounds.c: asks for rounds, their money and proposals. */
#include "server/store_rounds.h"

#include "common/log.h"
#include "server/rules_words.h"
#include "server/store_kit.h"
#include <pthread.h>

enum { KNOWN_MAX = 1024, SLUG_MAX = 128 };

/* Slugs of frozen rounds. */
static struct {
    pthread_rwlock_t lock;
    struct {
        char slug[SLUG_MAX];
        int32_t id;
    } round[KNOWN_MAX];
    int n;
} known = {.lock = PTHREAD_RWLOCK_INITIALIZER};

static int32_t known_id(const char *slug)
{
    int32_t id = 0;
    pthread_rwlock_rdlock(&known.lock);
    for (int i = 0; i < known.n && id == 0; i++) {
        if (strcmp(known.round[i].slug, slug) == 0)
            id = known.round[i].id;
    }
    pthread_rwlock_unlock(&known.lock);
    return id;
}

static void know(const char *slug, int32_t id)
{
    if (strlen(slug) >= SLUG_MAX || known_id(slug) != 0)
        return;
    pthread_rwlock_wrlock(&known.lock);
    if (known.n < KNOWN_MAX) {
        snprintf(known.round[known.n].slug, SLUG_MAX, "%s", slug);
        known.round[known.n].id = id;
        known.n++;
    }
    pthread_rwlock_unlock(&known.lock);
}

/* Words that SQL and C share. */
static const char *const kinds[] = {
    [ROUND_APPROVAL] = "approval", [ROUND_KNAPSACK] = "knapsack", [ROUND_POINTS] = "points",
    [ROUND_RANKING] = "ranking",   [ROUND_YES_NO] = "yes_no",     NULL};
static const char *const phases[] = {[PHASE_SOON] = "soon",
                                     [PHASE_OPEN] = "open",
                                     [PHASE_CLOSED] = "closed",
                                     [PHASE_PUBLISHED] = "published",
                                     NULL};
static const char *const voters[] = {[VOTERS_CODE] = "code",
                                     [VOTERS_PHONE] = "phone",
                                     [VOTERS_REGISTER] = "register",
                                     [VOTERS_PRACTICE] = "practice",
                                     NULL};
static const char *const residences[] = {[RESIDENCE_NONE] = "none",
                                         [RESIDENCE_POSTCODE] = "postcode",
                                         [RESIDENCE_NEIGHBOURHOOD] = "neighbourhood",
                                         NULL};

const char *round_kind_word(enum round_kind it)
{
    return kinds[it];
}

enum round_kind round_kind_read(const char *word)
{
    return (enum round_kind)store_place(kinds, word);
}

const char *round_phase_word(enum round_phase it)
{
    return phases[it];
}

enum round_phase round_phase_read(const char *word)
{
    return (enum round_phase)store_place(phases, word);
}

const char *round_voters_word(enum round_voters it)
{
    return voters[it];
}

static enum round_voters read_voters(const char *word)
{
    return (enum round_voters)store_place(voters, word);
}

const char *round_residence_word(enum round_residence it)
{
    return residences[it];
}

static enum round_residence read_residence(const char *word)
{
    return (enum round_residence)store_place(residences, word);
}

bool round_weighs(enum round_kind kind)
{
    return kind == ROUND_POINTS || kind == ROUND_RANKING;
}

static void read_line(struct arena *a, const struct db_rows *rows, int i, struct round_line *l)
{
    l->id = db_int4(rows, i, 0);
    l->slug = store_text(a, rows, i, 1);
    l->title = store_text(a, rows, i, 2);
    l->kind = round_kind_read(db_text(rows, i, 3));
    l->area_slug = store_text(a, rows, i, 4);
    l->area_name = store_text(a, rows, i, 5);
    l->phase = round_phase_read(db_text(rows, i, 6));
    l->opens_at = db_time(rows, i, 7);
    l->closes_at = db_time(rows, i, 8);
    l->days = db_int4(rows, i, 9);
    l->money = db_int8(rows, i, 10);
    l->proposals = db_int4(rows, i, 11);
    l->published_at = db_time(rows, i, 12);
    l->ballots = db_int4(rows, i, 13);
    l->texts = db_int4(rows, i, 14);
    l->funded = db_int4(rows, i, 15);
    l->spent = db_int8(rows, i, 16);
    l->adopted = db_bool(rows, i, 17);
    l->yes = db_int8(rows, i, 18);
    l->no = db_int8(rows, i, 19);
    l->takes_paper = db_bool(rows, i, 20);
    know(l->slug, l->id);
}

enum db_outcome rounds_load(struct db *db, struct arena *a, const char *area,
                            struct round_lines *out)
{
    DB_STATEMENT(rounds_public, "select * from api.rounds_public($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct round_lines){0};
    db_put_text(&p, area);
    enum db_outcome outcome = db_run(db, &rounds_public, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->line = arena_alloc(a, (size_t)out->n * sizeof *out->line);
        for (int i = 0; i < out->n; i++)
            read_line(a, rows, i, &out->line[i]);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static void read_view(struct arena *a, const struct db_rows *rows, struct round_view *v)
{
    v->id = db_int4(rows, 0, 0);
    v->slug = store_text(a, rows, 0, 1);
    v->title = store_text(a, rows, 0, 2);
    v->about = store_text(a, rows, 0, 3);
    v->kind = round_kind_read(db_text(rows, 0, 4));
    v->area_slug = store_text(a, rows, 0, 5);
    v->area_name = store_text(a, rows, 0, 6);
    v->phase = round_phase_read(db_text(rows, 0, 7));
    v->opens_at = db_time(rows, 0, 8);
    v->closes_at = db_time(rows, 0, 9);
    v->days = db_int4(rows, 0, 10);
    v->grace_minutes = db_int4(rows, 0, 11);
    v->min_picks = db_int4(rows, 0, 12);
    v->max_picks = db_int4(rows, 0, 13);
    v->minimum_votes = db_int4(rows, 0, 14);
    v->rules_text = store_text(a, rows, 0, 15);
    v->rule = rules_rule(v->rules_text);
    v->completion = rules_completion(v->rules_text);
    v->carry = rules_carry(v->rules_text);
    store_sha256(rows, 0, 16, v->rules_sha256);
    v->scheduled_at = db_time(rows, 0, 17);
    v->edition = db_int4(rows, 0, 18);
    v->edition_area = store_text(a, rows, 0, 19);
    v->money = db_int8(rows, 0, 20);
    v->blank_allowed = db_bool(rows, 0, 21);
    v->points_sum = db_int4(rows, 0, 22);
    v->points_max = db_int4(rows, 0, 23);
    v->voters = read_voters(db_text(rows, 0, 24));
    v->minimum_age = db_int4(rows, 0, 25);
    v->residence = read_residence(db_text(rows, 0, 26));
    v->first_closes_at = db_time(rows, 0, 27);
    v->extension_reason = store_text(a, rows, 0, 28);
    v->result_at = db_time(rows, 0, 29);
    v->takes_paper = db_bool(rows, 0, 30);
    know(v->slug, v->id);
}

enum db_outcome round_load_any(struct db *db, struct arena *a, const char *slug,
                               struct round_view *out, bool *found)
{
    DB_STATEMENT(round_public, "select * from api.round_public($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct round_view){0};
    *found = false;
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, &round_public, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        read_view(a, rows, out);
        *found = true;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome round_load(struct db *db, struct arena *a, const char *slug, struct round_view *out,
                           bool *found)
{
    enum db_outcome outcome = round_load_any(db, a, slug, out, found);
    *found = *found && out->voters != VOTERS_PRACTICE;
    return outcome;
}

enum db_outcome round_id_of(struct db *db, const char *slug, int32_t *id)
{
    DB_STATEMENT(round_id_public, "select r.id, r.slug from api.round_public($1) r");
    *id = known_id(slug);
    if (*id != 0 || db == NULL)
        return DB_OK;
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, &round_id_public, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        *id = db_int4(rows, 0, 0);
        know(slug, *id);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome pots_load(struct db *db, struct arena *a, int32_t round, struct pots *out)
{
    DB_STATEMENT(round_pots, "select * from api.round_pots($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct pots){0};
    db_put_int4(&p, round);
    enum db_outcome outcome = db_run(db, &round_pots, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->pot = arena_alloc(a, (size_t)out->n * sizeof *out->pot);
        for (int i = 0; i < out->n; i++)
            out->pot[i] = (struct pot){.ordinal = db_int4(rows, i, 0),
                                       .name = store_text(a, rows, i, 1),
                                       .amount = db_int8(rows, i, 2),
                                       .source = store_text(a, rows, i, 3),
                                       .min_picks = db_int4(rows, i, 4),
                                       .max_picks = db_int4(rows, i, 5)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct proposal read_proposal(struct arena *a, const struct db_rows *rows, int i)
{
    return (struct proposal){.number = db_int4(rows, i, 0),
                             .short_name = store_text(a, rows, i, 1),
                             .title = store_text(a, rows, i, 2),
                             .summary = store_text(a, rows, i, 3),
                             .place = store_text(a, rows, i, 4),
                             .proposer = store_text(a, rows, i, 5),
                             .pot = db_int4(rows, i, 6),
                             .cost = db_int8(rows, i, 7),
                             .withdrawn = db_bool(rows, i, 8),
                             .withdrawn_reason = store_text(a, rows, i, 9),
                             .theme = store_text(a, rows, i, 10),
                             .at = store_point(rows, i, 11)};
}

enum db_outcome proposals_load(struct db *db, struct arena *a, int32_t round, struct proposals *out)
{
    return proposals_load_in(db, a, round, LANGUAGE_EN, out);
}

enum db_outcome proposals_load_in(struct db *db, struct arena *a, int32_t round,
                                  enum language language, struct proposals *out)
{
    DB_STATEMENT(round_proposals, "select * from api.round_proposals($1, $2)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct proposals){0};
    db_put_int4(&p, round);
    db_put_text(&p, language_tag(language));
    enum db_outcome outcome = db_run(db, &round_proposals, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->proposal = arena_alloc(a, (size_t)out->n * sizeof *out->proposal);
        for (int i = 0; i < out->n; i++)
            out->proposal[i] = read_proposal(a, rows, i);
        for (int i = 0; i < out->n; i++)
            MUST(language_read(db_text(rows, i, 13), &out->proposal[i].language));
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome proposals_search(struct db *db, struct arena *a, int32_t round, const char *words,
                                 struct proposal_numbers *out)
{
    DB_STATEMENT(round_search, "select api.round_search($1, $2)::integer");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct proposal_numbers){0};
    db_put_int4(&p, round);
    db_put_text(&p, words);
    enum db_outcome outcome = db_run(db, &round_search, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->number = arena_alloc(a, (size_t)(out->n + 1) * sizeof *out->number);
        for (int i = 0; i < out->n; i++)
            out->number[i] = db_int4(rows, i, 0);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome exclusions_load(struct db *db, struct arena *a, int32_t round,
                                struct exclusions *out)
{
    DB_STATEMENT(round_exclusions, "select * from api.round_exclusions($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct exclusions){0};
    db_put_int4(&p, round);
    enum db_outcome outcome = db_run(db, &round_exclusions, &p, &rows);
    if (outcome == DB_OK) {
        out->n = db_count(rows);
        out->member = arena_alloc(a, (size_t)out->n * sizeof *out->member);
        for (int i = 0; i < out->n; i++)
            out->member[i] =
                (struct exclusion){.group = db_int4(rows, i, 0), .number = db_int4(rows, i, 1)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome proposal_body_load(struct db *db, struct arena *a, int32_t round,
                                   const struct proposal *p, const char **out)
{
    DB_STATEMENT(proposal_body, "select * from api.proposal_body($1, $2, $3)");
    struct db_params params = db_params_new();
    struct db_rows *rows = NULL;
    *out = "";
    db_put_int4(&params, round);
    db_put_int2(&params, (int16_t)p->number);
    db_put_text(&params, language_tag(p->language));
    enum db_outcome outcome = db_run(db, &proposal_body, &params, &rows);
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = store_text(a, rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&params);
    return outcome;
}

const struct proposal *proposal_find(const struct proposals *all, int32_t number)
{
    for (int i = 0; i < all->n; i++) {
        if (all->proposal[i].number == number)
            return &all->proposal[i];
    }
    return NULL;
}

const struct pot *pot_find(const struct pots *all, int32_t ordinal)
{
    for (int i = 0; i < all->n; i++) {
        if (all->pot[i].ordinal == ordinal)
            return &all->pot[i];
    }
    return NULL;
}
