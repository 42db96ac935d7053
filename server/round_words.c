/* round_words.c: a round's limits and ways, in the same words wherever they stand. */
#include "server/round_words.h"
#include "common/ballot.h"
#include "server/settings.h"
#include "server/tr.h"

/* "£12,000", or "£15,000 from Ward pot and £6,000 from Greener streets". */
static struct html money_part(const struct html *h, const struct pots *pots)
{
    struct html part = html_new();
    part.language = h->language;
    for (int i = 0; i < pots->n; i++) {
        if (i > 0)
            html_tr(&part, i == pots->n - 1 ? N_(" and ") : N_(", "));
        if (pots->n > 1)
            html_trv(&part, "{money} from {pot}", TR_MONEY("money", pots->pot[i].amount),
                     TR_WRITTEN("pot", pots->pot[i].name));
        else
            html_money(&part, pots->pot[i].amount);
    }
    return part;
}

/* Words with {money}. */
static void with_money(struct html *h, const char *words, const struct pots *pots)
{
    struct html part = money_part(h, pots);
    html_trv(h, words, TR_PART("money", &part));
    html_free(&part);
}

static void money_to_spend(struct html *h, const struct pots *pots)
{
    with_money(h, N_(" There is {money} to spend."), pots);
}

/* Words with {n}. */
static void with_number(struct html *h, const char *words, int64_t n)
{
    html_trv(h, words, TR_NUMBER("n", n));
}

static void knapsack_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    with_money(h,
               pots->n == 1
                   ? N_("Choose any projects that together cost {b}{money} or less{/b}.")
                   : N_("Choose any projects that together cost {b}no more than {money}{/b}."),
               pots);
    if (v->min_picks > 1)
        with_number(h, N_(" Choose at least {n}."), v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        with_number(h, N_(" Choose no more than {n}."), v->max_picks);
}

static void approval_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    if (v->max_picks == 1)
        html_tr(h, "Choose {b}one project{/b}.");
    else if (v->min_picks > 1 && v->min_picks == v->max_picks)
        html_trn(h, "Choose {n} project.", "Choose {n} projects.", v->max_picks);
    else if (v->min_picks > 1)
        html_trnv(h, "Choose {least} to {n} project.", "Choose {least} to {n} projects.",
                  v->max_picks, TR_NUMBER("least", v->min_picks));
    else
        html_trn(h, "Choose up to {n} project.", "Choose up to {n} projects.", v->max_picks);
    money_to_spend(h, pots);
}

static void points_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    if (v->points_max < v->points_sum)
        html_trnv(h, "You have {b}{n} point{/b} to give, up to {most} to one project.",
                  "You have {b}{n} points{/b} to give, up to {most} to one project.", v->points_sum,
                  TR_NUMBER("most", v->points_max));
    else
        html_trn(h, "You have {b}{n} point{/b} to give.", "You have {b}{n} points{/b} to give.",
                 v->points_sum);
    if (v->min_picks > 1)
        html_trn(h, " Give points to at least {n} project.",
                 " Give points to at least {n} projects.", v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        html_trn(h, " Give points to no more than {n} project.",
                 " Give points to no more than {n} projects.", v->max_picks);
    money_to_spend(h, pots);
}

static void ranking_words(struct html *h, const struct round_view *v, const struct pots *pots)
{
    html_tr(h, "Number projects {b}in the order that you want them{/b}: 1 is your first choice.");
    if (v->min_picks > 1)
        with_number(h, N_(" Number at least {n}."), v->min_picks);
    if (v->max_picks < BALLOT_PICKS_MAX)
        with_number(h, N_(" You can number up to {n}."), v->max_picks);
    money_to_spend(h, pots);
}

static void pot_limits(struct html *h, const struct pots *pots)
{
    for (int i = 0; i < pots->n; i++) {
        const struct pot *p = &pots->pot[i];
        const char *words = p->max_picks > 0 && p->min_picks > 0
                                ? N_(" From {pot}, {least} to {most} projects.")
                            : p->max_picks > 0 ? N_(" From {pot}, no more than {most}.")
                            : p->min_picks > 0 ? N_(" From {pot}, at least {least}.")
                                               : NULL;
        if (words != NULL)
            html_trv(h, words, TR_WRITTEN("pot", p->name), TR_NUMBER("least", p->min_picks),
                     TR_NUMBER("most", p->max_picks));
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
        html_tr(h, "Answer {b}yes or no{/b}.");
        break;
    }
    pot_limits(h, pots);
    if (v->blank_allowed)
        html_tr(h, v->kind == ROUND_YES_NO ? N_(" Or cast a blank ballot.")
                                           : N_(" Or say that you do not support any of these."));
}

