/* page_agreement_changes.c: what changed between two editions of an agreement, pledge by pledge. */
#include "server/diff_show.h"
#include "server/edition_show.h"
#include "server/pages.h"
#include "server/tr.h"

/* --- words -------------------------------------------------------------------------------- */
/* A day is one word. */
static void marked_day(struct html *h, int64_t was, int64_t now)
{
    char words[40];
    if (was != DB_NO_TIME && was != now) {
        when_date_in(h->language, was, words);
        diff_removed(h, words);
        html_raw(h, " ");
    }
    if (now == DB_NO_TIME)
        return;
    when_date_in(h->language, now, words);
    if (was == now)
        html_text(h, words);
    else
        diff_added(h, words);
}

/* What of a pledge is equal on both sides stands as it is. */
static void field(struct html *h, const char *label, const char *was, const char *now)
{
    if (*was == '\0' && *now == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_tr(h, label);
    html_raw(h, "</dt><dd>");
    diff_show(h, was, now);
    html_raw(h, "</dd></div>");
}

/* --- pledges ------------------------------------------------------------------------------ */
static void pledge(struct html *h, const struct pledge_words *was, const struct pledge_words *now,
                   const char *reason)
{
    html_raw(h, "<li class=\"wm-pledge\"><h3>");
    diff_show(h, was->promise, now->promise);
    html_raw(h, "</h3><p class=\"wm-pledge__who\">");
    diff_show(h, was->provider, now->provider);
    html_raw(h, "</p>");
    if (*reason != '\0') {
        html_raw(h, "<p><strong>");
        html_tr(h, "Declined by the provider.");
        html_raw(h, "</strong> ");
        html_written(h, reason);
        html_raw(h, "</p>");
    }
    html_raw(h, "<dl>");
    field(h, N_("Standard"), was->standard, now->standard);
    field(h, N_("How it is measured"), was->measure, now->measure);
    if (was->due != DB_NO_TIME || now->due != DB_NO_TIME) {
        html_raw(h, "<div><dt>");
        html_tr(h, "Due");
        html_raw(h, "</dt><dd>");
        marked_day(h, was->due, now->due);
        html_raw(h, "</dd></div>");
    }
    html_raw(h, "</dl></li>\n");
}

static int count(const struct pledge_changes *all, const char *what)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += strcmp(all->change[i].what, what) == 0;
    return n;
}

/* A heading and the pledges of one kind; an added or dropped pledge has one side. */
static void section(struct html *h, const struct pledge_changes *all, const char *what,
                    const char *heading)
{
    if (count(all, what) == 0)
        return;
    html_tr_h2(h, heading);
    html_raw(h, "<ul class=\"wm-pledges\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct pledge_change *c = &all->change[i];
        if (strcmp(c->what, what) != 0)
            continue;
        bool one = strcmp(what, "reworded") != 0, gone = strcmp(what, "dropped") == 0;
        pledge(h, one && !gone ? &c->now : &c->was, gone ? &c->was : &c->now, c->reason);
    }
    html_raw(h, "</ul>\n");
}

static void short_list(struct html *h, const struct pledge_changes *all, const char *what,
                       const char *heading)
{
    if (count(all, what) == 0)
        return;
    html_tr_h2(h, heading);
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct pledge_change *c = &all->change[i];
        if (strcmp(c->what, what) != 0)
            continue;
        html_raw(h, "<li>");
        html_trv(h, "{promise} ({provider})", TR_WRITTEN("promise", c->now.promise),
                 TR_WRITTEN("provider", c->now.provider));
        if (c->now.due != c->was.due) {
            html_raw(h, ": ");
            marked_day(h, c->was.due, c->now.due);
        }
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
}

static void figures(struct html *h, const struct pledge_changes *all)
{
    html_raw(h, "<dl class=\"wm-facts\">");
    kit_fact_number(h, tr(h, "Added"), count(all, "added"));
    kit_fact_number(h, tr(h, "Reworded"), count(all, "reworded"));
    kit_fact_number(h, tr(h, "Taken out"), count(all, "dropped"));
    kit_fact_number(h, tr(h, "As before"), count(all, "same") + count(all, "day"));
    html_raw(h, "</dl>\n");
}

static void in_return(struct html *h, const char *was, const char *now)
{
    if (*was == '\0' && *now == '\0')
        return;
    html_raw(h, "<div class=\"wm-return\">");
    html_tr_h2(h, "What residents do in return");
    html_raw(h, "<p class=\"govuk-body wm-lines\">");
    diff_show(h, was, now);
    html_raw(h, "</p></div>\n");
}

static void how_marked(struct html *h)
{
    struct html struck = html_new(), underlined = html_new();
    html_raw(&struck, "<del>");
    html_text(&struck, tr(h, "struck through"));
    html_raw(&struck, "</del>");
    html_raw(&underlined, "<ins>");
    html_text(&underlined, tr(h, "underlined"));
    html_raw(&underlined, "</ins>");
    html_tr_pv(h, "Words that were taken out are {struck}, words that came in are {underlined}.",
               TR_PART("struck", &struck), TR_PART("underlined", &underlined));
    html_free(&struck);
    html_free(&underlined);
}

void edition_changes_show(struct html *h, const struct pledge_changes *all,
                          const char *was_in_return, const char *now_in_return)
{
    how_marked(h);
    figures(h, all);
    section(h, all, "added", N_("Added"));
    section(h, all, "reworded", N_("Reworded"));
    section(h, all, "dropped", N_("Taken out"));
    in_return(h, was_in_return, now_in_return);
    short_list(h, all, "day", N_("The same words, another day"));
    short_list(h, all, "same", N_("As before"));
}

enum handled page_edition_changes(struct request *r, struct db *db)
{
    struct edition_place place;
    struct pledge_changes all;
    if (!edition_place_load(r, db, r->segment[1], &place) ||
        page_failed(r, edition_changes_load(db, &r->arena, place.edition->id, &all)))
        return HANDLED;
    const struct edition *e = place.edition;
    if (e->before == 0) {
        response_error(r, 404);
        return HANDLED;
    }
    const char *title = trv(&r->arena, r, "What changed from edition {before} to edition {n}",
                            TR_NUMBER("before", e->before), TR_NUMBER("n", e->edition));
    struct html h = html_new();
    struct layout l = layout_said(r, title);
    l.back_path =
        arena_fmt(&r->arena, "/neighbourhoods/%s/agreement/%d", place.area->slug, e->edition);
    l.back_text = trv(&r->arena, r, "Edition {n}", TR_NUMBER("n", e->edition));
    layout_begin(&h, &l);
    kit_caption_written(&h, e->title);
    kit_title(&h, title);
    edition_changes_show(&h, &all, e->before_in_return, e->in_return);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
