/* text_time.h: how SMS providers write times. Pure, any thread. */
#ifndef WM_TEXT_TIME_H
#define WM_TEXT_TIME_H

#include <stdint.h>

#define TEXT_NO_TIME INT64_MIN /* as DB_NO_TIME */

/* Unix seconds ("1795305600"), RFC 3339 in UTC ("2026-11-22T10:00:00.123Z", a space for the T and
 * no Z are fine), or RFC 5322 in UTC ("Sun, 22 Nov 2026 10:00:00 +0000"). Unix microseconds;
 * TEXT_NO_TIME for anything else and for years that no text is sent in. */
int64_t text_time(const char *text);

#endif
