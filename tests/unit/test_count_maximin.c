/* test_count_maximin.c: maximin support against all sets of projects tried one by one, and bounded
 * overspending by hand. */
#include "test_count_random.h"

#include "count/bos.h"
#include "count/maximin.h"

enum { ELECTIONS = 1000 };

static struct profile profile_of(const struct election *e)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, UTILITY_COST, &why));
    return p;
}

/* The greatest cost(S) / voters(S) of all S within `set`, a bit a project. */
static void naive_load(const struct election *e, unsigned set, mpq_t out)
{
    mpq_t cost, voters;
    mpq_inits(cost, voters, NULL);
    mpq_set_ui(out, 0, 1);
    for (unsigned part = set; part != 0; part = (part - 1) & set) {
        unsigned long count = 0;
        for (size_t i = 0; i < e->ballot_count; i++) {
            struct ballot ballot = election_ballot(e, i);
            bool supports = false;
            for (size_t k = 0; k < ballot.count; k++)
                supports = supports || (part >> ballot.picks[k] & 1) != 0;
            count += supports ? 1 : 0;
        }
        mpq_set_ui(cost, 0, 1);
        for (size_t i = 0; i < e->project_count; i++) {
            if ((part >> i & 1) != 0)
                mpq_add(cost, cost, e->projects[i].cost);
        }
        mpq_set_ui(voters, count, 1);
        mpq_div(cost, cost, voters);
        if (mpq_cmp(cost, out) > 0)
            mpq_set(out, cost);
    }
    mpq_clears(cost, voters, NULL);
}

/* The best of one step; project_count when none fits. */
static size_t naive_step(const struct profile *p, const bool *closed, unsigned set, mpq_t load)
{
    const struct election *e = p->e;
    size_t best = e->project_count;
    mpq_t other;
    mpq_init(other);
    for (size_t k = 0; k < e->project_count; k++) {
        size_t i = p->by_rank[k];
        if (closed[i])
            continue;
        naive_load(e, set | 1U << i, other);
        if (best < e->project_count && mpq_cmp(other, load) >= 0)
            continue;
        best = i;
        mpq_set(load, other);
    }
    mpq_clear(other);
    return best;
}

static void loads_are_those_of_the_worst_set(void **state)
{
    (void)state;
    uint64_t seed = 41;
    mpq_t load, left;
    mpq_inits(load, left, NULL);
    for (size_t n = 0; n < ELECTIONS; n++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e);
        struct maximin r;
        bool *closed = wm_alloc(e->project_count + 1);
        unsigned set = 0;
        size_t step = 0;
        maximin_count(&p, n % 2 == 0, &r);
        mpq_set(left, e->budget);
        for (;; step++) {
            for (size_t i = 0; i < e->project_count; i++)
                closed[i] =
                    closed[i] || p.supporters[i] == 0 || mpq_cmp(e->projects[i].cost, left) > 0;
            size_t best = naive_step(&p, closed, set, load);
            if (best == e->project_count)
                break;
            assert_true(step < r.count);
            assert_int_equal(r.projects[step], best);
            assert_true(mpq_equal(r.loads[step], load));
            set |= 1U << best;
            mpq_sub(left, left, e->projects[best].cost);
            profile_close(&p, best, closed);
        }
        assert_int_equal(step, r.count);
        free(closed);
        maximin_free(&r);
        profile_free(&p);
        drop(e);
    }
    mpq_clears(load, left, NULL);
}

/* Amounts too long for 128 bits are counted by rationals; the result is the same. */
static void long_amounts_are_counted_too(void **state)
{
    (void)state;
    struct election *e = read_text("META\nbudget;900000000000000000\nvote_type;approval\nPROJECTS\n"
                                   "project_id;cost\na;300000000000000000.000000000001\n"
                                   "b;300000000000000000\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n3;b\n");
    struct profile p = profile_of(e);
    struct maximin r;
    assert_null(maximin_flow_new(&p));
    maximin_count(&p, false, &r);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.projects[0], 1);
    maximin_free(&r);
    profile_free(&p);
    drop(e);
}

static void assert_bos(const char *projects, const char *votes, const char *winners,
                       const char *pay)
{
    struct buf text = buf_new(2000);
    struct buf got = buf_new(2000);
    struct buf prices = buf_new(2000);
    buf_fmt(&text, META "PROJECTS\nproject_id;cost\n%sVOTES\nvoter_id;vote\n%s", projects, votes);
    struct election *e = read_text(buf_str(&text));
    struct profile p = profile_of(e);
    struct bos r;
    bos_count(&p, false, &r);
    for (size_t i = 0; i < r.count; i++) {
        char *price = mpq_get_str(NULL, 10, r.pay[i]);
        buf_str_add(&got, e->projects[r.projects[i]].id);
        buf_fmt(&prices, "%s ", price);
        free(price);
    }
    assert_string_equal(buf_str(&got), winners);
    assert_string_equal(buf_str(&prices), pay);
    bos_free(&r);
    profile_free(&p);
    drop(e);
    buf_free(&text);
    buf_free(&got);
    buf_free(&prices);
}

/* Budget 100, two voters with 50 each. */
static void overspending_by_hand(void **state)
{
    (void)state;
    /* a: 50 of 80 at 50, price 50 / 80 / (50 / 80)^2 = 1.6; b: 50 each of 100, price 0.5. */
    assert_bos("a;80\nb;100\n", "1;a,b\n2;b\n", "b", "50 ");
    /* a alone: its supporter offers 50, and would pay 50 / (50 / 80) = 80. */
    assert_bos("a;80\n", "1;a\n2;\n", "a", "80 ");
    /* c: 20 each, price 20 / 40; then a: 30 of 60 at 30, to be paid with 60; b does not fit then.
     */
    assert_bos("a;60\nb;61\nc;40\n", "1;a,c\n2;b,c\n", "ca", "20 60 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_are_those_of_the_worst_set),
        cmocka_unit_test(long_amounts_are_counted_too),
        cmocka_unit_test(overspending_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
