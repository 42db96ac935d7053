/* outgoing.h: texts that are no replies, on their way into the outbox: whom, from which of our
 * numbers, with which words. Sealed here, before they leave the process. The intake thread. */
#ifndef WM_SMS_OUTGOING_H
#define WM_SMS_OUTGOING_H

#include "common/db.h"
#include "common/language.h"
#include "common/phone.h"

enum { OUTGOING_MAX = 306 /* two segments of GSM-7 */, OUTGOING_FROM_MAX = 40 };

struct outgoing {
    char to[PHONE_LEN + 1]; /* "": cannot be texted */
    char from[OUTGOING_FROM_MAX + 1];
    struct buf body; /* empty: nothing to say */
};

/* A value sealed for `about`, as a string of at most `max` bytes and its end. False: not sealed by
 * us for that, or longer. */
bool outgoing_unseal(const char *about, const uint8_t *sealed, size_t len, char *out, size_t max);

/* The language that a number chose (LANG), by the database's word for it; English for none. */
enum language outgoing_language(const char *tag);

/* A text with no words yet. The number is sealed for `about`; one that is no person's is "".
 * `endpoint`: our number that the person texted, or "": then `sms_number` sends. outgoing_free. */
struct outgoing outgoing_new(const char *about, const uint8_t *sealed, size_t len,
                             const char *endpoint, const char *sms_number);
void outgoing_free(struct outgoing *o);

/* Four arrays: recipients, bodies (null where there is nobody to text or nothing to say), segments,
 * senders. */
void outgoing_put(struct db_params *p, const struct outgoing *all, int n);

#endif
