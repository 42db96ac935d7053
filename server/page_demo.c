/* page_demo.c: codes and sign-ins for a visitor to the demonstration. Exists only with demo = on.
 */
#include <jansson.h>

#include "common/damm.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/tr.h"

enum { SEED_LEN = 20, CODES_FIRST = 2 };

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

/* RFC 4648 base32 of exactly 20 bytes. */
static bool read_seed(const char *text, uint8_t seed[SEED_LEN])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    int held = 0, n = 0;
    if (strlen(text) != SEED_LEN * 8 / 5)
        return false;
    for (; *text != '\0'; text++) {
        const char *at = strchr(digits, *text);
        if (at == NULL)
            return false;
        bits = bits << 5 | (uint32_t)(at - digits);
        held += 5;
        if (held >= 8) {
            held -= 8;
            seed[n++] = (uint8_t)(bits >> held);
        }
    }
    return n == SEED_LEN;
}

static void code_row(struct html *h, const json_t *from)
{
    char code[CODE_DIGITS + 1], shown[17];
    const char *text = text_of(from, "code");
    if (code_read(text, code)) {
        code_show(code, shown);
        text = shown;
    }
    html_raw(h, "<tr class=\"govuk-table__row\"><td class=\"govuk-table__cell\"><a "
                "class=\"govuk-link wm-type\"");
    html_attrf(h, "href", "/v/%s", text_of(from, "code"));
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></td><td class=\"govuk-table__cell\">");
    html_text(h, text_of(from, "area"));
    html_raw(h, "</td></tr>\n");
}

/* The first few of each area when `first`, else the others. */
static void code_rows(struct html *h, const json_t *list, bool first)
{
    const char *area = "";
    int shown = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *from = json_array_get(list, i);
        if (strcmp(area, text_of(from, "area")) != 0) {
            area = text_of(from, "area");
            shown = 0;
        }
        if ((shown++ < CODES_FIRST) == first)
            code_row(h, from);
    }
}

static void code_table(struct html *h, const json_t *list, bool first)
{
    html_raw(h, "<table class=\"govuk-table\"><thead class=\"govuk-table__head\">"
                "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">"
                "Voting code</th><th scope=\"col\" class=\"govuk-table__header\">Lives in</th>"
                "</tr></thead><tbody class=\"govuk-table__body\">\n");
    code_rows(h, list, first);
    html_raw(h, "</tbody></table>\n");
}

static const char *kind_words(enum round_kind kind)
{
    switch (kind) {
    case ROUND_APPROVAL:
        return "choose a few projects";
    case ROUND_KNAPSACK:
        return "choose projects within the money";
    case ROUND_POINTS:
        return "share out points";
    case ROUND_RANKING:
        return "put projects in order";
    case ROUND_YES_NO:
        break;
    }
    return "answer yes or no";
}

/* What is open now, so that every kind of ballot is found. */
static void kinds(struct html *h, const struct round_lines *all)
{
    html_raw(h, "<p class=\"govuk-body\">Open now:</p>\n<ul class=\"govuk-list "
                "govuk-list--bullet\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct round_line *l = &all->line[i];
        if (l->phase != PHASE_OPEN)
            continue;
        html_raw(h, "<li><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s", l->slug);
        html_raw(h, ">");
        html_text(h, l->title);
        html_raw(h, "</a>, for people of ");
        html_text(h, place_the(l->area_name));
        html_text(h, l->area_name);
        html_raw(h, ": ");
        html_text(h, kind_words(l->kind));
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
}

static void codes(struct html *h, const json_t *list, const struct round_lines *rounds)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Vote</h2>\n<p class=\"govuk-body\">Take a code, as "
                "if it had come in a letter. Each votes in its ward, in the city-wide fund, and on "
                "its ward’s agreement when that is up for adoption.</p>\n");
    kinds(h, rounds);
    code_table(h, list, true);
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">More codes</span></summary>"
                "<div class=\"govuk-details__text\">");
    code_table(h, list, false);
    html_raw(h, "</div></details>\n");
}

static void phone(struct html *h, const char *url)
{
    if (url[0] == '\0')
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Vote by text</h2>\n<p class=\"govuk-body\">"
                "<a class=\"govuk-link\"");
    html_attr(h, "href", url);
    html_raw(h, ">Open a phone on the screen</a> and text ");
    html_text(h, settings.sms_prefix);
    html_raw(h, "VOTE, a code and project numbers to ");
    html_text(h, settings.sms_number);
    html_raw(h, ".</p>\n");
}

static void officer(struct html *h, const json_t *from)
{
    uint8_t seed[SEED_LEN];
    char now[7] = "";
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (read_seed(text_of(from, "totp_seed_base32"), seed))
        secret_totp(seed, at.tv_sec, now);
    html_raw(h, "<dl class=\"govuk-summary-list\"><div class=\"govuk-summary-list__row\">"
                "<dt class=\"govuk-summary-list__key\">Email address</dt>"
                "<dd class=\"govuk-summary-list__value\">");
    html_text(h, text_of(from, "email"));
    html_raw(h, "</dd></div><div class=\"govuk-summary-list__row\"><dt "
                "class=\"govuk-summary-list__key\">Password</dt><dd "
                "class=\"govuk-summary-list__value wm-type\">");
    html_text(h, text_of(from, "password"));
    html_raw(h, "</dd></div><div class=\"govuk-summary-list__row\"><dt "
                "class=\"govuk-summary-list__key\">Security code</dt><dd "
                "class=\"govuk-summary-list__value\"><span class=\"wm-type\">");
    html_text(h, now);
    html_raw(h, "</span>, good for about ");
    html_textf(h, "%d", (int)(60 - at.tv_sec % 30));
    html_raw(h, " seconds: reload this page for the next</dd></div></dl>\n");
}

static void officers(struct html *h, const json_t *list)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Be a ward officer</h2>\n<p class=\"govuk-body\">"
                "<a class=\"govuk-link\" href=\"/desk/sign-in\">Sign in at the officers’ desk</a> "
                "with one of these.</p>\n");
    for (size_t i = 0; i < json_array_size(list); i++)
        officer(h, json_array_get(list, i));
}

enum handled page_demo(struct request *r, struct db *db)
{
    json_error_t error;
    struct round_lines rounds;
    if (!settings.demo || settings.demo_file[0] == '\0') {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &rounds)))
        return HANDLED;
    json_t *file = json_load_file(settings.demo_file, 0, &error);
    if (file == NULL) {
        log_warn("the demo file cannot be read: %s", error.text);
        response_error(r, 404);
        return HANDLED;
    }
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Try it"};
    layout_begin(&h, &l);
    kit_title(&h, "Try it");
    codes(&h, json_object_get(file, "codes"), &rounds);
    phone(&h, text_of(file, "phone_url"));
    officers(&h, json_object_get(file, "officers"));
    layout_end(&h, &l);
    json_decref(file);
    response_html(r, 200, &h);
    return HANDLED;
}
