/* test_cast.c: every outcome that casting a ballot can have, each against a real database.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/cast_fixture.h"

DB_STATEMENT(uuids, "select r.uuid, v.uuid from wardmote.round r, wardmote.voter v"
                    " where r.id = $1 and v.id = $2");

/* A recorded ballot's commitment, made again from the round's plain keys and both uuids. */
static void commit_again(const struct cast_item *item, uint8_t out[COMMITMENT_LEN])
{
    struct db_rows *rows = NULL;
    struct db_params p = db_params_new();
    struct round_keys keys = {.round = item->round};
    uint8_t pseudonym[PSEUDONYM_LEN];
    char text[BALLOT_TEXT_MAX];
    uint32_t revision = (uint32_t)item->revision;
    db_put_int4(&p, item->round);
    db_put_int8(&p, item->voter);
    assert_int_equal(db_run(admin, &uuids, &p, &rows), DB_OK);
    memcpy(keys.uuid, db_bytes(rows, 0, 0, NULL), UUID_LEN);
    memcpy(keys.k_pseudonym, plain_pseudonym_key, 32);
    memcpy(keys.k_nonce, plain_nonce_key, 32);
    ballot_pseudonym(&keys, db_bytes(rows, 0, 1, NULL), pseudonym);
    size_t len =
        ballot_text(&keys, pseudonym, revision, item->picks, item->n_picks, item->withdrawn, text);
    ballot_commitment(&keys, pseudonym, revision, text, len, out);
    db_rows_free(rows);
    db_params_free(&p);
}

static void a_ballot_is_recorded(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item item = BALLOT(voter, round, 12, 11);
    const struct ballot_pick picks[2] = {{11, 1}, {12, 1}};
    uint8_t commitment[COMMITMENT_LEN], hash[32];
    assert_int_equal(cast_one(&item), CAST_RECORDED);
    assert_int_equal(item.revision, 1);
    assert_true(item.cast_at >= now_us && item.cast_at < now_us + 60 * MINUTE);
    commit_again(&item, commitment);
    ballot_picks_hash(picks, 2, false, hash);
    assert_true(item.receipt == receipt_bits(commitment));

    struct db_rows *rows = NULL;
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_int8(&p, voter);
    db_put_int4(&p, 1);
    assert_int_equal(db_run(admin, &stored, &p, &rows), DB_OK);
    assert_string_equal(db_text(rows, 0, 0), "{11,12} {1,1} false");
    assert_memory_equal(db_bytes(rows, 0, 1, NULL), hash, 32);
    assert_memory_equal(db_bytes(rows, 0, 2, NULL), commitment, 32);
    assert_true(db_int8(rows, 0, 3) == item.receipt);
    assert_int_equal(db_int4(rows, 0, 4), CAST_WEB);
    db_rows_free(rows);
    db_params_free(&p);
}

static void a_repeated_form_gets_its_receipt_again(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item first = BALLOT(voter, round, 11), later = BALLOT(voter, round, 12);
    struct cast_item again = first;
    assert_int_equal(cast_one(&first), CAST_RECORDED);
    assert_int_equal(cast_one(&later), CAST_RECORDED);
    assert_int_equal(cast_one(&again), CAST_REPEATED);
    assert_int_equal(again.revision, 1);
    assert_true(again.receipt == first.receipt && again.cast_at == first.cast_at);
    assert_int_equal(count_revisions(round, voter), 2);
    assert_int_equal(ballot_that_stands(round, voter).current, 2);
}

/* Even after the close and after signing out: the answer is about what happened then. */
static void a_repeat_is_answered_whatever_came_between(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item first = BALLOT(voter, round, 11);
    struct cast_item again = first;
    assert_int_equal(cast_one(&first), CAST_RECORDED);
    struct db_params p = db_params_new();
    db_put_int8(&p, voter);
    run(&raise_generation, &p);
    assert_int_equal(cast_one(&again), CAST_REPEATED);
    assert_true(again.receipt == first.receipt);
}

static void a_form_key_with_other_picks_is_refused(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item first = BALLOT(voter, round, 11);
    struct cast_item other = first;
    other.picks[0].number = 12;
    assert_int_equal(cast_one(&first), CAST_RECORDED);
    assert_int_equal(cast_one(&other), CAST_KEY_REUSED);
    other.n_picks = 0;
    other.withdrawn = true;
    assert_int_equal(cast_one(&other), CAST_KEY_REUSED);
    assert_int_equal(count_revisions(round, voter), 1);
}

static void another_voter_may_have_the_same_form_key(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item a = BALLOT(make_voter(ward), round, 11);
    struct cast_item b = a;
    b.voter = make_voter(ward);
    assert_int_equal(cast_one(&a), CAST_RECORDED);
    assert_int_equal(cast_one(&b), CAST_RECORDED);
    assert_true(a.receipt != b.receipt);
}

