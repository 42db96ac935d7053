/* store_desk_round.h: one round as its officer edits it: itself, its pots and proposals; saving,
 * publishing and scheduling. Role wardmote_desk. Texts and lists live in the arena. */
#ifndef WM_STORE_DESK_ROUND_H
#define WM_STORE_DESK_ROUND_H

#include "server/geo_point.h"
#include "server/store_count_job.h"
#include "server/store_desk.h"

/* A page of wordings, of a proposal or of a translation, shows so many. */
enum { WORDINGS_SHOWN = 20 };

enum { DESK_POTS_MAX = 6, DESK_EXCLUSIONS_MAX = 30 };

struct desk_pot {
    int32_t ordinal;
    const char *name;
    int64_t amount;               /* pence */
    int32_t min_picks, max_picks; /* 0: none */
};

struct desk_proposal {
    int32_t number;
    const char *short_name, *title, *summary, *body, *place, *proposer;
    const char *theme;   /* "": none */
    struct geo_point at; /* where it lies */
    int32_t pot;         /* its ordinal; 0: a question */
    int64_t cost;        /* pence */
    int32_t revision;    /* its wording, from 1; 0: not known */
    int32_t exclusion;   /* the group of which one at most can win; 0: none */
    bool published;      /* and on the ballot */
    bool withdrawn;
};

/* What a round asks of voters and ballots; 0: not set. */
struct desk_terms {
    const char *eligibility, *residence; /* the words of wardmote.round */
    const char *method;                  /* how it is counted: a word of api.rule_for */
    int32_t provisional_days;            /* a result can be challenged so long */
    int32_t minimum_age, min_picks, points_sum, points_max, cap_percent;
    bool blank_allowed, carry;
};

/* Whether it is practice, in which nobody votes. */
bool desk_is_practice(const struct desk_terms *terms);
/* Whether a voter has something to declare. */
bool desk_asks(const struct desk_terms *terms);

struct desk_round {
    const char *slug, *area_slug, *area, *title, *about, *kind;
    enum desk_phase phase;
    int64_t opens_at, closes_at, count_from; /* DB_NO_TIME while not set */
    int64_t public_at; /* when a result under embargo becomes public; else DB_NO_TIME */
    int32_t grace_minutes, max_picks, minimum_votes;
    struct desk_terms terms;
    int32_t edition; /* yes_no: its id; else 0 */
    const char *edition_title;
    const char *opens_date, *opens_time, *closes_date, *closes_time; /* Europe/London, as typed */
    uint8_t rules_sha256[32];                                        /* once it is scheduled */
    const char *hindrance; /* "" when nothing keeps it from being scheduled */
    const char *hindrance_detail;
    int32_t published, drafts;
    const char *asked_by; /* who sent it, or its result, for review */
    bool mine;            /* this officer cannot approve it: it is their own work */
    unsigned roles;       /* ROLE_… of the officer in its area */
    const char *note;     /* why it came back; "": it did not */
    const char *note_by;
    struct desk_turnout turnout;
    struct count_state *count; /* of a round that is over: its latest count; NULL: none was asked */
    struct desk_pot *pot;
    int pots;
    struct desk_proposal *proposal; /* by number */
    int proposals;
};

/* *round NULL: there is none, or it is another officer's. */
enum db_outcome desk_round_find(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, struct desk_round **round);
/* The proposal with this number, or NULL. */
const struct desk_proposal *desk_proposal_of(const struct desk_round *round, int32_t number);

/* What a form holds once it was read. */
struct desk_round_form {
    const char *area, *title, *about, *kind, *question;
    int32_t edition;            /* 0: none */
    const char *opens, *closes; /* "2026-12-14 21:00:00" in Europe/London; NULL: not set */
    int32_t grace_minutes, max_picks, minimum_votes;
    struct desk_terms terms;
    struct desk_pot pot[DESK_POTS_MAX];
    int pots;
};
/* `slug` NULL makes a round. *result: an outcome of api.desk_round_save; *saved: its slug. */
enum db_outcome desk_round_save(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, const struct desk_round_form *form,
                                const char **result, const char **saved);

/* The random keys of a round being frozen: sealed as the database keeps them, and the hash of
 * each unsealed. */
enum { ROUND_SECRETS = 3, ROUND_SECRET_LEN = 32, ROUND_SECRET_SEALED = 32 + 29 };
struct round_secrets {
    struct {
        uint8_t sealed[ROUND_SECRET_SEALED];
        uint8_t sha256[32];
    } one[ROUND_SECRETS]; /* K_pseudonym, K_nonce, seed */
};
void round_secrets_make(struct round_secrets *secrets);
/* Puts the six values in the order in which api.desk_schedule and api.round_freeze take them. */
void round_secrets_put(struct db_params *p, const struct round_secrets *secrets);

/* *result: an outcome of api.desk_schedule. */
enum db_outcome desk_schedule(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char **result, const char **detail);

#endif
