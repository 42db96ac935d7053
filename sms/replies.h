/* replies.h: the words of every reply. Pure, any thread. Each function appends one reply to an
 * empty `out` in characters of GSM-7, never more than two segments: what does not fit is left out
 * in this order: the voter's earlier numbers, names of projects, numbers (their count remains),
 * names of areas; never cost, receipt or deadline. */
#ifndef WM_SMS_REPLIES_H
#define WM_SMS_REPLIES_H

#include "common/buf.h"
#include "common/cast.h"

enum { REPLY_MAX = 1000, REPLY_SEGMENTS = 2 };

struct reply_pick {
    uint16_t number;
    bool yes;         /* the answer, in a yes_no round */
    const char *name; /* short name */
    int64_t cost;     /* pence */
    int32_t pot;      /* ordinal, from 1 */
    int64_t amount;   /* of that pot, pence */
};

/* One ballot of the text, as it was cast. Strings live as long as the call. */
struct reply_round {
    enum cast_outcome outcome;
    int64_t detail, limit, receipt; /* as in struct cast_item */
    const char *area, *opens, *closes;
    bool yes_no, agreement, knapsack;
    bool ended; /* takes no more texts now */
    const struct reply_pick *picks;
    size_t n_picks;
};

struct reply_voter {
    const char *area;     /* that the code is for */
    bool voted;           /* an earlier ballot stands */
    const char *standing; /* its projects, "1275 1359"; "" when none */
};

enum reply_plain {
    REPLY_HELP,
    REPLY_UNCLEAR,
    REPLY_STOP,
    REPLY_START,
    REPLY_NEWS,
    REPLY_NO_CODE,
    REPLY_BAD_CODE,   /* 12 or 14 digits */
    REPLY_WRONG_CODE, /* unknown, void or mistyped: the same words */
    REPLY_LIMITED,    /* five wrong codes within the hour */
    REPLY_NO_NUMBERS,
    REPLY_TOO_MANY
};
void reply_plain(enum reply_plain which, struct buf *out);

/* All of the text's ballots stand. */
void reply_recorded(const struct reply_round *rounds, size_t n, struct buf *out);
/* None was counted: the first refused round says why. */
void reply_refused(const struct reply_round *rounds, size_t n, const struct reply_voter *voter,
                   struct buf *out);
/* `word` is not a number of four digits. */
void reply_bad_number(const char *word, struct buf *out);
/* No round has this number. Up to two near ones are named. */
void reply_unknown_number(uint16_t number, const struct reply_pick *near, size_t n_near,
                          const struct reply_voter *voter, struct buf *out);
/* The number of a round whose ballots give points or an order, which a text cannot. */
void reply_web_only(const struct reply_pick *pick, const char *area,
                    const struct reply_voter *voter, struct buf *out);
/* VOTE with the number of a question, or YES and NO with that of a project. */
void reply_wrong_kind(const struct reply_pick *pick, bool question, const struct reply_voter *voter,
                      struct buf *out);

#endif
