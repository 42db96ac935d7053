/* bulk.h: texts to those who asked for them, when a round opens, is about to close, or has its
 * result. What is due, and to whom, the database says (api.sms_bulk_due); here it is worded, sealed
 * and put into the outbox, where it goes behind all replies. The intake thread. */
#ifndef WM_SMS_BULK_H
#define WM_SMS_BULK_H

#include "common/db.h"
#include "common/language.h"

enum { BULK_BATCH = 100 };

/* Takes what is due, in one transaction, at most BULK_BATCH. *due: how many were. */
enum db_outcome bulk_send(struct db *db, const char *sms_number, int *due);

/* The words for an occasion ("opened", "closing", "result"), always one segment of GSM-7: a long
 * title is cut. `closes` is a moment (say_when.h). Pure, any thread; `out` is
 * empty before, and stays so for any other occasion. */
void bulk_words(enum language in, const char *occasion, const char *title, const char *closes,
                struct buf *out);

#endif
