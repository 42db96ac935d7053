/* gateway_africastalking.c: Africa's Talking bulk SMS (developers.africastalking.com/docs/sms): a
 * form with the key in a header. 201 alone is no success: the recipient has a status code. It
 * keeps no reference of ours and cannot be asked; receipts name its own id. */
#include "sms/gateway.h"
#include <jansson.h>

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    *out = http_request_new(true, 32768);
    out->type = "application/x-www-form-urlencoded";
    buf_fmt(&out->url, "%s/version1/messaging", s->africastalking_url);
    buf_pair(&out->body, "username", s->africastalking_username);
    buf_pair(&out->body, "to", t->to);
    buf_pair(&out->body, "message", t->body);
    buf_pair(&out->body, "from", t->from);
    http_header(out, "apikey", s->africastalking_key);
    http_header(out, "Accept", "application/json");
}

/* 100 processed, 101 sent, 102 queued; 405 no credit, 500 and 501 their trouble: later; 406 the
 * number is on its list of those who refuse; the rest refuses this text. */
static enum gateway_outcome outcome_of(long long code)
{
    if (code >= 100 && code <= 102)
        return GATEWAY_ACCEPTED;
    if (code == 405 || code == 500 || code == 501)
        return GATEWAY_RETRY;
    if (code == 406)
        return GATEWAY_BLOCKED;
    return code != 0 ? GATEWAY_REJECTED : GATEWAY_UNKNOWN;
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    long long code = 0;

    (void)s;
    if (gateway_judge_unanswered(a, out))
        return;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *data = json_object_get(answer, "SMSMessageData");
    const json_t *recipient = json_array_get(json_object_get(data, "Recipients"), 0);
    if (a->status >= 200 && a->status < 300) {
        code = json_integer_value(json_object_get(recipient, "statusCode"));
        out->outcome = outcome_of(code);
        /* Without recipients it says that it could do nothing with any of them. */
        if (recipient == NULL && gateway_member(data, "Message")[0] != '\0')
            out->outcome = GATEWAY_REJECTED;
    } else {
        out->outcome = a->status < 500 ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
    }
    if (out->outcome == GATEWAY_ACCEPTED)
        gateway_copy_id(recipient, "messageId", out->id);
    else
        snprintf(out->error, sizeof out->error, "africastalking answered %d, code %lld", a->status,
                 code);
    json_decref(answer);
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    gateway_check_base("africastalking_url", s->africastalking_url, error);
    gateway_check_given("africastalking_username", s->africastalking_username, error);
    gateway_check_given("africastalking_key", s->africastalking_key, error);
}

const struct gateway gateway_africastalking = {
    .name = "africastalking",
    .can_ask = false,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
};
