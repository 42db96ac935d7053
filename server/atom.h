/* atom.h: feeds in Atom's format (RFC 4287), through the writers of html.h, whose escapes are XML's
 * too. Pure, any thread. */
#ifndef WM_ATOM_H
#define WM_ATOM_H

#include "server/html.h"

struct atom_feed {
    const char *title;
    enum language language;
    const char *self; /* its own address, which is its id too */
    struct {
        enum language language;
        const char *href;
    } other[LANGUAGES]; /* the same feed in other languages; href NULL ends them */
    const char *page;   /* the page for people */
    const char *author;
    int64_t updated; /* of the newest entry; unix microseconds */
};

struct atom_entry {
    const char *id; /* the same for ever: a tag: URI */
    const char *title;
    bool written;        /* the title is an officer's, in English, whatever the feed is in */
    const char *page;    /* address */
    const char *summary; /* plain text */
    const char *place;   /* the neighbourhood, as its category */
    int64_t published, updated;
};

/* "tag:vote.york.example,2026-11-01:/rounds/x" (RFC 4151), in the arena: our host without its port,
 * the day of `at`, and a path. */
const char *atom_tag(struct arena *a, const char *host, int64_t at, const char *path);

void atom_begin(struct html *h, const struct atom_feed *f);
void atom_entry(struct html *h, const struct atom_entry *e);
void atom_end(struct html *h);

#endif
