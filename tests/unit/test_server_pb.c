/* test_server_pb.c: the published file, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/export_pb.h"

static struct ballot_pick picks[][3] = {
    {{1275, 1}, {1359, 1}, {2714, 1}},
    {{1275, 1}, {0, 0}, {0, 0}},
    {{2714, 1}, {0, 0}, {0, 0}},
    {{0, 0}, {0, 0}, {0, 0}},
};
static const struct pb_ballot ballots[] = {
    {picks[0], 3}, {picks[1], 1}, {picks[2], 1}, {picks[3], 0}};
static const struct pb_pot pots[] = {{1, "Ward pot", 1220050, 0}, {2, "Trees; hedges", 90000, 0}};
static const struct pb_proposal proposals[] = {{1275, 1, "A \"bench\"", 120005, 0, ""},
                                               {1359, 1, "Line\nbreak", 1220050, 0, ""},
                                               {2714, 2, "Hedge", 90000, 0, ""}};

static struct pb_round make_round(void)
{
    return (struct pb_round){.unit = "City of York",
                             .area = "Westfield",
                             .title = "Westfield 2026",
                             .opens_on = "01.12.2026",
                             .closes_on = "14.12.2026",
                             .question = "Adopt it?",
                             .rule = "greedy",
                             .settings = "minimum-votes=0 fund-unsupported=no",
                             .kind = PB_KNAPSACK,
                             .max_picks = 60,
                             .pot = pots,
                             .pots = 2,
                             .proposal = proposals,
                             .proposals = 3,
                             .ballot = ballots,
                             .ballots = 4};
}

#define COMMENT_1                                                                                  \
    "#1: voter_id is a running number and names nobody: the ballots stand in the order of what "   \
    "they say."

static void knapsack_pot_is_approval_with_a_sum(void **state)
{
    (void)state;
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    assert_int_equal(export_pb(&out, &round, &pots[0]), 2);
    assert_string_equal(
        buf_str(&out),
        "META\nkey;value\ndescription;Westfield 2026: Ward pot\ncountry;United Kingdom\n"
        "unit;City of York\nsubunit;Westfield\ninstance;2026\nnum_projects;2\nnum_votes;2\n"
        "budget;12200.50\nvote_type;approval\nrule;greedy\ndate_begin;01.12.2026\n"
        "date_end;14.12.2026\nmin_length;1\nmax_length;2\nmax_sum_cost;12200.50\nlanguage;en\n"
        "currency;GBP\ncomment;" COMMENT_1
        " #2: greedy by votes, skipping what does not fit. Votes that a proposal needs at least: "
        "1. Equal votes go by lowest cost, then by lot.\n"
        "PROJECTS\nproject_id;cost;votes;name\n1275;1200.05;2;\"A \"\"bench\"\"\"\n"
        "1359;12200.50;1;Line break\n"
        "VOTES\nvoter_id;vote\n1;1275\n2;1275,1359\n");
    buf_free(&out);
}

static void separators_are_quoted(void **state)
{
    (void)state;
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.kind = PB_APPROVAL;
    round.minimum_votes = 2;
    round.max_picks = 3;
    assert_int_equal(export_pb(&out, &round, &pots[1]), 2);
    assert_non_null(strstr(buf_str(&out), "description;\"Westfield 2026: Trees; hedges\"\n"));
    assert_non_null(strstr(buf_str(&out), "\nrule;greedy-threshold\n"));
    assert_non_null(strstr(buf_str(&out), "\nmin_project_score_threshold;2\n"));
    assert_non_null(strstr(buf_str(&out), "\nmax_length;1\n"));
    assert_null(strstr(buf_str(&out), "max_sum_cost"));
    assert_non_null(strstr(buf_str(&out), "\n1;2714\n2;2714\n"));
    buf_free(&out);
}

/* Only where a pot's projects have themes is there a column of them. */
static void themes_are_categories(void **state)
{
    (void)state;
    struct pb_round round = make_round();
    struct pb_proposal themed[] = {proposals[0], proposals[1], proposals[2]};
    struct buf out = buf_new(PB_MAX);
    themed[1].theme = "Green; spaces";
    round.proposal = themed;
    export_pb(&out, &round, &pots[0]);
    assert_non_null(strstr(buf_str(&out), "PROJECTS\nproject_id;cost;votes;name;category\n"
                                          "1275;1200.05;2;\"A \"\"bench\"\"\";\n"
                                          "1359;12200.50;1;Line break;\"Green; spaces\"\n"));
    buf_clear(&out);
    export_pb(&out, &round, &pots[1]);
    assert_null(strstr(buf_str(&out), "category"));
    buf_free(&out);
}

