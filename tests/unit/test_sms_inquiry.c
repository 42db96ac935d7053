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
                             .budget = 99999999999};

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
        cmocka_unit_test(places_that_do_not_fit_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
