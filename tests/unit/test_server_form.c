/* test_server_form.c: forms keep what was typed, say what is wrong twice, and escape all of it;
 * picks survive the way from the form and back; results are read strictly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/ballot_form.h"
#include "server/result_show.h"
#include "server/result_tables.h"

static void assert_has(const struct html *h, const char *piece)
{
    if (strstr(buf_str(&((struct html *)(uintptr_t)h)->out), piece) == NULL)
        fail_msg("no %s in %s", piece, buf_str(&h->out));
}

static void no_error_no_summary(void **state)
{
    (void)state;
    struct html h = html_new();
    struct form_errors errors = {0};
    form_summary(&h, &errors);
    form_summary(&h, NULL);
    assert_string_equal(buf_str(&h.out), "");
    html_free(&h);
}

static void an_error_stands_in_the_summary_and_beside_the_field(void **state)
{
    (void)state;
    struct html h = html_new();
    struct form_errors errors = {0};
    form_error(&errors, "code", "Enter <the> code");
    form_summary(&h, &errors);
    assert_has(&h, "There is a problem");
    assert_has(&h, "<a href=\"#code\">Enter &lt;the&gt; code</a>");
    form_input(&h, &errors,
               &(struct form_input){
                   .name = "code", .label = "Code", .hint = "13 digits", .value = "12\"3"});
    assert_has(&h, "<label class=\"govuk-label\" for=\"code\">Code</label>");
    assert_has(&h, "value=\"12&#34;3\"");
    assert_has(&h, "aria-describedby=\"code-hint code-error\"");
    assert_has(&h, "id=\"code-error\"><span class=\"govuk-visually-hidden\">Error:</span> Enter");
    html_free(&h);
}

static void a_textarea_keeps_a_first_empty_line(void **state)
{
    (void)state;
    struct html h = html_new();
    form_input(&h, NULL,
               &(struct form_input){.name = "about", .label = "About", .value = "\nx", .rows = 3});
    assert_has(&h, ">\n\nx</textarea>");
    html_free(&h);
}

static void the_summary_finds_the_first_radio(void **state)
{
    (void)state;
    struct html h = html_new();
    const struct form_choice choices[] = {{.value = "a", .label = "A"},
                                          {.value = "b", .label = "B", .chosen = true}};
    form_radios(&h, NULL, "kind", "Kind?", choices, 2);
    assert_has(&h, "id=\"kind\" name=\"kind\" value=\"a\">");
    assert_has(&h, "id=\"kind-2\" name=\"kind\" value=\"b\" checked>");
    html_free(&h);
}

static void errors_have_a_limit(void **state)
{
    (void)state;
    struct form_errors errors = {0};
    for (int i = 0; i < FORM_ERRORS_MAX + 5; i++)
        form_error(&errors, "x", "y");
    assert_int_equal(errors.n, FORM_ERRORS_MAX);
}

/* --- picks -------------------------------------------------------------------------------- */

static bool read_picks(struct field *fields, int n, struct ballot_picks *out)
{
    struct request r = {.fields = fields, .n_fields = n};
    return picks_read(&r, out);
}

static void picks_are_read_once_each_in_order(void **state)
{
    (void)state;
    struct ballot_picks picks;
    struct field fields[] = {{"p", "1275"}, {"token", "x"}, {"p", "0017"}, {"p", "1275"}};
    assert_true(read_picks(fields, 4, &picks));
    assert_int_equal(picks.n, 2);
    assert_int_equal(picks.pick[0].number, 17);
    assert_int_equal(picks.pick[1].number, 1275);
    assert_int_equal(picks.pick[1].weight, 1);
}

static void answers_are_read(void **state)
{
    (void)state;
    struct ballot_picks picks;
    struct field no[] = {{"p", "6395=0"}}, yes[] = {{"p", "6395=1"}};
    assert_true(read_picks(no, 1, &picks));
    assert_int_equal(picks.pick[0].weight, 0);
    assert_true(read_picks(yes, 1, &picks));
    assert_int_equal(picks.pick[0].weight, 1);
}

