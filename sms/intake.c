/* intake.c: the intake: claims texts in one transaction, judges and answers them in a second, and
 * gives back what could not be judged. Two threads do so side by side, as two daemons may. */
#include "common/log.h"
#include "sms/bulk.h"
#include "sms/failpoint.h"
#include "sms/judge.h"
#include "sms/notices.h"
#include "sms/run.h"
#include <poll.h>
#include <pthread.h>

struct intake {
    struct run *run;
    bool first;           /* also claims singly, and does what is to be done now and then */
    struct db *db, *ears; /* work; LISTEN */
    struct caster *caster;
    struct inbox_batch batch;
    int replies;
    time_t erased_at;   /* on the monotonic clock; 0: not yet */
    int64_t noticed_ms; /* when it was last looked for notices, likewise */
    int64_t bulk_ms;    /* and for bulk texts */
};

enum { THREADS = 2, GIVE_BACK_TRIES = 10 };
enum { ERASE_EVERY_S = 600, NOTICES_EVERY_MS = 200, BULK_EVERY_MS = 5000 };

static enum db_outcome body(struct db *db, void *context)
{
    struct intake *in = context;

    return judge_batch(db, in->caster, &in->batch, in->run->sms_number, &in->replies);
}

static void pause_ms(const struct run *run, int ms)
{
    struct pollfd stop = {.fd = run->stop_fd, .events = POLLIN};

    poll(&stop, 1, ms);
}

/* The lease would run out by itself; giving back at once saves half a minute. When the answer to
 * COMMIT was lost and it did happen, the token matches nothing any more. Trouble of our own may
 * last, and must be written off the texts when it ends, however late. */
static void give_back(struct intake *in, enum inbox_why why)
{
    enum db_outcome outcome = DB_LOST;

    for (int i = 0; outcome != DB_OK; i++) {
        if (i >= GIVE_BACK_TRIES &&
            (why == INBOX_FAILED || outcome == DB_REFUSED || atomic_load(&in->run->stopping)))
            return;
        if (i > 0)
            pause_ms(in->run, 200);
        if (db_open(in->db) == DB_OK)
            outcome = inbox_release(in->db, &in->batch, why);
    }
}

static enum inbox_why why_not(const struct db *db)
{
    return db_full(db) ? INBOX_FULL : db_own_trouble(db) ? INBOX_OURS : INBOX_FAILED;
}

static bool all_unsealed(const struct inbox_batch *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->texts[i].sender == NULL) {
            log_bug("inbox=%lld is not sealed by this master key", (long long)b->texts[i].id);
            return false;
        }
    return true;
}

static void judge_claimed(struct intake *in)
{
    enum db_outcome outcome = DB_REFUSED;

    failpoint("after_claim");
    if (all_unsealed(&in->batch))
        outcome = db_transaction(in->db, body, in);
    if (outcome == DB_OK) {
        failpoint("after_commit");
        if (in->replies > 0)
            run_wake(in->run);
        log_debug("texts=%zu replies=%d", in->batch.n, in->replies);
        return;
    }
    enum inbox_why why = why_not(in->db);
    if (why == INBOX_FAILED && outcome == DB_REFUSED && in->batch.alone)
        log_bug("inbox=%lld could not be judged", (long long)in->batch.texts[0].id);
    give_back(in, why);
}

/* Waits for word of a text, a second at most. */
static void listen_for_texts(struct intake *in)
{
    bool notified;

    if (!db_is_open(in->ears) &&
        (db_open(in->ears) != DB_OK || db_listen(in->ears, "sms_in") != DB_OK)) {
        pause_ms(in->run, 1000);
        return;
    }
    (void)db_wait(in->ears, 1000, in->run->stop_fd, &notified);
}

/* Words are not kept longer than they must be. */
static void erase_old(struct intake *in)
{
    struct timespec now;
    struct inbox_erased erased;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (in->erased_at != 0 && now.tv_sec - in->erased_at < ERASE_EVERY_S)
        return;
    if (inbox_erase(in->db, &erased) != DB_OK)
        return;
    in->erased_at = now.tv_sec + (now.tv_sec == 0);
    if (erased.words + erased.numbers + erased.rounds > 0)
        log_info("erased: words of %lld texts, %lld numbers, the voters of %lld rounds",
                 (long long)erased.words, (long long)erased.numbers, (long long)erased.rounds);
}

/* Is it time again? Then *last, on the monotonic clock, is now. */
static bool is_time(int64_t *last, int64_t every_ms)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (*last != 0 && ms - *last < every_ms)
        return false;
    *last = ms;
    return true;
}

/* Texts that are no replies: digits of sign-ins, withdrawn projects. Not with every batch. */
static void send_notices(struct intake *in)
{
    int queued = 0;

    if (is_time(&in->noticed_ms, NOTICES_EVERY_MS) &&
        notices_send(in->db, in->run->sms_number, &queued) == DB_OK && queued > 0)
        run_wake(in->run);
}

/* A batch at a time, so that votes go on between. */
static void send_bulk(struct intake *in)
{
    int due = 0;

    if (!is_time(&in->bulk_ms, BULK_EVERY_MS) ||
        bulk_send(in->db, in->run->sms_number, &due) != DB_OK || due == 0)
        return;
    log_info("bulk texts: %d", due);
    run_wake(in->run);
    if (due == BULK_BATCH)
        in->bulk_ms = 0;
}

static void *work(void *context)
{
    struct intake *in = context;

    in->db = db_new(in->run->database, "wardmote_sms", "wardmote-sms intake");
    in->ears = db_new(in->run->database, "wardmote_sms", "wardmote-sms listen");
    in->caster = caster_new(in->db);
    in->batch.own_numbers = in->run->sms_own_numbers;
    in->batch.keyword = in->run->sms_keyword;
    in->batch.arena = arena_new(INBOX_ARENA);
    while (!atomic_load(&in->run->stopping)) {
        if (in->first) {
            erase_old(in);
            send_notices(in);
            send_bulk(in);
        }
        if (db_open(in->db) != DB_OK || inbox_claim(in->db, &in->batch, in->first) != DB_OK)
            pause_ms(in->run, 1000);
        else if (in->batch.n == 0)
            listen_for_texts(in);
        else
            judge_claimed(in);
    }
    for (size_t i = 0; i < in->batch.n; i++)
        reply_free(&in->batch.texts[i].reply);
    arena_free(&in->batch.arena);
    caster_free(in->caster);
    db_free(in->ears);
    db_free(in->db);
    return NULL;
}

void *intake_run(void *context)
{
    struct intake *intakes = wm_alloc(THREADS * sizeof *intakes);
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        intakes[i].run = context;
        intakes[i].first = i == 0;
        MUST(pthread_create(&threads[i], NULL, work, &intakes[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    free(intakes);
    return NULL;
}
