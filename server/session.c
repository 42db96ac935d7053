/* session.c: sealed cookies for voters, random ones for officers, form tokens and drafts. */
#include "server/session.h"

#include "common/digest.h"
#include "common/secret.h"
#include "server/response.h"
#include "server/roles.h"
#include "server/session_cookie.h"

static const char voter_cookie[] = "wm_voter", draft_cookie[] = "wm_draft",
                  officer_cookie[] = "wm_desk";

static int64_t now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

/* --- voters ------------------------------------------------------------------------------- */

void session_voter_start(struct request *r, int64_t voter, int64_t credential, int32_t generation)
{
    char text[SESSION_COOKIE_MAX];
    r->voter = (struct voter_session){.voter = voter,
                                      .credential = credential,
                                      .generation = generation,
                                      .expires = now_seconds() + SESSION_VOTER_SECONDS};
    secret_random(r->voter.id, sizeof(r->voter.id));
    r->has_voter = true;
    session_cookie_write(&r->voter, text);
    response_cookie(r, voter_cookie, text, -1, false);
}

void session_voter_end(struct request *r)
{
    r->has_voter = false;
    response_cookie(r, voter_cookie, "", 0, false);
    response_cookie(r, draft_cookie, "", 0, false);
}

bool session_voter_read(struct request *r)
{
    r->has_voter = session_cookie_read(request_cookie(r, voter_cookie), now_seconds(), &r->voter);
    return r->has_voter;
}

bool session_voter_sent(const struct request *r)
{
    return request_cookie(r, voter_cookie)[0] != '\0';
}

/* --- officers ----------------------------------------------------------------------------- */

void session_officer_start(struct request *r, uint8_t id_hash[32])
{
    char text[sizeof(r->officer.id) * 4 / 3 + 4];
    secret_random(r->officer.id, sizeof(r->officer.id));
    digest_sha256(r->officer.id, sizeof(r->officer.id), id_hash);
    secret_base64url(r->officer.id, sizeof(r->officer.id), text);
    response_cookie(r, officer_cookie, text, -1, true);
}

void session_officer_end(struct request *r)
{
    r->has_officer = false;
    response_cookie(r, officer_cookie, "", 0, true);
}

DB_STATEMENT(officer_session, "select officer_id, name, email, roles, proved"
                              " from api.officer_session($1, $2)");

/* `known` false: a request without a session, which may still put something on record. */
static enum db_outcome find_officer(struct request *r, struct db *db, bool known)
{
    uint8_t hash[32];
    struct db_rows *rows = NULL;
    struct db_params params = db_params_new();
    digest_sha256(r->officer.id, sizeof(r->officer.id), hash);
    db_put_bytes(&params, known ? hash : NULL, sizeof(hash));
    db_put_text(&params, r->address);
    db_from(db, r->address);
    enum db_outcome outcome = db_run(db, &officer_session, &params, &rows);
    if (outcome == DB_OK && db_count(rows) == 1 && !db_null(rows, 0, 0)) {
        r->officer.officer = db_int4(rows, 0, 0);
        snprintf(r->officer.name, sizeof(r->officer.name), "%s", db_text(rows, 0, 1));
        snprintf(r->officer.email, sizeof(r->officer.email), "%s", db_text(rows, 0, 2));
        r->officer.roles = roles_read(db_text(rows, 0, 3));
        r->officer.here = r->officer.roles;
        r->officer.proved = db_int4(rows, 0, 4);
        r->has_officer = true;
    }
    db_rows_free(rows);
    db_params_free(&params);
    return outcome;
}

enum db_outcome session_officer_read(struct request *r, struct db *db)
{
    uint8_t id[SESSION_COOKIE_MAX];
    const char *text = request_cookie(r, officer_cookie);
    size_t len = strlen(text);
    r->has_officer = false;
    if (len == 0 || len >= sizeof(id) || secret_unbase64url(text, id) != sizeof(r->officer.id))
        return find_officer(r, db, false);
    memcpy(r->officer.id, id, sizeof(r->officer.id));
    return find_officer(r, db, true);
}

