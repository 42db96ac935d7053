/* page_desk_sms_provider.c: /desk/providers/:name: one SMS provider: its state, what it costs, how
 * fast it may be called; pausing it. */
#include "server/desk_sms_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"

/* The provider that this request names; answers and returns NULL when there is none. */
static const struct sms_gateway *gateway_of(struct request *r, struct db *db)
{
    struct sms_gateways all = {.n = 0};
    enum db_outcome outcome = desk_sms_gateways(db, &r->arena, r->officer.officer, &all);
    if (desk_sms_failed(r, outcome, ""))
        return NULL;
    for (int i = 0; i < all.n; i++) {
        if (strcmp(all.one[i].name, r->segment[0]) == 0)
            return all.one + i;
    }
    response_error(r, 404);
    return NULL;
}

static void state(struct html *h, const struct sms_gateway *g)
{
    desk_row_begin(h, "State");
    desk_sms_gateway_tag(h, g);
    if (g->until != DB_NO_TIME) {
        html_raw(h, " until ");
        desk_when(h, g->until);
    } else if (g->state == SMS_PAUSED) {
        html_raw(h, " until an officer resumes it");
    }
    if (strcmp(g->why, "daily limit") == 0)
        html_raw(h, ". It takes no more texts from us today");
    desk_row_end(h);
}

static void tally(struct html *h, const char *term, const struct sms_tally *t)
{
    desk_row_begin(h, term);
    desk_sms_tally(h, t);
    desk_row_end(h);
}

static void line(struct html *h, const struct form_errors *e, const char *name, const char *label,
                 const char *hint, const char *value)
{
    form_input(h, e,
               &(struct form_input){.name = name,
                                    .label = label,
                                    .hint = hint,
                                    .value = value,
                                    .inputmode = "decimal",
                                    .width = 5});
}

static const char *typed_or(struct request *r, const struct form_errors *e, const char *name,
                            const char *stands)
{
    return e->n > 0 ? request_field(r, name) : stands;
}

static void prices(struct html *h, struct request *r, const struct form_errors *e,
                   const struct sms_gateway *g)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Price and speed</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/providers/%s", g->name));
    form_token(h, r);
    line(h, e, "price", "Pence a segment in the UK", "As in the contract. For example, 2.27",
         typed_or(r, e, "price", g->price));
    line(h, e, "abroad", "Pence a segment abroad", NULL, typed_or(r, e, "abroad", g->price_abroad));
    line(h, e, "rate", "Texts a second, at most", NULL, typed_or(r, e, "rate", g->rate));
    form_button(h, "Save");
    form_end(h);
}

static void show(struct request *r, struct db *db, const struct form_errors *e, int status)
{
    struct desk_page p;
    const struct sms_gateway *g = gateway_of(r, db);
    if (g == NULL)
        return;
    bool paused = g->state == SMS_PAUSED;
    desk_begin(&p, r, g->name, "/desk/texts", "Texts", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    kit_title_caption(&p.h, "SMS provider", g->name);
    html_raw(&p.h, "<dl class=\"govuk-summary-list\">");
    state(&p.h, g);
    tally(&p.h, "Last hour", &g->hour);
    tally(&p.h, "Last day", &g->day);
    html_raw(&p.h, "</dl>\n<p class=\"govuk-body\">");
    html_text(&p.h, paused ? "Texts to us still come in. Those from us wait, or go by another "
                             "provider."
                           : "While it is paused, texts to us still come in, and those from us "
                             "wait or go by another provider.");
    html_raw(&p.h, "</p>\n");
    desk_sms_pause_button(&p.h, r, arena_fmt(&r->arena, "/desk/providers/%s/pause", g->name),
                          !paused, paused ? "Resume it" : "Pause it");
    prices(&p.h, r, e, g);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_desk_sms_provider(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    show(r, db, &none, 200);
    return HANDLED;
}

enum handled page_desk_sms_pause_post(struct request *r, struct db *db)
{
    const char *result = "";
    bool good;
    bool pause = desk_sms_wants_pause(r, &good);
    if (good &&
        !desk_sms_failed(
            r, desk_sms_pause(db, &r->arena, r->officer.officer, r->segment[0], pause, &result),
            result))
        response_redirect(r, "/desk/%s%s", pause ? "providers/" : "texts",
                          pause ? r->segment[0] : "");
    return HANDLED;
}

/* `result`: the fields that are wrong, as api.desk_sms_gateway names them. */
static void wrong_prices(struct form_errors *e, const char *result)
{
    static const char *const fields[][2] = {
        {"price", "Enter pence a segment in the UK, 0 to 1,000, with at most four decimals"},
        {"abroad", "Enter pence a segment abroad, 0 to 1,000, with at most four decimals"},
        {"rate", "Enter texts a second, 0.1 to 5,000"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strstr(result, fields[i][0]) != NULL)
            form_error(e, fields[i][0], fields[i][1]);
    }
}

enum handled page_desk_sms_provider_post(struct request *r, struct db *db)
{
    const char *result = "";
    struct form_errors e = {.n = 0};
    enum db_outcome outcome = desk_sms_gateway(
        db, &r->arena, r->officer.officer, r->segment[0], request_field(r, "price"),
        request_field(r, "abroad"), request_field(r, "rate"), &result);
    if (desk_sms_failed(r, outcome, result))
        return HANDLED;
    if (strcmp(result, "saved") == 0) {
        response_redirect(r, "/desk/providers/%s", r->segment[0]);
        return HANDLED;
    }
    wrong_prices(&e, result);
    show(r, db, &e, 422);
    return HANDLED;
}
