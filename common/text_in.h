/* text_in.h: a text from a provider, into the inbox, whichever way it came (webhook, spool or
 * poll). Numbers and bodies are sealed here, before they leave the process. Any thread. */
#ifndef WM_TEXT_IN_H
#define WM_TEXT_IN_H

#include "common/db.h"

struct text_in {
    const char *provider;   /* "kannel" */
    const char *endpoint;   /* our number that was texted; at most 40 bytes */
    const char *message_id; /* the provider's; at most 200 bytes, never empty */
    const char *from;       /* as the provider writes it */
    const char *body;
    size_t body_len;          /* at most TEXT_BODY_MAX */
    int64_t sent_at;          /* the provider's word, unix microseconds; DB_NO_TIME */
    bool quarantine;          /* authentic but unreadable: kept, never processed */
    const char *provider_did; /* "stop", "start" or "help": the provider read it so and answered it;
                                 NULL: it is ours to answer */
};

enum { TEXT_BODY_MAX = 16384 };

/* What a provider said of a text, wherever it said it: a part that is missing (NULL, or empty but
 * for the endpoint and the words), too long or no UTF-8 becomes "", the words as much as fits, and
 * the text goes into quarantine. Sets body_len and quarantine. */
void text_in_fit(struct text_in *text);

/* Our number as digits: "+44…", "0044…" and "07…" alike; a short code stays as it is. */
const char *text_in_endpoint(struct arena *arena, const char *to);

/* Commits one text. `waited_ms`: how long ago it was received; 0: now. *is_new: not sent by this
 * provider before. */
enum db_outcome text_in_store(struct db *db, const struct text_in *text, int64_t waited_ms,
                              bool *is_new);

/* The same for `n` texts that came just now, in one transaction: all or none. *fresh: how many were
 * not sent by their provider before; *quarantined: how many of those are. */
enum db_outcome text_in_store_all(struct db *db, const struct text_in *const *texts, size_t n,
                                  int *fresh, int *quarantined);

/* The sealed sender and words as parameters, as the functions of the inbox take them: key, number;
 * words. `key` gets the sender's look-up key. */
void text_in_put_sender(struct db_params *p, const struct text_in *text, uint8_t key[32]);
void text_in_put_body(struct db_params *p, const struct text_in *text);
/* The words of a sealed column, at most TEXT_BODY_MAX bytes, appended; false: not sealed by us. */
bool text_in_unseal_body(const uint8_t *sealed, size_t len, struct buf *out);

#endif
