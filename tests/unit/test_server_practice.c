/* test_server_practice.c: made-up ballots stay within a round's limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "server/practice_ballot.h"

enum { MANY = 2000, PROPOSALS = 12 };

static struct desk_proposal proposals[PROPOSALS];
static struct desk_pot pots[2];
static struct ballot_pick picks[BALLOT_PICKS_MAX];

/* Numerical Recipes' linear congruential generator: the same ballots each time. */
static uint32_t roll(void *state, uint32_t n)
{
    uint32_t *x = state;
    *x = *x * 1664525u + 1013904223u;
    return (*x >> 8) % n;
}

/* Two pots of £1,000 and £500; proposals of £100 to £600, every other of the second pot; one is a
 * draft. */
static struct desk_round round_of(const char *kind)
{
    pots[0] = (struct desk_pot){.ordinal = 1, .name = "One", .amount = 100000};
    pots[1] = (struct desk_pot){.ordinal = 2, .name = "Two", .amount = 50000};
    for (int i = 0; i < PROPOSALS; i++)
        proposals[i] = (struct desk_proposal){.number = 1000 + i * 7,
                                              .pot = 1 + i % 2,
                                              .cost = 10000 + (i % 6) * 10000,
                                              .published = i != 3};
    return (struct desk_round){.kind = kind,
                               .max_picks = 5,
                               .terms = {.min_picks = 1, .points_sum = 10, .points_max = 4},
                               .pot = pots,
                               .pots = 2,
                               .proposal = proposals,
                               .proposals = PROPOSALS};
}

static int64_t spent(const struct desk_round *round, uint16_t n, int32_t pot, int *count)
{
    int64_t sum = 0;
    *count = 0;
    for (uint16_t i = 0; i < n; i++) {
        const struct desk_proposal *p = &proposals[(picks[i].number - 1000) / 7];
        assert_int_equal(p->number, picks[i].number);
        assert_true(p->published);
        assert_true(i == 0 || picks[i].number > picks[i - 1].number);
        sum += p->pot == pot ? p->cost : 0;
        *count += p->pot == pot;
    }
    assert_true(n <= round->max_picks);
    return sum;
}

static void choices_have_their_number(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("approval");
    uint32_t state = 1;
    int with[6] = {0}, count;
    round.terms.min_picks = 2;
    for (int i = 0; i < MANY; i++) {
        uint16_t n = practice_ballot(&round, roll, &state, picks);
        assert_in_range(n, 2, 5);
        with[n]++;
        spent(&round, n, 1, &count);
    }
    assert_true(with[2] > 0 && with[3] > 0 && with[4] > 0 && with[5] > 0);
}

static void a_knapsack_fits_its_pots(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("knapsack");
    uint32_t state = 2;
    int count;
    round.max_picks = 60;
    for (int i = 0; i < MANY; i++) {
        uint16_t n = practice_ballot(&round, roll, &state, picks);
        assert_true(n > 0);
        assert_true(spent(&round, n, 1, &count) <= 100000);
        assert_true(spent(&round, n, 2, &count) <= 50000);
    }
}

static void a_pot_has_limits_of_its_own(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("approval");
    uint32_t state = 3;
    int count;
    pots[1].min_picks = 2;
    pots[1].max_picks = 2;
    for (int i = 0; i < MANY; i++) {
        uint16_t n = practice_ballot(&round, roll, &state, picks);
        spent(&round, n, 2, &count);
        assert_int_equal(count, 2);
    }
}

static void points_are_not_more_than_there_are(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("points");
    uint32_t state = 4;
    round.max_picks = 60;
    for (int i = 0; i < MANY; i++) {
        uint16_t n = practice_ballot(&round, roll, &state, picks);
        int sum = 0;
        for (uint16_t k = 0; k < n; k++) {
            assert_in_range(picks[k].weight, 1, 4);
            sum += picks[k].weight;
        }
        assert_in_range(sum, 1, 10);
    }
}

static void ranks_leave_no_gap(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("ranking");
    uint32_t state = 5;
    for (int i = 0; i < MANY; i++) {
        uint16_t n = practice_ballot(&round, roll, &state, picks);
        bool taken[6] = {false};
        assert_in_range(n, 1, 5);
        for (uint16_t k = 0; k < n; k++) {
            assert_in_range(picks[k].weight, 1, n);
            assert_false(taken[picks[k].weight]);
            taken[picks[k].weight] = true;
        }
    }
}

static void a_question_gets_both_answers(void **unused)
{
    (void)unused;
    struct desk_round round = round_of("yes_no");
    uint32_t state = 6;
    int yes = 0;
    round.pots = 0;
    round.proposals = 1;
    proposals[0].pot = 0;
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(practice_ballot(&round, roll, &state, picks), 1);
        yes += picks[0].weight;
    }
    assert_in_range(yes, MANY / 2, MANY * 3 / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_have_their_number),
        cmocka_unit_test(a_knapsack_fits_its_pots),
        cmocka_unit_test(a_pot_has_limits_of_its_own),
        cmocka_unit_test(points_are_not_more_than_there_are),
        cmocka_unit_test(ranks_leave_no_gap),
        cmocka_unit_test(a_question_gets_both_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
