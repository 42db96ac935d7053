/* page_feeds.c: votes and results as feeds (Atom), and their dates for a calendar (iCalendar): all,
 * of a neighbourhood, of one round. */
#include "server/atom.h"
#include "server/ics.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/store_news.h"
#include "server/store_places.h"
#include "server/tr.h"

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

/* "Voting is open. It closes at …. The close was moved. £12,000, 6 projects." */
static const char *round_summary(struct arena *a, enum language in, const struct round_line *l,
                                 const struct news *n)
{
    static const char *const states[] = {
        [PHASE_SOON] = N_("Voting opens at {opens} and closes at {closes}."),
        [PHASE_OPEN] = N_("Voting is open. It closes at {closes}."),
        [PHASE_CLOSED] = N_("Voting closed at {closes}. The votes are being counted."),
        [PHASE_PUBLISHED] = N_("Voting closed at {closes}. The result is published."),
    };
    const char *said =
        tr_values(a, in, states[l->phase],
                  TR_VALUES(TR_WHEN("opens", l->opens_at), TR_WHEN("closes", l->closes_at)));
    const char *moved = n->extensions > 0 ? translate(in, N_(" The close was moved.")) : "";
    if (l->kind == ROUND_YES_NO)
        return arena_fmt(a, "%s%s", said, moved);
    const char *projects =
        tr_number(a, in, NN_("{n} project", "{n} projects"), l->proposals, TR_NONE);
    return arena_fmt(
        a, "%s%s %s", said, moved,
        tr_values(a, in, N_("{money}, {projects}."),
                  TR_VALUES(TR_MONEY("money", l->money), TR_TEXT("projects", projects))));
}

static const char *outcome_words(struct arena *a, enum language in, const struct round_line *l)
{
    if (l->kind == ROUND_YES_NO)
        return tr_values(a, in,
                         l->adopted ? N_("Adopted: {yes} yes, {no} no.")
                                    : N_("Not adopted: {yes} yes, {no} no."),
                         TR_VALUES(TR_NUMBER("yes", l->yes), TR_NUMBER("no", l->no)));
    return tr_values(a, in, N_("{funded} of {projects} projects funded, {spent} of {money}."),
                     TR_VALUES(TR_NUMBER("funded", l->funded), TR_NUMBER("projects", l->proposals),
                               TR_MONEY("spent", l->spent), TR_MONEY("money", l->money)));
}

static const char *result_summary(struct arena *a, enum language in, const struct round_line *l,
                                  const struct news *n)
{
    const char *voted =
        tr_number(a, in, NN_("{n} person voted.", "{n} people voted."), l->ballots, TR_NONE);
    const char *standing =
        tr_values(a, in,
                  n->provisional ? N_("The result is provisional until {until}.")
                                 : N_("The result is final."),
                  TR_VALUES(TR_WHEN("until", n->provisional ? when_minute(n->final_at) : 0)));
    return arena_fmt(a, "%s %s %s", outcome_words(a, in, l), voted, standing);
}

static struct atom_entry round_entry(struct arena *a, enum language in, const struct round_line *l,
                                     const struct news *n)
{
    const char *path = arena_fmt(a, "/rounds/%s", l->slug);
    return (struct atom_entry){.id = atom_tag(a, host(a), n->scheduled_at, path),
                               .title = l->title,
                               .written = true,
                               .page = address(a, path),
                               .summary = round_summary(a, in, l, n),
                               .place = l->area_name,
                               .published = n->scheduled_at,
                               .updated = n->updated_at};
}

static struct atom_entry result_entry(struct arena *a, enum language in, const struct round_line *l,
                                      const struct news *n)
{
    const char *path = arena_fmt(a, "/rounds/%s/result", l->slug);
    return (struct atom_entry){
        .id = atom_tag(a, host(a), n->scheduled_at, path),
        .title = tr_values(a, in, N_("Result: {title}"), TR_VALUES(TR_TEXT("title", l->title))),
        .page = address(a, path),
        .summary = result_summary(a, in, l, n),
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
static int collect(struct arena *a, enum language in, const struct scope *s, bool results,
                   struct atom_entry **out)
{
    int n = 0;
    *out = arena_alloc(a, (size_t)(s->rounds.n + 1) * sizeof **out);
    for (int i = 0; i < s->rounds.n; i++) {
        const struct round_line *l = &s->rounds.line[i];
        const struct news *news = news_find(&s->news, l->id);
        if (news == NULL || (results && l->phase != PHASE_PUBLISHED))
            continue;
        (*out)[n++] = results ? result_entry(a, in, l, news) : round_entry(a, in, l, news);
    }
    qsort(*out, (size_t)n, sizeof **out, newest_first);
    return n < ENTRIES_MAX ? n : ENTRIES_MAX;
}

/* The request's own address in a language. */
static const char *in_language(struct request *r, enum language language)
{
    char query[LANGUAGE_QUERY_LEN];
    return arena_fmt(&r->arena, "%s%s%s", settings.public_url, r->path,
                     layout_language_query(language, query));
}

static enum handled answer_feed(struct request *r, struct db *db, bool results)
{
    struct scope s;
    struct atom_entry *entries;
    r->language = LANGUAGE_EN; /* whatever cookie came along: readers of feeds have none */
    kit_language_asked(r);
    if (!load_scope(r, db, &s))
        return HANDLED;
    int n = collect(&r->arena, r->language, &s, results, &entries);
    const char *usual = results ? "/results" : "/rounds";
    size_t others = 0;
    struct html h = html_new();
    struct atom_feed feed = {.title = trv(&r->arena, r,
                                          results ? N_("{place}: results") : N_("{place}: votes"),
                                          TR_TEXT("place", s.name)),
                             .language = r->language,
                             .self = in_language(r, r->language),
                             .page = address(&r->arena, s.below[0] != '\0' ? s.below : usual),
                             .author = settings.name,
                             .updated = n > 0 ? entries[0].updated : 0};
    for (enum language in = LANGUAGE_EN; in < LANGUAGES; in++) {
        if (!settings_offer_beside(r->language, in))
            continue;
        feed.other[others].language = in;
        feed.other[others++].href = in_language(r, in);
    }
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
