/* round_words.c: a round's limits and ways, in the same words wherever they stand. */
#include "server/round_words.h"
#include "server/settings.h"

/* "£12,000", or "£15,000 from Ward pot and £6,000 from Greener streets". */
static void money_words(struct html *h, const struct pots *pots)
{
    for (int i = 0; i < pots->n; i++) {
        if (i > 0)
            html_text(h, i == pots->n - 1 ? " and " : ", ");
        html_money(h, pots->pot[i].amount);
        if (pots->n > 1) {
            html_raw(h, " from ");
            html_text(h, pots->pot[i].name);
        }
    }
}

void round_limit_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    switch (v->kind) {
    case ROUND_KNAPSACK:
        html_raw(h, "Choose any projects that together cost <strong>");
        if (pots->n == 1) {
            html_money(h, pots->pot[0].amount);
            html_raw(h, " or less</strong>.");
        } else {
            html_raw(h, "no more than ");
            money_words(h, pots);
            html_raw(h, "</strong>.");
        }
        break;
    case ROUND_APPROVAL:
        if (v->max_picks == 1)
            html_raw(h, "Choose <strong>one project</strong>.");
        else
            html_textf(h, "Choose up to %d projects.", (int)v->max_picks);
        html_raw(h, " There is ");
        money_words(h, pots);
        html_raw(h, " to spend.");
        break;
    case ROUND_YES_NO:
        html_raw(h, "Answer <strong>yes or no</strong>.");
        break;
    }
}

static void funding_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "<ol class=\"govuk-list govuk-list--number\"><li>Each ballot adds one vote to "
                "every project chosen on it.</li><li>Projects are taken in order of votes, most "
                "first.</li><li>A project is funded if the money left covers "
                "its cost. If it does not, the project is passed over and the next one is "
                "tried, so that a smaller project can still be funded.</li>"
                "<li>Projects with equal votes: the one that costs less comes first. If the cost "
                "is equal too, a lot decides, drawn from a number that was sealed before the vote "
                "opened and is published with the result.</li><li>A project that nobody chose is "
                "not funded.");
    if (v->minimum_votes > 0) {
        html_raw(h, " A project needs at least ");
        kit_count(h, v->minimum_votes, "vote", "votes");
        html_raw(h, ".");
    }
    html_raw(h, "</li>");
    if (pots->n > 1)
        html_raw(h, "<li>Each pot is counted by itself, with the projects that draw on it.</li>");
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

void round_text_words(struct html *h, const struct round_view *v, const struct proposals *all)
{
    int shown = 0;
    if (settings.sms_number[0] == '\0' || all->n == 0)
        return;
    html_raw(h, "<p class=\"govuk-body\">Text <strong class=\"wm-type\">");
    if (v->kind == ROUND_YES_NO)
        html_raw(h, "YES");
    else
        html_raw(h, "VOTE");
    html_raw(h, " your code");
    for (int i = 0; i < all->n && shown < 2; i++) {
        if (all->proposal[i].withdrawn || (shown == 1 && v->max_picks == 1))
            continue;
        html_textf(h, " %04d", (int)all->proposal[i].number);
        shown++;
    }
    html_raw(h, "</strong> to <strong class=\"wm-type\">");
    html_text(h, settings.sms_number);
    html_raw(h, "</strong>. Your code is the 13 digits in your letter. ");
    if (v->kind == ROUND_YES_NO)
        html_raw(h, "Text NO in place of YES to vote against. ");
    else
        html_raw(h, "Put the numbers of the projects you want. ");
    html_raw(h,
             "A reply tells you that it was counted. <a class=\"govuk-link\" href=\"/text\">More "
             "about voting by text</a></p>\n");
}

void round_facts(struct html *h, const struct round_view *v, const struct pots *pots,
                 int32_t proposals)
{
    if (v->kind == ROUND_YES_NO)
        return;
    html_raw(h, "<dl class=\"wm-facts\">");
    if (pots->n == 1)
        kit_fact_money(h, "Money to spend", pots->pot[0].amount);
    for (int i = 0; pots->n > 1 && i < pots->n; i++)
        kit_fact_money(h, pots->pot[i].name, pots->pot[i].amount);
    kit_fact_number(h, "Projects", proposals);
    if (v->kind == ROUND_APPROVAL)
        kit_fact_number(h, v->max_picks == 1 ? "You choose" : "You choose up to", v->max_picks);
    html_raw(h, "</dl>\n");
}
