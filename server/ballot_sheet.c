/* ballot_sheet.c: the paper to fill in: boxes that are never disabled. */
#include "server/ballot_form.h"
#include "server/tr.h"

void sheet_hint(struct html *h, const struct ballot_sheet *s, const struct proposal *p)
{
    const struct pot *pot = s->pots.n > 1 ? pot_find(&s->pots, p->pot) : NULL;
    char number[8];
    snprintf(number, sizeof number, "%04d", (int)p->number % 10000);
    html_money(h, p->cost);
    if (pot != NULL)
        html_trv(h, " from {pot}", TR_WRITTEN("pot", pot->name));
    html_trv(h, " · number {number} · ", TR_TEXT("number", number));
    html_raw(h, "<a class=\"govuk-link\" target=\"_blank\" rel=\"noopener\"");
    html_attrf(h, "href", "/rounds/%s/%04d", s->round.slug, (int)p->number);
    html_raw(h, ">");
    html_tr(h, "Details");
    html_raw(h, "<span class=\"govuk-visually-hidden\">");
    html_trv(h, " of {title} (opens in a new tab)", TR_WRITTEN_IN("title", p->title, p->language));
    html_raw(h, "</span></a>");
}

static void box(struct html *h, const struct ballot_sheet *s, const struct proposal *p)
{
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
    kit_project_title(h, p);
    html_raw(h, "</strong></label><div class=\"govuk-hint govuk-checkboxes__hint\"");
    html_attrf(h, "id", "h%04d", (int)p->number);
    html_raw(h, ">");
    sheet_hint(h, s, p);
    html_raw(h, "</div></div>\n");
}

/* "I do not support any of these": the same field, so that a browser sends it with the choices. */
static void blank_box(struct html *h, const struct ballot_sheet *s)
{
    html_raw(h, "<div class=\"govuk-checkboxes__divider\">");
    html_tr(h, "or");
    html_raw(h,
             "</div><div class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
             "type=\"checkbox\" name=\"p\" id=\"p-none\" value=\"none\"");
    if (s->picks.blank)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-checkboxes__label\" for=\"p-none\">");
    html_tr(h, blank_label(s->round.kind));
    html_raw(h, "</label></div>\n");
}

/* The legend is ours; of a question (which is NULL otherwise) what officers wrote. */
static void group_begin(struct html *h, const struct ballot_sheet *s, const char *legend,
                        const struct proposal *question)
{
    bool wrong = s->errors.n > 0;
    if (wrong)
        html_raw(h, "<div class=\"govuk-form-group govuk-form-group--error\">"
                    "<fieldset class=\"govuk-fieldset\" aria-describedby=\"p-error\">");
    else
        html_raw(h, "<div class=\"govuk-form-group\"><fieldset class=\"govuk-fieldset\">");
    html_raw(h, "<legend class=\"govuk-fieldset__legend govuk-fieldset__legend--m\">");
    if (question != NULL)
        kit_project_title(h, question);
    else
        html_tr(h, legend);
    html_raw(h, "</legend>\n");
    if (!wrong)
        return;
    html_raw(h, "<p class=\"govuk-error-message\" id=\"p-error\"><span "
                "class=\"govuk-visually-hidden\">");
    html_tr(h, "Error:");
    html_raw(h, "</span> ");
    for (int i = 0; i < s->errors.n; i++) {
        if (i > 0)
            html_raw(h, "<br>");
        html_text(h, s->errors.error[i].message);
    }
    html_raw(h, "</p>\n");
}

static void boxes(struct html *h, const struct ballot_sheet *s)
{
    group_begin(h, s, N_("Which do you want?"), NULL);
    html_raw(h, "<div class=\"govuk-checkboxes\">\n");
    for (int i = 0; i < s->all.n; i++) {
        if (!s->all.proposal[i].withdrawn)
            box(h, s, &s->all.proposal[i]);
    }
    if (s->round.blank_allowed)
        blank_box(h, s);
    html_raw(h, "</div></fieldset></div>\n");
}

