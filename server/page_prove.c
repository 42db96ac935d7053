/* page_prove.c: /desk/prove: password and authenticator once more, before what is hard to undo. */
#include "common/digest.h"
#include "common/log.h"
#include "server/carried.h"
#include "server/desk_view.h"
#include "server/officer_proof.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/session.h"
#include "server/store_people.h"

/* Where to go afterwards: a page of the desk, whatever the address says. */
static const char *wanted(struct request *r)
{
    const char *segment[REQUEST_SEGMENTS_MAX], *to = request_field(r, "to");
    bool other;
    const struct route *route = routes_find(&r->arena, "GET", to, segment, &other);
    return route != NULL && route->lane == LANE_DESK && (route->who & WHO_OFFICER) != 0 ? to
                                                                                        : "/desk";
}

/* The form that waits, and where it is sent: a page of the desk that takes forms; NULL: none. */
static const char *waiting(struct request *r)
{
    const char *segment[REQUEST_SEGMENTS_MAX], *then = request_field(r, "then");
    bool other;
    const struct route *route = routes_find(&r->arena, "POST", then, segment, &other);
    return route != NULL && route->lane == LANE_DESK && (route->who & WHO_OFFICER) != 0 ? then
                                                                                        : NULL;
}

static void ask(struct request *r, const char *to, const char *then, const char *form,
                const char *problem, int status)
{
    struct form_errors e = {.n = 0};
    struct desk_page p;
    if (problem != NULL)
        form_error(&e, "password", problem);
    desk_begin(&p, r, "Is it you?", "/desk", "My rounds", &e);
    desk_column_begin(&p.h);
    kit_title(&p.h, "Is it you?");
    html_raw(&p.h, "<p class=\"govuk-body\">What comes next is hard to undo. Enter your password "
                   "and a code again, so that nobody does it at a desk that you left.");
    if (then != NULL)
        html_raw(&p.h, " What you filled in is kept; nothing was done yet.");
    html_raw(&p.h, "</p>\n");
    form_begin(&p.h, "/desk/prove");
    form_token(&p.h, r);
    form_hidden(&p.h, "to", to);
    if (then != NULL) {
        form_hidden(&p.h, "then", then);
        form_hidden(&p.h, "form", form);
    }
    officer_proof_fields(&p.h, &e);
    form_button(&p.h, "Go on");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, status);
    if (status == 429)
        r->response.retry_after = OFFICER_PROOF_WAIT_SECONDS;
}

static void show(struct request *r, const char *problem, int status)
{
    ask(r, wanted(r), waiting(r), request_field(r, "form"), problem, status);
}

void page_prove_first(struct request *r, const char *to, const char *form)
{
    ask(r, to, r->path, form, NULL, 200);
}

/* The form again, whose token is of the session as it is now: sent by one more click. */
static void send_on(struct request *r, const char *then)
{
    struct desk_page p;
    desk_begin(&p, r, "Thank you", wanted(r), "Back, without doing it", NULL);
    kit_title(&p.h, "Thank you");
    kit_paragraph(&p.h, "What you filled in is kept. Nothing was done yet.");
    form_begin(&p.h, then);
    form_token(&p.h, r);
    carried_fields(&p.h, &r->arena, request_field(r, "form"));
    form_button(&p.h, "Do it now");
    form_end(&p.h);
    desk_end(&p, r, 200);
}

enum handled page_prove(struct request *r, struct db *db)
{
    (void)db;
    show(r, NULL, 200);
    return HANDLED;
}

enum handled page_prove_post(struct request *r, struct db *db)
{
    struct officer_proof proof;
    struct officer_session before = r->officer;
    uint8_t id[DIGEST_LEN], new_id[DIGEST_LEN];
    bool done = false;
    enum db_outcome outcome = officer_proof(r, db, r->officer.email, &proof);
    if (outcome == DB_OK && proof.proof == PROOF_GOOD) {
        digest_sha256(r->officer.id, sizeof r->officer.id, id);
        session_officer_start(r, new_id);
        outcome = session_prove(db, id, new_id, proof.step, &proof.try, &done);
    }
    if (outcome == DB_OK && done) {
        const char *then = waiting(r);
        if (then != NULL)
            send_on(r, then);
        else
            response_redirect(r, "%s", wanted(r));
        return HANDLED;
    }
    r->response.n_cookies = 0;
    r->officer = before; /* the session that stands, for the form's token */
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (proof.proof == PROOF_LIMITED) {
        log_peer("proof refused: too many tries");
        show(r, OFFICER_PROOF_LIMITED, 429);
    } else {
        log_peer("proof failed");
        show(r, "Your password or code is not right. Check both", 422);
    }
    return HANDLED;
}
