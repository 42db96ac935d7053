/* ballot_sheet.c: the paper to fill in: boxes that are never disabled, and what they add up to. */
#include "server/ballot_form.h"
#include "server/chart.h"

static void box(struct html *h, const struct ballot_sheet *s, const struct proposal *p)
{
    const struct pot *pot = s->pots.n > 1 ? pot_find(&s->pots, p->pot) : NULL;
    html_raw(h, "<div class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
                "type=\"checkbox\" name=\"p\"");
    html_attrf(h, "id", "p%04d", (int)p->number);
    html_attrf(h, "value", "%04d", (int)p->number);
    html_attrf(h, "data-cost", "%lld", (long long)p->cost);
    html_attrf(h, "data-pot", "%d", (int)p->pot);
    html_attrf(h, "aria-describedby", "h%04d", (int)p->number);
    if (picks_find(&s->picks, p->number) != NULL)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-checkboxes__label\"");
    html_attrf(h, "for", "p%04d", (int)p->number);
    html_raw(h, "><strong>");
    html_text(h, p->title);
    html_raw(h, "</strong></label><div class=\"govuk-hint govuk-checkboxes__hint\"");
    html_attrf(h, "id", "h%04d", (int)p->number);
    html_raw(h, ">");
    html_money(h, p->cost);
    if (pot != NULL) {
        html_raw(h, " from ");
        html_text(h, pot->name);
    }
    html_textf(h, " · number %04d · ", (int)p->number);
    html_raw(h, "<a class=\"govuk-link\" target=\"_blank\" rel=\"noopener\"");
    html_attrf(h, "href", "/rounds/%s/%04d", s->round.slug, (int)p->number);
    html_raw(h, ">Details<span class=\"govuk-visually-hidden\"> of ");
    html_text(h, p->title);
    html_raw(h, " (opens in a new tab)</span></a></div></div>\n");
}

static void group_begin(struct html *h, const struct ballot_sheet *s, const char *legend)
{
    if (s->errors.n > 0)
        html_raw(h, "<div class=\"govuk-form-group govuk-form-group--error\">"
                    "<fieldset class=\"govuk-fieldset\" aria-describedby=\"p-error\">");
    else
        html_raw(h, "<div class=\"govuk-form-group\"><fieldset class=\"govuk-fieldset\">");
    html_raw(h, "<legend class=\"govuk-fieldset__legend govuk-fieldset__legend--m\">");
    html_text(h, legend);
    html_raw(h, "</legend>\n");
    if (s->errors.n == 0)
        return;
    html_raw(h, "<p class=\"govuk-error-message\" id=\"p-error\"><span "
                "class=\"govuk-visually-hidden\">Error:</span> ");
    html_text(h, s->errors.error[0].message);
    html_raw(h, "</p>\n");
}

static void boxes(struct html *h, const struct ballot_sheet *s)
{
    group_begin(h, s, "Which do you want?");
    html_raw(h, "<div class=\"govuk-checkboxes\">\n");
    for (int i = 0; i < s->all.n; i++) {
        if (!s->all.proposal[i].withdrawn)
            box(h, s, &s->all.proposal[i]);
    }
    html_raw(h, "</div></fieldset></div>\n");
}

static void answer(struct html *h, int32_t number, bool yes, bool chosen)
{
    const char *id = yes ? "answer" : "answer-2";
    html_raw(h, "<div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" "
                "type=\"radio\" name=\"p\"");
    html_attr(h, "id", id);
    html_attrf(h, "value", "%04d=%d", (int)number, yes ? 1 : 0);
    if (chosen)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-radios__label\"");
    html_attr(h, "for", id);
    html_raw(h, ">");
    html_text(h, yes ? "Yes" : "No");
    html_raw(h, "</label></div>\n");
}

