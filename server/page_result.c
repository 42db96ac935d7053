/* page_result.c: results and their files. */
#include "server/accounts_show.h"
#include "server/api_kit.h"
#include "server/change_words.h"
#include "server/decision_show.h"
#include "server/delivery_show.h"
#include "server/pages.h"
#include "server/result_show.h"
#include "server/tr.h"

enum { FILE_MAX = 256 << 20, COMMAND_MAX = 1000, DELIVERY_MAX = 4 << 20 };

enum handled page_results(struct request *r, struct db *db)
{
    struct round_lines all;
    bool any = false;
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Results"));
    l.feeds = "/feeds";
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_h2(&h, "Decided");
    html_raw(&h, "<ul class=\"wm-grid\">\n");
    for (int i = 0; i < all.n; i++) {
        if (all.line[i].phase == PHASE_PUBLISHED) {
            kit_round_card(&h, &all.line[i]);
            any = true;
        }
    }
    html_raw(&h, "</ul>\n");
    if (!any)
        html_tr_p(&h, "No result has been published yet.");
    kit_sentence(&h, "", "/receipt", tr(r, "Check with your receipt that your vote was counted"));
    kit_follow(&h, "/feeds");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* Before there is a result: when there will be one. */
static void not_yet(struct request *r, const struct round_view *v)
{
    const char *text = "";
    switch (v->phase) {
    case PHASE_SOON:
        text = trv(&r->arena, r, "Voting opens at {opens}.", TR_WHEN("opens", v->opens_at));
        break;
    case PHASE_OPEN:
        text = trv(&r->arena, r,
                   "Voting closes at {when}. The count follows. Nobody can see a result before "
                   "then, and neither can we.",
                   TR_WHEN("when", v->closes_at));
        break;
    case PHASE_CLOSED:
    case PHASE_PUBLISHED:
        text = v->result_at != DB_NO_TIME
                   ? trv(&r->arena, r,
                         "Voting closed at {when}. The result will be published here at {then}.",
                         TR_WHEN("when", when_minute(v->closes_at)), TR_WHEN("then", v->result_at))
                   : trv(&r->arena, r,
                         "Voting closed at {when}. The votes are being counted and checked; the "
                         "result will be published here.",
                         TR_WHEN("when", when_minute(v->closes_at)));
        break;
    }
    kit_message_said(r, 200, tr(r, "No result yet"), text,
                     arena_fmt(&r->arena, "/rounds/%s", v->slug), tr(r, "See this vote"));
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

static void item(struct html *h, const char *href, const char *text)
{
    html_raw(h, "<li>");
    kit_link(h, href, text);
    html_raw(h, "</li>");
}

/* Lines may end at its spaces, and in a seed, which is longer than a telephone's, but not after the
 * hyphens of an option. */
static void command_line(struct html *h, const char *words)
{
    while (*words != '\0') {
        size_t len = strcspn(words, " ");
        bool option = strncmp(words, "--", 2) == 0;
        if (option)
            html_raw(h, "<span class=\"wm-log__option\">");
        html_textf(h, "%.*s", (int)len, words);
        if (option)
            html_raw(h, "</span>");
        words += len;
        if (*words == ' ') {
            html_text(h, " ");
            words++;
        }
    }
}

/* What anybody types to count a file again, to the same bytes as are published. */
static void commands(struct html *h, const struct round_view *round, const struct result_view *v)
{
    for (int i = 0; i < v->n_parts; i++) {
        if (v->part[i].votes < RESULT_FEWEST)
            continue;
        struct buf words = buf_new(COMMAND_MAX);
        buf_fmt(&words, "wardmote-count tally %s-%d.pb --json --seed %s ", round->slug,
                (int)v->part[i].ordinal, v->seed);
        rules_command(&words, round->rules_text);
        html_raw(h, "<p>");
        html_tr(h, "Counting the ballots file again, to the same bytes:");
        html_raw(h, "</p><pre class=\"wm-log wm-ours\" dir=\"ltr\" tabindex=\"0\">");
        command_line(h, buf_str(&words));
        html_raw(h, "</pre>");
        buf_free(&words);
    }
}

/* A checksum or a seed, after words that say of what. */
static void digest(struct html *h, const char *hex)
{
    html_raw(h, " <span class=\"wm-type wm-ours\">");
    html_text(h, hex);
    html_raw(h, "</span></p>");
}

static void for_those_who_check(struct html *h, const struct round_view *round,
                                const struct result_view *v)
{
    html_raw(h, "<details class=\"govuk-details\"><summary "
                "class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">");
    html_tr(h, "For those who check");
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><p>");
    html_tr(h, "Seed of the lots, sealed until the count:");
    digest(h, v->seed);
    for (int i = 0; i < v->n_parts; i++) {
        html_raw(h, "<p>");
        if (v->n_parts > 1)
            html_trv(h,
                     "SHA-256 of the ballots file, {pot}:", TR_WRITTEN("pot", v->part[i].pot_name));
        else
            html_tr(h, "SHA-256 of the ballots file:");
        digest(h, v->part[i].pb_sha256);
    }
    commands(h, round, v);
    html_raw(h, "<p>");
    html_tr(h, "SHA-256 of the rules as they were frozen:");
    digest(h, round->rules_sha256);
    html_raw(h, "</div></details>\n");
}

/* `pot`: where its files lie, without their endings. */
static void pot_files(struct html *h, const char *pot, struct request *r)
{
    item(h, arena_fmt(&r->arena, "%s.txt", pot), tr(h, "How it was counted, step by step (text)"));
    item(h, arena_fmt(&r->arena, "%s.pb", pot), tr(h, "The ballots (.pb)"));
    item(h, arena_fmt(&r->arena, "%s.json", pot), tr(h, "What the count said (JSON)"));
}

static void files(struct html *h, struct request *r, const struct round_view *round,
                  const struct result_view *v, bool delivered)
{
    const char *address = address_of(&r->arena, round->slug, v);
    html_tr_h2(h, "Check it yourself");
    html_tr_pv(h,
               "{receipt}Check with your receipt that your vote was counted{/receipt}. The ballots "
               "are published without names, so that anyone can count them again with the free "
               "program wardmote-count.",
               TR_LINK("receipt", "/receipt"));
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    item(h, arena_fmt(&r->arena, "%s/result.csv", address), tr(h, "This result as a table (CSV)"));
    item(h, arena_fmt(&r->arena, "%s/result.ods", address),
         tr(h, "This result as a spreadsheet (ODS)"));
    if (delivered) {
        item(h, arena_fmt(&r->arena, "%s/delivery.csv", address),
             tr(h, "What became of the funded projects (CSV)"));
        item(h, arena_fmt(&r->arena, "%s/delivery.json", address),
             tr(h, "What became of the funded projects (JSON)"));
    }
    for (int i = 0; i < v->n_parts; i++) {
        const struct result_part *p = &v->part[i];
        if (v->n_parts > 1) {
            html_raw(h, "<li><strong>");
            html_written(h, p->pot_name);
            html_raw(h, "</strong><ul class=\"govuk-list govuk-list--bullet\">");
        }
        if (p->votes < RESULT_FEWEST) {
            html_raw(h, "<li>");
            html_tr(h, "Ballots and steps of the count are not published: with so few votes, "
                       "people could be told apart.");
            html_raw(h, "</li>");
        } else {
            pot_files(h, arena_fmt(&r->arena, "%s/pot-%d", address, (int)p->ordinal), r);
        }
        if (v->n_parts > 1)
            html_raw(h, "</ul></li>");
    }
    html_raw(h, "</ul>\n");
    for_those_who_check(h, round, v);
    kit_sentence(h, "", arena_fmt(&r->arena, "/rounds/%s/rules", round->slug),
                 tr(h, "The rules of this vote"));
}

/* Provisional, and how to challenge it; or final. */
static void standing(struct html *h, struct request *r, const struct result_view *v)
{
    if (v->replaced_at != DB_NO_TIME)
        return;
    if (!v->provisional) {
        html_tr_p(h, "This result is final.");
        return;
    }
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_trv(h,
             "This result is provisional until {when}. If you think that something in it is wrong, "
             "tell the council before then{help}. If it is about your ballot, have your receipt at "
             "hand. Two officers look at it.",
             TR_WHEN("when", when_minute(v->final_at)), TR_TEXT("help", kit_or_contact(r)));
    html_raw(h, "</div>\n");
}

/* That this result corrects another, or was corrected itself. */
static void corrections(struct html *h, struct request *r, const struct round_view *round,
                        const struct result_view *v)
{
    if (v->replaced_at != DB_NO_TIME) {
        html_raw(h, "<div class=\"govuk-inset-text\">");
        html_trv(h,
                 "{b}Superseded.{/b} This result was corrected on {day}, and stands no more. "
                 "Reason: {reason}",
                 TR_DATE("day", v->replaced_at),
                 TR_WRITTEN("reason", kit_ended(&r->arena, v->replaced_why)));
        html_raw(h, " ");
        kit_link(h, arena_fmt(&r->arena, "/rounds/%s/result", round->slug),
                 tr(h, "The result that stands"));
        html_raw(h, "</div>\n");
    }
    if (v->before == 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_trv(h, "{b}Corrected.{/b} Two officers corrected this result on {day}. Reason: {reason}",
             TR_DATE("day", v->published_at),
             TR_WRITTEN("reason", kit_ended(&r->arena, v->correction)));
    html_raw(h, " ");
    kit_link(h, arena_fmt(&r->arena, "/rounds/%s/versions/%d", round->slug, (int)v->before),
             tr(h, "The result before that"));
    html_raw(h, "</div>\n");
}

static void result_page(struct request *r, const struct round_view *round,
                        const struct result_view *v, const struct proposals *all,
                        const struct changes *changes, const struct result_accounts *books,
                        const struct decisions *decided, const struct deliveries *delivery)
{
    const char *title = result_title(&r->arena, r->language, round, v);
    if (v->replaced_at != DB_NO_TIME)
        title = trv(&r->arena, r, "Superseded: {title}", TR_TEXT("title", title));
    struct html h = html_new();
    struct layout l = layout_said(r, title);
    l.back_path = l.feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", round->area_slug);
    l.back_name = round->area_name;
    layout_begin(&h, &l);
    html_raw(&h, "<span class=\"govuk-caption-l\">");
    html_trv(&h, "{title}: result, published {day}", TR_WRITTEN("title", round->title),
             TR_DATE("day", v->published_at));
    html_raw(&h, "</span>\n");
    kit_title(&h, title);
    corrections(&h, r, round, v);
    standing(&h, r, v);
    result_show(&h, round, v, all);
    if (round->kind != ROUND_YES_NO && v->replaced_at == DB_NO_TIME)
        decisions_show(&h, v, all, decided);
    deliveries_show(&h, delivery, tr(&h, "What became of the funded projects"), false);
    changes_show_counted(&h, changes, v->counted_at);
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
        page_failed(r, deliveries_load(db, &r->arena, NULL, round->slug, r->language, &delivery)))
        return;
    if (page_failed(r, result_accounts_load(db, round->slug, v->version, &books)) ||
        page_failed(r, proposals_load_in(db, &r->arena, round->id, r->language, &all)) ||
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
        page_failed(r, deliveries_load(db, &r->arena, NULL, round.slug, LANGUAGE_EN, &all)))
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
