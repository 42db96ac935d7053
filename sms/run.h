/* run.h: what the daemon's threads share: its settings and the wish to stop. */
#ifndef WM_SMS_RUN_H
#define WM_SMS_RUN_H

#include "sms/routing.h"
#include <stdatomic.h>

enum { RUN_SENDERS = 2 /* one talks to the database while the other talks to the provider */ };

struct run {
    const char *database; /* libpq's connection string; the role is ours */
    const char *sms_number, *sms_own_numbers, *sms_keyword;
    struct routing routing;
    bool private; /* providers may have private addresses */
    struct gateway_settings gateway_settings;
    atomic_bool stopping;
    int stop_fd;                    /* readable once stopping */
    struct http *http[RUN_SENDERS]; /* one of each sender; others wake them with run_wake */
};

/* There may be something to send. Any thread. */
void run_wake(struct run *run);

/* Thread bodies; `context` is a struct run. They return NULL when stopping, with nothing under
 * way: intake after its batch, the senders and the poller after their
 * calls (at most HTTP_TIMEOUT_S). */
void *intake_run(void *context);
void *outbox_run(void *context);
void *poller_run(void *context);

#endif
