/* page_feeds.c: votes and results as feeds (Atom), and their dates for a calendar (iCalendar): all,
 * of a neighbourhood, of one round. */
#include "server/atom.h"
#include "server/ics.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/store_news.h"
#include "server/store_places.h"

enum { ENTRIES_MAX = 50, ICS_MAX = 4 << 20 };

/* What a feed or a calendar is about. */
struct scope {
    const char *name;  /* "Westfield", or the council's where it is about all */
    const char *below; /* path of its page: "/neighbourhoods/westfield", or "" */
    struct round_lines rounds;
    struct all_news news;
};

/* Of the neighbourhood in the first segment, or of all. False: the request was answered. */
static bool load_scope(struct request *r, struct db *db, struct scope *s)
{
    struct areas areas;
    const char *slug = r->segment[0];
    *s = (struct scope){.name = settings.name, .below = ""};
    if (slug != NULL) {
        if (page_failed(r, areas_load(db, &r->arena, slug, &areas)))
            return false;
        if (areas.n == 0) {
            response_error(r, 404);
            return false;
        }
        s->name = areas.area[0].name;
        s->below = arena_fmt(&r->arena, "/neighbourhoods/%s", slug);
    }
    return !page_failed(r, rounds_load(db, &r->arena, slug, &s->rounds)) &&
           !page_failed(r, news_load(db, &r->arena, &s->news));
}

/* Our host, without scheme and port: what names of ours end with. */
static const char *host(struct arena *a)
{
    const char *at = strstr(settings.public_url, "://");
    at = at != NULL ? at + 3 : settings.public_url;
    return arena_memdup(a, at, strcspn(at, ":/"));
}

static const char *address(struct arena *a, const char *path)
{
    return arena_fmt(a, "%s%s", settings.public_url, path);
}

/* --- feeds -------------------------------------------------------------------------------- */

static const char *round_summary(struct arena *a, const struct round_line *l, const struct news *n)
{
    char opens[64], closes[64];
    struct buf words = buf_new(2048);
    when_text(l->opens_at, opens);
    when_text(l->closes_at, closes);
    switch (l->phase) {
    case PHASE_SOON:
        buf_fmt(&words, "Voting opens at %s and closes at %s.", opens, closes);
        break;
    case PHASE_OPEN:
        buf_fmt(&words, "Voting is open. It closes at %s.", closes);
        break;
    case PHASE_CLOSED:
        buf_fmt(&words, "Voting closed at %s. The votes are being counted.", closes);
        break;
    case PHASE_PUBLISHED:
        buf_fmt(&words, "Voting closed at %s. The result is published.", closes);
        break;
    }
    if (n->extensions > 0)
        buf_str_add(&words, " The close was moved.");
    if (l->kind != ROUND_YES_NO)
        buf_fmt(&words, " %s, %d %s.", kit_money(a, l->money), (int)l->proposals,
                l->proposals == 1 ? "project" : "projects");
    const char *kept = arena_strdup(a, buf_str(&words));
    buf_free(&words);
    return kept;
}

static const char *result_summary(struct arena *a, const struct round_line *l, const struct news *n)
{
    char until[64] = "";
    const char *outcome =
        l->kind == ROUND_YES_NO
            ? arena_fmt(a, "%s: %lld yes, %lld no.", l->adopted ? "Adopted" : "Not adopted",
                        (long long)l->yes, (long long)l->no)
            : arena_fmt(a, "%d of %d projects funded, %s of %s.", (int)l->funded, (int)l->proposals,
                        kit_money(a, l->spent), kit_money(a, l->money));
    if (n->provisional)
        when_text(when_minute(n->final_at), until);
    return arena_fmt(a, "%s %d %s voted. The result is %s%s.", outcome, (int)l->ballots,
                     l->ballots == 1 ? "person" : "people",
                     n->provisional ? "provisional until " : "final", until);
}

static struct atom_entry round_entry(struct arena *a, const struct round_line *l,
                                     const struct news *n)
{
    const char *path = arena_fmt(a, "/rounds/%s", l->slug);
    return (struct atom_entry){.id = atom_tag(a, host(a), n->scheduled_at, path),
                               .title = l->title,
                               .page = address(a, path),
                               .summary = round_summary(a, l, n),
                               .place = l->area_name,
                               .published = n->scheduled_at,
                               .updated = n->updated_at};
}

static struct atom_entry result_entry(struct arena *a, const struct round_line *l,
                                      const struct news *n)
{
    const char *path = arena_fmt(a, "/rounds/%s/result", l->slug);
    return (struct atom_entry){.id = atom_tag(a, host(a), n->scheduled_at, path),
                               .title = arena_fmt(a, "Result: %s", l->title),
                               .page = address(a, path),
                               .summary = result_summary(a, l, n),
                               .place = l->area_name,
                               .published = l->published_at,
                               .updated = n->result_updated_at};
}

