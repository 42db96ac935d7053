/* page_me.c: /desk/me: an officer's own account: roles, where they are signed in, password,
 * authenticator. */
#include "common/digest.h"
#include "server/authenticator.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/password_rules.h"
#include "server/person_view.h"
#include "server/response.h"
#include "server/session.h"

static void session_id(const struct request *r, uint8_t out[DIGEST_LEN])
{
    digest_sha256(r->officer.id, sizeof r->officer.id, out);
}

/* --- the page ------------------------------------------------------------------------------- */
static void sessions_show(struct html *h, struct request *r, const struct desk_sessions *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">Where you are signed in</h2>\n"
                "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all->n; i++) {
        html_raw(h, "<li class=\"wm-task\"><span>");
        html_text(h, all->one[i].this ? "Here" : "Elsewhere");
        html_raw(h, "</span><p>Since ");
        desk_when(h, when_minute(all->one[i].created_at));
        html_raw(h, ", seen last at ");
        desk_when(h, when_minute(all->one[i].seen_at));
        html_raw(h, ".</p></li>\n");
    }
    html_raw(h, "</ul>\n");
    if (all->n > 1)
        desk_button(h, r, "/desk/me/elsewhere", "Sign out everywhere else");
}

enum handled page_me(struct request *r, struct db *db)
{
    uint8_t id[DIGEST_LEN];
    struct person_roles roles;
    struct desk_sessions all;
    struct desk_page p;
    session_id(r, id);
    enum db_outcome outcome =
        person_roles(db, &r->arena, r->officer.officer, r->officer.officer, &roles);
    if (outcome == DB_OK)
        outcome = sessions_find(db, &r->arena, id, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "My account", "/desk", "My rounds", NULL);
    kit_title_caption(&p.h, r->officer.name, "My account");
    html_raw(&p.h, "<p class=\"govuk-body\">You sign in with ");
    html_text(&p.h, r->officer.email);
    html_raw(&p.h, ".</p>\n<p class=\"govuk-body\">");
    kit_link(&p.h, "/desk/me/password", "Change your password");
    html_raw(&p.h, "</p>\n<p class=\"govuk-body\">");
    kit_link(&p.h, "/desk/me/authenticator", "Use another authenticator");
    html_raw(&p.h, "</p>\n<h2 class=\"govuk-heading-m\">What you do</h2>\n");
    person_roles_show(&p.h, r, &roles, 0);
    sessions_show(&p.h, r, &all);
    desk_end(&p, r, 200);
    return HANDLED;
}

enum handled page_me_elsewhere_post(struct request *r, struct db *db)
{
    uint8_t id[DIGEST_LEN];
    session_id(r, id);
    enum db_outcome outcome = sessions_end_others(db, id);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        response_redirect(r, "/desk/me");
    return HANDLED;
}

/* A change was made under a new session id, or was not because the session is over. */
static void answer(struct request *r, enum db_outcome outcome, bool done)
{
    if (outcome == DB_OK && done) {
        response_redirect(r, "/desk/me");
        return;
    }
    r->response.n_cookies = 0;
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        response_redirect(r, "/desk/sign-in");
}

/* --- password --------------------------------------------------------------------------------- */
static void show_password(struct request *r, const struct form_errors *e)
{
    struct desk_page p;
    desk_begin(&p, r, "Change your password", "/desk/me", "My account", e);
    desk_column_begin(&p.h);
    kit_title(&p.h, "Change your password");
    html_raw(&p.h, "<p class=\"govuk-body\">You are signed out everywhere else.</p>\n");
    form_begin(&p.h, "/desk/me/password");
    form_token(&p.h, r);
    password_fields(&p.h, e);
    form_button(&p.h, "Change it");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_me_password(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    (void)db;
    show_password(r, &none);
    return HANDLED;
}

enum handled page_me_password_post(struct request *r, struct db *db)
{
    uint8_t id[DIGEST_LEN], new_id[DIGEST_LEN];
    char hash[128];
    bool done;
    struct form_errors e = {.n = 0};
    if (!password_read(r, r->officer.name, r->officer.email, &e)) {
        show_password(r, &e);
        return HANDLED;
    }
    secret_password_hash(request_field(r, "password"), hash);
    session_id(r, id);
    session_officer_start(r, new_id);
    enum db_outcome outcome = password_change(db, id, new_id, hash, &done);
    answer(r, outcome, done);
    return HANDLED;
}

/* --- authenticator ---------------------------------------------------------------------------- */
/* A seed is for one officer, whatever their session is called. */
static void seed_owner(const struct request *r, uint8_t out[DIGEST_LEN])
{
    digest_sha256(r->officer.email, strlen(r->officer.email), out);
}

static void show_authenticator(struct request *r, const struct form_errors *e)
{
    uint8_t owner[DIGEST_LEN];
    struct desk_page p;
    seed_owner(r, owner);
    desk_begin(&p, r, "Use another authenticator", "/desk/me", "My account", e);
    desk_column_begin(&p.h);
    kit_title(&p.h, "Use another authenticator");
    html_raw(&p.h,
             "<p class=\"govuk-body\">From then on the one before no longer works, and you are "
             "signed out everywhere else.</p>\n");
    form_begin(&p.h, "/desk/me/authenticator");
    form_token(&p.h, r);
    authenticator_fields(&p.h, r, e, r->officer.email, owner);
    form_button(&p.h, "Use this one");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_me_authenticator(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    (void)db;
    show_authenticator(r, &none);
    return HANDLED;
}

enum handled page_me_authenticator_post(struct request *r, struct db *db)
{
    uint8_t id[DIGEST_LEN], new_id[DIGEST_LEN], owner[DIGEST_LEN], sealed[AUTHENTICATOR_SEALED_LEN];
    bool done;
    struct form_errors e = {.n = 0};
    struct desk_sessions mine;
    struct new_proof new = {.totp_sealed = sealed, .totp_sealed_len = sizeof sealed};
    session_id(r, id);
    seed_owner(r, owner);
    enum db_outcome outcome = sessions_find(db, &r->arena, id, &mine); /* for the clock */
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    if (!authenticator_read(r, owner, mine.unix_s, sealed, &new.step)) {
        form_error(&e, "totp", "That is not the code that the app shows now");
        show_authenticator(r, &e);
        return HANDLED;
    }
    session_officer_start(r, new_id);
    outcome = authenticator_change(db, id, new_id, &new, &done);
    answer(r, outcome, done);
    return HANDLED;
}
