/* guard.h: who may call a route, and whether the browser was sent here by our own pages. */
#ifndef WM_GUARD_H
#define WM_GUARD_H

#include "server/routes.h"

/* Reads the sessions that the route knows of and enforces its `who` and `guard`. False: refused,
 * and r->response is set. */
bool guard_pass(struct request *r, struct db *db);

#endif