static void a_stale_generation_is_signed_out(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item item = BALLOT(voter, round, 11);
    struct db_params p = db_params_new();
    db_put_int8(&p, voter);
    run(&raise_generation, &p);
    assert_int_equal(cast_one(&item), CAST_SIGNED_OUT);
    assert_int_equal(count_revisions(round, voter), 0);
    item.generation = 2;
    assert_int_equal(cast_one(&item), CAST_RECORDED);
}

static void a_round_opens_and_closes_by_the_clock(void **state)
{
    (void)state;
    int64_t voter = make_voter(ward);
    int32_t future = make_round((struct round_shape){.opens = 30 * MINUTE, .closes = 60 * MINUTE});
    int32_t past = make_round((struct round_shape){.opens = -60 * MINUTE, .closes = -30 * MINUTE});
    struct cast_item early = BALLOT(voter, future, 11), late = BALLOT(voter, past, 11);
    assert_int_equal(cast_one(&early), CAST_NOT_OPEN);
    assert_int_equal(cast_one(&late), CAST_CLOSED);
    assert_int_equal(count_revisions(future, voter) + count_revisions(past, voter), 0);
}

static void a_counted_round_is_closed(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    db_put_text(&p, "counted");
    run(&move_round, &p);
    assert_int_equal(cast_one(&item), CAST_CLOSED);
}

static void only_those_who_live_there_vote(void **state)
{
    (void)state;
    int32_t city = make_area("city", 0), inside = make_area("ward", city);
    int32_t city_round = make_round((struct round_shape){.area = city});
    int32_t ward_round = make_round((struct round_shape){.area = inside});
    struct cast_item insider = BALLOT(make_voter(inside), city_round, 11);
    struct cast_item outsider = BALLOT(make_voter(other_ward), city_round, 11);
    struct cast_item above = BALLOT(make_voter(city), ward_round, 11);
    assert_int_equal(cast_one(&insider), CAST_RECORDED);
    assert_int_equal(cast_one(&outsider), CAST_OUT_OF_REACH);
    assert_int_equal(cast_one(&above), CAST_OUT_OF_REACH);
}

static void an_unknown_proposal_is_named(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item item = BALLOT(make_voter(ward), round, 11, 99);
    assert_int_equal(cast_one(&item), CAST_UNKNOWN_PROPOSAL);
    assert_int_equal(item.detail, 99);
    struct cast_item draft = BALLOT(make_voter(ward), round, 15);
    assert_int_equal(cast_one(&draft), CAST_UNKNOWN_PROPOSAL);
    assert_int_equal(draft.detail, 15);
}

static void a_withdrawn_proposal_is_named(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item item = BALLOT(make_voter(ward), round, 14, 11);
    assert_int_equal(cast_one(&item), CAST_WITHDRAWN_PROPOSAL);
    assert_int_equal(item.detail, 14);
}

/* Exactly the pot is within it; each pot is for itself. */
static void a_knapsack_holds_no_more_than_its_pots(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item full = BALLOT(make_voter(ward), round, 11, 13, 21);
    assert_int_equal(cast_one(&full), CAST_RECORDED);
    struct cast_item over = BALLOT(make_voter(ward), round, 12, 13, 22);
    assert_int_equal(cast_one(&over), CAST_OVER_BUDGET);
    assert_int_equal(over.detail, 100);
    assert_int_equal(over.limit, 1000);
    struct cast_item second_pot = BALLOT(make_voter(ward), round, 11, 21, 22);
    assert_int_equal(cast_one(&second_pot), CAST_OVER_BUDGET);
    assert_int_equal(second_pot.detail, 1);
    assert_int_equal(second_pot.limit, 100);
    int32_t two = make_round((struct round_shape){.min = 2, .max = 2});
    struct cast_item exactly_two = BALLOT(make_voter(ward), two, 12, 13);
    assert_int_equal(cast_one(&exactly_two), CAST_OVER_BUDGET);
    int32_t approval = make_round((struct round_shape){.kind = "approval"});
    struct cast_item dear = BALLOT(make_voter(ward), approval, 11, 12, 13);
    assert_int_equal(cast_one(&dear), CAST_RECORDED);
}

static void picks_have_bounds(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){.kind = "approval", .min = 2, .max = 3});
    struct cast_item many = BALLOT(make_voter(ward), round, 11, 12, 13, 21);
    assert_int_equal(cast_one(&many), CAST_TOO_MANY);
    assert_int_equal(many.detail, 4);
    assert_int_equal(many.limit, 3);
    struct cast_item few = BALLOT(make_voter(ward), round, 11);
    assert_int_equal(cast_one(&few), CAST_TOO_FEW);
    assert_int_equal(few.detail, 1);
    assert_int_equal(few.limit, 2);
    struct cast_item none = ballot_of(make_voter(ward), round, 0, NULL);
    assert_int_equal(cast_one(&none), CAST_EMPTY);
    assert_int_equal(none.detail, 0);
    struct cast_item two = BALLOT(make_voter(ward), round, 11, 12);
    struct cast_item three = BALLOT(make_voter(ward), round, 11, 12, 13);
    assert_int_equal(cast_one(&two), CAST_RECORDED);
    assert_int_equal(cast_one(&three), CAST_RECORDED);
}

