/* store_texts.h: delivery receipts from providers, into the database, and a word to the SMS
 * daemons. Texts go by common/text_in.h. */
#ifndef WM_STORE_TEXTS_H
#define WM_STORE_TEXTS_H

#include "common/db.h"

/* Commits one receipt; status: accepted, buffered, delivered, undelivered. *known: we sent a text
 * under this reference. */
enum db_outcome store_delivery(struct db *db, const uint8_t reference[16], const char *status,
                               bool *known);
/* The same for a provider that names the text by its own id alone. */
enum db_outcome store_delivery_id(struct db *db, const char *provider, const char *id,
                                  const char *status);
/* Wakes the SMS daemons. */
enum db_outcome store_texts_notify(struct db *db);

#endif
