/* run.h: what the daemon's threads share: its settings and the wish to stop. */
#ifndef WM_SMS_RUN_H
#define WM_SMS_RUN_H

#include "sms/routing.h"
#include <stdatomic.h>

struct run {
    const char *database; /* libpq's connection string; the role is ours */
    const char *sms_number;
    struct routing routing;
    bool private; /* providers may have private addresses */
    struct gateway_settings gateway_settings;
    atomic_bool stopping;
    int stop_fd;       /* readable once stopping */
    struct http *http; /* the sender's; others may http_wake it */
};

/* Thread bodies; `context` is a struct run. They return NULL when stopping, with nothing under
 * way: intake after its batch, the sender and the poller after their
 * calls (at most HTTP_TIMEOUT_S). */
void *intake_run(void *context);
void *outbox_run(void *context);
void *poller_run(void *context);

#endif