static void weights_are_one_and_no_is_zero(void **state)
{
    (void)state;
    int32_t approval = make_round((struct round_shape){.kind = "approval"});
    int32_t question = make_round((struct round_shape){.kind = "yes_no"});
    struct cast_item zero = BALLOT(make_voter(ward), approval, 11, 12);
    zero.picks[1].weight = 0;
    assert_int_equal(cast_one(&zero), CAST_BAD_WEIGHT);
    assert_int_equal(zero.detail, 12);
    struct cast_item no = BALLOT(make_voter(ward), question, 11);
    no.picks[0].weight = 0;
    assert_int_equal(cast_one(&no), CAST_RECORDED);
    struct cast_item maybe = BALLOT(make_voter(ward), question, 11);
    maybe.picks[0].weight = 2;
    assert_int_equal(cast_one(&maybe), CAST_BAD_WEIGHT);
}

static void a_withdrawal_is_a_revision(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item nothing = withdrawal_of(voter, round);
    assert_int_equal(cast_one(&nothing), CAST_NOTHING_TO_WITHDRAW);
    struct cast_item ballot = BALLOT(voter, round, 11), undo = withdrawal_of(voter, round);
    assert_int_equal(cast_one(&ballot), CAST_RECORDED);
    assert_int_equal(cast_one(&undo), CAST_RECORDED);
    assert_int_equal(undo.revision, 2);
    uint8_t commitment[COMMITMENT_LEN];
    commit_again(&undo, commitment);
    assert_true(undo.receipt == receipt_bits(commitment));
    struct standing s = ballot_that_stands(round, voter);
    assert_int_equal(s.current, 2);
    struct cast_item anew = BALLOT(voter, round, 12);
    assert_int_equal(cast_one(&anew), CAST_RECORDED);
    assert_int_equal(ballot_that_stands(round, voter).current, 3);
}

static void drafts_and_strange_rounds_are_no_rounds(void **state)
{
    (void)state;
    int32_t draft = make_round((struct round_shape){.draft = true});
    int64_t voter = make_voter(ward);
    struct cast_item item = BALLOT(voter, draft, 11), nowhere = BALLOT(voter, INT32_MAX, 11);
    struct cast_item undo = withdrawal_of(voter, draft);
    assert_int_equal(cast_one(&item), CAST_NO_ROUND);
    assert_int_equal(cast_one(&nowhere), CAST_NO_ROUND);
    assert_int_equal(cast_one(&undo), CAST_NO_ROUND);
    /* The caster has not remembered that there were no keys: the ballot is under the new ones. */
    uint8_t commitment[COMMITMENT_LEN];
    schedule(draft);
    assert_int_equal(cast_one(&item), CAST_RECORDED);
    commit_again(&item, commitment);
    assert_true(item.receipt == receipt_bits(commitment));
}

static void a_strange_voter_is_signed_out(void **state)
{
    (void)state;
    struct cast_item item = BALLOT(INT64_MAX, make_round((struct round_shape){0}), 11);
    assert_int_equal(cast_one(&item), CAST_SKIPPED);
    cast_batch(caster, &item, 1, true);
    assert_int_equal(item.outcome, CAST_SIGNED_OUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ballot_is_recorded),
        cmocka_unit_test(a_repeated_form_gets_its_receipt_again),
        cmocka_unit_test(a_repeat_is_answered_whatever_came_between),
        cmocka_unit_test(a_form_key_with_other_picks_is_refused),
        cmocka_unit_test(another_voter_may_have_the_same_form_key),
        cmocka_unit_test(a_stale_generation_is_signed_out),
        cmocka_unit_test(a_round_opens_and_closes_by_the_clock),
        cmocka_unit_test(a_counted_round_is_closed),
        cmocka_unit_test(only_those_who_live_there_vote),
        cmocka_unit_test(an_unknown_proposal_is_named),
        cmocka_unit_test(a_withdrawn_proposal_is_named),
        cmocka_unit_test(a_knapsack_holds_no_more_than_its_pots),
        cmocka_unit_test(picks_have_bounds),
        cmocka_unit_test(weights_are_one_and_no_is_zero),
        cmocka_unit_test(a_withdrawal_is_a_revision),
        cmocka_unit_test(drafts_and_strange_rounds_are_no_rounds),
        cmocka_unit_test(a_strange_voter_is_signed_out),
    };
    conninfo = getenv("WM_TEST_DB");
    if (conninfo == NULL) {
        puts("test_cast: skipped: WM_TEST_DB names no database");
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