static void question(struct html *h, const struct ballot_sheet *s)
{
    const struct proposal *p = &s->all.proposal[0];
    const struct ballot_pick *pick = picks_find(&s->picks, p->number);
    html_raw(h, "<p class=\"govuk-body\">");
    html_text(h, p->summary);
    html_raw(h, "</p>\n");
    if (s->round.edition > 0) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\" target=\"_blank\" "
                    "rel=\"noopener\"");
        html_attrf(h, "href", "/neighbourhoods/%s/agreement#edition-%d", s->round.edition_area,
                   (int)s->round.edition);
        html_raw(h, ">Read what it says (opens in a new tab)</a></p>\n");
    }
    group_begin(h, s, p->title);
    html_raw(h, "<div class=\"govuk-radios\">\n");
    answer(h, p->number, true, pick != NULL && pick->weight == 1);
    answer(h, p->number, false, pick != NULL && pick->weight == 0);
    html_raw(h, "</div></fieldset></div>\n");
}

static void total_begin(struct html *h, bool over)
{
    if (over)
        html_raw(h, "<p class=\"wm-total wm-total--over\"");
    else
        html_raw(h, "<p class=\"wm-total\"");
}

/* "£14,003 of £12,000 chosen. £2,003 over: remove something." ballot.js writes the same words. */
static void pot_line(struct html *h, const struct ballot_sheet *s, const struct pot *pot)
{
    int64_t sum = picks_cost(&s->picks, &s->all, pot->ordinal);
    total_begin(h, sum > pot->amount);
    html_attrf(h, "data-pot", "%d", (int)pot->ordinal);
    html_attrf(h, "data-amount", "%lld", (long long)pot->amount);
    if (s->pots.n > 1)
        html_attrf(h, "data-name", "%s: ", pot->name);
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

static void picks_line(struct html *h, const struct ballot_sheet *s)
{
    int over = s->picks.n - s->round.max_picks;
    total_begin(h, over > 0);
    html_attrf(h, "data-max", "%d", (int)s->round.max_picks);
    html_raw(h, "><strong>");
    html_textf(h, "%u", s->picks.n);
    html_raw(h, "</strong>");
    html_textf(h, " of %d chosen.", (int)s->round.max_picks);
    html_raw(h, " <strong>");
    if (over > 0)
        html_textf(h, "Remove %d.", over);
    html_raw(h, "</strong></p>");
}

static bool is_over(const struct ballot_sheet *s)
{
    if (s->round.kind == ROUND_APPROVAL)
        return s->picks.n > s->round.max_picks;
    for (int i = 0; i < s->pots.n; i++) {
        if (picks_cost(&s->picks, &s->all, s->pots.pot[i].ordinal) > s->pots.pot[i].amount)
            return true;
    }
    return false;
}

static void total(struct html *h, const struct ballot_sheet *s)
{
    if (is_over(s))
        html_raw(h, "<div class=\"wm-budget wm-budget--over\" id=\"total\">");
    else
        html_raw(h, "<div class=\"wm-budget\" id=\"total\">");
    if (s->round.kind == ROUND_KNAPSACK) {
        for (int i = 0; i < s->pots.n; i++)
            pot_line(h, s, &s->pots.pot[i]);
    } else {
        picks_line(h, s);
    }
    html_raw(h, "<div class=\"wm-buttons\"><button class=\"govuk-button\" type=\"submit\">Continue"
                "</button><button class=\"govuk-button govuk-button--secondary\" type=\"submit\" "
                "id=\"update\" name=\"do\" value=\"update\">Update total</button></div>"
                "<p class=\"govuk-visually-hidden\" role=\"status\" id=\"say\"></p></div>\n");
}

void sheet_show(struct html *h, const struct request *r, const struct ballot_sheet *s)
{
    html_raw(h, "<form method=\"post\" id=\"ballot\" novalidate");
    html_attrf(h, "action", "/ballot/%s", s->round.slug);
    html_raw(h, ">\n");
    form_token(h, r);
    if (s->round.kind == ROUND_YES_NO) {
        question(h, s);
        form_button(h, "Continue");
    } else {
        boxes(h, s);
        total(h, s);
    }
    form_end(h);
}
