/* page_sign_in.c: /desk/sign-in and /desk/sign-out: password and authenticator code. */
#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/session.h"

enum { EMAIL_MAX = 254, SEED_LEN = 20, LIMIT_SECONDS = 300 };

/* One sentence for every failure: which part was wrong is nobody's business. */
#define WRONG   "Your email address, password or code is not right. Check all three"
#define LIMITED "Too many tries. Wait 5 minutes, then sign in again"

static void show(struct request *r, const char *problem, int status)
{
    struct form_errors errors = {.n = 0};
    struct desk_page p;
    if (problem != NULL)
        form_error(&errors, "email", problem);
    desk_begin(&p, r, "Sign in", NULL, NULL, &errors);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">Sign in to the ward officers’ desk</h1>\n");
    form_begin(&p.h, "/desk/sign-in");
    form_input(&p.h, &errors,
               &(struct form_input){.name = "email",
                                    .label = "Email address",
                                    .type = "email",
                                    .autocomplete = "username",
                                    .value = request_field(r, "email")});
    form_input(&p.h, NULL,
               &(struct form_input){.name = "password",
                                    .label = "Password",
                                    .type = "password",
                                    .autocomplete = "current-password"});
    form_input(&p.h, NULL,
               &(struct form_input){.name = "totp",
                                    .label = "Code from your authenticator app",
                                    .hint = "6 digits. Each code is good once.",
                                    .inputmode = "numeric",
                                    .autocomplete = "one-time-code",
                                    .width = 10});
    form_button(&p.h, "Sign in");
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
    if (status == 429)
        r->response.retry_after = LIMIT_SECONDS;
}

enum handled page_sign_in(struct request *r, struct db *db)
{
    (void)db;
    show(r, NULL, 200);
    return HANDLED;
}

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

/* The authenticator's code without the space that some show in its middle. */
static void read_code(const char *typed, char out[8])
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
    uint8_t seed[SEED_LEN + 64];
    char code[8];
    int64_t step = -1;
    read_code(typed, code);
    if (account->totp_sealed_len != SEED_LEN + SECRET_SEAL_EXTRA ||
        secret_unseal("officer.totp", account->totp_sealed, account->totp_sealed_len, seed) !=
            SEED_LEN) {
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

enum handled page_sign_in_post(struct request *r, struct db *db)
{
    struct desk_try try;
    struct desk_account account;
    uint8_t id_hash[32];
    bool started = false;
    const char *email = request_field(r, "email");
    make_keys(r, email, &try);
    enum db_outcome outcome = desk_account_find(db, &r->arena, email, &try, &account);
    if (outcome == DB_OK && account.limited) {
        log_peer("sign-in refused: too many tries");
        show(r, LIMITED, 429);
        return HANDLED;
    }
    int64_t step = outcome == DB_OK ? check_account(r, &account) : -1;
    if (outcome == DB_OK && step >= 0) {
        session_officer_start(r, id_hash);
        outcome = desk_session_start(db, account.officer, id_hash, step, &try, &started);
    }
    if (outcome == DB_OK && started) {
        response_redirect(r, "/desk");
        return HANDLED;
    }
    r->response.n_cookies = 0; /* a session that was not kept */
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    log_peer("sign-in failed");
    show(r, WRONG, 422);
    return HANDLED;
}

enum handled page_desk_sign_out_post(struct request *r, struct db *db)
{
    uint8_t id_hash[32];
    digest_sha256(r->officer.id, sizeof r->officer.id, id_hash);
    enum db_outcome outcome = desk_session_end(db, id_hash);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    session_officer_end(r);
    response_redirect(r, "/desk/sign-in");
    return HANDLED;
}
