/* count_worker.h: the thread that counts, off the request path, with a connection of its own. Every
 * server has one; a round is counted by one of them. */
#ifndef WM_COUNT_WORKER_H
#define WM_COUNT_WORKER_H

#include <stdbool.h>

/* Begins with what waits, also what a server that was killed had begun. */
bool count_worker_start(void);
/* A count that runs is broken off; it stays asked for, and the next server begins it anew. */
void count_worker_stop(void);

#endif
