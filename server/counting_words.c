/* counting_words.c: how a vote is counted, in plain words, by the rule that was frozen. */
#include "server/round_words.h"
#include "server/rules_words.h"
#include "server/tr.h"

/* A step of a numbered list. */
static void step(struct html *h, const char *words)
{
    html_raw(h, "<li>");
    html_tr(h, words);
    html_raw(h, "</li>");
}

/* --- one after the other ------------------------------------------------------------------ */
static const char *ballot_adds(const struct round_view *v)
{
    if (v->kind == ROUND_POINTS)
        return N_("Each ballot gives its points to the projects on it, and a project’s points are "
                  "added up.");
    if (v->kind == ROUND_RANKING && v->rule == RULE_MOST)
        return N_("A ballot that ranks, say, four projects gives 4 points to its first, 3 to its "
                  "second, 2 to its third and 1 to its fourth, and a project’s points are added "
                  "up.");
    if (v->kind == ROUND_RANKING)
        return N_("A ballot that ranks, say, four projects gives 3 points to its first, 2 to its "
                  "second, 1 to its third and none to its fourth.");
    return N_("Each ballot adds one vote to every project chosen on it.");
}

static const char *taken_in_order(const struct round_view *v)
{
    bool points = round_weighs(v->kind);
    if (v->rule == RULE_VALUE)
        return points ? N_("Projects are taken in order of points for each pound of their cost, "
                           "most first.")
                      : N_("Projects are taken in order of votes for each pound of their cost, "
                           "most first.");
    return points ? N_("Projects are taken in order of points, most first.")
                  : N_("Projects are taken in order of votes, most first.");
}

static void greedy_words(struct html *h, const struct round_view *v)
{
    step(h, ballot_adds(v));
    step(h, taken_in_order(v));
    step(h, N_("A project is funded if the money left covers its cost. If it does not, the project "
               "is passed over and the next one is tried, so that a smaller project can still be "
               "funded."));
}

/* --- equal shares ------------------------------------------------------------------------- */
enum { EXAMPLE_VOTERS = 1000 };

static void share_words(struct html *h, const struct round_view *v)
{
    html_raw(h, "<li>");
    html_tr(h, "The money is divided equally among the people who vote.");
    if (v->money > 0)
        html_trv(h, " If {n} people vote, that is {money} each.", TR_NUMBER("n", EXAMPLE_VOTERS),
                 TR_MONEY("money", v->money / EXAMPLE_VOTERS));
    html_raw(h, "</li>");
}

static const char *first_comes(const struct round_view *v)
{
    switch (v->rule) {
    case RULE_SHARES_COST:
        return N_(" Of those that can be paid for, first comes the one whose supporters pay the "
                  "smallest part of its cost each, which is the one with most supporters who still "
                  "have their money.");
    case RULE_SHARES_POINTS:
        return N_(" Of those that can be paid for, first comes the one that costs its supporters "
                  "least for each point that they gave it.");
    case RULE_MOST:
    case RULE_VALUE:
    case RULE_SHARES_COUNT:
    case RULE_PHRAGMEN:
        break;
    }
    return N_(" Of those that can be paid for, first comes the one that costs each of its "
              "supporters least.");
}

/* What is done with money that equal shares leave. */
static void left_words(struct html *h, const struct round_view *v)
{
    enum count_completion c = v->completion;
    bool points = round_weighs(v->kind);
    html_raw(h, "<li>");
    if (c == COMPLETION_NONE)
        html_tr(h, "When no more can be paid for so, the count ends. ");
    else if (c == COMPLETION_UTIL)
        html_tr(h, "When no more can be paid for so, shares count no more. ");
    else
        html_tr(h, "When no more can be paid for so, everybody’s share is raised by one pound and "
                   "the count begins anew, as long as what is funded fits into the money that "
                   "there is. ");
    if (c == COMPLETION_NONE || c == COMPLETION_ADD1)
        html_tr(h, "This vote does not spend the money that is left.");
    else
        html_tr(h, points ? N_("Projects that still fit then are taken in order of points, most "
                               "first.")
                          : N_("Projects that still fit then are taken in order of votes, most "
                               "first."));
    html_raw(h, "</li>");
    if (c == COMPLETION_COMPARISON)
        step(h, points ? N_("At the end this is compared with what would be funded in order of "
                            "points alone. If more people would get more of what they chose by "
                            "that than lose by it, that is what is funded.")
                       : N_("At the end this is compared with what would be funded in order of "
                            "votes alone. If more people would get more of what they chose by "
                            "that than lose by it, that is what is funded."));
}

