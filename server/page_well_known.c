/* page_well_known.c: files that programs look for at fixed places: whom to tell of a hole
 * (security.txt, RFC 9116), and what search engines need not read (robots.txt, RFC 9309). */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/security_txt.h"
#include "server/settings.h"

enum handled security_txt(struct request *r, struct db *db)
{
    struct buf text = buf_new(4096);
    (void)db;
    if (security_txt_write(&text, settings.security_contact, settings.security_expires,
                           settings.public_url, time(NULL)))
        response_text(r, 200, buf_str(&text));
    else
        response_error(r, 404);
    buf_free(&text);
    return HANDLED;
}

/* Pages of one person, or that lead to one, are nobody's to find; a demonstration is none's. */
enum handled robots_txt(struct request *r, struct db *db)
{
    (void)db;
    response_text(r, 200,
                  settings.demo ? "User-agent: *\nDisallow: /\n"
                                : "User-agent: *\nDisallow: /ballot/\nDisallow: /desk\n"
                                  "Disallow: /embed/\nDisallow: /hooks/\nDisallow: /ideas/\n"
                                  "Disallow: /providers/\nDisallow: /v/\nDisallow: /vote/\n");
    return HANDLED;
}
