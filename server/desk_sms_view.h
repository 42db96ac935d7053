/* desk_sms_view.h: what the desk's pages about texts share. */
#ifndef WM_DESK_SMS_VIEW_H
#define WM_DESK_SMS_VIEW_H

#include "server/desk_view.h"
#include "server/store_sms.h"

/* Answers an action that was not done: the database's failure, "not_found", "role"; true then. */
bool desk_sms_failed(struct request *r, enum db_outcome outcome, const char *result);

/* "4 minutes", "2 hours", "3 days". */
void desk_sms_age(struct html *h, int64_t seconds);
/* Where a text stands, in a word and a colour. */
void desk_sms_tag(struct html *h, const struct sms_text *t);
/* A reason that the database or the daemon wrote down for a text, in words; NULL: it is none of
 * theirs, but a provider's answer. */
const char *desk_sms_reason(const char *code);
/* Why it stands there, in a sentence without its full stop; "" when there is nothing to say. In
 * the arena, or a literal. */
const char *desk_sms_why(struct request *r, const struct sms_text *t);
/* Texts as a list of links, newest first. */
void desk_sms_list(struct html *h, struct request *r, const struct sms_texts *texts);
/* Ready, paused, …: a provider's state as a tag. */
void desk_sms_gateway_tag(struct html *h, const struct sms_gateway *g);
/* "12 sent, 1 failed, 0 unknown" */
void desk_sms_tally(struct html *h, const struct sms_tally *t);
/* A form that is a button: to pause, or resume, what `path` names. */
void desk_sms_pause_button(struct html *h, const struct request *r, const char *path, bool pause,
                           const char *text);
/* A form's word: true for "yes", false for "no"; other words are answered with 400 and NULL-like
 * false in *good. */
bool desk_sms_wants_pause(struct request *r, bool *good);

#endif
