/* page_agreement.c: what providers promise a neighbourhood, what residents do in return, and what
 * became of it: every agreement, and each edition of one at its own address. */
#include "server/edition_show.h"
#include "server/edition_tag.h"
#include "server/pages.h"
#include "server/tr.h"

static void agreement_line(struct html *h, const struct area *a)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/neighbourhoods/%s/agreement", a->slug);
    html_raw(h, ">");
    html_written(h, a->name);
    html_raw(h, "</a>");
    if (a->proposed > 0)
        kit_tag(h, "blue", tr(h, "New edition"));
    html_raw(h, "<p>");
    if (a->edition > 0)
        kit_pledges(h, a->pledges, a->providers);
    else
        html_tr(h, "Not adopted yet");
    html_raw(h, "</p></div>\n");
}

enum handled page_agreements(struct request *r, struct db *db)
{
    struct areas areas;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Neighbourhood agreements"));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, "Each neighbourhood has an agreement: what the council, the police and others "
                  "promise, how it is measured, and what residents do in return. Residents vote on "
                  "a new edition, or two officers adopt it and say why there was no vote.");
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
    if (e->question_slug[0] == '\0' || strcmp(e->state, "proposed") != 0)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    if (strcmp(e->question_phase, "open") == 0)
        html_trv(h,
                 "Edition {n} is up for adoption now. Residents can vote yes or no until {when}. ",
                 TR_NUMBER("n", e->edition), TR_WHEN("when", e->question_closes));
    else if (strcmp(e->question_phase, "soon") == 0)
        html_trv(h, "Edition {n} will be put to the vote. ", TR_NUMBER("n", e->edition));
    else
        html_trv(h, "Residents have voted on edition {n}. ", TR_NUMBER("n", e->edition));
    html_raw(h, "<a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s", e->question_slug);
    html_raw(h, ">");
    html_tr(h, "See the question");
    html_raw(h, "</a></div>\n");
}

/* "Westfield, edition 2, in force" */
static void which(struct html *h, const struct edition_place *place)
{
    html_trv(h, "{area}, edition {n}", TR_WRITTEN("area", place->area->name),
             TR_NUMBER("n", place->edition->edition));
    html_tr(h, edition_state_words(place->edition));
}

/* For paper: which words these are. */
static void print_heading(struct html *h, const struct edition_place *place)
{
    html_raw(h, "<p class=\"wm-print-only\">");
    which(h, place);
    html_raw(h, ". ");
    edition_dates(h, place->edition);
    if (place->edition->sha256[0] != '\0') {
        html_raw(h, "<br>");
        html_tr(h, "SHA-256 of its words:");
        html_raw(h, " <span class=\"wm-type wm-ours\">");
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
    html_tr(h, strcmp(e->state, "rejected") == 0
                   ? N_("This edition was not adopted. ")
                   : N_("This edition is no longer in force: a later one took its place. "));
    kit_link(h, arena_fmt(a, "/neighbourhoods/%s/agreement", place->area->slug),
             tr(h, "Read the agreement in force"));
    html_raw(h, "</div>\n");
}

static void all_editions(struct html *h, struct arena *a, const struct edition_place *place)
{
    if (place->all.n < 2)
        return;
    html_tr_h2(h, "All editions");
    html_raw(h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < place->all.n; i++) {
        const struct edition *e = &place->all.edition[i];
        html_raw(h, "<li class=\"wm-task\">");
        if (e == place->edition)
            html_trv(h, "Edition {n}, this page", TR_NUMBER("n", e->edition));
        else
            kit_link(h,
                     arena_fmt(a, "/neighbourhoods/%s/agreement/%d", place->area->slug, e->edition),
                     trv(a, h, "Edition {n}", TR_NUMBER("n", e->edition)));
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
    html_tr(h, text);
    html_raw(h, "</a></li>");
}

static void files(struct html *h, const char *path, const struct edition *e)
{
    html_tr_h2(h, "Keep it, check it");
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    file_item(h, path, "csv", N_("The pledges as a table (CSV)"));
    file_item(h, path, "json", N_("The whole edition with every check (JSON)"));
    if (e->sha256[0] != '\0')
        file_item(h, path, "txt", N_("Its words as they were put forward (text)"));
    html_raw(h, "</ul>\n");
    html_tr_p(h, e->sha256[0] != '\0' ? N_("Printed, this page begins with its date and SHA-256.")
                                      : N_("Printed, this page begins with its date."));
    if (e->sha256[0] == '\0')
        return;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">");
    html_tr(h, "For those who check");
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><p>");
    html_tr(h, "No word of an edition changes once it was put forward. This is the SHA-256 of the "
               "text file:");
    html_raw(h, " <span class=\"wm-type wm-ours\">");
    html_text(h, e->sha256);
    html_raw(h, "</span></p></div></details>\n");
}

static void show(struct html *h, struct arena *a, const struct edition_place *place,
                 const struct edition_shown *shown)
{
    const struct edition *e = place->edition;
    const char *path =
        arena_fmt(a, "/neighbourhoods/%s/agreement/%d", place->area->slug, e->edition);
    html_raw(h, "<span class=\"govuk-caption-l\">");
    which(h, place);
    html_raw(h, "</span>\n");
    kit_title_written(h, e->title);
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
                 trv(a, h, "What changed since edition {n}", TR_NUMBER("n", e->before)));
        html_raw(h, "</p>\n");
    }
    edition_show(h, a, place, shown);
    html_raw(h, "<div class=\"wm-screen-only\">\n");
    html_tr_pv(h, "Is something missing? {a}Propose a pledge{/a} for the next edition.",
               TR_LINK("a", "/ideas/pledge"));
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
    struct layout l = layout_said(r, trv(&r->arena, r, "{area}, edition {n}",
                                         TR_TEXT("area", place.edition->title),
                                         TR_NUMBER("n", place.edition->edition)));
    l.back_path = arena_fmt(&r->arena, "/neighbourhoods/%s", place.area->slug);
    l.back_name = place.area->name;
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
