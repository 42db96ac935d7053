/* page_desk_monitor.c: /desk/rounds/:slug/monitor: how a vote goes, by day, channel and area. What
 * people chose is not here, nor anywhere before the count. */
#include "server/chart.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_monitor.h"

static int64_t day_total(const struct monitor_day *d)
{
    return d->web + d->texts + d->paper + d->assisted;
}

static void number_cell(struct html *h, int64_t n)
{
    html_raw(h, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
    html_number(h, n);
    html_raw(h, "</td>");
}

static void row_head(struct html *h, const char *text)
{
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_text(h, text);
    html_raw(h, "</th>");
}

static void table_begin(struct html *h, const char *caption, const char *const *heads, int n)
{
    html_raw(h, "<div class=\"wm-scroll\" role=\"region\" tabindex=\"0\"");
    html_attr(h, "aria-label", caption);
    html_raw(h, "><table class=\"govuk-table\"><caption class=\"govuk-table__caption "
                "govuk-table__caption--m\">");
    html_text(h, caption);
    html_raw(h, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<th scope=\"col\"");
        html_attrf(h, "class", "govuk-table__header%s",
                   i > 0 && i < n - 1 ? " govuk-table__header--numeric" : "");
        html_raw(h, ">");
        html_text(h, heads[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody class=\"govuk-table__body\">\n");
}

static void table_end(struct html *h)
{
    html_raw(h, "</tbody></table></div>\n");
}

static void days(struct html *h, const struct monitor *m)
{
    static const char *const heads[] = {"Day",      "Web",     "Text", "Paper",
                                        "Assisted", "Changed", "All"};
    int64_t most = 0;
    if (m->days == 0) {
        html_raw(h, "<p class=\"govuk-body\">No ballot was cast yet.</p>\n");
        return;
    }
    for (int i = 0; i < m->days; i++)
        most = day_total(&m->day[i]) > most ? day_total(&m->day[i]) : most;
    table_begin(h, "Ballots by day", heads, 7);
    for (int i = 0; i < m->days; i++) {
        const struct monitor_day *d = &m->day[i];
        char day[40];
        when_date(d->day, day);
        row_head(h, day);
        number_cell(h, d->web);
        number_cell(h, d->texts);
        number_cell(h, d->paper);
        number_cell(h, d->assisted);
        number_cell(h, d->again);
        html_raw(h, "<td class=\"govuk-table__cell wm-bar-cell\">");
        html_number(h, day_total(d));
        chart_bar(h, day_total(d), most, CHART_GOOD);
        html_raw(h, "</td></tr>\n");
    }
    table_end(h);
    html_raw(h, "<p class=\"govuk-body-s\">Every ballot counts on its day, also one that the same "
                "person changed later. “Changed” are those that changed or took back an earlier "
                "one.</p>\n");
}

static void areas(struct html *h, const struct monitor *m)
{
    static const char *const heads[] = {"Neighbourhood", "May vote", "Voted", "Turnout"};
    if (m->areas == 0)
        return;
    table_begin(h, "Turnout by neighbourhood", heads, 4);
    for (int i = 0; i < m->areas; i++) {
        const struct monitor_area *a = &m->area[i];
        row_head(h, a->name);
        number_cell(h, a->eligible);
        number_cell(h, a->voted);
        html_raw(h, "<td class=\"govuk-table__cell wm-bar-cell\">");
        html_textf(h, "%.1f%%", 100.0 * (double)a->voted / (double)a->eligible);
        chart_bar(h, a->voted, a->eligible, CHART_GOOD);
        html_raw(h, "</td></tr>\n");
    }
    table_end(h);
}

enum handled page_desk_monitor(struct request *r, struct db *db)
{
    struct monitor m;
    struct desk_page p;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return HANDLED;
    if (!desk_is_frozen(round->phase)) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, monitor_load(db, &r->arena, r->officer.officer, round->slug, &m)))
        return HANDLED;
    desk_begin(&p, r, "How the vote goes", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, NULL);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    html_text(&p.h, round->title);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">How the vote goes</h1>\n"
                   "<p class=\"govuk-body\">");
    desk_turnout_words(&p.h, &round->turnout);
    html_raw(&p.h, " What people chose is shown nowhere before the count.</p>\n");
    days(&p.h, &m);
    areas(&p.h, &m);
    desk_end(&p, r, 200);
    return HANDLED;
}
