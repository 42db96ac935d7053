/* replies_inquiry.h: what is answered to LIST, MORE, INFO and RESULT. Pure, any thread. Each
 * appends one reply of at most two segments to an empty one. */
#ifndef WM_SMS_REPLIES_INQUIRY_H
#define WM_SMS_REPLIES_INQUIRY_H

#include "sms/replies.h"

/* A line of a list; those of one round are neighbours. */
struct reply_line {
    const char *area, *closes; /* of the round */
    int32_t round;
    enum reply_kind kind;
    uint16_t number;
    const char *name;
    int64_t cost; /* pence; 0: none */
};
/* The page (from 1) of a list, as many lines as fit; a page past the last says so. */
void reply_list(const struct reply_line *lines, size_t n, int page, struct reply *out);
/* Places that vote now, as many as fit. */
void reply_places(const struct reply_line *lines, size_t n, struct reply *out);

struct reply_info {
    uint16_t number;
    const char *title, *summary, *area, *opens, *closes;
    int64_t cost;    /* 0: a question */
    enum say voting; /* SAY_VOTING_OPENS, _CLOSES, _CLOSED or _WITHDRAWN */
};
/* As much of the summary as fits. */
void reply_info(const struct reply_info *info, struct reply *out);
/* INFO with a number that no round has. */
void reply_no_such(uint16_t number, const struct reply_pick *near, size_t n_near,
                   struct reply *out);

struct reply_result {
    const char *area;
    int32_t ballots;
    bool question, adopted;
    int64_t yes, no;
    int64_t spent, budget;            /* pence */
    const struct reply_pick *winners; /* or the question */
    size_t n_winners;
    bool asked, won; /* one number was asked for: the first of `winners` */
    /* why, as api.sms_result says it; of a question, or where a number was asked for */
    const char *reason;        /* wardmote-count's word */
    int64_t votes, cost;       /* pence */
    int64_t left, score;       /* pence; votes or points */
    const char *least, *share; /* a number; percent */
    uint16_t other;
    const char *other_name;
};
void reply_result(const struct reply_result *result, struct reply *out);
/* A template with {area}, {closes} or {number}. */
void reply_about(enum say which, const char *area, const char *closes, uint16_t number,
                 struct reply *out);

#endif
