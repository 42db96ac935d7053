/* network_in.c: texts from the service to phones, with faults and delivery receipts. */
#include "common/log.h"
#include "sms/handset/hook.h"
#include "sms/handset/moment.h"
#include "sms/handset/network.h"
#include "sms/handset/retry.h"
#include "sms/handset/timeline.h"

enum receipts { RECEIPTS_NOW, RECEIPTS_NONE, RECEIPTS_LATE };

/* One text on its way; also the receipt that follows it. */
struct carried {
    struct handset *h;
    char id[HANDSET_ID_LEN + 1];
    char number[PHONE_LEN + 1];
    char reference[LEDGER_REFERENCE_LEN + 1];
    char *body;
    char *dlr_url; /* NULL: none given */
    int dlr_mask;
    enum dialect dialect;
    enum receipts receipts;
    int late_ms;
    bool delivered; /* of a receipt: which of the two */
    int tries;
};

static struct carried *copy(const struct carried *c)
{
    struct carried *out = wm_alloc(sizeof *out);
    *out = *c;
    out->body = c->body ? wm_strdup(c->body) : NULL;
    out->dlr_url = c->dlr_url ? wm_strdup(c->dlr_url) : NULL;
    return out;
}

static void drop(void *context)
{
    struct carried *c = context;
    free(c->body);
    free(c->dlr_url);
    free(c);
}

static int call_receipt(const struct carried *c)
{
    const char *status = c->delivered ? "delivered" : "accepted";
    switch (c->dialect) {
    case DIALECT_KANNEL:
        return hook_dlr_url(c->h, c->dlr_url, c->delivered ? 1 : 8, c->id);
    case DIALECT_NOTIFY:
        return hook_receipt_notify(c->h, c->reference, c->id, c->delivered ? status : "sending");
    case DIALECT_TWILIO:
        return hook_status_twilio(c->h, c->dlr_url, c->id, status);
    case DIALECT_VONAGE:
        return hook_receipt_vonage(c->h, c->reference, c->id, status);
    case DIALECT_AFRICASTALKING:
        return hook_receipt_africastalking(c->h, c->id, status);
    case DIALECT_HANDSET:
    case DIALECTS:
        break;
    }
    return hook_receipt(c->h, c->reference, c->id, status);
}

static int64_t send_receipt(void *context)
{
    struct carried *c = context;
    if (c->delivered && c->tries == 0) {
        phones_set(c->h->phones, c->number, c->id, TEXT_DELIVERED, 0, 0);
        ledger_delivered(c->h->ledger, c->id);
    }
    int answer = call_receipt(c);
    c->tries++;
    if (answer >= 200 && answer < 300) {
        stats_add(c->h, STAT_RECEIPTS);
        return TIMELINE_DONE;
    }
    int64_t again = retry_wait(answer, c->tries);
    stats_add(c->h, again < 0 ? STAT_RECEIPTS_LOST : STAT_RETRIES);
    if (again < 0)
        log_peer("receipt of %s was not taken: %d after %d calls", c->id, answer, c->tries);
    return again;
}

static bool wants_receipt(const struct carried *c, bool delivered)
{
    if (c->dialect == DIALECT_TWILIO)
        return c->dlr_url != NULL;
    if (c->dialect != DIALECT_KANNEL)
        return true;
    return c->dlr_url && (c->dlr_mask & (delivered ? 1 : 8)) != 0;
}

static void put_receipt(const struct carried *c, bool delivered, int64_t delay_ms)
{
    if (!wants_receipt(c, delivered))
        return;
    struct carried *receipt = copy(c);
    receipt->delivered = delivered;
    receipt->tries = 0;
    struct task task = {.run = send_receipt, .drop = drop, .context = receipt};
    if (!timeline_put(c->h->timeline, delay_ms, 0, task))
        stats_add(c->h, STAT_RECEIPTS_LOST);
}

/* The text reaches the phone. */
static int64_t show(void *context)
{
    struct carried *c = context;
    bool late = c->receipts == RECEIPTS_LATE;
    bool receipt = c->receipts != RECEIPTS_NONE && wants_receipt(c, true);
    enum text_state state = c->receipts == RECEIPTS_NOW ? TEXT_DELIVERED : TEXT_ACCEPTED;
    stats_add(c->h, STAT_SHOWN);
    phones_add(c->h->phones, c->number, DIRECTION_IN, state, c->id, c->body);
    if (state == TEXT_DELIVERED)
        ledger_delivered(c->h->ledger, c->id);
    if (receipt)
        put_receipt(c, true, late ? c->late_ms : 0);
    return TIMELINE_DONE;
}

