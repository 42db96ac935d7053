/* ballot_form.h: a ballot on its way through the pages: read from a form, drawn as a paper to fill
 * in, kept as hidden fields. */
#ifndef WM_BALLOT_FORM_H
#define WM_BALLOT_FORM_H

#include "common/ballot.h"
#include "server/form.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/store_votes.h"

struct ballot_picks {
    struct ballot_pick pick[BALLOT_PICKS_MAX];
    uint16_t n;
};

/* What a ballot page is drawn from. */
struct ballot_sheet {
    struct round_view round;
    struct pots pots;
    struct proposals all;
    struct ballot_picks picks;
    struct form_errors errors;
};

/* The fields "p": a number ("1275"), or a number and an answer ("6395=1"). A number given twice
 * counts once. False: something else stands there. */
bool picks_read(const struct request *r, struct ballot_picks *out);
/* The draft of this round, if there is one. */
bool picks_from_draft(const struct request *r, int32_t round, struct ballot_picks *out);
void picks_to_draft(struct request *r, int32_t round, const struct ballot_picks *picks);
const struct ballot_pick *picks_find(const struct ballot_picks *picks, int32_t number);
void picks_remove(struct ballot_picks *picks, int32_t number);
/* The fields "p" again, hidden. */
void picks_hidden(struct html *h, const struct ballot_picks *picks, enum round_kind kind);

/* What the picks cost from one pot (0: from all), in pence. */
int64_t picks_cost(const struct ballot_picks *picks, const struct proposals *all, int32_t pot);

/* A refusal in the voter's words, added to the sheet's errors; picks that no longer exist are
 * taken off. */
void sheet_refuse(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v);

/* The paper: boxes or answers, the running total, Continue. */
void sheet_show(struct html *h, const struct request *r, const struct ballot_sheet *s);

#endif
