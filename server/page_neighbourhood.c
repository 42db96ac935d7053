/* page_neighbourhood.c: the list of neighbourhoods, and one of them: agreement, rounds, money. */
#include "server/delivery_show.h"
#include "server/pages.h"
#include "server/store_outline.h"
#include "server/store_places.h"
#include "server/store_postcode.h"
#include "server/tr.h"

static void place_row(struct html *h, const struct area *a)
{
    html_raw(h, "<li class=\"wm-card\"><h2 class=\"wm-card__title\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s", a->slug);
    html_raw(h, ">");
    html_written(h, a->name);
    html_raw(h, "</a></h2><p>");
    if (a->edition > 0)
        kit_pledges(h, a->pledges, a->providers);
    else if (strcmp(a->kind, "city") == 0)
        html_tr(h, "Votes for the whole city");
    else
        html_tr(h, "No agreement yet");
    html_raw(h, "</p>");
    if (a->open_rounds > 0) {
        html_raw(h, "<p class=\"wm-when\">");
        html_trn(h, "{n} vote open now", "{n} votes open now", a->open_rounds);
        html_raw(h, "</p>");
    }
    html_raw(h, "</li>\n");
}

enum handled page_neighbourhoods(struct request *r, struct db *db)
{
    struct areas areas;
    bool by_postcode;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)) ||
        page_failed(r, postcodes_known(db, &by_postcode)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Neighbourhoods"));
    l.feeds = "/feeds";
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, "Choose yours to see its agreement, its money and its votes.");
    if (by_postcode)
        kit_postcode_form(&h, NULL, "");
    html_raw(&h, "<ul class=\"wm-grid\">\n");
    for (int i = 0; i < areas.n; i++)
        place_row(&h, &areas.area[i]);
    html_raw(&h, "</ul>\n");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

static void facts(struct html *h, const struct area *a, const struct round_lines *rounds)
{
    int64_t open = 0, spent = 0;
    for (int i = 0; i < rounds->n; i++) {
        if (strcmp(rounds->line[i].area_slug, a->slug) != 0)
            continue;
        if (rounds->line[i].phase == PHASE_OPEN)
            open += rounds->line[i].money;
        spent += rounds->line[i].spent;
    }
    html_raw(h, "<dl class=\"wm-facts\">");
    if (open > 0)
        kit_fact_money(h, tr(h, "Being voted on now"), open);
    if (spent > 0)
        kit_fact_money(h, tr(h, "Decided by residents"), spent);
    if (a->population > 0)
        kit_fact_number(h, tr(h, "People"), a->population);
    if (a->households > 0)
        kit_fact_number(h, tr(h, "Households"), a->households);
    html_raw(h, "</dl>\n");
}

static void agreement_in_short(struct html *h, const struct area *a)
{
    html_tr_h2(h, "Neighbourhood agreement");
    html_raw(h, "<p class=\"govuk-body\">");
    if (a->edition > 0) {
        kit_pledges(h, a->pledges, a->providers);
        html_trv(h, ", edition {n}", TR_NUMBER("n", a->edition));
        if (a->adopted_on != DB_NO_TIME)
            html_trv(h, ", in force since {day}", TR_DATE("day", a->adopted_on));
        html_raw(h, ". ");
    } else {
        html_tr(h, "No agreement is in force yet. ");
    }
    if (a->proposed > 0)
        html_trv(h, "Edition {n} has been put forward. ", TR_NUMBER("n", a->proposed));
    if (a->edition > 0 || a->proposed > 0) {
        html_raw(h, "<a class=\"govuk-link\"");
        html_attrf(h, "href", "/neighbourhoods/%s/agreement", a->slug);
        html_raw(h, ">");
        html_tr(h, "Read the agreement");
        html_raw(h, "</a>");
    }
    html_raw(h, "</p>\n");
}

static void show(struct html *h, const struct area *a, const struct round_lines *rounds,
                 const struct deliveries *delivery)
{
    if (a->parent_name[0] != '\0')
        kit_caption_written(h, a->parent_name);
    kit_title_written(h, a->name);
    if (a->about[0] != '\0') {
        html_raw(h, "<p class=\"govuk-body\">");
        html_written(h, a->about);
        html_raw(h, "</p>\n");
    }
    facts(h, a, rounds);
    kit_round_group(h, rounds, PHASE_OPEN, tr(h, "Voting now"));
    if (strcmp(a->kind, "city") != 0)
        agreement_in_short(h, a);
    kit_round_group(h, rounds, PHASE_SOON, tr(h, "Opening soon"));
    kit_round_group(h, rounds, PHASE_CLOSED, tr(h, "Being counted"));
    kit_round_group(h, rounds, PHASE_PUBLISHED, tr(h, "Decided"));
    deliveries_show(h, delivery, tr(h, "What became of funded projects"), true);
    if (rounds->n == 0)
        html_tr_p(h, "No vote has been set up here yet.");
    html_raw(h, "<p class=\"govuk-body wm-after\">");
    html_tr(h, "What does your neighbourhood need?");
    html_raw(h, " ");
    kit_link(h, "/ideas", tr(h, "Send an idea"));
    html_raw(h, "</p>\n");
}

enum handled page_neighbourhood(struct request *r, struct db *db)
{
    struct areas areas;
    struct round_lines rounds;
    struct deliveries delivery;
    struct area_map map;
    struct map_points points = {.n = 0};
    if (page_failed(r, areas_load(db, &r->arena, r->segment[0], &areas)) ||
        page_failed(r, area_outline_load(db, &r->arena, r->segment[0], &map)) ||
        (map.outline != NULL &&
         page_failed(r, area_points_load(db, &r->arena, r->segment[0], &points))) ||
        page_failed(r, rounds_load(db, &r->arena, r->segment[0], &rounds)) ||
        page_failed(r, deliveries_load(db, &r->arena, r->segment[0], NULL, r->language, &delivery)))
        return HANDLED;
    if (areas.n == 0) {
        kit_message_said(r, 404, tr(r, "We do not know that neighbourhood"),
                         tr(r, "If you typed the address, check it is correct."), "/neighbourhoods",
                         tr(r, "See all neighbourhoods"));
        return HANDLED;
    }
    struct html h = html_new();
    struct layout l = layout_said(r, areas.area[0].name);
    l.back_path = "/neighbourhoods";
    l.back_text = tr(r, "Neighbourhoods");
    l.feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", areas.area[0].slug);
    layout_begin(&h, &l);
    show(&h, &areas.area[0], &rounds, &delivery);
    area_map_show(&h, &map, &points);
    kit_follow(&h, l.feeds);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
