/* main.c: wardmote-sms: reads its settings, starts its threads, waits for a signal, stops. */
#include "common/db.h"
#include "common/log.h"
#include "common/startup.h"
#include "sms/outbox.h"
#include "sms/settings.h"
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

static struct startup startup = {
    .name = "wardmote-sms",
    .does = "takes texts from the inbox, casts their ballots, sends the replies",
    .table = sms_settings_table,
};

/* Waits for the database, but not for a schema that this program does not know. */
static bool schema_is_ours(const char *database)
{
    struct db *db = db_new(database, "wardmote_sms", "wardmote-sms");
    struct buf error = buf_new(1024);
    enum db_outcome outcome = DB_LOST;

    for (int i = 0; i < 30 && outcome == DB_LOST; i++) {
        if (i > 0)
            sleep(1);
        buf_clear(&error);
        outcome = db_check_schema(db, WM_SCHEMA_VERSION, &error);
    }
    if (outcome != DB_OK)
        log_warn("%s", buf_str(&error));
    buf_free(&error);
    db_free(db);
    return outcome == DB_OK;
}

static void run_until_told(struct run *run, const sigset_t *wanted)
{
    pthread_t intake, sender, poller;

    run->stop_fd = eventfd(0, EFD_CLOEXEC);
    MUST(run->stop_fd >= 0);
    for (int i = 0; i < RUN_SENDERS; i++)
        run->http[i] = http_new(OUTBOX_CALLS, run->private);
    MUST(pthread_create(&intake, NULL, intake_run, run) == 0);
    MUST(pthread_create(&sender, NULL, outbox_run, run) == 0);
    MUST(pthread_create(&poller, NULL, poller_run, run) == 0);
    log_info("taking texts for %s", run->routing.routes[0].names);
    startup_wait(wanted);
    atomic_store(&run->stopping, true);
    MUST(eventfd_write(run->stop_fd, 1) == 0);
    run_wake(run);
    pthread_join(intake, NULL);
    pthread_join(sender, NULL);
    pthread_join(poller, NULL);
    for (int i = 0; i < RUN_SENDERS; i++)
        http_free(run->http[i]);
    close(run->stop_fd);
    log_info("stopped");
}

int main(int argc, char **argv)
{
    static struct sms_settings settings;
    static struct run run;
    struct startup_options options;
    struct buf error = buf_new(8192);
    sigset_t wanted;
    int status;

    startup.rows = sms_settings_rows;
    status = startup_options(&startup, argc, argv, &options);
    if (status >= 0)
        return status;
    if (conf_load(sms_settings_table, sms_settings_rows, &settings, options.config, &error))
        sms_settings_check(&settings, &run, &error);
    status = startup_settings(&startup, &options, &error);
    buf_free(&error);
    if (status >= 0)
        return status;
    startup_hold_signals(&wanted);
    if (!schema_is_ours(settings.database))
        return 1;
    run_until_told(&run, &wanted);
    return 0;
}
