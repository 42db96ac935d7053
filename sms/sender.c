/* sender.c: the sender threads: each leases texts, calls the provider, writes down what it said. */
#include "common/log.h"
#include "sms/failpoint.h"
#include "sms/outbox.h"
#include "sms/run.h"
#include <pthread.h>
#include <time.h>

/* A bucket that was empty holds something again after a tenth of a second (api.sms_out_room). */
enum { SOON_MS = 20, REFILL_MS = 100, REFILLS = 12, IDLE_MS = 1000, ANSWERED_MS = 200 };

struct sender {
    struct run *run;
    struct http *http;
    struct db *db;
    struct outbox_text texts[OUTBOX_CALLS];
    int64_t skew_told_at, alarms_at; /* unix seconds */
    int64_t leased_ms;               /* CLOCK_MONOTONIC */
    int empty_looks;                 /* that found nothing, since one found something */
    bool first;                      /* of the senders: it alone tells the desk */
    bool waiting;                    /* a few places are free, and will be used soon */
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct gateway_text text_of(const struct outbox_text *t)
{
    return (struct gateway_text){.from = t->from,
                                 .to = t->to,
                                 .body = t->body,
                                 .reference = t->reference,
                                 .now = time(NULL),
                                 .since = t->since};
}

static void start_call(struct sender *s, struct outbox_text *t)
{
    struct gateway_text text = text_of(t);
    struct http_request request;

    if (t->attempt > 0)
        t->gateway->send(&s->run->gateway_settings, &text, &request);
    else
        t->gateway->ask(&s->run->gateway_settings, &text, &request);
    http_start(s->http, &request, t);
    http_request_free(&request);
}

/* A text that cannot be unsealed, or whose provider is not ours to ask. */
static void skip_call(struct outbox_text *t)
{
    t->answered = true;
    t->verdict.outcome = GATEWAY_RETRY;
    t->found = GATEWAY_NO_WORD;
    snprintf(t->verdict.error, sizeof t->verdict.error, "not sealed by this master key");
}

/* Many texts in one claim cost little more than one: a few places wait for others to be free, but
 * not for long, since a provider may be slow with the rest. */
static bool too_soon(struct sender *s, size_t room)
{
    int64_t now = now_ms();

    s->waiting = room > 0 && room < OUTBOX_CALLS / 2 && now - s->leased_ms < SOON_MS;
    if (!s->waiting)
        s->leased_ms = now;
    return s->waiting;
}

/* Leases what is due, and starts the calls that may be made now. */
static void lease(struct sender *s)
{
    bool before[OUTBOX_CALLS];
    size_t room = 0, n = 0;

    for (size_t i = 0; i < OUTBOX_CALLS; i++) {
        before[i] = s->texts[i].used;
        room += !before[i];
    }
    if (room == 0 || too_soon(s, room) || db_open(s->db) != DB_OK ||
        outbox_claim(s->db, &s->run->routing, s->texts, room, &n) != DB_OK)
        return;
    s->empty_looks = n > 0 ? 0 : s->empty_looks + 1;
    if (n > 0)
        failpoint("out_after_lease");
    outbox_begin(s->db, &s->run->routing, s->texts);
    if (n > 0)
        failpoint("out_after_claim");
    for (size_t i = 0; i < OUTBOX_CALLS; i++) {
        if (before[i] || !s->texts[i].used)
            continue;
        if (s->texts[i].broken || s->texts[i].gateway == NULL)
            skip_call(&s->texts[i]);
        else
            start_call(s, &s->texts[i]);
    }
}

/* Tokens are good for half a minute, by the provider's clock: whose is wrong? */
static void check_clock(struct sender *s, const struct http_answer *a)
{
    int64_t now = time(NULL), skew = a->date != 0 ? now - a->date : 0;

    if ((skew > 20 || skew < -20) && now - s->skew_told_at > 600) {
        s->skew_told_at = now;
        log_warn("alarm: our clock is %lld s ahead of the provider's", (long long)skew);
    }
}

static void take_answer(struct sender *s, const struct http_answer *a)
{
    struct outbox_text *t = a->owner;
    struct gateway_text text = text_of(t);

    t->answered = true;
    t->status = a->status;
    t->retry_after = a->retry_after;
    check_clock(s, a);
    if (t->attempt > 0)
        t->gateway->judge_sent(&s->run->gateway_settings, a, &t->verdict);
    else
        t->found = t->gateway->judge_asked(&text, a, t->ids);
    if (t->attempt > 0 && t->verdict.outcome != GATEWAY_ACCEPTED)
        log_peer("outbox=%lld attempt=%d: %s", (long long)t->id, t->attempt, t->verdict.error);
}

static bool any_answered(const struct sender *s)
{
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (s->texts[i].used && s->texts[i].answered)
            return true;
    return false;
}

/* One that the database refuses must not keep back the others: its lease runs out, and it is
 * asked about. */
static void write_singly(struct sender *s)
{
    for (size_t i = 0; i < OUTBOX_CALLS; i++) {
        struct outbox_text *t = &s->texts[i];
        if (!t->used || !t->answered)
            continue;
        enum db_outcome outcome = outbox_finish(s->db, t);
        if (outcome == DB_OK || outcome == DB_REFUSED)
            t->used = t->answered = false;
    }
}

/* Answers that cannot be written, since the database is away, wait in their places. */
static void write_answers(struct sender *s)
{
    if (!any_answered(s) || db_open(s->db) != DB_OK)
        return;
    switch (outbox_finish_all(s->db, s->texts)) {
    case DB_OK:
        failpoint("out_after_finish");
        break;
    case DB_REFUSED:
        write_singly(s);
        break;
    case DB_RETRY:
    case DB_LOST:
        break;
    }
}

static bool any_used(const struct sender *s)
{
    for (size_t i = 0; i < OUTBOX_CALLS; i++)
        if (s->texts[i].used)
            return true;
    return false;
}

/* True when it is time to look for texts to send. */
static bool move_on(struct sender *s, int timeout_ms)
{
    struct http_answer answer;
    bool look = http_wait(s->http, timeout_ms);

    while (http_take(s->http, &answer)) {
        look = true;
        failpoint("out_after_send");
        take_answer(s, &answer);
        buf_free(&answer.body);
    }
    write_answers(s);
    return look;
}

/* With the database away for good a stop must not wait for ever: what cannot be written is found
 * as an attempt without end, and asked about. */
static void finish(struct sender *s)
{
    for (int i = 0; i < 10 * (HTTP_TIMEOUT_S + 4) && any_used(s); i++)
        move_on(s, 100);
    if (any_used(s))
        log_warn("stopped with answers that the database did not take");
}

static void tell_desk(struct sender *s)
{
    int64_t now = time(NULL);

    if (!s->first || (now - s->alarms_at < 10 && now >= s->alarms_at))
        return;
    s->alarms_at = now;
    if (db_open(s->db) == DB_OK && outbox_here(s->db, &s->run->routing) == DB_OK)
        outbox_alarms(s->db);
}

/* Until it is looked for texts again, if nothing happens before. */
static int patience_ms(const struct sender *s)
{
    if (s->waiting)
        return SOON_MS;
    if (any_answered(s))
        return ANSWERED_MS;
    return s->empty_looks < REFILLS ? REFILL_MS : IDLE_MS;
}

static void *work(void *context)
{
    struct sender *s = context;
    bool look = true;

    while (!atomic_load(&s->run->stopping)) {
        if (look)
            lease(s);
        tell_desk(s);
        look = move_on(s, patience_ms(s)) || s->waiting;
    }
    finish(s);
    return NULL;
}

void run_wake(struct run *run)
{
    for (int i = 0; i < RUN_SENDERS; i++)
        http_wake(run->http[i]);
}

void *outbox_run(void *context)
{
    struct run *run = context;
    struct sender *senders = wm_alloc(RUN_SENDERS * sizeof *senders);
    pthread_t threads[RUN_SENDERS];

    for (int i = 0; i < RUN_SENDERS; i++) {
        senders[i].run = run;
        senders[i].http = run->http[i];
        senders[i].db = db_new(run->database, "wardmote_sms", "wardmote-sms sender");
        senders[i].first = i == 0;
        MUST(pthread_create(&threads[i], NULL, work, &senders[i]) == 0);
    }
    for (int i = 0; i < RUN_SENDERS; i++) {
        pthread_join(threads[i], NULL);
        db_free(senders[i].db);
    }
    free(senders);
    return NULL;
}
