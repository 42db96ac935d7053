/* page_desk_sms.c: /desk/texts, for officers who look after texts: how sending and reading go, what
 * it costs, what needs somebody; finding a text; pausing bulk texts; the day's budget. Words of
 * texts are never shown, numbers only by their last four digits. */
#include "server/desk_sms_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/typed.h"

enum { SILENT_SECONDS = 60, DIGITS_MIN = 4, WHOLE_MIN = 10 };

/* --- warnings ----------------------------------------------------------------------------- */
static void warning_begin(struct html *h)
{
    html_raw(h, "<div class=\"govuk-warning-text\"><span class=\"govuk-warning-text__icon\" "
                "aria-hidden=\"true\">!</span><strong class=\"govuk-warning-text__text\">"
                "<span class=\"govuk-visually-hidden\">Warning</span>");
}

static void warning_end(struct html *h)
{
    html_raw(h, "</strong></div>\n");
}

static void warn(struct html *h, const char *text)
{
    warning_begin(h);
    html_text(h, text);
    warning_end(h);
}

static void silence_warning(struct html *h, const struct sms_figures *f)
{
    if (f->seen_age >= 0 && f->seen_age < SILENT_SECONDS)
        return;
    warning_begin(h);
    if (f->seen_age < 0) {
        html_raw(h, "wardmote-sms has never run here");
    } else {
        html_raw(h, "wardmote-sms has not been heard of for ");
        desk_sms_age(h, f->seen_age);
    }
    html_raw(h, ": texts are kept, but not read and not sent. Tell whoever runs this service.");
    warning_end(h);
}

/* Four fifths of the budget hold bulk back; all of it holds everything (api.sms_budget_take). */
static void money_warning(struct html *h, const struct sms_figures *f)
{
    if (f->day_pence < 0 || f->spent * 5 < f->day_pence * 4)
        return;
    warn(h, f->spent >= f->day_pence
                ? "The day’s budget is spent: votes are counted, but nobody is answered before "
                  "midnight, unless you raise it."
                : "Four fifths of the day’s budget are spent: bulk texts wait for tomorrow, "
                  "replies still go.");
}

static void webhook_warning(struct html *h, const struct sms_gateway *g)
{
    warning_begin(h);
    html_raw(h, "Texts came from ");
    html_text(h, g->name);
    html_raw(h, " today only because we asked for them: its webhook does not reach us. None is "
                "lost, but they come late. Tell whoever runs this service.");
    warning_end(h);
}

static void gateway_warnings(struct html *h, const struct sms_gateways *all)
{
    for (int i = 0; i < all->n; i++) {
        if (all->one[i].webhook_lost)
            webhook_warning(h, &all->one[i]);
        if (all->one[i].state != SMS_BROKEN && all->one[i].state != SMS_TRYING)
            continue;
        warning_begin(h);
        html_text(h, all->one[i].name);
        html_raw(h, " is failing: it is left alone for a while, then tried with one text.");
        warning_end(h);
    }
}

/* --- the page ----------------------------------------------------------------------------- */
static void fact_age(struct html *h, const char *term, int64_t n, int64_t seconds)
{
    html_raw(h, "<div><dt>");
    html_text(h, term);
    html_raw(h, "</dt><dd>");
    if (n == 0)
        html_raw(h, "None");
    else
        desk_sms_age(h, seconds);
    html_raw(h, "</dd></div>");
}

static void figures(struct html *h, const struct sms_figures *f)
{
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "To be read", f->coming);
    fact_age(h, "Oldest to be read", f->coming, f->coming_age);
    desk_fact(h, "To be sent", f->going);
    fact_age(h, "Oldest to be sent", f->going, f->going_age);
    desk_fact(h, "Bulk texts to be sent", f->bulk);
    desk_fact(h, "Outcome unknown", f->unknown);
    desk_fact(h, "Need somebody", f->letters);
    html_raw(h, "</dl>\n");
}

