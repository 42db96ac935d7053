/* test_sms_replies.c: the words of replies, and that none ever needs a third segment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/gsm7.h"
#include "sms/replies.h"

static const struct reply_voter nobody = {.area = "Acomb", .standing = ""};
static const struct reply_voter voted = {
    .area = "Westfield", .voted = true, .standing = "1275 1359 1428"};

static const struct reply_pick bench = {
    .number = 1275, .name = "Hob Moor bench", .cost = 184300, .pot = 1, .amount = 1200000};
static const struct reply_pick path = {
    .number = 1359, .name = "Allot'mt path", .cost = 170000, .pot = 1, .amount = 1200000};

static struct reply_round westfield(const struct reply_pick *picks, size_t n)
{
    return (struct reply_round){.outcome = CAST_RECORDED,
                                .receipt = 220154336142557664,
                                .area = "Westfield",
                                .opens = "2025-12-01 09:00",
                                .closes = "2025-12-14 21:00",
                                .kind = REPLY_KNAPSACK,
                                .picks = picks,
                                .n_picks = n};
}

static void assert_says(struct reply *out, const char *words)
{
    struct text_size size = gsm7_size(buf_str(&out->text));

    assert_string_equal(buf_str(&out->text), words);
    assert_int_equal(size.alphabet, ALPHABET_GSM7);
    assert_true(size.segments <= REPLY_SEGMENTS);
    reply_clear(out);
}

static void recorded_words(void **state)
{
    struct reply_pick picks[] = {bench, path, bench};
    struct reply_round rounds[2] = {westfield(picks, 2)};
    struct reply_pick question = {.number = 4017, .weight = 1, .name = "Agreement"};
    struct reply out = reply_new();

    (void)state;
    reply_recorded(rounds, 1, &out);
    assert_says(&out, "Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of "
                      "£12,000. Ref R63H5-6F4R-M0F0-X. To change it text again before 9pm Sun 14 "
                      "Dec.");
    rounds[1] = rounds[0];
    rounds[1].kind = REPLY_YES_NO;
    rounds[1].agreement = true;
    rounds[1].picks = &question;
    rounds[1].n_picks = 1;
    reply_recorded(&rounds[1], 1, &out);
    assert_says(&out, "Recorded: YES to the Westfield agreement (4017). Ref R63H5-6F4R-M0F0-X. To "
                      "change it text again before 9pm Sun 14 Dec.");
    question.weight = 0;
    rounds[1].agreement = false;
    rounds[1].area = "York";
    rounds[1].closes = "2026-01-03 12:00";
    reply_recorded(rounds, 2, &out);
    assert_says(&out, "Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of "
                      "£12,000. Ref R63H5-6F4R-M0F0-X. To change it text again before 9pm Sun 14 "
                      "Dec. Recorded for York: NO to 4017 Agreement. Ref R63H5-6F4R-M0F0-X. To "
                      "change it text again before midday Sat 3 Jan.");
    picks[1].pot = 2;
    picks[1].amount = 50050;
    picks[1].cost = 50;
    rounds[0].ended = true;
    reply_recorded(rounds, 1, &out);
    assert_says(&out, "Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £1,843 of "
                      "£12,000 and £0.50 of £500.50. Ref R63H5-6F4R-M0F0-X. Voting closed at 9pm "
                      "Sun 14 Dec.");
    rounds[0].outcome = CAST_SUPERSEDED;
    reply_recorded(rounds, 1, &out);
    assert_says(&out, "Not changed for Westfield: this text came late, and a vote you made after "
                      "it stands. Voting closed at 9pm Sun 14 Dec.");
    reply_free(&out);
}

struct refusal {
    enum cast_outcome outcome;
    int64_t detail, limit;
    const struct reply_voter *voter;
    const char *words;
};

static void refused_words(void **state)
{
    static const struct refusal rows[] = {
        {CAST_NOT_OPEN, 0, 0, &nobody,
         "Not counted: voting in Westfield opens at 9am Mon 1 Dec. Text again then."},
        {CAST_CLOSED, 0, 0, &voted,
         "Not counted: voting in Westfield closed at 9pm Sun 14 Dec. Your earlier vote 1275 1359 "
         "1428 stands."},
        {CAST_OUT_OF_REACH, 0, 0, &nobody,
         "Not counted: 1275 is in Westfield; your code is for Acomb."},
        {CAST_WITHDRAWN_PROPOSAL, 1359, 0, &nobody,
         "Not counted: 1359 Allot'mt path has been withdrawn. Text again without it."},
        {CAST_OVER_BUDGET, 230300, 1200000, &nobody,
         "Not counted: that costs £14,303, £2,303 over the £12,000 limit. Text again with fewer "
         "projects."},
        {CAST_TOO_MANY, 7, 5, &nobody,
         "Not counted: you chose 7. In Westfield choose at most 5. Text again with all your "
         "numbers."},
        {CAST_TOO_FEW, 1, 2, &nobody,
         "Not counted: you chose 1. In Westfield choose at least 2. Text again with all your "
         "numbers."},
        {CAST_EMPTY, 0, 0, &nobody,
         "Not counted: no project was named. Text again with your numbers."},
        {CAST_POT_TOO_MANY, 2003, 2, &nobody,
         "Not counted: you chose 3 from pot 2. In Westfield choose at most 2 from it. Text again "
         "with all your numbers."},
        {CAST_POT_TOO_FEW, 1000, 1, &voted,
         "Not counted: you chose 0 from pot 1. In Westfield choose at least 1 from it. Text again "
         "with all your numbers. Your earlier vote 1275 1359 1428 stands."},
        {CAST_OVER_POINTS, 11, 10, &nobody,
         "Not counted: you gave 11 points and have 10. Text again with fewer."},
        {CAST_OVER_POINT_MAX, 1359, 6, &nobody,
         "Not counted: 1359 Allot'mt path can get 6 points at most. Text again with all your "
         "numbers."},
        {CAST_BAD_RANKS, 1359, 0, &nobody,
         "Not counted: each choice needs a place of its own. Text your numbers again, the one you "
         "want most first."},
        {CAST_NOT_DECLARED, 0, 0, &nobody,
         "Not counted: the vote in Westfield first asks for your age or where you live. Please "
         "vote on the web."},
    };
    struct reply_pick picks[] = {bench, path};
    struct reply_round rounds[2] = {westfield(picks, 2), westfield(picks, 2)};
    struct reply out = reply_new();

    (void)state;
    rounds[0].outcome = CAST_SIBLING_REFUSED;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rounds[1].outcome = rows[i].outcome;
        rounds[1].detail = rows[i].detail;
        rounds[1].limit = rows[i].limit;
        reply_refused(rounds, 2, rows[i].voter, &out);
        assert_says(&out, rows[i].words);
    }
    reply_free(&out);
}

static void number_words(void **state)
{
    const struct reply_pick near[3] = {{.number = 1580, .name = "Apple trees"}, path, bench};
    const struct reply_pick question = {.number = 4017, .name = "Agreement"};
    struct reply out = reply_new();

    (void)state;
    reply_unknown_number(1590, near, 1, &voted, &out);
    assert_says(&out, "Not counted: there is no project 1590. Did you mean 1580 Apple trees? Text "
                      "again with all your numbers. Your earlier vote 1275 1359 1428 stands.");
    reply_unknown_number(7, near, 2, &nobody, &out);
    assert_says(&out, "Not counted: there is no project 0007. Did you mean 1580 Apple trees or "
                      "1359 Allot'mt path? Text again with all your numbers.");
    reply_unknown_number(7, near, 3, &nobody, &out);
    assert_says(&out, "Not counted: there is no project 0007. Text again with all your numbers.");
    reply_wrong_kind(&question, true, &nobody, &out);
    assert_says(&out, "Not counted: 4017 Agreement is a yes or no question. Text YES or NO, your "
                      "code, then 4017.");
    reply_wrong_kind(&bench, false, &nobody, &out);
    assert_says(&out, "Not counted: 1275 Hob Moor bench is a project. Text VOTE, your code, then "
                      "1275 and any others.");
    reply_bad_number("12th", &out);
    assert_says(&out, "Not counted: 12th is not a project number. They have four digits, with a "
                      "space between. Text again with all your numbers.");
    reply_free(&out);
}

static void points_and_orders(void **state)
{
    struct reply_pick picks[] = {bench, path};
    struct reply_round round = westfield(picks, 2);
    struct reply out = reply_new();

    (void)state;
    picks[0].weight = 3;
    picks[1].weight = 2;
    round.kind = REPLY_POINTS;
    round.points = 6;
    round.point_max = 4;
    reply_recorded(&round, 1, &out);
    assert_says(&out, "Recorded for Westfield: 1275 Hob Moor bench=3, 1359 Allot'mt path=2. 5 of 6 "
                      "points. Ref R63H5-6F4R-M0F0-X. To change it text again before 9pm Sun 14 "
                      "Dec.");
    reply_wrong_points(&path, &round, &nobody, &out);
    assert_says(&out, "Not counted: in Westfield you give points. Put them after each number, like "
                      "1359 3: 6 in all, at most 4 to one.");
    round.kind = REPLY_RANKING;
    reply_recorded(&round, 1, &out);
    assert_says(&out, "Recorded for Westfield, in this order: 1275 Hob Moor bench, 1359 Allot'mt "
                      "path. Ref R63H5-6F4R-M0F0-X. To change it text again before 9pm Sun 14 "
                      "Dec.");
    reply_wrong_points(&picks[0], &round, &voted, &out);
    assert_says(&out, "Not counted: 3 is not a project number. In Westfield give no points: text "
                      "your numbers, the one you want most first. Your earlier vote 1275 1359 1428 "
                      "stands.");
    round.kind = REPLY_APPROVAL;
    reply_wrong_points(&picks[0], &round, &nobody, &out);
    assert_says(&out, "Not counted: 3 is not a project number. In Westfield projects get no "
                      "points. Text again with all your numbers.");
    reply_free(&out);
}

static void what_stands_and_what_was_taken_back(void **state)
{
    struct reply_pick picks[] = {bench, path};
    struct reply_round rounds[2] = {westfield(picks, 2), westfield(picks, 0)};
    struct reply out = reply_new();

    (void)state;
    rounds[0].channel = CAST_TEXT;
    rounds[1].channel = CAST_WEB;
    rounds[1].area = "York";
    rounds[0].mine = true;
    rounds[0].when = rounds[1].when = "2026-11-27 15:00";
    reply_mine(rounds, 2, &out);
    assert_says(&out, "Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of £12,000, by "
                      "text, 3pm Fri 27 Nov. Ref R63H5-6F4R-M0F0-X. York: a vote is recorded, by "
                      "web, 3pm Fri 27 Nov.");
    struct reply_round many[12];
    for (size_t i = 0; i < 12; i++)
        many[i] = rounds[0];
    reply_mine(many, 12, &out);
    assert_true(gsm7_size(buf_str(&out.text)).segments <= 2);
    assert_non_null(strstr(buf_str(&out.text), " more rounds."));
    reply_clear(&out);
    rounds[0].withdrawn = true;
    rounds[0].n_picks = 0;
    reply_recorded(rounds, 1, &out);
    assert_says(&out, "Taken back: your vote for Westfield. Ref R63H5-6F4R-M0F0-X. To vote again, "
                      "text before 9pm Sun 14 Dec.");
    reply_free(&out);
}

static void out_of_reach_in_each_way(void **state)
{
    const struct reply_voter by_phone = {.area = "York", .standing = "", .by_phone = true};
    struct reply_pick picks[] = {bench};
    struct reply_round round = westfield(picks, 1);
    struct reply out = reply_new();

    (void)state;
    round.outcome = CAST_OUT_OF_REACH;
    reply_refused(&round, 1, &by_phone, &out);
    assert_says(&out, "Not counted: 1275 is in Westfield; your number is for York.");
    round.by_phone = true;
    reply_refused(&round, 1, &nobody, &out);
    assert_says(&out, "Not counted: in Westfield people vote by mobile number. Text VOTE 1275, "
                      "without a code, by itself.");
    reply_free(&out);
}

#define LONG_AREA                                                                                  \
    "Ŵestfield with {braces} and Acomb and Chapelfields and Foxwood and more beyond it"

static bool holds(const struct reply *r, const char *words)
{
    return strstr(buf_str(&r->text), words) != NULL;
}

static void two_segments_in(enum language in)
{
    struct reply_pick picks[60];
    struct reply_round rounds[20];
    struct reply out = reply_new();

    out.language = in;
    for (size_t i = 0; i < 60; i++)
        picks[i] = (struct reply_pick){.number = (uint16_t)(9000 + i),
                                       .name = "[[[[[[[[[[[[[[[[",
                                       .cost = 99999999999,
                                       .pot = (int32_t)(i % 3) + 1,
                                       .amount = 99999999999};
    for (size_t n = 1; n <= 20; n++)
        for (size_t k = 1; k <= 60; k += n == 1 ? 1 : 13) {
            for (size_t i = 0; i < n; i++) {
                rounds[i] = westfield(picks, k);
                rounds[i].area = LONG_AREA;
                rounds[i].closes = i % 2 ? "2025-12-25 00:00" : "2025-12-24 23:59";
            }
            reply_clear(&out);
            reply_recorded(rounds, n, &out);
            struct text_size size = gsm7_size(buf_str(&out.text));
            if (out.text.len == 0 || size.alphabet != ALPHABET_GSM7 || size.segments > 2)
                fail_msg("%zu rounds of %zu: %s", n, k, buf_str(&out.text));
            if (n == 1)
                assert_true(
                    holds(&out, "R63H5-6F4R-M0F0-X") &&
                    holds(&out, in == LANGUAGE_PL ? "sr 24 gru" : "Wed 24 Dec") &&
                    holds(&out, in == LANGUAGE_PL ? " z 999 999 999,99 £" : " of £999,999,999.99"));
        }
    reply_free(&out);
}

static void never_more_than_two_segments(void **state)
{
    (void)state;
    two_segments_in(LANGUAGE_EN);
    two_segments_in(LANGUAGE_PL);
    say_keyword("Westminster");
    two_segments_in(LANGUAGE_EN);
    two_segments_in(LANGUAGE_PL);
    say_keyword("");
}

static size_t times(const struct reply *r, const char *words)
{
    size_t n = 0;

    for (const char *p = buf_str(&r->text); (p = strstr(p, words)) != NULL; p++)
        n++;
    return n;
}

/* Three rounds in one text: each keeps its receipt and what it costs, and the deadline stays. */
static void three_receipts_in(enum language in)
{
    struct reply_pick picks[60];
    struct reply_round rounds[3];
    struct reply out = reply_new();
    bool pl = in == LANGUAGE_PL;

    out.language = in;
    for (size_t i = 0; i < 60; i++)
        picks[i] = bench;
    for (size_t k = 1; k <= 60; k++) {
        for (size_t i = 0; i < 3; i++) {
            rounds[i] = westfield(picks, k);
            rounds[i].area = LONG_AREA;
        }
        reply_recorded(rounds, 3, &out);
        assert_true(gsm7_size(buf_str(&out.text)).segments <= 2);
        assert_int_equal(times(&out, "Ref R63H5-6F4R-M0F0-X"), 3);
        assert_int_equal(times(&out, pl ? " z 12 000 £" : " of £12,000"), 3);
        assert_int_equal(times(&out, pl ? "nd 14 gru 21:00" : "Sun 14 Dec"), 1);
    }
    for (size_t i = 0; i < 3; i++) {
        rounds[i].withdrawn = true;
        rounds[i].n_picks = 0;
    }
    reply_recorded(rounds, 3, &out);
    assert_int_equal(times(&out, "R63H5-6F4R-M0F0-X"), 3);
    assert_non_null(strstr(buf_str(&out.text), pl ? "Cofnieto" : "Taken back"));
    reply_free(&out);
}

