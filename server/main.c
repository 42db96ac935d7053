/* main.c: wardmote-server: options, start order, signals, stop order. */
#include "common/log.h"
#include "common/secret.h"
#include "common/startup.h"
#include "server/ballot_box.h"
#include "server/cache.h"
#include "server/content_watch.h"
#include "server/count_worker.h"
#include "server/demo.h"
#include "server/exchange.h"
#include "server/first_officer.h"
#include "server/httpd.h"
#include "server/lanes.h"
#include "server/listen.h"
#include "server/routes_print.h"
#include "server/security_txt.h"
#include "server/settings.h"
#include "server/spool.h"
#include "server/text_box.h"
#include "server/texts_wake.h"
#include <assert.h>
#include <malloc.h>
#include <sys/resource.h>

enum { DRAIN_SECONDS = 20, HEAPS_MAX = 4, DESCRIPTORS_SPARE = 200 };

static const struct startup startup = {
    .name = "wardmote-server",
    .does = "pages, ballots, webhooks and the officers' desk",
    .table = settings_table,
    .own = {{"load-demo", 2,
             "  --load-demo DIR OUT.json\n"
             "                   fill an empty database with demonstration data, stop\n"},
            {"new-administrator", 2,
             "  --new-administrator NAME EMAIL\n"
             "                   print a set-up link for the first administrator of a service\n"
             "                   that has none, stop\n"},
            {"routes", 0,
             "  --routes         print every page: method, path, who may call it, fields; stop\n"}},
};

/* What the table cannot say about settings. */
static void check_together(struct buf *error)
{
    const char *url = settings.public_url;
    size_t len = url != NULL ? strlen(url) : 0;
    if (url == NULL || settings.listen == NULL)
        return;
    if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
        buf_str_add(error, "public_url must begin with https:// (or http:// in a demo)\n");
    else if (strchr(strstr(url, "://") + 3, '/') != NULL)
        buf_str_add(error, "public_url must be without a path and without a slash at its end\n");
    if (!settings.demo && len >= 7 && strncmp(url, "http://", 7) == 0)
        buf_str_add(error, "public_url must be https, but in a demo\n");
    if (settings.demo && !listen_is_local(settings.listen))
        buf_str_add(error, "a demo listens on this machine only: listen = 127.0.0.1:PORT\n");
    const char *problem =
        security_txt_problem(settings.security_contact, settings.security_expires);
    if (problem != NULL)
        buf_fmt(error, "%s\n", problem);
}

static void load_settings(const char *path, struct buf *error)
{
    bool good = conf_load(settings_table, settings_rows, &settings, path, error);
    check_together(error);
    if (good) {
        static_assert(sizeof settings.sms_prefix >= STARTUP_SMS_KEYWORD_MAX + 2, "with a blank");
        startup_sms_keyword(settings.sms_keyword, error);
        snprintf(settings.sms_prefix, sizeof settings.sms_prefix, "%s%s", settings.sms_keyword,
                 *settings.sms_keyword != '\0' ? " " : "");
    }
    if (good && !secret_start(settings.master_key))
        buf_str_add(error, "master_key: the file must hold 64 hexadecimal digits\n");
    if (good && settings_wrong_language(settings.languages) != NULL)
        buf_str_add(error, "languages must be of en, pl and ar-XB\n");
    if (good && !startup_log_level(settings.log_level))
        buf_str_add(error, "log_level must be err, warn, info or debug\n");
}

static bool check_schema(void)
{
    struct buf error = buf_new(1000);
    struct db *db = db_new(settings.database, "wardmote_web", "server start");
    bool good = db_check_schema(db, WM_SCHEMA_VERSION, &error) == DB_OK;
    if (!good)
        log_warn("%s", buf_str(&error));
    db_free(db);
    buf_free(&error);
    return good;
}

/* Every connection is a descriptor; the soft limit is often 1,024. */
static void raise_limits(void)
{
    struct rlimit limit;
    rlim_t want = (rlim_t)settings.connections + DESCRIPTORS_SPARE;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= want)
        return;
    limit.rlim_cur = limit.rlim_max < want ? limit.rlim_max : want;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < want)
        log_warn("only %llu open files are allowed, for %lld connections",
                 (unsigned long long)limit.rlim_cur, (long long)settings.connections);
}

/* What serves must stand before what takes requests. */
static bool start(void)
{
    struct buf error = buf_new(1000);
    cache_start(response_shared_free);
    bool good = check_schema() && ballot_box_start() && content_watch_start() &&
                texts_wake_start() && count_worker_start() && spool_start() && text_box_start() &&
                lanes_start() && httpd_start(&error);
    if (!good)
        log_warn("cannot start: %s", buf_str(&error));
    buf_free(&error);
    return good;
}

/* Architecture §4: take nothing new, answer what was taken, and only then end the front. */
static void stop(void)
{
    int64_t deadline = monotonic_us() + DRAIN_SECONDS * (int64_t)1000000;
    httpd_quiesce(deadline);
    lanes_stop(deadline);
    text_box_stop();
    int64_t left = (deadline - monotonic_us()) / 1000000;
    ballot_box_stop(left > 0 ? (int)left : 0);
    httpd_stop();
    spool_stop();
    texts_wake_stop();
    count_worker_stop();
    content_watch_stop();
    cache_stop();
    log_info("stopped");
}

int main(int argc, char **argv)
{
    struct startup_options options;
    struct startup p = startup;
    struct buf error = buf_new(1 << 16);
    sigset_t signals;
    p.rows = settings_rows;
    int status = startup_options(&p, argc, argv, &options);
    if (status >= 0)
        return status;
    if (options.own != NULL && strcmp(options.own, "routes") == 0)
        return routes_print();
    load_settings(options.config, &error);
    status = startup_settings(&p, &options, &error);
    buf_free(&error);
    if (status >= 0)
        return status;
    if (options.own != NULL && strcmp(options.own, "load-demo") == 0)
        return demo_load(options.argument[0], options.argument[1]);
    if (options.own != NULL)
        return first_officer(options.argument[0], options.argument[1]);
    mallopt(M_ARENA_MAX, HEAPS_MAX);
    raise_limits();
    startup_hold_signals(&signals);
    if (!start())
        return 1;
    startup_wait(&signals);
    stop();
    return 0;
}
