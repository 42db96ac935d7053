/* httpd.h: the HTTP front: one epoll thread that reads requests, answers assets, kept pages and
 * /live itself, and hands everything else to a lane. The only part that drives libmicrohttpd. */
#ifndef WM_HTTPD_H
#define WM_HTTPD_H

#include "common/buf.h"

/* Listens on settings.listen. False with a line for the operator in `error`. */
bool httpd_start(struct buf *error);
/* Takes no new connection, and waits until every request that was read is answered, at most until
 * `deadline_us` (CLOCK_MONOTONIC). */
void httpd_quiesce(int64_t deadline_us);
/* Afterwards, when lanes and box have stopped: sends what is still to be sent, and ends. */
void httpd_stop(void);

#endif
