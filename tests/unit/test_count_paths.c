/* test_count_paths.c: every rule by its two paths on random elections, and what every rule
 * promises: the result is the same to the byte, whatever the unit of money and the order and names
 * of projects, and winners fit the budget.
 *
 *   COUNT_ELECTIONS=10000 test_count_paths     (300 of each rule when nothing is said) */
#include "test_count_random.h"

#include "count/result.h"

static size_t elections = 300;

static const struct {
    const char *rule;
    enum vote_type ballots;
    const char *settings[5]; /* name and value in turn; NULL ends them */
} counts[] = {
    {"greedy", VOTE_APPROVAL, {"skip", "no"}},
    {"greedy-density", VOTE_APPROVAL, {"part-fund", "30"}},
    {"greedy-points", VOTE_CUMULATIVE, {"minimum-share", "20"}},
    {"greedy-points-raw", VOTE_CUMULATIVE, {"threshold", "3"}},
    {"greedy-borda", VOTE_ORDINAL, {"maximum-cost", "50"}},
    {"greedy-borda-raw", VOTE_ORDINAL, {"minimum-votes", "2"}},
    {"mes", VOTE_APPROVAL, {"comparison", "greedy"}},
    {"mes", VOTE_APPROVAL, {"utility", "card", "minimum-votes", "2"}},
    {"mes", VOTE_CUMULATIVE, {"utility", "points"}},
    {"mes", VOTE_ORDINAL, {"utility", "borda", "completion", "util"}},
    {"ees", VOTE_APPROVAL, {"utility", "card", "increment", "0"}},
    {"ees", VOTE_APPROVAL, {"comparison", "greedy", "increment", "0"}},
    {"bos", VOTE_APPROVAL, {"utility", "cost"}},
    {"bos", VOTE_APPROVAL, {"utility", "card"}},
    {"bos", VOTE_CUMULATIVE, {"utility", "points"}},
    {"bos", VOTE_ORDINAL, {"utility", "borda"}},
    {"phragmen", VOTE_APPROVAL, {"maximum-cost", "60"}},
    {"welfare", VOTE_APPROVAL, {"utility", "card"}},
    {"welfare", VOTE_APPROVAL, {"utility", "cost"}},
    {"welfare", VOTE_CUMULATIVE, {"utility", "points"}},
    {"cstv", VOTE_CUMULATIVE, {"variant", "ewt"}},
    {"cstv", VOTE_CUMULATIVE, {"variant", "ewtc"}},
    {"cstv", VOTE_APPROVAL, {"variant", "ewts", "utility", "card"}},
    {"cstv", VOTE_CUMULATIVE, {"variant", "mt"}},
    {"cstv", VOTE_CUMULATIVE, {"variant", "mtc"}},
    {"cstv", VOTE_ORDINAL, {"variant", "mts", "utility", "borda"}},
    {"maximin", VOTE_APPROVAL, {"minimum-votes", "1"}},
};
enum { COUNTS = sizeof(counts) / sizeof(counts[0]) };

static struct terms terms_of(size_t count)
{
    struct terms terms = terms_new(rule_find(counts[count].rule));
    struct refusal why = {.text = ""};
    for (size_t i = 0; counts[count].settings[i] != NULL; i += 2) {
        if (!terms_set(&terms, counts[count].settings[i], counts[count].settings[i + 1], &why))
            fail_msg("%s", why.text);
    }
    return terms;
}

static struct tally tally_of(const struct election *e, const struct terms *terms)
{
    struct tally t;
    struct refusal why = {.text = ""};
    if (!terms->rule->count(e, terms, &t, &why))
        fail_msg("%s", why.text);
    return t;
}

static void both_paths_agree(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (size_t i = 0; i < elections * COUNTS; i++) {
        size_t count = i % COUNTS;
        struct terms terms = terms_of(count);
        struct election *e = random_election(&seed, random_shape(&seed), counts[count].ballots);
        struct tally filtered = tally_of(e, &terms);
        terms.exact = true;
        struct tally plain = tally_of(e, &terms);
        char *a = result_json(e, &terms, &filtered);
        char *b = result_json(e, &terms, &plain);
        if (strcmp(a, b) != 0)
            print_error("%s, election %zu\n", counts[count].rule, i);
        assert_string_equal(a, b);
        free(a);
        free(b);
        a = result_explain(e, &terms, &filtered);
        b = result_explain(e, &terms, &plain);
        assert_string_equal(a, b);
        free(a);
        free(b);
        assert_true(mpq_cmp(filtered.spent, e->budget) <= 0);
        tally_free(&filtered);
        tally_free(&plain);
        drop(e);
    }
}

