/* page_result.c: results and their files. */
#include "server/accounts_show.h"
#include "server/api_kit.h"
#include "server/change_words.h"
#include "server/decision_show.h"
#include "server/delivery_show.h"
#include "server/pages.h"
#include "server/result_show.h"

enum { FILE_MAX = 256 << 20, COMMAND_MAX = 1000, DELIVERY_MAX = 4 << 20 };

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
        if (v->result_at != DB_NO_TIME) {
            char at[64];
            when_text(v->result_at, at);
            text = arena_fmt(&r->arena,
                             "Voting closed at %s. The result will be published here at %s.", when,
                             at);
            break;
        }
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

/* Where a result is: the one that stands at /result, an earlier one at an address of its own. */
static const char *address_of(struct arena *a, const char *slug, const struct result_view *v)
{
    if (v->replaced_at == DB_NO_TIME)
        return arena_fmt(a, "/rounds/%s/result", slug);
    return arena_fmt(a, "/rounds/%s/versions/%d", slug, (int)v->version);
}

static void file_link(struct html *h, const char *address, int32_t ordinal, const char *ending,
                      const char *text)
{
    html_raw(h, "<li><a class=\"govuk-link\"");
    html_attrf(h, "href", "%s/pot-%d.%s", address, (int)ordinal, ending);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></li>");
}

/* What anybody types to count a file again, to the same bytes as are published. */
static void commands(struct html *h, const struct round_view *round, const struct result_view *v)
{
    for (int i = 0; i < v->n_parts; i++) {
        if (v->part[i].votes < RESULT_FEWEST)
            continue;
        struct buf words = buf_new(COMMAND_MAX);
        rules_command(&words, round->rules_text);
        html_raw(h, "<p>Counting the ballots file again, to the same bytes:</p>"
                    "<pre class=\"wm-log\" tabindex=\"0\">wardmote-count tally ");
        html_textf(h, "%s-%d.pb --json --seed %s ", round->slug, (int)v->part[i].ordinal, v->seed);
        html_text(h, buf_str(&words));
        html_raw(h, "</pre>");
        buf_free(&words);
    }
}

