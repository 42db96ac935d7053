/* test_sms_inquiry.c: lists, projects and results fit two segments, and no line is lost between two
 * pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/gsm7.h"
#include "sms/replies_inquiry.h"

static void assert_fits(const struct reply *r)
{
    struct text_size size = gsm7_size(buf_str(&r->text));

    if (r->text.len == 0 || size.alphabet != ALPHABET_GSM7 || size.segments > REPLY_SEGMENTS)
        fail_msg("%zu units: %s", size.units, buf_str(&r->text));
}

static bool holds(const struct reply *r, const char *words)
{
    return strstr(buf_str(&r->text), words) != NULL;
}

enum { LINES = 150 };

static void make_lines(struct reply_line *lines, const char *name)
{
    for (size_t i = 0; i < LINES; i++)
        lines[i] = (struct reply_line){.area = i < 70 ? "Rawcliffe and Clifton Without" : "York",
                                       .closes = "2025-12-25 00:00",
                                       .round = i < 70   ? 1
                                                : i < 90 ? 2
                                                         : 3,
                                       .kind = i < 90 ? REPLY_POINTS : REPLY_KNAPSACK,
                                       .number = (uint16_t)(1000 + i),
                                       .name = name,
                                       .cost = 123456789};
}

static void every_line_is_on_one_page(void **state)
{
    static const char *const names[] = {"B", "Hob Moor bench", "[[[[[[[[[[[[[[[["};
    static struct reply_line lines[LINES];
    struct reply out = reply_new();
    char number[8];

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        unsigned seen[LINES] = {0};
        make_lines(lines, names[k]);
        int page = 1;
        for (;; page++) {
            reply_clear(&out);
            reply_list(lines, LINES, page, &out);
            assert_fits(&out);
            if (holds(&out, "That was all"))
                break;
            for (size_t i = 0; i < LINES; i++) {
                (void)snprintf(number, sizeof number, " %04u ", lines[i].number);
                seen[i] += holds(&out, number);
            }
        }
        assert_true(page > 3);
        for (size_t i = 0; i < LINES; i++)
            assert_int_equal(seen[i], 1);
    }
    reply_clear(&out);
    reply_list(lines, 1, 1, &out);
    assert_false(holds(&out, "MORE"));
    reply_free(&out);
}

static void a_summary_is_cut(void **state)
{
    char summary[301] = "";
    struct reply out = reply_new();
    struct reply_info info = {.number = 17,
                              .title = "A bench",
                              .summary = "By the pond.",
                              .area = "Acomb",
                              .closes = "2025-12-14 21:00",
                              .opens = "",
                              .cost = 184300,
                              .voting = SAY_VOTING_CLOSES};

    (void)state;
    reply_info(&info, &out);
    assert_string_equal(buf_str(&out.text), "0017 A bench (Acomb), £1,843. By the pond. Voting "
                                            "closes at 9pm Sun 14 Dec.");
    memset(summary, '{', 300);
    info.summary = summary;
    info.title = "A title of a hundred and twenty characters, which is as many as an officer can "
                 "write, and which leaves little room here";
    reply_clear(&out);
    reply_info(&info, &out);
    assert_fits(&out);
    assert_true(holds(&out, "{{{... Voting closes at 9pm Sun 14 Dec.") && holds(&out, "£1,843"));
    reply_free(&out);
}

static void results_drop_names_first(void **state)
{
    struct reply_pick winners[60];
    struct reply out = reply_new();
    struct reply_result r = {.area = "Rawcliffe and Clifton Without",
                             .ballots = 12345,
                             .winners = winners,
                             .spent = 99999999999,
                             .budget = 99999999999,
                             .reason = "",
                             .least = "",
                             .share = "",
                             .other_name = ""};

    (void)state;
    for (size_t i = 0; i < 60; i++)
        winners[i] = (struct reply_pick){.number = (uint16_t)(9000 + i), .name = "Hob Moor bench"};
    for (r.n_winners = 0; r.n_winners <= 60; r.n_winners++) {
        reply_clear(&out);
        reply_result(&r, &out);
        assert_fits(&out);
        assert_true(holds(&out, "12345 votes"));
        assert_true(r.n_winners == 0 || holds(&out, " of £999,999,999.99"));
        assert_true(r.n_winners > 10 || r.n_winners == 0 || holds(&out, "9000"));
    }
    r.n_winners = 1;
    r.question = true;
    r.yes = 120;
    r.no = 30;
    reply_clear(&out);
    reply_result(&r, &out);
    assert_string_equal(buf_str(&out.text), "Result for Rawcliffe and Clifton Without: 9000 Hob "
                                            "Moor bench was not adopted, 120 YES, 30 NO.");
    reply_free(&out);
}

static void assert_told(const struct reply_result *r, enum language in, const char *words)
{
    struct reply out = reply_new();

    out.language = in;
    reply_result(r, &out);
    assert_string_equal(buf_str(&out.text), words);
    reply_free(&out);
}

/* Each reason that wardmote-count gives; the longest values stay within two segments. */
static void each_reason_has_its_words(void **state)
{
    static const struct {
        const char *reason, *words;
    } rows[] = {
        {"no_votes", "nobody voted for it."},
        {"below_minimum", "the rules ask for 20 votes."},
        {"below_threshold", "it has 12 and needed 20."},
        {"above_cap", "it costs £1,843, more than the 25 % of the money that one project may."},
        {"withdrawn", "it was withdrawn."},
        {"costs_more_than_budget", "it costs £1,843, more than all the money, £12,000."},
        {"not_enough_left", "it costs £1,843 and only £500.50 was left when its turn came."},
        {"excluded", "1359 Allot'mt path won, and only one of them can."},
        {"money_went_to_others",
         "the money of its voters went to others, most to 1359 Allot'mt path."},
        {"too_few_supporters", "it costs £1,843, and the shares of its voters together are less."},
        {"count_ended", "the count ended before its turn."},
        {"a_new_word", "the reason is with the result on the web."},
        {"outweighed", "other projects together have more votes for the same money."},
    };
    const struct reply_pick bench = {.number = 1275, .name = "Hob Moor bench"};
    const struct reply_result r = {.area = "Westfield",
                                   .ballots = 214,
                                   .asked = true,
                                   .winners = &bench,
                                   .n_winners = 1,
                                   .votes = 12,
                                   .cost = 184300,
                                   .left = 50050,
                                   .budget = 1200000,
                                   .score = 12,
                                   .least = "20",
                                   .share = "25",
                                   .other = 1359,
                                   .other_name = "Allot'mt path"};
    const struct reply_pick longest = {.number = 9000, .name = "[[[[[[[[[[[[[[[["};
    struct reply out = reply_new();
    char words[400];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reply_result one = r;
        one.reason = rows[i].reason;
        (void)snprintf(words, sizeof words,
                       "1275 Hob Moor bench did not win in Westfield: %s It was on 12 of 214 "
                       "ballots.",
                       rows[i].words);
        assert_told(&one, LANGUAGE_EN, words);
        one.area = "Rawcliffe and Clifton Without and as much again as sixty letters hold";
        one.winners = &longest;
        one.other_name = longest.name;
        one.ballots = 12345678;
        one.votes = one.cost = one.left = one.budget = one.score = 99999999999;
        for (out.language = LANGUAGE_EN; out.language <= LANGUAGE_PL; out.language++) {
            reply_clear(&out);
            reply_result(&one, &out);
            assert_fits(&out);
            assert_true(holds(&out, "9000"));
        }
    }
    reply_free(&out);
}

