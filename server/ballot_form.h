/* ballot_form.h: a ballot on its way through the pages: read from a form, drawn as a paper to fill
 * in, kept as hidden fields. */
#ifndef WM_BALLOT_FORM_H
#define WM_BALLOT_FORM_H

#include "common/ballot.h"
#include "server/form.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/store_votes.h"

enum { POT_PACKED = 1000 }; /* detail of CAST_POT_TOO_MANY and _FEW: pot * 1000 + picks */

struct ballot_picks {
    struct ballot_pick pick[DRAFT_PICKS_MAX]; /* ascending by number */
    uint16_t n;
    bool blank; /* "I do not support any of these" was said; never by itself */
};

/* What stood in the boxes of a points or ranking paper, as it was typed. */
struct typed_weights {
    struct {
        int32_t number;
        const char *text;
    } row[DRAFT_PICKS_MAX];
    int n;
};

/* What a ballot page is drawn from. */
struct ballot_sheet {
    enum language language; /* of its reader */
    struct round_view round;
    struct pots pots;
    struct proposals all;
    struct exclusions groups;
    struct ballot_picks picks;
    struct typed_weights typed; /* empty: the picks say it */
    struct form_errors errors;  /* of the ballot as a whole */
    struct form_errors rows;    /* of single rows of a points or ranking paper */
    int32_t added;              /* a project that was just added from its own page; 0: none */
};

/* The fields "p": a number ("1275"), a number and an answer, points or a rank ("6395=1"), or "none"
 * (a blank ballot). And the pairs "n" and "w", number and weight, of a points or ranking paper:
 * those that are whole numbers above 0. A number given twice counts once. False: something else
 * stands there. */
bool picks_read(const struct request *r, struct ballot_picks *out);
/* The same pairs as they were typed, for a page that comes back, with an error for each that is
 * no whole number; false when there is one. */
bool sheet_typed(struct request *r, struct ballot_sheet *s);
/* The choices of this round's draft, if there is one that is more than a project to add. */
bool picks_from_draft(const struct request *r, int32_t round, struct ballot_picks *out);
void picks_to_draft(struct request *r, int32_t round, const struct ballot_picks *picks);
/* A project that its own page wants added to this round's ballot; 0: none. */
int32_t picks_to_add(const struct request *r, int32_t round);
/* Adds a project: one point, the last place. Nothing when it is there. */
void picks_add(struct ballot_picks *picks, int32_t number, enum round_kind kind);
const struct ballot_pick *picks_find(const struct ballot_picks *picks, int32_t number);
void picks_remove(struct ballot_picks *picks, int32_t number);
/* The fields "p" again, hidden. */
void picks_hidden(struct html *h, const struct ballot_picks *picks, enum round_kind kind);
/* Ranks 1, 4, 7 become 1, 2, 3: the same order. Nothing when two are equal. */
void picks_close_gaps(struct ballot_picks *picks);
/* Indexes of the picks by rank, first choice first; `out` holds DRAFT_PICKS_MAX. */
void picks_by_rank(const struct ballot_picks *picks, uint16_t *out);
/* Takes off what was withdrawn from the vote; says whether there was any. */
bool picks_drop_withdrawn(struct ballot_picks *picks, const struct proposals *all,
                          enum round_kind kind);

/* What the picks cost from one pot (0: from all), in pence; how many there are; the points. */
int64_t picks_cost(const struct ballot_picks *picks, const struct proposals *all, int32_t pot);
int picks_count(const struct ballot_picks *picks, const struct proposals *all, int32_t pot);
int64_t picks_sum(const struct ballot_picks *picks);

/* A limit that the total shows past, in the words of a verdict; `pot`: whose it is, or NULL. */
struct ballot_over {
    struct ballot_verdict verdict;
    const struct pot *pot;
};
enum { BALLOT_OVERS_MAX = FORM_ERRORS_MAX };
/* All of them; returns how many. What the total draws red, it judges by this. (ballot_total.c) */
int sheet_overs(const struct ballot_sheet *s, struct ballot_over out[BALLOT_OVERS_MAX]);
/* Two projects with the same rank. */
bool picks_clash(const struct ballot_picks *picks);

/* A refusal in the voter's words, added to the sheet's errors, with every other limit that the
 * total shows past, since the database names the first alone; picks that no longer exist are taken
 * off. (ballot_words.c) */
void sheet_refuse(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v);
/* The errors of the whole and of rows, for the summary. */
struct form_errors sheet_errors(const struct ballot_sheet *s);
/* What a form says that no limit of the round is about: nothing chosen where that could be a blank
 * ballot, or both at once. False, with an error on the sheet, when it is not clear. */
bool sheet_is_clear(struct ballot_sheet *s);
/* "I do not support any of these", or for a question, "A blank ballot: neither yes nor no"; to be
 * translated. */
const char *blank_label(enum round_kind kind);
/* "1st", "22nd", "13th"; in Polish "1.". */
void ordinal_text(enum language language, int n, char out[16]);

/* The paper: boxes, answers or numbers, the running total, Continue. (ballot_sheet.c) */
void sheet_show(struct html *h, const struct request *r, const struct ballot_sheet *s);
/* Its parts in files of their own: a box for a number beside each project (ballot_rows.c); what it
 * all adds up to, and the buttons (ballot_total.c). */
void sheet_rows(struct html *h, const struct ballot_sheet *s);
void sheet_total(struct html *h, const struct ballot_sheet *s);
/* "£6,895 from Ward pot · number 1216 · Details" */
void sheet_hint(struct html *h, const struct ballot_sheet *s, const struct proposal *p);

#endif
