/* security_txt.c: security.txt from two settings. */
#include "server/security_txt.h"

/* The last second of a day, in UTC; false when it is none. */
static bool read_day(const char *text, time_t *out)
{
    struct tm day = {.tm_hour = 23, .tm_min = 59, .tm_sec = 59};
    const char *end = strptime(text, "%Y-%m-%d", &day);
    if (end == NULL || *end != '\0' || strlen(text) != 10)
        return false;
    struct tm real = day;
    *out = timegm(&real); /* which makes 2 March of 30 February */
    return real.tm_mday == day.tm_mday && real.tm_mon == day.tm_mon;
}

/* §2.5.3: a URI; on the web, https. */
static bool is_contact(const char *at, size_t len)
{
    static const char *const schemes[] = {"mailto:", "https://", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t scheme = strlen(schemes[i]);
        if (len > scheme && strncmp(at, schemes[i], scheme) == 0)
            return true;
    }
    return false;
}

/* The next address and its length; 0 at the end. */
static size_t next_contact(const char **at)
{
    *at += strspn(*at, " ");
    return strcspn(*at, " ");
}

const char *security_txt_problem(const char *contact, const char *expires)
{
    time_t ignored;
    size_t len;
    if (contact[0] == '\0' && expires[0] == '\0')
        return NULL;
    if (contact[0] == '\0' || expires[0] == '\0')
        return "security_contact and security_expires are set together";
    for (const char *at = contact; (len = next_contact(&at)) > 0; at += len) {
        if (!is_contact(at, len))
            return "security_contact: addresses begin with mailto:, https:// or tel:";
    }
    return read_day(expires, &ignored) ? NULL : "security_expires must be a day, as 2027-06-30";
}

bool security_txt_write(struct buf *out, const char *contact, const char *expires, const char *url,
                        time_t now)
{
    time_t until;
    size_t len;
    if (contact[0] == '\0' || !read_day(expires, &until) || until < now)
        return false;
    for (const char *at = contact; (len = next_contact(&at)) > 0; at += len)
        buf_fmt(out, "Contact: %.*s\n", (int)len, at);
    buf_fmt(out, "Expires: %sT23:59:59Z\nPreferred-Languages: en\n", expires);
    buf_fmt(out, "Canonical: %s/.well-known/security.txt\n", url);
    return true;
}
