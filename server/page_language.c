/* page_language.c: the reader chooses a language; the page they were on comes back in it, as far as
 * it is translated. */
#include "server/pages.h"
#include "server/response.h"
#include "server/settings.h"

enum { KEPT_SECONDS = 365 * 24 * 3600 };

/* Only to a page of ours that can be read. */
static const char *back_to(struct request *r)
{
    const char *to = request_field(r, "to"), *segment[REQUEST_SEGMENTS_MAX];
    bool other_method;
    bool ours = to[0] == '/' && to[1] != '/' &&
                routes_find(&r->arena, "GET", to, segment, &other_method) != NULL;
    return ours ? to : "/";
}

enum handled page_language_post(struct request *r, struct db *db)
{
    const char *tag = request_field(r, "tag");
    enum language language;
    (void)db;
    if (!language_read(tag, &language) || !settings_offer(language)) {
        response_error(r, 400);
        return HANDLED;
    }
    response_cookie(r, LANGUAGE_COOKIE, tag, language == LANGUAGE_EN ? 0 : KEPT_SECONDS, false);
    response_redirect(r, "%s", back_to(r));
    return HANDLED;
}
