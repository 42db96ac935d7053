/* ballot_box.c: a bounded queue of ballots, and the writers that cast all that wait at once. */
#include "server/ballot_box.h"

#include "common/log.h"
#include "server/exchange.h"
#include "server/response.h"
#include "server/settings.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>

enum {
    SKIPS_MAX = 3,      /* after so many a ballot is cast alone and waits for its voter's lock */
    VOTER_SLOTS = 4096, /* a power of two, four times the largest batch */
    BOX_LANES = 4,      /* the box holds so many times settings.lane_size */
    COMPANY_PART = 3,   /* of a whole batch, for which a second writer waits, */
    COMPANY_MS = 20     /* so long at most */
};

struct dropped {
    struct dropped *next;
    struct request *request;
    ballot_done *done;
    int skips;
    struct cast_item item;
};

struct writer {
    pthread_t thread;
    struct db *db;
    struct caster *caster;
    struct cast_item *items;     /* a batch, as cast_batch wants it */
    struct dropped **dropped;    /* item by item, whose it is */
    int64_t voters[VOTER_SLOTS]; /* of the batch, hashed; 0: free */
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t work;  /* something waits, or the box closes */
    pthread_cond_t empty; /* nothing waits and nothing is being cast */
    struct dropped *first, **last;
    struct dropped *unused;
    int64_t waiting, casting;
    int idle;                 /* writers that wait */
    int busy;                 /* writers at the database */
    bool closed, full_closed; /* takes no more; writers leave */
    struct writer *writers;
    int64_t n_writers;
} box = {.lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER};

/* --- a batch ------------------------------------------------------------------------------- */

/* Notes a voter; false when the batch has that voter already. */
static bool note_voter(struct writer *w, int64_t voter)
{
    size_t slot = (size_t)((uint64_t)voter * 0x9E3779B97F4A7C15u >> 52);
    static_assert(VOTER_SLOTS == 1 << 12, "twelve bits of the product choose a slot");
    while (w->voters[slot] != 0 && w->voters[slot] != voter)
        slot = (slot + 1) % VOTER_SLOTS;
    bool is_new = w->voters[slot] == 0;
    w->voters[slot] = voter;
    return is_new;
}

/* Under the lock: moves up to a batch's worth out of the queue, one submission a voter. The second
 * of a voter stays, in its order. */
static size_t take(struct writer *w)
{
    size_t n = 0;
    struct dropped **at = &box.first;
    while (*at != NULL && n < (size_t)settings.box_batch) {
        struct dropped *d = *at;
        if (d->skips >= SKIPS_MAX && n > 0)
            break;
        if (!note_voter(w, d->item.voter)) {
            at = &d->next;
            continue;
        }
        *at = d->next;
        w->dropped[n++] = d;
        if (d->skips >= SKIPS_MAX)
            break;
    }
    if (*at == NULL)
        box.last = at;
    box.waiting -= (int64_t)n;
    box.casting += (int64_t)n;
    return n;
}

/* Under the lock: whether a writer should begin now. While another is at the database it waits for
 * company: what a transaction costs by itself is then shared by many. */
static bool worth_while(void)
{
    return box.first != NULL && (box.busy == 0 || box.waiting >= settings.box_batch / COMPANY_PART);
}

/* Waits to be woken, or COMPANY_MS; false when that was over. */
static bool wait_a_little(void)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += COMPANY_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    return pthread_cond_timedwait(&box.work, &box.lock, &until) == 0;
}

/* Under the lock: waits until there is something to do, whatever the other writers do, who may
 * wait for a lock or a lost connection. */
static void wait_for_work(void)
{
    bool in_time = true;
    box.idle++;
    while (!box.full_closed && !worth_while() && (in_time || box.first == NULL)) {
        in_time = true;
        if (box.first == NULL)
            pthread_cond_wait(&box.work, &box.lock);
        else
            in_time = wait_a_little();
    }
    box.idle--;
}

/* Waits for ballots; 0 when the box is closed and empty. */
static size_t next_batch(struct writer *w)
{
    size_t n = 0;
    memset(w->voters, 0, sizeof(w->voters));
    pthread_mutex_lock(&box.lock);
    wait_for_work();
    n = take(w);
    box.busy += n > 0;
    pthread_mutex_unlock(&box.lock);
    for (size_t i = 0; i < n; i++) {
        w->items[i] = w->dropped[i]->item;
        w->items[i].submission = (uint32_t)i;
    }
    return n;
}

/* --- afterwards ---------------------------------------------------------------------------- */

/* Back to the head of the queue, in order: they have waited longest. */
static void put_back(struct writer *w, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        w->dropped[i]->skips++;
        w->dropped[i]->next = box.first;
        if (box.first == NULL)
            box.last = &w->dropped[i]->next;
        box.first = w->dropped[i];
    }
    box.waiting += (int64_t)n;
}

static void answer(struct writer *w, size_t i)
{
    struct dropped *d = w->dropped[i];
    if (w->items[i].outcome == CAST_SKIPPED) /* even with patience: nothing was written */
        w->items[i].outcome = CAST_FAILED;
    log_set_request(d->request->id);
    d->done(d->request, &w->items[i]);
    httpd_answer(d->request);
}

