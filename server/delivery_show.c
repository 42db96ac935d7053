/* delivery_show.c: what became of funded projects, for pages and files. */
#include "server/delivery_show.h"

#include "server/api_kit.h"
#include "server/csv_write.h"
#include "server/tr.h"
#include "server/typed.h"

static const struct {
    const char *state, *words;
} STATES[] = {{"not_started", N_("Not started")},
              {"in_progress", N_("In progress")},
              {"done", N_("Done")},
              {"dropped", N_("Dropped")}};

const char *delivery_state_words(const char *state)
{
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        if (strcmp(STATES[i].state, state) == 0)
            return STATES[i].words;
    }
    return "";
}

void delivery_tag(struct html *h, const char *state)
{
    static const char *const colours[] = {"grey", "blue", "green", "red"};
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        if (strcmp(STATES[i].state, state) == 0)
            kit_tag(h, colours[i], tr(h, STATES[i].words));
    }
}

/* --- pages -------------------------------------------------------------------------------- */
static void note(struct html *h, const struct delivery_report *report)
{
    html_date(h, report->at);
    html_raw(h, ": ");
    html_written(h, report->note);
    if (*report->officer != '\0') {
        html_raw(h, " (");
        html_written(h, report->officer);
        html_raw(h, ")");
    }
}

static void earlier(struct html *h, const struct delivery *d)
{
    if (d->reports < 2)
        return;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">");
    html_trn(h, "{n} earlier report", "{n} earlier reports", d->reports - 1);
    html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
    html_written_in(h, d->language, d->title);
    html_raw(h, "</span></span></summary><div class=\"govuk-details__text\"><ul "
                "class=\"wm-history\">");
    for (int i = 1; i < d->reports; i++) {
        html_raw(h, "<li>");
        delivery_tag(h, d->report[i].state);
        html_trv(h, " {money} spent. ", TR_MONEY("money", d->report[i].spent));
        note(h, &d->report[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ul></div></details>");
}

void delivery_reports(struct html *h, const struct delivery *d)
{
    html_raw(h, "<p>");
    html_trv(h, "{b}{spent}{/b} spent of {cost}.", TR_MONEY("spent", delivery_spent(d)),
             TR_MONEY("cost", d->cost));
    html_raw(h, "</p><p>");
    if (d->reports > 0)
        note(h, &d->report[0]);
    else
        html_tr(h, "Nothing was reported yet.");
    html_raw(h, "</p>");
    earlier(h, d);
}

static void project(struct html *h, const struct delivery *d, bool round)
{
    html_raw(h, "<li class=\"wm-task\"><div><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/%04d", d->slug, (int)d->number);
    html_raw(h, ">");
    html_written_in(h, d->language, d->title);
    html_raw(h, "</a>");
    if (round) {
        html_raw(h, " (");
        html_written(h, d->round);
        html_raw(h, ")");
    }
    html_raw(h, "</div>");
    delivery_tag(h, delivery_state(d));
    delivery_reports(h, d);
    html_raw(h, "</li>\n");
}

void deliveries_show(struct html *h, const struct deliveries *all, const char *heading, bool round)
{
    if (all->n == 0)
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\" id=\"delivery\">");
    html_text(h, heading);
    html_raw(h, "</h2>\n<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all->n; i++)
        project(h, &all->project[i], round);
    html_raw(h, "</ul>\n");
}

/* --- files -------------------------------------------------------------------------------- */
static void pounds(struct buf *out, int64_t pence)
{
    typed_pounds_add(out, pence);
    buf_char(out, ',');
}

static void csv_row(struct buf *out, const struct delivery *d, const struct delivery_report *report)
{
    char day[40] = "";
    csv_next_cell(out, d->slug);
    buf_fmt(out, "%04d,", (int)d->number);
    csv_next_cell(out, d->title);
    pounds(out, d->cost);
    if (report != NULL)
        when_iso(report->at, day);
    buf_fmt(out, "%s,%s,", day, report != NULL ? report->state : "not_started");
    pounds(out, report != NULL ? report->spent : 0);
    csv_last_cell(out, report != NULL ? report->note : "");
}

void deliveries_csv(struct buf *out, const struct deliveries *all)
{
    buf_str_add(out, "round,number,project,cost,reported_on,state,spent,note\r\n");
    for (int i = 0; i < all->n; i++) {
        const struct delivery *d = &all->project[i];
        if (d->reports == 0)
            csv_row(out, d, NULL);
        for (int k = 0; k < d->reports; k++)
            csv_row(out, d, &d->report[k]);
    }
}

static json_t *reports_json(const struct delivery *d)
{
    json_t *list = json_array();
    for (int k = 0; k < d->reports; k++)
        json_array_append_new(
            list, json_pack("{s:o, s:s, s:I, s:s}", "reported_at", api_time(d->report[k].at),
                            "state", d->report[k].state, "spent_pence",
                            (json_int_t)d->report[k].spent, "note", d->report[k].note));
    return list;
}

json_t *deliveries_json(const struct deliveries *all)
{
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        const struct delivery *d = &all->project[i];
        json_array_append_new(
            list, json_pack("{s:o, s:s, s:I, s:s, s:I, s:o}", "number",
                            api_proposal_number(d->number), "title", d->title, "cost_pence",
                            (json_int_t)d->cost, "state", delivery_state(d), "spent_pence",
                            (json_int_t)delivery_spent(d), "reports", reports_json(d)));
    }
    return list;
}
