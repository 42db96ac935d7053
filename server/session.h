/* session.h: who is asking. A voter's session is a sealed cookie checked without the database
 * (its generation is checked under the voter's lock when a ballot is cast, and on every page that
 * shows choices); an officer's is a row, revocable at once. Form tokens are HMACs of the session's
 * id. A ballot being filled in travels in a sealed draft cookie, so that a time-out, the Back
 * button or a second tab loses nothing. */
#ifndef WM_SESSION_H
#define WM_SESSION_H

#include "common/ballot.h"
#include "server/request.h"

enum {
    SESSION_VOTER_SECONDS = 30 * 60,
    SESSION_OFFICER_IDLE_SECONDS = 15 * 60,
    SESSION_OFFICER_SECONDS = 8 * 3600,
    SESSION_TOKEN_LEN = 43,
    DRAFT_PICKS_MAX = 200 /* what a form may hold; more than a ballot may (BALLOT_PICKS_MAX) */
};

/* Starts a voter's session: a new id, cookie set on the response. */
void session_voter_start(struct request *r, int64_t voter, int64_t credential, int32_t generation);
/* Deletes the voter's cookie and drafts on this device. */
void session_voter_end(struct request *r);
/* Reads the cookie into r->voter; false when absent, forged or expired. Any thread, no database. */
bool session_voter_read(struct request *r);
/* True when the browser sent a voter's cookie, good or not: somebody was signed in here. */
bool session_voter_sent(const struct request *r);

/* The officer's cookie (256 random bits) is set on the response; returns SHA-256 of it to store. */
void session_officer_start(struct request *r, uint8_t id_hash[32]);
void session_officer_end(struct request *r);
/* Looks the cookie's hash up (api.officer_session) and fills r->officer. */
enum db_outcome session_officer_read(struct request *r, struct db *db);

/* The form token of this request's session; `out` holds SESSION_TOKEN_LEN + 1. "" without one. */
void session_token(const struct request *r, char out[SESSION_TOKEN_LEN + 1]);
/* Compares the field "token" in constant time. */
bool session_token_good(const struct request *r);

struct draft {
    int32_t round;
    struct ballot_pick picks[DRAFT_PICKS_MAX];
    uint16_t n_picks;
    bool blank;   /* "I do not support any of these" */
    uint16_t add; /* a project to be added when the ballot is opened next; 0: none */
};
/* Keeps a ballot being filled in (sealed, one a browser, 2 hours). */
void session_draft_set(struct request *r, const struct draft *d);
bool session_draft_read(const struct request *r, struct draft *d);

#endif
