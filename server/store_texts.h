/* store_texts.h: delivery receipts from providers, into the database, and a word to the SMS
 * daemons. Texts go by common/text_in.h. */
#ifndef WM_STORE_TEXTS_H
#define WM_STORE_TEXTS_H

#include "common/language.h"
#include "server/provider_read.h"

/* Commits one receipt; status: accepted, buffered, delivered, undelivered. *known: we sent a text
 * under this reference. */
enum db_outcome store_delivery(struct db *db, const uint8_t reference[16], const char *status,
                               bool *known);
/* The same for a provider that names the text by its own id alone. */
enum db_outcome store_delivery_id(struct db *db, const char *provider, const char *id,
                                  const char *status);
/* Keeps one part of a long text. When all parts are there, in whichever order they came, appends
 * their words to `words` and sets *first_id (arena) and `sent_at` of the first; else *first_id is
 * NULL. */
enum db_outcome store_part(struct db *db, struct arena *arena, const struct text_in *text,
                           const struct text_part *part, struct buf *words, const char **first_id,
                           int64_t *sent_at);
/* What the word NEWS asks for, as it is kept with the consent of who is texted in that language; in
 * the arena. */
enum db_outcome store_news_words(struct db *db, struct arena *arena, enum language language,
                                 const char **words);
/* Wakes the SMS daemons. */
enum db_outcome store_texts_notify(struct db *db);

#endif
