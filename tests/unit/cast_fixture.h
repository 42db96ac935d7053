/* cast_fixture.h: what test_cast.c and test_cast_batch.c share: connections, wards, voters, rounds
 * and ballots to cast. For those two files only; each runs in a process of its own. */
#ifndef WM_CAST_FIXTURE_H
#define WM_CAST_FIXTURE_H

#include "common/cast.h"
#include "common/secret.h"

#define MINUTE INT64_C(60000000)

static const char *conninfo;
static struct db *admin; /* the superuser */
static struct db *web;   /* as the daemon connects */
static struct caster *caster;
static int32_t ward, other_ward, voters_register;
static int64_t now_us; /* the database's clock, once, at the start */

DB_STATEMENT(the_time, "select clock_timestamp()");
DB_STATEMENT(new_area,
             "insert into wardmote.neighbourhood (slug, name, kind, parent_id)"
             " values ('a' || replace(gen_random_uuid()::text, '-', ''), 'Area', $1, $2::integer)"
             " returning id");
DB_STATEMENT(new_register,
             "insert into wardmote.register (name) values (gen_random_uuid()::text) returning id");
DB_STATEMENT(new_voter, "insert into wardmote.voter (register_id, neighbourhood_id)"
                        " values ($1, $2) returning id");
DB_STATEMENT(new_round,
             "insert into wardmote.round (slug, neighbourhood_id, title, kind, opens_at, closes_at,"
             " min_picks, max_picks, rule)"
             " values ('r' || replace(gen_random_uuid()::text, '-', ''), $1, 'Round', $2, $3, $4,"
             " $5, $6, case when $2 = 'yes_no' then 'yes-no' else 'greedy' end) returning id");
DB_STATEMENT(new_pot, "insert into wardmote.pot (round_id, ordinal, name, amount)"
                      " values ($1, $2, 'Pot', $3) returning id");
DB_STATEMENT(new_proposal,
             "insert into wardmote.proposal (round_id, number, short_name, title, pot_id, cost,"
             " state) values ($1, $2, 'Short', 'Title', $3::integer, $4::bigint, $5)");
DB_STATEMENT(schedule_round,
             "update wardmote.round set state = 'scheduled', scheduled_at = clock_timestamp(),"
             " rules_text = 'rules', rules_sha256 = sha256('rules'), k_pseudonym = $2,"
             " k_nonce = $3, seed = '\\x00' where id = $1");
DB_STATEMENT(move_round, "update wardmote.round set state = $2 where id = $1");
DB_STATEMENT(raise_generation,
             "update wardmote.voter set generation = generation + 1 where id = $1");
DB_STATEMENT(lock_voter, "select 1 from wardmote.voter where id = $1 for no key update");
DB_STATEMENT(new_text,
             "insert into wardmote.inbox (provider, endpoint, message_id, received_at, sent_at,"
             " sender_key, sender_sealed, near_key)"
             " values ('test', '1', gen_random_uuid()::text, $1, $2, sha256('a'), '\\x00',"
             " sha256('b')) returning id");
DB_STATEMENT(revisions_of, "select count(*), coalesce(max(revision), 0) from wardmote.revision"
                           " where round_id = $1 and voter_id = $2");
DB_STATEMENT(standing, "select current_revision, current_cast_at, last_revision"
                       " from wardmote.ballot where round_id = $1 and voter_id = $2");
DB_STATEMENT(stored, "select numbers::text || ' ' || weights::text || ' ' || withdrawn, picks_hash,"
                     " commitment, receipt, channel from wardmote.revision"
                     " where round_id = $1 and voter_id = $2 and revision = $3");

static inline int64_t id_of(struct db *db, const struct db_statement *statement,
                            struct db_params *p)
{
    struct db_rows *rows = NULL;
    assert_int_equal(db_run(db, statement, p, &rows), DB_OK);
    int64_t id = db_count(rows) > 0 ? db_int8(rows, 0, 0) : 0;
    db_rows_free(rows);
    db_params_free(p);
    return id;
}

static inline void run(const struct db_statement *statement, struct db_params *p)
{
    assert_int_equal(db_run(admin, statement, p, NULL), DB_OK);
    db_params_free(p);
}

static inline int32_t make_area(const char *kind, int32_t parent)
{
    struct db_params p = db_params_new();
    db_put_text(&p, kind);
    if (parent != 0)
        db_put_int4(&p, parent);
    else
        db_put_null(&p);
    return (int32_t)id_of(admin, &new_area, &p);
}

static inline int64_t make_voter(int32_t area)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, voters_register);
    db_put_int4(&p, area);
    return id_of(admin, &new_voter, &p);
}

static inline void add_proposal(int32_t round, int16_t number, int64_t pot, int64_t cost,
                                const char *state)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int2(&p, number);
    if (pot != 0) {
        db_put_int4(&p, (int32_t)pot);
        db_put_int8(&p, cost);
    } else {
        db_put_null(&p);
        db_put_null(&p);
    }
    db_put_text(&p, state);
    run(&new_proposal, &p);
}

static const uint8_t plain_pseudonym_key[32] = {1, 2, 3};
static const uint8_t plain_nonce_key[32] = {4, 5, 6};

