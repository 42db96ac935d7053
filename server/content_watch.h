/* content_watch.h: the thread that hears of changed content from the database (channel `content`)
 * and tells the page cache. While its connection is down the cache is bypassed. */
#ifndef WM_CONTENT_WATCH_H
#define WM_CONTENT_WATCH_H

#include <stdbool.h>

bool content_watch_start(void);
void content_watch_stop(void);

#endif
