/* rate.h: how often one address may do a thing that costs us something. In memory: a limit of this
 * process, which keeps one address from keeping workers busy; limits that decide who may vote are
 * the database's. Addresses share a slot by chance, which only makes it stricter. Any thread. */
#ifndef WM_SERVER_RATE_H
#define WM_SERVER_RATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { RATE_SLOTS = 4096 };

struct rate {
    const char *label; /* what is limited: keeps the slots of two limits apart */
    int seconds, most; /* so many in so many seconds */
    pthread_mutex_t lock;
    struct {
        int64_t window;
        int times;
    } slot[RATE_SLOTS];
};
#define RATE(what, n, in_seconds)                                                                  \
    {                                                                                              \
        .label = (what), .seconds = (in_seconds), .most = (n), .lock = PTHREAD_MUTEX_INITIALIZER   \
    }

/* Counts one more time; true when that is too many. IPv6 is counted by its first 64 bits. */
bool rate_over(struct rate *rate, const char *address);

#endif
