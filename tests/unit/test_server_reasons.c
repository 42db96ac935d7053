/* test_server_reasons.c: why a project was funded or not, in other languages than the count's:
 * every word that wardmote-count has for a reason is a sentence in them, with its figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "count/reason.h"
#include "server/result_reason.h"

static struct proposal rival = {.number = 1283, .title = "A slide"};
static const struct proposals others = {.proposal = &rival, .n = 1};

static void said(const struct result_part *part, const struct result_proposal *p,
                 const char *wanted)
{
    struct html h = html_new();
    h.language = LANGUAGE_PL;
    result_reason(&h, part, p, &others);
    assert_string_equal(buf_str(&h.out), wanted);
    html_free(&h);
}

static struct result_proposal because(const char *reason)
{
    return (struct result_proposal){.reason = reason,
                                    .reason_text = "In English.",
                                    .takers = "",
                                    .cost = 1240000,
                                    .left = -1,
                                    .support = -1};
}

#define GBP "\u00a0£"

static void votes_in_order(void **state)
{
    (void)state;
    struct result_part part = {.by_shares = -1, .budget = 500000, .minimum_votes = 20};
    struct result_proposal p = because("won");
    p.step = 2;
    p.left = 1300050;
    said(&part, &p,
         "Wybrany jako nr 2: kosztuje 12\u00a0400" GBP ", a pozostawało 13\u00a0000,50" GBP ".");
    p = because("not_enough_left");
    p.left = 350000;
    said(&part, &p,
         "Niewybrany: kosztuje 12\u00a0400" GBP
         ", a gdy przyszła jego kolej, zostało tylko 3500" GBP ".");
    p = because("below_minimum");
    p.plain_votes = 19;
    said(&part, &p, "Niewybrany: liczba głosów to 19, a potrzeba co najmniej 20.");
    p = because("costs_more_than_budget");
    said(&part, &p, "Niewybrany: kosztuje 12\u00a0400" GBP ", więcej niż cała pula 5000" GBP ".");
    p = because("excluded");
    p.excluded_by = 1283;
    said(&part, &p,
         "Niewybrany: wygrał projekt „<span lang=\"en-GB\" dir=\"ltr\">A slide</span>”, a może "
         "wygrać tylko jeden z nich.");
    rival.title = "Zjeżdżalnia";
    rival.language = LANGUAGE_PL;
    said(&part, &p, "Niewybrany: wygrał projekt „Zjeżdżalnia”, a może wygrać tylko jeden z nich.");
}

static void equal_shares(void **state)
{
    (void)state;
    struct result_part part = {.by_shares = 3};
    struct result_proposal p = because("won");
    p.step = 3;
    p.support = 1250;
    said(
        &part, &p,
        "Wybrany jako nr 3: zapłacili za niego jego zwolennicy. Gdyby poparło go o około 20% mniej "
        "osób, nie wygrałby.");
    p.step = 4;
    said(&part, &p,
         "Wybrany jako nr 4 według liczby głosów, z tego, co zostało po równych udziałach.");
    p = because("money_went_to_others");
    p.support = 983;
    p.takers = "1275, 1283";
    said(
        &part, &p,
        "Niewybrany: jego zwolennicy mieli na niego dość, ale wydali to na inne projekty; kosztuje "
        "12\u00a0400" GBP ". Mogli zapłacić najwyżej 98,3% kosztu: wystarczyłoby o około 2% więcej "
        "takich zwolenników. Pieniądze jego zwolenników poszły na projekty: 1275, 1283.");
    part.by_votes_alone = true;
    p = because("won");
    p.step = 1;
    said(&part, &p, "Wybrany jako nr 1 według samej liczby głosów, co woli więcej głosujących.");
}

#define WORD(it, word) word,

/* Of all that a count can say, nothing comes out as its English sentence. */
static void every_reason_has_words(void **state)
{
    static const char *const reasons[] = {REASONS(WORD)};
    (void)state;
    struct result_part part = {.by_shares = -1, .minimum_share = "2.5", .maximum_cost = "12.5"};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        struct html h = html_new();
        struct result_proposal p = because(reasons[i]);
        h.language = LANGUAGE_PL;
        result_reason(&h, &part, &p, &others);
        const char *words = buf_str(&h.out);
        if (strncmp(words, "Wybrany", 7) != 0 && strncmp(words, "Niewybrany: ", 12) != 0)
            fail_msg("%s: %s", reasons[i], words);
        if (strstr(words, "2.5") != NULL)
            fail_msg("a point in Polish: %s", words);
        if (strcmp(reasons[i], "above_cap") == 0)
            assert_non_null(strstr(words, "12,5"));
        html_free(&h);
    }
}

static void every_verdict_has_words(void **state)
{
    static const char *const verdicts[] = {VERDICTS(WORD)};
    (void)state;
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        struct html h = html_new();
        struct result_part part = {.reason = verdicts[i], .reason_text = "In English."};
        h.language = LANGUAGE_PL;
        result_verdict(&h, &part);
        if (strstr(buf_str(&h.out), "rzyjęto") == NULL)
            fail_msg("%s: %s", verdicts[i], buf_str(&h.out));
        html_free(&h);
    }
}

/* A later program's word: its own sentence, which is in English and says so. */
static void an_unknown_word_is_not_guessed_at(void **state)
{
    (void)state;
    struct result_part part = {.by_shares = -1};
    struct result_proposal p = because("a word of the future");
    said(&part, &p, "<span lang=\"en-GB\" dir=\"ltr\">In English.</span>");
    part.reason = "another";
    part.reason_text = "In English, too.";
    struct html h = html_new();
    h.language = LANGUAGE_PL;
    result_verdict(&h, &part);
    assert_string_equal(buf_str(&h.out),
                        "<span lang=\"en-GB\" dir=\"ltr\">In English, too.</span>");
    html_free(&h);
}

static void a_question(void **state)
{
    (void)state;
    struct result_part part = {.reason = "below_minimum",
                               .reason_text = "In English.",
                               .yes = 12,
                               .no = 3,
                               .votes = 15,
                               .minimum_votes = 20};
    struct html h = html_new();
    h.language = LANGUAGE_PL;
    result_verdict(&h, &part);
    assert_string_equal(buf_str(&h.out), "Nie przyjęto: oddanych głosów 15, a potrzeba co najmniej "
                                         "20; 12 za, 3 przeciw.");
    html_free(&h);
}

/* The published file's own sentence. */
static void english_is_the_count_s(void **state)
{
    (void)state;
    struct result_part part = {.by_shares = -1};
    struct result_proposal p = because("won");
    p.reason_text = "Funded as number 1: it costs £300.00 and £450.50 was left.";
    struct html h = html_new();
    result_reason(&h, &part, &p, &others);
    assert_string_equal(buf_str(&h.out), "Funded as number 1: it costs £300 and £450.50 was left.");
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(votes_in_order),
        cmocka_unit_test(equal_shares),
        cmocka_unit_test(every_reason_has_words),
        cmocka_unit_test(every_verdict_has_words),
        cmocka_unit_test(an_unknown_word_is_not_guessed_at),
        cmocka_unit_test(a_question),
        cmocka_unit_test(english_is_the_count_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
