/* failpoint.c: dies at a named point, for tests. */
#include "sms/failpoint.h"
#include <signal.h>

void failpoint(const char *name)
{
    const char *wanted = getenv("WARDMOTE_FAILPOINT");

    if (wanted != NULL && strcmp(wanted, name) == 0)
        raise(SIGKILL);
}