static void rows(struct html *h, const struct ballot_sheet *s)
{
    group_begin(h, s,
                s->round.kind == ROUND_POINTS ? N_("How many points for each?")
                                              : N_("In which order do you want them?"),
                NULL);
    html_raw(h, "<p class=\"govuk-hint\">");
    html_tr(h, s->round.kind == ROUND_POINTS
                   ? N_("Leave the box empty where you give no points.")
                   : N_("Write 1 beside the project that you want most, 2 beside the next, and so "
                        "on. Leave the rest empty."));
    html_raw(h, "</p>\n");
    sheet_rows(h, s);
    if (s->round.blank_allowed) {
        html_raw(h, "<div class=\"govuk-checkboxes\">");
        blank_box(h, s);
        html_raw(h, "</div>");
    }
    html_raw(h, "</fieldset></div>\n");
}

static void answer(struct html *h, const char *id, const char *value, const char *label,
                   bool chosen)
{
    html_raw(h, "<div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" "
                "type=\"radio\" name=\"p\"");
    html_attr(h, "id", id);
    html_attr(h, "value", value);
    if (chosen)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-radios__label\"");
    html_attr(h, "for", id);
    html_raw(h, ">");
    html_tr(h, label);
    html_raw(h, "</label></div>\n");
}

static void question(struct html *h, const struct ballot_sheet *s)
{
    const struct proposal *p = &s->all.proposal[0];
    const struct ballot_pick *pick = picks_find(&s->picks, p->number);
    char yes[16], no[16];
    html_raw(h, "<p class=\"govuk-body\">");
    html_written_in(h, p->language, p->summary);
    html_raw(h, "</p>\n");
    if (s->round.edition > 0) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\" target=\"_blank\" "
                    "rel=\"noopener\"");
        html_attrf(h, "href", "/neighbourhoods/%s/agreement/%d", s->round.edition_area,
                   (int)s->round.edition);
        html_raw(h, ">");
        html_tr(h, "Read what it says (opens in a new tab)");
        html_raw(h, "</a></p>\n");
    }
    group_begin(h, s, "", p);
    html_raw(h, "<div class=\"govuk-radios\">\n");
    snprintf(yes, sizeof yes, "%04d=1", (int)p->number % 10000);
    snprintf(no, sizeof no, "%04d=0", (int)p->number % 10000);
    answer(h, "answer", yes, N_("Yes"), pick != NULL && pick->weight == 1);
    answer(h, "answer-2", no, N_("No"), pick != NULL && pick->weight == 0);
    if (s->round.blank_allowed) {
        html_raw(h, "<div class=\"govuk-radios__divider\">");
        html_tr(h, "or");
        html_raw(h, "</div>");
        answer(h, "answer-3", "none", blank_label(ROUND_YES_NO), s->picks.blank);
    }
    html_raw(h, "</div></fieldset></div>\n");
}

/* What is no longer to be chosen stays to be seen, with the reason. */
static void gone(struct html *h, const struct ballot_sheet *s)
{
    bool any = false;
    for (int i = 0; i < s->all.n; i++) {
        const struct proposal *p = &s->all.proposal[i];
        if (!p->withdrawn)
            continue;
        if (!any) {
            html_raw(h, "<h2 class=\"govuk-heading-s\">");
            html_tr(h, "Withdrawn from this vote");
            html_raw(h, "</h2>\n<ul class=\"govuk-list\">\n");
        }
        any = true;
        html_raw(h, "<li><s>");
        kit_project_title(h, p);
        html_raw(h, "</s><br>");
        html_written(h, p->withdrawn_reason);
        html_raw(h, "</li>\n");
    }
    if (any)
        html_raw(h, "</ul>\n");
}

void sheet_show(struct html *h, const struct request *r, const struct ballot_sheet *s)
{
    gone(h, s);
    html_raw(h, "<form method=\"post\" id=\"ballot\" novalidate");
    html_attrf(h, "action", "/ballot/%s", s->round.slug);
    html_raw(h, ">\n");
    form_token(h, r);
    if (s->round.kind == ROUND_YES_NO) {
        question(h, s);
        form_button(h, tr(h, "Continue"));
    } else {
        if (round_weighs(s->round.kind))
            rows(h, s);
        else
            boxes(h, s);
        sheet_total(h, s);
    }
    form_end(h);
}
