/* atom.c: writes feeds. */
#include "server/atom.h"

#include "server/layout.h"

const char *atom_tag(struct arena *a, const char *host, int64_t at, const char *path)
{
    char iso[24];
    when_utc(at, iso);
    return arena_fmt(a, "tag:%s,%.10s:%s", host, iso, path);
}

static void moment(struct html *h, int64_t at)
{
    char iso[24];
    when_utc(at, iso);
    html_text(h, iso);
}

static void link_to(struct html *h, const char *rel, const char *type, const char *href)
{
    html_raw(h, "<link");
    html_attr(h, "rel", rel);
    html_attr(h, "type", type);
    html_attr(h, "href", href);
    html_raw(h, "/>\n");
}

static void lang(struct html *h, enum language language)
{
    html_attr(h, "xml:lang", language_marked(language));
}

void atom_begin(struct html *h, const struct atom_feed *f)
{
    h->language = f->language;
    html_raw(h, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    lang(h, f->language);
    html_raw(h, ">\n<id>");
    html_text(h, f->self);
    html_raw(h, "</id>\n<title>");
    html_text(h, f->title);
    html_raw(h, "</title>\n<updated>");
    moment(h, f->updated);
    html_raw(h, "</updated>\n<author><name>");
    html_text(h, f->author);
    html_raw(h, "</name></author>\n");
    link_to(h, "self", "application/atom+xml", f->self);
    link_to(h, "alternate", "text/html", f->page);
    for (size_t i = 0; i < LANGUAGES && f->other[i].href != NULL; i++) {
        html_raw(h, "<link rel=\"alternate\" type=\"application/atom+xml\"");
        html_attr(h, "hreflang", language_tag(f->other[i].language));
        html_attr(h, "href", f->other[i].href);
        html_raw(h, "/>\n");
    }
}

void atom_entry(struct html *h, const struct atom_entry *e)
{
    html_raw(h, "<entry>\n<id>");
    html_text(h, e->id);
    html_raw(h, "</id>\n<title");
    if (e->written && h->language != LANGUAGE_EN)
        lang(h, LANGUAGE_EN);
    html_raw(h, ">");
    html_text(h, e->title);
    html_raw(h, "</title>\n<published>");
    moment(h, e->published);
    html_raw(h, "</published>\n<updated>");
    moment(h, e->updated);
    html_raw(h, "</updated>\n<category");
    html_attr(h, "term", e->place);
    html_raw(h, "/>\n");
    link_to(h, "alternate", "text/html", e->page);
    html_raw(h, "<summary>");
    html_text(h, e->summary);
    html_raw(h, "</summary>\n</entry>\n");
}

void atom_end(struct html *h)
{
    html_raw(h, "</feed>\n");
}
