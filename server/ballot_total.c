/* ballot_total.c: what the choices on a paper add up to, in the words that ballot.js writes too. */
#include "server/ballot_form.h"
#include "server/chart.h"
#include "server/tr.h"

enum { STICKY_POTS = 2 }; /* a bar of more lines would hide a phone's whole window */

/* What a line says as long as the limit is kept, and past it: {sum} of {limit}, and the {rest}
 * between them. ballot.js fills the same words in. */
struct total_words {
    const char *within, *over;
};

static const struct total_words MONEY = {
    N_("{b}{sum}{/b} of {limit} chosen. {b}{rest} left.{/b}"),
    N_("{b}{sum}{/b} of {limit} chosen. {b}{rest} over: remove something.{/b}")};
static const struct total_words POINTS = {
    N_("{b}{sum}{/b} of {limit} points given. {b}{rest} left.{/b}"),
    N_("{b}{sum}{/b} of {limit} points given. {b}{rest} too many: take some away.{/b}")};
static const struct total_words CHOSEN = {
    N_("{b}{sum}{/b} of {limit} chosen."),
    N_("{b}{sum}{/b} of {limit} chosen. {b}Remove {rest}.{/b}")};
static const struct total_words NUMBERED = {
    N_("{b}{sum}{/b} of {limit} numbered."),
    N_("{b}{sum}{/b} of {limit} numbered. {b}Remove {rest}.{/b}")};
static const struct total_words WITH_POINTS = {
    N_("{b}{sum}{/b} of {limit} with points."),
    N_("{b}{sum}{/b} of {limit} with points. {b}Remove {rest}.{/b}")};

/* The line's tag up to its own attributes, with those of one pot of several. */
static void line_begin(struct html *h, const struct total_words *words, bool over,
                       const struct pot *pot)
{
    html_raw(h, "<p");
    html_attrf(h, "class", "wm-total%s", over ? " wm-total--over" : "");
    html_attr(h, "data-within", tr(h, words->within));
    html_attr(h, "data-over", tr(h, words->over));
    if (pot != NULL)
        html_attrf(h, "data-pot", "%d", (int)pot->ordinal);
}

/* "Ward pot: £14,003 of £12,000 chosen. £2,003 over: remove something." */
static void line_end(struct html *h, const struct ballot_sheet *s, const struct total_words *words,
                     const struct pot *pot, struct tr_value sum, struct tr_value limit)
{
    bool over = sum.n > limit.n;
    struct tr_value rest = sum;
    rest.name = "rest";
    rest.n = over ? sum.n - limit.n : limit.n - sum.n;
    html_raw(h, ">");
    if (pot != NULL && s->pots.n > 1) {
        html_written(h, pot->name);
        html_raw(h, ": ");
    }
    html_raw(h, "<span>");
    html_trv(h, over ? words->over : words->within, sum, limit, rest);
    html_raw(h, "</span></p>");
}

static void pot_line(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int64_t sum = picks_cost(&s->picks, &s->all, pot->ordinal);
    line_begin(h, &MONEY, sum > pot->amount, pot);
    html_attrf(h, "data-amount", "%lld", (long long)pot->amount);
    line_end(h, s, &MONEY, pot, (struct tr_value)TR_MONEY("sum", sum),
             (struct tr_value)TR_MONEY("limit", pot->amount));
    chart_budget(h, sum, pot->amount);
}

/* How many of how many, from one pot or (NULL) from all. */
static void picks_line(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int max = pot != NULL ? pot->max_picks : s->round.max_picks;
    int n = picks_count(&s->picks, &s->all, pot != NULL ? pot->ordinal : 0);
    const struct total_words *words = s->round.kind == ROUND_RANKING  ? &NUMBERED
                                      : s->round.kind == ROUND_POINTS ? &WITH_POINTS
                                                                      : &CHOSEN;
    line_begin(h, words, n > max, pot);
    html_attrf(h, "data-max", "%d", max);
    line_end(h, s, words, pot, (struct tr_value)TR_NUMBER("sum", n),
             (struct tr_value)TR_NUMBER("limit", max));
}

