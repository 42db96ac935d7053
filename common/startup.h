/* startup.h: what every daemon does before its first thread: options, settings, log level,
 * signals. Main thread only. */
#ifndef WM_STARTUP_H
#define WM_STARTUP_H

#include "common/conf.h"
#include <signal.h>

enum { STARTUP_OWN_MAX = 4, STARTUP_ARGUMENTS_MAX = 2 };

struct startup {
    const char *name; /* "wardmote-sms" */
    const char *does; /* for --help: one sentence */
    const struct conf_row *table;
    size_t rows;
    /* Options of this program alone, each with its own number of arguments; NULL ends them. */
    struct startup_own {
        const char *name; /* "load-demo" */
        int arguments;    /* 0 to STARTUP_ARGUMENTS_MAX */
        const char *help; /* its line in --help */
    } own[STARTUP_OWN_MAX + 1];
};

struct startup_options {
    const char *config; /* or NULL */
    bool check;         /* --check-config: read the settings, say what is wrong, stop */
    const char *own;    /* the own option that was given, or NULL */
    const char *argument[STARTUP_ARGUMENTS_MAX]; /* of it */
};

/* Reads --config FILE, --check-config, --help, --version and the own option. Returns the exit
 * status when that was all (0), or when something is wrong (2, and said so); -1 to go on. */
int startup_options(const struct startup *p, int argc, char **argv,
                    struct startup_options *options);

/* After the settings were read, with what is wrong about them in `error`, a line each: returns
 * the exit status when they are wrong (2, and said so) or only checked (0); -1 to go on. */
int startup_settings(const struct startup *p, const struct startup_options *options,
                     const struct buf *error);

/* Sets the level of log lines by name: err, warn, info or debug. False for another name. */
bool startup_log_level(const char *name);
#define STARTUP_LOG_LEVEL_HELP "err, warn, info (every request) or debug"

/* The word that begins every text to a number that several services share: both daemons must know
 * the same one. No longer than lets every reply keep to two segments. Says in `error` what is wrong
 * with it. */
enum { STARTUP_SMS_KEYWORD_MAX = 11 };
void startup_sms_keyword(const char *word, struct buf *error);
#define STARTUP_SMS_KEYWORD_HELP                                                                   \
    "word that begins texts to a number that services share, like YORK; empty: none"

/* Ignores SIGPIPE and SIGXFSZ (a write past a limit fails like one to a full disk) and blocks
 * SIGTERM, SIGINT and SIGHUP for this thread and those it starts. */
void startup_hold_signals(sigset_t *held);
/* Waits until one of the held signals says stop; SIGHUP does not. */
void startup_wait(const sigset_t *held);

#endif
