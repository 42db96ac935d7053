/* dialect.h: whose wire format is spoken: in an API that is called, in a webhook that we call, and
 * so in the receipts of a text that came by either. Pure. */
#ifndef WM_HANDSET_DIALECT_H
#define WM_HANDSET_DIALECT_H

#include <stdbool.h>

enum dialect {
    DIALECT_HANDSET,
    DIALECT_KANNEL,
    DIALECT_NOTIFY,
    DIALECT_TWILIO,
    DIALECT_VONAGE,
    DIALECT_AFRICASTALKING,
    DIALECTS
};

/* False when there is no such name ("handset", "kannel", "notify", …). */
bool dialect_read(const char *name, enum dialect *out);

#endif
