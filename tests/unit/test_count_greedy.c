/* test_count_greedy.c: greedy by every score, what cities add to it, and what it promises. */
#include "test_count_random.h"

enum { ELECTIONS = 2000 };

static const struct {
    const struct rule *rule;
    enum vote_type ballots;
} greedy[] = {
    {&rule_greedy, VOTE_APPROVAL},          {&rule_greedy_density, VOTE_APPROVAL},
    {&rule_greedy_points, VOTE_CUMULATIVE}, {&rule_greedy_points_raw, VOTE_CUMULATIVE},
    {&rule_greedy_borda, VOTE_ORDINAL},     {&rule_greedy_borda_raw, VOTE_ORDINAL},
};
enum { RULES = sizeof(greedy) / sizeof(greedy[0]) };

/* Settings as on the command line: "skip no overshoot 80". */
static struct terms terms_of(const struct rule *rule, const char *settings)
{
    struct terms terms = terms_new(rule);
    char *words = wm_strdup(settings);
    char *rest = words;
    for (char *name; (name = strtok_r(rest, " ", &rest)) != NULL;) {
        struct refusal why = {.text = ""};
        if (!terms_set(&terms, name, strtok_r(rest, " ", &rest), &why))
            fail_msg("%s", why.text);
    }
    free(words);
    return terms;
}

static struct tally count_with(const struct election *e, const struct terms *terms)
{
    struct tally t;
    struct refusal why = {.text = ""};
    if (!terms->rule->count(e, terms, &t, &why))
        fail_msg("%s", why.text);
    return t;
}

/* "a won, b not_enough_left": in the order considered. */
static char *outcome(const struct election *e, const struct terms *terms)
{
    struct tally t = count_with(e, terms);
    struct buf text = buf_new(10000);
    for (size_t i = 0; i < t.line_count; i++)
        buf_fmt(&text, "%s%s %s", i > 0 ? ", " : "", e->projects[t.lines[i].project].id,
                reason_word(t.lines[i].reason));
    tally_free(&t);
    return buf_take(&text);
}

static void assert_outcome(const struct election *e, const struct rule *rule, const char *settings,
                           const char *expected)
{
    struct terms terms = terms_of(rule, settings);
    char *text = outcome(e, &terms);
    assert_string_equal(text, expected);
    free(text);
}

#define VOTES "VOTES\nvoter_id;vote\n"

static void per_cost_and_as_it_is(void **state)
{
    (void)state;
    struct election *e =
        read_text(META "PROJECTS\nproject_id;cost\nbig;80\nsmall;30\nfree;0\nno;0\n"
                       "idle;10\n" VOTES "1;big,small\n2;big\n3;big,free\n");
    assert_outcome(e, &rule_greedy, "",
                   "big won, free won, small not_enough_left, no won, idle won");
    assert_outcome(e, &rule_greedy_density, "",
                   "free won, big won, small not_enough_left, no won, idle won");
    assert_outcome(e, &rule_greedy_density, "fund-unsupported no",
                   "free won, big won, small not_enough_left, no no_votes, idle no_votes");
    drop(e);
}

static const char ranked[] = "META\nbudget;100\nvote_type;ordinal\nPROJECTS\nproject_id;cost\n"
                             "a;10\nb;10\nc;20\n" VOTES "1;a,c,b\n2;b\n3;b\n4;b,c\n";

/* From 0: a has 2, b has 1, c 1. From 1: a has 3, b 1 + 1 + 1 + 2, c 2 + 1. */
static void borda_from_nothing_and_from_one(void **state)
{
    (void)state;
    struct election *e = read_text(ranked);
    struct terms from_0 = terms_new(&rule_greedy_borda);
    struct terms from_1 = terms_new(&rule_greedy_borda_raw);
    static const uint64_t expected[2][3] = {{2, 1, 1}, {3, 5, 3}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(rule_score(&from_0, &e->projects[i]), expected[0][i]);
        assert_int_equal(rule_score(&from_1, &e->projects[i]), expected[1][i]);
    }
    assert_outcome(e, &rule_greedy_borda, "", "a won, b won, c won");
    assert_outcome(e, &rule_greedy_borda_raw, "", "b won, a won, c won");
    drop(e);
}

static const char street[] = META "PROJECTS\nproject_id;cost\na;60\nb;50\nc;30\nd;10\n" VOTES
                                  "1;a,b,c,d\n2;a,b,c\n3;a,b\n4;a\n";

