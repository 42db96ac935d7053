/* notices.h: texts that something else than a text gave reason to: the digits of a sign-in on the
 * web, a project that was withdrawn. Whoever has the reason writes a row of `notice` and cannot
 * seal a text; here it is worded, sealed and put into the outbox. The intake thread. */
#ifndef WM_SMS_NOTICES_H
#define WM_SMS_NOTICES_H

#include "common/db.h"
#include "common/language.h"

/* Takes what waits, in one transaction. A text goes out from the number that its person texted,
 * from `sms_number` where none is known. *queued: how many texts are in the outbox now. */
enum db_outcome notices_send(struct db *db, const char *sms_number, int *queued);

/* The words. Pure, any thread; `out` is empty before. */
void notice_digits(enum language in, const char *digits, struct buf *out);
void notice_idea(enum language in, const char *reference, struct buf *out);
void notice_withdrawn(enum language in, uint16_t project, struct buf *out);

#endif
