/* test_server_paper.c: ballots as clerks type them from paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "server/paper_picks.h"

static struct ballot_pick picks[BALLOT_PICKS_MAX];
static uint16_t n;

static void expect(const char *typed, enum paper_kind kind, const char *picked)
{
    char said[200] = "";
    assert_null(paper_picks_read(typed, kind, 6395, picks, &n));
    for (uint16_t i = 0; i < n; i++)
        snprintf(said + strlen(said), sizeof said - strlen(said), "%04u=%u ", picks[i].number,
                 picks[i].weight);
    assert_string_equal(said, picked);
}

static void wrong(const char *typed, enum paper_kind kind, const char *words)
{
    const char *said = paper_picks_read(typed, kind, 6395, picks, &n);
    assert_non_null(said);
    assert_non_null(strstr(said, words));
}

static void each_kind(void **state)
{
    (void)state;
    expect("1275 0012", PAPER_CHOICES, "1275=1 0012=1 ");
    expect(" 1275,1359 ,", PAPER_CHOICES, "1275=1 1359=1 ");
    expect("1275=5 1359=1000", PAPER_POINTS, "1275=5 1359=1000 ");
    expect("1359 1275 2714", PAPER_RANKING, "1359=1 1275=2 2714=3 ");
    expect("Yes", PAPER_YES_NO, "6395=1 ");
    expect("no", PAPER_YES_NO, "6395=0 ");
    for (enum paper_kind kind = PAPER_CHOICES; kind <= PAPER_YES_NO; kind++)
        expect("BLANK", kind, "");
}

static void what_is_wrong(void **state)
{
    (void)state;
    wrong("", PAPER_CHOICES, "blank");
    wrong(" , ", PAPER_RANKING, "blank");
    wrong("", PAPER_YES_NO, "yes, no");
    wrong("maybe", PAPER_YES_NO, "yes, no");
    wrong("127", PAPER_CHOICES, "four-digit");
    wrong("12755", PAPER_CHOICES, "four-digit");
    wrong("1275-1359", PAPER_CHOICES, "four-digit");
    wrong("1275=1", PAPER_CHOICES, "four-digit");
    wrong("1275 1275", PAPER_CHOICES, "twice");
    wrong("1275", PAPER_POINTS, "points");
    wrong("1275=", PAPER_POINTS, "points");
    wrong("1275=0", PAPER_POINTS, "points");
    wrong("1275=99999", PAPER_POINTS, "points");
}

static void no_more_than_a_ballot_holds(void **state)
{
    (void)state;
    char typed[BALLOT_PICKS_MAX * 5 + 10] = "";
    for (int i = 0; i <= BALLOT_PICKS_MAX; i++)
        snprintf(typed + strlen(typed), sizeof typed - strlen(typed), "%04d ", i);
    wrong(typed, PAPER_CHOICES, "more than a ballot holds");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(no_more_than_a_ballot_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
