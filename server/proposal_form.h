/* proposal_form.h: a proposal of a draft round as officers write it, in a form or in a row of a
 * file: drawn, read and checked in one place. Any thread; texts live as long as the request. */
#ifndef WM_PROPOSAL_FORM_H
#define WM_PROPOSAL_FORM_H

#include "server/form.h"
#include "server/store_desk_round.h"

enum { PROPOSAL_TITLE_MAX = 120 };

/* As typed; every text non-NULL. `pot` is an ordinal, `cost` in pounds. */
struct typed_proposal {
    const char *title, *short_name, *summary, *body, *place, *proposer, *pot, *cost, *exclusion,
        *theme, *at;
};

/* The form's fields, with what was typed and what is wrong with it. */
void proposal_form_fields(struct html *h, struct request *r, const struct desk_round *round,
                          const struct form_errors *e, const struct typed_proposal *t);
/* What a request's form holds. */
struct typed_proposal proposal_form_typed(const struct request *r);
/* A saved proposal as its officer would type it. */
struct typed_proposal proposal_form_of(struct arena *arena, const struct desk_proposal *p);
/* Reads it strictly against the round's pots; each fault is an error of its field. *out is complete
 * when there is none. */
void proposal_form_check(const struct typed_proposal *t, const struct desk_round *round,
                         struct desk_proposal *out, struct form_errors *e);
/* Of a summary and a full text, in any language. */
void proposal_check_lengths(const char *summary, const char *body, struct form_errors *e);
/* A short name made of a title's first words, for a text; "" when there is none to be made. */
const char *proposal_short_name(struct arena *arena, const char *title);

#endif
