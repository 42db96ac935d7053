/* pledge_fields.h: a pledge's words as an officer types them: on its own page, and where a
 * resident's idea is accepted. */
#ifndef WM_SERVER_PLEDGE_FIELDS_H
#define WM_SERVER_PLEDGE_FIELDS_H

#include "server/form.h"
#include "server/store_agreement.h"

/* The fields (provider, promise, standard, measure, due); `typed`: with what was sent, else with
 * what stands in `pledge`. */
void pledge_fields(struct html *h, struct request *r, const struct form_errors *errors,
                   const struct desk_pledge *pledge, bool typed);
/* What was sent, read strictly; what is wrong is among the errors. */
struct pledge_form pledge_read(struct request *r, struct form_errors *errors);
/* A field's day as "2027-03-31" in the arena, or NULL where there is none; what is no day is an
 * error. */
const char *pledge_day(struct request *r, const char *field, struct form_errors *errors);

#endif
