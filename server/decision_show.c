/* decision_show.c: the council's decisions beside a vote's result. */
#include "server/decision_show.h"

#include "server/tr.h"

const char *decision_word(const char *decision)
{
    static const char *const words[][2] = {{"approved", N_("Approved")},
                                           {"deferred", N_("Deferred")},
                                           {"referred", N_("Referred")},
                                           {"refused", N_("Refused")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], decision) == 0)
            return words[i][1];
    }
    return decision;
}

void decision_day(struct html *h, const struct decision *d)
{
    html_date(h, d->decided_on);
}

static void told(struct html *h, const struct decision *d)
{
    html_trv(h, "{b}{decision}{/b} by {body}, {day}. {reason}",
             TR_TEXT("decision", tr(h, decision_word(d->decision))), TR_WRITTEN("body", d->body),
             TR_DATE("day", d->decided_on), TR_WRITTEN("reason", d->reason));
}

static void row(struct html *h, const struct result_proposal *p, const struct proposals *titles,
                const struct decision *d)
{
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    kit_number(h, p->number);
    html_raw(h, " ");
    result_title_show(h, titles, p);
    html_raw(h, "</th><td class=\"govuk-table__cell\">");
    html_tr(h, p->selected ? N_("Funded") : N_("Not funded"));
    html_raw(h, "</td><td class=\"govuk-table__cell\">");
    if (d != NULL)
        told(h, d);
    else
        html_tr(h, "Not decided yet");
    html_raw(h, "</td></tr>\n");
}

static void table(struct html *h, const struct result_view *v, const struct proposals *titles,
                  const struct decisions *all)
{
    static const char *const columns[] = {N_("Project"), N_("The vote"), N_("The council")};
    html_raw(h, "<div class=\"wm-scroll\" tabindex=\"0\" role=\"region\"");
    html_attr(h, "aria-label", tr(h, "What the council decided"));
    html_raw(h, "><table class=\"govuk-table\"><thead class=\"govuk-table__head\"><tr "
                "class=\"govuk-table__row\">");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        html_raw(h, "<th scope=\"col\" class=\"govuk-table__header\">");
        html_tr(h, columns[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody class=\"govuk-table__body\">\n");
    for (int i = 0; i < v->n_parts; i++) {
        for (int k = 0; k < v->part[i].n_proposals; k++) {
            const struct result_proposal *p = &v->part[i].proposal[k];
            row(h, p, titles, decision_of(all, p->number));
        }
    }
    html_raw(h, "</tbody></table></div>\n");
}

static void earlier(struct html *h, const struct decisions *all)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += !all->decision[i].stands;
    if (n == 0)
        return;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">");
    html_tr(h, "Earlier decisions, which were replaced");
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><ul class=\"govuk-list\">\n");
    for (int i = 0; i < all->n; i++) {
        if (all->decision[i].stands)
            continue;
        html_raw(h, "<li>");
        kit_number(h, all->decision[i].number);
        html_raw(h, " ");
        told(h, &all->decision[i]);
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul></div></details>\n");
}

void decisions_show(struct html *h, const struct result_view *v, const struct proposals *titles,
                    const struct decisions *all)
{
    html_tr_h2(h, "What the council decided");
    html_tr_p(h, "The vote says what residents want. The council then decides on each project, and "
                 "gives its reason. Its decision changes nothing in the result of the vote.");
    if (all->n == 0) {
        html_tr_p(h, "No decision has been published yet.");
        return;
    }
    table(h, v, titles, all);
    earlier(h, all);
}
