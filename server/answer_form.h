/* answer_form.h: what a provider answers for a pledge, as a form: on the desk and on the provider's
 * private page. */
#ifndef WM_SERVER_ANSWER_FORM_H
#define WM_SERVER_ANSWER_FORM_H

#include "server/form.h"
#include "server/store_agreement.h"

/* The fields (answer, new_promise, why, who), with what was typed where `errors` has any. */
void answer_fields(struct html *h, const struct request *r, const struct form_errors *errors,
                   const struct desk_pledge *pledge);
struct pledge_answer answer_read(const struct request *r);
/* What pledge_answer (SQL) says to it, beside the field. False: it is none of its refusals. */
bool answer_refused(enum language language, const char *word, struct form_errors *errors);

#endif