void round_extension_words(struct html *h, const struct round_view *v)
{
    if (v->first_closes_at == DB_NO_TIME)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_trv(h,
             v->phase == PHASE_OPEN ? N_("Voting now closes at {now}. It was to close at {then}.")
                                    : N_("The close was moved to {now}. It was to be at {then}."),
             TR_WHEN("now", v->closes_at), TR_WHEN("then", v->first_closes_at));
    html_raw(h, "<br>");
    html_trv(h, "Reason: {reason}", TR_WRITTEN("reason", v->extension_reason));
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
        if (first) {
            html_raw(h, "<p class=\"govuk-body\">");
            html_tr(h, "{b}Only one of these can win:{/b} ");
        } else {
            html_raw(h, "; ");
        }
        if (p != NULL)
            kit_project_title(h, p);
        if (last)
            html_raw(h, ".</p>\n");
    }
}

/* "People who live in Acomb and are 16 or older can vote, …", a whole sentence each. */
static const char *voter_sentence(const struct round_view *v)
{
    bool age = v->minimum_age > 0;
    switch (v->voters) {
    case VOTERS_CODE:
        return age ? N_("People who live in {area} and are {age} or older can vote, with the code "
                        "from their letter.")
                   : N_("People who live in {area} can vote, with the code from their letter.");
    case VOTERS_PHONE:
        return age ? N_("People who live in {area} and are {age} or older can vote, with their "
                        "mobile number: one ballot for each number.")
                   : N_("People who live in {area} can vote, with their mobile number: one ballot "
                        "for each number.");
    case VOTERS_REGISTER:
        return age ? N_("People who live in {area} and are {age} or older and are on the council’s "
                        "list for this vote can vote.")
                   : N_("People who live in {area} and are on the council’s list for this vote can "
                        "vote.");
    case VOTERS_PRACTICE:
        break;
    }
    return N_("Nobody can vote: this is practice. Its ballots are made up by officers.");
}

void round_voter_words(struct html *h, const struct round_view *v)
{
    html_trv(h, voter_sentence(v), TR_PLACE("area", v->area_name),
             TR_NUMBER("age", v->minimum_age));
}

/* "VOTE your code 1275 3 1283 2": up to two numbers; points as many as may be given. */
static void text_example(struct html *h, const struct round_view *v, const struct proposals *all)
{
    int shown = 0;
    html_text(h, settings.sms_prefix);
    html_tr(h, v->kind == ROUND_YES_NO ? N_("YES") : N_("VOTE"));
    if (v->voters != VOTERS_PHONE)
        html_tr(h, " your code");
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
        return N_("Text NO in place of YES to vote against. ");
    case ROUND_POINTS:
        return N_("Put its points after the number of each project. ");
    case ROUND_RANKING:
        return N_("Put the numbers in your order, the project you want most first. ");
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return N_("Put the numbers of the projects you want. ");
}

void round_text_words(struct html *h, const struct round_view *v, const struct proposals *all)
{
    if (settings.sms_number[0] == '\0' || all->n == 0 || v->voters == VOTERS_PRACTICE)
        return;
    struct html example = html_new();
    example.language = h->language;
    html_raw(&example, "<strong class=\"wm-type\">");
    text_example(&example, v, all);
    html_raw(&example, "</strong>");
    html_raw(h, "<p class=\"govuk-body\">");
    html_trv(h, "Text {example} to {b}{number}{/b}. ", TR_PART("example", &example),
             TR_TEXT("number", settings.sms_number));
    html_free(&example);
    html_tr(h, text_choices(v->kind));
    if (v->voters == VOTERS_PHONE)
        html_tr(h, "We text five digits back: your vote counts when you reply with them. ");
    else
        html_tr(h, "Your code is the 13 digits in your letter. A reply tells you that it was "
                   "counted. ");
    kit_link(h, "/text", tr(h, "More about voting by text"));
    html_raw(h, "</p>\n");
}

void round_facts(struct html *h, const struct round_view *v, const struct pots *pots,
                 int32_t proposals)
{
    if (v->kind == ROUND_YES_NO)
        return;
    html_raw(h, "<dl class=\"wm-facts\">");
    if (pots->n == 1)
        kit_fact_money(h, tr(h, "Money to spend"), pots->pot[0].amount);
    for (int i = 0; pots->n > 1 && i < pots->n; i++)
        kit_fact_pot(h, pots->pot[i].name, pots->pot[i].amount);
    kit_fact_number(h, tr(h, "Projects"), proposals);
    if (v->kind == ROUND_APPROVAL)
        kit_fact_number(h, v->max_picks == 1 ? tr(h, "You choose") : tr(h, "You choose up to"),
                        v->max_picks);
    if (v->kind == ROUND_POINTS)
        kit_fact_number(h, tr(h, "Points to give"), v->points_sum);
    html_raw(h, "</dl>\n");
}