/* Brings an accepted text to the phone in the fault's way. False when too much waits. */
static bool carry(struct carried *c, struct fault fault)
{
    struct task later = {.run = show, .drop = drop};
    if (fault.mode == FAULT_NO_RECEIPT)
        c->receipts = RECEIPTS_NONE;
    if (fault.mode == FAULT_LATE_RECEIPT)
        c->receipts = RECEIPTS_LATE;
    c->late_ms = fault.delay_ms;
    if (c->receipts != RECEIPTS_NONE)
        put_receipt(c, false, 0);
    if (fault.mode == FAULT_DROP) {
        stats_add(c->h, STAT_DROPPED);
        return true;
    }
    if (fault.mode == FAULT_DELAY || fault.mode == FAULT_REORDER) {
        later.context = copy(c);
        int group = fault.mode == FAULT_REORDER ? RETRY_GROUP_IN : 0;
        return timeline_put(c->h->timeline, fault.delay_ms, group, later);
    }
    show(c);
    if (fault.mode == FAULT_DOUBLE)
        show(c);
    timeline_release(c->h->timeline, RETRY_GROUP_IN);
    return true;
}

static enum network_outcome outcome_of(struct fault fault)
{
    switch (fault.mode) {
    case FAULT_REFUSE:
        return NETWORK_REFUSED;
    case FAULT_THROTTLE:
        return NETWORK_THROTTLED;
    case FAULT_ERROR:
        return fault.count % 2 != 0 ? NETWORK_ERROR : NETWORK_UNAVAILABLE;
    case FAULT_HANG_AFTER_ACCEPT:
        return NETWORK_HANG;
    case FAULT_CLOSE_AFTER_ACCEPT:
        return NETWORK_CLOSE;
    case FAULT_BROKEN_ANSWER:
        return NETWORK_BROKEN;
    case FAULT_BLOCKED:
        return NETWORK_BLOCKED;
    case FAULT_DAILY:
        return NETWORK_DAILY;
    case FAULT_NO_ID:
        return NETWORK_NO_ID;
    case FAULT_HUGE_ANSWER:
        return NETWORK_HUGE;
    case FAULT_PROXY_ERROR:
        return NETWORK_PROXY;
    case FAULT_REDIRECT:
        return NETWORK_REDIRECT;
    case FAULT_NONE:
    case FAULT_DELAY:
    case FAULT_DROP:
    case FAULT_DOUBLE:
    case FAULT_REORDER:
    case FAULT_NO_RECEIPT:
    case FAULT_LATE_RECEIPT:
    case FAULT_MODES:
        break;
    }
    return NETWORK_ACCEPTED;
}

static bool is_accepted(enum network_outcome outcome)
{
    return outcome == NETWORK_ACCEPTED || outcome == NETWORK_HANG || outcome == NETWORK_CLOSE ||
           outcome == NETWORK_BROKEN || outcome == NETWORK_NO_ID || outcome == NETWORK_HUGE ||
           outcome == NETWORK_PROXY;
}

static struct carried *prepare(struct handset *h, const struct incoming *text, const char *id)
{
    struct carried c = {.h = h,
                        .body = (char *)text->body,
                        .dlr_url = text->dlr_url && text->dlr_url[0] ? (char *)text->dlr_url : NULL,
                        .dlr_mask = text->dlr_mask,
                        .dialect = text->dialect,
                        .receipts = RECEIPTS_NOW};
    MUST(strlen(text->number) <= PHONE_LEN && strlen(text->reference) <= LEDGER_REFERENCE_LEN);
    memcpy(c.id, id, strlen(id) + 1);
    memcpy(c.number, text->number, strlen(text->number) + 1);
    memcpy(c.reference, text->reference, strlen(text->reference) + 1);
    return copy(&c);
}

enum network_outcome network_take(struct handset *h, const struct incoming *text,
                                  char id[HANDSET_ID_LEN + 1], int *retry_after)
{
    struct fault fault = faults_take(h->faults, DIRECTION_IN);
    enum network_outcome outcome = outcome_of(fault);
    *retry_after = fault.delay_ms > 1000 ? (fault.delay_ms + 999) / 1000 : 1;
    if (!is_accepted(outcome)) {
        stats_add(h, STAT_REFUSED);
        return outcome;
    }
    if (timeline_waiting(h->timeline) + 8 > TIMELINE_MAX)
        return NETWORK_UNAVAILABLE;
    handset_id(h, "mt", id);
    if (ledger_add(h->ledger, id, text->reference))
        stats_add(h, STAT_DOUBLED);
    stats_add(h, STAT_ACCEPTED);
    archive_add(h->archive, &(struct archived){.direction = DIRECTION_IN,
                                               .id = id,
                                               .from = h->settings->sms_number,
                                               .to = text->number,
                                               .body = text->body,
                                               .at_ms = moment_unix()});
    struct carried *c = prepare(h, text, id);
    bool carried = carry(c, fault);
    drop(c);
    if (!carried)
        log_warn("text %s was accepted, but too much waits to deliver it", id);
    return outcome;
}
