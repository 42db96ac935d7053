/* replies.h: what is answered to a vote. Pure, any thread. Each function appends one reply to an
 * empty one in characters of GSM-7, never more than two segments: what does not fit is left out
 * in this order: the voter's earlier numbers, names of projects, words that repeat, numbers (their
 * count remains), names of areas; never cost, receipt or deadline, up to three rounds in one text
 * (more, where names are short). The words are in templates.h. */
#ifndef WM_SMS_REPLIES_H
#define WM_SMS_REPLIES_H

#include "common/cast.h"
#include "sms/templates.h"

enum { REPLY_MAX = 1000, REPLY_SEGMENTS = 2 };

struct reply {
    struct buf text; /* empty: no reply */
    enum language language;
    const char *until; /* a moment (say_when.h): the last reply of this hour, and says so, for which
                          it leaves room; else NULL */
};

/* In English, until its `language` is set. */
struct reply reply_new(void);
void reply_free(struct reply *r);
void reply_clear(struct reply *r);
/* True while it has no more segments than a reply may, with the sentence that will end it. */
bool reply_fits(const struct reply *r);
/* Once a reply is written: its last sentence, where it is the last of the hour. */
void reply_end(struct reply *r);

enum reply_kind { REPLY_APPROVAL, REPLY_KNAPSACK, REPLY_POINTS, REPLY_RANKING, REPLY_YES_NO };

struct reply_pick {
    uint16_t number;
    uint16_t weight;  /* points; in a yes_no round 1 is yes */
    const char *name; /* short name */
    int64_t cost;     /* pence */
    int32_t pot;      /* ordinal, from 1 */
    int64_t amount;   /* of that pot, pence */
};

/* One ballot, as it was cast or as it stands. Strings live as long as the call. */
struct reply_round {
    enum cast_outcome outcome;
    int64_t detail, limit, receipt;    /* as in struct cast_item */
    const char *area, *opens, *closes; /* moments: say_when.h */
    enum reply_kind kind;
    bool agreement;
    bool by_phone; /* its voters are mobile numbers */
    bool ended;    /* takes no more texts now */
    bool withdrawn;
    int32_t points, point_max;      /* to give in all, to one */
    const struct reply_pick *picks; /* of a ranking: first choice first */
    size_t n_picks;
    /* a ballot that stands */
    enum cast_channel channel;
    const char *when; /* it was cast */
    bool mine;        /* by the phone that asks: it may see the choices */
    bool voided;
};

struct reply_voter {
    const char *area; /* that the code or the number is for */
    bool by_phone;
    bool voted;           /* an earlier ballot stands */
    const char *standing; /* its projects, "1275 1359"; "" when none */
};

/* A template by itself. */
void reply_plain(enum say which, struct reply *out);
/* All of the text's ballots stand, or were taken back. */
void reply_recorded(const struct reply_round *rounds, size_t n, struct reply *out);
/* None was counted: the first refused round says why. */
void reply_refused(const struct reply_round *rounds, size_t n, const struct reply_voter *voter,
                   struct reply *out);
/* `word` is not a number of four digits. */
void reply_bad_number(const char *word, struct reply *out);
/* No round has this number. Up to two near ones are named. */
void reply_unknown_number(uint16_t number, const struct reply_pick *near, size_t n_near,
                          const struct reply_voter *voter, struct reply *out);
/* VOTE with the number of a question, or YES and NO with that of a project. */
void reply_wrong_kind(const struct reply_pick *pick, bool question, const struct reply_voter *voter,
                      struct reply *out);
/* Points where a round gives none, or none where it does: `round` has its area, kind and points. */
void reply_wrong_points(const struct reply_pick *pick, const struct reply_round *round,
                        const struct reply_voter *voter, struct reply *out);
/* What a number must send back before its vote counts, or is taken back (`undo`). */
struct reply_ask {
    const char *digits;
    bool undo, postcode, place;
    int age; /* 0: none asked */
    int minutes;
};
void reply_ask(const struct reply_ask *ask, struct reply *out);
/* A template about an answer; each may use any of these. */
void reply_answered(enum say which, const char *digits, int left, const char *area,
                    struct reply *out);
/* MY VOTE: each round where a ballot stands. */
void reply_mine(const struct reply_round *rounds, size_t n, struct reply *out);

#endif
