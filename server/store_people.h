/* store_people.h: who works at the desk, as what, by which link they set up, and their sessions.
 * Texts and lists live in the arena. Thread: a worker's, with its own connection (role
 * wardmote_desk). Words of outcomes are those of the SQL functions named alike. */
#ifndef WM_SERVER_STORE_PEOPLE_H
#define WM_SERVER_STORE_PEOPLE_H

#include "common/buf.h"
#include "common/digest.h"
#include "server/store_desk.h"

enum { SET_UP_KEY_LEN = 26 }; /* characters of Crockford's base32: 130 bits */

struct person {
    int32_t id;
    const char *name, *email;
    const char *state;                /* "active", "waiting" (for them to set up), "inactive" */
    unsigned roles;                   /* ROLE_… */
    int64_t signed_in_at, link_until; /* DB_NO_TIME: never; no link is good */
    bool mine;                        /* the officer who asks */
};
struct people {
    struct person *one;
    int n;
};
/* Everybody, or the one with that id (`other` not 0; n is 0 or 1). */
enum db_outcome people_find(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            struct people *out);

struct person_roles {
    struct {
        const char *role, *area, *area_name; /* area "": of the whole service */
    } * one;
    int n;
};
enum db_outcome person_roles(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                             struct person_roles *out);

/* Every area, slug and name, for an administrator to choose from. */
enum db_outcome person_areas(struct db *db, struct arena *arena, int32_t officer,
                             struct desk_areas *out);

enum db_outcome person_add(struct db *db, struct arena *arena, int32_t officer, const char *name,
                           const char *email, const char **result, int32_t *id);
/* `key` holds SET_UP_KEY_LEN + 1: the link's, made here and kept nowhere. */
enum db_outcome person_link(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            char *key, const char **result);
enum db_outcome person_role(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                            const char *role, const char *area, bool give, const char **result);
enum db_outcome person_active(struct db *db, struct arena *arena, int32_t officer, int32_t other,
                              bool active, const char **result);
/* The first administrator: see api.officer_first. */
enum db_outcome person_first(struct db *db, struct arena *arena, const char *name,
                             const char *email, char *key, const char **result);

/* --- by a set-up link ---------------------------------------------------------------------- */
struct set_up {
    const char *name, *email; /* NULL: the link is good no longer */
    int64_t unix_s;           /* the database's clock */
};
enum db_outcome set_up_find(struct db *db, struct arena *arena, const char *key,
                            struct set_up *out);
struct new_proof {
    const char *password_hash;
    const uint8_t *totp_sealed;
    size_t totp_sealed_len;
    int64_t step;
};
enum db_outcome set_up_take(struct db *db, struct arena *arena, const char *key,
                            const struct new_proof *new, const uint8_t session[DIGEST_LEN],
                            const char **result);

/* --- one's own account: sessions by the hash of their cookie ------------------------------- */
struct desk_sessions {
    struct {
        bool this;
        int64_t created_at, seen_at;
    } * one;
    int n;
    int64_t unix_s; /* the database's clock */
};
enum db_outcome sessions_find(struct db *db, struct arena *arena, const uint8_t id[DIGEST_LEN],
                              struct desk_sessions *out);
enum db_outcome sessions_end_others(struct db *db, const uint8_t id[DIGEST_LEN]);
/* Three changes that give the session another id; *done false: it is over, or the code is used. */
enum db_outcome session_prove(struct db *db, const uint8_t id[DIGEST_LEN],
                              const uint8_t new_id[DIGEST_LEN], int64_t step,
                              const struct desk_try *try, bool *done);
enum db_outcome password_change(struct db *db, const uint8_t id[DIGEST_LEN],
                                const uint8_t new_id[DIGEST_LEN], const char *password_hash,
                                bool *done);
enum db_outcome authenticator_change(struct db *db, const uint8_t id[DIGEST_LEN],
                                     const uint8_t new_id[DIGEST_LEN], const struct new_proof *new,
                                     bool *done);

#endif
