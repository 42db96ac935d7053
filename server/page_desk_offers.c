/* page_desk_offers.c: /desk/offers: who offered help, and whom to call. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_offer.h"

static void call_part(struct html *h, struct request *r, const struct desk_offer *o)
{
    if (o->answered_at != DB_NO_TIME) {
        html_raw(h, "<p>");
        html_textf(h, "%s called at ", o->answered_by);
        desk_when(h, when_minute(o->answered_at));
        html_raw(h, ".</p>");
    }
    html_raw(h, "<div class=\"govuk-button-group\">");
    if (o->there)
        desk_button(h, r, arena_fmt(&r->arena, "/desk/offers/%lld", (long long)o->id),
                    "Show the number");
    if (o->answered_at == DB_NO_TIME)
        desk_button_second(h, r,
                           arena_fmt(&r->arena, "/desk/offers/%lld/answered", (long long)o->id),
                           "They were called");
    html_raw(h, "</div>");
}

static void one(struct html *h, struct request *r, const struct desk_offer *o)
{
    html_raw(h, "<li class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
    html_text(h, *o->name != '\0' ? o->name : "Somebody");
    html_raw(h, ": ");
    kit_link(h, o->path, o->about);
    html_raw(h, "</h2><p class=\"govuk-body wm-lines\">");
    html_text(h, o->words);
    html_raw(h, "</p><p>");
    html_textf(h, "%s, offered at ", o->area);
    desk_when(h, when_minute(o->made_at));
    html_raw(h, ".</p>");
    call_part(h, r, o);
    html_raw(h, "</li>\n");
}

enum handled page_desk_offers(struct request *r, struct db *db)
{
    struct desk_offers all;
    struct desk_page p;
    enum db_outcome outcome = desk_offers(db, &r->arena, r->officer.officer, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "Offers of help", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Offers of help</h1>\n");
    if (all.n == 0)
        html_raw(&p.h,
                 "<p class=\"govuk-body\">Nobody offered help in your areas yet. Residents find "
                 "the form beside every project.</p>\n");
    html_raw(&p.h, "<ul class=\"govuk-list\">\n");
    for (int i = 0; i < all.n; i++)
        one(&p.h, r, &all.offer[i]);
    html_raw(&p.h, "</ul>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}

static bool id_of(struct request *r, int64_t *id)
{
    bool good = parse_int(r->segment[0], 1, INT64_MAX, id);
    if (!good)
        response_error(r, 404);
    return good;
}

static void show_number(struct request *r, const char *e164)
{
    struct desk_page p;
    char words[PHONE_LEN + 1];
    phone_words(e164, words);
    desk_begin(&p, r, "The number to call", "/desk/offers", "Offers of help", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">The number to call</h1>\n"
                   "<p class=\"govuk-body-l\"><strong>");
    html_text(&p.h, words);
    html_raw(&p.h,
             "</strong></p>\n<p class=\"govuk-body\">It was left for this offer alone. That you "
             "looked stands in the record of what officers do.</p>\n");
    desk_end(&p, r, 200);
}

enum handled page_desk_offer_post(struct request *r, struct db *db)
{
    char e164[PHONE_LEN + 1];
    const char *word = "";
    int64_t id;
    if (!id_of(r, &id))
        return HANDLED;
    enum db_outcome outcome = desk_offer_number(db, &r->arena, r->officer.officer, id, &word, e164);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(word, "shown") == 0)
        show_number(r, e164);
    else if (strcmp(word, "erased") == 0)
        response_redirect(r, "/desk/offers");
    else
        response_error(r, 404);
    return HANDLED;
}

enum handled page_desk_offer_answered_post(struct request *r, struct db *db)
{
    const char *word = "";
    int64_t id;
    if (!id_of(r, &id))
        return HANDLED;
    enum db_outcome outcome = desk_offer_answer(db, &r->arena, r->officer.officer, id, &word);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(word, "answered") == 0)
        response_redirect(r, "/desk/offers");
    else
        response_error(r, 404);
    return HANDLED;
}