static void what_does_not_fit(void **state)
{
    (void)state;
    struct election *e = read_text(street);
    assert_outcome(e, &rule_greedy, "", "a won, b not_enough_left, c won, d won");
    assert_outcome(e, &rule_greedy, "skip no",
                   "a won, b not_enough_left, c count_ended, "
                   "d count_ended");
    assert_outcome(e, &rule_greedy, "overshoot 80", "a won, b won, c count_ended, d count_ended");
    assert_outcome(e, &rule_greedy, "overshoot 80.001", "a won, b not_enough_left, c won, d won");
    assert_outcome(e, &rule_greedy, "overshoot 81 skip no",
                   "a won, b not_enough_left, c count_ended, d count_ended");
    assert_outcome(e, &rule_greedy, "part-fund 80",
                   "a won, b part_funded, c not_enough_left, d not_enough_left");
    assert_outcome(e, &rule_greedy, "part-fund 81", "a won, b not_enough_left, c won, d won");
    struct terms terms = terms_of(&rule_greedy, "overshoot 80");
    struct tally t = count_with(e, &terms);
    assert_int_equal(mpq_cmp_ui(t.spent, 110, 1), 0);
    assert_int_equal(mpq_sgn(t.left), 0);
    tally_free(&t);
    terms = terms_of(&rule_greedy, "part-fund 1");
    t = count_with(e, &terms);
    assert_int_equal(mpq_cmp_ui(t.spent, 100, 1), 0);
    assert_int_equal(t.winner_count, 1);
    tally_free(&t);
    drop(e);
}

static void who_can_be_funded_at_all(void **state)
{
    (void)state;
    struct election *e = read_text(street);
    assert_outcome(e, &rule_greedy, "minimum-votes 2",
                   "a won, b not_enough_left, c won, "
                   "d below_minimum");
    assert_outcome(e, &rule_greedy, "minimum-share 25", "a won, b not_enough_left, c won, d won");
    assert_outcome(e, &rule_greedy, "minimum-share 25.001",
                   "a won, b not_enough_left, c won, d below_minimum");
    assert_outcome(e, &rule_greedy, "threshold 3",
                   "a won, b not_enough_left, c below_threshold, d below_threshold");
    assert_outcome(e, &rule_greedy, "maximum-cost 60", "a won, b not_enough_left, c won, d won");
    assert_outcome(e, &rule_greedy, "maximum-cost 59.999", "a above_cap, b won, c won, d won");
    drop(e);
}

/* A proposal that could never be funded ends nothing. */
static void the_impossible_is_passed_over(void **state)
{
    (void)state;
    struct election *e =
        read_text(META "PROJECTS\nproject_id;cost\na;999999999\nb;101\nc;30\n" VOTES
                       "1;a,b\n2;a,b\n3;a\n4;c\n");
    assert_outcome(e, &rule_greedy, "skip no part-fund 1",
                   "a withdrawn, b costs_more_than_budget, c won");
    drop(e);
}

static const char points[] = "META\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n"
                             "a;60\nb;60\n"
                             "VOTES\nvoter_id;vote;points\n";

/* Equal points and costs: who has more votes goes first. */
static void then_most_votes(void **state)
{
    (void)state;
    struct buf text = buf_new(1000);
    buf_fmt(&text, "%s1;a,b;4,2\n2;b;2\n", points);
    struct election *e = read_text(buf_str(&text));
    assert_outcome(e, &rule_greedy_points_raw, "", "b won, a not_enough_left");
    struct terms terms = terms_new(&rule_greedy_points);
    struct tally t = count_with(e, &terms);
    assert_int_equal(t.tie_count, 1);
    assert_int_equal(t.ties[0].broken_by, TIE_VOTES);
    assert_true(t.ties[0].decisive);
    tally_free(&t);
    drop(e);
    buf_free(&text);
}

static void assert_points(const char *votes, uint64_t a, uint64_t b, bool whole)
{
    struct buf text = buf_new(1000);
    buf_fmt(&text, "%s%s", points, votes);
    struct election *e = read_text(buf_str(&text));
    assert_int_equal(e->points_known, whole);
    if (whole) {
        assert_int_equal(e->projects[0].points, a);
        assert_int_equal(e->projects[1].points, b);
    }
    drop(e);
    buf_free(&text);
}

/* Of a project named twice the last points count; an empty name has none. */
static void points_belong_to_their_names(void **state)
{
    (void)state;
    assert_points("1;a,b;4,2\n2;;\n3;b;7\n", 4, 9, true);
    assert_points("1;a,b,a;4,2,1\n2;b,b;3,5\n", 1, 7, true);
    assert_points("1;a,,b;4,,2\n", 4, 2, true);
    assert_points("1;\"a, b\";\"4, 2\"\n", 4, 2, true);
    assert_points("1;a,b;4\n", 0, 0, false);
    assert_points("1;a,b;4,2,1\n", 0, 0, false);
    assert_points("1;a,b;4,2.5\n", 40, 25, true); /* in tenths */
    assert_points("1;a,b;4,2.5001\n", 0, 0, false);
    assert_points("1;a,b;4,-2\n", 0, 0, false);
}

