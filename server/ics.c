/* ics.c: writes calendars. */
#include "server/ics.h"

#include "server/layout.h"

enum { LINE_MAX_OCTETS = 75, LONGEST = 16384 };

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Folds a content line (§3.1): what goes on begins with a space, which counts. */
static void folded(struct buf *b, const char *line)
{
    size_t left = strlen(line), room = LINE_MAX_OCTETS;
    while (left > room) {
        size_t take = room;
        while (take > 1 && !begins_character(line[take]))
            take--;
        buf_add(b, line, take);
        buf_str_add(b, "\r\n ");
        line += take;
        left -= take;
        room = LINE_MAX_OCTETS - 1;
    }
    buf_str_add(b, line);
    buf_str_add(b, "\r\n");
}

void ics_text(struct buf *b, const char *property, const char *text)
{
    struct buf line = buf_new(LONGEST);
    buf_fmt(&line, "%s:", property);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\n')
            buf_str_add(&line, "\\n");
        else if (*c == '\\' || *c == ';' || *c == ',')
            buf_fmt(&line, "\\%c", *c);
        else if ((unsigned char)*c >= 0x20 && *c != 0x7F)
            buf_char(&line, *c);
    }
    folded(b, buf_str(&line));
    buf_free(&line);
}

/* "20261214T210000Z" (§3.3.5, form 2): RFC 3339's without its marks. */
static void put_time(struct buf *b, const char *property, int64_t at)
{
    char iso[24];
    when_utc(at, iso);
    buf_fmt(b, "%s:", property);
    for (const char *c = iso; *c != '\0'; c++) {
        if (*c != '-' && *c != ':')
            buf_char(b, *c);
    }
    buf_str_add(b, "\r\n");
}

void ics_begin(struct buf *b, const char *name)
{
    buf_str_add(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Wardmote//Wardmote//EN\r\n"
                   "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    ics_text(b, "NAME", name);         /* RFC 7986 §5.1, */
    ics_text(b, "X-WR-CALNAME", name); /* and what is read where that is not known */
    buf_str_add(b, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n");
}

void ics_event(struct buf *b, const struct ics_event *e)
{
    struct buf url = buf_new(LONGEST);
    buf_str_add(b, "BEGIN:VEVENT\r\n");
    ics_text(b, "UID", e->uid);
    put_time(b, "DTSTAMP", e->changed_at);
    put_time(b, "LAST-MODIFIED", e->changed_at);
    put_time(b, "DTSTART", e->at);
    buf_fmt(b, "SEQUENCE:%d\r\n", e->sequence);
    ics_text(b, "SUMMARY", e->summary);
    if (e->details[0] != '\0')
        ics_text(b, "DESCRIPTION", e->details);
    buf_fmt(&url, "URL:%s", e->url); /* a URI is not escaped */
    folded(b, buf_str(&url));
    buf_str_add(b, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    buf_free(&url);
}

void ics_end(struct buf *b)
{
    buf_str_add(b, "END:VCALENDAR\r\n");
}
