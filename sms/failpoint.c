/* failpoint.c: dies at a named point, for tests. */
#include "sms/failpoint.h"
#include <signal.h>

void failpoint(const char *name)
{
    const char *wanted = getenv("WARDMOTE_FAILPOINT");

    if (wanted != NULL && strcmp(wanted, name) == 0)
        raise(SIGKILL);
}

void failpoint_words(const char *words)
{
    static const char prefix[] = "words:";
    const char *wanted = getenv("WARDMOTE_FAILPOINT");

    if (wanted != NULL && strncmp(wanted, prefix, sizeof prefix - 1) == 0 &&
        strstr(words, wanted + sizeof prefix - 1) != NULL)
        raise(SIGKILL);
}
