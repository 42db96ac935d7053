/* offer.h: OFFER 1275 I can lend a van, and the AGREE without which nobody may call. What is
 * offered goes to the ward's officers as it was typed; it is in no log and no reply. */
#ifndef WM_SMS_OFFER_H
#define WM_SMS_OFFER_H

#include "sms/inbox.h"

enum { OFFER_WORDS_MAX = 300 }; /* characters */

/* True for OFFER and AGREE. */
bool offer_is(const struct inbox_text *t);
/* Inside the second transaction: keeps the offer or sends it, words the reply, sets the outcome. */
enum db_outcome offer_answer(struct db *db, struct inbox_text *t);

/* What a body offers from byte `at` on: its characters, whatever is no UTF-8 left out, runs of
 * blanks and control characters one space, without marks before it. Returns how many characters; 0:
 * nothing that says anything. Pure, any thread. */
size_t offer_words(const char *body, size_t len, size_t at, struct buf *out);

#endif
