/* dialect.c: the names of the wire formats. */
#include "sms/handset/dialect.h"

#include <string.h>

static const char *const names[DIALECTS] = {
    [DIALECT_HANDSET] = "handset", [DIALECT_KANNEL] = "kannel",
    [DIALECT_NOTIFY] = "notify",   [DIALECT_TWILIO] = "twilio",
    [DIALECT_VONAGE] = "vonage",   [DIALECT_AFRICASTALKING] = "africastalking",
};

bool dialect_read(const char *name, enum dialect *out)
{
    for (int i = 0; i < DIALECTS; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (enum dialect)i;
            return true;
        }
    return false;
}
