/* count_worker.c: waits for counts that officers ask for, and does them. */
#include "server/count_worker.h"

#include "common/log.h"
#include "server/count_round.h"
#include "server/settings.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    LOOK_MS = 5000, /* nobody tells when another server was killed */
    RETRY_MS = 500
};

static struct {
    pthread_t thread;
    int stop_fd;
    atomic_bool stopping;
} worker = {.stop_fd = -1};

static bool stopping(void)
{
    return atomic_load(&worker.stopping);
}

/* All that waits, one after the other. False: the database went away, or something is broken. */
static bool work(struct db *db)
{
    bool worked = true;
    while (worked && !stopping()) {
        if (count_next(db, worker.stop_fd, &worked) != DB_OK)
            return stopping();
    }
    return true;
}

static void work_until_lost(struct db *db)
{
    if (db_open(db) != DB_OK || db_listen(db, "count") != DB_OK)
        return;
    while (work(db) && !stopping()) {
        bool notified;
        if (db_wait(db, LOOK_MS, worker.stop_fd, &notified) != DB_OK)
            return;
    }
}

static void *run(void *unused)
{
    struct db *db = db_new(settings.database, "wardmote_desk", "server count");
    (void)unused;
    while (!stopping()) {
        work_until_lost(db);
        if (!stopping())
            usleep(RETRY_MS * 1000);
    }
    db_free(db);
    return NULL;
}

bool count_worker_start(void)
{
    atomic_store(&worker.stopping, false);
    worker.stop_fd = eventfd(0, EFD_CLOEXEC);
    if (worker.stop_fd < 0 || pthread_create(&worker.thread, NULL, run, NULL) != 0) {
        log_warn("cannot start the thread that counts");
        return false;
    }
    return true;
}

void count_worker_stop(void)
{
    uint64_t one = 1;
    atomic_store(&worker.stopping, true);
    if (write(worker.stop_fd, &one, sizeof(one)) < 0)
        log_warn("cannot wake the thread that counts");
    pthread_join(worker.thread, NULL);
    close(worker.stop_fd);
}
