/* desk_table.c: tables on the desk's pages. */
#include "server/desk_table.h"

#include "common/log.h"

static void head(struct desk_table *t, int i)
{
    html_raw(t->h, "<th scope=\"col\"");
    html_attrf(t->h, "class", "govuk-table__header%s",
               (t->numeric & 1U << i) != 0 ? " govuk-table__header--numeric" : "");
    html_raw(t->h, ">");
    html_text(t->h, t->heads[i]);
    html_raw(t->h, "</th>");
}

void table_begin(struct desk_table *t)
{
    html_raw(t->h, "<div class=\"wm-scroll\" role=\"region\" tabindex=\"0\"");
    html_attr(t->h, "aria-label", t->name);
    html_raw(t->h, "><table class=\"govuk-table wm-stack\">");
    if (t->caption) {
        html_raw(t->h, "<caption class=\"govuk-table__caption govuk-table__caption--m\">");
        html_text(t->h, t->name);
        html_raw(t->h, "</caption>");
    }
    html_raw(t->h, "<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (int i = 0; i < t->n; i++)
        head(t, i);
    html_raw(t->h, "</tr></thead><tbody class=\"govuk-table__body\">\n");
}

void table_end(struct desk_table *t)
{
    html_raw(t->h, "</tbody></table></div>\n");
}

void table_row_begin(struct desk_table *t)
{
    t->at = 0;
    html_raw(t->h, "<tr class=\"govuk-table__row\">");
}

void table_row_head(struct desk_table *t, const char *text)
{
    table_row_begin(t);
    t->at = 1;
    html_raw(t->h, "<th scope=\"row\" class=\"govuk-table__header\">");
    html_text(t->h, text);
    html_raw(t->h, "</th>");
}

void table_row_end(struct desk_table *t)
{
    html_raw(t->h, "</tr>\n");
}

static void cell_begin(struct desk_table *t, const char *class)
{
    MUST(t->at < t->n);
    html_raw(t->h, "<td");
    html_attrf(t->h, "class", "govuk-table__cell%s", class);
    html_attr(t->h, "data-head", t->heads[t->at]);
    html_raw(t->h, ">");
}

void table_cell_begin(struct desk_table *t)
{
    cell_begin(t, (t->numeric & 1U << t->at) != 0 ? " govuk-table__cell--numeric" : "");
}

void table_bar_begin(struct desk_table *t)
{
    cell_begin(t, " wm-bar-cell");
}

void table_cell_end(struct desk_table *t)
{
    t->at++;
    html_raw(t->h, "</td>");
}

void table_cell(struct desk_table *t, const char *text)
{
    table_cell_begin(t);
    html_text(t->h, text);
    table_cell_end(t);
}

void table_number(struct desk_table *t, int64_t n)
{
    table_cell_begin(t);
    html_number(t->h, n);
    table_cell_end(t);
}
