/* texts_wake.h: wakes the SMS daemons when texts came in, at most every 100 ms: each NOTIFY holds
 * a lock that all commits queue behind (architecture §4). A hint only; they look by themselves. */
#ifndef WM_TEXTS_WAKE_H
#define WM_TEXTS_WAKE_H

#include <stdbool.h>

bool texts_wake_start(void);
void texts_wake_stop(void);
/* A text was committed. Any thread; returns at once. */
void texts_wake(void);

#endif
