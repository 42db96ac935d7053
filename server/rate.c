/* rate.c: how often one address may do a thing. */
#include "server/rate.h"

#include "common/secret.h"
#include "server/guess.h"
#include <string.h>
#include <time.h>

bool rate_over(struct rate *rate, const char *address)
{
    uint8_t key[32];
    char network[NETWORK_LEN];
    struct timespec now;
    network_of(address, network);
    if (strchr(network, ':') != NULL) /* IPv6: one connection has as many addresses as it likes */
        address = network;
    secret_hmac(SECRET_ADDRESS, rate->label, address, strlen(address), key);
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t window = now.tv_sec / rate->seconds + 1;
    size_t at = ((size_t)key[0] << 8 | key[1]) % RATE_SLOTS;
    pthread_mutex_lock(&rate->lock);
    if (rate->slot[at].window != window) {
        rate->slot[at].window = window;
        rate->slot[at].times = 0;
    }
    bool over = ++rate->slot[at].times > rate->most;
    pthread_mutex_unlock(&rate->lock);
    return over;
}