static void what_won_and_what_was_asked(void **state)
{
    const struct reply_pick bench = {.number = 1275, .name = "Hob Moor bench"};
    struct reply_result r = {.area = "Westfield",
                             .ballots = 1,
                             .asked = true,
                             .won = true,
                             .winners = &bench,
                             .n_winners = 1,
                             .votes = 1,
                             .cost = 184300,
                             .left = 100000,
                             .reason = "won",
                             .least = "",
                             .share = "25",
                             .other_name = ""};

    (void)state;
    assert_told(&r, LANGUAGE_EN, "1275 Hob Moor bench won in Westfield: 1 of 1 ballot, £1,843.");
    assert_told(&r, LANGUAGE_PL, "1275 Hob Moor bench: wygrana (Westfield), 1 z 1 glosu, 1843 £.");
    r.won = false;
    r.ballots = 214;
    r.reason = "part_funded";
    assert_told(&r, LANGUAGE_EN,
                "1275 Hob Moor bench in Westfield gets £1,000 of the £1,843 that it costs: no more "
                "was left. It was on 1 of 214 ballots.");
    r.reason = "below_minimum";
    assert_told(&r, LANGUAGE_EN,
                "1275 Hob Moor bench did not win in Westfield: the rules ask for 25 % of all "
                "ballots. It was on 1 of 214 ballots.");
    r.share = "2.5";
    assert_told(&r, LANGUAGE_PL,
                "1275 Hob Moor bench: nie wygrywa (Westfield), bo zasady wymagaja 2,5 % wszystkich "
                "glosow. Glosy za nim: 1 z 214.");
    r.reason = "money_went_to_others";
    assert_told(&r, LANGUAGE_EN,
                "1275 Hob Moor bench did not win in Westfield: the money of its voters went to "
                "others. It was on 1 of 214 ballots.");
    r.question = true;
    r.yes = r.no = 107;
    r.reason = "tie";
    assert_told(&r, LANGUAGE_EN,
                "Result for Westfield: 1275 Hob Moor bench was not adopted, 107 YES, 107 NO. A tie "
                "is not adopted.");
    r.reason = "below_minimum";
    r.least = "300";
    assert_told(&r, LANGUAGE_EN,
                "Result for Westfield: 1275 Hob Moor bench was not adopted, 107 YES, 107 NO. The "
                "rules ask for 300 ballots.");
    r.reason = "more_no_than_yes";
    assert_told(&r, LANGUAGE_PL,
                "Wynik (Westfield): 1275 Hob Moor bench nie przyjeto, 107 TAK, 107 NIE.");
}

static void places_that_do_not_fit_are_left_out(void **state)
{
    struct reply_line places[40];
    struct reply out = reply_new();

    (void)state;
    for (size_t i = 0; i < 40; i++)
        places[i] = (struct reply_line){.area = "Rawcliffe and Clifton Without"};
    reply_places(places, 40, &out);
    assert_fits(&out);
    reply_clear(&out);
    reply_places(places, 1, &out);
    assert_true(holds(&out, "in: Rawcliffe and Clifton Without."));
    reply_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_on_one_page),
        cmocka_unit_test(a_summary_is_cut),
        cmocka_unit_test(results_drop_names_first),
        cmocka_unit_test(each_reason_has_its_words),
        cmocka_unit_test(what_won_and_what_was_asked),
        cmocka_unit_test(places_that_do_not_fit_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
