/* timeline.c: a list of due times and the thread that works it off. */
#include "sms/handset/timeline.h"

#include "common/buf.h"
#include "common/log.h"
#include "sms/handset/moment.h"

struct entry {
    int64_t due; /* steady ms */
    uint64_t seq;
    int group;
    struct task task;
};

struct timeline {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool started;
    bool stopping;
    uint64_t seq;
    int n;
    struct entry entries[TIMELINE_MAX + 1]; /* unsorted; one spare for the task that runs */
};

struct timeline *timeline_new(void)
{
    struct timeline *t = wm_alloc(sizeof *t);
    MUST(pthread_mutex_init(&t->lock, NULL) == 0);
    moment_cond(&t->changed);
    return t;
}

static bool before(const struct entry *a, const struct entry *b)
{
    return a->due < b->due || (a->due == b->due && a->seq < b->seq);
}

static int earliest(const struct timeline *t)
{
    int first = 0;
    for (int i = 1; i < t->n; i++)
        if (before(&t->entries[i], &t->entries[first]))
            first = i;
    return first;
}

/* Waits for the next due task and takes it out; false when it is time to stop. */
static bool take(struct timeline *t, struct entry *out)
{
    while (!t->stopping) {
        if (t->n == 0) {
            pthread_cond_wait(&t->changed, &t->lock);
            continue;
        }
        int i = earliest(t);
        if (t->entries[i].due > moment_steady()) {
            moment_wait(&t->changed, &t->lock, t->entries[i].due);
            continue;
        }
        *out = t->entries[i];
        t->entries[i] = t->entries[--t->n];
        return true;
    }
    return false;
}

static void *work(void *argument)
{
    struct timeline *t = argument;
    struct entry entry;
    pthread_mutex_lock(&t->lock);
    while (take(t, &entry)) {
        pthread_mutex_unlock(&t->lock);
        int64_t again = entry.task.run(entry.task.context);
        if (again < 0)
            entry.task.drop(entry.task.context);
        pthread_mutex_lock(&t->lock);
        if (again >= 0) {
            entry.due = moment_steady() + again;
            entry.seq = ++t->seq;
            entry.group = 0;
            t->entries[t->n++] = entry;
        }
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

void timeline_start(struct timeline *t)
{
    MUST(pthread_create(&t->thread, NULL, work, t) == 0);
    t->started = true;
}

bool timeline_put(struct timeline *t, int64_t delay_ms, int group, struct task task)
{
    pthread_mutex_lock(&t->lock);
    bool fits = t->n < TIMELINE_MAX && !t->stopping;
    if (fits) {
        t->entries[t->n++] = (struct entry){
            .due = moment_steady() + delay_ms, .seq = ++t->seq, .group = group, .task = task};
        pthread_cond_signal(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    if (!fits)
        task.drop(task.context);
    return fits;
}

void timeline_release(struct timeline *t, int group)
{
    pthread_mutex_lock(&t->lock);
    int64_t now = moment_steady();
    for (int i = 0; i < t->n; i++) {
        struct entry *entry = &t->entries[i];
        if (entry->group != group)
            continue;
        entry->due = now;
        entry->seq = ++t->seq;
        entry->group = 0;
    }
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

int timeline_waiting(struct timeline *t)
{
    pthread_mutex_lock(&t->lock);
    int n = t->n;
    pthread_mutex_unlock(&t->lock);
    return n;
}

void timeline_stop(struct timeline *t)
{
    pthread_mutex_lock(&t->lock);
    t->stopping = true;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
    if (t->started)
        MUST(pthread_join(t->thread, NULL) == 0);
    for (int i = 0; i < t->n; i++)
        t->entries[i].task.drop(t->entries[i].task.context);
    pthread_cond_destroy(&t->changed);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