static void points_line(struct html *h, const struct ballot_sheet *s)
{
    int64_t sum = picks_sum(&s->picks), limit = s->round.points_sum;
    line_begin(h, &POINTS, sum > limit, NULL);
    html_attrf(h, "data-points", "%d", (int)limit);
    line_end(h, s, &POINTS, NULL, (struct tr_value)TR_NUMBER("sum", sum),
             (struct tr_value)TR_NUMBER("limit", limit));
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

/* Adds it where `sum` is past `limit`. */
static void add_over(struct ballot_over *out, int *n, int64_t sum, struct ballot_verdict v,
                     const struct pot *pot)
{
    if (sum > v.limit && *n < BALLOT_OVERS_MAX)
        out[(*n)++] = (struct ballot_over){v, pot};
}

int sheet_overs(const struct ballot_sheet *s, struct ballot_over out[BALLOT_OVERS_MAX])
{
    int64_t points = picks_sum(&s->picks);
    int n = 0;
    for (int i = 0; s->round.kind == ROUND_KNAPSACK && i < s->pots.n; i++) {
        const struct pot *pot = &s->pots.pot[i];
        int64_t cost = picks_cost(&s->picks, &s->all, pot->ordinal);
        add_over(out, &n, cost,
                 (struct ballot_verdict){.outcome = CAST_OVER_BUDGET,
                                         .detail = cost - pot->amount,
                                         .limit = pot->amount},
                 pot);
    }
    if (s->round.kind == ROUND_POINTS)
        add_over(out, &n, points,
                 (struct ballot_verdict){
                     .outcome = CAST_OVER_POINTS, .detail = points, .limit = s->round.points_sum},
                 NULL);
    add_over(out, &n, s->picks.n,
             (struct ballot_verdict){
                 .outcome = CAST_TOO_MANY, .detail = s->picks.n, .limit = s->round.max_picks},
             NULL);
    for (int i = 0; i < s->pots.n; i++) {
        const struct pot *pot = &s->pots.pot[i];
        int picks = picks_count(&s->picks, &s->all, pot->ordinal);
        if (pot->max_picks > 0)
            add_over(out, &n, picks,
                     (struct ballot_verdict){.outcome = CAST_POT_TOO_MANY,
                                             .detail = (int64_t)pot->ordinal * POT_PACKED + picks,
                                             .limit = pot->max_picks},
                     pot);
    }
    return n;
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

/* Why the order is not settled; ballot.js shows and hides the same words. */
static void unsettled(struct html *h, const char *why, const char *words, bool shown)
{
    html_raw(h, "<p class=\"govuk-body\"");
    html_attr(h, "data-why", why);
    if (!shown)
        html_raw(h, " hidden");
    html_raw(h, ">");
    html_tr(h, words);
    html_raw(h, "</p>");
}

/* The ranking as it stands, first choice first; empty until something is numbered. Projects with
 * the same number stand in the same place. */
static void order(struct html *h, const struct ballot_sheet *s, bool over)
{
    uint16_t by_rank[DRAFT_PICKS_MAX];
    int place = 0;
    picks_by_rank(&s->picks, by_rank);
    html_raw(h, "<div id=\"order\"");
    if (s->picks.n == 0)
        html_raw(h, " hidden");
    html_raw(h, "><h2 class=\"govuk-heading-s\">");
    html_tr(h, "Your order");
    html_raw(h, "</h2>");
    unsettled(h, "twice", N_("{b}Not settled yet:{/b} two projects have the same number."),
              picks_clash(&s->picks));
    unsettled(h, "over", N_("{b}Not settled yet:{/b} you numbered too many projects."), over);
    unsettled(h, "blank",
              N_("{b}Not settled yet:{/b} you also said that you do not support any of these."),
              s->picks.blank && s->picks.n > 0);
    html_raw(h, "<ol class=\"govuk-list govuk-list--number\">");
    for (int i = 0; i < s->picks.n; i++) {
        const struct ballot_pick *pick = &s->picks.pick[by_rank[i]];
        const struct proposal *p = proposal_find(&s->all, pick->number);
        if (p == NULL)
            continue;
        if (i == 0 || s->picks.pick[by_rank[i - 1]].weight != pick->weight)
            place++;
        html_raw(h, "<li");
        html_attrf(h, "value", "%d", place);
        html_raw(h, ">");
        kit_project_title(h, p);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ol></div>\n");
}

/* How numbers and money are written here, for ballot.js. */
static void writing(struct html *h)
{
    const struct language_ways *w = language_ways(h->language);
    html_attr(h, "data-group", w->group != NULL ? w->group : "\u00a0");
    html_attrf(h, "data-from", "%d", w->group_from);
    html_attrf(h, "data-point", "%c", w->point);
    html_attr(h, "data-pounds", w->pound_behind ? "{n}\u00a0£" : "£{n}");
}

void sheet_total(struct html *h, const struct ballot_sheet *s)
{
    struct ballot_over over[BALLOT_OVERS_MAX];
    bool is_over = sheet_overs(s, over) > 0;
    if (s->round.kind == ROUND_RANKING)
        order(h, s, is_over);
    html_raw(h, "<div id=\"total\"");
    html_attrf(h, "class", "wm-budget%s%s", is_over ? " wm-budget--over" : "",
               s->pots.n > STICKY_POTS ? " wm-budget--long" : "");
    writing(h);
    html_raw(h, ">");
    lines(h, s);
    html_raw(h, "<div class=\"wm-buttons\"><button class=\"govuk-button\" type=\"submit\">");
    html_tr(h, "Continue");
    html_raw(h, "</button><button class=\"govuk-button govuk-button--secondary\" type=\"submit\" "
                "id=\"update\" name=\"do\" value=\"update\">");
    html_tr(h, s->round.kind == ROUND_RANKING ? N_("Update order") : N_("Update total"));
    html_raw(h, "</button></div>"
                "<p class=\"govuk-visually-hidden\" role=\"status\" id=\"say\"></p></div>\n");
}
