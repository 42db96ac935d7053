/* main.c: wardmote-sms: reads its settings, starts its two threads, waits for a signal, stops. */
#include "common/db.h"
#include "common/log.h"
#include "common/secret.h"
#include "common/startup.h"
#include "sms/outbox.h"
#include "sms/run.h"
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct settings {
    char *database, *master_key, *gateway, *sms_number;
    char *kannel_url, *kannel_username, *kannel_password;
    char *handset_url, *handset_token;
    char *dlr_url, *hook_secret, *log_level;
};

#define ROW(member, kind)                                                                          \
    .key = #member, .type = CONF_##kind, .offset = offsetof(struct settings, member)

static const struct conf_row table[] = {
    {ROW(database, TEXT), .min = 1, .max = 1000, .help = "libpq's connection string"},
    {ROW(master_key, SECRET), .min = 64, .max = 64, .help = "file: 64 hexadecimal digits"},
    {ROW(gateway, TEXT), .min = 1, .max = 20, .help = "who sends: kannel or handset"},
    {ROW(sms_number, TEXT), .min = 3, .max = 16, .help = "our own number"},
    {ROW(kannel_url, TEXT), .max = 400, .initial = "http://127.0.0.1:13013",
     .help = "base of Kannel's sendsms"},
    {ROW(kannel_username, TEXT), .max = 100, .initial = "", .help = "sendsms-user"},
    {ROW(kannel_password, SECRET), .max = 200, .initial = "", .help = "file: its password"},
    {ROW(handset_url, TEXT), .max = 400, .initial = "http://127.0.0.1:8081",
     .help = "base of wardmote-handset"},
    {ROW(handset_token, SECRET), .max = 200, .initial = "", .help = "file: bearer token"},
    {ROW(dlr_url, TEXT), .min = 1, .max = 400, .initial = "http://127.0.0.1:8080/hooks/sms",
     .help = "the server's webhooks, where Kannel takes receipts"},
    {ROW(hook_secret, SECRET), .min = 1, .max = 200, .help = "file: what the webhooks ask for"},
    {ROW(log_level, TEXT), .min = 3, .max = 5, .initial = "info", .help = STARTUP_LOG_LEVEL_HELP},
};

static const struct startup startup = {
    .name = "wardmote-sms",
    .does = "takes texts from the inbox, casts their ballots, sends the replies",
    .table = table,
    .rows = sizeof table / sizeof *table,
};

static void check_base(const char *key, const char *url, struct buf *error)
{
    size_t len = strlen(url);

    if (!http_base_allowed(url) || (len > 0 && url[len - 1] == '/'))
        buf_fmt(error,
                "%s: must be https://… (or http:// to this machine), without a slash at the end, "
                "user or query\n",
                key);
}

/* They stand in a header or, for Kannel, in an address whose per cent signs Kannel expands. */
static void check_plain(const char *key, const char *secret, struct buf *error)
{
    for (const char *c = secret; *c != '\0'; c++)
        if (!((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
              *c == '-' || *c == '_')) {
            buf_fmt(error, "%s: must consist of letters, digits, - and _\n", key);
            return;
        }
}

/* What one row of the table cannot say. */
static void check_settings(const struct settings *s, struct run *run, struct buf *error)
{
    run->database = s->database;
    run->sms_number = s->sms_number;
    run->gateway = gateway_named(s->gateway);
    run->gateway_settings = (struct gateway_settings){
        .kannel_url = s->kannel_url,
        .kannel_username = s->kannel_username,
        .kannel_password = s->kannel_password,
        .handset_url = s->handset_url,
        .handset_token = s->handset_token,
        .dlr_url = s->dlr_url,
        .hook_secret = s->hook_secret,
    };
    if (run->gateway == NULL)
        buf_str_add(error, "gateway: must be kannel or handset\n");
    else if (run->gateway == &gateway_kannel) {
        check_base("kannel_url", s->kannel_url, error);
        check_base("dlr_url", s->dlr_url, error);
        check_plain("hook_secret", s->hook_secret, error);
    } else {
        check_base("handset_url", s->handset_url, error);
        check_plain("handset_token", s->handset_token, error);
    }
    if (!secret_start(s->master_key))
        buf_str_add(error, "master_key: must be 64 hexadecimal digits\n");
    if (!startup_log_level(s->log_level))
        buf_str_add(error, "log_level: must be err, warn, info or debug\n");
}

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
    pthread_t intake, sender;

    run->stop_fd = eventfd(0, EFD_CLOEXEC);
    MUST(run->stop_fd >= 0);
    run->http = http_new(OUTBOX_CALLS);
    MUST(pthread_create(&intake, NULL, intake_run, run) == 0);
    MUST(pthread_create(&sender, NULL, outbox_run, run) == 0);
    log_info("taking texts for %s", run->gateway->name);
    startup_wait(wanted);
    atomic_store(&run->stopping, true);
    MUST(eventfd_write(run->stop_fd, 1) == 0);
    http_wake(run->http);
    pthread_join(intake, NULL);
    pthread_join(sender, NULL);
    http_free(run->http);
    close(run->stop_fd);
    log_info("stopped");
}

int main(int argc, char **argv)
{
    static struct settings settings;
    static struct run run;
    struct startup_options options;
    struct buf error = buf_new(8192);
    sigset_t wanted;
    int status = startup_options(&startup, argc, argv, &options);

    if (status >= 0)
        return status;
    if (conf_load(table, startup.rows, &settings, options.config, &error))
        check_settings(&settings, &run, &error);
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
