/* test_count_shares.c: equal shares by doubles and by rationals alone: the same outcome, to the
 * last fraction, and what the rule promises. */
#include "test_count_random.h"

#include "count/equal_shares.h"

enum { ELECTIONS = 10000 };

static const struct shares_terms plain_terms[] = {
    {START_EXACT, STOP_EXHAUSTIVE, COMPLETION_NONE, COMPARISON_NONE, 1, true, true},
    {START_EXACT, STOP_EXHAUSTIVE, COMPLETION_UTIL, COMPARISON_GREEDY, 1, true, true},
    {START_INTEGRAL, STOP_EXHAUSTIVE, COMPLETION_ADD1, COMPARISON_NONE, 1, true, true},
    {START_EXACT, STOP_OVERSPEND, COMPLETION_ADD1, COMPARISON_GREEDY, 2, true, true},
    {START_EXACT, STOP_EXHAUSTIVE, COMPLETION_ADD1U, COMPARISON_NONE, 1, false, true},
    {START_INTEGRAL, STOP_OVERSPEND, COMPLETION_ADD1U, COMPARISON_GREEDY, 1, true, true},
};
enum { TERMS = sizeof(plain_terms) / sizeof(plain_terms[0]) };

/* Everything that a result says, as text. */
static char *describe(const struct profile *p, const struct equal_shares *r)
{
    struct buf out = buf_new(1 << 16);
    char *text = NULL;
    gmp_asprintf(&text, "endowment %Qd cost %Qd runs %lu in full %d\n", r->endowment, r->cost,
                 (unsigned long)r->runs, r->log.in_full);
    buf_str_add(&out, text);
    free(text);
    for (size_t i = 0; i < r->log.count; i++) {
        gmp_asprintf(&text, "%s rho %Qd tied %u rival %u full %lu\n",
                     p->e->projects[r->log.projects[i]].id, r->log.rho[i], r->log.tied[i],
                     r->log.rival[i]);
        buf_str_add(&out, text);
        free(text);
    }
    for (size_t i = 0; i < r->added_count; i++)
        buf_fmt(&out, "added %s\n", p->e->projects[r->added[i]].id);
    buf_fmt(&out, "shares %lu greedy %lu\n", (unsigned long)r->prefer_shares,
            (unsigned long)r->prefer_greedy);
    return buf_take(&out);
}

static char *count_and_describe(const struct profile *p, struct shares_terms terms, bool plain)
{
    struct equal_shares r;
    terms.plain = plain;
    equal_shares_count(p, &terms, &r);
    assert_true(mpq_cmp(r.cost, p->e->budget) <= 0);
    char *text = describe(p, &r);
    equal_shares_free(&r);
    return text;
}

static void assert_both_agree(const struct profile *p, const struct shares_terms *terms)
{
    char *plain = count_and_describe(p, *terms, true);
    char *filtered = count_and_describe(p, *terms, false);
    assert_string_equal(filtered, plain);
    free(plain);
    free(filtered);
}

static struct profile profile_of(const struct election *e, enum utility utility)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, utility, &why));
    return p;
}

static void both_paths_agree_on_random_elections(void **state)
{
    (void)state;
    static const enum utility utilities[] = {UTILITY_COST, UTILITY_CARD, UTILITY_BORDA,
                                             UTILITY_POINTS};
    uint64_t seed = 1;
    for (size_t i = 0; i < ELECTIONS; i++) {
        enum utility utility = utilities[i % 4];
        enum vote_type type = utility == UTILITY_BORDA    ? VOTE_ORDINAL
                              : utility == UTILITY_POINTS ? VOTE_CUMULATIVE
                                                          : VOTE_APPROVAL;
        struct election *e = random_election(&seed, random_shape(&seed), type);
        struct profile p = profile_of(e, utility);
        assert_both_agree(&p, &plain_terms[i / 4 % TERMS]);
        profile_free(&p);
        drop(e);
    }
}

