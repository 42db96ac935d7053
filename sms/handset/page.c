/* page.c: the page's outline and the forms that come back from it. */
#include "sms/handset/page.h"

#include "sms/handset/api.h"
#include "sms/handset/faults.h"
#include "sms/handset/html.h"
#include "sms/handset/text.h"

static const char first_phone[] = "+447700900123"; /* in Ofcom's range for drama */

const char *page_number(const struct phone_page *page, const char *e164)
{
    struct buf shown = buf_new(32);
    text_number(&shown, e164);
    const char *out = arena_strdup(page->arena, buf_str(&shown));
    buf_free(&shown);
    return out;
}

static void write_head(struct buf *out, const struct phone_page *page)
{
    const char *name = page->h->settings->service_name;
    html_put(out,
             "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
             "<title>{}A phone to try: {} – {}</title>"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
             page->error || page->number_error ? "Error: " : "", page_number(page, page->number),
             name);
    html_raw(out, "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">"
                  "<link rel=\"stylesheet\" href=\"/phone.css\">"
                  "<script src=\"/phone.js\" defer></script>");
    if (page->sent)
        html_put(out,
                 "<noscript><meta http-equiv=\"refresh\" content=\"2;url=/?number={}\"></noscript>",
                 page->number + 1);
    html_raw(out, "</head>\n<body>");
}

/* The service lies where its webhook does; its front page is the way back. */
static void write_banner(struct buf *out, const struct phone_page *page)
{
    const struct handset *h = page->h;
    html_raw(out, "<a class=\"skip\" href=\"#message\">Skip to the text box</a>"
                  "<header><div class=\"wide\"><span class=\"brand\">"
                  "<img src=\"/icon.svg\" width=\"34\" height=\"34\" alt=\"\">");
    html_put(out,
             "{}</span><span class=\"place\">Demo</span><a href=\"http://{}/\">Back to {}</a>"
             "</div></header>\n",
             h->settings->service_name, h->hook.host, h->settings->service_name);
}

static void write_page(struct reply *reply, const struct phone_page *page)
{
    struct buf *out = &reply->body;
    const char *name = page->h->settings->service_name;
    reply->type = "text/html; charset=utf-8";
    write_head(out, page);
    write_banner(out, page);
    html_raw(out, "<main class=\"wide two\"><div class=\"intro\"><h1>A phone to try</h1>");
    html_put(out,
             "<p>This page stands in for the mobile network. What you type goes to {} the way a "
             "real text does, and the answers come back the same way.</p>",
             name);
    page_numbers(out, page);
    html_raw(out, "</div>\n");
    page_frame(out, page);
    html_raw(out, "<div class=\"extras\">");
    page_examples(out, page);
    page_network(out, page);
    html_raw(out, "</div></main>\n</body></html>\n");
}

static void keep_first(void *context, const char *number)
{
    char *first = context;
    if (!first[0])
        memcpy(first, number, strlen(number) + 1);
}

/* The phone asked for; else the one last used. */
static void choose_number(struct phone_page *page, const char *typed)
{
    char *number = arena_alloc(page->arena, PHONE_LEN + 1);
    page->number = number;
    if (typed && compose_number(typed, number))
        return;
    if (typed) {
        page->number_error = "Enter a telephone number, like 07700 900123.";
        page->number_typed = text_is_clean(typed, false) && strlen(typed) < 40 ? typed : "";
    }
    number[0] = '\0';
    phones_list(page->h->phones, keep_first, number);
    if (!number[0])
        memcpy(number, first_phone, sizeof first_phone);
}

static const char *clean_or_empty(const char *text)
{
    return text && strlen(text) <= 4096 && text_is_clean(text, true) ? text : "";
}

void page_phone(struct handset *h, struct request *q, struct reply *reply)
{
    struct phone_page page = {.h = h, .arena = q->arena};
    choose_number(&page, params_get(&q->query, "number"));
    page.typed = clean_or_empty(params_get(&q->query, "text"));
    page.sent = params_get(&q->query, "sent") != NULL;
    page.faults = params_get(&q->query, "faults") != NULL;
    reply->status = page.number_error ? 400 : 200;
    write_page(reply, &page);
}

static void go_back(struct reply *reply, const struct phone_page *page, const char *end)
{
    reply_redirect(reply, "/?number=");
    buf_str_add(&reply->location, page->number + 1);
    buf_str_add(&reply->location, end);
}

void page_send(struct handset *h, struct request *q, struct reply *reply)
{
    char id[HANDSET_ID_LEN + 1];
    struct phone_page page = {.h = h, .arena = q->arena};
    const char *number = params_get(&q->form, "number");
    const char *body = params_get(&q->form, "body");
    choose_number(&page, number ? number : "");
    page.typed = clean_or_empty(body);
    if (!page.number_error)
        page.error = compose(h, page.number, NULL, body, q->arena, id);
    if (!page.number_error && !page.error) {
        go_back(reply, &page, "&sent=1#message");
        return;
    }
    reply->status = 400;
    write_page(reply, &page);
}

/* "in:delay", from the select. */
static bool read_choice(const char *choice, enum direction *direction, struct fault *fault)
{
    const char *colon = choice ? strchr(choice, ':') : NULL;
    if (!colon || !fault_mode_read(colon + 1, &fault->mode))
        return false;
    *direction = choice[0] == 'o' ? DIRECTION_OUT : DIRECTION_IN;
    return fault_mode_words(fault->mode, *direction) != NULL;
}

void page_faults(struct handset *h, struct request *q, struct reply *reply)
{
    uint64_t count = 0, seconds = 0;
    enum direction direction = DIRECTION_IN;
    struct fault fault = {.mode = FAULT_NONE};
    struct phone_page page = {.h = h, .arena = q->arena};
    const char *number = params_get(&q->form, "number");
    const char *count_typed = params_get(&q->form, "count");
    const char *seconds_typed = params_get(&q->form, "seconds");
    choose_number(&page, number ? number : "");
    if (!read_choice(params_get(&q->form, "fault"), &direction, &fault) || !count_typed ||
        !seconds_typed || !parse_uint(count_typed, FAULTS_COUNT_MAX, &count) || count == 0 ||
        !parse_uint(seconds_typed, FAULTS_DELAY_MAX / 1000, &seconds)) {
        reply_text(reply, 400, "Choose how many texts (1 to 1000) and how many seconds (0 to 60).");
        return;
    }
    fault.count = (int)count;
    fault.delay_ms = (int)seconds * 1000;
    if (fault.mode == FAULT_NONE)
        faults_arm(h->faults, DIRECTION_OUT, fault);
    faults_arm(h->faults, direction, fault);
    go_back(reply, &page, "&faults=1#network");
}
