/* content_watch.c: LISTENs on channel `content` for the page cache and what every page says. */
#include "server/content_watch.h"

#include "common/db.h"
#include "common/log.h"
#include "server/cache.h"
#include "server/settings.h"
#include "server/site.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { WAIT_MS = 30000, RETRY_MS = 500 };

static struct {
    pthread_t thread;
    int wake_fd;
    atomic_bool stopping;
} watch = {.wake_fd = -1};

/* From LISTEN's commit on every change is heard, so what is rendered from here on may be kept. */
static void listen_until_lost(struct db *db)
{
    if (db_open(db) != DB_OK || db_listen(db, "content") != DB_OK)
        return;
    site_refresh(db);
    cache_raise();
    for (;;) {
        bool notified = false;
        enum db_outcome outcome = db_wait(db, WAIT_MS, watch.wake_fd, &notified);
        if (atomic_load(&watch.stopping) || outcome != DB_OK)
            break;
        if (!notified)
            continue;
        site_refresh(db);
        cache_raise();
    }
    cache_bypass();
}

static void *run(void *unused)
{
    struct db *db = db_new(settings.database, "wardmote_web", "server content");
    (void)unused;
    while (!atomic_load(&watch.stopping)) {
        listen_until_lost(db);
        if (!atomic_load(&watch.stopping))
            usleep(RETRY_MS * 1000);
    }
    db_free(db);
    return NULL;
}

bool content_watch_start(void)
{
    atomic_store(&watch.stopping, false);
    watch.wake_fd = eventfd(0, EFD_CLOEXEC);
    if (watch.wake_fd < 0 || pthread_create(&watch.thread, NULL, run, NULL) != 0) {
        log_warn("cannot start the thread that watches content");
        return false;
    }
    return true;
}

void content_watch_stop(void)
{
    uint64_t one = 1;
    atomic_store(&watch.stopping, true);
    if (write(watch.wake_fd, &one, sizeof(one)) < 0)
        log_warn("cannot wake the thread that watches content");
    pthread_join(watch.thread, NULL);
    close(watch.wake_fd);
}
