/* page_sign_in.c: /desk/sign-in and /desk/sign-out: password and authenticator code. */
#include "common/digest.h"
#include "common/log.h"
#include "server/desk_view.h"
#include "server/officer_proof.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/session.h"

/* One sentence for every failure: which part was wrong is nobody's business. */
#define WRONG "Your email address, password or code is not right. Check all three"

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
    officer_proof_fields(&p.h, NULL);
    form_button(&p.h, "Sign in");
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
    if (status == 429)
        r->response.retry_after = OFFICER_PROOF_WAIT_SECONDS;
}

enum handled page_sign_in(struct request *r, struct db *db)
{
    (void)db;
    show(r, NULL, 200);
    return HANDLED;
}

enum handled page_sign_in_post(struct request *r, struct db *db)
{
    struct officer_proof proof;
    uint8_t id_hash[DIGEST_LEN];
    bool started = false;
    enum db_outcome outcome = officer_proof(r, db, request_field(r, "email"), &proof);
    if (outcome == DB_OK && proof.proof == PROOF_LIMITED) {
        log_peer("sign-in refused: too many tries");
        show(r, OFFICER_PROOF_LIMITED, 429);
        return HANDLED;
    }
    if (outcome == DB_OK && proof.proof == PROOF_GOOD) {
        session_officer_start(r, id_hash);
        outcome = desk_session_start(db, proof.officer, id_hash, proof.step, &proof.try, &started);
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
