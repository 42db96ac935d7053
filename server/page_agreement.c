/* page_agreement.c: what providers promise a neighbourhood, what residents do in return, and what
 * became of it: every agreement, and each edition of one at its own address. */
#include "server/edition_show.h"
#include "server/edition_tag.h"
#include "server/pages.h"

static void agreement_line(struct html *h, const struct area *a)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s/agreement", a->slug);
    html_raw(h, ">");
    html_text(h, a->name);
    html_raw(h, "</a>");
    if (a->proposed > 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">New edition</strong>");
    html_raw(h, "<p>");
    if (a->edition > 0) {
        kit_count(h, a->pledges, "pledge", "pledges");
        html_raw(h, " by ");
        kit_count(h, a->providers, "provider", "providers");
    } else {
        html_raw(h, "Not adopted yet");
    }
    html_raw(h, "</p></div>\n");
}

enum handled page_agreements(struct request *r, struct db *db)
{
    struct areas areas;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Neighbourhood agreements"};
    layout_begin(&h, &l);
    kit_title(&h, "Neighbourhood agreements");
    html_raw(&h, "<p class=\"govuk-body\">Each neighbourhood has an agreement: what the council, "
                 "the police and others promise, how it is measured, and what residents do in "
                 "return. Residents vote on every new edition.</p>\n");
    for (int i = 0; i < areas.n; i++) {
        if (areas.area[i].edition > 0 || areas.area[i].proposed > 0)
            agreement_line(&h, &areas.area[i]);
    }
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* An edition that is put to the vote: where and until when. */
static void question(struct html *h, const struct edition *e)
{
    char when[64];
    if (e->question_slug[0] == '\0' || strcmp(e->state, "proposed") != 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    if (strcmp(e->question_phase, "open") == 0) {
        when_text(e->question_closes, when);
        html_textf(h, "Edition %d is up for adoption now. Residents can vote yes or no until %s. ",
                   (int)e->edition, when);
    } else if (strcmp(e->question_phase, "soon") == 0) {
        html_textf(h, "Edition %d will be put to the vote. ", (int)e->edition);
    } else {
        html_textf(h, "Residents have voted on edition %d. ", (int)e->edition);
    }
    html_raw(h, "<a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s", e->question_slug);
    html_raw(h, ">See the question</a></div>\n");
}

/* For paper: which words these are. */
static void print_heading(struct html *h, const struct edition_place *place)
{
    html_raw(h, "<p class=\"wm-print-only\">");
    html_textf(h, "%s, edition %d%s. ", place->area->name, (int)place->edition->edition,
               edition_state_words(place->edition));
    edition_dates(h, place->edition);
    if (place->edition->sha256[0] != '\0') {
        html_raw(h, "<br>SHA-256 of its words: <span class=\"wm-type\">");
        html_text(h, place->edition->sha256);
        html_raw(h, "</span>");
    }
    html_raw(h, "</p>\n");
}

/* What a reader of an edition that is not in force must know. */
static void not_in_force(struct html *h, struct arena *a, const struct edition_place *place)
{
    const struct edition *e = place->edition;
    if (strcmp(e->state, "superseded") != 0 && strcmp(e->state, "rejected") != 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_text(h, strcmp(e->state, "rejected") == 0
                     ? "This edition was not adopted. "
                     : "This edition is no longer in force: a later one took its place. ");
    kit_link(h, arena_fmt(a, "/neighbourhoods/%s/agreement", place->area->slug),
             "Read the agreement in force");
    html_raw(h, "</div>\n");
}

static void all_editions(struct html *h, struct arena *a, const struct edition_place *place)
{
    if (place->all.n < 2)
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">All editions</h2>\n<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < place->all.n; i++) {
        const struct edition *e = &place->all.edition[i];
        html_raw(h, "<li class=\"wm-task\">");
        if (e == place->edition)
            html_textf(h, "Edition %d, this page", (int)e->edition);
        else
            kit_link(h,
                     arena_fmt(a, "/neighbourhoods/%s/agreement/%d", place->area->slug, e->edition),
                     arena_fmt(a, "Edition %d", e->edition));
        edition_tag(h, e->state);
        html_raw(h, "<p>");
        edition_dates(h, e);
        html_raw(h, "</p></li>\n");
    }
    html_raw(h, "</ul>\n");
}

static void file_item(struct html *h, const char *edition_path, const char *ending,
                      const char *text)
{
    html_raw(h, "<li><a class=\"govuk-link\"");
    html_attrf(h, "href", "%s/agreement.%s", edition_path, ending);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></li>");
}

static void files(struct html *h, const char *path, const struct edition *e)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Keep it, check it</h2>\n<ul class=\"govuk-list "
                "govuk-list--bullet\">");
    file_item(h, path, "csv", "The pledges as a table (CSV)");
    file_item(h, path, "json", "The whole edition with every check (JSON)");
    if (e->sha256[0] != '\0')
        file_item(h, path, "txt", "Its words as they were put forward (text)");
    html_raw(h, "</ul>\n<p class=\"govuk-body\">Printed, this page begins with its date");
    html_raw_bytes(h, " and SHA-256", e->sha256[0] != '\0' ? sizeof " and SHA-256" - 1 : 0);
    html_raw(h, ".</p>\n");
    if (e->sha256[0] == '\0')
        return;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">For those who check</span></summary><div "
                "class=\"govuk-details__text\"><p>No word of an edition changes once it was put "
                "forward. This is the SHA-256 of the text file: <span class=\"wm-type\">");
    html_text(h, e->sha256);
    html_raw(h, "</span></p></div></details>\n");
}

