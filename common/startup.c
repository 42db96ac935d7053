/* startup.c: options, settings, log level and signals, alike for every daemon. */
#include "common/startup.h"

#include "common/log.h"
#include <getopt.h>
#include <pthread.h>

static void print_help(const struct startup *p)
{
    struct buf settings = buf_new(1 << 16), own = buf_new(4096);
    conf_help(p->table, p->rows, &settings);
    for (const struct startup_own *o = p->own; o->name != NULL; o++)
        buf_str_add(&own, o->help);
    printf("%s: %s\n\n"
           "  --config FILE    settings, as \"key = value\" lines\n"
           "  --check-config   read the settings, say what is wrong, stop\n"
           "%s"
           "  --help, --version\n\n"
           "Settings, from the file and then from WARDMOTE_<KEY>:\n%s",
           p->name, p->does, buf_str(&own), buf_str(&settings));
    buf_free(&own);
    buf_free(&settings);
}

static int wrong_option(const struct startup *p)
{
    fprintf(stderr, "%s: try --help\n", p->name);
    return 2;
}

/* Takes the arguments of an own option. False: there are too few. */
static bool take_own(const struct startup_own *own, int argc, char **argv,
                     struct startup_options *options)
{
    options->own = own->name;
    for (int i = 0; i < own->arguments; i++) {
        if (optind >= argc)
            return false;
        options->argument[i] = argv[optind++];
    }
    return true;
}

int startup_options(const struct startup *p, int argc, char **argv, struct startup_options *options)
{
    enum { OWN = 256 };
    struct option known[5 + STARTUP_OWN_MAX] = {{"config", required_argument, NULL, 'c'},
                                                {"check-config", no_argument, NULL, 'k'},
                                                {"help", no_argument, NULL, 'h'},
                                                {"version", no_argument, NULL, 'v'}};
    for (int i = 0; p->own[i].name != NULL; i++)
        known[4 + i] = (struct option){p->own[i].name, no_argument, NULL, OWN + i};
    int option;
    *options = (struct startup_options){.check = false};
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (option == 'c') {
            options->config = optarg;
        } else if (option == 'k') {
            options->check = true;
        } else if (option == 'h') {
            print_help(p);
            return 0;
        } else if (option == 'v') {
            printf("%s %s\n", p->name, WM_VERSION);
            return 0;
        } else if (option < OWN || !take_own(&p->own[option - OWN], argc, argv, options)) {
            return wrong_option(p);
        }
    }
    return optind == argc ? -1 : wrong_option(p);
}

int startup_settings(const struct startup *p, const struct startup_options *options,
                     const struct buf *error)
{
    if (error->len > 0) {
        fprintf(stderr, "%s: settings:\n%s", p->name, buf_str(error));
        return 2;
    }
    if (!options->check)
        return -1;
    puts("settings are right");
    return 0;
}

bool startup_log_level(const char *name)
{
    static const struct {
        const char *name;
        enum log_level level;
    } levels[] = {{"err", LOG_LEVEL_ERR},
                  {"warn", LOG_LEVEL_WARN},
                  {"info", LOG_LEVEL_INFO},
                  {"debug", LOG_LEVEL_DEBUG}};
    for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
        if (strcmp(levels[i].name, name) == 0) {
            log_set_level(levels[i].level);
            return true;
        }
    return false;
}

void startup_sms_keyword(const char *word, struct buf *error)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    if (strspn(word, letters) != strlen(word))
        buf_str_add(error, "sms_keyword: letters only\n");
}

void startup_hold_signals(sigset_t *held)
{
    MUST(signal(SIGPIPE, SIG_IGN) != SIG_ERR && signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    sigemptyset(held);
    sigaddset(held, SIGTERM);
    sigaddset(held, SIGINT);
    sigaddset(held, SIGHUP);
    MUST(pthread_sigmask(SIG_BLOCK, held, NULL) == 0);
}

void startup_wait(const sigset_t *held)
{
    int which = 0;
    do
        sigwait(held, &which);
    while (which == SIGHUP);
    log_info("stopping");
}