/* The ids of winners in order, and each project's reason. */
static char *outcome(const struct election *e, const struct tally *t)
{
    struct buf text = buf_new(10000);
    for (size_t i = 0; i < t->line_count; i++)
        buf_fmt(&text, "%s %s %zu\n", e->projects[t->lines[i].project].id,
                reason_word(t->lines[i].reason), t->lines[i].step);
    return buf_take(&text);
}

/* Of Add1 the increment is money too; the shares here rise by whole units. */
static void the_unit_of_money_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 32;
    for (size_t i = 0; i < elections * COUNTS; i++) {
        size_t count = i % COUNTS;
        struct terms terms = terms_of(count);
        struct refusal why;
        struct random_shape shape = random_shape(&seed);
        uint64_t start = seed;
        struct election *e = random_election(&seed, shape, counts[count].ballots);
        shape.scale = 7;
        struct election *scaled = random_election(&start, shape, counts[count].ballots);
        struct tally before = tally_of(e, &terms);
        if (strcmp(counts[count].rule, "mes") == 0)
            assert_true(terms_set(&terms, "increment", "7", &why));
        struct tally after = tally_of(scaled, &terms);
        char *a = outcome(e, &before);
        char *b = outcome(scaled, &after);
        assert_string_equal(a, b);
        free(a);
        free(b);
        tally_free(&before);
        tally_free(&after);
        drop(e);
        drop(scaled);
    }
}

/* The same election with projects in the opposite order, ballots too, and ids that keep the natural
 * order of the old ones ("a" becomes "P1"). */
static struct election *renamed(const struct election *from)
{
    struct election *e = wm_alloc(sizeof(*e));
    election_init(e);
    e->vote_type = from->vote_type;
    e->points_known = from->points_known;
    e->points_scale = from->points_scale;
    mpq_set(e->budget, from->budget);
    for (size_t i = from->project_count; i-- > 0;) {
        char id[24];
        snprintf(id, sizeof(id), "P%zu", i + 1);
        struct project *p = election_project_add(e, id);
        mpq_set(p->cost, from->projects[i].cost);
        p->exclusion = from->projects[i].exclusion;
    }
    for (size_t i = from->ballot_count; i-- > 0;) {
        struct ballot ballot = election_ballot(from, i);
        for (size_t k = 0; k < ballot.count; k++) {
            election_pick_add(e, from->project_count - 1 - ballot.picks[k]);
            if (e->points_known)
                election_points_set(e, e->pick_count - 1, ballot.points[k]);
        }
        election_ballot_end(e, 1);
    }
    return e;
}

static void names_and_order_change_nothing(void **state)
{
    (void)state;
    uint64_t seed = 33;
    for (size_t i = 0; i < elections * COUNTS; i++) {
        size_t count = i % COUNTS;
        struct terms terms = terms_of(count);
        struct election *e = random_election(&seed, random_shape(&seed), counts[count].ballots);
        struct election *other = renamed(e);
        struct tally before = tally_of(e, &terms);
        struct tally after = tally_of(other, &terms);
        assert_int_equal(before.winner_count, after.winner_count);
        for (size_t k = 0; k < before.line_count; k++) {
            if (before.lines[k].project != e->project_count - 1 - after.lines[k].project)
                print_error("%s, election %zu, line %zu\n", counts[count].rule, i, k);
            assert_int_equal(before.lines[k].project,
                             e->project_count - 1 - after.lines[k].project);
            assert_int_equal(before.lines[k].reason, after.lines[k].reason);
        }
        tally_free(&before);
        tally_free(&after);
        drop(e);
        drop(other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(the_unit_of_money_changes_nothing),
        cmocka_unit_test(names_and_order_change_nothing),
    };
    const char *wanted = getenv("COUNT_ELECTIONS");
    uint64_t n;
    if (wanted != NULL && parse_uint(wanted, 10000000, &n))
        elections = (size_t)n;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
