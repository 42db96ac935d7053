/* lanes.h: the three bounded queues between the I/O thread and the workers (architecture §4), so
 * that a flood of pages or a slow password check never delays a vote. */
#ifndef WM_LANES_H
#define WM_LANES_H

#include "server/exchange.h"

/* Starts the workers, each with a connection of its own that it opens when first needed. */
bool lanes_start(void);
/* Reserves a place, so that the connection can be suspended before it is given away. False: the
 * lane is full or closed; answer 503. I/O thread. */
bool lanes_reserve(enum lane lane);
/* Puts a request into its reserved place. I/O thread. */
void lanes_put(enum lane lane, struct http_exchange *x);
/* Hands over what was put since the last time: one lock and one wake-up for all that the I/O
 * thread read in one turn. I/O thread. */
void lanes_flush(void);
/* Takes no more, gives up at `deadline_us` (CLOCK_MONOTONIC) what still waits then (503), and
 * joins the workers. */
void lanes_stop(int64_t deadline_us);

#endif
