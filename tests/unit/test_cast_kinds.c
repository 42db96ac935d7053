/* test_cast_kinds.c: points, rankings, blank ballots, limits of a pot, registers, declarations,
 * paper and assisted ballots: what each is told, against a real database.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/cast_fixture.h"

DB_STATEMENT(become, "update wardmote.round set kind = $2, points_sum = $3::smallint,"
                     " points_max = $4::smallint, blank_allowed = $5 where id = $1");
DB_STATEMENT(limit_pot, "update wardmote.pot set min_picks = $3, max_picks = $4"
                        " where round_id = $1 and ordinal = $2");
DB_STATEMENT(asks, "update wardmote.round set minimum_age = $2::smallint, residence = $3,"
                   " eligibility = $4 where id = $1");
DB_STATEMENT(declare, "insert into wardmote.declaration (round_id, voter_id, old_enough, residence,"
                      " channel) values ($1, $2, $3, $4, 1)"
                      " on conflict (round_id, voter_id)"
                      " do update set old_enough = $3, residence = $4");
DB_STATEMENT(register_of, "insert into wardmote.register (name, kind)"
                          " values (gen_random_uuid()::text, $1) returning id");
DB_STATEMENT(retire, "update wardmote.register set retired_at = now() where id = $1");
DB_STATEMENT(new_clerk, "insert into wardmote.officer (email, name, password_hash, totp_sealed)"
                        " values (gen_random_uuid()::text, 'Clerk', '', '\\x00') returning id");
DB_STATEMENT(new_batch, "insert into wardmote.paper_batch (round_id, collected_at, place, ballots,"
                        " opened_by) values ($1, $2, 'Library', 10, $3) returning id");
DB_STATEMENT(reconcile, "update wardmote.paper_batch set reconciled_at = now(), reconciled_by = $2"
                        " where id = $1");
DB_STATEMENT(whence, "select concat_ws(' ', channel, clerk_id = $4, batch_id = $5)"
                     " from wardmote.revision"
                     " where round_id = $1 and voter_id = $2 and revision = $3");

struct kind {
    const char *word;
    int32_t sum, max; /* of points; 0: null */
    bool blank;
    int32_t min_picks, max_picks; /* 0: 1 to 4 */
};

static int32_t round_of(struct kind k)
{
    int32_t round = make_round((struct round_shape){
        .kind = "approval", .min = k.min_picks, .max = k.max_picks, .draft = true});
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_text(&p, k.word);
    if (k.sum != 0) {
        db_put_int2(&p, (int16_t)k.sum);
        db_put_int2(&p, (int16_t)k.max);
    } else {
        db_put_null(&p);
        db_put_null(&p);
    }
    db_put_bool(&p, k.blank);
    run(&become, &p);
    return round;
}

/* Casts picks and weights of a new voter, and compares what comes back. */
static void expect(int32_t round, size_t n, const struct ballot_pick *picks,
                   enum cast_outcome outcome, int64_t detail, int64_t limit)
{
    struct cast_item item = ballot_of(make_voter(ward), round, 0, NULL);
    if (n > 0)
        memcpy(item.picks, picks, n * sizeof(*picks));
    item.n_picks = (uint16_t)n;
    assert_int_equal(cast_one(&item), outcome);
    if (cast_accepted(outcome))
        return;
    assert_int_equal(item.detail, detail);
    assert_int_equal(item.limit, limit);
    assert_int_equal(count_revisions(round, item.voter), 0);
}
#define PICKS(...)                                                                                 \
    sizeof((struct ballot_pick[]){__VA_ARGS__}) / sizeof(struct ballot_pick),                      \
        (struct ballot_pick[])                                                                     \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static void points_have_a_sum_and_a_most(void **state)
{
    (void)state;
    int32_t round = round_of((struct kind){.word = "points", .sum = 10, .max = 6});
    schedule(round);
    expect(round, PICKS({11, 6}, {12, 4}), CAST_RECORDED, 0, 0);
    expect(round, PICKS({11, 1}), CAST_RECORDED, 0, 0);
    expect(round, PICKS({11, 6}, {12, 5}), CAST_OVER_POINTS, 11, 10);
    expect(round, PICKS({11, 7}), CAST_OVER_POINT_MAX, 11, 6);
    expect(round, PICKS({11, 1}, {12, 0}), CAST_BAD_WEIGHT, 12, 0);
    expect(round, PICKS({11, 1}, {12, 40000}), CAST_BAD_WEIGHT, 12, 0);
    expect(round, PICKS({11, 1}, {99, 1}), CAST_UNKNOWN_PROPOSAL, 99, 0);
    expect(round, 0, NULL, CAST_EMPTY, 0, 0);
}

