/* test_count_shares_why.c: effective support and takers, against the plain definition in rationals
 * on random elections, and on one that can be followed by hand. */
#include "test_count_random.h"

#include "count/shares_why.h"

static struct profile profile_of(const struct election *e, enum utility utility)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, utility, &why));
    return p;
}

static void set_min(mpq_t out, const mpq_t other)
{
    if (mpq_cmp(other, out) < 0)
        mpq_set(out, other);
}

static void add_times(mpq_t out, const mpq_t x, uint64_t times)
{
    for (uint64_t i = 0; i < times; i++)
        mpq_add(out, out, x);
}

static uint64_t floor_times(const mpq_t x, unsigned long scale)
{
    mpz_t z;
    mpz_init(z);
    mpz_mul_ui(z, mpq_numref(x), scale);
    mpz_fdiv_q(z, z, mpq_denref(x));
    uint64_t out = mpz_get_ui(z);
    mpz_clear(z);
    return out;
}

/* Runs without `project` by the plain path and replays it. taken[i]: what went to project i. */
static uint64_t naive_support(const struct profile *p, const mpq_t endowment, uint32_t project,
                              mpq_t *taken)
{
    struct shares_log log;
    uint64_t greatest = 0;
    mpq_t *left = wm_alloc((p->class_count + 1) * sizeof(*left));
    bool *supports = wm_alloc(p->class_count + 1);
    mpq_t sum, rho, share;
    mpq_inits(sum, rho, share, NULL);
    shares_log_init(&log, p->project_count);
    shares_plain(p, endowment, project, &log);
    for (size_t i = 0; i < p->class_count; i++) {
        mpq_init(left[i]);
        mpq_set(left[i], endowment);
    }
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        supports[p->support[i]] = true;
    for (size_t step = 0; step <= log.count; step++) {
        mpq_set_ui(sum, 0, 1);
        for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
            uint32_t class = p->support[i];
            mpq_set(share, left[class]);
            if (step < log.count) {
                mpq_set_ui(rho, profile_utility(p, i), 1);
                mpq_mul(rho, rho, log.rho[step]);
                if (p->utility == UTILITY_COST && mpq_sgn(log.rho[step]) != 0) {
                    mpq_mul(rho, rho, p->e->projects[project].cost);
                    mpq_div(rho, rho, p->e->projects[log.projects[step]].cost);
                }
                set_min(share, rho);
            }
            add_times(sum, share, p->multiplicity[class]);
        }
        mpq_div(sum, sum, p->e->projects[project].cost);
        uint64_t support = floor_times(sum, 1000);
        greatest = support > greatest ? support : greatest;
        for (size_t i = p->starts[log.projects[step]];
             step < log.count && i < p->starts[log.projects[step] + 1]; i++) {
            uint32_t class = p->support[i];
            mpq_set_ui(share, profile_utility(p, i), 1);
            mpq_mul(share, share, log.rho[step]);
            set_min(share, left[class]);
            mpq_sub(left[class], left[class], share);
            if (supports[class])
                add_times(taken[log.projects[step]], share, p->multiplicity[class]);
        }
    }
    for (size_t i = 0; i < p->class_count; i++)
        mpq_clear(left[i]);
    free(left);
    free(supports);
    mpq_clears(sum, rho, share, NULL);
    shares_log_free(&log);
    return greatest;
}

static bool is_excluded(const struct profile *p, const struct equal_shares *r, uint32_t project)
{
    bool *closed = wm_alloc(p->project_count + 1);
    for (size_t i = 0; i < r->log.count; i++)
        profile_close(p, r->log.projects[i], closed);
    bool excluded = closed[project];
    free(closed);
    return excluded;
}

static bool was_bought(const struct equal_shares *r, uint32_t project)
{
    for (size_t i = 0; i < r->log.count; i++) {
        if (r->log.projects[i] == project)
            return true;
    }
    return false;
}

