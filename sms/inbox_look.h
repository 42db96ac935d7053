/* inbox_look.h: what a batch's texts refer to: voters, numbers, ballots, challenges. Called inside
 * the second transaction, after inbox_hold, in this order. Rows and strings live in the batch's
 * arena. */
#ifndef WM_SMS_INBOX_LOOK_H
#define WM_SMS_INBOX_LOOK_H

#include "sms/inbox.h"

/* What became of an answer to a challenge, in the words of api.sms_challenge_answer. */
enum inbox_answered {
    ANSWERED_GOOD, /* t->text is the text that waited, t->challenge and t->cast_as are set */
    ANSWERED_NONE, /* nothing waits for this number */
    ANSWERED_WRONG,
    ANSWERED_ENDED, /* the third wrong one */
    ANSWERED_AGE,
    ANSWERED_FORMAT, /* no postcode, or no place */
    ANSWERED_ELSEWHERE,
    ANSWERED_UNKNOWN, /* no such place or postcode */
    ANSWERED_VOID
};
struct inbox_answer_said {
    enum inbox_answered outcome;
    int left;         /* WRONG: tries */
    const char *area; /* ELSEWHERE: where it lies; FORMAT, UNKNOWN: the round's */
    bool postcode;    /* FORMAT, UNKNOWN: a postcode is asked, not a place */
};
enum db_outcome inbox_read_answer(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                                  struct inbox_answer_said *said);
/* Whose codes are these? For texts that are DONE so far and are about somebody's ballot. */
enum db_outcome inbox_codes(struct db *db, struct inbox_batch *b);
/* What do their numbers mean? For those that vote. */
enum db_outcome inbox_numbers(struct db *db, struct inbox_batch *b);
/* Which ballots stand? For MY VOTE and UNDO. */
enum db_outcome inbox_standing(struct db *db, struct inbox_batch *b);
/* Up to `max` numbers that the voter of `t` may have meant by `number`; where it has none, of the
 * rounds whose voters are mobile numbers. *codes: the others' numbers were left out. */
enum db_outcome inbox_near(struct db *db, struct inbox_batch *b, const struct inbox_text *t,
                           uint16_t number, struct reply_pick *near, size_t max, size_t *n,
                           bool *codes);
/* A round's kind by the database's word for it. */
enum reply_kind inbox_kind(const char *word);
/* Would this ballot be accepted? Sets its said.outcome (CAST_RECORDED: yes), detail and limit. */
enum db_outcome inbox_check(struct db *db, struct inbox_ballot *ballot);

/* Digits that must come back before a text without a code counts. */
struct inbox_asked {
    bool limited; /* too many of this number */
    char digits[TEXT_ANSWER_DIGITS + 1];
    int age; /* to declare; 0: none */
    bool postcode, place;
    int minutes; /* within which the ballot keeps its text's time */
};
enum db_outcome inbox_ask(struct db *db, const struct inbox_text *t, struct inbox_asked *asked);

#endif
