/* test_count_welfare.c: the set with the greatest welfare against all sets tried one by one. */
#include "test_count_random.h"

#include "count/welfare.h"

enum { ELECTIONS = 2000 };

static struct profile profile_of(const struct election *e, enum utility utility)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, utility, &why));
    return p;
}

/* False when two of the set exclude each other, one adds nothing, or it costs too much. */
static bool is_allowed(const struct profile *p, unsigned set, mpq_t welfare, mpq_t cost)
{
    const struct project *projects = p->e->projects;
    unsigned groups = 0;
    bool allowed = true;
    mpq_t gain;
    mpq_init(gain);
    mpq_set_ui(welfare, 0, 1);
    mpq_set_ui(cost, 0, 1);
    for (uint32_t i = 0; i < p->project_count; i++) {
        if ((set >> i & 1) == 0)
            continue;
        unsigned group = projects[i].exclusion != 0 ? 1U << projects[i].exclusion : 0;
        welfare_of(p, i, gain);
        allowed = allowed && (groups & group) == 0 && mpq_sgn(gain) > 0;
        groups |= group;
        mpq_add(welfare, welfare, gain);
        mpq_add(cost, cost, projects[i].cost);
    }
    mpq_clear(gain);
    return allowed && mpq_cmp(cost, p->e->budget) <= 0;
}

/* Whether a has the first project by rank in which they differ. */
static bool is_first(const struct profile *p, unsigned a, unsigned b)
{
    for (size_t k = 0; k < p->project_count; k++) {
        if (((a ^ b) >> p->by_rank[k] & 1) != 0)
            return (a >> p->by_rank[k] & 1) != 0;
    }
    return false;
}

static unsigned best_of_all(const struct profile *p)
{
    unsigned best = 0;
    mpq_t welfare, cost, most, least;
    mpq_inits(welfare, cost, most, least, NULL);
    for (unsigned set = 1; set < 1U << p->project_count; set++) {
        if (!is_allowed(p, set, welfare, cost))
            continue;
        int order = mpq_cmp(welfare, most);
        if (order == 0)
            order = mpq_cmp(least, cost);
        if (order < 0 || (order == 0 && !is_first(p, set, best)))
            continue;
        best = set;
        mpq_set(most, welfare);
        mpq_set(least, cost);
    }
    mpq_clears(welfare, cost, most, least, NULL);
    return best;
}

static void assert_best(const struct profile *p, bool plain)
{
    struct welfare r;
    struct refusal why;
    unsigned best = best_of_all(p);
    assert_true(welfare_count(p, plain, &r, &why));
    for (size_t i = 0; i < p->project_count; i++)
        assert_int_equal(r.won[i], best >> i & 1);
    welfare_free(&r);
}

static void no_other_set_is_better(void **state)
{
    (void)state;
    uint64_t seed = 51;
    for (size_t n = 0; n < ELECTIONS; n++) {
        enum utility utility = n % 3 == 0   ? UTILITY_COST
                               : n % 3 == 1 ? UTILITY_CARD
                                            : UTILITY_POINTS;
        struct election *e =
            random_election(&seed, random_shape(&seed),
                            utility == UTILITY_POINTS ? VOTE_CUMULATIVE : VOTE_APPROVAL);
        struct profile p = profile_of(e, utility);
        assert_best(&p, n % 2 == 0);
        profile_free(&p);
        drop(e);
    }
}

/* All pairs but c and d fit; a and b are the cheapest. Amounts too long for integers give the same.
 */
static void assert_cheapest_of_equal(const char *zeros, const char *decimals)
{
    struct buf text = buf_new(2000);
    struct welfare r;
    struct refusal why;
    buf_fmt(&text, "META\nbudget;100%s\nvote_type;approval\nPROJECTS\nproject_id;cost\n", zeros);
    buf_fmt(&text, "c;55%s%s\nb;45%s\na;40%s\nd;60%s\n", zeros, decimals, zeros, zeros, zeros);
    buf_str_add(&text, "VOTES\nvoter_id;vote\n1;a,b,c,d\n2;a,b,c,d\n");
    struct election *e = read_text(buf_str(&text));
    struct profile p = profile_of(e, UTILITY_CARD);
    assert_true(welfare_count(&p, false, &r, &why));
    assert_int_equal(r.count, 2);
    assert_true(r.won[1] && r.won[2]);
    assert_best(&p, false);
    welfare_free(&r);
    profile_free(&p);
    drop(e);
    buf_free(&text);
}

static void the_cheapest_of_equal_sets(void **state)
{
    (void)state;
    assert_cheapest_of_equal("", "");
    assert_cheapest_of_equal("000000000000000", ".000000000001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_set_is_better),
        cmocka_unit_test(the_cheapest_of_equal_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
