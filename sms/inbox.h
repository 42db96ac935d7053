/* inbox.h: a batch of texts on its way through intake, and the statements that move it. Rows and
 * strings live in the batch's arena, until the next claim. One thread. */
#ifndef WM_SMS_INBOX_H
#define WM_SMS_INBOX_H

#include "common/db.h"
#include "common/phone.h"
#include "sms/grammar.h"
#include "sms/replies.h"

enum { INBOX_BATCH = 512, INBOX_ARENA = 32 << 20 };

/* What becomes of a text when the second transaction commits. */
enum inbox_fate {
    FATE_LOST, /* the lease went to somebody else: nothing */
    FATE_DONE,
    FATE_DUPLICATE, /* repeats an earlier one: no effect, no reply */
    FATE_LATER,     /* its voter has another text in this batch */
    FATE_ALONE      /* its voter was locked: again, by itself */
};

/* One number of a text, as some round has it. */
struct inbox_number {
    bool known;
    int32_t round;
    bool yes_no, agreement, knapsack, ended;
    bool weighs; /* its ballots give points or an order: on the web only */
    const char *area, *opens, *closes;
    struct reply_pick pick;
};

/* A ballot of a text: the numbers that belong to one round. */
struct inbox_ballot {
    struct reply_round said; /* for the reply; its picks are in the arena */
    int32_t round;
    size_t item; /* of the cast */
};

struct inbox_text {
    int64_t id, received_at;
    const char *provider, *endpoint, *message_id;
    const uint8_t *sender_key; /* 32 bytes */
    const char *sender;        /* E.164, or as the provider wrote it; NULL: not sealed by us */
    bool alone;
    struct text text;
    /* set in the second transaction, anew whenever that is tried again */
    enum inbox_fate fate;
    const char *outcome; /* for the table: a word of ours */
    int64_t voter;       /* 0: wrong code */
    int32_t generation;
    bool limited;
    struct reply_voter about;
    struct inbox_number *numbers; /* as many as text.n */
    struct inbox_ballot *ballots;
    size_t n_ballots;
    struct buf reply; /* empty: none */
    bool passive;
};

struct inbox_batch {
    struct arena arena;
    int64_t token;
    bool alone;
    struct inbox_text texts[INBOX_BATCH];
    size_t n;
};

/* The first transaction: leases what is due, unseals it and reads it. */
enum db_outcome inbox_claim(struct db *db, struct inbox_batch *b);
/* Inside the second transaction, in this order. hold sets fate (LOST, DUPLICATE, else DONE). */
enum db_outcome inbox_hold(struct db *db, struct inbox_batch *b);
/* Whose codes are these? For texts that are DONE so far and carry a code. */
enum db_outcome inbox_codes(struct db *db, struct inbox_batch *b);
/* What do their numbers mean? For those whose voter is known. */
enum db_outcome inbox_numbers(struct db *db, struct inbox_batch *b);
/* Up to `max` numbers that the voter of `t` may have meant by `number`. */
enum db_outcome inbox_near(struct db *db, struct inbox_batch *b, const struct inbox_text *t,
                           uint16_t number, struct reply_pick *near, size_t max, size_t *n);
/* Writes fates and replies. `sms_number` is never replied to, and sends where a text's endpoint is
 * not known. Sets *replies to how many were queued. */
enum db_outcome inbox_answer(struct db *db, struct inbox_batch *b, const char *sms_number,
                             int *replies);
/* After a rollback: gives the texts back, each to be claimed alone. */
enum db_outcome inbox_release(struct db *db, int64_t token);
/* How much of what need not be kept any longer went: bodies of texts and replies, phone numbers,
 * and rounds whose ballots lost the tie to their voters. */
struct inbox_erased {
    int64_t words, numbers, rounds;
};
/* Erases what is due by the database's clock (architecture, section 8a; api.retain). */
enum db_outcome inbox_erase(struct db *db, struct inbox_erased *erased);

/* True when the text casts a ballot, if its code is right. */
bool inbox_votes(const struct inbox_text *t);

#endif