/* Without trust in any double the outcome is the same, and rationals decided all of it. */
static void rationals_can_decide_everything(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t i = 0; i < ELECTIONS / 10; i++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e, i % 2 == 0 ? UTILITY_COST : UTILITY_CARD);
        struct shares_log trusting;
        struct shares_log distrusting;
        struct shares *s = shares_new(&p);
        mpq_t endowment;
        mpq_init(endowment);
        mpq_set_ui(endowment, 1 + i % 9, 2);
        mpq_canonicalize(endowment);
        shares_log_init(&trusting, p.project_count);
        shares_log_init(&distrusting, p.project_count);
        shares_run(s, endowment, SHARES_NONE, &trusting);
        shares_settle(s, &trusting);
        shares_distrust(s, true);
        struct shares_stats before = shares_stats(s);
        shares_run(s, endowment, SHARES_NONE, &distrusting);
        struct shares_stats after = shares_stats(s);
        assert_true(after.exact_prices - before.exact_prices >= after.prices - before.prices);
        assert_int_equal(trusting.count, distrusting.count);
        for (size_t k = 0; k < trusting.count; k++) {
            assert_int_equal(trusting.projects[k], distrusting.projects[k]);
            assert_true(mpq_equal(trusting.rho[k], distrusting.rho[k]));
        }
        shares_log_free(&trusting);
        shares_log_free(&distrusting);
        mpq_clear(endowment);
        shares_free(s);
        profile_free(&p);
        drop(e);
    }
}

#define BALLOTS "VOTES\nvoter_id;vote\n"

/* One run at the budget's equal share; what rationals had to do. */
static struct shares_stats stats_of(const char *file, const char *winners)
{
    struct election *e = read_text(file);
    struct profile p = profile_of(e, UTILITY_COST);
    struct equal_shares r;
    struct shares_terms terms = plain_terms[0];
    struct buf ids = buf_new(100);
    assert_both_agree(&p, &terms);
    terms.plain = false;
    equal_shares_count(&p, &terms, &r);
    for (size_t i = 0; i < r.log.count; i++)
        buf_str_add(&ids, e->projects[r.log.projects[i]].id);
    assert_string_equal(buf_str(&ids), winners);
    struct shares_stats stats = shares_stats(r.shares);
    buf_free(&ids);
    equal_shares_free(&r);
    profile_free(&p);
    drop(e);
    return stats;
}

static void doubles_decide_where_nothing_is_close(void **state)
{
    (void)state;
    struct shares_stats stats = stats_of(
        META "PROJECTS\nproject_id;cost\na;40\nb;30\n" BALLOTS "1;a\n2;a,b\n3;b\n4;a\n", "ab");
    assert_int_equal(stats.exact_prices, 0);
    assert_int_equal(stats.exact_choices, 0);
}

/* The supporters of each have exactly what it costs. */
static void money_to_the_last_fraction_is_weighed_exactly(void **state)
{
    (void)state;
    struct shares_stats stats =
        stats_of("META\nbudget;1\nvote_type;approval\nPROJECTS\n"
                 "project_id;cost\na;0.4\nb;0.6\n" BALLOTS "1;a\n2;a\n3;b\n4;b\n5;b\n",
                 "ba");
    assert_true(stats.exact_prices > 0);
}

/* b costs its supporters 5 each of their 10; what the first has left is exactly its share of a. */
static void a_share_that_is_all_one_has_is_weighed_exactly(void **state)
{
    (void)state;
    struct shares_stats stats =
        stats_of("META\nbudget;40\nvote_type;approval\nPROJECTS\n"
                 "project_id;cost\na;10\nb;15\n" BALLOTS "1;a,b\n2;a\n3;b\n4;b\n",
                 "ba");
    assert_true(stats.exact_prices > 0);
}

/* a and b are equally good, though their doubles are not integers; the lower cost goes first. */
static void equal_prices_are_compared_exactly(void **state)
{
    (void)state;
    struct shares_stats stats =
        stats_of("META\nbudget;100\nvote_type;approval\nPROJECTS\n"
                 "project_id;cost\nb;20.2\na;10.1\n" BALLOTS "1;a\n2;a\n3;a\n4;b\n5;b\n6;b\n",
                 "ab");
    assert_true(stats.exact_choices > 0);
}

/* Each step is paid to the last fraction, and nobody pays more than their share or has. */
static void payments_add_up(void **state)
{
    (void)state;
    uint64_t seed = 3;
    mpq_t paid, share;
    mpq_inits(paid, share, NULL);
    for (size_t n = 0; n < ELECTIONS / 10; n++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_ORDINAL);
        struct profile p = profile_of(e, UTILITY_BORDA);
        struct equal_shares r;
        struct shares_terms terms = plain_terms[2];
        terms.plain = false;
        equal_shares_count(&p, &terms, &r);
        mpq_t *left = wm_alloc((p.class_count + 1) * sizeof(*left));
        for (size_t i = 0; i < p.class_count; i++) {
            mpq_init(left[i]);
            mpq_set(left[i], r.endowment);
        }
        for (size_t k = 0; k < r.log.count; k++) {
            uint32_t project = r.log.projects[k];
            mpq_set_ui(paid, 0, 1);
            for (size_t i = p.starts[project]; i < p.starts[project + 1]; i++) {
                uint32_t class = p.support[i];
                mpq_set_ui(share, profile_utility(&p, i), 1);
                mpq_mul(share, share, r.log.rho[k]);
                if (mpq_cmp(share, left[class]) > 0)
                    mpq_set(share, left[class]);
                mpq_sub(left[class], left[class], share);
                for (uint32_t m = 0; m < p.multiplicity[class]; m++)
                    mpq_add(paid, paid, share);
            }
            assert_true(mpq_equal(paid, e->projects[project].cost));
        }
        for (size_t i = 0; i < p.class_count; i++)
            mpq_clear(left[i]);
        free(left);
        equal_shares_free(&r);
        profile_free(&p);
        drop(e);
    }
    mpq_clears(paid, share, NULL);
}