static void three_rounds_keep_their_receipts(void **state)
{
    (void)state;
    three_receipts_in(LANGUAGE_EN);
    three_receipts_in(LANGUAGE_PL);
}

/* Room is left for the sentence that ends the last reply of the hour. */
static void the_last_of_the_hour(void **state)
{
    struct reply_pick picks[60];
    struct reply_round round = westfield(picks, 0);
    struct reply out = reply_new();
    const char *last = " Votes still count; no replies until midnight.";

    (void)state;
    for (size_t i = 0; i < 60; i++)
        picks[i] = bench;
    out.until = "2025-11-28 00:00";
    for (round.n_picks = 1; round.n_picks <= 60; round.n_picks++) {
        reply_recorded(&round, 1, &out);
        reply_end(&out);
        const char *words = buf_str(&out.text);
        assert_string_equal(words + strlen(words) - strlen(last), last);
        assert_true(gsm7_size(words).segments <= 2);
        assert_true(holds(&out, "R63H5-6F4R-M0F0-X") && holds(&out, "Sun 14 Dec"));
    }
    reply_free(&out);
    reply_end(&out);
    assert_int_equal(out.text.len, 0);
}

static void refusals_fit_in(enum language in)
{
    char standing[400] = "";
    struct reply_pick pick = {.number = 9000, .name = "[[[[[[[[[[[[[[[["};
    const struct reply_pick near[2] = {pick, pick};
    struct reply_round round = westfield(&pick, 1);
    struct reply_voter voter = {.area = LONG_AREA, .voted = true, .standing = standing};
    struct reply out = reply_new();

    out.language = in;
    for (size_t i = 0; i < 60; i++)
        memcpy(standing + i * 5, "1275 ", 6);
    round.area = LONG_AREA;
    round.detail = round.limit = 99999999999;
    for (enum cast_outcome o = CAST_KEY_REUSED; o <= CAST_NO_ROUND; o++) {
        round.outcome = o;
        reply_clear(&out);
        reply_refused(&round, 1, &voter, &out);
        assert_true(holds(&out, in == LANGUAGE_PL ? "Wczesniejszy glos jest wazny."
                                                  : "Your earlier vote stands."));
        assert_true(gsm7_size(buf_str(&out.text)).segments <= 2);
    }
    reply_clear(&out);
    reply_unknown_number(1, near, 2, &voter, &out);
    assert_true(gsm7_size(buf_str(&out.text)).segments <= 2);
    reply_clear(&out);
    reply_wrong_kind(&pick, true, &voter, &out);
    assert_true(gsm7_size(buf_str(&out.text)).segments <= 2);
    reply_free(&out);
}

static void refusals_fit_too(void **state)
{
    (void)state;
    refusals_fit_in(LANGUAGE_EN);
    refusals_fit_in(LANGUAGE_PL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_words),
        cmocka_unit_test(refused_words),
        cmocka_unit_test(number_words),
        cmocka_unit_test(points_and_orders),
        cmocka_unit_test(what_stands_and_what_was_taken_back),
        cmocka_unit_test(out_of_reach_in_each_way),
        cmocka_unit_test(three_rounds_keep_their_receipts),
        cmocka_unit_test(the_last_of_the_hour),
        cmocka_unit_test(never_more_than_two_segments),
        cmocka_unit_test(refusals_fit_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
