/* outbox.h: one text on its way out, and the statements that move it. Each statement is a
 * transaction of its own: no call to a provider is ever made inside one. One thread. */
#ifndef WM_SMS_OUTBOX_H
#define WM_SMS_OUTBOX_H

#include "common/ballot.h"
#include "common/db.h"
#include "sms/routing.h"

enum { OUTBOX_CALLS = 64, OUTBOX_BODY_MAX = 4096 };

struct outbox_text {
    bool used;     /* leased by us */
    bool answered; /* the provider answered; `verdict` or `found` waits to be written */
    int64_t id, token, since;
    const struct gateway *gateway; /* who carries it, or is asked */
    int32_t attempt;               /* 0: ask what became of it, instead of sending */
    char reference[UUID_TEXT_LEN + 1];
    char to[PHONE_LEN + 1];
    char from[41];
    char body[OUTBOX_BODY_MAX];
    bool broken; /* could not be unsealed: never sent */
    int status;  /* HTTP, 0: none */
    int retry_after;
    struct gateway_verdict verdict;
    enum gateway_found found;
    char ids[GATEWAY_IDS_MAX]; /* when found: the provider's ids that may be this text's */
};

/* Leases up to `max` texts into free places of `texts` (OUTBOX_CALLS of them). Nothing may be sent
 * on this alone. Sets *n to how many. */
enum db_outcome outbox_claim(struct db *db, const struct routing *routing,
                             struct outbox_text *texts, size_t max, size_t *n);
/* Which of those leased by the last claim may be sent now, and by whom: their attempts are
 * written. The places of the others are freed. */
enum db_outcome outbox_begin(struct db *db, const struct routing *routing,
                             struct outbox_text *texts);
/* Writes what came of a call. A lost lease is no error. */
enum db_outcome outbox_finish(struct db *db, const struct outbox_text *t);
/* The same for all that were answered, in one transaction, and frees their places on DB_OK. Else
 * nothing was written, or nobody knows: it may be called again. */
enum db_outcome outbox_finish_all(struct db *db, struct outbox_text *texts);
/* Logs what operators were not told yet. */
enum db_outcome outbox_alarms(struct db *db);
/* Tells the desk that we run, and by whom we send. */
enum db_outcome outbox_here(struct db *db, const struct routing *routing);

#endif
