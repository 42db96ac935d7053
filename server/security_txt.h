/* security_txt.h: security.txt (RFC 9116) from two settings. Pure; any thread. */
#ifndef WM_SECURITY_TXT_H
#define WM_SECURITY_TXT_H

#include <time.h>

#include "common/buf.h"

/* What is wrong with the settings, in the operator's words; NULL: nothing, or there are none.
 * `contact`: addresses with their scheme, blanks between; `expires`: a day, "2027-06-30". */
const char *security_txt_problem(const char *contact, const char *expires);

/* Appends the file. False: none is set, or its day is over at `now` (unix seconds), when it must
 * not be used any more (§2.5.5). `url` as settings.public_url. */
bool security_txt_write(struct buf *out, const char *contact, const char *expires, const char *url,
                        time_t now);

#endif
