/* page_set_up.c: /desk/set-up/:key: somebody who was added, or lost what they had, chooses a
 * password and adds an authenticator, by a link that is good once. */
#include "common/digest.h"
#include "common/log.h"
#include "server/authenticator.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/password_rules.h"
#include "server/response.h"
#include "server/session.h"
#include "server/store_people.h"

static void not_good(struct request *r)
{
    struct desk_page p;
    r->has_officer = false; /* whoever is signed in here, it was not theirs */
    desk_begin(&p, r, "This link no longer works", NULL, NULL, NULL);
    kit_title(&p.h, "This link no longer works");
    kit_paragraph(&p.h, "It was used, or a newer one took its place, or 3 days went by. Ask an "
                        "administrator for a new one.");
    kit_sentence(&p.h, "", "/desk/sign-in", "Sign in");
    desk_end(&p, r, 404);
}

/* The link's account; false: answered. */
static bool find(struct request *r, struct db *db, struct set_up *out)
{
    enum db_outcome outcome = set_up_find(db, &r->arena, r->segment[0], out);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (out->name == NULL)
        not_good(r);
    return outcome == DB_OK && out->name != NULL;
}

static void show(struct request *r, const struct set_up *who, const struct form_errors *e)
{
    uint8_t owner[DIGEST_LEN];
    struct desk_page p;
    digest_sha256(r->segment[0], strlen(r->segment[0]), owner);
    r->has_officer = false; /* whoever is signed in here, this is not theirs */
    desk_begin(&p, r, "Set up your account", NULL, NULL, e);
    kit_title_caption(&p.h, who->name, "Set up your account");
    desk_column_begin(&p.h);
    html_raw(&p.h, "<p class=\"govuk-body\">You sign in with <strong>");
    html_text(&p.h, who->email);
    html_raw(&p.h, "</strong>, a password and a code from an authenticator app.</p>\n");
    form_begin(&p.h, arena_fmt(&r->arena, "/desk/set-up/%s", r->segment[0]));
    password_fields(&p.h, e);
    authenticator_fields(&p.h, r, e, who->email, owner);
    form_button(&p.h, "Finish");
    form_end(&p.h);
    desk_column_end(&p.h);
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_set_up(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    struct set_up who;
    if (find(r, db, &who))
        show(r, &who, &none);
    return HANDLED;
}

/* What was typed is right: it is kept, and whoever typed it is signed in. */
static void take(struct request *r, struct db *db, const struct new_proof *new)
{
    uint8_t id_hash[DIGEST_LEN];
    struct set_up who;
    const char *result;
    session_officer_start(r, id_hash);
    enum db_outcome outcome = set_up_take(db, &r->arena, r->segment[0], new, id_hash, &result);
    if (outcome == DB_OK && strcmp(result, "done") == 0) {
        response_redirect(r, "/desk");
        return;
    }
    r->response.n_cookies = 0; /* a session that was not kept */
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (find(r, db, &who))
        log_bug("a set-up link was found and not taken");
}

enum handled page_set_up_post(struct request *r, struct db *db)
{
    uint8_t owner[DIGEST_LEN], sealed[AUTHENTICATOR_SEALED_LEN];
    char hash[128];
    struct form_errors e = {.n = 0};
    struct set_up who;
    struct new_proof new = {.totp_sealed = sealed, .totp_sealed_len = sizeof sealed};
    if (!find(r, db, &who))
        return HANDLED;
    digest_sha256(r->segment[0], strlen(r->segment[0]), owner);
    password_read(r, who.name, who.email, &e);
    if (!authenticator_read(r, owner, who.unix_s, sealed, &new.step))
        form_error(&e, "totp", "That is not the code that the app shows now");
    if (e.n > 0) {
        show(r, &who, &e);
        return HANDLED;
    }
    secret_password_hash(request_field(r, "password"), hash);
    new.password_hash = hash;
    take(r, db, &new);
    return HANDLED;
}