static void what_is_no_pick_is_refused(void **state)
{
    (void)state;
    struct ballot_picks picks;
    const char *const bad[] = {"",   "12a5",  "12755", "-1",       "1275=10000",
                               "=1", "1275=", " 1275", "1275=1=1", "１２７５"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct field fields[] = {{"p", bad[i]}};
        if (read_picks(fields, 1, &picks))
            fail_msg("\"%s\" was read", bad[i]);
    }
}

static void pairs_of_number_and_weight_are_read(void **state)
{
    (void)state;
    struct ballot_picks picks;
    struct field pairs[] = {{"n", "1359"}, {"w", "3"},  {"n", "1275"}, {"w", ""},
                            {"n", "0017"}, {"w", "10"}, {"n", "2222"}, {"w", "lots"},
                            {"n", "3333"}, {"w", "0"}};
    assert_true(read_picks(pairs, 10, &picks));
    assert_int_equal(picks.n, 2);
    assert_int_equal(picks.pick[0].number, 17);
    assert_int_equal(picks.pick[0].weight, 10);
    assert_int_equal(picks.pick[1].number, 1359);
    assert_false(picks.blank);
    assert_false(read_picks(pairs, 9, &picks)); /* a number without its box */
}

static void a_blank_ballot_is_said(void **state)
{
    (void)state;
    struct ballot_picks picks;
    struct field none[] = {{"p", "none"}};
    assert_true(read_picks(none, 1, &picks));
    assert_int_equal(picks.n, 0);
    assert_true(picks.blank);
    struct html h = html_new();
    picks_hidden(&h, &picks, ROUND_POINTS);
    assert_has(&h, "name=\"p\" value=\"none\"");
    html_free(&h);
}

static void ranks_close_their_gaps(void **state)
{
    (void)state;
    uint16_t order[BALLOT_PICKS_MAX];
    struct ballot_picks picks = {.n = 3, .pick = {{17, 9}, {18, 2}, {19, 5}}};
    picks_close_gaps(&picks);
    assert_int_equal(picks.pick[0].weight, 3);
    assert_int_equal(picks.pick[1].weight, 1);
    assert_int_equal(picks.pick[2].weight, 2);
    picks_by_rank(&picks, order);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[2], 0);
    /* Two in one place say no order: left as they are. */
    struct ballot_picks twice = {.n = 2, .pick = {{17, 4}, {18, 4}}};
    picks_close_gaps(&twice);
    assert_int_equal(twice.pick[0].weight, 4);
}

static void places_are_ordinals(void **state)
{
    (void)state;
    const struct {
        int n;
        const char *words;
    } cases[] = {{1, "1st"},   {2, "2nd"},   {3, "3rd"},   {4, "4th"},    {11, "11th"},
                 {12, "12th"}, {13, "13th"}, {21, "21st"}, {111, "111th"}};
    char out[16];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ordinal_text(LANGUAGE_EN, cases[i].n, out);
        assert_string_equal(out, cases[i].words);
    }
    ordinal_text(LANGUAGE_PL, 22, out);
    assert_string_equal(out, "22.");
}

static void hidden_picks_read_back(void **state)
{
    (void)state;
    struct html h = html_new();
    struct ballot_picks picks = {.n = 2, .pick = {{17, 1}, {1275, 1}}};
    picks_hidden(&h, &picks, ROUND_KNAPSACK);
    assert_has(&h, "name=\"p\" value=\"0017\"");
    assert_has(&h, "name=\"p\" value=\"1275\"");
    html_free(&h);
    h = html_new();
    struct ballot_picks no = {.n = 1, .pick = {{6395, 0}}};
    picks_hidden(&h, &no, ROUND_YES_NO);
    assert_has(&h, "value=\"6395=0\"");
    html_free(&h);
}

/* --- refusals in the voter's words --------------------------------------------------------- */

static struct proposal proposals[] = {
    {.number = 1275, .title = "Benches", .pot = 1, .cost = 930300},
    {.number = 1359, .title = "Path", .pot = 1, .cost = 500000}};
static struct pot one_pot[] = {{.ordinal = 1, .name = "Ward pot", .source = "", .amount = 1200000}};

