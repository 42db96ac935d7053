/* gateway_handset.c: wardmote-handset's API: POST /v1/messages with a bearer token, 201 with an
 * id, errors as JSON {"error": …}; GET /v1/messages?reference=… tells what became of ours. */
#include "sms/gateway.h"
#include <jansson.h>

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    json_t *message = json_pack("{s:s, s:s, s:s, s:s}", "to", t->to, "from", t->from, "body",
                                t->body, "reference", t->reference);
    char *text = message != NULL ? json_dumps(message, JSON_COMPACT) : NULL;

    *out = http_request_new(true, 16384);
    http_bearer(out, s->handset_token);
    buf_fmt(&out->url, "%s/v1/messages", s->handset_url);
    buf_str_add(&out->body, text != NULL ? text : "{}");
    free(text);
    json_decref(message);
}

/* The provider itself speaks, rather than something before it. */
static bool own_error(const json_t *answer)
{
    return json_object_get(answer, "error") != NULL || json_object_get(answer, "errors") != NULL;
}

static enum gateway_outcome outcome_of(int status, const json_t *answer, char *id)
{
    if (status >= 200 && status < 300)
        return gateway_copy_id(answer, "id", id) ? GATEWAY_ACCEPTED : GATEWAY_UNKNOWN;
    if (status == 400)
        return own_error(answer) ? GATEWAY_REJECTED : GATEWAY_RETRY;
    if (status < 500) /* 401, 403, 404: ours to mend; 429: later; nothing was sent */
        return GATEWAY_RETRY;
    return own_error(answer) ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
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
        snprintf(out->error, sizeof out->error, "handset answered %d", a->status);
    json_decref(answer);
}

static void ask(const struct gateway_settings *s, const struct gateway_text *t,
                struct http_request *out)
{
    *out = http_request_new(false, 0);
    http_bearer(out, s->handset_token);
    buf_fmt(&out->url, "%s/v1/messages?reference=", s->handset_url);
    buf_percent(&out->url, t->reference);
}

static enum gateway_found judge_asked(const struct gateway_text *t, const struct http_answer *a,
                                      char ids[GATEWAY_IDS_MAX])
{
    enum gateway_found found = GATEWAY_NO_WORD;

    (void)t;
    ids[0] = '\0';
    if (a->result != HTTP_ANSWERED || a->status != 200)
        return found;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *messages = json_object_get(answer, "messages");
    if (json_is_array(messages)) {
        found = json_array_size(messages) > 0 ? GATEWAY_FOUND : GATEWAY_ABSENT;
        if (found == GATEWAY_FOUND)
            gateway_add_id(ids, gateway_member(json_array_get(messages, 0), "id"));
    }
    json_decref(answer);
    return found;
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    gateway_check_base("handset_url", s->handset_url, error);
    gateway_check_plain("handset_token", s->handset_token, error);
}

const struct gateway gateway_handset = {
    .name = "handset",
    .can_ask = true,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
    .ask = ask,
    .judge_asked = judge_asked,
};
