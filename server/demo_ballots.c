/* demo_ballots.c: invented ballots for the demonstration: rows as a cast would have written them,
 * at moments that have passed. */
#include "common/ballot.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/demo_world.h"

enum {
    PROPOSALS_MAX = 60,
    VOTERS_CLOSED = 420,
    VOTERS_OPEN = 28, /* and up to as many more */
    CHANGED_OF_100 = 9,
    WEB_OF_100 = 66,
    WEB = 1,
    TEXT = 2
};

struct choice {
    uint16_t number;
    int32_t pot;
    int64_t cost;
    uint32_t liked; /* of 100 */
};

struct demo_round {
    struct round_keys keys;
    bool yes_no, knapsack, ranking, closed;
    int32_t max_picks, points_sum, points_max; /* points: 0 where none are given */
    int64_t from, until;                       /* ballots lie between, unix microseconds */
    struct choice choice[PROPOSALS_MAX];
    int choices;
    int64_t pot[10]; /* by ordinal, pence */
};

/* --- what there is ------------------------------------------------------------------------ */
DB_STATEMENT(demo_rounds, "select id, uuid, kind, max_picks, opens_at,"
                          " least(closes_at, clock_timestamp()), k_pseudonym, k_nonce,"
                          " closes_at <= clock_timestamp(), points_sum, points_max"
                          " from wardmote.round"
                          " where state = 'scheduled' and opens_at < clock_timestamp()"
                          " order by slug");

static bool unseal(const char *about, const struct db_rows *rows, int row, int column,
                   uint8_t out[32])
{
    size_t len;
    const uint8_t *sealed = db_bytes(rows, row, column, &len);
    return len == 32 + SECRET_SEAL_EXTRA && secret_unseal(about, sealed, len, out) == 32;
}

static void read_round(const struct db_rows *rows, int row, struct demo_round *r)
{
    size_t len;
    *r = (struct demo_round){
        .keys.round = db_int4(rows, row, 0),
        .yes_no = strcmp(db_text(rows, row, 2), "yes_no") == 0,
        .knapsack = strcmp(db_text(rows, row, 2), "knapsack") == 0,
        .max_picks = db_int4(rows, row, 3),
        .from = db_time(rows, row, 4),
        .until = db_time(rows, row, 5),
        .ranking = strcmp(db_text(rows, row, 2), "ranking") == 0,
        .closed = db_bool(rows, row, 8),
        .points_sum = db_int4(rows, row, 9),
        .points_max = db_int4(rows, row, 10),
    };
    const uint8_t *uuid = db_bytes(rows, row, 1, &len);
    MUST(len == UUID_LEN);
    memcpy(r->keys.uuid, uuid, UUID_LEN);
    MUST(unseal("round.k_pseudonym", rows, row, 6, r->keys.k_pseudonym));
    MUST(unseal("round.k_nonce", rows, row, 7, r->keys.k_nonce));
}

DB_STATEMENT(demo_choices, "select p.number, coalesce(t.ordinal, 0), coalesce(p.cost, 0),"
                           " coalesce(t.amount, 0)"
                           " from wardmote.proposal p left join wardmote.pot t on t.id = p.pot_id"
                           " where p.round_id = $1 and p.state = 'published' order by p.number");

