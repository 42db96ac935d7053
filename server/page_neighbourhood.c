/* page_neighbourhood.c: the list of neighbourhoods, and one of them: agreement, rounds, money. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_places.h"
#include "server/store_postcode.h"

static void place_row(struct html *h, const struct area *a)
{
    html_raw(h, "<li class=\"wm-card\"><h2 class=\"wm-card__title\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s", a->slug);
    html_raw(h, ">");
    html_text(h, a->name);
    html_raw(h, "</a></h2><p>");
    if (a->edition > 0) {
        kit_count(h, a->pledges, "pledge", "pledges");
        html_raw(h, " by ");
        kit_count(h, a->providers, "provider", "providers");
    } else if (strcmp(a->kind, "city") == 0) {
        html_raw(h, "Votes for the whole city");
    } else {
        html_raw(h, "No agreement yet");
    }
    html_raw(h, "</p>");
    if (a->open_rounds > 0) {
        html_raw(h, "<p class=\"wm-when\">");
        kit_count(h, a->open_rounds, "vote open now", "votes open now");
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
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Neighbourhoods", .feeds = "/feeds"};
    layout_begin(&h, &l);
    kit_title(&h, "Neighbourhoods");
    html_raw(&h, "<p class=\"govuk-body\">Choose yours to see its agreement, its money and its "
                 "votes.</p>\n");
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
        kit_fact_money(h, "Being voted on now", open);
    if (spent > 0)
        kit_fact_money(h, "Decided by residents", spent);
    if (a->population > 0)
        kit_fact_number(h, "People", a->population);
    if (a->households > 0)
        kit_fact_number(h, "Households", a->households);
    html_raw(h, "</dl>\n");
}

static void agreement_in_short(struct html *h, const struct area *a)
{
    char day[40];
    html_raw(h, "<h2 class=\"govuk-heading-m\">Neighbourhood agreement</h2>\n"
                "<p class=\"govuk-body\">");
    if (a->edition > 0) {
        html_raw(h, "<strong>");
        kit_count(h, a->pledges, "pledge", "pledges");
        html_raw(h, "</strong> by ");
        kit_count(h, a->providers, "provider", "providers");
        html_textf(h, ", edition %d", (int)a->edition);
        if (a->adopted_on != DB_NO_TIME) {
            when_date(a->adopted_on, day);
            html_textf(h, ", in force since %s", day);
        }
        html_raw(h, ". ");
    } else {
        html_raw(h, "No agreement is in force yet. ");
    }
    if (a->proposed > 0)
        html_textf(h, "Edition %d has been put forward. ", (int)a->proposed);
    if (a->edition > 0 || a->proposed > 0) {
        html_raw(h, "<a class=\"govuk-link\"");
        html_attrf(h, "href", "/neighbourhoods/%s/agreement", a->slug);
        html_raw(h, ">Read the agreement</a>");
    }
    html_raw(h, "</p>\n");
}

static void show(struct html *h, const struct area *a, const struct round_lines *rounds)
{
    if (a->parent_name[0] != '\0')
        kit_title_caption(h, a->parent_name, a->name);
    else
        kit_title(h, a->name);
    if (a->about[0] != '\0') {
        html_raw(h, "<p class=\"govuk-body\">");
        html_text(h, a->about);
        html_raw(h, "</p>\n");
    }
    facts(h, a, rounds);
    kit_round_group(h, rounds, PHASE_OPEN, "Voting now");
    if (strcmp(a->kind, "city") != 0)
        agreement_in_short(h, a);
    kit_round_group(h, rounds, PHASE_SOON, "Opening soon");
    kit_round_group(h, rounds, PHASE_CLOSED, "Being counted");
    kit_round_group(h, rounds, PHASE_PUBLISHED, "Decided");
    if (rounds->n == 0)
        html_raw(h, "<p class=\"govuk-body\">No vote has been set up here yet.</p>\n");
    html_raw(h, "<p class=\"govuk-body wm-after\">What does your neighbourhood need? ");
    kit_link(h, "/ideas", "Send an idea");
    html_raw(h, "</p>\n");
}

enum handled page_neighbourhood(struct request *r, struct db *db)
{
    struct areas areas;
    struct round_lines rounds;
    if (page_failed(r, areas_load(db, &r->arena, r->segment[0], &areas)) ||
        page_failed(r, rounds_load(db, &r->arena, r->segment[0], &rounds)))
        return HANDLED;
    if (areas.n == 0) {
        kit_message_page(r, 404, "We do not know that neighbourhood",
                         "If you typed the address, check it is correct.", "/neighbourhoods",
                         "See all neighbourhoods");
        return HANDLED;
    }
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = areas.area[0].name,
                       .back_path = "/neighbourhoods",
                       .back_text = "Neighbourhoods",
                       .feeds = arena_fmt(&r->arena, "/neighbourhoods/%s", areas.area[0].slug)};
    layout_begin(&h, &l);
    show(&h, &areas.area[0], &rounds);
    kit_follow(&h, l.feeds);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
