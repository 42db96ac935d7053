/* authenticator.h: a new authenticator: a seed made, shown as a square and as letters, and proved
 * by a code before anything is kept. Until then the seed travels sealed in the form. Any thread. */
#ifndef WM_SERVER_AUTHENTICATOR_H
#define WM_SERVER_AUTHENTICATOR_H

#include "common/secret.h"
#include "server/form.h"

enum {
    AUTHENTICATOR_SEED_LEN = 20,
    AUTHENTICATOR_SEALED_LEN = AUTHENTICATOR_SEED_LEN + SECRET_SEAL_EXTRA
};

/* Writes the fields "seed" and "totp", with the square and the letters for an account. `owner` (a
 * hash, 32 bytes) is who the seed is for: it is worth nothing to anybody else. The seed is the
 * one of the form that came back, where there is one, so that what was scanned stays good. */
void authenticator_fields(struct html *h, struct request *r, const struct form_errors *errors,
                          const char *email, const uint8_t owner[32]);

/* Reads the two fields again. False: the code is not right, or the seed not for this owner. Else
 * `sealed` is to be stored ("officer.totp") and `step` is the code's time step. `unix_s`: the
 * database's clock. */
bool authenticator_read(const struct request *r, const uint8_t owner[32], int64_t unix_s,
                        uint8_t sealed[AUTHENTICATOR_SEALED_LEN], int64_t *step);

#endif
