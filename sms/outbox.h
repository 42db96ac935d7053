/* outbox.h: one text on its way out, and the statements that move it. Each statement is a
 * transaction of its own: no call to a provider is ever made inside one. One thread. */
#ifndef WM_SMS_OUTBOX_H
#define WM_SMS_OUTBOX_H

#include "common/ballot.h"
#include "common/db.h"
#include "sms/gateway.h"

enum { OUTBOX_CALLS = 8, OUTBOX_BODY_MAX = 4096 };

struct outbox_text {
    bool used;     /* leased by us */
    bool answered; /* the provider answered; `verdict` or `found` waits to be written */
    int64_t id, token;
    int32_t attempt; /* 0: ask what became of it, instead of sending */
    char reference[UUID_TEXT_LEN + 1];
    char to[PHONE_LEN + 1];
    char from[41];
    char body[OUTBOX_BODY_MAX];
    bool broken; /* could not be unsealed: never sent */
    int status;  /* HTTP, 0: none */
    int retry_after;
    struct gateway_verdict verdict;
    enum gateway_found found;
};

/* Leases up to `max` texts into free places of `texts` (OUTBOX_CALLS of them), with the attempt
 * row written. Sets *n to how many. */
enum db_outcome outbox_claim(struct db *db, const struct gateway *gateway,
                             struct outbox_text *texts, size_t max, size_t *n);
/* Writes what came of a call and frees the place (on DB_OK). A lost lease is no error. */
enum db_outcome outbox_finish(struct db *db, const struct gateway *gateway, struct outbox_text *t);

#endif
