/* guess.c: who tries codes, and when to say that somebody may be guessing. */
#include "server/guess.h"

#include "common/log.h"
#include "common/secret.h"
#include <arpa/inet.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ALARM_EVERY_S = 600 };

void network_of(const char *address, char out[NETWORK_LEN])
{
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    uint8_t a[16];
    if (inet_pton(AF_INET, address, a) == 1)
        snprintf(out, NETWORK_LEN, "%u.%u.%u.0/24", a[0], a[1], a[2]);
    else if (inet_pton(AF_INET6, address, a) != 1)
        snprintf(out, NETWORK_LEN, "%s", address);
    else if (memcmp(a, mapped, sizeof mapped) == 0)
        snprintf(out, NETWORK_LEN, "%u.%u.%u.0/24", a[12], a[13], a[14]);
    else
        snprintf(out, NETWORK_LEN, "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", a[0], a[1], a[2],
                 a[3], a[4], a[5], a[6], a[7]);
}

void guess_keys(const char *address, struct guess_keys *out)
{
    char network[NETWORK_LEN];
    network_of(address, network);
    secret_hmac(SECRET_ADDRESS, "code", address, strlen(address), out->address);
    secret_hmac(SECRET_ADDRESS, "network", network, strlen(network), out->network);
}

void guess_alarm(int32_t wrong_in_hour)
{
    static atomic_llong said; /* seconds on the monotonic clock; 0: never */
    struct timespec now;
    if (wrong_in_hour < GUESS_ALARM)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long last = atomic_load(&said), at = (long long)now.tv_sec + 1;
    if ((last == 0 || at - last >= ALARM_EVERY_S) &&
        atomic_compare_exchange_strong(&said, &last, at))
        log_warn("alarm: %s%d wrong codes were tried in the last hour: somebody may be guessing",
                 wrong_in_hour >= 1000 ? "at least " : "", (int)wrong_in_hour);
}
