/* moment.c: clocks and waiting for them. */
#include "sms/handset/moment.h"

#include <errno.h>
#include <time.h>

#include "common/log.h"

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    MUST(clock_gettime(clock, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t moment_steady(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t moment_unix(void)
{
    return read_clock(CLOCK_REALTIME);
}

void moment_text(int64_t unix_ms, char out[MOMENT_TEXT_LEN + 1])
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm t;
    char whole[20];
    MUST(gmtime_r(&seconds, &t) != NULL);
    MUST(strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &t) == 19);
    MUST(snprintf(out, MOMENT_TEXT_LEN + 1, "%s.%03dZ", whole, (int)(unix_ms % 1000)) ==
         MOMENT_TEXT_LEN);
}

void moment_cond(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;
    MUST(pthread_condattr_init(&attributes) == 0);
    MUST(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
    MUST(pthread_cond_init(cond, &attributes) == 0);
    pthread_condattr_destroy(&attributes);
}

bool moment_wait(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t until)
{
    struct timespec at = {.tv_sec = (time_t)(until / 1000),
                          .tv_nsec = (long)(until % 1000) * 1000000};
    return pthread_cond_timedwait(cond, lock, &at) != ETIMEDOUT;
}
