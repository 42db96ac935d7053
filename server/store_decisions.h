/* store_decisions.h: what the council decided on proposals after a vote. Reading what is confirmed:
 * any role of the server; the rest: wardmote_desk. Texts live in the arena. */
#ifndef WM_STORE_DECISIONS_H
#define WM_STORE_DECISIONS_H

#include "server/store_amendments.h"

/* One decision. What everybody may read comes first. */
struct decision {
    int32_t number;       /* of the proposal */
    const char *decision; /* approved, deferred, referred, refused */
    const char *reason;
    const char *body;   /* who of the council decided */
    int64_t decided_on; /* a moment of that day in London */
    bool stands;        /* the latest that was confirmed */
    int32_t id;
    const char *slug, *round, *title; /* of the round, and of the proposal */
    enum change_state state;
    const char *asked_by, *confirmed_by;
    int64_t asked_at;
    bool mine;      /* written down by this officer */
    unsigned roles; /* ROLE_… of this officer in its area */
};
struct decisions {
    struct decision *decision;
    int n;
};

/* Those of a round that were confirmed, by proposal, the latest first. */
enum db_outcome decisions_public(struct db *db, struct arena *arena, int32_t round,
                                 struct decisions *out);
/* All of an officer's round; `slug` NULL: of all that this officer looks after. */
enum db_outcome decisions_desk(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, struct decisions *out);
/* The one that stands, or NULL. */
const struct decision *decision_of(const struct decisions *all, int32_t number);

/* Of `d` the first four; `day` "2026-12-14", or NULL: unreadable. *result: an outcome of
 * api.desk_decision_ask. */
enum db_outcome decision_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             const struct decision *d, const char *day, const char **result);
/* *result: an outcome of api.desk_decision_confirm. */
enum db_outcome decision_confirm(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                 bool grant, const char **result);

#endif
