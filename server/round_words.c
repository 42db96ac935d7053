/* round_words.c: a round's limits and ways, in the same words wherever they stand. */
#include "server/round_words.h"
#include "common/ballot.h"
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

static void money_to_spend(struct html *h, const struct pots *pots)
{
    html_raw(h, " There is ");
    money_words(h, pots);
    html_raw(h, " to spend.");
}

static void knapsack_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "Choose any projects that together cost <strong>");
    if (pots->n == 1) {
        html_money(h, pots->pot[0].amount);
        html_raw(h, " or less</strong>.");
    } else {
        html_raw(h, "no more than ");
        money_words(h, pots);
        html_raw(h, "</strong>.");
    }
    if (v->min_picks > 1)
        html_textf(h, " Choose at least %d.", (int)v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        html_textf(h, " Choose no more than %d.", (int)v->max_picks);
}

static void approval_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    if (v->max_picks == 1)
        html_raw(h, "Choose <strong>one project</strong>.");
    else if (v->min_picks > 1 && v->min_picks == v->max_picks)
        html_textf(h, "Choose %d projects.", (int)v->max_picks);
    else if (v->min_picks > 1)
        html_textf(h, "Choose %d to %d projects.", (int)v->min_picks, (int)v->max_picks);
    else
        html_textf(h, "Choose up to %d projects.", (int)v->max_picks);
    money_to_spend(h, pots);
}

static void points_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "You have <strong>");
    kit_count(h, v->points_sum, "point", "points");
    html_raw(h, "</strong> to give");
    if (v->points_max < v->points_sum)
        html_textf(h, ", up to %d to one project", (int)v->points_max);
    html_raw(h, ".");
    if (v->min_picks > 1)
        html_textf(h, " Give points to at least %d projects.", (int)v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        html_textf(h, " Give points to no more than %d projects.", (int)v->max_picks);
    money_to_spend(h, pots);
}

static void ranking_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_raw(h, "Number projects <strong>in the order that you want them</strong>: 1 is your first "
                "choice.");
    if (v->min_picks > 1)
        html_textf(h, " Number at least %d.", (int)v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        html_textf(h, " You can number up to %d.", (int)v->max_picks);
    money_to_spend(h, pots);
}

static void pot_limits(struct html *h, const struct pots *pots)
{
    for (int i = 0; i < pots->n; i++) {
        const struct pot *p = &pots->pot[i];
        if (p->max_picks > 0 && p->min_picks > 0)
            html_textf(h, " From %s, %d to %d projects.", p->name, (int)p->min_picks,
                       (int)p->max_picks);
        else if (p->max_picks > 0)
            html_textf(h, " From %s, no more than %d.", p->name, (int)p->max_picks);
        else if (p->min_picks > 0)
            html_textf(h, " From %s, at least %d.", p->name, (int)p->min_picks);
    }
}

void round_limit_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    switch (v->kind) {
    case ROUND_KNAPSACK:
        knapsack_words(h, v, pots);
        break;
    case ROUND_APPROVAL:
        approval_words(h, v, pots);
        break;
    case ROUND_POINTS:
        points_words(h, v, pots);
        break;
    case ROUND_RANKING:
        ranking_words(h, v, pots);
        break;
    case ROUND_YES_NO:
        html_raw(h, "Answer <strong>yes or no</strong>.");
        break;
    }
    pot_limits(h, pots);
    if (v->blank_allowed)
        html_text(h, v->kind == ROUND_YES_NO ? " Or cast a blank ballot."
                                             : " Or say that you do not support any of these.");
}

bool round_takes_paper(enum round_phase phase, enum round_voters voters)
{
    return (phase == PHASE_SOON || phase == PHASE_OPEN) &&
           (voters == VOTERS_CODE || voters == VOTERS_REGISTER);
}

