/* person_view.h: what the pages about people share. */
#ifndef WM_SERVER_PERSON_VIEW_H
#define WM_SERVER_PERSON_VIEW_H

#include "server/form.h"
#include "server/store_people.h"

/* "Active", "Has not set up yet", "Deactivated" as a coloured tag. */
void person_tag(struct html *h, const char *state);
/* What somebody does, a line a role; with a button to take each away where `id` is not 0. */
void person_roles_show(struct html *h, struct request *r, const struct person_roles *roles,
                       int32_t id);

#endif
