/* moment.h: the two clocks, in milliseconds. Any thread. */
#ifndef WM_HANDSET_MOMENT_H
#define WM_HANDSET_MOMENT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { MOMENT_TEXT_LEN = 24 }; /* "2026-11-22T10:00:00.123Z" */

int64_t moment_steady(void); /* CLOCK_MONOTONIC: for waiting */
int64_t moment_unix(void);   /* the wall clock, since 1970 UTC: for stamps */
void moment_text(int64_t unix_ms, char out[MOMENT_TEXT_LEN + 1]); /* RFC 3339, UTC */

/* A condition that waits on the steady clock, and a wait until a steady moment: false when the
 * moment has come. */
void moment_cond(pthread_cond_t *cond);
bool moment_wait(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t until);

#endif
