/* log.h: one line an event on stderr, for journald: `<6>2026-11-22T10:00:00.123Z req=4f2a… text`.
 *
 * Levels carry whose fault it is: log_bug (ours, an invariant broke), log_peer (the other party
 * misbehaved), log_warn (the surroundings: database down, disk full), log_info, log_debug.
 * A line never holds a phone number, a voting code, a choice or a cookie: pass ids only.
 * Control characters are escaped, lines are cut at 1,000 bytes. Safe from any thread. */
#ifndef WM_LOG_H
#define WM_LOG_H

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

/* Lines above `level` are dropped. Default: info. */
void log_set_level(enum log_level level);
/* The id that this thread's lines carry as req=…; copied (at most 31 characters); "" for none. */
void log_set_request(const char *id);

void log_bug(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_peer(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An invariant that must hold in production too: logs and aborts. Better a dead worker than a
 * wrong ballot. */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            log_must_failed(#condition, __FILE__, __LINE__);                                       \
    } while (0)
void log_must_failed(const char *condition, const char *file, int line) __attribute__((noreturn));

#endif
