/* inbox.h: a batch of texts on its way through intake, and the statements that move it. Rows and
 * strings live in the batch's arena, until the next claim. One thread. */
#ifndef WM_SMS_INBOX_H
#define WM_SMS_INBOX_H

#include "common/db.h"
#include "common/phone.h"
#include "sms/grammar.h"
#include "sms/replies.h"

/* STANDING: ballots of one voter that a text can show or take back at once. */
enum { INBOX_STANDING = 12, INBOX_BATCH = 512, INBOX_ARENA = 32 << 20 };

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
    bool by_code;            /* its voters have codes */
    bool takes;              /* a text of this moment is in time */
    struct reply_round said; /* without picks */
    struct reply_pick pick;
};

/* A ballot: the numbers of a text that belong to one round, or one that stands. */
struct inbox_ballot {
    struct reply_round said; /* for the reply; its picks are in the arena */
    int32_t round;
    bool takes;  /* standing: a text of this moment can change it */
    size_t item; /* of the cast */
};

struct inbox_text {
    int64_t id, received_at;
    const char *provider, *endpoint, *message_id;
    const uint8_t *sender_key; /* 32 bytes */
    const char *sender;        /* E.164, or as the provider wrote it; NULL: not sealed by us */
    bool alone;
    const char *body; /* as it came, behind the keyword; not a string: body_len bytes */
    size_t body_len;
    struct text said; /* as it was read; where the provider answered it, as that read it */
    bool answered;    /* by the provider itself: no reply */
    /* set in the second transaction, anew whenever that is tried again */
    struct text text; /* what it stands for: an answer's is the text that waited for it */
    enum inbox_fate fate;
    const char *outcome; /* for the table: a word of ours */
    int64_t voter;       /* 0: wrong code; or a number that has not voted */
    int32_t generation;
    bool limited;
    bool by_phone;     /* no code: the sender's number is who votes */
    int64_t challenge; /* that it answered; 0: none */
    int64_t cast_as;   /* the inbox row whose time decides: this one or the one that waited */
    struct reply_voter about;
    struct inbox_number *numbers; /* as many as text.n */
    struct inbox_ballot *ballots; /* to cast */
    size_t n_ballots;
    struct inbox_ballot *standing; /* MY VOTE and UNDO */
    size_t n_standing;
    int replies_left; /* within the hour, this one counted */
    bool phones_only; /* no round has codes: nobody is told to look for one */
    struct reply reply;
    bool passive, lookup; /* help; lists and results */
};

struct inbox_batch {
    const char *keyword;     /* text_keyword's, for all batches */
    const char *own_numbers; /* never replied to, blanks between; likewise */
    struct arena arena;
    int64_t token;
    bool alone;
    struct inbox_text texts[INBOX_BATCH];
    size_t n;
};

/* The first transaction: leases what is due, unseals it and reads it. `singly`: also a text that
 * must be claimed alone, since its reader may have died of it; only one thread of a process may. */
enum db_outcome inbox_claim(struct db *db, struct inbox_batch *b, bool singly);
/* Inside the second transaction, in this order. hold sets fate (LOST, DUPLICATE, else DONE). */
enum db_outcome inbox_hold(struct db *db, struct inbox_batch *b);
/* Writes fates and replies. `sms_number` is never replied to, and sends where a text's endpoint is
 * not known. Sets *replies to how many were queued. */
enum db_outcome inbox_answer(struct db *db, struct inbox_batch *b, const char *sms_number,
                             int *replies);
enum inbox_why {
    INBOX_FAILED, /* each may be to blame: they are claimed alone, and counted */
    INBOX_OURS,   /* the database had trouble of its own: they come back as they were */
    INBOX_FULL    /* likewise: its disk is full */
};
/* After a rollback: gives the batch's texts back. */
enum db_outcome inbox_release(struct db *db, const struct inbox_batch *b, enum inbox_why why);
/* How much of what need not be kept any longer went: bodies of texts and replies, phone numbers,
 * and rounds whose ballots lost the tie to their voters. */
struct inbox_erased {
    int64_t words, numbers, rounds;
};
/* Erases what is due by the database's clock (architecture, section 8a; api.retain). */
enum db_outcome inbox_erase(struct db *db, struct inbox_erased *erased);

/* True when the text is about somebody's ballot: it votes, takes back or asks. */
bool inbox_has_voter(const struct inbox_text *t);
/* True when it casts a ballot, if its numbers are right. */
bool inbox_votes(const struct inbox_text *t);

#endif
