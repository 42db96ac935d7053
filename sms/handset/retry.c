/* retry.c: the provider's patience. Its shape is that of real ones (sms.md §1, §3): a server
 * error, 429 or a broken connection is tried again, any other refusal is final. */
#include "sms/handset/retry.h"

#include <stdbool.h>
#include <stddef.h>

int64_t retry_wait(int answer, int tries)
{
    static const int waits[] = {200, 500, 1000, 2000, 4000, 8000, 16000, 30000};
    const size_t last = sizeof waits / sizeof waits[0] - 1;
    bool temporary = answer < 0 || answer == 429 || answer >= 500;
    if (!temporary || tries >= RETRY_CALLS_MAX)
        return -1;
    size_t i = tries > 0 ? (size_t)tries - 1 : 0;
    return waits[i < last ? i : last];
}
