/* store_votes.h: codes, voters and what became of their ballots. Every call that tells something
 * of a voter checks the session's generation in the database. */
#ifndef WM_STORE_VOTES_H
#define WM_STORE_VOTES_H

#include "common/ballot.h"
#include "common/cast.h"
#include "server/request.h"
#include "server/store_rounds.h"

enum code_outcome { CODE_GOOD, CODE_WRONG, CODE_WAIT };
enum { CODE_WAIT_SECONDS = 15 * 60 };

/* Whose code is it? Fills the voter, credential and generation of `out`. A wrong code (unknown
 * or void alike) counts against this network address and its /24 or /64. */
enum db_outcome code_check(struct db *db, const uint8_t lookup[32], const char *address,
                           enum code_outcome *outcome, struct voter_session *out);

struct voter_round {
    int32_t id;
    const char *slug, *title, *area_name;
    enum round_kind kind;
    int64_t closes_at, money, cast_at; /* cast_at DB_NO_TIME: no ballot stands */
    int32_t days, proposals;
    bool voted;  /* a ballot stands */
    bool voided; /* two officers declared the ballot void */
    bool gone;   /* a project on the standing ballot was withdrawn */
};
struct voter_rounds {
    struct voter_round *round;
    int n;
};

struct voter_ballot {
    bool session_good; /* false: nothing else is set */
    bool in_reach;     /* may vote in this round */
    const char *area_name;
    int32_t revision; /* 0: never voted */
    bool withdrawn;
    enum cast_channel channel;
    int64_t cast_at, receipt;
    bool in_area;  /* lives in the round's area; in_reach: and is on a register that votes in it */
    bool declared; /* whatever the round asks was declared */
    bool voided;   /* two officers declared the ballot void, and why */
    const char *void_reason;
};
/* A ballot of theirs counts. */
bool voter_ballot_stands(const struct voter_ballot *b);

/* *good false: signed out, voided or re-issued meanwhile. */
enum db_outcome voter_now(struct db *db, const struct voter_session *s, bool *good);
enum db_outcome voter_sign_out(struct db *db, const struct voter_session *s);
enum db_outcome voter_rounds_load(struct db *db, struct arena *a, const struct voter_session *s,
                                  struct voter_rounds *out);
enum db_outcome voter_ballot_load(struct db *db, struct arena *a, const struct voter_session *s,
                                  int32_t round, struct voter_ballot *out);
/* The standing ballot's picks; returns how many in *n. */
enum db_outcome voter_picks_load(struct db *db, const struct voter_session *s, int32_t round,
                                 struct ballot_pick picks[BALLOT_PICKS_MAX], uint16_t *n);

/* What a voter declares before the first ballot of a round that asks. */
enum declare_outcome {
    DECLARE_GOOD,
    DECLARE_ENDED,     /* the session */
    DECLARE_NO_ROUND,  /* not one that this voter votes in */
    DECLARE_CLOSED,    /* not open now */
    DECLARE_AGE,       /* not old enough, or not said */
    DECLARE_FORMAT,    /* no postcode, no place */
    DECLARE_ELSEWHERE, /* that lies in another area, whose name comes with it */
    DECLARE_UNKNOWN    /* no such postcode or place */
};
enum { DECLARE_OUTCOMES = 2 };
/* One outcome; two where both the age and the place are wrong. */
struct declared {
    enum declare_outcome outcome[DECLARE_OUTCOMES];
    int n;
    const char *area; /* in the arena; of DECLARE_ELSEWHERE */
};
enum db_outcome voter_declare(struct db *db, struct arena *a, const struct voter_session *s,
                              int32_t round, bool old_enough, const char *residence,
                              struct declared *out);
struct place {
    const char *slug, *name;
};
/* Where a voter of the round can live; *places in the arena. */
enum db_outcome round_places_load(struct db *db, struct arena *a, int32_t round,
                                  struct place **places, int *n);

struct ballot_verdict {
    bool good;
    enum cast_outcome outcome; /* when not good */
    int64_t detail, limit;     /* as in common/cast.h */
};
/* Would these picks be accepted? The rule is the database's (api.cast_judge). */
enum db_outcome ballot_check(struct db *db, int32_t round, const struct ballot_pick *picks,
                             uint16_t n, struct ballot_verdict *out);

enum receipt_state {
    RECEIPT_UNKNOWN,
    RECEIPT_STANDS,
    RECEIPT_REPLACED,
    RECEIPT_WITHDRAWN,
    RECEIPT_VOIDED
};
struct receipt_view {
    enum receipt_state state;
    const char *slug, *title;
    enum round_phase phase;
    int64_t cast_at;
};
enum db_outcome receipt_find(struct db *db, struct arena *a, int64_t receipt,
                             struct receipt_view *out);

#endif
