/* inquiry.h: texts that ask about projects and results; they change nothing but where a list was
 * left. */
#ifndef WM_SMS_INQUIRY_H
#define WM_SMS_INQUIRY_H

#include "sms/inbox_look.h"

/* True for LIST, MORE, INFO and RESULT. */
bool inquiry_is(const struct inbox_text *t);
/* Inside the second transaction: words the reply and sets the outcome. */
enum db_outcome inquiry_answer(struct db *db, struct inbox_batch *b, struct inbox_text *t);

#endif
