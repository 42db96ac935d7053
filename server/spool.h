/* spool.h: texts that came while the database was away: one file, appended to and synchronised
 * before the provider is answered, sealed as inbox rows are, and read into the database in order
 * when that is back. While anything lies there later texts queue behind it, so that a sender's
 * texts keep their order. Any thread. */
#ifndef WM_SPOOL_H
#define WM_SPOOL_H

#include "common/text_in.h"

/* Opens the file named by the setting spool_file and starts the thread that drains it; true and
 * nothing when the setting is empty. False, with a line in the log, when it cannot be used. */
bool spool_start(void);
void spool_stop(void);
/* True when texts wait there: a later one must be put behind them. */
bool spool_waits(void);
/* Appends a text. True only when it is on the disk; false: no spool, full, or the disk failed. */
bool spool_add(const struct text_in *text);

#endif
