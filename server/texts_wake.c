/* texts_wake.c: a thread that sends one NOTIFY for all texts of a tenth of a second. */
#include "server/texts_wake.h"

#include "common/log.h"
#include "server/settings.h"
#include "server/store_texts.h"
#include <pthread.h>

enum { PAUSE_NS = 100 * 1000 * 1000 };

static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool came, stopping;
} wake = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* Waits for a text; false when told to stop and nothing came. */
static bool wait_for_text(void)
{
    pthread_mutex_lock(&wake.lock);
    while (!wake.came && !wake.stopping)
        pthread_cond_wait(&wake.changed, &wake.lock);
    bool came = wake.came;
    wake.came = false;
    pthread_mutex_unlock(&wake.lock);
    return came;
}

static void *run(void *unused)
{
    static const struct timespec pause = {.tv_nsec = PAUSE_NS};
    struct db *db = db_new(settings.database, "wardmote_web", "server wake");
    (void)unused;
    while (wait_for_text()) {
        if (db_open(db) != DB_OK || store_texts_notify(db) != DB_OK)
            log_warn("could not wake the SMS daemons: they will look by themselves");
        nanosleep(&pause, NULL);
    }
    db_free(db);
    return NULL;
}

bool texts_wake_start(void)
{
    return pthread_create(&wake.thread, NULL, run, NULL) == 0;
}

void texts_wake_stop(void)
{
    pthread_mutex_lock(&wake.lock);
    wake.stopping = true;
    pthread_cond_signal(&wake.changed);
    pthread_mutex_unlock(&wake.lock);
    pthread_join(wake.thread, NULL);
}

void texts_wake(void)
{
    pthread_mutex_lock(&wake.lock);
    wake.came = true;
    pthread_cond_signal(&wake.changed);
    pthread_mutex_unlock(&wake.lock);
}
