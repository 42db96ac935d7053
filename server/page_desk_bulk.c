/* page_desk_bulk.c: /desk/rounds/:slug/texts: whether those who asked for it get a text when this
 * round opens, is about to close, and has its result; how many, and what it costs. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_bulk.h"

static const char *title_of(const struct bulk_occasion *o)
{
    if (strcmp(o->occasion, "opened") == 0)
        return "Voting has opened";
    return strcmp(o->occasion, "closing") == 0 ? "Voting ends soon" : "The result is out";
}

static void tag(struct html *h, const struct bulk_occasion *o)
{
    if (o->over)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Over</strong>");
    else if (o->on)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">On</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Off</strong>");
}

static void moment(struct html *h, const struct bulk_occasion *o)
{
    if (o->first_at != DB_NO_TIME) {
        html_raw(h, "From ");
        desk_when(h, when_minute(o->first_at));
        html_raw(h, ". ");
    } else if (!o->over) {
        html_text(h, strcmp(o->occasion, "result") == 0
                         ? "When the result is published, for a week. "
                         : "The dates of the round are not set yet. ");
    }
}

static void people(struct html *h, const struct bulk_occasion *o)
{
    if (o->over)
        return;
    html_text(h, o->on ? "Still to get it: " : "Would get it: ");
    kit_count(h, o->people, "person", "people");
    if (o->pence >= 0) {
        html_raw(h, ", for about ");
        html_money(h, o->pence);
        html_raw(h, ". ");
    } else {
        html_raw(h, ". What it costs is not known yet: no text was ever sent. ");
    }
}

static void counts(struct html *h, const struct bulk_occasion *o)
{
    if (o->sent + o->waits + o->lost == 0)
        return;
    html_number(h, o->sent);
    html_raw(h, " sent, ");
    html_number(h, o->waits);
    html_raw(h, " waiting, ");
    html_number(h, o->lost);
    html_raw(h, " not sent.");
}

static void switch_form(struct html *h, struct request *r, const struct desk_round *round,
                        const struct bulk_occasion *o)
{
    if (o->over && !o->on)
        return;
    form_begin(h, arena_fmt(&r->arena, "/desk/rounds/%s/texts", round->slug));
    form_token(h, r);
    form_hidden(h, "occasion", o->occasion);
    form_hidden(h, "on", o->on ? "no" : "yes");
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">Switch ");
    html_text(h, o->on ? "off" : "on");
    html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
    html_text(h, title_of(o));
    html_raw(h, "</span></button>\n");
    form_end(h);
}

static void occasion(struct html *h, struct request *r, const struct desk_round *round,
                     const struct bulk_occasion *o)
{
    html_raw(h, "<div class=\"wm-task\"><h2 class=\"govuk-heading-s\">");
    html_text(h, title_of(o));
    html_raw(h, "</h2>");
    tag(h, o);
    html_raw(h, "<p>");
    moment(h, o);
    people(h, o);
    counts(h, o);
    html_raw(h, "</p>");
    switch_form(h, r, round, o);
    html_raw(h, "</div>\n");
}

static void show(struct request *r, struct db *db, const char *problem, int status)
{
    struct bulk_occasions all;
    struct form_errors e = {.n = 0};
    struct desk_page p;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return;
    enum db_outcome outcome = desk_bulk(db, &r->arena, r->officer.officer, round->slug, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    if (problem != NULL)
        form_error(&e, "main", problem);
    desk_begin(&p, r, "Texts to those who asked",
               arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title, &e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    kit_title_caption(&p.h, round->title, "Texts to those who asked");
    html_raw(&p.h, "<p class=\"govuk-body\">They go to people in this area who asked for them, by "
                   "the box beside their number on the web or by texting NEWS, and did not text "
                   "STOP since. One text each, between 9am and 8pm, after all replies and within "
                   "the day’s budget. Who asks later does not get what was sent before.</p>\n");
    for (int i = 0; i < all.n; i++)
        occasion(&p.h, r, round, &all.one[i]);
    if (all.n < BULK_OCCASIONS)
        html_raw(&p.h, "<p class=\"govuk-body wm-after\">The round is open for less than two days: "
                       "no second text says that it ends.</p>\n");
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_desk_bulk(struct request *r, struct db *db)
{
    show(r, db, NULL, 200);
    return HANDLED;
}

enum handled page_desk_bulk_post(struct request *r, struct db *db)
{
    const char *word = request_field(r, "on"), *result = "";
    bool on = strcmp(word, "yes") == 0;
    if (!on && strcmp(word, "no") != 0) {
        response_error(r, 400);
        return HANDLED;
    }
    enum db_outcome outcome = desk_bulk_set(db, &r->arena, r->officer.officer, r->segment[0],
                                            request_field(r, "occasion"), on, &result);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "on") == 0 || strcmp(result, "off") == 0)
        response_redirect(r, "/desk/rounds/%s/texts", r->segment[0]);
    else
        show(r, db, desk_refusal(r, result, ""), 409);
    return HANDLED;
}