static struct ballot_sheet sheet(enum round_kind kind)
{
    return (struct ballot_sheet){
        .round = {.kind = kind, .slug = "x", .max_picks = 5, .points_sum = 10, .points_max = 5},
        .pots = {one_pot, 1},
        .all = {proposals, 2},
        .picks = {.n = 2, .pick = {{1275, 1}, {1359, 1}}}};
}

static void assert_refusal(enum round_kind kind, struct ballot_verdict v, const char *words)
{
    struct arena a = arena_new(1 << 16);
    struct ballot_sheet s = sheet(kind);
    if (v.outcome != CAST_BAD_RANKS && kind == ROUND_RANKING)
        s.picks.pick[1].weight = 2;
    sheet_refuse(&s, &a, &v);
    struct form_errors all = sheet_errors(&s);
    assert_int_equal(all.n, 1);
    assert_string_equal(all.error[0].message, words);
    arena_free(&a);
}

static void refusals_say_what_to_do(void **state)
{
    (void)state;
    assert_refusal(
        ROUND_KNAPSACK,
        (struct ballot_verdict){.outcome = CAST_OVER_BUDGET, .detail = 230300, .limit = 1200000},
        "Your choices cost £14,303. Remove £2,303 or more so they cost £12,000 or less");
    assert_refusal(ROUND_APPROVAL,
                   (struct ballot_verdict){.outcome = CAST_TOO_MANY, .detail = 7, .limit = 5},
                   "You can choose up to 5 projects. Remove 2");
    assert_refusal(ROUND_APPROVAL,
                   (struct ballot_verdict){.outcome = CAST_TOO_FEW, .detail = 0, .limit = 1},
                   "Choose at least one project");
    assert_refusal(ROUND_YES_NO, (struct ballot_verdict){.outcome = CAST_EMPTY},
                   "Choose yes or no");
    assert_refusal(ROUND_APPROVAL, (struct ballot_verdict){.outcome = CAST_EMPTY},
                   "Choose at least one project");
    assert_refusal(ROUND_APPROVAL,
                   (struct ballot_verdict){.outcome = CAST_OVER_POINTS, .detail = 12, .limit = 10},
                   "You gave 12 points. Take 2 back so that they are 10 or fewer");
}

static void refusals_of_other_kinds(void **state)
{
    (void)state;
    assert_refusal(ROUND_POINTS, (struct ballot_verdict){.outcome = CAST_EMPTY},
                   "Give points to at least one project");
    assert_refusal(ROUND_RANKING,
                   (struct ballot_verdict){.outcome = CAST_TOO_MANY, .detail = 2, .limit = 1},
                   "You can number one project. Clear 1");
    assert_refusal(ROUND_RANKING, (struct ballot_verdict){.outcome = CAST_BAD_RANKS},
                   "“Benches” and “Path” are both number 1. Give each a number of its own");
    assert_refusal(
        ROUND_APPROVAL,
        (struct ballot_verdict){.outcome = CAST_POT_TOO_MANY, .detail = 1003, .limit = 2},
        "You chose 3 projects from Ward pot and can choose up to 2. Remove 1");
    assert_refusal(ROUND_APPROVAL,
                   (struct ballot_verdict){.outcome = CAST_POT_TOO_FEW, .detail = 1000, .limit = 1},
                   "Choose at least 1 project from Ward pot");
}

static void points_over_the_most_are_told_row_by_row(void **state)
{
    (void)state;
    struct arena a = arena_new(1 << 16);
    struct ballot_sheet s = sheet(ROUND_POINTS);
    s.picks.pick[1].weight = 7;
    sheet_refuse(&s, &a, &(struct ballot_verdict){.outcome = CAST_OVER_POINT_MAX, .limit = 5});
    assert_int_equal(s.errors.n, 0);
    assert_int_equal(s.rows.n, 1);
    assert_string_equal(s.rows.error[0].field, "p1359");
    assert_string_equal(s.rows.error[0].message,
                        "“Path”: you gave 7 points. The most for one project is 5");
    arena_free(&a);
}

