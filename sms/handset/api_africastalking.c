/* api_africastalking.c: Africa's Talking's bulk SMS (developers.africastalking.com/docs/sms):
 * a form, the key in a header of its own, 201 whether or not the recipient gets it. */
#include "common/log.h"
#include "sms/handset/api_kit.h"

static void answer_code(struct reply *reply, int code, const char *status, const char *number,
                        const char *id)
{
    kit_json(reply, 201,
             json_pack("{s:{s:s, s:[{s:i, s:s, s:s, s:s, s:s}]}}", "SMSMessageData", "Message",
                       "Sent to 1/1 Total Cost: KES 0.8000", "Recipients", "statusCode", code,
                       "number", number, "status", status, "cost", "KES 0.8000", "messageId", id));
}

static void answer_outcome(enum network_outcome outcome, const char *number, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_REFUSED:
        answer_code(reply, 403, "InvalidPhoneNumber", number, "None");
        break;
    case NETWORK_BLOCKED:
        answer_code(reply, 406, "UserInBlacklist", number, "None");
        break;
    case NETWORK_THROTTLED:
    case NETWORK_DAILY:
        answer_code(reply, 405, "InsufficientBalance", number, "None");
        break;
    case NETWORK_ERROR:
    case NETWORK_UNAVAILABLE:
        answer_code(reply, 500, "InternalServerError", number, "None");
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

void api_africastalking_send(struct handset *h, struct request *q, struct reply *reply)
{
    struct incoming text = {.dialect = DIALECT_AFRICASTALKING, .reference = ""};
    char id[HANDSET_ID_LEN + 1] = "", number[PHONE_LEN + 1];
    int retry_after = 0;
    if (!kit_same(q->api_key, h->settings->africastalking_key) ||
        !params_get(&q->form, "username")) {
        stats_add(h, STAT_UNAUTHORISED);
        reply_text(reply, 401, "The supplied authentication is invalid");
        return;
    }
    text.body = params_get(&q->form, "message");
    if (!kit_number(params_get(&q->form, "to"), number) || !kit_words(text.body)) {
        stats_add(h, STAT_BAD_REQUESTS);
        answer_code(reply, 403, "InvalidPhoneNumber", "", "None");
        return;
    }
    text.number = number;
    enum network_outcome outcome = network_take(h, &text, id, &retry_after);
    if (outcome == NETWORK_ACCEPTED)
        answer_code(reply, 101, "Success", number, id);
    else if (!kit_fault(outcome, reply))
        answer_outcome(outcome, number, reply);
}
