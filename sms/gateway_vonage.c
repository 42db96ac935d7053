/* gateway_vonage.c: Vonage's SMS API (developer.vonage.com/api/sms): a form to /sms/json, whose
 * answer is 200 also when it refuses: each part of a text has a status of its own. It cannot be
 * asked about a text; receipts carry our reference as client-ref. */
#include "sms/gateway.h"
#include "sms/gsm7.h"
#include <jansson.h>

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    bool foreign = gsm7_size(t->body).alphabet == ALPHABET_UCS2;

    *out = http_request_new(true, 32768);
    out->type = "application/x-www-form-urlencoded";
    buf_fmt(&out->url, "%s/sms/json", s->vonage_url);
    buf_pair(&out->body, "api_key", s->vonage_key);
    buf_pair(&out->body, "api_secret", s->vonage_secret);
    buf_pair(&out->body, "from", t->from[0] == '+' ? t->from + 1 : t->from);
    buf_pair(&out->body, "to", t->to[0] == '+' ? t->to + 1 : t->to);
    buf_pair(&out->body, "text", t->body);
    buf_pair(&out->body, "type", foreign ? "unicode" : "text");
    buf_pair(&out->body, "client-ref", t->reference);
    buf_pair(&out->body, "status-report-req", "1");
}

/* Statuses of the API reference: 1 throttled, 5 internal, 9 no credit, 10 too many binds: later;
 * 2 to 4, 8, 14: key, secret or account, ours to mend; the rest refuses this text. */
static enum gateway_outcome outcome_of(const char *status)
{
    static const char *const passing[] = {"1", "5", "9", "10", "2", "4", "8", "14"};

    if (strcmp(status, "0") == 0)
        return GATEWAY_ACCEPTED;
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (strcmp(status, passing[i]) == 0)
            return GATEWAY_RETRY;
    return status[0] != '\0' ? GATEWAY_REJECTED : GATEWAY_UNKNOWN;
}

/* What was taken in part was taken: sending it again would send that part twice. */
static void judge_parts(const json_t *parts, struct gateway_verdict *out)
{
    const char *first = gateway_member(json_array_get(parts, 0), "status");

    out->outcome = outcome_of(first);
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        if (strcmp(gateway_member(part, "status"), "0") == 0) {
            out->outcome = GATEWAY_ACCEPTED;
            if (out->id[0] == '\0')
                gateway_copy_id(part, "message-id", out->id);
        }
    }
    if (out->outcome != GATEWAY_ACCEPTED)
        snprintf(out->error, sizeof out->error, "vonage answered status %.10s", first);
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    (void)s;
    if (gateway_judge_unanswered(a, out))
        return;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *parts = json_object_get(answer, "messages");
    if (a->status == 200 && json_array_size(parts) > 0) {
        judge_parts(parts, out);
    } else {
        out->outcome = a->status >= 300 && a->status < 500 ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
        snprintf(out->error, sizeof out->error, "vonage answered %d", a->status);
    }
    json_decref(answer);
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    gateway_check_base("vonage_url", s->vonage_url, error);
    gateway_check_given("vonage_key", s->vonage_key, error);
    gateway_check_given("vonage_secret", s->vonage_secret, error);
}

const struct gateway gateway_vonage = {
    .name = "vonage",
    .can_ask = false,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
};
