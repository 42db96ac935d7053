/* desk_idea_view.h: an idea's page on the desk, for the page and for what is decided on it. */
#ifndef WM_SERVER_DESK_IDEA_VIEW_H
#define WM_SERVER_DESK_IDEA_VIEW_H

#include "server/request.h"
#include "server/store_desk_idea.h"

/* The reasons for a refusal that officers give most often. */
enum { DESK_IDEA_REASONS = 6 };
extern const char *const desk_idea_reasons[DESK_IDEA_REASONS];

/* The idea of a request's first segment; answers and returns NULL where there is none. */
struct idea *desk_idea_held(struct request *r, struct db *db);
/* Its page, with what is wrong in the form that was sent. */
void desk_idea_show(struct request *r, struct db *db, const struct idea *idea,
                    const struct form_errors *errors, int status);

#endif
