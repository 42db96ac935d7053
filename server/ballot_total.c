/* ballot_total.c: what the choices on a paper add up to, in the words that ballot.js writes too. */
#include "server/ballot_form.h"
#include "server/chart.h"

enum { STICKY_POTS = 2 }; /* a bar of more lines would hide a phone's whole window */

/* One line: "£14,003 of £12,000 chosen. £2,003 over: remove something." */
static void line_begin(struct html *h, bool over)
{
    if (over)
        html_raw(h, "<p class=\"wm-total wm-total--over\"");
    else
        html_raw(h, "<p class=\"wm-total\"");
}

static void pot_name(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    if (pot == NULL)
        return;
    html_attrf(h, "data-pot", "%d", (int)pot->ordinal);
    if (s->pots.n > 1)
        html_attrf(h, "data-name", "%s: ", pot->name);
}

static void pot_line(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int64_t sum = picks_cost(&s->picks, &s->all, pot->ordinal);
    line_begin(h, sum > pot->amount);
    pot_name(h, s, pot);
    html_attrf(h, "data-amount", "%lld", (long long)pot->amount);
    html_raw(h, ">");
    if (s->pots.n > 1)
        html_textf(h, "%s: ", pot->name);
    html_raw(h, "<strong>");
    html_money(h, sum);
    html_raw(h, "</strong> of ");
    html_money(h, pot->amount);
    html_raw(h, " chosen. <strong>");
    html_money(h, sum > pot->amount ? sum - pot->amount : pot->amount - sum);
    html_text(h, sum > pot->amount ? " over: remove something." : " left.");
    html_raw(h, "</strong></p>");
    chart_budget(h, sum, pot->amount);
}

/* How many of how many, from one pot or (NULL) from all. */
static void picks_line(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int max = pot != NULL ? pot->max_picks : s->round.max_picks;
    int n = picks_count(&s->picks, &s->all, pot != NULL ? pot->ordinal : 0);
    const char *verb = s->round.kind == ROUND_RANKING  ? "numbered"
                       : s->round.kind == ROUND_POINTS ? "with points"
                                                       : "chosen";
    line_begin(h, n > max);
    pot_name(h, s, pot);
    html_attrf(h, "data-max", "%d", max);
    html_attr(h, "data-verb", verb);
    html_raw(h, ">");
    if (pot != NULL && s->pots.n > 1)
        html_textf(h, "%s: ", pot->name);
    html_raw(h, "<strong>");
    html_textf(h, "%d", n);
    html_raw(h, "</strong>");
    html_textf(h, " of %d %s.", max, verb);
    html_raw(h, " <strong>");
    if (n > max)
        html_textf(h, "Remove %d.", n - max);
    html_raw(h, "</strong></p>");
}

static void points_line(struct html *h, const struct ballot_sheet *s)
{
    int64_t sum = picks_sum(&s->picks), limit = s->round.points_sum;
    line_begin(h, sum > limit);
    html_attrf(h, "data-points", "%d", (int)limit);
    html_raw(h, "><strong>");
    html_textf(h, "%lld", (long long)sum);
    html_raw(h, "</strong>");
    html_textf(h, " of %d points given. ", (int)limit);
    html_raw(h, "<strong>");
    if (sum > limit)
        html_textf(h, "%lld too many: take some away.", (long long)(sum - limit));
    else
        html_textf(h, "%lld left.", (long long)(limit - sum));
    html_raw(h, "</strong></p>");
    chart_budget(h, sum, limit);
}

/* A ballot cannot have more choices than there are projects: then the limit says nothing. */
static bool picks_limited(const struct ballot_sheet *s)
{
    int there = 0;
    for (int i = 0; i < s->all.n; i++)
        there += !s->all.proposal[i].withdrawn;
    return s->round.max_picks < there;
}

static bool is_over(const struct ballot_sheet *s)
{
    bool over = s->picks.n > s->round.max_picks;
    if (s->round.kind == ROUND_POINTS)
        over |= picks_sum(&s->picks) > s->round.points_sum;
    for (int i = 0; i < s->pots.n; i++) {
        const struct pot *pot = &s->pots.pot[i];
        over |= s->round.kind == ROUND_KNAPSACK &&
                picks_cost(&s->picks, &s->all, pot->ordinal) > pot->amount;
        over |=
            pot->max_picks > 0 && picks_count(&s->picks, &s->all, pot->ordinal) > pot->max_picks;
    }
    return over;
}

static void lines(struct html *h, const struct ballot_sheet *s)
{
    bool money = s->round.kind == ROUND_KNAPSACK, points = s->round.kind == ROUND_POINTS;
    for (int i = 0; money && i < s->pots.n; i++)
        pot_line(h, s, &s->pots.pot[i]);
    if (points)
        points_line(h, s);
    if ((!money && !points) || picks_limited(s))
        picks_line(h, s, NULL);
    for (int i = 0; i < s->pots.n; i++) {
        if (s->pots.pot[i].max_picks > 0)
            picks_line(h, s, &s->pots.pot[i]);
    }
}

/* The ranking as it stands, first choice first; empty until something is numbered. */
static void order(struct html *h, const struct ballot_sheet *s)
{
    uint16_t by_rank[DRAFT_PICKS_MAX];
    picks_by_rank(&s->picks, by_rank);
    html_raw(h, "<div id=\"order\"");
    if (s->picks.n == 0)
        html_raw(h, " hidden");
    html_raw(h, "><h2 class=\"govuk-heading-s\">Your order</h2>"
                "<ol class=\"govuk-list govuk-list--number\">");
    for (int i = 0; i < s->picks.n; i++) {
        const struct proposal *p = proposal_find(&s->all, s->picks.pick[by_rank[i]].number);
        if (p == NULL)
            continue;
        html_raw(h, "<li>");
        html_text(h, p->title);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ol></div>\n");
}

void sheet_total(struct html *h, const struct ballot_sheet *s)
{
    if (s->round.kind == ROUND_RANKING)
        order(h, s);
    html_raw(h, "<div id=\"total\"");
    html_attrf(h, "class", "wm-budget%s%s", is_over(s) ? " wm-budget--over" : "",
               s->pots.n > STICKY_POTS ? " wm-budget--long" : "");
    html_raw(h, ">");
    lines(h, s);
    html_raw(h, "<div class=\"wm-buttons\"><button class=\"govuk-button\" type=\"submit\">Continue"
                "</button><button class=\"govuk-button govuk-button--secondary\" type=\"submit\" "
                "id=\"update\" name=\"do\" value=\"update\">");
    html_text(h, s->round.kind == ROUND_RANKING ? "Update order" : "Update total");
    html_raw(h, "</button></div>"
                "<p class=\"govuk-visually-hidden\" role=\"status\" id=\"say\"></p></div>\n");
}
