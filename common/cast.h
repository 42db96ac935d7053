/* cast.h: the one way to cast ballots (architecture §4, §5, §7). The ballot box and the SMS
 * daemon call it, and there is no other.
 *
 * A batch is a list of items, one ballot each. Items of one submission (one form, one text) are
 * neighbours with equal `submission` and the same voter; they stand or fall together. A voter
 * appears in at most one submission of a batch. Two statements do the work: api.cast_lock takes
 * the rounds' shared advisory locks and the voters' row locks, api.cast_write checks everything
 * and writes. A refusal is an outcome, never an exception. */
#ifndef WM_CAST_H
#define WM_CAST_H

#include "common/ballot.h"
#include "common/db.h"

/* Paper comes from a sealed batch; an assisted ballot is typed by a clerk while the voter is there.
 */
enum cast_channel { CAST_WEB = 1, CAST_TEXT = 2, CAST_PAPER = 3, CAST_ASSISTED = 4 };

/* Numbers are those that api.cast_write returns. */
enum cast_outcome {
    CAST_RECORDED = 0,
    CAST_REPEATED = 1,   /* same form key, same picks: the receipt it had */
    CAST_KEY_REUSED = 2, /* same form key, other picks: show a fresh check page */
    CAST_SUPERSEDED = 3, /* stored, but a ballot cast later already stands */
    CAST_SIGNED_OUT = 4, /* the credential was voided, re-issued or signed out */
    CAST_NOT_OPEN = 5,   /* the round is not open yet */
    CAST_CLOSED = 6,
    CAST_OUT_OF_REACH = 7,       /* the voter's area is not in the round's, or their register is
                                    of another kind than the round's voters are on */
    CAST_UNKNOWN_PROPOSAL = 8,   /* detail: the number */
    CAST_WITHDRAWN_PROPOSAL = 9, /* detail: the number */
    CAST_OVER_BUDGET = 10,       /* detail: pence over; limit: the pot in pence */
    CAST_TOO_MANY = 11,          /* detail: picks given; limit */
    CAST_TOO_FEW = 12,           /* detail: picks given; limit */
    CAST_BAD_WEIGHT = 13,        /* detail: the number */
    CAST_NOTHING_TO_WITHDRAW = 14,
    CAST_SIBLING_REFUSED = 15, /* fine by itself, but its submission was refused */
    CAST_NO_ROUND = 16,
    CAST_NOT_DECLARED = 17,   /* the round asks for age or residence, the voter has not said */
    CAST_OVER_POINTS = 18,    /* detail: points given; limit: how many there are to give */
    CAST_OVER_POINT_MAX = 19, /* detail: the number; limit: points that one may get */
    CAST_BAD_RANKS = 20,      /* detail: a number whose rank is taken twice or leaves a gap */
    CAST_EMPTY = 21,          /* no picks, and the round does not take blank ballots */
    CAST_POT_TOO_MANY = 22,   /* detail: ordinal of the pot * 1000 + picks given; limit */
    CAST_POT_TOO_FEW = 23,    /* the same */
    CAST_NO_BATCH = 24,       /* paper: no such batch in this round, or it is reconciled */
    CAST_SKIPPED = 90,        /* the voter is locked by another transaction: try later */
    CAST_FAILED = 91,         /* not accepted: the database is down or said no */
    CAST_UNKNOWN = 92         /* the answer to COMMIT was lost for 10 s: may or may not stand */
};

struct cast_item {
    /* in */
    uint32_t submission;
    int64_t voter;
    int32_t round;
    int32_t generation; /* the credential's when it was checked */
    enum cast_channel channel;
    bool withdrawn;
    uint8_t form_key[16];
    int64_t inbox; /* text: the inbox row, whose times decide cast_at; else 0 */
    int32_t clerk; /* paper and assisted: the officer who typed it; else 0 */
    int32_t batch; /* paper: the batch, whose collection decides cast_at; else 0 */
    struct ballot_pick picks[BALLOT_PICKS_MAX]; /* any order, no number twice */
    uint16_t n_picks;
    /* out */
    enum cast_outcome outcome;
    int32_t revision;
    int64_t receipt; /* receipt_bits() of the commitment */
    int64_t cast_at; /* unix microseconds */
    int64_t detail, limit;
};

/* Working memory of one caster: parameter buffers and the unsealed round keys. One a thread. */
struct caster;
struct caster *caster_new(struct db *db);
void caster_free(struct caster *c);

/* Casts a batch in a transaction of its own and sets every item's outcome. Retries 40001/40P01;
 * on any other refusal rolls back, halves the batch and tries again, so that one poisoned
 * submission fails alone (CAST_FAILED). After a lost COMMIT it reconnects for up to 10 s and
 * casts again (form keys tell what stands), then CAST_UNKNOWN. Items whose voter was locked come
 * back CAST_SKIPPED: the caller puts them into a later batch, and after three skips casts them
 * alone with `patient`, which waits up to 2 s for the lock and then says CAST_SKIPPED again. A
 * voter who does not exist is skipped too, and CAST_SIGNED_OUT with `patient`. */
void cast_batch(struct caster *c, struct cast_item *items, size_t n, bool patient);

/* The same two statements inside the caller's open transaction, for the SMS daemon, which writes
 * replies and marks inbox rows done before it commits. DB_OK: outcomes are set, commit to make
 * them true. Anything else: roll back; outcomes are not set. With `patient`, a lock that did not
 * come within 2 s is DB_REFUSED with SQLSTATE 55P03. */
enum db_outcome cast_in_transaction(struct caster *c, struct cast_item *items, size_t n,
                                    bool patient);

/* True when the ballot stands or already stood (recorded, repeated, superseded). */
bool cast_accepted(enum cast_outcome outcome);

#endif
