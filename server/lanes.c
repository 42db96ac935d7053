/* lanes.c: bounded queues and the workers that empty them. */
#include "server/lanes.h"

#include "common/log.h"
#include "server/response.h"
#include "server/settings.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

struct worker {
    pthread_t thread;
    struct lane_state *lane;
};

struct lane_state {
    const char *name, *role;
    pthread_mutex_t lock;
    pthread_cond_t work;  /* something waits, or the lane closes */
    pthread_cond_t empty; /* nothing waits any more */
    struct http_exchange *first, **last;
    int idle;                          /* workers that wait for work */
    bool closed;                       /* takes no more; workers leave when nothing waits */
    struct http_exchange *put, **next; /* I/O thread's: to be handed over */
    atomic_long places;                /* taken: reserved or waiting */
    struct worker *workers;
    int64_t n_workers;
};

static struct lane_state lane_states[LANES] = {
    [LANE_BALLOTS] = {.name = "server ballots", .role = "wardmote_web"},
    [LANE_PAGES] = {.name = "server pages", .role = "wardmote_web"},
    [LANE_DESK] = {.name = "server desk", .role = "wardmote_desk"},
};

/* --- workers ------------------------------------------------------------------------------ */

/* The next request, or NULL when the lane is closed and empty. Who leaves more behind wakes the
 * next worker, so that as many are awake as there is work for. */
static struct http_exchange *take(struct lane_state *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->first == NULL && !l->closed) {
        l->idle++;
        pthread_cond_wait(&l->work, &l->lock);
        l->idle--;
    }
    struct http_exchange *x = l->first;
    if (x != NULL) {
        l->first = x->next;
        if (l->first == NULL)
            l->last = &l->first;
        if (atomic_fetch_sub(&l->places, 1) == 1)
            pthread_cond_broadcast(&l->empty);
    }
    bool more = l->first != NULL && l->idle > 0;
    pthread_mutex_unlock(&l->lock);
    if (more)
        pthread_cond_signal(&l->work);
    return x;
}

static void *work(void *context)
{
    struct lane_state *l = ((struct worker *)context)->lane;
    struct db *db = db_new(settings.database, l->role, l->name);
    struct http_exchange *x;
    while ((x = take(l)) != NULL) {
        x->next = NULL;
        if (!httpd_answer_kept(x) && serve(x, db) == HANDLED)
            httpd_answer(&x->request);
        log_set_request("");
    }
    db_free(db);
    return NULL;
}

/* --- for all ------------------------------------------------------------------------------ */

static bool start(struct lane_state *l, int64_t workers)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->work, NULL);
    pthread_cond_init(&l->empty, &clock);
    pthread_condattr_destroy(&clock);
    l->last = &l->first;
    l->next = &l->put;
    l->workers = wm_alloc((size_t)workers * sizeof(*l->workers));
    for (; l->n_workers < workers; l->n_workers++) {
        struct worker *w = &l->workers[l->n_workers];
        w->lane = l;
        if (pthread_create(&w->thread, NULL, work, w) != 0) {
            log_warn("cannot start a thread for %s", l->name);
            return false;
        }
    }
    return true;
}

bool lanes_start(void)
{
    return start(&lane_states[LANE_BALLOTS], settings.ballot_workers) &&
           start(&lane_states[LANE_PAGES], settings.page_workers) &&
           start(&lane_states[LANE_DESK], settings.desk_workers);
}

bool lanes_reserve(enum lane lane)
{
    struct lane_state *l = &lane_states[lane];
    if (atomic_load(&l->places) >= settings.lane_size)
        return false;
    atomic_fetch_add(&l->places, 1);
    return true;
}

void lanes_put(enum lane lane, struct http_exchange *x)
{
    struct lane_state *l = &lane_states[lane];
    x->next = NULL;
    *l->next = x;
    l->next = &x->next;
}

static void refuse_all(struct lane_state *l, struct http_exchange *x)
{
    for (struct http_exchange *next; x != NULL; x = next) {
        next = x->next;
        atomic_fetch_sub(&l->places, 1);
        response_error(&x->request, 503);
        httpd_answer(&x->request);
    }
}

static void flush(struct lane_state *l)
{
    struct http_exchange *put = l->put;
    pthread_mutex_lock(&l->lock);
    bool open = !l->closed, wake = l->idle > 0;
    if (open) {
        *l->last = put;
        l->last = l->next;
    }
    pthread_mutex_unlock(&l->lock);
    l->put = NULL;
    l->next = &l->put;
    if (open && wake)
        pthread_cond_signal(&l->work);
    if (!open)
        refuse_all(l, put);
}

void lanes_flush(void)
{
    for (int i = 0; i < LANES; i++)
        if (lane_states[i].put != NULL)
            flush(&lane_states[i]);
}

/* Closes the lane and hands back what still waits at the deadline. */
static struct http_exchange *close_lane(struct lane_state *l, int64_t deadline_us)
{
    struct timespec deadline = {.tv_sec = deadline_us / 1000000,
                                .tv_nsec = deadline_us % 1000000 * 1000};
    pthread_mutex_lock(&l->lock);
    while (atomic_load(&l->places) > 0)
        if (pthread_cond_timedwait(&l->empty, &l->lock, &deadline) == ETIMEDOUT)
            break;
    struct http_exchange *left = l->first;
    l->first = NULL;
    l->last = &l->first;
    l->closed = true;
    pthread_cond_broadcast(&l->work);
    pthread_mutex_unlock(&l->lock);
    return left;
}

void lanes_stop(int64_t deadline_us)
{
    for (int i = 0; i < LANES; i++) {
        struct lane_state *l = &lane_states[i];
        refuse_all(l, close_lane(l, deadline_us));
        for (int64_t w = 0; w < l->n_workers; w++)
            pthread_join(l->workers[w].thread, NULL);
        free(l->workers);
        l->workers = NULL;
        l->n_workers = 0;
    }
}
