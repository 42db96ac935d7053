/* test_count_cstv.c: cumulative support transfer voting by hand. */
#include "test_count_support.h"

#include "count/cstv.h"

static const struct cstv_terms ewt = {CSTV_EXCESS, false, false};
static const struct cstv_terms ewtc = {CSTV_RATIO, false, false};
static const struct cstv_terms ewts = {CSTV_SUPPORT, false, false};
static const struct cstv_terms mt = {CSTV_EXCESS, true, false};

static const char event_letters[] = {
    [CSTV_BOUGHT] = '+',
    [CSTV_BOUGHT_BY_TRANSFER] = '*',
    [CSTV_OUT] = '-',
    [CSTV_BOUGHT_AT_END] = '.',
};

/* Budget 100. Events as "+a -b .b". */
static void assert_events(const struct cstv_terms *terms, const char *projects, const char *votes,
                          const char *expected)
{
    struct buf text = buf_new(2000);
    struct buf got = buf_new(2000);
    struct refusal why = {.text = ""};
    struct terms any = terms_new(&rule_greedy);
    struct profile p;
    buf_fmt(&text, "META\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n%s",
            projects);
    buf_fmt(&text, "VOTES\nvoter_id;vote;points\n%s", votes);
    struct election *e = read_text(buf_str(&text));
    assert_true(profile_build(&p, e, &any, UTILITY_POINTS, &why));
    for (int plain = 0; plain < 2; plain++) {
        struct cstv_terms both = *terms;
        struct cstv r;
        both.plain = plain == 1;
        cstv_count(&p, &both, &r);
        got.len = 0;
        for (size_t i = 0; i < r.count; i++)
            buf_fmt(&got, "%s%c%s", i > 0 ? " " : "", event_letters[r.steps[i].event],
                    e->projects[r.steps[i].project].id);
        assert_string_equal(buf_str(&got), expected);
        assert_true(mpq_cmp(r.cost, e->budget) <= 0);
        cstv_free(&r);
    }
    profile_free(&p);
    drop(e);
    buf_free(&text);
    buf_free(&got);
}

/* a has 50 + 25 and needs 60. Voter 1 supports nothing else and pays 50, voter 2 pays 10 of 25, and
 * the 15 that come back make 40 for b, which is just enough. */
static void excess_goes_back(void **state)
{
    (void)state;
    assert_events(&ewt, "a;60\nb;40\n", "1;a;2\n2;a,b;3,3\n", "+a +b");
}

/* Three voters with 33.33 each have 100 together, not a fraction less. */
static void thirds_add_up(void **state)
{
    (void)state;
    assert_events(&ewt, "a;100\n", "1;a;1\n2;a;1\n3;a;1\n", "+a");
    assert_events(&mt, "a;100\n", "1;a;1\n2;a;1\n3;a;1\n", "+a");
}

/* a has 30 of 90, b 20 of 45, c 50 of 60. Least excess has a, also least for its cost: its 30 go to
 * b, which can be bought. Least support has b: then a and c have 50 each, a is put out as it costs
 * more, c too as it has not enough; as the last put out it is funded first. */
static void the_worst_is_eliminated(void **state)
{
    (void)state;
    const char *projects = "a;90\nb;45\nc;60\n";
    const char *votes = "1;a,b;3,2\n2;c;1\n";
    assert_events(&ewt, projects, votes, "-a +b -c");
    assert_events(&ewtc, projects, votes, "-a +b -c");
    assert_events(&ewts, projects, votes, "-b -a -c .c");
}

/* a: its giver has 50 and it needs 60, so it is out. b: 25 and 50 of 90; times 1.2 that would be 30
 * and 60; voter 2 gives all 50, voter 1 the other 40. What is left, 10, is too little for a. */
static void the_least_is_transferred(void **state)
{
    (void)state;
    assert_events(&mt, "a;60\nb;90\n", "1;a,b;1,1\n2;b;4\n", "*b");
    assert_events(&mt, "a;10\nc;60\nb;90\n", "1;c,b;1,1\n2;b;4\n", "*b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(excess_goes_back),
        cmocka_unit_test(thirds_add_up),
        cmocka_unit_test(the_worst_is_eliminated),
        cmocka_unit_test(the_least_is_transferred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
