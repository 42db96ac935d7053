/* page_count.c: counting a closed round, its result before and after it is published. */
#include "server/chart.h"
#include "server/count_round.h"
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_desk_count.h"
#include <jansson.h>

enum handled page_round_count_post(struct request *r, struct db *db)
{
    const char *result = "";
    const char *slug = r->segment[0];
    enum db_outcome outcome = count_round(db, &r->arena, r->officer.officer, slug, &result);
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else if (strcmp(result, "already") == 0 || strcmp(result, "counted") == 0) {
        response_redirect(r, "/desk/rounds/%s/result", slug);
    } else {
        const struct desk_round *round = desk_round_of(r, db);
        if (round != NULL)
            desk_round_show(r, round, desk_refusal(r, result, ""),
                            strcmp(result, "count_failed") == 0 ? 500 : 409);
    }
    return HANDLED;
}

/* --- the result --------------------------------------------------------------------------- */
static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

static int64_t number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* Amounts are strings such as "1200.00". */
static void pounds(struct html *h, const char *amount)
{
    html_raw(h, "£");
    html_text(h, amount);
}

static void proposal_row(struct html *h, const json_t *p, int64_t most)
{
    bool won = json_is_true(json_object_get(p, "selected"));
    html_raw(h, "<div class=\"wm-project\"><span class=\"wm-number\">");
    html_text(h, word(p, "id"));
    html_raw(h, "</span><div><div class=\"wm-row\"><h3>");
    html_text(h, word(p, "name"));
    html_raw(h, "</h3><span>");
    pounds(h, word(p, "cost"));
    html_raw(h, "</span></div><div class=\"wm-bar\">");
    chart_bar(h, number(p, "votes"), most, won ? CHART_GOOD : CHART_PLAIN);
    html_raw(h, "</div><p><strong>");
    html_number(h, number(p, "votes"));
    html_raw(h, " votes.</strong> ");
    html_text(h, word(p, "reason_text"));
    html_raw(h, "</p></div></div>\n");
}

static void funded(struct html *h, const json_t *outcome)
{
    const json_t *all = json_object_get(outcome, "proposals");
    int64_t most = 1;
    html_raw(h, "<p class=\"govuk-body\">");
    pounds(h, word(outcome, "cost"));
    html_raw(h, " of ");
    pounds(h, word(outcome, "budget"));
    html_raw(h, " is spent; ");
    pounds(h, word(outcome, "left"));
    html_raw(h, " is left.</p>\n");
    for (size_t i = 0; i < json_array_size(all); i++) {
        int64_t votes = number(json_array_get(all, i), "votes");
        most = votes > most ? votes : most;
    }
    for (size_t i = 0; i < json_array_size(all); i++)
        proposal_row(h, json_array_get(all, i), most);
}

static void answer(struct html *h, const json_t *outcome)
{
    bool adopted = json_is_true(json_object_get(outcome, "adopted"));
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "Yes", number(outcome, "yes"));
    desk_fact(h, "No", number(outcome, "no"));
    html_raw(h, "</dl>\n<p class=\"govuk-body-l\"><strong>");
    html_text(h, adopted ? "Adopted." : "Not adopted.");
    html_raw(h, "</strong> ");
    html_text(h, word(outcome, "reason_text"));
    html_raw(h, "</p>\n");
}

static void part(struct html *h, const struct desk_result_part *p)
{
    json_error_t error;
    json_t *outcome = json_loads(p->outcome, 0, &error);
    if (*p->pot != '\0') {
        html_raw(h, "<h2 class=\"govuk-heading-m\">");
        html_text(h, p->pot);
        html_raw(h, "</h2>\n");
        funded(h, outcome);
    } else {
        answer(h, outcome);
    }
    json_decref(outcome);
    html_raw(h, "<details class=\"govuk-details wm-after\"><summary "
                "class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">"
                "The count, step by step</span></summary><div class=\"govuk-details__text\">"
                "<p>SHA-256 of the file that was counted: <code class=\"wm-hash\">");
    for (size_t i = 0; i < sizeof p->pb_sha256; i++)
        html_textf(h, "%02x", p->pb_sha256[i]);
    html_raw(h, "</code></p><pre class=\"wm-log\" tabindex=\"0\">");
    html_text(h, p->log);
    html_raw(h, "</pre></div></details>\n");
}

static void publish(struct html *h, struct request *r, const struct desk_result *x)
{
    const char *slug = r->segment[0];
    if (!x->published) {
        html_raw(h, "<p class=\"govuk-body\">Published, everybody can read this, download the "
                    "ballots without names and repeat the count.</p>\n");
        if (strcmp(x->kind, "yes_no") == 0)
            html_raw(h, "<p class=\"govuk-body\">The agreement becomes the one in force, or is "
                        "marked as rejected, when you publish.</p>\n");
        desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", slug),
                    "Publish the result");
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">Published at ");
    desk_when(h, x->published_at);
    html_raw(h, ". <a class=\"govuk-link\"");
    html_attr(h, "href", arena_fmt(&r->arena, "/rounds/%s/result", slug));
    html_raw(h, ">As residents see it</a></p>\n");
}

static void figures(struct html *h, const struct desk_result *x)
{
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "Ballots counted", x->ballots);
    desk_fact(h, "May vote", x->eligible);
    desk_fact(h, "On the web", x->web);
    desk_fact(h, "By text", x->texts);
    if (x->paper > 0)
        desk_fact(h, "On paper", x->paper);
    desk_fact(h, "Votes changed", x->replaced);
    desk_fact(h, "Withdrawn", x->withdrawn);
    html_raw(h, "</dl>\n");
}

enum handled page_result_preview(struct request *r, struct db *db)
{
    struct desk_result *x = NULL;
    struct desk_page p;
    enum db_outcome outcome =
        desk_result_find(db, &r->arena, r->officer.officer, r->segment[0], &x);
    if (outcome != DB_OK || x == NULL) {
        if (outcome != DB_OK)
            response_db(r, outcome);
        else
            response_error(r, 404);
        return HANDLED;
    }
    desk_begin(&p, r, arena_fmt(&r->arena, "Result of %s", x->title),
               arena_fmt(&r->arena, "/desk/rounds/%s", r->segment[0]), x->title, NULL);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    desk_tag(&p.h, x->published ? DESK_PUBLISHED : DESK_COUNTED);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">Result of ");
    html_text(&p.h, x->title);
    html_raw(&p.h, "</h1>\n<p class=\"govuk-body\">Counted by ");
    html_text(&p.h, x->counted_by);
    html_raw(&p.h, " at ");
    desk_when(&p.h, x->counted_at);
    html_raw(&p.h, ".</p>\n");
    publish(&p.h, r, x);
    figures(&p.h, x);
    for (int i = 0; i < x->parts; i++)
        part(&p.h, &x->part[i]);
    desk_end(&p, r, 200);
    return HANDLED;
}

enum handled page_result_publish_post(struct request *r, struct db *db)
{
    const char *result = "";
    enum db_outcome outcome =
        result_publish(db, &r->arena, r->officer.officer, r->segment[0], &result);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "published") == 0)
        response_redirect(r, "/desk/rounds/%s/result", r->segment[0]);
    else
        response_error(r, 404);
    return HANDLED;
}