static void shares_words(struct html *h, const struct round_view *v)
{
    share_words(h, v);
    html_raw(h, "<li>");
    html_tr(h, v->rule == RULE_SHARES_POINTS
                   ? N_("A project is funded when the people who chose it can pay for it together, "
                        "each the same amount for each point that they gave it; who has less left "
                        "pays what they have.")
                   : N_("A project is funded when the people who chose it can pay for it together, "
                        "each the same amount; who has less left pays what they have."));
    html_tr(h, first_comes(v));
    html_tr(h, " Nobody pays for a project that they did not choose.");
    html_raw(h, "</li>");
    left_words(h, v);
}

static void phragmen_words(struct html *h)
{
    step(h, N_("Everybody who votes is given money at the same pace, beginning with nothing."));
    step(h, N_("As soon as the people who chose a project together have its cost, and it fits into "
               "the money left, it is funded, and they begin with nothing again."));
    step(h, N_("A project that does not fit into the money left is passed over. The count ends "
               "when none fits."));
}

/* --- the whole ---------------------------------------------------------------------------- */
static void equal_words(struct html *h, const struct round_view *v)
{
    bool order = v->rule == RULE_MOST || v->rule == RULE_VALUE;
    step(h, order ? N_("Projects that come equal: the one that costs less comes first. If the cost "
                       "is equal too, a lot decides, drawn from a number that was sealed before "
                       "the vote opened and is published with the result.")
                  : N_("Projects that come equal: the one that costs less comes first. If the cost "
                       "is equal too, the one with more votes; and then a lot decides, drawn from "
                       "a number that was sealed before the vote opened and is published with the "
                       "result."));
    html_raw(h, "<li>");
    html_tr(h, "A project that nobody chose is not funded.");
    if (v->minimum_votes > 0)
        html_trn(h, " A project must be on at least {n} ballot.",
                 " A project must be on at least {n} ballots.", v->minimum_votes);
    html_raw(h, "</li>");
}

static void pots_words(struct html *h, const struct round_view *v)
{
    html_raw(h, "<li>");
    html_tr(h, "Each pot is counted by itself, with the projects that draw on it.");
    if (v->kind == ROUND_RANKING)
        html_tr(h, " Of a ballot’s order each pot takes only these projects, in that order.");
    html_raw(h, "</li>");
}

static void funding_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "<ol class=\"govuk-list govuk-list--number\">");
    switch (v->rule) {
    case RULE_MOST:
    case RULE_VALUE:
        greedy_words(h, v);
        break;
    case RULE_SHARES_COST:
    case RULE_SHARES_COUNT:
    case RULE_SHARES_POINTS:
        shares_words(h, v);
        break;
    case RULE_PHRAGMEN:
        phragmen_words(h);
        break;
    }
    equal_words(h, v);
    if (pots->n > 1)
        pots_words(h, v);
    html_raw(h, "</ol>\n");
}

void round_counting_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    if (v->kind != ROUND_YES_NO) {
        funding_words(h, v, pots);
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr(h, "The answer is yes if more people vote yes than no. If as many vote yes as no, the "
               "answer is no.");
    if (v->minimum_votes > 0)
        html_trn(h, " At least {n} person must vote; with fewer, the answer is no.",
                 " At least {n} people must vote; with fewer, the answer is no.", v->minimum_votes);
    html_raw(h, "</p>\n");
}
