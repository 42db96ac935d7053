/* guard.c: enforces what a route's row says of `who` and `guard`, in one place for all. */
#include "server/guard.h"

#include "server/carried.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/session.h"

/* False when the database could not be asked about an officer; the answer is set. */
static bool read_sessions(struct request *r, struct db *db)
{
    if (r->route->cached || (r->route->who & WHO_PROVIDER) != 0)
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
    if ((r->route->who & WHO_VOTER) != 0)
        return r->has_voter;
    if ((r->route->who & WHO_OFFICER) != 0)
        return r->has_officer;
    return true; /* anyone; or a provider, whose secret the handler checks */
}

/* The page to come back to after proving who one is: this one, or the one that its form is on. */
static const char *way_back(struct request *r)
{
    const char *segment[REQUEST_SEGMENTS_MAX];
    char *path = arena_strdup(&r->arena, r->path);
    bool other;
    if (path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_")] !=
        '\0')
        return "/desk";
    while (routes_find(&r->arena, "GET", path, segment, &other) == NULL) {
        char *slash = strrchr(path, '/');
        if (slash == path)
            return "/desk";
        *slash = '\0';
    }
    return path;
}

/* An officer is known, and came by a form of ours: is this theirs to do? */
static bool officer_may(struct request *r)
{
    bool filled = r->route->guard == GUARD_TOKEN;
    if (!routes_open_to(r->route, r->officer.roles)) {
        page_not_yours(r);
        return false;
    }
    if ((r->route->who & PROVEN) != 0 &&
        r->officer.proved > (filled ? GUARD_FORM_SECONDS : GUARD_PROVEN_SECONDS)) {
        const char *form = filled ? carried_of(r) : NULL;
        if (form != NULL)
            page_prove_first(r, way_back(r), form);
        else
            response_redirect(r, "/desk/prove?to=%s", way_back(r));
        return false;
    }
    return true;
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
    return (r->route->who & WHO_OFFICER) == 0 || officer_may(r);
}