static void ranks_have_no_gap_and_no_double(void **state)
{
    (void)state;
    int32_t round = round_of((struct kind){.word = "ranking"});
    schedule(round);
    expect(round, PICKS({11, 2}, {12, 1}, {21, 3}), CAST_RECORDED, 0, 0);
    expect(round, PICKS({22, 1}), CAST_RECORDED, 0, 0);
    expect(round, PICKS({11, 2}, {12, 2}, {13, 1}), CAST_BAD_RANKS, 12, 0);
    expect(round, PICKS({11, 1}, {12, 3}), CAST_BAD_RANKS, 12, 0);
    expect(round, PICKS({11, 0}, {12, 1}), CAST_BAD_RANKS, 11, 0);
    expect(round, PICKS({11, 61}, {12, 1}), CAST_BAD_RANKS, 11, 0);
    expect(round, PICKS({11, 1}, {12, 2}, {13, 3}, {21, 4}, {22, 5}), CAST_TOO_MANY, 5, 4);
}

/* A batch in which every weight is one is judged by a shorter way; the rules are the same. */
static void weights_of_one_are_points_and_ranks_too(void **state)
{
    (void)state;
    int32_t points = round_of((struct kind){.word = "points", .sum = 2, .max = 2});
    int32_t ranks = round_of((struct kind){.word = "ranking"});
    int32_t question = make_round((struct round_shape){.kind = "yes_no"});
    schedule(points);
    schedule(ranks);
    expect(points, PICKS({11, 1}, {12, 1}), CAST_RECORDED, 0, 0);
    expect(points, PICKS({11, 1}, {12, 1}, {13, 1}), CAST_OVER_POINTS, 3, 2);
    expect(ranks, PICKS({11, 1}), CAST_RECORDED, 0, 0);
    expect(ranks, PICKS({11, 1}, {12, 1}), CAST_BAD_RANKS, 12, 0);
    expect(question, PICKS({11, 1}), CAST_RECORDED, 0, 0);
}

/* Side by side, and with the same numbers in each: a ballot is judged by its own round alone. */
static void rounds_of_many_kinds_share_a_batch(void **state)
{
    (void)state;
    int32_t points = round_of((struct kind){.word = "points", .sum = 5, .max = 4});
    int32_t ranks = round_of((struct kind){.word = "ranking"});
    int32_t approval = make_round((struct round_shape){.kind = "approval"});
    schedule(points);
    schedule(ranks);
    struct cast_item items[] = {
        BALLOT(make_voter(ward), approval, 11, 12), BALLOT(make_voter(ward), points, 11, 12),
        BALLOT(make_voter(ward), ranks, 11, 12),    BALLOT(make_voter(ward), points, 11, 12),
        BALLOT(make_voter(ward), ranks, 11, 12),    BALLOT(make_voter(ward), approval, 11, 12),
    };
    enum { N = sizeof(items) / sizeof(*items) };
    for (uint32_t i = 0; i < N; i++)
        items[i].submission = i;
    items[1].picks[1].weight = 4; /* 1 and 4 are 5 points */
    items[2].picks[1].weight = 2; /* first and second */
    items[3].picks[1].weight = 5;
    items[5].picks[1].weight = 2;
    cast_batch(caster, items, N, false);
    static const enum cast_outcome outcomes[N] = {CAST_RECORDED,  CAST_RECORDED,
                                                  CAST_RECORDED,  CAST_OVER_POINT_MAX,
                                                  CAST_BAD_RANKS, CAST_BAD_WEIGHT};
    for (int i = 0; i < N; i++)
        assert_int_equal(items[i].outcome, outcomes[i]);
    assert_int_equal(items[3].detail, 12);
    assert_int_equal(items[4].detail, 12);
    assert_int_equal(items[5].detail, 12);
}

