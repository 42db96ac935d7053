/* network.c: texts from phones to the service, with faults and retries. */
#include "sms/handset/network.h"

#include "common/log.h"
#include "sms/handset/hook.h"
#include "sms/handset/moment.h"
#include "sms/handset/retry.h"
#include "sms/handset/timeline.h"

struct outgoing {
    struct handset *h;
    char id[HANDSET_ID_LEN + 1];
    char *from;
    char *to;
    char *body;
    int64_t at_ms;
    bool hang_up; /* the first call is closed before its answer */
    int tries;
};

static void drop_outgoing(void *context)
{
    struct outgoing *text = context;
    free(text->from);
    free(text->to);
    free(text->body);
    free(text);
}

static int64_t finish(struct outgoing *text, int answer, bool taken)
{
    stats_add(text->h, taken ? STAT_TAKEN : STAT_GIVEN_UP);
    if (!taken)
        log_peer("text %s was not taken: %d after %d calls", text->id, answer, text->tries);
    phones_set(text->h->phones, text->from, text->id, taken ? TEXT_SENT : TEXT_FAILED, text->tries,
               answer);
    return TIMELINE_DONE;
}

static int64_t post_outgoing(void *context)
{
    struct outgoing *text = context;
    const struct hook_text call = {.id = text->id,
                                   .from = text->from,
                                   .to = text->to,
                                   .body = text->body,
                                   .at_ms = text->at_ms,
                                   .ucs2 = gsm7_size(text->body).alphabet == ALPHABET_UCS2};
    int answer = hook_text(text->h, &call, text->hang_up);
    text->hang_up = false;
    text->tries++;
    if (answer >= 200 && answer < 300)
        return finish(text, answer, true);
    int64_t again = retry_wait(answer, text->tries);
    if (again < 0)
        return finish(text, answer, false);
    stats_add(text->h, STAT_RETRIES);
    phones_set(text->h->phones, text->from, text->id, TEXT_SENDING, text->tries, answer);
    return again;
}

struct send_plan {
    int64_t delay_ms;
    int times;
    int group;
    bool hang_up;
};

static void post_later(struct handset *h, const struct send_plan *plan, const char *from,
                       const char *to, const char *body, const char *id)
{
    struct outgoing *text = wm_alloc(sizeof *text);
    text->h = h;
    memcpy(text->id, id, strlen(id) + 1);
    text->from = wm_strdup(from);
    text->to = wm_strdup(to);
    text->body = wm_strdup(body);
    text->at_ms = moment_unix();
    text->hang_up = plan->hang_up;
    struct task task = {.run = post_outgoing, .drop = drop_outgoing, .context = text};
    if (!timeline_put(h->timeline, plan->delay_ms, plan->group, task)) {
        stats_add(h, STAT_GIVEN_UP);
        phones_set(h->phones, from, id, TEXT_FAILED, 0, 0);
    }
}

/* What the fault makes of one text; times 0: it goes nowhere, in the state `state`. */
static struct send_plan plan_for(struct fault fault, enum text_state *state)
{
    struct send_plan plan = {.times = 1};
    *state = TEXT_SENDING;
    if (fault.mode == FAULT_DELAY || fault.mode == FAULT_REORDER)
        plan.delay_ms = fault.delay_ms;
    if (fault.mode == FAULT_REORDER)
        plan.group = RETRY_GROUP_OUT;
    if (fault.mode == FAULT_DOUBLE)
        plan.times = 2;
    plan.hang_up = fault.mode == FAULT_CLOSE_AFTER_ACCEPT;
    if (fault.mode == FAULT_DROP || fault.mode == FAULT_REFUSE) {
        plan.times = 0;
        *state = fault.mode == FAULT_DROP ? TEXT_LOST : TEXT_FAILED;
    }
    return plan;
}

void network_send(struct handset *h, const char *from, const char *to, const char *body,
                  char id[HANDSET_ID_LEN + 1])
{
    enum text_state state;
    struct fault fault = faults_take(h->faults, DIRECTION_OUT);
    struct send_plan plan = plan_for(fault, &state);
    handset_id(h, "mo", id);
    stats_add(h, STAT_SENT);
    if (state == TEXT_LOST)
        stats_add(h, STAT_DROPPED);
    phones_add(h->phones, from, DIRECTION_OUT, state, id, body);
    /* Providers list what came to them, also when its webhook gets lost. */
    if (fault.mode != FAULT_REFUSE)
        archive_add(h->archive, &(struct archived){.direction = DIRECTION_OUT,
                                                   .id = id,
                                                   .from = from,
                                                   .to = to,
                                                   .body = body,
                                                   .at_ms = moment_unix()});
    for (int i = 0; i < plan.times; i++)
        post_later(h, &plan, from, to, body, id);
    if (fault.mode != FAULT_REORDER)
        timeline_release(h->timeline, RETRY_GROUP_OUT);
}