static inline void schedule(int32_t round)
{
    uint8_t sealed[32 + SECRET_SEAL_EXTRA];
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    secret_seal("round.k_pseudonym", plain_pseudonym_key, 32, sealed);
    db_put_bytes(&p, sealed, sizeof(sealed));
    secret_seal("round.k_nonce", plain_nonce_key, 32, sealed);
    db_put_bytes(&p, sealed, sizeof(sealed));
    run(&schedule_round, &p);
}

struct round_shape {
    const char *kind;      /* NULL: knapsack */
    int64_t opens, closes; /* relative to the start of the test; both 0: an hour either side */
    int32_t min, max;      /* max 0: 1 to 4 */
    int32_t area;          /* 0: the ward */
    bool draft;
};

/* Proposals of every round: 11, 12, 13 and 14 (withdrawn), in a knapsack for 400, 500, 600 and 1
 * of a pot of 1,000, and 21 of another pot of 100 for 100, 22 for 1. */
static inline int32_t make_round(struct round_shape shape)
{
    const char *kind = shape.kind != NULL ? shape.kind : "knapsack";
    bool default_times = shape.opens == 0 && shape.closes == 0;
    struct db_params p = db_params_new();
    db_put_int4(&p, shape.area != 0 ? shape.area : ward);
    db_put_text(&p, kind);
    db_put_time(&p, now_us + (default_times ? -60 * MINUTE : shape.opens));
    db_put_time(&p, now_us + (default_times ? 60 * MINUTE : shape.closes));
    db_put_int4(&p, shape.max != 0 ? shape.min : 1);
    db_put_int4(&p, shape.max != 0 ? shape.max : 4);
    int32_t round = (int32_t)id_of(admin, &new_round, &p);
    int64_t pots[2] = {0, 0};
    static const int64_t amounts[2] = {1000, 100};
    for (int16_t i = 0; strcmp(kind, "yes_no") != 0 && i < 2; i++) {
        p = db_params_new();
        db_put_int4(&p, round);
        db_put_int4(&p, i + 1);
        db_put_int8(&p, amounts[i]);
        pots[i] = id_of(admin, &new_pot, &p);
    }
    add_proposal(round, 11, pots[0], 400, "published");
    add_proposal(round, 12, pots[0], 500, "published");
    add_proposal(round, 13, pots[0], 600, "published");
    add_proposal(round, 14, pots[0], 1, "withdrawn");
    add_proposal(round, 15, pots[0], 1, "draft");
    add_proposal(round, 21, pots[1], 100, "published");
    add_proposal(round, 22, pots[1], 1, "published");
    if (!shape.draft)
        schedule(round);
    return round;
}

static inline struct cast_item ballot_of(int64_t voter, int32_t round, size_t n,
                                         const uint16_t *numbers)
{
    struct cast_item item = {.submission = 1,
                             .voter = voter,
                             .round = round,
                             .generation = 1,
                             .channel = CAST_WEB,
                             .n_picks = (uint16_t)n,
                             .outcome = CAST_UNKNOWN};
    for (size_t i = 0; i < n; i++)
        item.picks[i] = (struct ballot_pick){.number = numbers[i], .weight = 1};
    secret_random(item.form_key, sizeof(item.form_key));
    return item;
}

#define BALLOT(voter, round, ...)                                                                  \
    ballot_of(voter, round, sizeof((uint16_t[]){__VA_ARGS__}) / sizeof(uint16_t),                  \
              (uint16_t[]){__VA_ARGS__})

static inline struct cast_item withdrawal_of(int64_t voter, int32_t round)
{
    struct cast_item item = ballot_of(voter, round, 0, NULL);
    item.withdrawn = true;
    return item;
}

static inline enum cast_outcome cast_one(struct cast_item *item)
{
    cast_batch(caster, item, 1, false);
    return item->outcome;
}

static inline int64_t count_revisions(int32_t round, int64_t voter)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int8(&p, voter);
    return id_of(admin, &revisions_of, &p);
}

struct standing {
    int32_t current, last;
    int64_t cast_at;
};

static inline struct standing ballot_that_stands(int32_t round, int64_t voter)
{
    struct standing s = {0};
    struct db_rows *rows = NULL;
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int8(&p, voter);
    assert_int_equal(db_run(admin, &standing, &p, &rows), DB_OK);
    if (db_count(rows) == 1) {
        s.current = db_int4(rows, 0, 0);
        s.cast_at = db_time(rows, 0, 1);
        s.last = db_int4(rows, 0, 2);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return s;
}

static inline int set_up(void **state)
{
    (void)state;
    struct db_rows *rows = NULL;
    assert_true(secret_start("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    admin = db_new(conninfo, NULL, "test admin");
    web = db_new(conninfo, "wardmote_web", "test web");
    caster = caster_new(web);
    assert_int_equal(db_run(admin, &the_time, NULL, &rows), DB_OK);
    now_us = db_time(rows, 0, 0);
    db_rows_free(rows);
    voters_register = (int32_t)id_of(admin, &new_register, &(struct db_params){0});
    ward = make_area("ward", 0);
    other_ward = make_area("ward", 0);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    caster_free(caster);
    db_free(web);
    db_free(admin);
    return 0;
}

#endif