void round_extension_words(struct html *h, const struct round_view *v)
{
    char now[64], then[64];
    if (v->first_closes_at == DB_NO_TIME)
        return;
    when_text(v->closes_at, now);
    when_text(v->first_closes_at, then);
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_textf(h,
               v->phase == PHASE_OPEN ? "Voting now closes at %s. It was to close at %s."
                                      : "The close was moved to %s. It was to be at %s.",
               now, then);
    html_raw(h, "<br>Reason: ");
    html_text(h, v->extension_reason);
    html_raw(h, "</div>\n");
}

void round_exclusion_words(struct html *h, const struct exclusions *groups,
                           const struct proposals *all)
{
    for (int i = 0; i < groups->n; i++) {
        const struct exclusion *m = &groups->member[i];
        const struct proposal *p = proposal_find(all, m->number);
        bool first = i == 0 || groups->member[i - 1].group != m->group;
        bool last = i == groups->n - 1 || groups->member[i + 1].group != m->group;
        if (first && last) /* the others were withdrawn */
            continue;
        if (first)
            html_raw(h, "<p class=\"govuk-body\"><strong>Only one of these can win:</strong> ");
        else
            html_raw(h, "; ");
        html_text(h, p != NULL ? p->title : "");
        if (last)
            html_raw(h, ".</p>\n");
    }
}

void round_voter_words(struct html *h, const struct round_view *v)
{
    if (v->voters == VOTERS_PRACTICE) {
        html_raw(h, "Nobody can vote: this is practice. Its ballots are made up by officers.");
        return;
    }
    html_textf(h, "People who live in %s", v->area_name);
    if (v->minimum_age > 0)
        html_textf(h, " and are %d or older", (int)v->minimum_age);
    switch (v->voters) {
    case VOTERS_CODE:
        html_text(h, " can vote, with the code from their letter.");
        break;
    case VOTERS_PHONE:
        html_text(h, " can vote, with their mobile number: one ballot for each number.");
        break;
    case VOTERS_REGISTER:
        html_text(h, " and are on the council’s list for this vote can vote.");
        break;
    case VOTERS_PRACTICE:
        break;
    }
}

/* "VOTE your code 1275 3 1283 2": up to two numbers; points as many as may be given. */
static void text_example(struct html *h, const struct round_view *v, const struct proposals *all)
{
    int shown = 0;
    html_text(h, v->kind == ROUND_YES_NO ? "YES" : "VOTE");
    if (v->voters != VOTERS_PHONE)
        html_raw(h, " your code");
    for (int i = 0; i < all->n && shown < 2; i++) {
        if (all->proposal[i].withdrawn || (shown == 1 && v->max_picks == 1))
            continue;
        html_textf(h, " %04d", (int)all->proposal[i].number);
        if (v->kind == ROUND_POINTS)
            html_text(h, shown == 0 ? " 2" : " 1");
        shown++;
    }
}

static const char *text_choices(enum round_kind kind)
{
    switch (kind) {
    case ROUND_YES_NO:
        return "Text NO in place of YES to vote against. ";
    case ROUND_POINTS:
        return "Put its points after the number of each project. ";
    case ROUND_RANKING:
        return "Put the numbers in your order, the project you want most first. ";
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return "Put the numbers of the projects you want. ";
}

void round_text_words(struct html *h, const struct round_view *v, const struct proposals *all)
{
    if (settings.sms_number[0] == '\0' || all->n == 0 || v->voters == VOTERS_PRACTICE)
        return;
    html_raw(h, "<p class=\"govuk-body\">Text <strong class=\"wm-type\">");
    text_example(h, v, all);
    html_raw(h, "</strong> to <strong class=\"wm-type\">");
    html_text(h, settings.sms_number);
    html_raw(h, "</strong>. ");
    html_text(h, text_choices(v->kind));
    if (v->voters == VOTERS_PHONE)
        html_raw(h, "We text five digits back: your vote counts when you reply with them. ");
    else
        html_raw(h, "Your code is the 13 digits in your letter. A reply tells you that it was "
                    "counted. ");
    html_raw(h, "<a class=\"govuk-link\" href=\"/text\">More about voting by text</a></p>\n");
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
    if (v->kind == ROUND_POINTS)
        kit_fact_number(h, "Points to give", v->points_sum);
    html_raw(h, "</dl>\n");
}
