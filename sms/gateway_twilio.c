/* gateway_twilio.c: Twilio's Messages resource (twilio.com/docs/messaging/api/message-resource,
 * error codes under twilio.com/docs/api/errors). It has no key for idempotency and keeps no
 * reference of ours: receipts carry it in their address, and a text whose outcome is unknown is
 * looked for in the list of those to its number, by its words and time. */
#include "common/text_time.h"
#include "sms/gateway.h"
#include <jansson.h>

enum { PAGE_BYTES = 2 << 20, SECOND_US = 1000000, SLACK_S = 60 };

static void add_base(const struct gateway_settings *s, struct buf *url)
{
    buf_fmt(url, "%s/2010-04-01/Accounts/%s/Messages.json", s->twilio_url, s->twilio_account);
}

/* An API key may stand for the account: then the account's token lives in the server alone, which
 * checks signatures with it. */
static void authorise(const struct gateway_settings *s, struct http_request *out)
{
    http_basic(out, s->twilio_user[0] != '\0' ? s->twilio_user : s->twilio_account,
               s->twilio_secret);
}

/* Our own numbers are kept as digits, and set as people write them; a long one goes to Twilio as
 * E.164, a short code as it is. */
static void own_number(const char *ours, char out[48])
{
    char e164[PHONE_LEN + 1];

    phone_read(ours, e164);
    if (e164[0] != '\0')
        ours = e164;
    snprintf(out, 48, "%s%s", strlen(ours) > 8 && ours[0] != '+' ? "+" : "", ours);
}

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    struct buf callback = buf_new(1024);
    char from[48];

    own_number(t->from, from);
    *out = http_request_new(true, 32768);
    out->type = "application/x-www-form-urlencoded";
    add_base(s, &out->url);
    buf_fmt(&callback, "%s/twilio/status?ref=%s", s->dlr_url, t->reference);
    buf_pair(&out->body, "To", t->to);
    if (s->twilio_service[0] != '\0')
        buf_pair(&out->body, "MessagingServiceSid", s->twilio_service);
    else
        buf_pair(&out->body, "From", from);
    buf_pair(&out->body, "Body", t->body);
    buf_pair(&out->body, "StatusCallback", buf_str(&callback));
    authorise(s, out);
    buf_free(&callback);
}

/* Queues that are full and rates that are exceeded: nothing was sent, and later it may be. */
static bool is_passing(long long code)
{
    static const long long codes[] = {14107, 20429, 21611, 30001, 63017, 63018};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i] == code)
            return true;
    return false;
}

static enum gateway_outcome outcome_of(int status, const json_t *answer, char *id)
{
    long long code = json_integer_value(json_object_get(answer, "code"));

    if (status >= 200 && status < 300)
        return gateway_copy_id(answer, "sid", id) ? GATEWAY_ACCEPTED : GATEWAY_UNKNOWN;
    if (status == 400 && code == 21610) /* the recipient texted STOP */
        return GATEWAY_BLOCKED;
    if (status == 400)
        return code == 0 || is_passing(code) ? GATEWAY_RETRY : GATEWAY_REJECTED;
    if (status < 500)
        return GATEWAY_RETRY;
    return code != 0 ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    (void)s;
    if (gateway_judge_unanswered(a, out))
        return;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    out->outcome = outcome_of(a->status, answer, out->id);
    if (out->outcome != GATEWAY_ACCEPTED)
        snprintf(out->error, sizeof out->error, "twilio answered %d, code %lld", a->status,
                 (long long)json_integer_value(json_object_get(answer, "code")));
    json_decref(answer);
}

/* By number alone: a text that still waits at Twilio has no DateSent to look for. */
static void ask(const struct gateway_settings *s, const struct gateway_text *t,
                struct http_request *out)
{
    *out = http_request_new(false, 0);
    out->answer_max = PAGE_BYTES;
    add_base(s, &out->url);
    buf_str_add(&out->url, "?PageSize=100&To=");
    buf_percent(&out->url, t->to);
    authorise(s, out);
}

static bool is_this(const struct gateway_text *t, const json_t *message)
{
    int64_t at = text_time(gateway_member(message, "date_created"));

    return strncmp(gateway_member(message, "direction"), "outbound", 8) == 0 &&
           strcmp(gateway_member(message, "body"), t->body) == 0 && at != TEXT_NO_TIME &&
           at / SECOND_US >= t->since - SLACK_S;
}

static enum gateway_found judge_asked(const struct gateway_text *t, const struct http_answer *a,
                                      char ids[GATEWAY_IDS_MAX])
{
    enum gateway_found found = GATEWAY_NO_WORD;

    ids[0] = '\0';
    if (a->result != HTTP_ANSWERED || a->status != 200)
        return found;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *list = json_object_get(answer, "messages");
    if (json_is_array(list))
        found = GATEWAY_ABSENT;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (is_this(t, json_array_get(list, i))) {
            found = GATEWAY_FOUND;
            gateway_add_id(ids, gateway_member(json_array_get(list, i), "sid"));
        }
    json_decref(answer);
    return found;
}

/* A cursor is the "next_page_uri" of the page before: a path of theirs, never a host. */
static void poll(const struct gateway_settings *s, const char *cursor, int64_t now,
                 struct http_request *out)
{
    char to[48];

    (void)now;
    *out = http_request_new(false, 0);
    out->answer_max = PAGE_BYTES;
    if (cursor != NULL) {
        buf_fmt(&out->url, "%s%s", s->twilio_url, cursor);
    } else {
        add_base(s, &out->url);
        own_number(s->sms_number, to);
        buf_str_add(&out->url, "?PageSize=200&To=");
        buf_percent(&out->url, to);
    }
    authorise(s, out);
}

static void read_text(const json_t *message, struct arena *arena, struct text_in *out)
{
    const char *sent = gateway_member(message, "date_sent");

    *out = (struct text_in){
        .provider = "twilio",
        .endpoint = text_in_endpoint(arena, arena_strdup(arena, gateway_member(message, "to"))),
        .message_id = arena_strdup(arena, gateway_member(message, "sid")),
        .from = arena_strdup(arena, gateway_member(message, "from")),
        .body = arena_strdup(arena, gateway_member(message, "body")),
        .sent_at = text_time(sent[0] != '\0' ? sent : gateway_member(message, "date_created")),
    };
}

static bool read_page(const struct http_answer *a, struct arena *arena, struct gateway_page *out)
{
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *list = json_object_get(answer, "messages");
    const char *next = gateway_member(answer, "next_page_uri");
    bool whole = a->result == HTTP_ANSWERED && a->status == 200 && json_is_array(list) &&
                 json_array_size(list) <= GATEWAY_PAGE_MAX;

    out->n = 0;
    out->next = next[0] == '/' && next[1] != '/' ? arena_strdup(arena, next) : NULL;
    for (size_t i = 0; whole && i < json_array_size(list); i++) {
        const json_t *message = json_array_get(list, i);
        if (strcmp(gateway_member(message, "direction"), "inbound") == 0)
            read_text(message, arena, &out->texts[out->n++]);
    }
    json_decref(answer);
    return whole;
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    gateway_check_base("twilio_url", s->twilio_url, error);
    gateway_check_base("dlr_url", s->dlr_url, error);
    gateway_check_given("twilio_account", s->twilio_account, error);
    gateway_check_plain("twilio_account", s->twilio_account, error);
    gateway_check_given("twilio_secret", s->twilio_secret, error);
}

const struct gateway gateway_twilio = {
    .name = "twilio",
    .can_ask = true,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
    .ask = ask,
    .judge_asked = judge_asked,
    .poll = poll,
    .read_page = read_page,
};
