/* counting_words.c: how a vote is counted, in plain words, by the rule that was frozen. */
#include "server/round_words.h"
#include "server/rules_words.h"

/* --- what a ballot says ------------------------------------------------------------------- */
static void ballot_adds(struct html *h, const struct round_view *v)
{
    if (v->kind == ROUND_POINTS)
        html_raw(h, "Each ballot gives its points to the projects on it, and a project’s points "
                    "are added up.");
    else if (v->kind == ROUND_RANKING && v->rule == RULE_MOST)
        html_raw(h, "A ballot that ranks, say, four projects gives 4 points to its first, 3 to its "
                    "second, 2 to its third and 1 to its fourth, and a project’s points are added "
                    "up.");
    else if (v->kind == ROUND_RANKING)
        html_raw(h, "A ballot that ranks, say, four projects gives 3 points to its first, 2 to its "
                    "second, 1 to its third and none to its fourth.");
    else
        html_raw(h, "Each ballot adds one vote to every project chosen on it.");
}

static const char *unit_of(const struct round_view *v)
{
    return round_weighs(v->kind) ? "points" : "votes";
}

/* --- one after the other ------------------------------------------------------------------ */
static void greedy_words(struct html *h, const struct round_view *v)
{
    html_raw(h, "<li>");
    ballot_adds(h, v);
    html_raw(h, "</li><li>Projects are taken in order of ");
    html_text(h, unit_of(v));
    if (v->rule == RULE_VALUE)
        html_raw(h, " for each pound of their cost");
    html_raw(h, ", most first.</li><li>A project is funded if the money left covers "
                "its cost. If it does not, the project is passed over and the next one is "
                "tried, so that a smaller project can still be funded.</li>");
}

/* --- equal shares ------------------------------------------------------------------------- */
enum { EXAMPLE_VOTERS = 1000 };

static void share_words(struct html *h, const struct round_view *v)
{
    html_raw(h, "<li>The money is divided equally among the people who vote.");
    if (v->money > 0) {
        html_textf(h, " If %d people vote, that is ", EXAMPLE_VOTERS);
        html_money(h, v->money / EXAMPLE_VOTERS);
        html_raw(h, " each.");
    }
    html_raw(h, "</li>");
}

static const char *first_comes(const struct round_view *v)
{
    switch (v->rule) {
    case RULE_SHARES_COST:
        return "the one whose supporters pay the smallest part of its cost each, which is the one "
               "with most supporters who still have their money";
    case RULE_SHARES_POINTS:
        return "the one that costs its supporters least for each point that they gave it";
    case RULE_MOST:
    case RULE_VALUE:
    case RULE_SHARES_COUNT:
    case RULE_PHRAGMEN:
        break;
    }
    return "the one that costs each of its supporters least";
}

static void by_votes_words(struct html *h, const struct round_view *v)
{
    html_raw(h, "Projects that still fit then are taken in order of ");
    html_text(h, unit_of(v));
    html_raw(h, ", most first.");
}

/* What is done with money that equal shares leave. */
static void left_words(struct html *h, const struct round_view *v)
{
    enum count_completion c = v->completion;
    html_raw(h, "<li>When no more can be paid for so, ");
    if (c == COMPLETION_NONE)
        html_raw(h, "the count ends. ");
    else if (c == COMPLETION_UTIL)
        html_raw(h, "shares count no more. ");
    else
        html_raw(h,
                 "everybody’s share is raised by one pound and the count begins anew, as long as "
                 "what is funded fits into the money that there is. ");
    if (c == COMPLETION_NONE || c == COMPLETION_ADD1)
        html_raw(h, "This vote does not spend the money that is left.");
    else
        by_votes_words(h, v);
    html_raw(h, "</li>");
    if (c != COMPLETION_COMPARISON)
        return;
    html_raw(h, "<li>At the end this is compared with what would be funded in order of ");
    html_text(h, unit_of(v));
    html_raw(h, " alone. If more people would get more of what they chose by that than lose by it, "
                "that is what is funded.</li>");
}

static void shares_words(struct html *h, const struct round_view *v)
{
    share_words(h, v);
    html_raw(h,
             "<li>A project is funded when the people who chose it can pay for it together, each "
             "the same amount");
    if (v->rule == RULE_SHARES_POINTS)
        html_raw(h, " for each point that they gave it");
    html_raw(h, "; who has less left pays what they have. Of those that can be paid for, first "
                "comes ");
    html_text(h, first_comes(v));
    html_raw(h, ". Nobody pays for a project that they did not choose.</li>");
    left_words(h, v);
}

static void phragmen_words(struct html *h)
{
    html_raw(h,
             "<li>Everybody who votes is given money at the same pace, beginning with "
             "nothing.</li><li>As soon as the people who chose a project together have its cost, "
             "and it fits into the money left, it is funded, and they begin with nothing "
             "again.</li><li>A project that does not fit into the money left is passed over. The "
             "count ends when none fits.</li>");
}

/* --- the whole ---------------------------------------------------------------------------- */
static void equal_words(struct html *h, const struct round_view *v)
{
    bool order = v->rule == RULE_MOST || v->rule == RULE_VALUE;
    html_raw(h, "<li>Projects that come equal: the one that costs less comes first. If the cost "
                "is equal too, ");
    if (!order)
        html_raw(h, "the one with more votes; and then ");
    html_raw(h, "a lot decides, drawn from a number that was sealed before the vote "
                "opened and is published with the result.</li><li>A project that nobody chose is "
                "not funded.");
    if (v->minimum_votes > 0) {
        html_raw(h, " A project must be on at least ");
        kit_count(h, v->minimum_votes, "ballot", "ballots");
        html_raw(h, ".");
    }
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
        html_raw(h, "<li>Each pot is counted by itself, with the projects that draw on it.");
    if (pots->n > 1 && v->kind == ROUND_RANKING)
        html_raw(h, " Of a ballot’s order each pot takes only these projects, in that order.");
    if (pots->n > 1)
        html_raw(h, "</li>");
    html_raw(h, "</ol>\n");
}

void round_counting_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    if (v->kind != ROUND_YES_NO) {
        funding_words(h, v, pots);
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">The answer is yes if more people vote yes than no. If as "
                "many vote yes as no, the answer is no.");
    if (v->minimum_votes > 0) {
        html_raw(h, " At least ");
        kit_count(h, v->minimum_votes, "person", "people");
        html_raw(h, " must vote; with fewer, the answer is no.");
    }
    html_raw(h, "</p>\n");
}
