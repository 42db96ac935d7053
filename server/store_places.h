/* store_places.h: neighbourhoods and their agreements, as residents see them. Everything read
 * lives in the arena that is passed in. */
#ifndef WM_STORE_PLACES_H
#define WM_STORE_PLACES_H

#include "common/db.h"

struct area {
    const char *slug, *name, *kind, *about, *parent_name;
    int32_t population, households; /* 0: not known */
    int32_t edition;                /* of the agreement in force; 0: none */
    int32_t pledges, providers;     /* in it */
    int64_t adopted_on, review_on;  /* DB_NO_TIME: none */
    int32_t proposed;               /* the edition put forward; 0: none */
    int32_t open_rounds;
};
struct areas {
    struct area *area;
    int n;
};

struct edition {
    int32_t id, edition;
    const char *title, *in_return, *state; /* proposed, adopted, superseded, rejected */
    int64_t adopted_on, review_on;
    const char *question_slug, *question_phase; /* "" when it was not put to a vote */
    int64_t question_closes;
    const char *adopt_reason; /* why it was adopted without a vote, or "" */
    const char *sha256;       /* of its words as they were put forward, in hex, or "" */
    int64_t frozen_at;
    int32_t before;               /* the edition that it came after; 0: none */
    const char *before_in_return; /* what that asked of residents */
};
struct editions {
    struct edition *edition;
    int n;
};

struct pledge {
    int32_t id;
    const char *provider, *promise, *standard, *measure, *state, *reason, *check_result, *evidence,
        *evidence_link;
    int64_t due, checked_on; /* DB_NO_TIME: none */
    bool from_resident;      /* it came from a resident's idea */
};
struct pledges {
    struct pledge *pledge;
    int n;
};

/* Checks of an edition's pledges, of each the newest first. */
struct pledge_past {
    int32_t pledge;
    int64_t checked_on;
    const char *result, *evidence, *link;
};
struct pledge_pasts {
    struct pledge_past *check;
    int n;
};

/* A pledge beside the one that it came from; texts of a side that is not there are "". */
struct pledge_words {
    const char *provider, *promise, *standard, *measure;
    int64_t due;
};
struct pledge_change {
    const char *what; /* added, dropped, reworded, day, same */
    struct pledge_words now, was;
    const char *reason; /* of its provider, who declined it, or "" */
};
struct pledge_changes {
    struct pledge_change *change;
    int n;
};

/* `slug` NULL: all. Empty when there is no such area. */
enum db_outcome areas_load(struct db *db, struct arena *a, const char *slug, struct areas *out);
enum db_outcome editions_load(struct db *db, struct arena *a, const char *area,
                              struct editions *out);
enum db_outcome pledges_load(struct db *db, struct arena *a, int32_t edition, struct pledges *out);
enum db_outcome pledge_pasts_load(struct db *db, struct arena *a, int32_t edition,
                                  struct pledge_pasts *out);
/* Empty for the first edition of an area. */
enum db_outcome edition_changes_load(struct db *db, struct arena *a, int32_t edition,
                                     struct pledge_changes *out);
/* The same, of an officer's areas, of a draft too. Role wardmote_desk. */
enum db_outcome edition_changes_desk(struct db *db, struct arena *a, int32_t officer,
                                     int32_t edition, struct pledge_changes *out);
/* The canonical text whose SHA-256 is published. *text NULL: none was kept. */
enum db_outcome edition_frozen_load(struct db *db, struct arena *a, int32_t edition,
                                    const char **text);

#endif
