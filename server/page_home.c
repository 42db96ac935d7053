/* page_home.c: what this is, what is being voted on now, and where to go. */
#include "server/markdown.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/store_places.h"
#include "server/store_postcode.h"
#include "server/store_site.h"
#include "server/tr.h"

enum { DECIDED_SHOWN = 6, SOON_SHOWN = 6 };

/* Pence in all open rounds, or rounds that open next. */
static int64_t money_in(const struct round_lines *all, enum round_phase phase)
{
    int64_t sum = 0;
    for (int i = 0; i < all->n; i++) {
        if (all->line[i].phase == phase)
            sum += all->line[i].money;
    }
    return sum;
}

static int count_in(const struct round_lines *all, enum round_phase phase)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += all->line[i].phase == phase;
    return n;
}

static void hero(struct html *h, const struct round_lines *all)
{
    int64_t money = money_in(all, PHASE_OPEN);
    html_raw(h, "<div class=\"wm-hero\"><div class=\"govuk-width-container\">"
                "<h1 class=\"govuk-heading-xl\">");
    html_tr(h, "Your street. Your money. Your say.");
    html_raw(h, "</h1><p class=\"govuk-body-l\">");
    if (money > 0)
        html_trv(h, "{money} is being decided by the people who live here.",
                 TR_MONEY("money", money));
    else if (count_in(all, PHASE_OPEN) > 0)
        html_tr(h, "A question is being decided by the people who live here.");
    else
        html_tr(h, "The people who live here decide how money is spent on their streets. No vote "
                   "is open today.");
    if (settings.sms_number[0] != '\0')
        html_tr(h, " Vote on the web or by text.");
    html_raw(h, "</p><div class=\"wm-ways\">");
    if (count_in(all, PHASE_OPEN) > 0)
        kit_start(h, "/vote/code", tr(h, "Vote with your code"));
    html_raw(h, "<a class=\"govuk-link govuk-body\" href=\"#find\">");
    html_tr(h, "Find your neighbourhood");
    html_raw(h, "</a></div></div></div>\n");
}

/* Up to `most` cards of one phase below a heading; nothing when there is none. */
static void cards(struct html *h, const struct round_lines *all, enum round_phase phase, int most)
{
    int shown = 0;
    html_raw(h, "<ul class=\"wm-grid\">\n");
    for (int i = 0; i < all->n && shown < most; i++) {
        if (all->line[i].phase == phase) {
            kit_round_card(h, &all->line[i]);
            shown++;
        }
    }
    html_raw(h, "</ul>\n");
}

static void big_heading(struct html *h, const char *text)
{
    html_raw(h, "<h2 class=\"govuk-heading-l\">");
    html_text(h, text);
    html_raw(h, "</h2>\n");
}

static void how_it_works(struct html *h)
{
    static const char *const STEPS[] = {
        N_("Neighbours put forward projects. The council checks what each costs and says so in "
           "public."),
        N_("A letter brings your voting code. Choose on the web or by text."),
        N_("One person, one ballot. You can change it until the vote closes."),
        N_("The count is published, with a reason for every project."),
    };
    big_heading(h, tr(h, "How it works"));
    html_raw(h, "<ol class=\"wm-steps\">");
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        html_raw(h, "<li>");
        html_tr(h, STEPS[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ol>\n");
}

static void find(struct html *h, const struct areas *areas, bool by_postcode)
{
    html_raw(h, "<h2 class=\"govuk-heading-l\" id=\"find\">");
    html_tr(h, "Find your neighbourhood");
    html_raw(h, "</h2>\n");
    if (by_postcode) {
        kit_postcode_form(h, NULL, "");
        html_tr_p(h, "Or choose it from the list.");
    }
    html_raw(h, "<ul class=\"wm-places\">\n");
    for (int i = 0; i < areas->n; i++) {
        if (strcmp(areas->area[i].kind, "ward") != 0)
            continue;
        html_raw(h, "<li><a class=\"govuk-link\"");
        html_attrf(h, "href", "/neighbourhoods/%s", areas->area[i].slug);
        html_raw(h, ">");
        html_text(h, areas->area[i].name);
        html_raw(h, "</a>");
        if (areas->area[i].open_rounds > 0) {
            html_raw(h, " <span class=\"wm-when\">");
            html_tr(h, "voting now");
            html_raw(h, "</span>");
        }
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
}

static void show(struct html *h, const struct round_lines *all, const struct areas *areas,
                 const struct site_words *words, bool by_postcode)
{
    hero(h, all);
    html_raw(h, "<div class=\"govuk-width-container\">\n");
    if (*words->about != '\0')
        markdown_show(h, words->about);
    if (count_in(all, PHASE_OPEN) > 0) {
        big_heading(h, tr(h, "Voting now"));
        cards(h, all, PHASE_OPEN, all->n);
    } else if (count_in(all, PHASE_SOON) > 0) {
        big_heading(h, tr(h, "Opening soon"));
        cards(h, all, PHASE_SOON, SOON_SHOWN);
    }
    how_it_works(h);
    if (count_in(all, PHASE_PUBLISHED) > 0) {
        big_heading(h, tr(h, "Just decided"));
        cards(h, all, PHASE_PUBLISHED, DECIDED_SHOWN);
    }
    find(h, areas, by_postcode);
    html_raw(h, "</div>\n");
}

enum handled page_home(struct request *r, struct db *db)
{
    struct round_lines all;
    struct areas areas;
    struct site_words words;
    bool by_postcode;
    if (page_failed(r, site_words_load(db, &r->arena, &words)) ||
        page_failed(r, rounds_load(db, &r->arena, NULL, &all)) ||
        page_failed(r, postcodes_known(db, &by_postcode)) ||
        page_failed(r, areas_load(db, &r->arena, NULL, &areas)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Vote on what your street needs"));
    l.feeds = "/feeds";
    l.wide = true;
    layout_begin(&h, &l);
    show(&h, &all, &areas, &words, by_postcode);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