static void question_is_a_choice_of_one(void **state)
{
    (void)state;
    struct ballot_pick yes = {5724, 1}, no = {5724, 0};
    const struct pb_ballot answers[] = {{&no, 1}, {&yes, 1}, {&yes, 1}};
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.kind = PB_YES_NO;
    round.ballot = answers;
    round.ballots = 3;
    assert_int_equal(export_pb(&out, &round, NULL), 3);
    assert_non_null(strstr(buf_str(&out), "description;Westfield 2026: Adopt it?\n"));
    assert_non_null(strstr(buf_str(&out), "\nbudget;1.00\nvote_type;choose-1\n"));
    assert_non_null(strstr(buf_str(&out), "PROJECTS\nproject_id;cost;votes;name\n"
                                          "yes;1.00;2;Yes\nno;1.00;1;No\n"
                                          "VOTES\nvoter_id;vote\n"
                                          "1;no\n2;yes\n3;yes\n"));
    buf_free(&out);
}

/* Who cast it how, and which row of one pot's file belongs to which of another's, is not told. */
static void rows_of_two_pots_cannot_be_joined(void **state)
{
    (void)state;
    const struct pb_proposal four[] = {{1001, 1, "A", 100, 0, ""},
                                       {1002, 1, "B", 100, 0, ""},
                                       {2001, 2, "C", 100, 0, ""},
                                       {2002, 2, "D", 100, 0, ""}};
    struct ballot_pick a[] = {{1001, 1}, {2002, 1}}, b[] = {{1002, 1}, {2001, 1}};
    const struct pb_ballot said[] = {{a, 2}, {b, 2}};
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.proposal = four;
    round.proposals = 4;
    round.ballot = said;
    round.ballots = 2;
    export_pb(&out, &round, &pots[0]);
    assert_non_null(strstr(buf_str(&out), "VOTES\nvoter_id;vote\n1;1001\n2;1002\n"));
    buf_clear(&out);
    export_pb(&out, &round, &pots[1]);
    assert_non_null(strstr(buf_str(&out), "VOTES\nvoter_id;vote\n1;2001\n2;2002\n"));
    buf_free(&out);
}

/* Two pots, each with its own points; a ballot by a clerk, and one that left a pot alone. */
static void points_are_cumulative_most_first(void **state)
{
    (void)state;
    struct ballot_pick a[] = {{1275, 2}, {1359, 7}, {2714, 1}}, b[] = {{2714, 10}};
    const struct pb_ballot said[] = {{a, 3}, {b, 1}};
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.kind = PB_POINTS;
    round.points_sum = 10;
    round.points_max = 10;
    round.ballot = said;
    round.ballots = 2;
    assert_int_equal(export_pb(&out, &round, &pots[0]), 1);
    assert_non_null(strstr(buf_str(&out), "\nvote_type;cumulative\n"));
    assert_non_null(strstr(buf_str(&out), "\nmax_points;10\nmax_sum_points;10\n"));
    assert_non_null(strstr(buf_str(&out), "greedy by points, skipping"));
    assert_non_null(strstr(buf_str(&out), "project_id;cost;votes;score;name\n"
                                          "1275;1200.05;1;2;\"A \"\"bench\"\"\"\n"
                                          "1359;12200.50;1;7;Line break\n"
                                          "VOTES\nvoter_id;vote;points\n"
                                          "1;1359,1275;7,2\n"));
    buf_clear(&out);
    assert_int_equal(export_pb(&out, &round, &pots[1]), 2);
    assert_non_null(strstr(buf_str(&out), "\n1;2714;1\n2;2714;10\n"));
    buf_free(&out);
}