/* The database names one; the rest is known from the total. */
static void every_limit_that_is_past_is_told(void **state)
{
    (void)state;
    struct arena a = arena_new(1 << 16);
    struct ballot_sheet s = sheet(ROUND_KNAPSACK);
    s.round.max_picks = 1;
    sheet_refuse(&s, &a,
                 &(struct ballot_verdict){.outcome = CAST_TOO_MANY, .detail = 2, .limit = 1});
    assert_int_equal(s.errors.n, 2);
    assert_string_equal(
        s.errors.error[0].message,
        "Your choices cost £14,303. Remove £2,303 or more so they cost £12,000 or less");
    assert_string_equal(s.errors.error[1].message, "You can choose one project. Remove 1");
    s = sheet(ROUND_POINTS);
    s.picks.pick[0].weight = 7;
    s.picks.pick[1].weight = 4;
    sheet_refuse(&s, &a, &(struct ballot_verdict){.outcome = CAST_OVER_POINT_MAX, .limit = 5});
    assert_string_equal(s.errors.error[0].message,
                        "You gave 11 points. Take 1 back so that they are 10 or fewer");
    assert_int_equal(s.rows.n, 1);
    s = sheet(ROUND_APPROVAL);
    form_error(&s.rows, "p1275", "its points must be a whole number");
    sheet_refuse(&s, &a, &(struct ballot_verdict){.outcome = CAST_TOO_FEW, .limit = 3});
    assert_int_equal(sheet_errors(&s).n, 1); /* what cannot be read may be the third */
    arena_free(&a);
}

static void a_ballot_is_blank_or_it_is_not(void **state)
{
    (void)state;
    struct ballot_sheet s = sheet(ROUND_APPROVAL);
    s.round.blank_allowed = true;
    assert_true(sheet_is_clear(&s));
    s.picks.blank = true;
    assert_false(sheet_is_clear(&s)); /* both */
    s = sheet(ROUND_APPROVAL);
    s.round.blank_allowed = true;
    s.picks.n = 0;
    assert_false(sheet_is_clear(&s)); /* neither */
    s = sheet(ROUND_APPROVAL);
    s.picks.blank = true;
    s.picks.n = 0;
    assert_true(sheet_is_clear(&s)); /* not asked: the database says that it is empty */
    assert_false(s.picks.blank);
}

static void a_withdrawn_project_is_taken_off(void **state)
{
    (void)state;
    struct arena a = arena_new(1 << 16);
    struct ballot_sheet s = sheet(ROUND_APPROVAL);
    struct ballot_verdict v = {.outcome = CAST_WITHDRAWN_PROPOSAL, .detail = 1275};
    sheet_refuse(&s, &a, &v);
    assert_int_equal(s.picks.n, 1);
    assert_int_equal(s.picks.pick[0].number, 1359);
    assert_string_equal(s.errors.error[0].field, "p1359");
    arena_free(&a);
}

/* --- results ------------------------------------------------------------------------------ */

static void pounds_are_read_strictly(void **state)
{
    (void)state;
    int64_t pence = 0;
    assert_true(pounds_read("1200", &pence));
    assert_int_equal(pence, 120000);
    assert_true(pounds_read("1200.5", &pence));
    assert_int_equal(pence, 120050);
    assert_true(pounds_read("0.07", &pence));
    assert_int_equal(pence, 7);
    const char *const bad[] = {"", "-1", "1.", ".5", "1.234", "1e3", "1,200", "99999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (pounds_read(bad[i], &pence))
            fail_msg("\"%s\" was read", bad[i]);
    }
}