/* --- form tokens -------------------------------------------------------------------------- */

void session_token(const struct request *r, char out[SESSION_TOKEN_LEN + 1])
{
    out[0] = '\0';
    if (r->has_officer)
        session_token_of(r->officer.id, sizeof(r->officer.id), out);
    else if (r->has_voter)
        session_token_of(r->voter.id, sizeof(r->voter.id), out);
}

bool session_token_good(const struct request *r)
{
    char wanted[SESSION_TOKEN_LEN + 1];
    const char *given = request_field(r, "token");
    session_token(r, wanted);
    return wanted[0] != '\0' && strlen(given) == SESSION_TOKEN_LEN &&
           secret_equal(given, wanted, SESSION_TOKEN_LEN);
}

/* --- drafts ------------------------------------------------------------------------------- */

/* version, round 4, expires 8, blank 1, add 2, then number 2 and weight 2 a pick. */
enum {
    DRAFT_VERSION = 3,
    DRAFT_HEAD = 16,
    DRAFT_LEN_MAX = DRAFT_HEAD + 4 * DRAFT_PICKS_MAX,
    DRAFT_SECONDS = 2 * 3600,
    DRAFT_TEXT_MAX = (DRAFT_LEN_MAX + SECRET_SEAL_EXTRA) * 4 / 3 + 4
};

void session_draft_set(struct request *r, const struct draft *d)
{
    uint8_t plain[DRAFT_LEN_MAX], sealed[DRAFT_LEN_MAX + SECRET_SEAL_EXTRA];
    char text[DRAFT_TEXT_MAX];
    size_t len = DRAFT_HEAD;
    plain[0] = DRAFT_VERSION;
    session_put(plain + 1, (uint64_t)d->round, 4);
    session_put(plain + 5, (uint64_t)(now_seconds() + DRAFT_SECONDS), 8);
    plain[13] = d->blank ? 1 : 0;
    session_put(plain + 14, d->add, 2);
    for (int i = 0; i < d->n_picks && i < DRAFT_PICKS_MAX; i++, len += 4) {
        session_put(plain + len, d->picks[i].number, 2);
        session_put(plain + len + 2, d->picks[i].weight, 2);
    }
    secret_base64url(sealed, secret_seal("draft", plain, len, sealed), text);
    response_cookie(r, draft_cookie, text, DRAFT_SECONDS, false);
}

bool session_draft_read(const struct request *r, struct draft *d)
{
    uint8_t sealed[DRAFT_TEXT_MAX], plain[DRAFT_TEXT_MAX];
    const char *text = request_cookie(r, draft_cookie);
    size_t text_len = strlen(text);
    if (text_len == 0 || text_len >= DRAFT_TEXT_MAX)
        return false;
    long n = secret_unbase64url(text, sealed);
    if (n < DRAFT_HEAD + SECRET_SEAL_EXTRA)
        return false;
    long len = secret_unseal("draft", sealed, (size_t)n, plain);
    if (len < DRAFT_HEAD || len > DRAFT_LEN_MAX || (len - DRAFT_HEAD) % 4 != 0 ||
        plain[0] != DRAFT_VERSION || (int64_t)session_get(plain + 5, 8) <= now_seconds())
        return false;
    d->round = (int32_t)session_get(plain + 1, 4);
    d->blank = plain[13] == 1;
    d->add = (uint16_t)session_get(plain + 14, 2);
    d->n_picks = (uint16_t)((len - DRAFT_HEAD) / 4);
    for (int i = 0; i < d->n_picks; i++) {
        d->picks[i].number = (uint16_t)session_get(plain + DRAFT_HEAD + 4 * i, 2);
        d->picks[i].weight = (uint16_t)session_get(plain + DRAFT_HEAD + 4 * i + 2, 2);
    }
    return true;
}