static void show(struct html *h, struct arena *a, const struct edition_place *place,
                 const struct edition_shown *shown)
{
    const struct edition *e = place->edition;
    const char *path =
        arena_fmt(a, "/neighbourhoods/%s/agreement/%d", place->area->slug, e->edition);
    kit_title_caption(
        h, arena_fmt(a, "%s, edition %d%s", place->area->name, e->edition, edition_state_words(e)),
        e->title);
    print_heading(h, place);
    html_raw(h, "<p class=\"govuk-body wm-screen-only\">");
    edition_dates(h, e);
    html_raw(h, "</p>\n");
    not_in_force(h, a, place);
    for (int i = 0; i < place->all.n; i++)
        question(h, &place->all.edition[i]);
    if (e->before > 0) {
        html_raw(h, "<p class=\"govuk-body wm-screen-only\">");
        kit_link(h, arena_fmt(a, "%s/changes", path),
                 arena_fmt(a, "What changed since edition %d", e->before));
        html_raw(h, "</p>\n");
    }
    edition_show(h, a, place, shown);
    html_raw(h, "<div class=\"wm-screen-only\">\n<p class=\"govuk-body\">Is something missing? ");
    kit_link(h, "/ideas/pledge", "Propose a pledge");
    html_raw(h, " for the next edition.</p>\n");
    all_editions(h, a, place);
    files(h, path, e);
    html_raw(h, "</div>\n");
}

static enum handled edition_page(struct request *r, struct db *db, const char *number)
{
    struct edition_place place;
    struct edition_shown shown;
    if (!edition_place_load(r, db, number, &place) ||
        page_failed(r, edition_shown_load(db, &r->arena, place.edition->id, &shown)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = arena_fmt(&r->arena, "%s, edition %d", place.edition->title,
                                          place.edition->edition),
                       .back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", place.area->slug),
                       .back_text = place.area->name};
    layout_begin(&h, &l);
    show(&h, &r->arena, &place, &shown);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_agreement(struct request *r, struct db *db)
{
    return edition_page(r, db, NULL);
}

enum handled page_edition(struct request *r, struct db *db)
{
    return edition_page(r, db, r->segment[1]);
}