static int newest_first(const void *a, const void *b)
{
    const struct atom_entry *x = a, *y = b;
    if (x->updated != y->updated)
        return x->updated < y->updated ? 1 : -1;
    return strcmp(x->id, y->id);
}

/* The entries of a scope, newest first; `results`: of results, else of rounds. */
static int collect(struct arena *a, const struct scope *s, bool results, struct atom_entry **out)
{
    int n = 0;
    *out = arena_alloc(a, (size_t)(s->rounds.n + 1) * sizeof **out);
    for (int i = 0; i < s->rounds.n; i++) {
        const struct round_line *l = &s->rounds.line[i];
        const struct news *news = news_find(&s->news, l->id);
        if (news == NULL || (results && l->phase != PHASE_PUBLISHED))
            continue;
        (*out)[n++] = results ? result_entry(a, l, news) : round_entry(a, l, news);
    }
    qsort(*out, (size_t)n, sizeof **out, newest_first);
    return n < ENTRIES_MAX ? n : ENTRIES_MAX;
}

static enum handled answer_feed(struct request *r, struct db *db, bool results)
{
    struct scope s;
    struct atom_entry *entries;
    if (!load_scope(r, db, &s))
        return HANDLED;
    int n = collect(&r->arena, &s, results, &entries);
    const char *usual = results ? "/results" : "/rounds";
    struct html h = html_new();
    struct atom_feed feed = {
        .title = arena_fmt(&r->arena, "%s: %s", s.name, results ? "results" : "votes"),
        .self = address(&r->arena, r->path),
        .page = address(&r->arena, s.below[0] != '\0' ? s.below : usual),
        .author = settings.name,
        .updated = n > 0 ? entries[0].updated : 0};
    atom_begin(&h, &feed);
    for (int i = 0; i < n; i++)
        atom_entry(&h, &entries[i]);
    atom_end(&h);
    response_file(r, "application/atom+xml; charset=utf-8", NULL, &h.out);
    return HANDLED;
}

enum handled feed_rounds(struct request *r, struct db *db)
{
    return answer_feed(r, db, false);
}

enum handled feed_results(struct request *r, struct db *db)
{
    return answer_feed(r, db, true);
}

/* --- calendars ---------------------------------------------------------------------------- */

/* A round's two moments. */
static void put_dates(struct buf *b, struct arena *a, const struct round_line *l,
                      const struct news *n)
{
    const char *page = arena_fmt(a, "%s/rounds/%s", settings.public_url, l->slug);
    struct ics_event opens = {
        .uid = arena_fmt(a, "opens-%s@%s", l->slug, host(a)),
        .summary = arena_fmt(a, "Voting opens: %s", l->title),
        .details = arena_fmt(a, "%s. How to vote: %s/vote", l->area_name, settings.public_url),
        .url = page,
        .at = l->opens_at,
        .changed_at = n->scheduled_at};
    struct ics_event closes = opens;
    closes.uid = arena_fmt(a, "closes-%s@%s", l->slug, host(a));
    closes.summary = arena_fmt(a, "Voting closes: %s", l->title);
    closes.at = l->closes_at;
    closes.changed_at = n->changed_at;
    closes.sequence = n->extensions;
    ics_event(b, &opens);
    ics_event(b, &closes);
}

static void answer_calendar(struct request *r, const struct scope *s, const char *slug,
                            const char *filename)
{
    struct buf b = buf_new(ICS_MAX);
    ics_begin(&b, arena_fmt(&r->arena, "%s: votes", s->name));
    for (int i = 0; i < s->rounds.n; i++) {
        const struct round_line *l = &s->rounds.line[i];
        const struct news *n = news_find(&s->news, l->id);
        if (n != NULL && (slug == NULL || strcmp(slug, l->slug) == 0))
            put_dates(&b, &r->arena, l, n);
    }
    ics_end(&b);
    response_file(r, "text/calendar; charset=utf-8", filename, &b);
}

enum handled feed_dates(struct request *r, struct db *db)
{
    struct scope s;
    if (load_scope(r, db, &s))
        answer_calendar(r, &s, NULL, NULL);
    return HANDLED;
}

enum handled round_dates(struct request *r, struct db *db)
{
    struct round_view v;
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &v, &found)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    struct scope s = {.name = v.area_name};
    if (!page_failed(r, rounds_load(db, &r->arena, NULL, &s.rounds)) &&
        !page_failed(r, news_load(db, &r->arena, &s.news)))
        answer_calendar(r, &s, v.slug, arena_fmt(&r->arena, "%s.ics", v.slug));
    return HANDLED;
}
