/* store_agreement.h: editions of agreements and their pledges, as officers make them and providers
 * answer for them. Outcomes are the words that the SQL functions of the same names give. Thread: a
 * worker's, with its own connection; everything read lives in the arena. */
#ifndef WM_SERVER_STORE_AGREEMENT_H
#define WM_SERVER_STORE_AGREEMENT_H

#include "common/db.h"

enum { PROVIDER_KEY_LEN = 26 };

/* Texts are never NULL; days are DB_NO_TIME where there is none. */
struct edition_state {
    int32_t id, edition;
    const char *area_slug, *area, *title, *in_return;
    const char *state; /* draft, proposed, adopted, superseded, rejected */
    int64_t pledges, answered, due;
    int64_t adopted_on, review_on;
    const char *review_typed;  /* as it is typed */
    const char *round;         /* the question that asks about it, or "" */
    const char *frozen_sha256; /* in hex, or "" */
    const char *adopt_reason, *asked_by;
    unsigned roles; /* ROLE_… of the officer in its area */
    int32_t before; /* the edition that it came after; 0: none, or not read */
    const char *before_in_return;
    bool asks, mine; /* its adoption without a vote was asked for; by this officer */
};
struct edition_lines {
    struct edition_state *edition;
    int n;
};

struct desk_pledge {
    int32_t id, ordinal, provider_id;
    const char *provider, *promise, *standard, *measure, *due_typed;
    const char *state;  /* drafted, accepted, amended, declined */
    const char *reason; /* of amending or declining */
    const char *asked;  /* the words before they were amended, or "" */
    const char *answered_by, *recorded;
    const char *check_result, *evidence, *evidence_link;
    int64_t due, answered_at, checked_on, link;
    int64_t idea; /* of the resident who proposed it; 0: none */
};
struct desk_pledges {
    struct desk_pledge *pledge;
    int n;
};

enum db_outcome desk_agreements(struct db *db, struct arena *a, int32_t officer,
                                struct edition_lines *out);
/* *edition NULL: none of this officer's areas. */
enum db_outcome desk_edition(struct db *db, struct arena *a, int32_t officer, int32_t id,
                             struct edition_state **edition);
enum db_outcome desk_pledges(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                             struct desk_pledges *out);

/* A draft, new (id 0, of `area`) or changed. `review`: "2027-04-01" or NULL. *id is set on "saved"
 * and "draft". */
struct edition_form {
    const char *area, *title, *in_return, *review;
    bool copy;
};
enum db_outcome desk_edition_save(struct db *db, struct arena *a, int32_t officer, int32_t *id,
                                  const struct edition_form *form, const char **result);
/* `pledge` 0: a new one. `due` "2027-04-01" or NULL. */
struct pledge_form {
    const char *provider, *promise, *standard, *measure, *due;
};
enum db_outcome desk_pledge_save(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                 int32_t pledge, const struct pledge_form *form,
                                 const char **result);
/* `what`: "up", "down", "remove". */
enum db_outcome desk_pledge_place(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                  int32_t pledge, const char *what, const char **result);

/* What a provider says of a pledge. */
struct pledge_answer {
    const char *state, *promise, *reason, *who;
};
enum db_outcome desk_pledge_answer(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                   int32_t pledge, const struct pledge_answer *answer,
                                   const char **result);
/* `day`: "2027-04-01" or NULL. */
struct pledge_check {
    const char *result, *evidence, *link, *day;
};
enum db_outcome desk_pledge_check(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                  int32_t pledge, const struct pledge_check *check,
                                  const char **result);
/* `key` is for the private link; only its hash is stored. */
enum db_outcome desk_provider_link(struct db *db, struct arena *a, int32_t officer, int32_t edition,
                                   int32_t provider, char key[PROVIDER_KEY_LEN + 1],
                                   const char **result);
enum db_outcome desk_edition_freeze(struct db *db, struct arena *a, int32_t officer, int32_t id,
                                    bool thaw, const char **result);
enum adopt_step { ADOPT_ASK, ADOPT_GRANT, ADOPT_REFUSE };
enum db_outcome desk_edition_adopt(struct db *db, struct arena *a, int32_t officer, int32_t id,
                                   enum adopt_step step, const char *reason, const char **result);

/* What a provider's private link shows. `n` 0: the link is no good. */
struct provider_view {
    const char *edition, *area, *state, *provider;
    struct desk_pledge *pledge; /* words, due, state, reason, asked, answered_by */
    int n;
};
enum db_outcome provider_pledges(struct db *db, struct arena *a, const char *key,
                                 struct provider_view *out);
enum db_outcome provider_answer(struct db *db, struct arena *a, const char *key, int32_t pledge,
                                const struct pledge_answer *answer, const char **result);

#endif