static void gateway(struct html *h, const struct sms_gateway *g)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/providers/%s", g->name);
    html_raw(h, ">");
    html_text(h, g->name);
    html_raw(h, "</a>");
    desk_sms_gateway_tag(h, g);
    html_raw(h, "<p>Last hour: ");
    desk_sms_tally(h, &g->hour);
    html_raw(h, ". Last day: ");
    desk_sms_tally(h, &g->day);
    html_textf(h, ". %sp a segment.", g->price);
    html_raw(h, "</p></li>\n");
}

static void gateways(struct html *h, const struct sms_gateways *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Providers</h2>\n");
    if (all->n == 0)
        html_raw(h, "<p class=\"govuk-body\">No provider has been used yet.</p>\n");
    else
        html_raw(h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all->n; i++)
        gateway(h, &all->one[i]);
    if (all->n > 0)
        html_raw(h, "</ul>\n");
}

static void money(struct html *h, struct request *r, const struct form_errors *e,
                  const struct sms_figures *f)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Money today</h2>\n<p class=\"govuk-body\">");
    html_money(h, f->spent);
    html_text(h, f->day_pence < 0 ? " spent or set aside. There is no budget" : " of ");
    if (f->day_pence >= 0) {
        html_money(h, f->day_pence);
        html_raw(h, " spent or set aside");
    }
    html_raw(h, ". Votes by text count, whether or not they can be answered.</p>\n");
    form_begin(h, "/desk/texts/budget");
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "day",
                                    .label = "Budget for a day",
                                    .hint = "Bulk texts may use four fifths of it. Leave it empty "
                                            "for no limit.",
                                    .value = e->n > 0 || f->day_pence < 0
                                                 ? request_field(r, "day")
                                                 : typed_pounds(&r->arena, f->day_pence),
                                    .prefix = "£",
                                    .inputmode = "decimal",
                                    .width = 10});
    form_button_second(h, "Set the budget");
    form_end(h);
}

static void bulk(struct html *h, struct request *r, const struct sms_figures *f)
{
    bool paused = f->bulk_paused_at != DB_NO_TIME;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Bulk texts</h2>\n<p class=\"govuk-body\">");
    if (paused) {
        html_raw(h, "Paused since ");
        desk_when(h, when_minute(f->bulk_paused_at));
        html_raw(h, ". Those that wait are sent when you resume them, unless it is too late then.");
    } else {
        html_raw(h, "They go to people who asked for them, between 9am and 8pm, after all replies. "
                    "Officers switch them on for each round, on its page.");
    }
    html_raw(h, "</p>\n");
    desk_sms_pause_button(h, r, "/desk/texts/bulk", !paused,
                          paused ? "Resume bulk texts" : "Pause bulk texts");
}

static void finder(struct html *h, struct request *r, const struct form_errors *e)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Find a text</h2>\n");
    form_begin(h, "/desk/texts/find");
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "q",
                                    .label = "Reference or phone number",
                                    .hint = "Ours or the provider’s reference, a whole number, or "
                                            "its last 4 digits or more",
                                    .value = request_field(r, "q"),
                                    .autocomplete = "off",
                                    .width = 20});
    form_button(h, "Find it");
    form_end(h);
}

static void letters(struct html *h, struct request *r, const struct sms_texts *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Texts that need somebody, or did this week</h2>\n");
    if (all->n == 0)
        html_raw(h, "<p class=\"govuk-body\">None. Texts that could not be sent or read are listed "
                    "here.</p>\n");
    desk_sms_list(h, r, all);
}

static void show(struct request *r, struct db *db, const struct form_errors *e, int status)
{
    struct sms_figures f;
    struct sms_gateways all;
    struct sms_texts dead;
    struct desk_page p;
    enum db_outcome outcome = desk_sms_figures(db, r->officer.officer, &f);
    if (outcome == DB_OK)
        outcome = desk_sms_gateways(db, &r->arena, r->officer.officer, &all);
    if (outcome == DB_OK)
        outcome = desk_sms_letters(db, &r->arena, r->officer.officer, &dead);
    if (desk_sms_failed(r, outcome, outcome == DB_OK && !f.allowed ? "role" : ""))
        return;
    desk_begin(&p, r, "Texts", "/desk", "My rounds", e);
    silence_warning(&p.h, &f);
    money_warning(&p.h, &f);
    gateway_warnings(&p.h, &all);
    kit_title(&p.h, "Texts");
    figures(&p.h, &f);
    html_raw(&p.h, "<div class=\"wm-two\"><section>");
    gateways(&p.h, &all);
    letters(&p.h, r, &dead);
    html_raw(&p.h, "</section><section>");
    finder(&p.h, r, e);
    bulk(&p.h, r, &f);
    money(&p.h, r, e, &f);
    html_raw(&p.h, "</section></div>\n");
    desk_end(&p, r, status);
}

