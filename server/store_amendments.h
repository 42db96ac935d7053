/* store_amendments.h: what two officers change after a round's rules were frozen. Asking, deciding
 * and the desk's list: role wardmote_desk; what was granted: everybody. Texts live in the arena. */
#ifndef WM_STORE_AMENDMENTS_H
#define WM_STORE_AMENDMENTS_H

#include "common/db.h"

enum change_kind { CHANGE_EXTENSION, CHANGE_WITHDRAWAL, CHANGE_VOID_BALLOT, CHANGE_VOID_CODE };
/* As in the database and the open data; a literal. */
const char *change_kind_word(enum change_kind kind);
enum change_state { CHANGE_WAITING, CHANGE_GRANTED, CHANGE_REFUSED, CHANGE_TAKEN_BACK };

/* One change. What everybody may read: kind, times, proposal, reason, decided_at. */
struct change {
    int64_t id;
    enum change_kind kind;
    enum change_state state;
    const char *slug, *title;     /* of the round, or of the area a code is for */
    int64_t closes_at, closed_at; /* extension: the new close, and once granted the one before */
    int32_t number;               /* withdrawal: the proposal */
    const char *name;
    const char *serial; /* void_code */
    const char *reason;
    const char *asked_by, *decided_by;
    unsigned roles;               /* ROLE_… of the officer in its area */
    int64_t asked_at, decided_at; /* DB_NO_TIME */
    bool mine;                    /* asked by this officer */
};
struct changes {
    struct change *change;
    int n;
};

/* A state in the words of SQL, which other things that two officers decide share; asserts. */
enum change_state change_state_read(const char *word);
/* Granted changes of a round, in order. Any role of the server. */
enum db_outcome changes_public(struct db *db, struct arena *arena, int32_t round,
                               struct changes *out);
/* All of an officer's round; `slug` NULL: of all that this officer looks after. */
enum db_outcome changes_desk(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             struct changes *out);

struct change_wish {
    enum change_kind kind;
    const char *closes; /* "2026-12-14 21:00:00" in Europe/London, or NULL */
    int32_t number;     /* -1: none */
    int64_t receipt;    /* -1: none */
    const char *serial; /* "": none */
    const char *reason;
};
/* *result: an outcome of api.desk_amendment_ask; `slug` NULL for a code. */
enum db_outcome change_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                           const struct change_wish *wish, const char **result,
                           const char **detail);
/* *result: an outcome of api.desk_amendment_decide. */
enum db_outcome change_decide(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                              bool grant, const char **result, const char **detail);

#endif
