/* main.c: wardmote-server: options, start order, signals, stop order. */
#include "common/log.h"
#include "common/secret.h"
#include "server/ballot_box.h"
#include "server/cache.h"
#include "server/content_watch.h"
#include "server/demo.h"
#include "server/exchange.h"
#include "server/httpd.h"
#include "server/lanes.h"
#include "server/listen.h"
#include "server/settings.h"
#include "server/texts_wake.h"
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

enum { DRAIN_SECONDS = 20, HEAPS_MAX = 4, DESCRIPTORS_SPARE = 200 };

struct options {
    const char *config, *demo_dir, *demo_out;
    bool check_config;
};

static const char usage[] =
    "wardmote-server: pages, ballots, webhooks and the officers' desk\n\n"
    "  --config FILE            settings, as \"key = value\" lines\n"
    "  --check-config           read the settings, say what is wrong, stop\n"
    "  --load-demo DIR OUT.json fill an empty database with demonstration data, stop\n"
    "  --help, --version\n\n"
    "Settings (also from the environment, as WARDMOTE_<KEY>):\n";

static void print_help(void)
{
    struct buf text = buf_new(1 << 16);
    buf_str_add(&text, usage);
    conf_help(settings_table, settings_rows, &text);
    fputs(buf_str(&text), stdout);
    buf_free(&text);
}

/* Returns the exit status, or -1 to go on. */
static int read_options(int argc, char **argv, struct options *o)
{
    static const struct option names[] = {
        {"config", required_argument, NULL, 'c'},    {"check-config", no_argument, NULL, 'k'},
        {"load-demo", required_argument, NULL, 'd'}, {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},         {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
        if (option == 'c') {
            o->config = optarg;
        } else if (option == 'k') {
            o->check_config = true;
        } else if (option == 'd' && optind < argc) {
            o->demo_dir = optarg;
            o->demo_out = argv[optind++];
        } else if (option == 'h') {
            print_help();
            return 0;
        } else if (option == 'v') {
            puts("wardmote-server " WM_VERSION);
            return 0;
        } else {
            fputs("try --help\n", stderr);
            return 2;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "what is \"%s\"? try --help\n", argv[optind]);
        return 2;
    }
    return -1;
}

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
}

static bool load_settings(const char *path)
{
    struct buf error = buf_new(1 << 16);
    bool good = conf_load(settings_table, settings_rows, &settings, path, &error);
    check_together(&error);
    if (good && error.len == 0 && !secret_start(settings.master_key))
        buf_str_add(&error, "master_key: the file must hold 64 hexadecimal digits\n");
    good = good && error.len == 0;
    fputs(buf_str(&error), stderr);
    buf_free(&error);
    return good;
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

/* Signals wait for main; threads inherit the mask, so it is set before any starts. */
static sigset_t hold_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return set;
}

/* What serves must stand before what takes requests. */
static bool start(void)
{
    struct buf error = buf_new(1000);
    cache_start(response_shared_free);
    bool good = check_schema() && ballot_box_start() && content_watch_start() &&
                texts_wake_start() && lanes_start() && httpd_start(&error);
    if (!good)
        log_warn("cannot start: %s", buf_str(&error));
    buf_free(&error);
    return good;
}

/* Architecture §4: take nothing new, answer what was taken, and only then end the front. */
static void stop(void)
{
    int64_t deadline = monotonic_us() + DRAIN_SECONDS * (int64_t)1000000;
    log_info("stopping");
    httpd_quiesce(deadline);
    lanes_stop(deadline);
    int64_t left = (deadline - monotonic_us()) / 1000000;
    ballot_box_stop(left > 0 ? (int)left : 0);
    httpd_stop();
    texts_wake_stop();
    content_watch_stop();
    cache_stop();
    log_info("stopped");
}

int main(int argc, char **argv)
{
    struct options o = {.config = NULL};
    int signal_number = 0, status = read_options(argc, argv, &o);
    if (status >= 0)
        return status;
    if (!load_settings(o.config))
        return 1;
    log_set_level((enum log_level)settings.log_level);
    if (o.check_config) {
        puts("the settings are good");
        return 0;
    }
    if (o.demo_dir != NULL)
        return demo_load(o.demo_dir, o.demo_out);
    mallopt(M_ARENA_MAX, HEAPS_MAX);
    raise_limits();
    sigset_t signals = hold_signals();
    if (!start())
        return 1;
    do
        sigwait(&signals, &signal_number);
    while (signal_number == SIGHUP);
    stop();
    return 0;
}