static void points_for_what_is_not_named_are_refused(void **state)
{
    (void)state;
    struct election *e =
        read_text("META\nbudget;100\nvote_type;scoring\ndefault_score;1\nPROJECTS\n"
                  "project_id;cost\na;60\nVOTES\nvoter_id;vote;points\n1;a;2\n");
    struct terms terms = terms_new(&rule_greedy_points);
    struct tally t;
    struct refusal why = {.text = ""};
    assert_false(terms.rule->count(e, &terms, &t, &why));
    assert_non_null(strstr(why.text, "default_score"));
    drop(e);
}

static const char *const settings[] = {
    "",
    "skip no",
    "overshoot 60",
    "part-fund 40 minimum-votes 2",
    "skip no overshoot 80 fund-unsupported no",
    "minimum-share 20 maximum-cost 50 threshold 3",
};
enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static void both_paths_agree(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (size_t i = 0; i < ELECTIONS; i++) {
        size_t rule = i % RULES;
        struct election *e = random_election(&seed, random_shape(&seed), greedy[rule].ballots);
        struct terms terms = terms_of(greedy[rule].rule, settings[i / RULES % SETTINGS]);
        char *filtered = outcome(e, &terms);
        terms.exact = true;
        char *plain = outcome(e, &terms);
        assert_string_equal(filtered, plain);
        free(filtered);
        free(plain);
        drop(e);
    }
}

/* Costs that differ by less than a double can tell: 10^18 and one more, votes in proportion. */
static void ratios_are_compared_exactly(void **state)
{
    (void)state;
    struct election *e =
        read_text("META\nbudget;900000000000000000\nvote_type;approval\nPROJECTS\n"
                  "project_id;cost\na;300000000000000001\nb;300000000000000000\n"
                  "c;600000000000000001\nd;599999999999999999\n" VOTES "1;a,c,d\n2;b,c,d\n");
    assert_outcome(e, &rule_greedy_density, "",
                   "d won, b won, c not_enough_left, a not_enough_left");
    drop(e);
}

static void scaling_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (size_t i = 0; i < ELECTIONS; i++) {
        size_t rule = i % RULES;
        struct random_shape shape = random_shape(&seed);
        struct terms terms = terms_of(greedy[rule].rule, settings[i / RULES % SETTINGS]);
        uint64_t start = seed;
        struct election *e = random_election(&seed, shape, greedy[rule].ballots);
        shape.scale = 7;
        struct election *scaled = random_election(&start, shape, greedy[rule].ballots);
        char *before = outcome(e, &terms);
        char *after = outcome(scaled, &terms);
        assert_string_equal(before, after);
        free(before);
        free(after);
        drop(e);
        drop(scaled);
    }
}

static bool won(const struct tally *t, size_t project)
{
    for (size_t i = 0; i < t->line_count; i++)
        if (t->lines[i].project == project)
            return t->lines[i].reason == REASON_WON;
    return false;
}

/* Winners fit the budget, but for a clause that exceeds it; one more ballot for a winner keeps it.
 */
static void winners_fit_and_stay(void **state)
{
    (void)state;
    uint64_t seed = 13;
    for (size_t i = 0; i < ELECTIONS; i++) {
        const char *words = settings[i % SETTINGS];
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct terms terms = terms_of(i % 4 < 2 ? &rule_greedy : &rule_greedy_density, words);
        struct tally before = count_with(e, &terms);
        if (strstr(words, "overshoot") == NULL)
            assert_true(mpq_cmp(before.spent, e->budget) <= 0);
        size_t winner = before.lines[random_below(&seed, before.line_count)].project;
        election_pick_add(e, winner);
        election_ballot_end(e, 1);
        struct tally after = count_with(e, &terms);
        if (won(&before, winner))
            assert_true(won(&after, winner));
        tally_free(&before);
        tally_free(&after);
        drop(e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(per_cost_and_as_it_is),
        cmocka_unit_test(borda_from_nothing_and_from_one),
        cmocka_unit_test(what_does_not_fit),
        cmocka_unit_test(who_can_be_funded_at_all),
        cmocka_unit_test(the_impossible_is_passed_over),
        cmocka_unit_test(then_most_votes),
        cmocka_unit_test(points_belong_to_their_names),
        cmocka_unit_test(points_for_what_is_not_named_are_refused),
        cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(ratios_are_compared_exactly),
        cmocka_unit_test(scaling_changes_nothing),
        cmocka_unit_test(winners_fit_and_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