/* Answers what was decided, and keeps what was skipped at the front of w->dropped. Returns how
 * many were skipped; *done holds the rest, to be used again. */
static size_t answer_all(struct writer *w, size_t n, struct dropped **done)
{
    size_t skipped = 0;
    *done = NULL;
    for (size_t i = 0; i < n; i++) {
        struct dropped *d = w->dropped[i];
        if (w->items[i].outcome == CAST_SKIPPED && d->skips < SKIPS_MAX) {
            w->dropped[skipped++] = d;
            continue;
        }
        answer(w, i);
        d->next = *done;
        *done = d;
    }
    log_set_request("");
    return skipped;
}

static void finish(struct writer *w, size_t n)
{
    struct dropped *done;
    size_t skipped = answer_all(w, n, &done);
    pthread_mutex_lock(&box.lock);
    box.casting -= (int64_t)n;
    put_back(w, skipped);
    while (done != NULL) {
        struct dropped *next = done->next;
        done->next = box.unused;
        box.unused = done;
        done = next;
    }
    if (box.waiting == 0 && box.casting == 0)
        pthread_cond_broadcast(&box.empty);
    pthread_mutex_unlock(&box.lock);
}

/* Before the answers are written: another writer begins meanwhile. */
static void leave_database(void)
{
    pthread_mutex_lock(&box.lock);
    box.busy--;
    bool wake = box.idle > 0 && worth_while();
    pthread_mutex_unlock(&box.lock);
    if (wake)
        pthread_cond_signal(&box.work);
}

static void *write_ballots(void *context)
{
    struct writer *w = context;
    size_t n;
    while ((n = next_batch(w)) > 0) {
        bool patient = n == 1 && w->dropped[0]->skips >= SKIPS_MAX;
        cast_batch(w->caster, w->items, n, patient);
        leave_database();
        finish(w, n);
    }
    return NULL;
}

/* --- for all ------------------------------------------------------------------------------ */

/* Under the lock: a struct to fill, from those used before. */
static struct dropped *unused(void)
{
    struct dropped *d = box.unused;
    if (d == NULL)
        return wm_alloc(sizeof(*d));
    box.unused = d->next;
    return d;
}

bool ballot_box_put(struct request *r, const struct cast_item *item, ballot_done *done)
{
    pthread_mutex_lock(&box.lock);
    bool room = !box.closed && box.waiting < settings.lane_size * BOX_LANES;
    if (room) {
        struct dropped *d = unused();
        *d = (struct dropped){.request = r, .done = done, .item = *item};
        *box.last = d;
        box.last = &d->next;
        box.waiting++;
    }
    bool wake = room && box.idle > 0 && (box.waiting == 1 || worth_while());
    pthread_mutex_unlock(&box.lock);
    if (wake)
        pthread_cond_signal(&box.work);
    return room;
}

static bool start_writer(struct writer *w)
{
    w->db = db_new(settings.database, "wardmote_web", "server ballot box");
    if (db_open(w->db) != DB_OK)
        return false;
    w->caster = caster_new(w->db);
    w->items = wm_alloc((size_t)settings.box_batch * sizeof(*w->items));
    w->dropped = wm_alloc((size_t)settings.box_batch * sizeof(struct dropped *));
    return pthread_create(&w->thread, NULL, write_ballots, w) == 0;
}

bool ballot_box_start(void)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&box.work, &clock);
    pthread_cond_init(&box.empty, &clock);
    pthread_condattr_destroy(&clock);
    box.last = &box.first;
    box.writers = wm_alloc((size_t)settings.box_writers * sizeof(*box.writers));
    for (; box.n_writers < settings.box_writers; box.n_writers++)
        if (!start_writer(&box.writers[box.n_writers]))
            return false;
    return true;
}

/* Closes the box, waits for it to empty, and hands back what is left at the deadline. */
static struct dropped *close_box(int seconds)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += seconds;
    pthread_mutex_lock(&box.lock);
    box.closed = true;
    while (box.waiting + box.casting > 0)
        if (pthread_cond_timedwait(&box.empty, &box.lock, &deadline) == ETIMEDOUT)
            break;
    struct dropped *left = box.first;
    box.first = NULL;
    box.last = &box.first;
    box.waiting = 0;
    box.full_closed = true;
    pthread_cond_broadcast(&box.work);
    pthread_mutex_unlock(&box.lock);
    return left;
}

static void free_all(struct dropped *d, bool answered)
{
    while (d != NULL) {
        struct dropped *next = d->next;
        if (!answered) {
            response_error(d->request, 503);
            httpd_answer(d->request);
        }
        free(d);
        d = next;
    }
}

void ballot_box_stop(int seconds)
{
    free_all(close_box(seconds), false);
    for (int64_t i = 0; i < box.n_writers; i++) {
        struct writer *w = &box.writers[i];
        pthread_join(w->thread, NULL);
        caster_free(w->caster);
        db_free(w->db);
        free(w->items);
        free(w->dropped);
    }
    free_all(box.first, false);
    free_all(box.unused, true);
    free(box.writers);
    box.writers = NULL;
    box.n_writers = 0;
}