static void check_project(const struct profile *p, const struct equal_shares *r,
                          const struct shares_why *why, uint32_t project)
{
    mpq_t *taken = wm_alloc((p->project_count + 1) * sizeof(*taken));
    size_t takers = 0;
    for (size_t i = 0; i < p->project_count; i++)
        mpq_init(taken[i]);
    uint64_t support = naive_support(p, r->endowment, project, taken);
    if (was_bought(r, project)) {
        assert_int_equal(why->support, support < 1000 ? 1000 : support);
        assert_true(support >= 1000);
    } else {
        assert_int_equal(why->support, support);
        assert_true(support <= 1000 || is_excluded(p, r, project));
        for (size_t i = 0; i < p->project_count; i++)
            takers += floor_times(taken[i], 100) > 0 ? 1 : 0;
        assert_int_equal(why->taker_count, takers < TAKERS_MAX ? takers : TAKERS_MAX);
        for (size_t i = 0; i < why->taker_count; i++) {
            uint64_t amount = floor_times(why->takers[i].amount, 100);
            assert_int_equal(amount, floor_times(taken[why->takers[i].project], 100));
            assert_true(i == 0 || amount <= floor_times(why->takers[i - 1].amount, 100));
        }
    }
    for (size_t i = 0; i < p->project_count; i++)
        mpq_clear(taken[i]);
    free(taken);
}

static void reasons_are_as_defined(void **state)
{
    (void)state;
    static const enum utility utilities[] = {UTILITY_COST, UTILITY_CARD, UTILITY_BORDA};
    uint64_t seed = 5;
    for (size_t n = 0; n < 3000; n++) {
        enum utility utility = utilities[n % 3];
        struct election *e = random_election(
            &seed, random_shape(&seed), utility == UTILITY_BORDA ? VOTE_ORDINAL : VOTE_APPROVAL);
        struct profile p = profile_of(e, utility);
        struct shares_terms terms = {.start = START_EXACT,
                                     .stop = STOP_EXHAUSTIVE,
                                     .completion = n % 2 == 0 ? COMPLETION_ADD1 : COMPLETION_NONE,
                                     .increment = 1};
        struct equal_shares r;
        equal_shares_count(&p, &terms, &r);
        struct shares_why *why = shares_why(&p, &r);
        for (uint32_t i = 0; i < p.project_count; i++) {
            if (p.weight[i] > 0 && mpq_sgn(e->projects[i].cost) > 0)
                check_project(&p, &r, &why[i], i);
        }
        shares_why_free(why, p.project_count);
        equal_shares_free(&r);
        profile_free(&p);
        drop(e);
    }
}

/* Ten each. a takes 8 of each of its three; b needs 15 of two voters who have 2 + 10 left. At the
 * price of a (24/3 for 24, so 5 for 15) they could have paid 5 + 5, later all they have, 12. */
static void one_by_hand(void **state)
{
    (void)state;
    struct election *e = read_text("META\nbudget;40\nvote_type;approval\nPROJECTS\n"
                                   "project_id;cost\na;24\nb;15\nVOTES\nvoter_id;vote\n"
                                   "1;a,b\n2;a\n3;a\n4;b\n");
    struct profile p = profile_of(e, UTILITY_COST);
    struct shares_terms terms = {.start = START_EXACT, .increment = 1};
    struct equal_shares r;
    equal_shares_count(&p, &terms, &r);
    struct shares_why *why = shares_why(&p, &r);
    assert_int_equal(r.log.count, 1);
    assert_int_equal(why[1].support, 800);
    assert_int_equal(mpq_cmp_ui(why[1].had, 20, 1), 0);
    assert_int_equal(mpq_cmp_ui(why[1].left, 12, 1), 0);
    assert_int_equal(why[1].taker_count, 1);
    assert_int_equal(why[1].takers[0].project, 0);
    assert_int_equal(mpq_cmp_ui(why[1].takers[0].amount, 8, 1), 0);
    assert_int_equal(why[0].support, 1250); /* all they have: 30 for 24 */
    shares_why_free(why, p.project_count);
    equal_shares_free(&r);
    profile_free(&p);
    drop(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_as_defined),
        cmocka_unit_test(one_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
