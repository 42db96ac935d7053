/* ledger.h: what the provider accepted, by the service's own reference: the last 10,000 texts.
 * A real provider has no idempotency, so a reference may stand here more than once. Any thread. */
#ifndef WM_HANDSET_LEDGER_H
#define WM_HANDSET_LEDGER_H

#include <stdbool.h>

enum { LEDGER_MAX = 10000, LEDGER_REFERENCE_LEN = 64 };

enum ledger_status { LEDGER_ACCEPTED, LEDGER_DELIVERED };

struct ledger *ledger_new(void);
void ledger_free(struct ledger *ledger);
/* Adds one; true when the reference was there already. An empty reference matches nothing. */
bool ledger_add(struct ledger *ledger, const char *id, const char *reference);
void ledger_delivered(struct ledger *ledger, const char *id);
/* Calls `each` for every text of that reference, oldest first, under the lock. */
void ledger_each(struct ledger *ledger, const char *reference,
                 void (*each)(void *context, const char *id, enum ledger_status status),
                 void *context);
const char *ledger_status_name(enum ledger_status status);

#endif