static void a_table_carries_no_formula(void **state)
{
    (void)state;
    struct result_proposal p = {.number = 17,
                                .name = "=HYPERLINK(\"x\")",
                                .reason_text = "It was \"first\"",
                                .cost = 120050,
                                .votes = 3,
                                .selected = true};
    struct result_part part = {.pot_name = "Ward pot", .proposal = &p, .n_proposals = 1};
    struct result_view v = {.part = &part, .n_parts = 1};
    struct proposals none = {0};
    struct decision old = {.number = 17, .decision = "refused", .reason = "No", .body = "Board"};
    struct decision now = {.number = 17,
                           .decision = "approved",
                           .reason = "=1+1",
                           .body = "@Board",
                           .decided_on = INT64_C(1797249600000000), /* 14 December 2026 */
                           .stands = true};
    struct decision both[] = {old, now};
    struct decisions decided = {both, 2};
    struct buf out = buf_new(4096);
    const char *head = "pot,number,project,cost,votes,funded,reason,council_decision,"
                       "council_decided_by,council_decided_on,council_reason\r\n"
                       "\"Ward pot\",0017,\"'=HYPERLINK(\"\"x\"\")\",1200.50,3,yes,"
                       "\"It was \"\"first\"\"\",";
    struct arena a = arena_new(1 << 16);
    struct sheet s = result_table(&a, &v, &none, NULL);
    sheet_csv(&out, &s);
    assert_memory_equal(buf_str(&out), head, strlen(head));
    assert_string_equal(buf_str(&out) + strlen(head), ",,,\r\n");
    buf_free(&out);
    out = buf_new(4096);
    s = result_table(&a, &v, &none, &decided);
    sheet_csv(&out, &s);
    arena_free(&a);
    assert_string_equal(buf_str(&out) + strlen(head),
                        "\"approved\",\"'@Board\",\"2026-12-14\",\"'=1+1\"\r\n");
    buf_free(&out);
}

/* "12 people, two of whom …" must not come out by subtraction. */
static void one_small_count_takes_the_next_with_it(void **state)
{
    (void)state;
    struct html h = html_new();
    struct round_view round = {.kind = ROUND_APPROVAL, .area_name = "Acomb", .title = "Acomb"};
    int64_t voters[] = {2, 40, 9};
    struct result_part part = {.pot_name = "Ward pot",
                               .budget = 100,
                               .votes = 51,
                               .voters_by_winners = voters,
                               .n_voters_by_winners = 3};
    struct result_view v = {.part = &part, .n_parts = 1, .ballots = 51, .web = 48, .texts = 3};
    struct proposals none = {0};
    result_show(&h, &round, &v, &none);
    const char *page = buf_str(&h.out);
    assert_non_null(strstr(page, ">none</th><td class=\"govuk-table__cell "
                                 "govuk-table__cell--numeric\">not shown</td>"));
    assert_non_null(strstr(page, ">2</th><td class=\"govuk-table__cell "
                                 "govuk-table__cell--numeric\">not shown</td>"));
    assert_non_null(strstr(page, ">1</th><td class=\"govuk-table__cell "
                                 "govuk-table__cell--numeric\">40</td>"));
    assert_null(strstr(page, "<dt>by text</dt>"));
    assert_non_null(strstr(page, ">On the web</th><td class=\"govuk-table__cell "
                                 "govuk-table__cell--numeric\">not shown</td>"));
    html_free(&h);
    h = html_new();
    part.votes = v.ballots = RESULT_FEWEST - 1;
    result_show(&h, &round, &v, &none);
    assert_null(strstr(buf_str(&h.out), "<table"));
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_error_no_summary),
        cmocka_unit_test(an_error_stands_in_the_summary_and_beside_the_field),
        cmocka_unit_test(a_textarea_keeps_a_first_empty_line),
        cmocka_unit_test(the_summary_finds_the_first_radio),
        cmocka_unit_test(errors_have_a_limit),
        cmocka_unit_test(picks_are_read_once_each_in_order),
        cmocka_unit_test(answers_are_read),
        cmocka_unit_test(what_is_no_pick_is_refused),
        cmocka_unit_test(pairs_of_number_and_weight_are_read),
        cmocka_unit_test(a_blank_ballot_is_said),
        cmocka_unit_test(ranks_close_their_gaps),
        cmocka_unit_test(places_are_ordinals),
        cmocka_unit_test(hidden_picks_read_back),
        cmocka_unit_test(refusals_say_what_to_do),
        cmocka_unit_test(refusals_of_other_kinds),
        cmocka_unit_test(points_over_the_most_are_told_row_by_row),
        cmocka_unit_test(every_limit_that_is_past_is_told),
        cmocka_unit_test(a_ballot_is_blank_or_it_is_not),
        cmocka_unit_test(a_withdrawn_project_is_taken_off),
        cmocka_unit_test(pounds_are_read_strictly),
        cmocka_unit_test(a_table_carries_no_formula),
        cmocka_unit_test(one_small_count_takes_the_next_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
