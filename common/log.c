/* log.c: writes one escaped line an event to stderr, in a single write, for journald. */
#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1000, TEXT_MAX_BYTES = 1000, REQUEST_MAX = 32 };

static atomic_int threshold = LOG_LEVEL_INFO;
static _Thread_local char request[REQUEST_MAX];

/* One line under construction; two bytes stay free for the newline and a NUL. */
struct line {
    char bytes[LINE_MAX_BYTES + 2];
    size_t len;
    bool full;
};

void log_set_level(enum log_level level)
{
    atomic_store(&threshold, (int)level);
}

void log_set_request(const char *id)
{
    size_t len = strnlen(id, sizeof(request) - 1);
    memcpy(request, id, len);
    request[len] = '\0';
}

/* All or nothing, so that an escape or a character is never cut in the middle. */
static void put(struct line *line, const char *bytes, size_t len)
{
    if (line->full || len > LINE_MAX_BYTES - line->len) {
        line->full = true;
        return;
    }
    memcpy(line->bytes + line->len, bytes, len);
    line->len += len;
}

static size_t utf8_length(unsigned char first)
{
    if (first >= 0xF0)
        return 4;
    if (first >= 0xE0)
        return 3;
    return first >= 0xC0 ? 2 : 1;
}

/* Control characters would let a peer forge lines or drive a terminal. */
static void put_escaped(struct line *line, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    while (*text != '\0') {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7F) {
            const char escape[4] = {'\\', 'x', digits[c >> 4], digits[c & 15]};
            put(line, escape, sizeof(escape));
            text++;
        } else {
            size_t len = strnlen(text, utf8_length(c));
            put(line, text, len);
            text += len;
        }
    }
}

static void put_time(struct line *line)
{
    struct timespec now;
    struct tm utc;
    char text[48];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    int len = snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ ",
                       utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
                       utc.tm_sec, now.tv_nsec / 1000000);
    if (len > 0)
        put(line, text, (size_t)len);
}

/* A failing stderr has nobody left to be told. */
static void write_out(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(STDERR_FILENO, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        bytes += n;
        len -= (size_t)n;
    }
}

static void emit(enum log_level level, const char *fault, const char *text)
{
    struct line line = {.len = 0, .full = false};
    const char priority[3] = {'<', (char)('0' + (int)level), '>'};
    int saved = errno;
    put(&line, priority, sizeof(priority));
    put_time(&line);
    if (request[0] != '\0') {
        put(&line, "req=", 4);
        put_escaped(&line, request);
        put(&line, " ", 1);
    }
    put(&line, fault, strlen(fault));
    put_escaped(&line, text);
    line.bytes[line.len++] = '\n';
    write_out(line.bytes, line.len);
    errno = saved;
}

static void __attribute__((format(printf, 3, 0)))
say(enum log_level level, const char *fault, const char *format, va_list args)
{
    char text[TEXT_MAX_BYTES + 1];
    if ((int)level > atomic_load(&threshold))
        return;
    if (vsnprintf(text, sizeof(text), format, args) >= 0)
        emit(level, fault, text);
}

void log_bug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_LEVEL_ERR, "bug: ", format, args);
    va_end(args);
}

void log_peer(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_LEVEL_WARN, "peer: ", format, args);
    va_end(args);
}

void log_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_LEVEL_WARN, "", format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_LEVEL_INFO, "", format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_LEVEL_DEBUG, "", format, args);
    va_end(args);
}

void log_must_failed(const char *condition, const char *file, int line)
{
    log_bug("%s:%d: must hold: %s", file, line, condition);
    abort();
}
