/* accounts_show.c: the books of a round. */
#include "server/accounts_show.h"

enum { SMALL = 5, PARTS = 5 };

/* counted, replaced, withdrawn, void, and their sum. */
struct line {
    int64_t n[PARTS];
};

static struct line line_of(const struct result_accounts *a, int channel)
{
    struct line l = {{a->ballots[channel].counted, a->ballots[channel].replaced,
                      a->ballots[channel].withdrawn, a->ballots[channel].voided, 0}};
    for (int i = 0; i < PARTS - 1; i++)
        l.n[PARTS - 1] += l.n[i];
    return l;
}

/* Whether any count of a line could point at somebody. */
static bool small(const struct line *l)
{
    bool any = false;
    for (int i = 0; i < PARTS; i++)
        any = any || (l->n[i] > 0 && l->n[i] < SMALL);
    return any;
}

static void head(struct html *h, const char *caption, const char *left, const char *const *columns,
                 int n)
{
    html_raw(h, "<div class=\"wm-scroll\" tabindex=\"0\"><table class=\"govuk-table\"><caption "
                "class=\"govuk-table__caption govuk-table__caption--m\">");
    html_text(h, caption);
    html_raw(h, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
                "<th scope=\"col\" class=\"govuk-table__header\">");
    html_text(h, left);
    html_raw(h, "</th>");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<th scope=\"col\" class=\"govuk-table__header "
                    "govuk-table__header--numeric\">");
        html_text(h, columns[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody class=\"govuk-table__body\">\n");
}

static void row(struct html *h, const char *name, const int64_t *values, int n)
{
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_text(h, name);
    html_raw(h, "</th>");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
        html_number(h, values[i]);
        html_raw(h, "</td>");
    }
    html_raw(h, "</tr>\n");
}

static void ballots(struct html *h, const struct result_accounts *a)
{
    static const char *const columns[PARTS] = {"Counted", "Replaced", "Taken back", "Void",
                                               "In all"};
    static const char *const channels[RESULT_CHANNELS] = {"", "Web", "Text", "Paper",
                                                          "With an officer"};
    struct line all = {{0}};
    bool safe = true;
    for (int c = 1; c < RESULT_CHANNELS; c++) {
        struct line l = line_of(a, c);
        safe = safe && !small(&l);
        for (int i = 0; i < PARTS; i++)
            all.n[i] += l.n[i];
    }
    head(h, "Ballots that were accepted", "Way", columns, PARTS);
    for (int c = 1; safe && c < RESULT_CHANNELS; c++) {
        struct line l = line_of(a, c);
        if (l.n[PARTS - 1] > 0)
            row(h, channels[c], l.n, PARTS);
    }
    row(h, "All", all.n, PARTS);
    html_raw(h, "</tbody></table></div>\n");
}

static void codes(struct html *h, const struct result_accounts *a)
{
    static const char *const columns[] = {"Used", "Unused", "Void", "Issued"};
    int64_t values[] = {a->codes_used, a->codes_unused, a->codes_voided,
                        a->codes_used + a->codes_unused + a->codes_voided};
    if (values[3] == 0)
        return;
    head(h, "Voting codes", "What", columns, 4);
    row(h, "Codes", values, 4);
    html_raw(h, "</tbody></table></div>\n");
    html_raw(h, "<p class=\"govuk-body\">Turnout: of 100 codes that are good, ");
    int64_t good = a->codes_used + a->codes_unused;
    html_textf(h, "%.1f were used.", good > 0 ? 100.0 * (double)a->codes_used / (double)good : 0.0);
    html_raw(h, "</p>\n");
}

void accounts_show(struct html *h, const struct result_accounts *a, int64_t counted)
{
    if (counted < RESULT_FEWEST)
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">The books</h2>\n<p class=\"govuk-body\">Every code "
                "and every ballot is in one column, and the columns add up. A result whose ballots "
                "do not is not published.</p>\n");
    codes(h, a);
    ballots(h, a);
}
