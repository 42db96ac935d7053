/* desk_view.h: what the desk's pages share: their shell, tags, tasks, figures. */
#ifndef WM_DESK_VIEW_H
#define WM_DESK_VIEW_H

#include "server/form.h"
#include "server/layout.h"
#include "server/store_amendments.h"
#include "server/store_desk_round.h"

struct desk_page {
    struct html h;
    struct layout layout;
};

/* Begins a page: header with menu and sign-out, back link (`back` NULL: none; to the officer's
 * rounds where that page of the desk is not open to them), the summary of `errors` (NULL or empty:
 * none). */
void desk_begin(struct desk_page *p, struct request *r, const char *title, const char *back,
                const char *back_text, const struct form_errors *errors);
/* Ends it and answers. */
void desk_end(struct desk_page *p, struct request *r, int status);

/* The column in which forms stand, two thirds of the page. */
void desk_column_begin(struct html *h);
void desk_column_end(struct html *h);
/* The phase in a word, and its colour. */
void desk_tag(struct html *h, enum desk_phase phase);
/* One task: a link, a tag, and words to come; desk_task_end closes it. `path` printf-made. */
void desk_task_begin(struct html *h, const char *path, const char *text, enum desk_phase phase);
void desk_task_end(struct html *h);
/* One figure of a row of figures (<dl class="wm-facts">). */
void desk_fact(struct html *h, const char *term, int64_t value);
/* Ballots by channel, a figure each; they sum to desk_turnout_all(). */
void desk_channels(struct html *h, const struct desk_turnout *t);
/* A row of a summary list up to its value, and its end. */
void desk_row_begin(struct html *h, const char *term);
void desk_row_end(struct html *h);
/* "312 of 8,240 voted: 200 on the web, 112 by text." */
void desk_turnout_words(struct html *h, const struct desk_turnout *t);
/* when_text(), as text. */
void desk_when(struct html *h, int64_t unix_us);
/* May this officer call that page? As the table of routes says, by their roles (request.h). */
bool desk_may(struct request *r, const char *method, const char *path);
/* A form that is only a button; nothing where it is not this officer's to press. `path`
 * printf-made. */
void desk_button(struct html *h, struct request *r, const char *path, const char *text);
/* The same in grey. */
void desk_button_second(struct html *h, struct request *r, const char *path, const char *text);

/* Asked, granted, refused, taken back: in a word, and its colour. */
void desk_change_tag(struct html *h, enum change_state state);
/* The buttons under what one officer asks of another: to take it back (`mine`), else to grant
 * (`text`) or refuse it; the form's field is grant=yes|no. */
void desk_decide_form(struct html *h, struct request *r, const char *path, bool mine,
                      const char *text);
/* A list of the round's published proposals, as the field `number`; `chosen` is one's four digits
 * or "". */
void desk_choose_proposal(struct html *h, struct request *r, const struct form_errors *e,
                          const struct desk_round *round, const char *chosen);
/* Answers 409: the list at `path` does not change, and why (desk_refusal). */
void desk_not_changed(struct request *r, const char *path, const char *list, const char *outcome,
                      const char *detail);

/* What keeps a round from being scheduled, or another refusal of an action, in the officer's
 * words; never NULL. `detail` may be "". In the arena. */
const char *desk_refusal(struct request *r, const char *outcome, const char *detail);

/* That the last count which was asked for came to no result, and why (page_desk_round.c). */
void desk_count_ended(struct html *h, struct request *r, const struct count_state *count);
/* Why a round or its result came back, when it did. */
void desk_came_back(struct html *h, const struct desk_round *round);
/* Who sent what is under review, and who is waited for: `waits` says what that officer does. */
void desk_asked_by(struct html *h, const struct desk_round *round, const char *waits);
/* The field "before" of a page of wordings; 0: it is not there. False: it is no number, which is
 * answered. And the link to the page with those before a wording. */
bool desk_before(struct request *r, int32_t *before);
void desk_older(struct html *h, int32_t before);
/* What is folded away under a line, and open where an error is in it. */
void desk_fold_begin(struct html *h, const char *summary, bool open);
void desk_fold_end(struct html *h);
/* A folded form to send it back with a note; `text` on its button. */
void desk_return_form(struct html *h, struct request *r, const struct desk_round *round,
                      const char *text);
/* The form by itself, when what should change was not said. */
void desk_return_again(struct request *r, const struct desk_round *round);

/* A round's own page, with a problem on top or NULL (page_desk_round.c). */
void desk_round_show(struct request *r, const struct desk_round *round, const char *problem,
                     int status);
/* Why a round that is no draft cannot be changed: an outcome for desk_refusal. */
const char *desk_closed_to_change(const struct desk_round *round);
/* Finds the round of this request's first segment; answers (404, or the database's failure) and
 * returns NULL when there is none for this officer. */
struct desk_round *desk_round_of(struct request *r, struct db *db);

#endif
