/* test_server_accounts.c: the books of a round, and pictures of counts: small counts are told
 * together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "server/accounts_show.h"
#include "server/chart.h"

static char page[1 << 16];

/* What a reader sees: text between tags, single spaces. */
static const char *plain(const char *html)
{
    size_t n = 0;
    for (bool tag = false; *html != '\0'; html++) {
        bool space = *html == '<' || *html == ' ' || *html == '\n';
        tag = *html == '<' || (tag && *html != '>');
        if (tag || *html == '>' || space) {
            if (n > 0 && page[n - 1] != ' ')
                page[n++] = ' ';
        } else {
            page[n++] = *html;
        }
        assert_true(n < sizeof page - 1);
    }
    page[n] = '\0';
    return page;
}

static const char *shown(const struct result_accounts *a, int64_t counted)
{
    struct html h = html_new();
    accounts_show(&h, a, counted);
    plain(buf_str(&h.out));
    html_free(&h);
    return page;
}

static void has(const char *words)
{
    if (strstr(page, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, page);
}

static void hides(const char *words)
{
    if (strstr(page, words) != NULL)
        fail_msg("\"%s\" is in: %s", words, page);
}

static void nothing_small_nothing_hidden(void **state)
{
    (void)state;
    struct result_accounts a = {.codes_used = 40, .codes_unused = 60, .codes_voided = 0};
    a.ballots[1].counted = 30;
    a.ballots[2].counted = 10;
    a.ballots[1].replaced = 7;
    a.texts[RESULT_TEXT_BALLOTS] = 10;
    a.texts[RESULT_TEXT_QUERIES] = 5;
    shown(&a, 40);
    has("Used 40 Unused 60 Issued 100");
    has("What became of them Web Text All Counted 30 10 40 Replaced 7 0 7 Taken back 0 0 0 "
        "Void 0 0 0 In all 37 10 47");
    has("Ballots of this vote 10");
    has("All texts 15");
    has("Turnout by code: 40 of 100 codes were used, which is 40.0 for every 100.");
    hides("fewer than 5");
}

static void turnout_is_of_codes(void **state)
{
    (void)state;
    /* Fifty people voted, twenty of them with a code; ten codes are void. */
    struct result_accounts a = {.codes_used = 20, .codes_unused = 170, .codes_voided = 10};
    a.ballots[1].counted = 50;
    shown(&a, 50);
    has("Turnout by code: 20 of 200 codes were used, which is 10.0 for every 100.");
    a.codes_used = 0;
    shown(&a, 50);
    has("Turnout by code: 0 of 180 codes were used, which is 0.0 for every 100.");
    a.codes_unused = 4;
    a.codes_voided = 0;
    shown(&a, 50);
    hides("Turnout"); /* it would tell the 4 */
}

static void a_small_count_of_ballots(void **state)
{
    (void)state;
    struct result_accounts a = {0};
    a.ballots[1].counted = 30;
    a.ballots[2].counted = 12;
    a.ballots[1].replaced = 3;
    shown(&a, 42);
    has("Counted 42");
    has("Replaced fewer than 5");
    hides("45");
    hides("Web");
    has("By way of voting some of these counts are below 5");
    a.ballots[1].withdrawn = 20;
    shown(&a, 42);
    has("Replaced; Taken back 23");
    has("In all 65");
    hides("fewer than 5");
}

static void a_channel_with_few(void **state)
{
    (void)state;
    struct result_accounts a = {0};
    a.ballots[1].counted = 30;
    a.ballots[2].counted = 4;
    shown(&a, 34);
    has("What became of them All Counted 34 Replaced 0 Taken back 0 Void 0 In all 34");
    hides("Web");
    hides("Text");
    has("By way of voting some of these counts are below 5");
}

static void a_small_count_of_codes(void **state)
{
    (void)state;
    struct result_accounts a = {.codes_used = 40, .codes_unused = 60, .codes_voided = 2};
    a.ballots[1].counted = 40;
    shown(&a, 40);
    has("Used; Void 42");
    has("Unused 60");
    has("Issued 102");
    hides("Turnout"); /* it would tell the 2 that are void */
    hides("fewer than 5");
}

static void small_counts_of_texts(void **state)
{
    (void)state;
    struct result_accounts a = {0};
    a.ballots[1].counted = 40;
    a.texts[RESULT_TEXT_BALLOTS] = 40;
    a.texts[RESULT_TEXT_LATE] = 2;
    a.texts[RESULT_TEXT_QUERIES] = 9;
    shown(&a, 40);
    has("Ballots of this vote 40");
    has("Came too late, or for a vote that was not open; Questions and wishes (HELP, LIST, STOP "
        "and "
        "the like) 11");
    has("All texts 51");
    a.texts[RESULT_TEXT_DUPLICATES] = 4;
    shown(&a, 40);
    has("Came too late, or for a vote that was not open; The same text twice 6");
    has("LIST, STOP and the like) 9");
    a = (struct result_accounts){.texts[RESULT_TEXT_LATE] = 1};
    shown(&a, 40);
    has("not open fewer than 5");
    hides("All texts");
}

static void too_few_to_be_told_apart(void **state)
{
    (void)state;
    struct result_accounts a = {.codes_used = 9, .codes_unused = 60};
    a.ballots[1].counted = 9;
    shown(&a, RESULT_FEWEST - 1);
    has("The books Not published: fewer than 10 ballots were counted");
    hides("60");
}

static void columns_say_what_they_draw(void **state)
{
    (void)state;
    const struct chart_column columns[] = {
        {"none", 6, false}, {"1 & 2", 3, true}, {"3", 12, false}};
    struct html h = html_new();
    chart_columns(&h, "w1", "Choices <funded>", columns, 3);
    const char *svg = buf_str(&h.out);
    assert_non_null(strstr(svg, "<svg role=\"img\""));
    assert_non_null(strstr(svg, "aria-labelledby=\"w1-title w1-words\""));
    assert_non_null(strstr(svg, "<title id=\"w1-title\">Choices &lt;funded&gt;</title>"));
    assert_non_null(
        strstr(svg, "<desc id=\"w1-words\">none: 6, 1 &amp; 2: not shown, 3: 12</desc>"));
    assert_non_null(strstr(svg, "height=\"94\"")); /* the tallest fills the room */
    assert_non_null(strstr(svg, "height=\"47\""));
    assert_non_null(strstr(svg, "height=\"0\""));
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_small_nothing_hidden),
        cmocka_unit_test(turnout_is_of_codes),
        cmocka_unit_test(a_small_count_of_ballots),
        cmocka_unit_test(a_channel_with_few),
        cmocka_unit_test(a_small_count_of_codes),
        cmocka_unit_test(small_counts_of_texts),
        cmocka_unit_test(too_few_to_be_told_apart),
        cmocka_unit_test(columns_say_what_they_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
