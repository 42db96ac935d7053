/* judge.h: the second transaction of intake: what a batch of texts means, cast and answered. */
#ifndef WM_SMS_JUDGE_H
#define WM_SMS_JUDGE_H

#include "common/cast.h"
#include "sms/inbox.h"

/* Inside an open transaction: holds the texts, casts their ballots, words the replies, writes
 * both. DB_OK: commit to make it true. May be called again for the same batch after a rollback. */
enum db_outcome judge_batch(struct db *db, struct caster *caster, struct inbox_batch *b,
                            const char *sms_number, int *replies);

#endif
