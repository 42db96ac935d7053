/* guard.h: who may call a route, and whether the browser was sent here by our own pages. */
#ifndef WM_GUARD_H
#define WM_GUARD_H

#include "server/routes.h"

/* A page marked PROVEN opens within GUARD_PROVEN_SECONDS of password and authenticator; what is
 * filled in on it may come until GUARD_FORM_SECONDS. What comes later is carried through the proof
 * (carried.h). */
enum { GUARD_PROVEN_SECONDS = 10 * 60, GUARD_FORM_SECONDS = 30 * 60 };

/* Reads the sessions that the route knows of and enforces its `who` and `guard`. False: refused,
 * and r->response is set. */
bool guard_pass(struct request *r, struct db *db);

#endif