static void blank_ballots_stand_where_the_round_takes_them(void **state)
{
    (void)state;
    static const struct kind kinds[] = {
        {.word = "approval", .blank = true, .min_picks = 2, .max_picks = 3},
        {.word = "points", .sum = 5, .max = 5, .blank = true},
        {.word = "ranking", .blank = true},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        int32_t round = round_of(kinds[i]);
        schedule(round);
        expect(round, 0, NULL, CAST_RECORDED, 0, 0);
    }
}

static void a_pot_has_limits_of_its_own(void **state)
{
    (void)state;
    int32_t round = round_of((struct kind){.word = "approval"});
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int4(&p, 1);
    db_put_int2(&p, 1);
    db_put_int2(&p, 2);
    run(&limit_pot, &p);
    schedule(round);
    expect(round, PICKS({11, 1}, {12, 1}, {21, 1}), CAST_RECORDED, 0, 0);
    expect(round, PICKS({11, 1}, {12, 1}, {13, 1}), CAST_POT_TOO_MANY, 1003, 2);
    expect(round, PICKS({21, 1}, {22, 1}), CAST_POT_TOO_FEW, 1000, 1);
}

static void voters_come_from_the_kind_of_register_that_the_round_names(void **state)
{
    (void)state;
    static const char *const kinds[][2] = {
        {"code", "codes"}, {"phone", "phones"}, {"register", "imported"}};
    int32_t codes = voters_register;
    for (size_t i = 0; i < 3; i++) {
        int32_t round = round_of((struct kind){.word = "approval"});
        struct db_params p = db_params_new();
        db_put_int4(&p, round);
        db_put_null(&p);
        db_put_text(&p, "none");
        db_put_text(&p, kinds[i][0]);
        run(&asks, &p);
        schedule(round);
        for (size_t k = 0; k < 3; k++) {
            p = db_params_new();
            db_put_text(&p, kinds[k][1]);
            voters_register = (int32_t)id_of(admin, &register_of, &p);
            expect(round, PICKS({11, 1}), i == k ? CAST_RECORDED : CAST_OUT_OF_REACH, 0, 0);
            p = db_params_new();
            db_put_int4(&p, voters_register);
            run(&retire, &p);
            expect(round, PICKS({11, 1}), CAST_OUT_OF_REACH, 0, 0);
        }
    }
    voters_register = codes;
}

static void say(int32_t round, int64_t voter, bool old_enough, const char *residence)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int8(&p, voter);
    db_put_bool(&p, old_enough);
    db_put_text(&p, residence);
    run(&declare, &p);
}

static void what_a_round_asks_is_declared_first(void **state)
{
    (void)state;
    int32_t round = round_of((struct kind){.word = "approval"});
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int2(&p, 11);
    db_put_text(&p, "postcode");
    db_put_text(&p, "code");
    run(&asks, &p);
    schedule(round);
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    assert_int_equal(cast_one(&item), CAST_NOT_DECLARED);
    say(round, item.voter, true, "");
    assert_int_equal(cast_one(&item), CAST_NOT_DECLARED);
    say(round, item.voter, false, "YO24 3BZ");
    assert_int_equal(cast_one(&item), CAST_NOT_DECLARED);
    say(round, item.voter, true, "YO24 3BZ");
    assert_int_equal(cast_one(&item), CAST_RECORDED);
}

struct desk {
    int32_t clerk, batch;
};

static struct desk batch_of(int32_t round, int64_t collected_at)
{
    struct db_params p = db_params_new();
    struct desk d = {.clerk = (int32_t)id_of(admin, &new_clerk, &p)};
    p = db_params_new();
    db_put_int4(&p, round);
    db_put_time(&p, collected_at);
    db_put_int4(&p, d.clerk);
    d.batch = (int32_t)id_of(admin, &new_batch, &p);
    return d;
}

