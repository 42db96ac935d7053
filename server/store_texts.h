/* store_texts.h: texts and delivery receipts from providers, into the database. Numbers and bodies
 * are sealed here, before they leave the process. */
#ifndef WM_STORE_TEXTS_H
#define WM_STORE_TEXTS_H

#include "common/db.h"

struct text_in {
    const char *provider;   /* "kannel" */
    const char *endpoint;   /* our number that was texted; at most 40 bytes */
    const char *message_id; /* the provider's; at most 200 bytes, never empty */
    const char *from;       /* as the provider writes it */
    const char *body;
    size_t body_len; /* at most TEXT_BODY_MAX */
    int64_t sent_at; /* the provider's word, unix microseconds; DB_NO_TIME */
    bool quarantine; /* authentic but unreadable: kept, never processed */
};

enum { TEXT_BODY_MAX = 16384 };

/* Commits one text. *is_new: not sent by this provider before. */
enum db_outcome store_text_in(struct db *db, const struct text_in *text, bool *is_new);
/* Commits one receipt; status: accepted, buffered, delivered, undelivered. *known: we sent a text
 * under this reference. */
enum db_outcome store_delivery(struct db *db, const uint8_t reference[16], const char *status,
                               bool *known);
/* Wakes the SMS daemons. */
enum db_outcome store_texts_notify(struct db *db);

#endif
