/* proposal_view.c: a proposal in a list and by itself. */
#include "server/proposal_view.h"
#include "server/markdown.h"
#include "server/tr.h"

static void row(struct html *h, const char *key, const char *value)
{
    if (value[0] == '\0')
        return;
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_tr(h, key);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
    html_written(h, value);
    html_raw(h, "</dd></div>");
}

static void cost_row(struct html *h, const struct proposal *p)
{
    if (p->pot == 0)
        return;
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_tr(h, "Cost");
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value\"><strong>");
    html_money(h, p->cost);
    html_raw(h, "</strong></dd></div>");
}

static void withdrawn_words(struct html *h, const struct proposal *p)
{
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_trv(h, "{b}Withdrawn.{/b} {reason}", TR_WRITTEN("reason", p->withdrawn_reason));
    html_raw(h, "</div>\n");
}

void proposal_show(struct html *h, const struct proposal *p, const char *pot_name, const char *body)
{
    html_raw(h, "<p class=\"wm-badge\">");
    kit_number(h, p->number);
    html_raw(h, "</p>");
    html_raw(h, "<h1 class=\"govuk-heading-l\">");
    kit_project_title(h, p);
    html_raw(h, "</h1>\n");
    if (p->withdrawn)
        withdrawn_words(h, p);
    html_raw(h, "<p class=\"govuk-body-l\">");
    html_written_in(h, p->language, p->summary);
    html_raw(h, "</p>\n<dl class=\"govuk-summary-list\">");
    cost_row(h, p);
    row(h, N_("From"), pot_name);
    row(h, N_("Theme"), p->theme);
    row(h, N_("Where"), p->place);
    row(h, N_("Put forward by"), p->proposer);
    html_raw(h, "</dl>\n");
    if (body[0] != '\0')
        markdown_show_in(h, p->language, body);
}

void proposal_line(struct html *h, const struct proposal *p, const char *pot_name, const char *href)
{
    html_raw(h, "<li class=\"wm-project\"><div>");
    kit_number(h, p->number);
    html_raw(h, "</div><div><h3><a class=\"govuk-link\"");
    html_attr(h, "href", href);
    html_raw(h, ">");
    if (p->withdrawn)
        html_raw(h, "<s>");
    kit_project_title(h, p);
    if (p->withdrawn)
        html_raw(h, "</s>");
    html_raw(h, "</a></h3><p>");
    if (p->pot != 0) {
        html_raw(h, "<strong>");
        html_money(h, p->cost);
        html_raw(h, "</strong>");
    }
    if (pot_name[0] != '\0') {
        html_raw(h, " · ");
        html_written(h, pot_name);
    }
    if (p->theme[0] != '\0') {
        html_raw(h, " · ");
        html_written(h, p->theme);
    }
    if (p->place[0] != '\0') {
        html_raw(h, " · ");
        html_written(h, p->place);
    }
    html_raw(h, "</p><p>");
    if (p->withdrawn) {
        html_trv(h, "{b}Withdrawn.{/b} {reason}", TR_WRITTEN("reason", p->withdrawn_reason));
    } else {
        html_written_in(h, p->language, p->summary);
    }
    html_raw(h, "</p></div></li>\n");
}
