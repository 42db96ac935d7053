/* api_messages.c: the provider API "handset", which wardmote-sms calls. */
#include "common/log.h"
#include "sms/handset/api_kit.h"
#include "sms/handset/fields.h"
#include "sms/handset/network.h"
#include "sms/handset/text.h"

static bool is_authorised(struct handset *h, const struct request *q, struct reply *reply)
{
    static const char scheme[] = "Bearer ";
    bool bearer = q->authorization && strncmp(q->authorization, scheme, sizeof scheme - 1) == 0;
    if (bearer && kit_same(q->authorization + sizeof scheme - 1, h->settings->token))
        return true;
    stats_add(h, STAT_UNAUTHORISED);
    reply_error(reply, 401, "unauthorised", "The bearer token is missing or wrong.");
    return false;
}

static bool is_e164(const char *number)
{
    char e164[PHONE_LEN + 1];
    return compose_number(number, e164) && strcmp(e164, number) == 0;
}

static bool is_reference(const char *s)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "-_.:";
    return *s && s[strspn(s, allowed)] == '\0';
}

/* The code of what is wrong with the text, or NULL. */
static const char *find_problem(const struct handset *h, const struct incoming *text,
                                const char *from)
{
    if (!is_e164(text->number))
        return "bad_number";
    if (strcmp(from, h->settings->sms_number) != 0)
        return "bad_sender";
    if (!is_reference(text->reference))
        return "bad_reference";
    if (text->body[0] == '\0')
        return "empty_body";
    if (!text_is_clean(text->body, true))
        return "bad_body";
    if (gsm7_size(text->body).segments > HANDSET_SEGMENTS_IN)
        return "body_too_long";
    return NULL;
}

static void answer_accepted(struct reply *reply, const char *id)
{
    reply->status = 201;
    reply->type = "application/json";
    buf_fmt(&reply->body, "{\"id\":\"%s\",\"status\":\"accepted\"}\n", id);
}

static void answer_outcome(enum network_outcome outcome, const char *id, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_ACCEPTED:
        answer_accepted(reply, id);
        break;
    case NETWORK_REFUSED:
        reply_error(reply, 400, "rejected", "The network refuses this text for good.");
        break;
    case NETWORK_THROTTLED:
        reply_error(reply, 429, "throttled", "Too many texts. Try again later.");
        break;
    case NETWORK_ERROR:
        reply_error(reply, 500, "internal", "The network failed.");
        break;
    case NETWORK_UNAVAILABLE:
        reply_error(reply, 503, "unavailable", "The network is not available.");
        break;
    case NETWORK_BLOCKED:
        reply_error(reply, 400, "blocked", "The phone refuses texts from this service.");
        break;
    case NETWORK_DAILY:
        reply_error(reply, 429, "daily_limit", "No more texts today.");
        break;
    case NETWORK_HANG:
    case NETWORK_CLOSE:
    case NETWORK_BROKEN:
    case NETWORK_NO_ID:
    case NETWORK_HUGE:
    case NETWORK_PROXY:
    case NETWORK_REDIRECT:
        kit_fault(outcome, reply);
        break;
    }
}

void api_post_message(struct handset *h, struct request *q, struct reply *reply)
{
    struct incoming text = {.dialect = DIALECT_HANDSET};
    const char *from = NULL;
    char id[HANDSET_ID_LEN + 1] = "";
    int retry_after = 0;
    const struct field fields[] = {
        {.name = "to", .required = true, .text = &text.number, .max = PHONE_LEN},
        {.name = "from", .required = true, .text = &from, .max = PHONE_LEN},
        {.name = "body", .required = true, .text = &text.body, .max = 4096},
        {.name = "reference",
         .required = true,
         .text = &text.reference,
         .max = LEDGER_REFERENCE_LEN},
    };
    if (!is_authorised(h, q, reply))
        return;
    if (!fields_read(q, fields, sizeof fields / sizeof fields[0], reply)) {
        stats_add(h, STAT_BAD_REQUESTS);
        return;
    }
    const char *problem = find_problem(h, &text, from);
    if (problem) {
        stats_add(h, STAT_BAD_REQUESTS);
        reply_error(reply, 400, problem, "The text cannot be sent as it is.");
        return;
    }
    enum network_outcome outcome = network_take(h, &text, id, &retry_after);
    answer_outcome(outcome, id, reply);
    reply->retry_after = outcome == NETWORK_THROTTLED ? retry_after : 0;
}

static void list_message(void *context, const char *id, enum ledger_status status)
{
    struct buf *out = context;
    buf_fmt(out, "%s{\"id\":\"%s\",\"status\":\"%s\"}", out->data[out->len - 1] == '[' ? "" : ",",
            id, ledger_status_name(status));
}

void api_get_messages(struct handset *h, struct request *q, struct reply *reply)
{
    const char *reference = params_get(&q->query, "reference");
    if (!is_authorised(h, q, reply))
        return;
    if (q->query.n != 1 || !reference || strlen(reference) > LEDGER_REFERENCE_LEN ||
        !is_reference(reference)) {
        stats_add(h, STAT_BAD_REQUESTS);
        reply_error(reply, 400, "bad_reference", "Ask with ?reference=… and nothing else.");
        return;
    }
    reply->status = 200;
    reply->type = "application/json";
    buf_str_add(&reply->body, "{\"messages\":[");
    ledger_each(h->ledger, reference, list_message, &reply->body);
    buf_str_add(&reply->body, "]}\n");
}