/* With amounts 7 times as high, and increments, the same projects are bought. */
static void scaling_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (size_t n = 0; n < ELECTIONS / 10; n++) {
        struct shares_terms terms = plain_terms[3];
        struct random_shape shape = random_shape(&seed);
        struct equal_shares r[2];
        struct profile p[2];
        struct election *e[2];
        uint64_t start = seed;
        for (size_t i = 0; i < 2; i++) {
            seed = start;
            e[i] = random_election(&seed, shape, VOTE_APPROVAL);
            p[i] = profile_of(e[i], n % 2 == 0 ? UTILITY_COST : UTILITY_CARD);
            terms.plain = false;
            equal_shares_count(&p[i], &terms, &r[i]);
            shape.scale *= 7;
            terms.increment *= 7;
        }
        assert_int_equal(r[0].log.count, r[1].log.count);
        assert_memory_equal(r[0].log.projects, r[1].log.projects,
                            r[0].log.count * sizeof(uint32_t));
        assert_int_equal(r[0].greedy_won, r[1].greedy_won);
        for (size_t i = 0; i < 2; i++) {
            equal_shares_free(&r[i]);
            profile_free(&p[i]);
            drop(e[i]);
        }
    }
}

/* A rich project with one supporter is reached in a few runs, not in one a unit of money, and the
 * endowment is the same as one by one. */
static void what_cannot_change_is_passed_over(void **state)
{
    (void)state;
    struct election *e = read_text("META\nbudget;1000000\nvote_type;approval\nPROJECTS\n"
                                   "project_id;cost\na;10\nb;600000\nc;500000\n" BALLOTS
                                   "1;a\n2;a\n3;b\n4;c\n5;\n6;\n7;\n8;\n9;\n10;\n");
    struct profile p = profile_of(e, UTILITY_COST);
    struct shares_terms terms = plain_terms[3];
    struct equal_shares r;
    terms.increment = 1;
    equal_shares_count(&p, &terms, &r);
    assert_int_equal(r.log.count, 2);
    assert_true(r.runs < 10);
    assert_int_equal(mpq_cmp_ui(r.endowment, 599999, 1), 0);
    equal_shares_free(&r);
    profile_free(&p);
    drop(e);
}

/* The compare step of finding 7: who gets 0 from one outcome and something from the other counts.
 * Three voters for A (100), one each for B and C (40), budget 100. */
static void voters_with_nothing_count_in_the_comparison(void **state)
{
    (void)state;
    struct election *e = read_text(META "PROJECTS\nproject_id;cost\nA;100\nB;40\nC;40\n" BALLOTS
                                        "1;A\n2;A\n3;A\n4;B\n5;C\n");
    struct profile p = profile_of(e, UTILITY_COST);
    struct shares_terms terms = plain_terms[0];
    struct equal_shares r;
    terms.comparison = COMPARISON_GREEDY;
    equal_shares_count(&p, &terms, &r);
    assert_int_equal(r.log.count, 0);
    assert_true(r.greedy_won);
    assert_int_equal(r.prefer_greedy, 3);
    assert_int_equal(r.greedy_count, 1);
    equal_shares_free(&r);
    profile_free(&p);
    drop(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_paths_agree_on_random_elections),
        cmocka_unit_test(rationals_can_decide_everything),
        cmocka_unit_test(doubles_decide_where_nothing_is_close),
        cmocka_unit_test(money_to_the_last_fraction_is_weighed_exactly),
        cmocka_unit_test(a_share_that_is_all_one_has_is_weighed_exactly),
        cmocka_unit_test(equal_prices_are_compared_exactly),
        cmocka_unit_test(payments_add_up),
        cmocka_unit_test(scaling_changes_nothing),
        cmocka_unit_test(what_cannot_change_is_passed_over),
        cmocka_unit_test(voters_with_nothing_count_in_the_comparison),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
