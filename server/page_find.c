/* page_find.c: /find: one's neighbourhood by a postcode, or by the beginning of one. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_places.h"
#include "server/store_postcode.h"
#include "server/tr.h"

static void place(struct html *h, const char *slug, const char *name)
{
    html_raw(h, "<li><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s", slug);
    html_raw(h, ">");
    html_written(h, name);
    html_raw(h, "</a></li>\n");
}

/* Several, or one of which only the postcode's beginning speaks. */
static void found_page(struct request *r, const struct postcode_areas *found)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Choose your neighbourhood"));
    l.back_path = "/neighbourhoods";
    l.back_text = tr(r, "Neighbourhoods");
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_raw(&h, "<p class=\"govuk-body\">");
    if (found->answer == POSTCODE_NEAR)
        html_tr(&h, "We do not know that whole postcode. ");
    if (found->n == 1)
        html_trv(&h, "Postcodes that begin with {postcode} lie in this neighbourhood.",
                 TR_TEXT("postcode", found->found));
    else
        html_trv(&h, "Postcodes that begin with {postcode} lie in these {n} neighbourhoods.",
                 TR_TEXT("postcode", found->found), TR_NUMBER("n", found->n));
    html_raw(&h, "</p>\n<ul class=\"wm-places\">\n");
    for (int i = 0; i < found->n; i++)
        place(&h, found->area[i].slug, found->area[i].name);
    html_raw(&h, "</ul>\n");
    kit_sentence(&h, tr(r, "Yours is not here?"), "/neighbourhoods",
                 tr(r, "See all neighbourhoods"));
    html_tr_h2(&h, "Try another postcode");
    kit_postcode_form(&h, NULL, request_field(r, "postcode"));
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

static void not_found_page(struct request *r, struct db *db, const struct postcode_areas *found)
{
    struct areas all;
    struct form_errors e = {.n = 0};
    if (page_failed(r, areas_load(db, &r->arena, NULL, &all)))
        return;
    form_error(&e, "postcode",
               found->answer == POSTCODE_FORMAT
                   ? tr(r, "Enter a UK postcode, like YO24 3BZ, or its first part, like YO24")
                   : tr(r, "We do not recognise that postcode"));
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Find your neighbourhood"));
    l.has_error = true;
    l.back_path = "/neighbourhoods";
    l.back_text = tr(r, "Neighbourhoods");
    layout_begin(&h, &l);
    form_summary(&h, &e);
    kit_title(&h, l.title);
    kit_postcode_form(&h, &e, request_field(r, "postcode"));
    html_tr_h2(&h, "Or choose it here");
    html_raw(&h, "<ul class=\"wm-places\">\n");
    for (int i = 0; i < all.n; i++) {
        if (strcmp(all.area[i].kind, "city") != 0)
            place(&h, all.area[i].slug, all.area[i].name);
    }
    html_raw(&h, "</ul>\n");
    layout_end(&h, &l);
    response_html(r, 422, &h);
}

enum handled page_find(struct request *r, struct db *db)
{
    struct postcode_areas found;
    if (page_failed(r, postcode_areas_load(db, &r->arena, request_field(r, "postcode"), &found)))
        return HANDLED;
    switch (found.answer) {
    case POSTCODE_EXACT:
        if (found.n == 1)
            response_redirect(r, "/neighbourhoods/%s", found.area[0].slug);
        else
            found_page(r, &found);
        break;
    case POSTCODE_NEAR:
        found_page(r, &found);
        break;
    case POSTCODE_FORMAT:
    case POSTCODE_UNKNOWN:
        not_found_page(r, db, &found);
        break;
    }
    return HANDLED;
}
