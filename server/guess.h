/* guess.h: who tries codes: the keys under which tries are limited, and the alarm. Any thread. */
#ifndef WM_GUESS_H
#define WM_GUESS_H

#include <stdint.h>

enum { GUESS_KEY_LEN = 32, GUESS_ALARM = 200, NETWORK_LEN = 64 };

struct guess_keys {
    uint8_t address[GUESS_KEY_LEN], network[GUESS_KEY_LEN];
};

/* The network that an address is one of: its /24 (IPv4, also mapped into IPv6) or its /64, which
 * is what one customer gets (RFC 6177). What is no address stands for itself. */
void network_of(const char *address, char out[NETWORK_LEN]);
/* Keyed hashes of an address and of its network. */
void guess_keys(const char *address, struct guess_keys *out);
/* Logs that somebody may be guessing, when `wrong_in_hour` says so, once in ten minutes. */
void guess_alarm(int32_t wrong_in_hour);

#endif