static enum db_outcome read_choices(struct demo_world *w, struct demo_round *r)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, r->keys.round);
    enum db_outcome outcome = db_run(w->db, &demo_choices, &p, &rows);
    r->choices = outcome == DB_OK ? db_count(rows) : 0;
    MUST(r->choices <= PROPOSALS_MAX);
    for (int i = 0; i < r->choices; i++) {
        r->choice[i] = (struct choice){
            .number = (uint16_t)db_int4(rows, i, 0),
            .pot = db_int4(rows, i, 1),
            .cost = db_int8(rows, i, 2),
            .liked = r->yes_no ? 64 : 12 + demo_roll(w, 60),
        };
        MUST(r->choice[i].pot >= 0 && r->choice[i].pot < 10);
        r->pot[r->choice[i].pot] = db_int8(rows, i, 3);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* Voters in reach without an address on their letter: those of the demo page have one. */
DB_STATEMENT(demo_voters, "select v.id, v.uuid from wardmote.voter v"
                          " join wardmote.neighbourhood_within w"
                          " on w.neighbourhood_id = v.neighbourhood_id"
                          " join wardmote.round r on r.neighbourhood_id = w.within_id"
                          " join wardmote.credential c on c.voter_id = v.id"
                          " where r.id = $1 and c.address_ref = ''"
                          " order by hashint8(v.id), v.id limit $2");

/* --- one ballot --------------------------------------------------------------------------- */
/* What the n-th pick says beside its number: a rank, or points as far as they go. */
static uint16_t weigh(struct demo_world *w, const struct demo_round *r, int32_t *points, uint16_t n)
{
    if (r->ranking)
        return (uint16_t)(n + 1);
    if (r->points_sum == 0)
        return 1;
    int32_t most = *points < r->points_max ? *points : r->points_max;
    int32_t given = 1 + (int32_t)demo_roll(w, (uint32_t)most);
    *points -= given;
    return (uint16_t)given;
}

/* Likes each proposal as much as everybody does, as far as the limits go; never none. */
static uint16_t choose(struct demo_world *w, const struct demo_round *r, struct ballot_pick *picks)
{
    int64_t left[10];
    int32_t points = r->points_sum;
    uint16_t n = 0;
    memcpy(left, r->pot, sizeof left);
    if (r->yes_no) {
        picks[0] =
            (struct ballot_pick){r->choice[0].number, demo_roll(w, 100) < r->choice[0].liked};
        return 1;
    }
    uint32_t start = demo_roll(w, (uint32_t)r->choices);
    for (int i = 0; i < r->choices && n < r->max_picks; i++) {
        const struct choice *c = &r->choice[(start + (uint32_t)i) % (uint32_t)r->choices];
        if (r->points_sum > 0 && points == 0)
            break;
        if ((r->knapsack && c->cost > left[c->pot]) || demo_roll(w, 100) >= c->liked)
            continue;
        left[c->pot] -= c->cost;
        picks[n] = (struct ballot_pick){c->number, weigh(w, r, &points, n)};
        n++;
    }
    if (n == 0)
        picks[n++] = (struct ballot_pick){r->choice[start].number, 1};
    ballot_sort(picks, n);
    return n;
}

/* Rows of one round's revisions, as arrays of parameters; texts like "{1275,1359}". */
struct revision_row {
    int64_t voter, cast_at, receipt;
    int32_t revision;
    int16_t channel;
    uint8_t form_key[16], picks_hash[32], commitment[COMMITMENT_LEN];
    char *numbers, *weights;
};

static char *array_text(struct demo_world *w, const struct ballot_pick *picks, uint16_t n,
                        bool weights)
{
    struct buf text = buf_new(1000);
    for (uint16_t i = 0; i < n; i++)
        buf_fmt(&text, "%s%u", i == 0 ? "{" : ",", weights ? picks[i].weight : picks[i].number);
    buf_char(&text, '}');
    char *copy = arena_strdup(&w->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

static void make_row(struct demo_world *w, const struct demo_round *r, int64_t voter,
                     const uint8_t uuid[UUID_LEN], int32_t revision, struct revision_row *row)
{
    struct ballot_pick picks[BALLOT_PICKS_MAX];
    uint8_t pseudonym[PSEUDONYM_LEN];
    char text[BALLOT_TEXT_MAX];
    uint16_t n = choose(w, r, picks);
    int64_t span = (r->until - r->from) / 1000000 - 60;
    *row = (struct revision_row){
        .voter = voter,
        .revision = revision,
        .channel = demo_roll(w, 100) < WEB_OF_100 ? WEB : TEXT,
        .cast_at = r->from + (int64_t)demo_roll(w, (uint32_t)(span > 0 ? span : 1)) * 1000000,
        .numbers = array_text(w, picks, n, false),
        .weights = array_text(w, picks, n, true),
    };
    ballot_pseudonym(&r->keys, uuid, pseudonym);
    size_t len = ballot_text(&r->keys, pseudonym, (uint32_t)revision, picks, n, false, text);
    ballot_commitment(&r->keys, pseudonym, (uint32_t)revision, text, len, row->commitment);
    ballot_picks_hash(picks, n, false, row->picks_hash);
    row->receipt = receipt_bits(row->commitment);
    secret_random(row->form_key, sizeof row->form_key);
}

/* --- writing ------------------------------------------------------------------------------ */
DB_STATEMENT(demo_revisions,
             "insert into wardmote.revision (round_id, voter_id, revision, channel, withdrawn,"
             " cast_at, written_at, numbers, weights, form_key, picks_hash, commitment, receipt)"
             " select $1, u.voter, u.revision, u.channel, false, u.cast_at, u.cast_at,"
             " u.numbers::smallint[], u.weights::smallint[], u.form_key, u.picks_hash,"
             " u.commitment, u.receipt"
             " from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
             " u(voter, revision, channel, cast_at, numbers, weights, form_key, picks_hash,"
             " commitment, receipt)");
DB_STATEMENT(demo_standing,
             "insert into wardmote.ballot (round_id, voter_id, current_revision, current_cast_at,"
             " last_revision)"
             " select distinct on (x.voter_id) x.round_id, x.voter_id, x.revision, x.cast_at,"
             " max(x.revision) over (partition by x.voter_id)"
             " from wardmote.revision x where x.round_id = $1"
             " order by x.voter_id, x.cast_at desc, x.revision desc");

#define PUT_ALL(p, rows, n, type, put)                                                             \
    do {                                                                                           \
        db_array_begin((p), (type));                                                               \
        for (int i = 0; i < (n); i++) {                                                            \
            const struct revision_row *row = &(rows)[i];                                           \
            put;                                                                                   \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

static enum db_outcome write_rows(struct db *db, int32_t round, const struct revision_row *rows,
                                  int n)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    PUT_ALL(&p, rows, n, DB_INT8, db_item_int8(&p, row->voter));
    PUT_ALL(&p, rows, n, DB_INT4, db_item_int4(&p, row->revision));
    PUT_ALL(&p, rows, n, DB_INT2, db_item_int2(&p, row->channel));
    PUT_ALL(&p, rows, n, DB_TIME, db_item_time(&p, row->cast_at));
    PUT_ALL(&p, rows, n, DB_TEXT, db_item_text(&p, row->numbers));
    PUT_ALL(&p, rows, n, DB_TEXT, db_item_text(&p, row->weights));
    PUT_ALL(&p, rows, n, DB_BYTEA, db_item_bytes(&p, row->form_key, sizeof row->form_key));
    PUT_ALL(&p, rows, n, DB_BYTEA, db_item_bytes(&p, row->picks_hash, sizeof row->picks_hash));
    PUT_ALL(&p, rows, n, DB_BYTEA, db_item_bytes(&p, row->commitment, sizeof row->commitment));
    PUT_ALL(&p, rows, n, DB_INT8, db_item_int8(&p, row->receipt));
    enum db_outcome outcome = db_run(db, &demo_revisions, &p, NULL);
    db_params_clear(&p);
    db_put_int4(&p, round);
    if (outcome == DB_OK)
        outcome = db_run(db, &demo_standing, &p, NULL);
    db_params_free(&p);
    return outcome;
}

static enum db_outcome fill(struct demo_world *w, const struct demo_round *r)
{
    struct db_params p = db_params_new();
    struct db_rows *voters = NULL;
    int n = 0;
    db_put_int4(&p, r->keys.round);
    db_put_int8(&p, r->closed ? VOTERS_CLOSED : VOTERS_OPEN + demo_roll(w, VOTERS_OPEN));
    enum db_outcome outcome = db_run(w->db, &demo_voters, &p, &voters);
    int count = outcome == DB_OK ? db_count(voters) : 0;
    struct revision_row *rows = wm_alloc(sizeof *rows * (size_t)(2 * count + 1));
    for (int i = 0; i < count; i++) {
        int64_t voter = db_int8(voters, i, 0);
        const uint8_t *uuid = db_bytes(voters, i, 1, NULL);
        make_row(w, r, voter, uuid, 1, &rows[n++]);
        if (demo_roll(w, 100) < CHANGED_OF_100)
            make_row(w, r, voter, uuid, 2, &rows[n++]);
    }
    if (n > 0)
        outcome = write_rows(w->db, r->keys.round, rows, n);
    free(rows);
    db_rows_free(voters);
    db_params_free(&p);
    return outcome;
}

enum db_outcome demo_ballots(struct demo_world *w)
{
    struct db_rows *rows = NULL;
    struct demo_round *r = arena_alloc(&w->arena, sizeof *r);
    enum db_outcome outcome = db_run(w->db, &demo_rounds, NULL, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        read_round(rows, i, r);
        outcome = read_choices(w, r);
        if (outcome == DB_OK && r->choices > 0)
            outcome = fill(w, r);
    }
    explicit_bzero(r, sizeof *r);
    db_rows_free(rows);
    return outcome;
}
