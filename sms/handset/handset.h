/* handset.h: what the parts of wardmote-handset share: its settings, its state and its counters.
 *
 * The program stands in for a mobile network: it is the SMS provider that wardmote-sms talks to,
 * and it has phones on a web page. One direction word is used throughout, seen from the phone:
 * "out" is a text that a phone sends, "in" is a text that arrives on a phone. */
#ifndef WM_HANDSET_H
#define WM_HANDSET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "sms/handset/client.h"
#include "sms/handset/dialect.h"

enum {
    HANDSET_BODY_MAX = 64 * 1024, /* bytes of a request's body */
    HANDSET_ID_LEN = 47,          /* "mo-<16 hex digits>-<counter>" */
    HANDSET_SEGMENTS_IN = 6,      /* parts of a text to a phone: 918 GSM-7 characters */
    HANDSET_SEGMENTS_OUT = 10     /* parts that a phone sends */
};

struct handset_settings {
    char *listen;
    char *hook_url;
    char *hook_secret;
    char *token;
    char *sms_number;
    char *speaks;
    char *kannel_username;
    char *kannel_password;
    char *notify_key, *notify_template;
    char *twilio_account, *twilio_token;
    char *vonage_key, *vonage_secret, *vonage_signature_secret;
    char *africastalking_key;
    char *suggestions_file;
    char *service_name;
    char *log_level;
};

/* Shown by GET /api/stats under the names in stats.c. */
enum stat {
    STAT_ACCEPTED,     /* texts taken from the service */
    STAT_SHOWN,        /* texts that reached a phone, doubles included */
    STAT_DOUBLED,      /* accepted with a reference that was accepted before */
    STAT_DROPPED,      /* lost on purpose, either way */
    STAT_REFUSED,      /* answered with a fault: refuse, throttle, error */
    STAT_BAD_REQUESTS, /* the service's requests that were malformed */
    STAT_UNAUTHORISED, /* … or had a wrong token or password */
    STAT_SENT,         /* texts that a phone sent */
    STAT_TAKEN,        /* … and the service answered 2xx */
    STAT_GIVEN_UP,     /* … and the service refused, or never answered */
    STAT_RECEIPTS,     /* delivery receipts that the service answered 2xx */
    STAT_RECEIPTS_LOST,
    STAT_RETRIES, /* calls to the service made again */
    STATS
};

struct handset {
    const struct handset_settings *settings;
    struct client_url hook; /* parsed hook_url */
    enum dialect speaks;
    struct phones *phones;
    struct ledger *ledger;
    struct archive *archive;
    struct faults *faults;
    struct timeline *timeline;
    _Atomic uint64_t stats[STATS];
    _Atomic uint64_t next_id;
    char start[17];       /* random, so that ids differ between two runs */
    atomic_bool stopping; /* set once; blocking calls look at it */
};

void stats_add(struct handset *h, enum stat stat);
uint64_t stats_get(struct handset *h, enum stat stat);
const char *stats_name(enum stat stat);

/* A new id, unique across restarts: `kind`-random-counter. */
void handset_id(struct handset *h, const char *kind, char out[HANDSET_ID_LEN + 1]);

#endif