static void ranking_is_ordinal_best_first(void **state)
{
    (void)state;
    struct ballot_pick a[] = {{1275, 3}, {1359, 1}, {2714, 2}};
    const struct pb_ballot said[] = {{a, 3}};
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.kind = PB_RANKING;
    round.ballot = said;
    round.ballots = 1;
    assert_int_equal(export_pb(&out, &round, &pots[0]), 1);
    assert_non_null(strstr(buf_str(&out), "\nvote_type;ordinal\n"));
    assert_non_null(strstr(buf_str(&out), "\nscoring_fn;Borda\n"));
    assert_non_null(strstr(buf_str(&out), "VOTES\nvoter_id;vote\n"
                                          "1;1359,1275\n"));
    buf_free(&out);
}

/* A rule that Pabulib has no word for is named as anybody can run it again. */
static void other_rules_are_named(void **state)
{
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    (void)state;
    round.rule = "mes";
    round.settings = "minimum-votes=2 fund-unsupported=no utility=cost";
    round.minimum_votes = 2;
    export_pb(&out, &round, &pots[0]);
    assert_non_null(strstr(buf_str(&out), "\nrule;unknown\n"));
    assert_non_null(strstr(buf_str(&out), " #2: counted by wardmote-count's rule mes with "
                                          "minimum-votes=2 fund-unsupported=no utility=cost."));
    assert_null(strstr(buf_str(&out), "min_project_score_threshold"));
    buf_clear(&out);
    round.rule = "greedy-density";
    export_pb(&out, &round, &pots[0]);
    assert_non_null(strstr(buf_str(&out), "\nrule;greedy-custom\n"));
    buf_free(&out);
}

/* What the rules were, and what two officers changed after they were frozen. */
static void rules_and_changes_are_named(void **state)
{
    (void)state;
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    round.rules_sha256 = "00ff";
    round.changes = "Proposal 1275 withdrawn, reason: sold; too dear.";
    export_pb(&out, &round, &pots[0]);
    assert_non_null(strstr(buf_str(&out), "\nrules_sha256;00ff\n"));
    assert_non_null(strstr(buf_str(&out),
                           " #3: changed by two officers after the rules were frozen: "
                           "Proposal 1275 withdrawn, reason: sold; too dear.\"\n"));
    buf_free(&out);
}

static void groups_and_money_that_came_over_are_in_the_file(void **state)
{
    (void)state;
    struct pb_proposal grouped[] = {proposals[0], proposals[1], proposals[2]};
    struct pb_pot fuller = {1, "Ward pot", 1220050, 5000};
    struct pb_round round = make_round();
    struct buf out = buf_new(PB_MAX);
    grouped[0].exclusion = grouped[1].exclusion = 3;
    round.proposal = grouped;
    export_pb(&out, &round, &fuller);
    assert_non_null(strstr(buf_str(&out), "\nbudget;12250.50\n"));
    assert_non_null(strstr(buf_str(&out), "\nmax_sum_cost;12200.50\n"));
    assert_non_null(strstr(buf_str(&out), "\nexclusions;1275+1359\n"));
    assert_non_null(strstr(buf_str(&out), "The budget includes 50.00 that the pot before it left"));
    buf_clear(&out);
    export_pb(&out, &round, &pots[1]);
    assert_null(strstr(buf_str(&out), "exclusions"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_two_pots_cannot_be_joined),
        cmocka_unit_test(other_rules_are_named),
        cmocka_unit_test(rules_and_changes_are_named),
        cmocka_unit_test(knapsack_pot_is_approval_with_a_sum),
        cmocka_unit_test(separators_are_quoted),
        cmocka_unit_test(themes_are_categories),
        cmocka_unit_test(question_is_a_choice_of_one),
        cmocka_unit_test(points_are_cumulative_most_first),
        cmocka_unit_test(ranking_is_ordinal_best_first),
        cmocka_unit_test(groups_and_money_that_came_over_are_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
