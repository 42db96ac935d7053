/* page_desk_monitor.c: /desk/rounds/:slug/monitor: how a vote goes, by day, channel and area. What
 * people chose is not here, nor anywhere before the count. */
#include "server/chart.h"
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_monitor.h"

static int64_t day_total(const struct monitor_day *d)
{
    return d->web + d->texts + d->paper + d->assisted;
}

static void days(struct html *h, const struct monitor *m)
{
    static const char *const heads[] = {"Day",      "Web",     "Text", "Paper",
                                        "Assisted", "Changed", "All"};
    struct desk_table table = {
        .h = h, .name = "Ballots by day", .caption = true, .heads = heads, .n = 7, .numeric = 0x3e};
    int64_t most = 0;
    if (m->days == 0) {
        html_raw(h, "<p class=\"govuk-body\">No ballot was cast yet.</p>\n");
        return;
    }
    for (int i = 0; i < m->days; i++)
        most = day_total(&m->day[i]) > most ? day_total(&m->day[i]) : most;
    table_begin(&table);
    for (int i = 0; i < m->days; i++) {
        const struct monitor_day *d = &m->day[i];
        char day[40];
        when_date(d->day, day);
        table_row_head(&table, day);
        table_number(&table, d->web);
        table_number(&table, d->texts);
        table_number(&table, d->paper);
        table_number(&table, d->assisted);
        table_number(&table, d->again);
        table_bar_begin(&table);
        html_number(h, day_total(d));
        chart_bar(h, day_total(d), most, CHART_GOOD);
        table_cell_end(&table);
        table_row_end(&table);
    }
    table_end(&table);
    html_raw(h, "<p class=\"govuk-body-s\">Every ballot counts on its day, also one that the same "
                "person changed later. “Changed” are those that changed or took back an earlier "
                "one.</p>\n");
}

static void areas(struct html *h, const struct monitor *m)
{
    static const char *const heads[] = {"Neighbourhood", "May vote", "Voted", "Turnout"};
    struct desk_table table = {.h = h,
                               .name = "Turnout by neighbourhood",
                               .caption = true,
                               .heads = heads,
                               .n = 4,
                               .numeric = 0x6};
    if (m->areas == 0)
        return;
    table_begin(&table);
    for (int i = 0; i < m->areas; i++) {
        const struct monitor_area *a = &m->area[i];
        table_row_head(&table, a->name);
        table_number(&table, a->eligible);
        table_number(&table, a->voted);
        table_bar_begin(&table);
        html_textf(h, "%.1f%%", 100.0 * (double)a->voted / (double)a->eligible);
        chart_bar(h, a->voted, a->eligible, CHART_GOOD);
        table_cell_end(&table);
        table_row_end(&table);
    }
    table_end(&table);
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
