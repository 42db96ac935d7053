/* round_form.h: a round's form as it was typed, read into what the database takes. */
#ifndef WM_ROUND_FORM_H
#define WM_ROUND_FORM_H

#include "server/form.h"
#include "server/store_desk_round.h"

/* The form as it stands: typed by the officer, or from the round; every text non-NULL. */
struct typed_round {
    const char *area, *title, *about, *kind, *edition, *question, *opens_date, *opens_time,
        *closes_date, *closes_time, *grace, *min_picks, *max_picks, *points_sum, *points_max,
        *blank, *eligibility, *minimum_age, *residence, *minimum_votes, *cap_percent, *carry,
        *method, *completion, *provisional_days;
    struct {
        const char *name, *amount, *min, *max;
    } pot[DESK_POTS_MAX];
};

/* Names of a pot's fields: "pot1_name", …; `i` from 0. */
enum pot_field { POT_NAME, POT_AMOUNT, POT_MIN, POT_MAX, POT_FIELDS };
const char *round_pot_field(int i, enum pot_field field);

/* What officers choose from, none chosen: how people vote, how they prove that they may, and what
 * they declare about their home. */
enum { ROUND_KINDS = 5, ROUND_WAYS = 4, ROUND_PLACES = 3 };
extern const struct form_choice round_kinds[ROUND_KINDS];
extern const struct form_choice round_ways[ROUND_WAYS];
extern const struct form_choice round_places[ROUND_PLACES];

/* How a vote is counted, by its word (api.rule_for), as officers choose and read it. */
const char *round_method_words(const char *method);
/* What equal shares do with money that is left, by its word ("add1u"); "": no such word. */
const char *round_completion_words(const char *completion);
/* The completion's word in a method ("none" of "shares:none"); NULL: it is not equal shares. */
const char *round_completion_of(const char *method);

struct typed_round round_form_blank(void);
struct typed_round round_form_typed(const struct request *r);
/* As the round stands, to be edited. */
struct typed_round round_form_of(struct request *r, const struct desk_round *round);
/* Reads what was typed; what is wrong is added to `e` beside its field. Texts are t's or the
 * arena's. */
void round_form_read(struct request *r, const struct typed_round *t, struct desk_round_form *form,
                     struct form_errors *e);
/* What api.desk_round_save refused, beside its field. */
void round_form_refused(struct form_errors *e, const char *result);

#endif
