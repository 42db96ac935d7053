/* officer_proof.h: password and authenticator code, checked against an account, with the limit on
 * tries. Thread: a worker's, with its own connection (role wardmote_desk). */
#ifndef WM_SERVER_OFFICER_PROOF_H
#define WM_SERVER_OFFICER_PROOF_H

#include "server/form.h"
#include "server/store_desk.h"

enum proof { PROOF_WRONG, PROOF_LIMITED, PROOF_GOOD };

struct officer_proof {
    enum proof proof;
    int32_t officer;     /* the rest where it is PROOF_GOOD: whose account it is */
    int64_t step;        /* the time step that the code stands for: to be used up */
    struct desk_try try; /* counted as failed until the database is told otherwise */
};

/* Checks the fields "password" and "totp" of this request for the account of an email address. The
 * same time is spent where there is no such account. */
enum db_outcome officer_proof(struct request *r, struct db *db, const char *email,
                              struct officer_proof *out);

/* The two fields, and what to say where it is not PROOF_GOOD. */
void officer_proof_fields(struct html *h, const struct form_errors *errors);
enum { OFFICER_PROOF_WAIT_SECONDS = 300 };
#define OFFICER_PROOF_LIMITED "Too many tries. Wait 5 minutes, then try again"

/* The authenticator's code without the space that some show in its middle: at most 7 characters. */
void officer_code_read(const char *typed, char out[8]);

#endif
