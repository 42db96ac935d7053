/* guard.c: enforces what a route's row says of `who` and `guard`, in one place for all. */
#include "server/guard.h"

#include "server/pages.h"
#include "server/response.h"
#include "server/session.h"

/* False when the database could not be asked about an officer; the answer is set. */
static bool read_sessions(struct request *r, struct db *db)
{
    if (r->route->cached || r->route->who == WHO_PROVIDER)
        return true;
    if (r->route->lane != LANE_DESK) {
        session_voter_read(r);
        return true;
    }
    enum db_outcome outcome = session_officer_read(r, db);
    if (outcome != DB_OK)
        response_db(r, outcome);
    return outcome == DB_OK;
}

/* What a person meets whose session is over or whose form is not from it. */
static void send_away(struct request *r)
{
    if (r->route->lane == LANE_DESK)
        response_redirect(r, "/desk/sign-in");
    else
        page_session_ended(r);
}

static bool is_known(const struct request *r)
{
    switch (r->route->who) {
    case WHO_ANYONE:
    case WHO_ANY_SITE:
    case WHO_FRAMED:
    case WHO_PROVIDER: /* the handler checks the provider's secret */
        return true;
    case WHO_VOTER:
        return r->has_voter;
    case WHO_OFFICER:
        return r->has_officer;
    }
    return false;
}

bool guard_pass(struct request *r, struct db *db)
{
    if (r->route->guard != GUARD_NONE && !r->same_origin) {
        response_error(r, 403);
        return false;
    }
    if (!read_sessions(r, db))
        return false;
    if (!is_known(r) || (r->route->guard == GUARD_TOKEN && !session_token_good(r))) {
        send_away(r);
        return false;
    }
    return true;
}
