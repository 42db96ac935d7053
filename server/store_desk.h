/* store_desk.h: what the officers' desk asks the database, besides one round and its count: sign
 * in and out, areas, lists, voting codes. Role wardmote_desk. Texts and lists live in the arena. */
#ifndef WM_STORE_DESK_H
#define WM_STORE_DESK_H

#include "common/db.h"

/* --- signing in --------------------------------------------------------------------------- */
/* Names a try: what limits it, and when the database saw it. */
struct desk_try {
    uint8_t account_key[32], address_key[32];
    int64_t tried_at; /* unix microseconds */
};

struct desk_account {
    bool limited;
    int64_t unix_s;  /* the database's clock */
    int32_t officer; /* 0: there is none */
    const char *password_hash;
    const uint8_t *totp_sealed;
    size_t totp_sealed_len;
    int64_t totp_last_step;
};

/* Counts the try as failed until desk_session_start takes that back. Fills try->tried_at. */
enum db_outcome desk_account_find(struct db *db, struct arena *arena, const char *email,
                                  struct desk_try *try, struct desk_account *account);
/* *started false: the time step was used already. */
enum db_outcome desk_session_start(struct db *db, int32_t officer, const uint8_t id_hash[32],
                                   int64_t step, const struct desk_try *try, bool *started);
enum db_outcome desk_session_end(struct db *db, const uint8_t id_hash[32]);

/* --- lists -------------------------------------------------------------------------------- */
enum desk_phase {
    DESK_DRAFT,
    DESK_REVIEW,   /* another officer is asked to approve it */
    DESK_APPROVED, /* to be scheduled */
    DESK_SCHEDULED,
    DESK_OPEN,
    DESK_CLOSED, /* texts sent in time may still arrive */
    DESK_TO_COUNT,
    DESK_COUNTED,       /* to be sent for approval */
    DESK_RESULT_REVIEW, /* another officer is asked to publish it */
    DESK_EMBARGOED,     /* approved; it becomes public at its moment */
    DESK_PUBLISHED,
    DESK_ARCHIVED
};
/* Scheduled, or past it. */
bool desk_is_frozen(enum desk_phase phase);
enum desk_phase desk_phase_read(const char *word); /* as SQL says it; asserts */

struct desk_area {
    const char *slug, *name, *kind;
    int64_t voters;
};
struct desk_areas {
    struct desk_area *area;
    int n;
};
enum db_outcome desk_areas(struct db *db, struct arena *arena, int32_t officer,
                           struct desk_areas *out);

/* An agreement's edition that may be put to the vote. */
struct desk_edition {
    int32_t id, edition;
    const char *area_slug, *area_name, *title;
};
struct desk_editions {
    struct desk_edition *edition;
    int n;
};
enum db_outcome desk_editions(struct db *db, struct arena *arena, int32_t officer,
                              struct desk_editions *out);

struct desk_turnout {
    int64_t eligible, web, texts, paper, assisted; /* ballots that stand, by channel */
    int64_t withdrawn, voided;                     /* and those that do not, of one round */
};
/* Ballots that stand, whatever the channel. */
int64_t desk_turnout_all(const struct desk_turnout *t);

struct desk_line {
    const char *slug, *title, *area, *kind;
    enum desk_phase phase;
    int64_t opens_at, closes_at, count_from; /* DB_NO_TIME while not set */
    int32_t published, drafts;
    bool mine;         /* what is under review is this officer's own work */
    bool acts;         /* this officer has the role that takes it on */
    int64_t public_at; /* of a result under embargo; else DB_NO_TIME */
    struct desk_turnout turnout;
};
struct desk_lines {
    struct desk_line *line;
    int n;
};
enum db_outcome desk_rounds(struct db *db, struct arena *arena, int32_t officer,
                            struct desk_lines *out);

/* --- voting codes ------------------------------------------------------------------------- */
enum { DESK_CODES_MAX = 5000 };

/* `lookups` holds n keyed hashes of 32 bytes. *serials: n texts in the arena, in order; NULL when
 * the area is not this officer's. */
enum db_outcome desk_codes_issue(struct db *db, struct arena *arena, int32_t officer,
                                 const char *area, const uint8_t (*lookups)[32],
                                 const char *const *addresses, int n, const char ***serials);

/* What waits besides rounds: a word of api.desk_errands, and how many. */
struct desk_errands {
    struct {
        const char *what;
        int64_t n;
    } one[8];
    int n;
};
enum db_outcome desk_errands(struct db *db, struct arena *arena, int32_t officer,
                             struct desk_errands *out);

#endif
