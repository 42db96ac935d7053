/* api_twilio.c: Twilio's Messages resource (twilio.com/docs/messaging/api/message-resource):
 * Basic authentication, a form to send, JSON back, a list by number. */
#include "common/log.h"
#include "sms/handset/api_kit.h"
#include "sms/handset/moment.h"

static void answer_error(struct reply *reply, unsigned status, int code, const char *message)
{
    kit_json(reply, status,
             json_pack("{s:i, s:s, s:s, s:i}", "code", code, "message", message, "more_info",
                       "https://www.twilio.com/docs/errors", "status", (int)status));
}

static bool is_authorised(struct handset *h, const struct request *q, struct reply *reply)
{
    const struct handset_settings *s = h->settings;
    char path[200];
    snprintf(path, sizeof path, "/2010-04-01/Accounts/%s/Messages.json", s->twilio_account);
    if (kit_basic(q, s->twilio_account, s->twilio_token) && strcmp(q->path, path) == 0)
        return true;
    stats_add(h, STAT_UNAUTHORISED);
    answer_error(reply, 401, 20003, "Authenticate");
    return false;
}

/* The code of what is wrong with the form, or 0. */
static int find_problem(const struct handset *h, const struct request *q, struct incoming *text,
                        char number[PHONE_LEN + 1])
{
    const char *to = params_get(&q->form, "To");
    const char *from = params_get(&q->form, "From");
    char ours[PHONE_LEN + 1];
    text->body = params_get(&q->form, "Body");
    text->dlr_url = params_get(&q->form, "StatusCallback");
    if (!to || to[0] != '+' || !kit_number(to, number))
        return 21211;
    snprintf(ours, sizeof ours, "%s", h->settings->sms_number);
    if (!params_get(&q->form, "MessagingServiceSid") &&
        (!from || strcmp(from + (from[0] == '+'), ours + (ours[0] == '+')) != 0))
        return 21606;
    if (!text->body || text->body[0] == '\0')
        return 21602;
    return kit_words(text->body) ? 0 : 21617;
}

static void answer_outcome(enum network_outcome outcome, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_REFUSED:
        answer_error(reply, 400, 21614, "'To' number is not a valid mobile number");
        break;
    case NETWORK_BLOCKED:
        answer_error(reply, 400, 21610, "Attempt to send to unsubscribed recipient");
        break;
    case NETWORK_THROTTLED:
    case NETWORK_DAILY:
        answer_error(reply, 429, 20429, "Too Many Requests");
        break;
    case NETWORK_ERROR:
        answer_error(reply, 500, 20500, "Internal Server Error");
        break;
    case NETWORK_UNAVAILABLE:
        answer_error(reply, 503, 20503, "Service Unavailable");
        break;
    case NETWORK_ACCEPTED:
    case NETWORK_HANG:
    case NETWORK_CLOSE:
    case NETWORK_BROKEN:
    case NETWORK_NO_ID:
    case NETWORK_REDIRECT:
    case NETWORK_HUGE:
    case NETWORK_PROXY:
        break;
    }
}

void api_twilio_send(struct handset *h, struct request *q, struct reply *reply)
{
    struct incoming text = {.dialect = DIALECT_TWILIO, .reference = ""};
    char id[HANDSET_ID_LEN + 1] = "", number[PHONE_LEN + 1], at[40];
    int retry_after = 0;
    if (!is_authorised(h, q, reply))
        return;
    int problem = find_problem(h, q, &text, number);
    if (problem) {
        stats_add(h, STAT_BAD_REQUESTS);
        answer_error(reply, 400, problem, "The text cannot be sent as it is.");
        return;
    }
    text.number = number;
    enum network_outcome outcome = network_take(h, &text, id, &retry_after);
    kit_mail_time(moment_unix(), at);
    if (outcome == NETWORK_ACCEPTED)
        kit_json(reply, 201,
                 json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:n, s:n}", "sid", id, "status",
                           "queued", "to", number, "body", text.body, "date_created", at,
                           "direction", "outbound-api", "error_code", "error_message"));
    else if (!kit_fault(outcome, reply))
        answer_outcome(outcome, reply);
    reply->retry_after = outcome == NETWORK_THROTTLED ? retry_after : 0;
}

/* --- the list ------------------------------------------------------------------------------ */

struct page {
    json_t *list;
    const char *to;
    size_t most, skip;
};

static bool add_message(void *context, const struct archived *text)
{
    struct page *page = context;
    char at[40];
    const char *to = page->to + (page->to[0] == '+');
    if (strcmp(text->to + (text->to[0] == '+'), to) != 0)
        return true;
    if (page->skip > 0) {
        page->skip--;
        return true;
    }
    kit_mail_time(text->at_ms, at);
    json_array_append_new(
        page->list,
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "sid", text->id, "direction",
                  text->direction == DIRECTION_OUT ? "inbound" : "outbound-api", "from", text->from,
                  "to", text->to, "body", text->body, "date_created", at, "date_sent", at));
    return json_array_size(page->list) < page->most;
}

void api_twilio_list(struct handset *h, struct request *q, struct reply *reply)
{
    const char *to = params_get(&q->query, "To");
    const char *size = params_get(&q->query, "PageSize");
    const char *number = params_get(&q->query, "Page");
    uint64_t most = 50, at = 0;
    struct buf next = buf_new(400);
    if (!is_authorised(h, q, reply))
        return;
    if (!to || (size && !parse_uint(size, 1000, &most)) || most == 0 ||
        (number && !parse_uint(number, 1000, &at))) {
        stats_add(h, STAT_BAD_REQUESTS);
        answer_error(reply, 400, 20001, "Ask with To, PageSize and Page.");
        return;
    }
    struct page page = {.list = json_array(), .to = to, .most = most, .skip = most * at};
    archive_each(h->archive, add_message, &page);
    if (json_array_size(page.list) == most)
        buf_fmt(&next, "%s?To=%%2B%s&PageSize=%llu&Page=%llu", q->path, to + (to[0] == '+'),
                (unsigned long long)most, (unsigned long long)at + 1);
    kit_json(reply, 200,
             json_pack("{s:o, s:s?}", "messages", page.list, "next_page_uri",
                       next.len > 0 ? buf_str(&next) : NULL));
    buf_free(&next);
}
