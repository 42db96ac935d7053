/* phones.h: the phones and what is on their screens, in memory: the last 500 phones with their
 * last 200 texts each; the oldest go first. Any thread. */
#ifndef WM_HANDSET_PHONES_H
#define WM_HANDSET_PHONES_H

#include <stddef.h>

#include "common/buf.h"
#include "common/phone.h"
#include "sms/gsm7.h"
#include "sms/handset/handset.h"

enum { PHONES_MAX = 500, PHONES_TEXTS_MAX = 200 };

enum direction { DIRECTION_OUT, DIRECTION_IN }; /* seen from the phone */

enum text_state {
    TEXT_SENDING,   /* out: not yet taken by the service */
    TEXT_SENT,      /* out: the service answered 2xx */
    TEXT_LOST,      /* out: dropped by a misbehaving network */
    TEXT_FAILED,    /* out: refused, or given up */
    TEXT_ACCEPTED,  /* in: on the phone, its receipt not sent (yet) */
    TEXT_DELIVERED, /* in: on the phone, receipt on its way */
    TEXT_STATES
};

struct text {
    uint64_t seq; /* unique, ascending, also across restarts */
    char id[HANDSET_ID_LEN + 1];
    enum direction direction;
    enum text_state state;
    int tries;  /* out: calls made to the service so far */
    int answer; /* out: status of the last one, or an enum client_failure */
    int64_t at_ms;
    struct text_size size;
    char body[]; /* UTF-8 */
};

struct phones *phones_new(void);
void phones_free(struct phones *phones);

/* Adds a text at the end of a phone's conversation, making the phone if it is new. */
void phones_add(struct phones *phones, const char *number, enum direction direction,
                enum text_state state, const char *id, const char *body);
/* Changes the state of every text of that id on that phone; quietly nothing if it is gone. */
void phones_set(struct phones *phones, const char *number, const char *id, enum text_state state,
                int tries, int answer);

/* Calls `each` for every text, oldest first, under the lock: it may only write to `context`.
 * Returns the conversation's version (0: no such phone), which grows with every change. */
uint64_t phones_each(struct phones *phones, const char *number,
                     void (*each)(void *context, const struct text *text), void *context);
/* Waits until the conversation's version is above `after`, at most `wait_ms`. */
void phones_wait(struct phones *phones, const char *number, uint64_t after, int wait_ms);
/* Calls `each` with every number, most recently active first. */
void phones_list(struct phones *phones, void (*each)(void *context, const char *number),
                 void *context);
/* How many phones and texts there are. */
void phones_size(struct phones *phones, size_t *numbers, size_t *texts);
/* Ends all waits, now and later. */
void phones_stop(struct phones *phones);

const char *text_state_name(enum text_state state);
/* What stands under a bubble: "2 texts · 170 characters · delivered". */
void text_meta(const struct text *text, struct buf *out);

#endif
