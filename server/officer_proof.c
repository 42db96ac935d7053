/* officer_proof.c: password and authenticator code, checked against an account. */
#include "server/officer_proof.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/authenticator.h"

enum { EMAIL_MAX = 254 };

/* The keys under which failures are counted. Addresses are compared without regard to case. */
static void make_keys(const struct request *r, const char *email, struct desk_try *try)
{
    char lower[EMAIL_MAX + 1];
    size_t n = 0;
    for (; n < EMAIL_MAX && email[n] != '\0'; n++)
        lower[n] = (char)(email[n] >= 'A' && email[n] <= 'Z' ? email[n] + 32 : email[n]);
    secret_hmac(SECRET_ADDRESS, "sign-in/account", lower, n, try->account_key);
    secret_hmac(SECRET_ADDRESS, "sign-in/address", r->address, strlen(r->address),
                try->address_key);
}

void officer_code_read(const char *typed, char out[8])
{
    size_t n = 0;
    for (; *typed != '\0' && n < 7; typed++) {
        if (*typed != ' ')
            out[n++] = *typed;
    }
    out[n] = '\0';
}

/* The time step that the code stands for, or -1. */
static int64_t check_code(const struct desk_account *account, const char *typed)
{
    uint8_t seed[AUTHENTICATOR_SEED_LEN + 64];
    char code[8];
    int64_t step = -1;
    officer_code_read(typed, code);
    if (account->totp_sealed_len != AUTHENTICATOR_SEED_LEN + SECRET_SEAL_EXTRA ||
        secret_unseal("officer.totp", account->totp_sealed, account->totp_sealed_len, seed) !=
            AUTHENTICATOR_SEED_LEN) {
        log_bug("the TOTP seed of officer %d cannot be unsealed", account->officer);
        return -1;
    }
    step = secret_totp_check(seed, code, account->unix_s, account->totp_last_step);
    explicit_bzero(seed, sizeof seed);
    return step;
}

/* A password is always checked, also for nobody's account: the time taken tells nothing. */
static int64_t check_account(const struct request *r, const struct desk_account *account)
{
    bool right = secret_password_check(request_field(r, "password"), account->password_hash);
    int64_t step = account->officer != 0 ? check_code(account, request_field(r, "totp")) : -1;
    return right ? step : -1;
}

enum db_outcome officer_proof(struct request *r, struct db *db, const char *email,
                              struct officer_proof *out)
{
    struct desk_account account;
    *out = (struct officer_proof){.proof = PROOF_WRONG};
    make_keys(r, email, &out->try);
    enum db_outcome outcome = desk_account_find(db, &r->arena, email, &out->try, &account);
    if (outcome != DB_OK)
        return outcome;
    if (account.limited) {
        out->proof = PROOF_LIMITED;
        return DB_OK;
    }
    out->step = check_account(r, &account);
    out->officer = account.officer;
    out->proof = out->step >= 0 ? PROOF_GOOD : PROOF_WRONG;
    return DB_OK;
}

void officer_proof_fields(struct html *h, const struct form_errors *errors)
{
    form_input(h, errors,
               &(struct form_input){.name = "password",
                                    .label = "Password",
                                    .type = "password",
                                    .autocomplete = "current-password"});
    form_input(h, NULL,
               &(struct form_input){.name = "totp",
                                    .label = "Code from your authenticator app",
                                    .hint = "6 digits. Each code is good once.",
                                    .inputmode = "numeric",
                                    .autocomplete = "one-time-code",
                                    .width = 10});
}
