/* api_vonage.c: Vonage's SMS API (developer.vonage.com/api/sms): always 200, with a status for
 * each part. A form or JSON, as its own libraries send it. */
#include "common/log.h"
#include "sms/handset/api_kit.h"

static void answer_status(struct reply *reply, const char *status, const char *words)
{
    kit_json(reply, 200,
             json_pack("{s:s, s:[{s:s, s:s}]}", "message-count", "1", "messages", "status", status,
                       "error-text", words));
}

/* A field of the form, or of the JSON object. */
static const char *field(const struct request *q, const json_t *object, const char *name)
{
    return object ? json_string_value(json_object_get(object, name)) : params_get(&q->form, name);
}

static const char *find_problem(const struct handset *h, struct request *q, const json_t *object,
                                struct incoming *text, char number[PHONE_LEN + 1])
{
    const struct handset_settings *s = h->settings;
    bool in_form = kit_same(field(q, object, "api_key"), s->vonage_key) &&
                   kit_same(field(q, object, "api_secret"), s->vonage_secret);
    const char *from = field(q, object, "from");
    text->body = field(q, object, "text");
    text->reference = field(q, object, "client-ref");
    if (!text->reference)
        text->reference = "";
    if (!in_form && !kit_basic(q, s->vonage_key, s->vonage_secret))
        return "4";
    if (!kit_number(field(q, object, "to"), number) || !from || !from[0])
        return "3";
    if (!kit_words(text->body) || strlen(text->reference) > LEDGER_REFERENCE_LEN)
        return "6";
    bool foreign = gsm7_size(text->body).alphabet == ALPHABET_UCS2;
    const char *type = field(q, object, "type");
    return foreign && (!type || strcmp(type, "unicode") != 0) ? "6" : NULL;
}

static void answer_outcome(enum network_outcome outcome, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_REFUSED:
    case NETWORK_BLOCKED:
        answer_status(reply, "7", "Number barred");
        break;
    case NETWORK_THROTTLED:
    case NETWORK_DAILY:
        answer_status(reply, "1", "Throughput Rate Exceeded - please wait [ 1000 ] and retry");
        break;
    case NETWORK_ERROR:
    case NETWORK_UNAVAILABLE:
        answer_status(reply, "5", "Internal Error");
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

static void take(struct handset *h, struct request *q, const json_t *object, struct reply *reply)
{
    struct incoming text = {.dialect = DIALECT_VONAGE};
    char id[HANDSET_ID_LEN + 1] = "", number[PHONE_LEN + 1];
    int retry_after = 0;
    const char *problem = find_problem(h, q, object, &text, number);
    if (problem) {
        stats_add(h, strcmp(problem, "4") == 0 ? STAT_UNAUTHORISED : STAT_BAD_REQUESTS);
        answer_status(reply, problem, "The text cannot be sent as it is.");
        return;
    }
    text.number = number;
    enum network_outcome outcome = network_take(h, &text, id, &retry_after);
    if (outcome == NETWORK_ACCEPTED)
        kit_json(reply, 200,
                 json_pack("{s:s, s:[{s:s, s:s, s:s, s:s}]}", "message-count", "1", "messages",
                           "status", "0", "message-id", id, "to", number + 1, "client-ref",
                           text.reference));
    else if (!kit_fault(outcome, reply))
        answer_outcome(outcome, reply);
}

void api_vonage_send(struct handset *h, struct request *q, struct reply *reply)
{
    json_t *object = NULL;
    if (q->body_len > 0 && q->body[0] == '{')
        object = json_loadb(q->body, q->body_len, JSON_REJECT_DUPLICATES, NULL);
    else
        params_read(&q->form, arena_memdup(q->arena, q->body, q->body_len));
    take(h, q, object, reply);
    json_decref(object);
}
