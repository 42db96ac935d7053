/* store_idea.h: residents' ideas and the database, as their proposers reach them: by the key of a
 * private link. Outcomes are the words that the SQL functions of the same names give. Thread: a
 * pages worker's, with its own connection. */
#ifndef WM_SERVER_STORE_IDEA_H
#define WM_SERVER_STORE_IDEA_H

#include "common/db.h"

/* A key is 26 characters of Crockford's base32 (130 random bits); a reference has 6. */
enum { IDEA_KEY_LEN = 26, IDEA_REFERENCE_LEN = 6 };

/* An idea as its proposer, or an officer, sees it. Texts are never NULL; money in pence, 0: none.
 */
struct idea {
    int64_t id; /* 0 for its proposer */
    const char *reference, *state, *area_slug, *area, *title, *what, *place, *benefit, *proposer;
    int64_t cost_guess, cost;
    bool texts; /* a number was left, to be texted when there is an answer */
    int64_t saved_at, sent_at;
    const char *kept_by; /* the reference of the idea that it was merged into, or "" */
    int64_t kept_by_id;
    const char *round_slug; /* of the proposal that it became, or "" */
    int32_t project;
    const char *officer; /* who looks after it, or "" */
    bool mine;
    const char *kind; /* project, pledge */
    /* of a pledge: */
    const char *promiser, *in_return;
    int32_t edition; /* of the agreement, that it was accepted into, or for an officer could be */
    int32_t edition_id, pledge;               /* for an officer; 0: none, not accepted */
    const char *edition_state, *provider;     /* for its proposer, once accepted */
    const char *pledge_state, *pledge_reason; /* once that edition was put forward */
};

struct idea_message {
    int64_t at;
    const char *kind, *words, *officer;
};
struct idea_messages {
    struct idea_message *message;
    int n;
};

/* What one page of the form holds; NULL leaves a thing as it is. */
struct idea_page {
    const char *area, *title, *what, *place, *benefit, *proposer, *promiser, *in_return;
    bool has_cost;
    int64_t cost;       /* 0: none */
    const char *number; /* E.164; "": not to be texted */
};

/* A new draft of a kind; `key` is for its private link, of which only a hash is stored. */
enum db_outcome idea_begin(struct db *db, const char *kind, char key[IDEA_KEY_LEN + 1]);
/* *idea NULL: no link has that key. */
enum db_outcome idea_find(struct db *db, struct arena *arena, const char *key, struct idea **idea);
enum db_outcome idea_messages(struct db *db, struct arena *arena, const char *key,
                              struct idea_messages *out);
enum db_outcome idea_save(struct db *db, struct arena *arena, const char *key,
                          const struct idea_page *page, const char **result);
enum db_outcome idea_send(struct db *db, struct arena *arena, const char *key, const char **result);
enum db_outcome idea_answer(struct db *db, struct arena *arena, const char *key, const char *words,
                            const char **result);
enum db_outcome idea_take_back(struct db *db, struct arena *arena, const char *key,
                               const char **result);
/* Rows of (at, kind, words, officer). Frees them. */
void idea_messages_read(struct arena *arena, struct db_rows *rows, struct idea_messages *out);

#endif
