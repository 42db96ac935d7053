/* page_result.c: results and their files. */
#include "server/accounts_show.h"
#include "server/change_words.h"
#include "server/pages.h"
#include "server/result_show.h"

enum { FILE_MAX = 256 << 20 };

enum handled page_results(struct request *r, struct db *db)
{
    struct round_lines all;
    bool any = false;
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Results", .feeds = "/feeds"};
    layout_begin(&h, &l);
    kit_title(&h, "Results");
    html_raw(&h, "<h2 class=\"govuk-heading-m\">Decided</h2>\n<ul class=\"wm-grid\">\n");
    for (int i = 0; i < all.n; i++) {
        if (all.line[i].phase == PHASE_PUBLISHED) {
            kit_round_card(&h, &all.line[i]);
            any = true;
        }
    }
    html_raw(&h, "</ul>\n");
    if (!any)
        html_raw(&h, "<p class=\"govuk-body\">No result has been published yet.</p>\n");
    html_raw(&h, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/receipt\">Check with "
                 "your receipt that your vote was counted</a></p>\n");
    kit_follow(&h, "/feeds");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* Before there is a result: when there will be one. */
static void not_yet(struct request *r, const struct round_view *v)
{
    char when[64];
    const char *text = "";
    when_text(v->phase == PHASE_SOON ? v->opens_at : v->closes_at, when);
    switch (v->phase) {
    case PHASE_SOON:
        text = arena_fmt(&r->arena, "Voting opens at %s.", when);
        break;
    case PHASE_OPEN:
        text = arena_fmt(&r->arena,
                         "Voting closes at %s. The count follows. Nobody can see a "
                         "result before then, and neither can we.",
                         when);
        break;
    case PHASE_CLOSED:
    case PHASE_PUBLISHED:
        text = arena_fmt(&r->arena,
                         "Voting closed at %s. The votes are being counted and "
                         "checked; the result will be published here.",
                         when);
        break;
    }
    kit_message_page(r, 200, "No result yet", text, arena_fmt(&r->arena, "/rounds/%s", v->slug),
                     v->title);
}

/* The round of the first segment; false when the request was answered. */
static bool load_round(struct request *r, struct db *db, struct round_view *v)
{
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], v, &found)))
        return false;
    if (!found)
        response_error(r, 404);
    return found;
}

static void file_link(struct html *h, const struct round_view *round, int32_t ordinal,
                      const char *ending, const char *text)
{
    html_raw(h, "<li><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/result/pot-%d.%s", round->slug, (int)ordinal, ending);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></li>");
}

static void files(struct html *h, const struct round_view *round, const struct result_view *v)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Check it yourself</h2>\n<p class=\"govuk-body\">"
                "<a class=\"govuk-link\" href=\"/receipt\">Check with your receipt that your vote "
                "was counted</a>. The ballots are published without names, so that anyone can "
                "count them again with the free program wardmote-count.</p>\n"
                "<ul class=\"govuk-list govuk-list--bullet\"><li><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/result/result.csv", round->slug);
    html_raw(h, ">This result as a table (CSV)</a></li><li><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/result/result.ods", round->slug);
    html_raw(h, ">This result as a spreadsheet (ODS)</a></li>");
    for (int i = 0; i < v->n_parts; i++) {
        const struct result_part *p = &v->part[i];
        if (v->n_parts > 1) {
            html_raw(h, "<li><strong>");
            html_text(h, p->pot_name);
            html_raw(h, "</strong></li>");
        }
        if (p->votes < RESULT_FEWEST) {
            html_raw(h, "<li>Ballots and steps of the count are not published: with so few votes, "
                        "people could be told apart.</li>");
            continue;
        }
        file_link(h, round, p->ordinal, "txt", "How it was counted, step by step (text)");
        file_link(h, round, p->ordinal, "pb", "The ballots (.pb)");
        file_link(h, round, p->ordinal, "json", "What the count said (JSON)");
    }
    html_raw(h, "</ul>\n<details class=\"govuk-details\"><summary "
                "class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">"
                "For those who check</span></summary><div class=\"govuk-details__text\">"
                "<p>Seed of the lots, sealed until the count: <span class=\"wm-type\">");
    html_text(h, v->seed);
    html_raw(h, "</span></p>");
    for (int i = 0; i < v->n_parts; i++) {
        html_raw(h, "<p>SHA-256 of the ballots file");
        if (v->n_parts > 1) {
            html_raw(h, ", ");
            html_text(h, v->part[i].pot_name);
        }
        html_raw(h, ": <span class=\"wm-type\">");
        html_text(h, v->part[i].pb_sha256);
        html_raw(h, "</span></p>");
    }
    html_raw(h, "<p>SHA-256 of the rules as they were frozen: <span class=\"wm-type\">");
    html_text(h, round->rules_sha256);
    html_raw(h, "</span></p></div></details>\n<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/rules", round->slug);
    html_raw(h, ">The rules of this vote</a></p>\n");
}