static void files(struct html *h, struct request *r, const struct round_view *round,
                  const struct result_view *v, bool delivered)
{
    const char *address = address_of(&r->arena, round->slug, v);
    html_raw(h, "<h2 class=\"govuk-heading-m\">Check it yourself</h2>\n<p class=\"govuk-body\">"
                "<a class=\"govuk-link\" href=\"/receipt\">Check with your receipt that your vote "
                "was counted</a>. The ballots are published without names, so that anyone can "
                "count them again with the free program wardmote-count.</p>\n"
                "<ul class=\"govuk-list govuk-list--bullet\"><li><a class=\"govuk-link\"");
    html_attrf(h, "href", "%s/result.csv", address);
    html_raw(h, ">This result as a table (CSV)</a></li><li><a class=\"govuk-link\"");
    html_attrf(h, "href", "%s/result.ods", address);
    html_raw(h, ">This result as a spreadsheet (ODS)</a></li>");
    if (delivered) {
        html_raw(h, "<li>");
        kit_link(h, arena_fmt(&r->arena, "%s/delivery.csv", address),
                 "What became of the funded projects (CSV)");
        html_raw(h, "</li><li>");
        kit_link(h, arena_fmt(&r->arena, "%s/delivery.json", address),
                 "What became of the funded projects (JSON)");
        html_raw(h, "</li>");
    }
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
        file_link(h, address, p->ordinal, "txt", "How it was counted, step by step (text)");
        file_link(h, address, p->ordinal, "pb", "The ballots (.pb)");
        file_link(h, address, p->ordinal, "json", "What the count said (JSON)");
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
    commands(h, round, v);
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
    if (v->replaced_at != DB_NO_TIME)
        return;
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

/* That this result corrects another, or was corrected itself. */
static void corrections(struct html *h, struct request *r, const struct round_view *round,
                        const struct result_view *v)
{
    char day[40];
    if (v->replaced_at != DB_NO_TIME) {
        when_date(v->replaced_at, day);
        html_raw(h, "<div class=\"govuk-inset-text\"><strong>Superseded.</strong> This result was "
                    "corrected on ");
        html_text(h, day);
        html_raw(h, ", and stands no more. Reason: ");
        html_text(h, v->replaced_why);
        html_raw(h, " <a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s/result", round->slug);
        html_raw(h, ">The result that stands</a></div>\n");
    }
    if (v->before == 0)
        return;
    when_date(v->published_at, day);
    html_raw(h,
             "<div class=\"govuk-inset-text\"><strong>Corrected.</strong> Two officers corrected "
             "this result on ");
    html_text(h, day);
    html_raw(h, ". Reason: ");
    html_text(h, v->correction);
    html_raw(h, " ");
    kit_link(h, arena_fmt(&r->arena, "/rounds/%s/versions/%d", round->slug, (int)v->before),
             "The result before that");
    html_raw(h, "</div>\n");
}

static void result_page(struct request *r, const struct round_view *round,
                        const struct result_view *v, const struct proposals *all,
                        const struct changes *changes, const struct result_accounts *books,
                        const struct decisions *decided, const struct deliveries *delivery)
{
    char day[40];
    const char *title = result_title(&r->arena, round, v);
    if (v->replaced_at != DB_NO_TIME)
        title = arena_fmt(&r->arena, "Superseded: %s", title);
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
    corrections(&h, r, round, v);
    standing(&h, r, v);
    result_show(&h, round, v, all);
    if (round->kind != ROUND_YES_NO && v->replaced_at == DB_NO_TIME)
        decisions_show(&h, v, all, decided);
    deliveries_show(&h, delivery, "What became of the funded projects", false);
    changes_show(&h, changes);
    accounts_show(&h, books, v->ballots);
    files(&h, r, round, v, delivery->n > 0);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

/* The version of the second segment, at least 1; 0: it is no number. */
static int32_t version_of(const struct request *r)
{
    int64_t version = 0;
    return parse_int(r->segment[1], 1, INT32_MAX, &version) ? (int32_t)version : 0;
}

static void show(struct request *r, struct db *db, const struct round_view *round,
                 const struct result_view *v)
{
    struct proposals all;
    struct changes changes;
    struct result_accounts books;
    struct decisions decided;
    struct deliveries delivery = {.n = 0};
    /* What stands no more has no delivery. */
    if (v->replaced_at == DB_NO_TIME &&
        page_failed(r, deliveries_load(db, &r->arena, NULL, round->slug, &delivery)))
        return;
    if (page_failed(r, result_accounts_load(db, round->slug, v->version, &books)) ||
        page_failed(r, proposals_load(db, &r->arena, round->id, &all)) ||
        page_failed(r, changes_public(db, &r->arena, round->id, &changes)) ||
        page_failed(r, decisions_public(db, &r->arena, round->id, &decided)))
        return;
    result_page(r, round, v, &all, &changes, &books, &decided, &delivery);
}

enum handled page_result(struct request *r, struct db *db)
{
    struct round_view round;
    struct result_view v;
    bool found;
    if (!load_round(r, db, &round) ||
        page_failed(r, result_load(db, &r->arena, &round, 0, &v, &found)))
        return HANDLED;
    if (found)
        show(r, db, &round, &v);
    else
        not_yet(r, &round);
    return HANDLED;
}

enum handled page_result_version(struct request *r, struct db *db)
{
    struct round_view round;
    struct result_view v;
    int32_t version = version_of(r);
    bool found = false;
    if (!load_round(r, db, &round) ||
        (version > 0 && page_failed(r, result_load(db, &r->arena, &round, version, &v, &found))))
        return HANDLED;
    if (!found)
        response_error(r, 404);
    else if (v.replaced_at == DB_NO_TIME) /* it has one address */
        response_redirect(r, "/rounds/%s/result", round.slug);
    else
        show(r, db, &round, &v);
    return HANDLED;
}

/* --- files -------------------------------------------------------------------------------- */

/* "-version-1" in the names of a superseded result's files. */
static const char *mark_of(struct arena *a, int32_t version)
{
    return version == 0 ? "" : arena_fmt(a, "-version-%d", (int)version);
}

/* What became of the projects that the standing result funds: "delivery.csv", "delivery.json". */
static enum handled delivery_file(struct request *r, struct db *db, bool json)
{
    struct round_view round;
    struct deliveries all;
    if (!load_round(r, db, &round) ||
        page_failed(r, deliveries_load(db, &r->arena, NULL, round.slug, &all)))
        return HANDLED;
    if (all.n == 0) {
        response_error(r, 404);
        return HANDLED;
    }
    struct buf out = buf_new(DELIVERY_MAX);
    if (json)
        api_file(&out, deliveries_json(&all));
    else
        deliveries_csv(&out, &all);
    response_file(r, json ? "application/json" : "text/csv; charset=utf-8",
                  arena_fmt(&r->arena, "%s-delivery.%s", round.slug, json ? "json" : "csv"), &out);
    return HANDLED;
}

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

/* A file of the result that stands (`version` 0), or of an earlier one. */
static enum handled file(struct request *r, struct db *db, int32_t version, const char *wanted)
{
    int32_t ordinal = 0;
    bool found = false;
    if (strcmp(wanted, "result.csv") == 0 || strcmp(wanted, "result.ods") == 0)
        return page_result_table(r, db, version, strcmp(wanted, "result.ods") == 0);
    if (version == 0 &&
        (strcmp(wanted, "delivery.csv") == 0 || strcmp(wanted, "delivery.json") == 0))
        return delivery_file(r, db, wanted[9] == 'j');
    const struct file_kind *kind = read_name(wanted, &ordinal);
    struct buf out = buf_new(FILE_MAX);
    if (kind != NULL && page_failed(r, result_file_load(db, r->segment[0], version, ordinal,
                                                        kind->kind, &out, &found)))
        return HANDLED;
    if (!found) {
        buf_free(&out);
        response_error(r, 404);
        return HANDLED;
    }
    const char *name = arena_fmt(&r->arena, "%s%s-%d%s", r->segment[0], mark_of(&r->arena, version),
                                 (int)ordinal, kind->ending);
    response_file(r, kind->type, kind->shown ? NULL : name, &out);
    return HANDLED;
}

enum handled page_result_file(struct request *r, struct db *db)
{
    return file(r, db, 0, r->segment[1]);
}

enum handled page_result_version_file(struct request *r, struct db *db)
{
    int32_t version = version_of(r);
    if (version > 0)
        return file(r, db, version, r->segment[2]);
    response_error(r, 404);
    return HANDLED;
}
