/* ballot_rows.c: a points or ranking paper: one box for a number beside each project. A pair of
 * fields goes with each, "n" and "w", since a box of text cannot carry its project in its value. */
#include "server/ballot_form.h"
#include "server/tr.h"

/* What stands in the box: what was typed, else the pick, else nothing. */
static const char *value_of(const struct ballot_sheet *s, int32_t number, char out[8])
{
    const struct ballot_pick *pick = picks_find(&s->picks, number);
    for (int i = 0; i < s->typed.n; i++) {
        if (s->typed.row[i].number == number)
            return s->typed.row[i].text;
    }
    if (pick == NULL)
        return "";
    snprintf(out, 8, "%u", pick->weight % 10000u);
    return out;
}

static void input(struct html *h, const struct ballot_sheet *s, const struct proposal *p,
                  const char *error)
{
    char text[8];
    html_raw(h, "<input type=\"hidden\" name=\"n\"");
    html_attrf(h, "value", "%04d", (int)p->number);
    html_raw(h, "><input name=\"w\" type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" "
                "spellcheck=\"false\"");
    html_attrf(h, "class", "govuk-input%s", error != NULL ? " govuk-input--error" : "");
    html_attrf(h, "id", "p%04d", (int)p->number);
    html_attrf(h, "data-pot", "%d", (int)p->pot);
    if (error != NULL)
        html_attrf(h, "aria-describedby", "h%04d p%04d-error", (int)p->number, (int)p->number);
    else
        html_attrf(h, "aria-describedby", "h%04d", (int)p->number);
    html_attr(h, "value", value_of(s, p->number, text));
    html_raw(h, ">");
}

static void row(struct html *h, const struct ballot_sheet *s, const struct proposal *p)
{
    char id[8];
    snprintf(id, sizeof id, "p%04d", (int)p->number % 10000);
    const char *error = form_error_of(&s->rows, id);
    if (error != NULL)
        html_raw(h, "<div class=\"wm-weigh wm-weigh--error\">");
    else
        html_raw(h, "<div class=\"wm-weigh\">");
    html_raw(h, "<label class=\"govuk-label\"");
    html_attr(h, "for", id);
    html_raw(h, "><span class=\"govuk-visually-hidden\">");
    html_tr(h, s->round.kind == ROUND_POINTS ? N_("Points for ") : N_("Place of "));
    html_raw(h, "</span><strong>");
    kit_project_title(h, p);
    html_raw(h, "</strong></label><div class=\"govuk-hint\"");
    html_attrf(h, "id", "h%04d", (int)p->number);
    html_raw(h, ">");
    sheet_hint(h, s, p);
    html_raw(h, "</div>");
    if (error != NULL) {
        html_raw(h, "<p class=\"govuk-error-message\"");
        html_attrf(h, "id", "p%04d-error", (int)p->number);
        html_raw(h, "><span class=\"govuk-visually-hidden\">");
        html_tr(h, "Error:");
        html_raw(h, "</span> ");
        html_text(h, error);
        html_raw(h, "</p>");
    }
    input(h, s, p, error);
    html_raw(h, "</div>\n");
}

void sheet_rows(struct html *h, const struct ballot_sheet *s)
{
    for (int i = 0; i < s->all.n; i++) {
        if (!s->all.proposal[i].withdrawn)
            row(h, s, &s->all.proposal[i]);
    }
}
