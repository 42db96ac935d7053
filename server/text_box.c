/* text_box.c: a bounded queue of texts, and the writer that keeps all that wait at once. */
#include "server/text_box.h"

#include "common/log.h"
#include "server/exchange.h"
#include "server/response.h"
#include "server/settings.h"
#include "server/spool.h"
#include "server/texts_wake.h"
#include <pthread.h>

enum {
    BATCH = 256,
    BOX_LANES = 4 /* the box holds so many times settings.lane_size */
};

/* Lives in its request's arena. */
struct waiting {
    struct waiting *next;
    struct request *request;
    struct text_in text;
};

static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work; /* something waits, or the box closes */
    struct waiting *first, **last;
    int64_t n;
    bool idle, closed;
} box = {.lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER};

static void answer(struct waiting *w, bool kept)
{
    struct request *r = w->request;
    log_set_request(r->id);
    if (kept)
        response_text(r, 200, "");
    else
        response_error(r, 503);
    httpd_answer(r);
    log_set_request("");
}

static void answer_all(struct waiting *const *batch, size_t n, bool kept)
{
    for (size_t i = 0; i < n; i++)
        answer(batch[i], kept);
}

static void into_spool(struct waiting *const *batch, size_t n)
{
    for (size_t i = 0; i < n; i++)
        answer(batch[i], spool_add(&batch[i]->text));
}

static enum db_outcome into_inbox(struct db *db, struct waiting *const *batch, size_t n)
{
    const struct text_in *texts[BATCH];
    int fresh = 0, quarantined = 0;
    for (size_t i = 0; i < n; i++)
        texts[i] = &batch[i]->text;
    enum db_outcome outcome = text_in_store_all(db, texts, n, &fresh, &quarantined);
    if (quarantined > 0)
        log_peer("unreadable texts kept in quarantine: %d", quarantined);
    if (fresh > quarantined)
        texts_wake();
    return outcome;
}

/* What the database will not have is found half by half, and fails alone. */
static void keep(struct db *db, struct waiting *const *batch, size_t n)
{
    enum db_outcome outcome = spool_waits() ? DB_LOST : into_inbox(db, batch, n);
    switch (outcome) {
    case DB_OK:
        answer_all(batch, n, true);
        return;
    case DB_LOST:
        into_spool(batch, n);
        return;
    case DB_RETRY:
    case DB_REFUSED:
        if (n == 1) {
            answer(batch[0], false);
            return;
        }
        keep(db, batch, n / 2);
        keep(db, batch + n / 2, n - n / 2);
    }
}

/* Waits for texts; 0 when the box is closed and empty. */
static size_t next_batch(struct waiting **batch)
{
    size_t n = 0;
    pthread_mutex_lock(&box.lock);
    while (box.first == NULL && !box.closed) {
        box.idle = true;
        pthread_cond_wait(&box.work, &box.lock);
        box.idle = false;
    }
    for (; box.first != NULL && n < BATCH; box.first = box.first->next)
        batch[n++] = box.first;
    if (box.first == NULL)
        box.last = &box.first;
    box.n -= (int64_t)n;
    pthread_mutex_unlock(&box.lock);
    return n;
}

static void *run(void *unused)
{
    struct waiting *batch[BATCH];
    struct db *db = db_new(settings.database, "wardmote_web", "server text box");
    (void)unused;
    for (size_t n; (n = next_batch(batch)) > 0;)
        keep(db, batch, n);
    db_free(db);
    return NULL;
}

bool text_box_start(void)
{
    box.last = &box.first;
    return pthread_create(&box.thread, NULL, run, NULL) == 0;
}

bool text_box_put(struct request *r, const struct text_in *text)
{
    struct waiting *w = arena_alloc(&r->arena, sizeof *w);
    *w = (struct waiting){.request = r, .text = *text};
    pthread_mutex_lock(&box.lock);
    bool room = !box.closed && box.n < settings.lane_size * BOX_LANES;
    if (room) {
        *box.last = w;
        box.last = &w->next;
        box.n++;
    }
    bool wake = room && box.idle;
    pthread_mutex_unlock(&box.lock);
    if (wake)
        pthread_cond_signal(&box.work);
    return room;
}

void text_box_stop(void)
{
    pthread_mutex_lock(&box.lock);
    box.closed = true;
    pthread_cond_signal(&box.work);
    pthread_mutex_unlock(&box.lock);
    pthread_join(box.thread, NULL);
}