static void assert_whence(const struct cast_item *item, struct desk d, const char *words)
{
    struct db_rows *rows = NULL;
    struct db_params p = db_params_new();
    db_put_int4(&p, item->round);
    db_put_int8(&p, item->voter);
    db_put_int4(&p, item->revision);
    db_put_int4(&p, d.clerk);
    db_put_int4(&p, d.batch);
    assert_int_equal(db_run(admin, &whence, &p, &rows), DB_OK);
    assert_string_equal(db_text(rows, 0, 0), words);
    db_rows_free(rows);
    db_params_free(&p);
}

static void paper_counts_from_when_it_was_collected(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){.opens = -60 * MINUTE, .closes = -1});
    struct desk d = batch_of(round, now_us - 2), late = batch_of(round, now_us - 1);
    struct desk early = batch_of(round, now_us - 60 * MINUTE - 1);
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    item.channel = CAST_PAPER;
    item.clerk = d.clerk;
    assert_int_equal(cast_one(&item), CAST_NO_BATCH);
    item.batch = batch_of(make_round((struct round_shape){0}), now_us).batch;
    assert_int_equal(cast_one(&item), CAST_NO_BATCH);
    item.batch = late.batch;
    assert_int_equal(cast_one(&item), CAST_CLOSED);
    item.batch = early.batch;
    assert_int_equal(cast_one(&item), CAST_NOT_OPEN);
    item.batch = d.batch;
    assert_int_equal(cast_one(&item), CAST_RECORDED);
    assert_true(item.cast_at == now_us - 2);
    assert_whence(&item, d, "3 t t");

    struct db_params p = db_params_new();
    db_put_int4(&p, d.batch);
    db_put_int4(&p, d.clerk);
    run(&reconcile, &p);
    struct cast_item after = BALLOT(make_voter(ward), round, 11);
    after.channel = CAST_PAPER;
    after.clerk = d.clerk;
    after.batch = d.batch;
    assert_int_equal(cast_one(&after), CAST_NO_BATCH);
}

static void older_paper_does_not_replace_a_newer_vote(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct desk d = batch_of(round, now_us - MINUTE);
    struct cast_item web_vote = BALLOT(make_voter(ward), round, 11);
    struct cast_item paper = BALLOT(web_vote.voter, round, 12);
    assert_int_equal(cast_one(&web_vote), CAST_RECORDED);
    paper.channel = CAST_PAPER;
    paper.clerk = d.clerk;
    paper.batch = d.batch;
    assert_int_equal(cast_one(&paper), CAST_SUPERSEDED);
    assert_int_equal(ballot_that_stands(round, web_vote.voter).current, 1);
}

static void an_assisted_ballot_names_its_clerk(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct desk d = batch_of(round, now_us);
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    item.channel = CAST_ASSISTED;
    item.clerk = d.clerk;
    assert_int_equal(cast_one(&item), CAST_RECORDED);
    assert_whence(&item, d, "4 t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_have_a_sum_and_a_most),
        cmocka_unit_test(ranks_have_no_gap_and_no_double),
        cmocka_unit_test(weights_of_one_are_points_and_ranks_too),
        cmocka_unit_test(rounds_of_many_kinds_share_a_batch),
        cmocka_unit_test(blank_ballots_stand_where_the_round_takes_them),
        cmocka_unit_test(a_pot_has_limits_of_its_own),
        cmocka_unit_test(voters_come_from_the_kind_of_register_that_the_round_names),
        cmocka_unit_test(what_a_round_asks_is_declared_first),
        cmocka_unit_test(paper_counts_from_when_it_was_collected),
        cmocka_unit_test(older_paper_does_not_replace_a_newer_vote),
        cmocka_unit_test(an_assisted_ballot_names_its_clerk),
    };
    conninfo = getenv("WM_TEST_DB");
    if (conninfo == NULL)
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
