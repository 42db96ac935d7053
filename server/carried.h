/* carried.h: a form that waits while its officer proves who they are: kept in the pages between,
 * not on the server, and never with a password in it. */
#ifndef WM_CARRIED_H
#define WM_CARRIED_H

#include "server/html.h"
#include "server/request.h"

/* The fields of a request's form as one text (application/x-www-form-urlencoded, without the form's
 * token), in the arena; NULL where they cannot be carried: with a file, a password, or too long. */
const char *carried_of(struct request *r);
/* Fields of such a text, as hidden inputs. Whatever is no such text is left out. */
void carried_fields(struct html *h, struct arena *a, const char *text);

#endif
