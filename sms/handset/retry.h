/* retry.h: when a call to the service is made again, and the timeline's groups. Pure. */
#ifndef WM_HANDSET_RETRY_H
#define WM_HANDSET_RETRY_H

#include <stdint.h>

enum { RETRY_CALLS_MAX = 25, RETRY_GROUP_IN = 1, RETRY_GROUP_OUT = 2 };

/* Milliseconds to wait after `tries` calls, the last of which ended with `answer` (a status or an
 * enum client_failure); -1 when it must not be made again. */
int64_t retry_wait(int answer, int tries);

#endif