enum handled page_desk_sms(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    show(r, db, &none, 200);
    return HANDLED;
}

/* --- finding ------------------------------------------------------------------------------ */
/* The digits of what was typed, where it is digits and what stands between them; else "". */
static const char *digits_of(struct request *r, const char *typed)
{
    char *out = arena_alloc(&r->arena, strlen(typed) + 1);
    size_t n = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed >= '0' && *typed <= '9')
            out[n++] = *typed;
        else if (strchr(" -.()+", *typed) == NULL)
            return "";
    }
    out[n] = '\0';
    return out;
}

/* A whole number, the end of one, or a reference. */
static enum db_outcome find(struct request *r, struct db *db, const char *typed,
                            struct sms_texts *out)
{
    char e164[PHONE_LEN + 1];
    const char *digits = digits_of(r, typed);
    size_t n = strlen(digits);
    enum phone_kind kind = phone_read(typed, e164);
    enum db_outcome outcome;
    if (n >= WHOLE_MIN && (kind == PHONE_UK_MOBILE || kind == PHONE_OTHER))
        outcome = desk_sms_find_number(db, &r->arena, r->officer.officer, e164, out);
    else
        outcome = desk_sms_find(db, &r->arena, r->officer.officer, typed, out);
    if (outcome == DB_OK && out->n == 0 && n >= DIGITS_MIN && n < WHOLE_MIN)
        outcome = desk_sms_find_digits(db, &r->arena, r->officer.officer, digits, out);
    return outcome;
}

enum handled page_desk_sms_find_post(struct request *r, struct db *db)
{
    const char *typed = request_field(r, "q");
    struct form_errors e = {.n = 0};
    struct sms_texts texts = {.n = 0};
    struct desk_page p;
    if (*typed == '\0')
        form_error(&e, "q", "Enter a reference, a number, or its last four digits");
    else if (desk_sms_failed(r, find(r, db, typed, &texts), ""))
        return HANDLED;
    else if (texts.n == 0)
        form_error(&e, "q",
                   "There is no such text. Numbers are erased 28 days after the result, and only "
                   "the 20,000 numbers heard of last are searched by their last digits");
    if (e.n > 0) {
        show(r, db, &e, *typed == '\0' ? 422 : 404);
        return HANDLED;
    }
    desk_begin(&p, r, "Find a text", "/desk/texts", "Texts", NULL);
    kit_title(&p.h, "Found");
    desk_sms_list(&p.h, r, &texts);
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- actions ------------------------------------------------------------------------------ */
enum handled page_desk_sms_bulk_post(struct request *r, struct db *db)
{
    const char *result = "";
    bool good;
    bool pause = desk_sms_wants_pause(r, &good);
    if (good &&
        !desk_sms_failed(r, desk_sms_pause(db, &r->arena, r->officer.officer, "", pause, &result),
                         result))
        response_redirect(r, "/desk/texts");
    return HANDLED;
}

enum handled page_desk_sms_budget_post(struct request *r, struct db *db)
{
    const char *typed = request_field(r, "day"), *result = "";
    struct form_errors e = {.n = 0};
    int64_t pence = -1;
    if (*typed != '\0' && !typed_money(typed, &pence)) {
        form_error(&e, "day", "Enter an amount in pounds, like 50, or nothing for no limit");
        show(r, db, &e, 422);
        return HANDLED;
    }
    enum db_outcome outcome = desk_sms_budget(db, &r->arena, r->officer.officer, pence, &result);
    if (!desk_sms_failed(r, outcome, result))
        response_redirect(r, "/desk/texts");
    return HANDLED;
}
