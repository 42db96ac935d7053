/* page_desk_delivery.c: /desk/delivery: what became of funded projects, as their ward's officers
 * report it. */
#include "server/delivery_show.h"
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/typed.h"

/* --- the list ----------------------------------------------------------------------------- */
static void line(struct html *h, const struct delivery *d)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/delivery/%s/%04d", d->slug, (int)d->number);
    html_raw(h, ">");
    html_text(h, d->title);
    html_raw(h, "</a><span>");
    if (d->due)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">To report</strong> ");
    delivery_tag(h, delivery_state(d));
    html_raw(h, "</span><p>");
    html_textf(h, "%s, ", d->round);
    html_money(h, delivery_spent(d));
    html_raw(h, " spent of ");
    html_money(h, d->cost);
    if (d->reports > 0) {
        html_raw(h, ", reported at ");
        desk_when(h, when_minute(d->report[0].at));
    }
    html_raw(h, ".</p></li>\n");
}

enum handled page_desk_deliveries(struct request *r, struct db *db)
{
    struct deliveries all;
    struct desk_page p;
    if (page_failed(r, desk_deliveries(db, &r->arena, r->officer.officer, NULL, 0, &all)))
        return HANDLED;
    desk_begin(&p, r, "Funded projects", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Funded projects</h1>\n<p class=\"govuk-body\">"
                   "Residents read what you report. Report at least every 90 days, until a project "
                   "is done or dropped.</p>\n");
    if (all.n > 0)
        html_raw(&p.h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all.n; i++)
        line(&p.h, &all.project[i]);
    if (all.n > 0)
        html_raw(&p.h, "</ul>\n");
    if (all.n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">No result of your areas has funded a project "
                       "yet.</p>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- one project -------------------------------------------------------------------------- */
/* The project of the request's segments; answers and returns NULL where there is none. */
static const struct delivery *held(struct request *r, struct db *db)
{
    struct deliveries all = {.n = 0};
    int64_t number;
    if (parse_int(r->segment[1], 0, 9999, &number) &&
        page_failed(r, desk_deliveries(db, &r->arena, r->officer.officer, r->segment[0],
                                       (int32_t)number, &all)))
        return NULL;
    if (all.n == 0)
        response_error(r, 404);
    return all.n == 0 ? NULL : &all.project[0];
}

static const char *spent_typed(struct request *r, const struct delivery *d)
{
    return typed_pounds(&r->arena, delivery_spent(d));
}

static void report_form(struct html *h, struct request *r, const struct delivery *d,
                        const struct form_errors *e)
{
    static const char *const states[] = {"not_started", "in_progress", "done", "dropped"};
    struct form_choice choices[4];
    bool typed = e->n > 0;
    const char *chosen = typed ? request_field(r, "state") : delivery_state(d);
    for (int i = 0; i < 4; i++)
        choices[i] = (struct form_choice){.value = states[i],
                                          .label = delivery_state_words(states[i]),
                                          .chosen = strcmp(states[i], chosen) == 0};
    html_raw(h, "<h2 class=\"govuk-heading-m\">Report</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/delivery/%s/%04d", d->slug, (int)d->number));
    form_token(h, r);
    form_radios(h, e, "state", "How does it stand?", choices, 4);
    form_input(h, e,
               &(struct form_input){.name = "spent",
                                    .label = "Spent so far, in all",
                                    .hint = "For example, 1,250.50, or 0",
                                    .value = typed ? request_field(r, "spent") : spent_typed(r, d),
                                    .inputmode = "decimal",
                                    .prefix = "£",
                                    .width = 10});
    form_input(h, e,
               &(struct form_input){.name = "note",
                                    .label = "What residents should know",
                                    .hint = "What was done, what is next; why it was dropped. Up "
                                            "to 1,000 characters.",
                                    .value = request_field(r, "note"),
                                    .rows = 4});
    form_button(h, "Publish the report");
    form_end(h);
}

static void show(struct request *r, const struct delivery *d, const struct form_errors *e,
                 int status)
{
    struct desk_page p;
    desk_begin(&p, r, d->title, "/desk/delivery", "Funded projects", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    kit_title_caption(&p.h, arena_fmt(&r->arena, "%s, %04d", d->round, (int)d->number), d->title);
    html_raw(&p.h, "<div class=\"wm-report\">");
    delivery_tag(&p.h, delivery_state(d));
    delivery_reports(&p.h, d);
    html_raw(&p.h, "</div>\n");
    report_form(&p.h, r, d, e);
    html_raw(&p.h, "<p class=\"govuk-body\">");
    kit_link(&p.h, arena_fmt(&r->arena, "/rounds/%s/%04d", d->slug, (int)d->number),
             "The project as residents see it");
    html_raw(&p.h, "</p></div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_desk_delivery(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    const struct delivery *d = held(r, db);
    if (d != NULL)
        show(r, d, &none, 200);
    return HANDLED;
}

static void refused(const char *word, struct form_errors *e)
{
    if (strcmp(word, "state") == 0)
        form_error(e, "state", "Choose how it stands");
    else if (strcmp(word, "spent") == 0)
        form_error(e, "spent", "Enter an amount, like 1,250.50, or 0");
    else if (strcmp(word, "note") == 0)
        form_error(e, "note", "Say what residents should know, in up to 1,000 characters");
    else if (strcmp(word, "not_found") == 0)
        form_error(e, "state", "It is not funded any more. Look at the page again");
}

enum handled page_desk_delivery_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct delivery_report report = {.state = request_field(r, "state"),
                                     .note = request_field(r, "note")};
    const char *word = "";
    const struct delivery *d = held(r, db);
    if (d == NULL)
        return HANDLED;
    if (*report.state == '\0')
        refused("state", &e);
    if (!typed_money_or_none(request_field(r, "spent"), &report.spent))
        refused("spent", &e);
    if (*report.note == '\0' || typed_length(report.note) > 1000)
        refused("note", &e);
    if (e.n == 0 && page_failed(r, desk_delivery_write(db, &r->arena, r->officer.officer, d->slug,
                                                       d->number, &report, &word)))
        return HANDLED;
    refused(word, &e);
    if (e.n > 0)
        show(r, d, &e, 422);
    else
        response_redirect(r, "/desk/delivery/%s/%04d", d->slug, (int)d->number);
    return HANDLED;
}
