/* archive.h: what went either way, as providers list it: the last 2,000 texts. Any thread. */
#ifndef WM_HANDSET_ARCHIVE_H
#define WM_HANDSET_ARCHIVE_H

#include "sms/handset/phones.h"

enum { ARCHIVE_MAX = 2000 };

struct archived {
    enum direction direction; /* seen from the phone: out is a text to the service */
    const char *id, *from, *to, *body;
    int64_t at_ms; /* wall clock */
};

struct archive;
struct archive *archive_new(void);
void archive_free(struct archive *archive);
void archive_add(struct archive *archive, const struct archived *text); /* copies */
/* Calls `each` for every text, newest first, under the lock, until it returns false. */
void archive_each(struct archive *archive, bool (*each)(void *context, const struct archived *text),
                  void *context);

#endif
