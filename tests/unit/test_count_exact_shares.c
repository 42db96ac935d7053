/* test_count_exact_shares.c: exact equal shares by doubles and by rationals alone, against voters
 * counted one by one, and the next endowment that changes anything against one that is looked for.
 */
#include "test_count_random.h"

#include "count/exact_why.h"

enum { ELECTIONS = 3000 };

static struct profile profile_of(const struct election *e, enum utility utility)
{
    struct profile p;
    struct refusal why = {.text = ""};
    struct terms terms = terms_new(&rule_greedy);
    assert_true(profile_build(&p, e, &terms, utility, &why));
    return p;
}

/* Everything that a run says; `with_ties` also what it chose among. */
static char *describe(const struct profile *p, const struct exact_log *log, bool all)
{
    struct buf out = buf_new(1 << 16);
    for (size_t i = 0; i < log->count; i++) {
        buf_fmt(&out, "%s by %lu", p->e->projects[log->projects[i]].id,
                (unsigned long)log->payers[i]);
        if (all)
            buf_fmt(&out, " tied %u rival %u", log->tied[i], log->rival[i]);
        buf_char(&out, '\n');
    }
    if (all && log->has_next) {
        char *next = mpq_get_str(NULL, 10, log->next);
        buf_fmt(&out, "next %s\n", next);
        free(next);
    }
    return buf_take(&out);
}

static char *run_plainly(const struct profile *p, const mpq_t endowment, bool all)
{
    struct exact_log log;
    exact_log_init(&log, p->project_count);
    exact_plain(p, endowment, &log);
    char *text = describe(p, &log, all);
    exact_log_free(&log);
    return text;
}

/* Three endowments in turn: a share of the budget and the two that change something after it. */
static void assert_paths_agree(const struct profile *p, bool distrust)
{
    struct exact_shares *s = exact_shares_new(p);
    struct exact_log log;
    mpq_t endowment;
    mpq_init(endowment);
    exact_log_init(&log, p->project_count);
    exact_distrust(s, distrust);
    mpq_set_ui(endowment, p->voters, 1);
    mpq_div(endowment, p->e->budget, endowment);
    for (int i = 0; i < 3; i++) {
        exact_run(s, endowment, &log);
        char *filtered = describe(p, &log, true);
        char *plain = run_plainly(p, endowment, true);
        assert_string_equal(filtered, plain);
        free(filtered);
        free(plain);
        if (!log.has_next)
            break;
        assert_true(mpq_cmp(log.next, endowment) > 0);
        mpq_set(endowment, log.next);
    }
    exact_log_free(&log);
    exact_shares_free(s);
    mpq_clear(endowment);
}

static void both_paths_agree(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (size_t i = 0; i < ELECTIONS; i++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e, i % 2 == 0 ? UTILITY_COST : UTILITY_CARD);
        assert_paths_agree(&p, i % 3 == 0);
        profile_free(&p);
        drop(e);
    }
}

/* Just before the next endowment nothing has changed, and with it something has. */
static void nothing_changes_before_the_next(void **state)
{
    (void)state;
    uint64_t seed = 22;
    mpq_t endowment, middle;
    mpq_inits(endowment, middle, NULL);
    for (size_t i = 0; i < ELECTIONS; i++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e, i % 2 == 0 ? UTILITY_COST : UTILITY_CARD);
        struct exact_log log;
        exact_log_init(&log, p.project_count);
        mpq_set_ui(endowment, random_below(&seed, 40), 3);
        mpq_canonicalize(endowment);
        exact_plain(&p, endowment, &log);
        char *now = describe(&p, &log, false);
        for (unsigned long k = 1; log.has_next && k < 64; k *= 2) {
            mpq_sub(middle, log.next, endowment);
            mpq_div_2exp(middle, middle, k);
            mpq_sub(middle, log.next, middle);
            char *then = run_plainly(&p, middle, false);
            assert_string_equal(now, then);
            free(then);
        }
        char *then = run_plainly(&p, log.has_next ? log.next : endowment, false);
        assert_int_equal(strcmp(now, then) != 0, log.has_next);
        free(then);
        free(now);
        exact_log_free(&log);
        profile_free(&p);
        drop(e);
    }
    mpq_clears(endowment, middle, NULL);
}

/* The payers of each step pay its cost to the last fraction, and nobody pays more than they have.
 */
static void payments_add_up(void **state)
{
    (void)state;
    uint64_t seed = 23;
    mpq_t endowment, paid, owed;
    mpq_inits(endowment, paid, owed, NULL);
    for (size_t i = 0; i < ELECTIONS / 3; i++) {
        struct election *e = random_election(&seed, random_shape(&seed), VOTE_APPROVAL);
        struct profile p = profile_of(e, i % 2 == 0 ? UTILITY_COST : UTILITY_CARD);
        struct exact_log log;
        struct exact_why why;
        exact_log_init(&log, p.project_count);
        mpq_set_ui(endowment, p.voters, 1);
        mpq_div(endowment, e->budget, endowment);
        exact_plain(&p, endowment, &log);
        exact_why_init(&why, &p, endowment, &log);
        mpq_set_ui(paid, 0, 1);
        for (size_t k = 0; k < p.class_count; k++) {
            assert_true(mpq_cmp(why.paid[k], endowment) <= 0);
            for (uint32_t m = 0; m < p.multiplicity[k]; m++)
                mpq_add(paid, paid, why.paid[k]);
        }
        assert_true(mpq_equal(paid, log.cost));
        assert_true(mpq_cmp(log.cost, e->budget) <= 0);
        exact_why_free(&why);
        exact_log_free(&log);
        profile_free(&p);
        drop(e);
    }
    mpq_clears(endowment, paid, owed, NULL);
}

/* The example of the paper's implementation in pabutools (ees_addopt.py): 40 for four voters; 1 and
 * 2 pay 5 each for p1, 3 and 4 pay 8 each for p2, and p3 cannot be paid. */
static void a_published_example(void **state)
{
    (void)state;
    struct election *e =
        read_text("META\nbudget;40\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
                  "p1;10\np2;16\np3;21\nVOTES\nvoter_id;vote\n"
                  "1;p1\n2;p1,p3\n3;p2,p3\n4;p2,p3\n");
    struct profile p = profile_of(e, UTILITY_CARD);
    mpq_t endowment;
    mpq_init(endowment);
    mpq_set_ui(endowment, 10, 1);
    /* From 12 on voters 2, 3 and 4 can pay 7 each for p3 at the first step, but that is not better
     * than 5 or 8 there; after p1, it is better than p2. */
    char *text = run_plainly(&p, endowment, true);
    assert_string_equal(text, "p1 by 2 tied 1 rival 4294967295\np2 by 2 tied 1 rival 4294967295\n"
                              "next 12\n");
    free(text);
    mpq_clear(endowment);
    profile_free(&p);
    drop(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(nothing_changes_before_the_next),
        cmocka_unit_test(payments_add_up),
        cmocka_unit_test(a_published_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