/* Provisional, and how to challenge it; or final. */
static void standing(struct html *h, struct request *r, const struct result_view *v)
{
    char when[64];
    if (!v->provisional) {
        html_raw(h, "<p class=\"govuk-body\">This result is final.</p>\n");
        return;
    }
    when_text(when_minute(v->final_at), when);
    html_raw(h, "<div class=\"govuk-inset-text\">This result is provisional until ");
    html_text(h, when);
    html_raw(h, ". If you think that something in it is wrong, tell the council before then");
    html_text(h, kit_or_contact(&r->arena));
    html_raw(h, ". If it is about your ballot, have your receipt at hand. Two officers look at "
                "it.</div>\n");
}

static void result_page(struct request *r, const struct round_view *round,
                        const struct result_view *v, const struct proposals *all,
                        const struct changes *changes, const struct result_accounts *books)
{
    char day[40];
    const char *title = result_title(&r->arena, round, v);
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = title,
                       .back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", round->area_slug),
                       .back_text = round->area_name,
                       .feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", round->area_slug)};
    when_date(v->published_at, day);
    layout_begin(&h, &l);
    kit_title_caption(&h, arena_fmt(&r->arena, "%s: result, published %s", round->title, day),
                      title);
    standing(&h, r, v);
    result_show(&h, round, v, all);
    changes_show(&h, changes);
    accounts_show(&h, books, v->ballots);
    files(&h, round, v);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

enum handled page_result(struct request *r, struct db *db)
{
    struct round_view round;
    struct result_view v;
    struct proposals all;
    bool found;
    if (!load_round(r, db, &round) ||
        page_failed(r, result_load(db, &r->arena, &round, &v, &found)))
        return HANDLED;
    if (!found) {
        not_yet(r, &round);
        return HANDLED;
    }
    struct changes changes;
    struct result_accounts books;
    if (page_failed(r, result_accounts_load(db, round.slug, &books)) ||
        page_failed(r, proposals_load(db, &r->arena, round.id, &all)) ||
        page_failed(r, changes_public(db, &r->arena, round.id, &changes)))
        return HANDLED;
    result_page(r, &round, &v, &all, &changes, &books);
    return HANDLED;
}

/* --- files -------------------------------------------------------------------------------- */

/* "pot-2.pb": the ordinal and what is wanted of it. */
static const struct file_kind {
    const char *ending, *kind, *type;
    bool shown; /* in the browser, not downloaded */
} FILES[] = {{".pb", "pb", "text/plain; charset=utf-8", false},
             {".json", "json", "application/json", false},
             {".txt", "log", "text/plain; charset=utf-8", true}};

static const struct file_kind *read_name(const char *name, int32_t *ordinal)
{
    if (strncmp(name, "pot-", 4) != 0 || name[4] < '1' || name[4] > '9')
        return NULL;
    *ordinal = name[4] - '0';
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        if (strcmp(name + 5, FILES[i].ending) == 0)
            return &FILES[i];
    }
    return NULL;
}

enum handled page_result_file(struct request *r, struct db *db)
{
    int32_t ordinal = 0;
    bool found = false;
    const struct file_kind *kind = read_name(r->segment[1], &ordinal);
    struct buf out = buf_new(FILE_MAX);
    if (kind != NULL &&
        page_failed(r, result_file_load(db, r->segment[0], ordinal, kind->kind, &out, &found)))
        return HANDLED;
    if (!found) {
        buf_free(&out);
        response_error(r, 404);
        return HANDLED;
    }
    const char *name = arena_fmt(&r->arena, "%s-%d%s", r->segment[0], (int)ordinal, kind->ending);
    response_file(r, kind->type, kind->shown ? NULL : name, &out);
    return HANDLED;
}
