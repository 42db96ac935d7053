/* network.h: the mobile network: carries texts between phones and the service, with whatever
 * fault is armed, and sends delivery receipts. Any thread. */
#ifndef WM_HANDSET_NETWORK_H
#define WM_HANDSET_NETWORK_H

#include "sms/handset/archive.h"
#include "sms/handset/faults.h"
#include "sms/handset/handset.h"
#include "sms/handset/ledger.h"

/* A text from the service to a phone, already checked. Strings are copied. */
struct incoming {
    const char *number; /* E.164 */
    const char *body;
    const char *reference; /* the service's; "" where the format has none */
    const char *dlr_url;   /* Kannel's dlr-url, Twilio's StatusCallback; NULL or "": none */
    int dlr_mask;          /* Kannel's bits: 8 accepted, 1 delivered */
    enum dialect dialect;  /* of its receipts */
};

enum network_outcome {
    NETWORK_ACCEPTED,
    NETWORK_REFUSED,
    NETWORK_BLOCKED, /* the phone wants nothing from us */
    NETWORK_THROTTLED,
    NETWORK_DAILY, /* no more today */
    NETWORK_ERROR,
    NETWORK_UNAVAILABLE, /* also when too much waits */
    NETWORK_HANG,        /* accepted; the answer must never come */
    NETWORK_CLOSE,       /* accepted; close the connection without an answer */
    NETWORK_BROKEN,      /* accepted; cut the answer short */
    NETWORK_NO_ID,       /* accepted; the answer tells no id */
    NETWORK_HUGE,        /* accepted; megabytes of answer */
    NETWORK_PROXY,       /* accepted; something between us answers 502 */
    NETWORK_REDIRECT     /* not accepted; go elsewhere */
};

/* Takes one text; `id` is set when it was accepted, in whichever way. `retry_after` (seconds) is
 * set for NETWORK_THROTTLED. */
enum network_outcome network_take(struct handset *h, const struct incoming *text,
                                  char id[HANDSET_ID_LEN + 1], int *retry_after);

/* Sends one text from a phone, already checked; it is on the phone's screen at once. Calls that
 * fail by 5xx, 429 or a broken connection are made again after 0.2, 0.5, 1, 2, 4, 8, 16 s and
 * then every 30 s, 25 calls in all. */
void network_send(struct handset *h, const char *from, const char *to, const char *body,
                  char id[HANDSET_ID_LEN + 1]);

#endif
