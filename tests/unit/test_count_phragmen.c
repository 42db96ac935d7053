/* test_count_phragmen.c: Phragmen's rule by doubles, by rationals, and as a loop over voters. */
#include "test_count_random.h"

#include "count/phragmen.h"

static struct profile profile_of(const struct election *e)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, UTILITY_CARD, &why));
    return p;
}

static char *describe(const struct profile *p, const struct phragmen *r)
{
    struct buf out = buf_new(1 << 16);
    char *text = NULL;
    for (size_t i = 0; i < r->count; i++) {
        gmp_asprintf(&text, "%s %Qd tied %u rival %u\n", p->e->projects[r->projects[i]].id,
                     r->times[i], r->tied[i], r->rival[i]);
        buf_str_add(&out, text);
        free(text);
    }
    gmp_asprintf(&text, "cost %Qd stopped by %u\n", r->cost, r->stopped_by);
    buf_str_add(&out, text);
    free(text);
    return buf_take(&out);
}

static bool ballot_has(const struct election *e, size_t ballot, size_t project)
{
    struct ballot b = election_ballot(e, ballot);
    for (size_t i = 0; i < b.count; i++) {
        if (b.picks[i] == project)
            return true;
    }
    return false;
}

/* The time of a project from every voter's load; false when nobody supports it. */
static bool naive_time(const struct election *e, mpq_t *loads, size_t project, mpq_t out)
{
    unsigned long supporters = 0;
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set(out, e->projects[project].cost);
    for (size_t i = 0; i < e->ballot_count; i++) {
        if (ballot_has(e, i, project)) {
            mpq_add(out, out, loads[i]);
            supporters++;
        }
    }
    mpq_set_ui(divisor, supporters, 1);
    if (supporters > 0)
        mpq_div(out, out, divisor);
    mpq_clear(divisor);
    return supporters > 0;
}

static void assert_naive_agrees(const struct profile *p, const struct phragmen *r)
{
    const struct election *e = p->e;
    mpq_t *loads = wm_alloc((e->ballot_count + 1) * sizeof(*loads));
    bool *bought = wm_alloc(e->project_count + 1);
    size_t count = 0;
    mpq_t time, lowest, left;
    mpq_inits(time, lowest, left, NULL);
    mpq_set(left, e->budget);
    for (size_t i = 0; i < e->ballot_count; i++)
        mpq_init(loads[i]);
    for (;;) {
        size_t best = SIZE_MAX;
        bool stop = false;
        for (size_t i = 0; i < e->project_count; i++) {
            if (bought[i] || mpq_cmp(e->projects[i].cost, e->budget) > 0 ||
                !naive_time(e, loads, i, time))
                continue;
            bool fits = mpq_cmp(e->projects[i].cost, left) <= 0;
            int order = best == SIZE_MAX ? -1 : mpq_cmp(time, lowest);
            if (order < 0)
                stop = false;
            if (order <= 0)
                stop = stop || !fits;
            if (order < 0 || (order == 0 && p->rank[i] < p->rank[best])) {
                best = i;
                mpq_set(lowest, time);
            }
        }
        if (best == SIZE_MAX || stop)
            break;
        assert_true(count < r->count);
        assert_int_equal(r->projects[count], best);
        assert_true(mpq_equal(r->times[count], lowest));
        count++;
        profile_close(p, best, bought);
        mpq_sub(left, left, e->projects[best].cost);
        for (size_t i = 0; i < e->ballot_count; i++) {
            if (ballot_has(e, i, best))
                mpq_set(loads[i], lowest);
        }
    }
    assert_int_equal(count, r->count);
    for (size_t i = 0; i < e->ballot_count; i++)
        mpq_clear(loads[i]);
    free(loads);
    free(bought);
    mpq_clears(time, lowest, left, NULL);
}

static void all_paths_agree_on_random_elections(void **state)
{
    (void)state;
    uint64_t seed = 11;
    uint64_t by_doubles = 0;
    for (size_t n = 0; n < 10000; n++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e);
        struct phragmen plain;
        struct phragmen filtered;
        phragmen_count(&p, true, &plain);
        phragmen_count(&p, false, &filtered);
        char *expected = describe(&p, &plain);
        char *text = describe(&p, &filtered);
        assert_string_equal(text, expected);
        assert_true(mpq_cmp(plain.cost, e->budget) <= 0);
        assert_naive_agrees(&p, &filtered);
        by_doubles += filtered.exact_choices < filtered.count ? 1 : 0;
        free(expected);
        free(text);
        phragmen_free(&plain);
        phragmen_free(&filtered);
        profile_free(&p);
        drop(e);
    }
    assert_true(by_doubles > 1000);
}

/* After c, a and b are due at 10; a would fit, but b does not, which ends it. d never fitted. */
static void a_tie_that_does_not_fit_ends_the_count(void **state)
{
    (void)state;
    struct election *e = read_text("META\nbudget;40\nvote_type;approval\nPROJECTS\n"
                                   "project_id;cost\na;30\nb;40\nc;1\nd;60\nVOTES\n"
                                   "voter_id;vote\n1;a,d\n2;a,d\n3;a,d\n4;b\n5;b\n6;b\n7;b\n"
                                   "8;c\n");
    struct profile p = profile_of(e);
    struct phragmen r;
    phragmen_count(&p, false, &r);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.projects[0], 2);
    assert_int_equal(r.stopped_by, 1);
    phragmen_free(&r);
    profile_free(&p);
    drop(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_paths_agree_on_random_elections),
        cmocka_unit_test(a_tie_that_does_not_fit_ends_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
