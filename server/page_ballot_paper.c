/* page_ballot_paper.c: /rounds/:slug/ballot-paper: a ballot to print, fill in with a pen and hand
 * in; ?size=large in large print. Clerks type it in at the desk (page_paper_entry.c). It names
 * nobody: the voter writes the code, or its serial, into boxes. */
#include "common/ballot.h"
#include "server/ballot_form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_paper.h"
#include "server/tr.h"

struct paper {
    struct round_view round;
    struct pots pots;
    struct proposals all;
    struct exclusions groups;
    const char *hand_in; /* an officer's words; "" */
    bool large;
};

/* --- around it, on the screen only -------------------------------------------------------- */
static void how_to_print(struct html *h, const struct paper *p)
{
    html_raw(h, "<div class=\"govuk-inset-text wm-screen-only\"><p>");
    html_tr(h, "Print this page, on A4.");
    html_raw(h, " <a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/ballot-paper%s", p->round.slug,
               p->large ? "" : "?size=large");
    html_raw(h, ">");
    html_text(h, p->large ? tr(h, "The same in ordinary print") : tr(h, "The same in large print"));
    html_raw(h, "</a></p></div>\n");
}

/* --- the voter ---------------------------------------------------------------------------- */
/* 13 boxes, printed 3-3-3-4 as the code is in the letter. */
static void code_boxes(struct html *h)
{
    html_raw(h, "<div class=\"wm-paper__code\" aria-hidden=\"true\">");
    for (int group = 0; group < 4; group++) {
        html_raw(h, "<span>");
        for (int i = 0; i < (group < 3 ? 3 : 4); i++)
            html_raw(h, "<i></i>");
        html_raw(h, "</span>");
    }
    html_raw(h, "</div>\n");
}

static void dotted(struct html *h, const char *label)
{
    html_raw(h, "<span class=\"wm-paper__dots\">");
    html_text(h, label);
    html_raw(h, "</span>");
}

static void declaration(struct html *h, const struct round_view *v)
{
    html_raw(h, "<p>");
    if (v->residence != RESIDENCE_NONE) {
        html_trv(h, "I live in {area}", TR_PLACE("area", v->area_name));
        html_raw(h, ". ");
    }
    if (v->minimum_age > 0) {
        html_trv(h, "I am {age} or older", TR_NUMBER("age", v->minimum_age));
        html_raw(h, ". ");
    }
    html_tr(h, "Without a signature this ballot does not count.");
    html_raw(h, "</p>\n<p class=\"wm-paper__row\">");
    dotted(h, tr(h, "Signature"));
    dotted(h, tr(h, "Date"));
    html_raw(h, "</p>\n");
}

static void who(struct html *h, const struct round_view *v)
{
    html_raw(h, "<section class=\"wm-paper__part\">");
    html_raw(h, "<h2>");
    html_tr(h, "Your voting code");
    html_raw(h, "</h2>\n<p>");
    html_tr(h, "The 13 digits in your letter. One digit in each box.");
    html_raw(h, "</p>\n");
    code_boxes(h);
    if (v->minimum_age > 0 || v->residence != RESIDENCE_NONE) {
        declaration(h, v);
    } else {
        html_raw(h, "<p>");
        html_tr(h, "Do not write your name or address on this paper.");
        html_raw(h, "</p>\n");
    }
    html_raw(h, "</section>\n");
}

/* --- the choices -------------------------------------------------------------------------- */
static const char *how_to_fill(enum round_kind kind)
{
    switch (kind) {
    case ROUND_POINTS:
        return N_(
            "Write the points that you give a project into its box. Leave the box empty where "
            "you give none.");
    case ROUND_RANKING:
        return N_("Write 1 into the box of the project that you want most, 2 into the next, and so "
                  "on. Leave the rest empty.");
    case ROUND_YES_NO:
        return N_("Put a cross in one box.");
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return N_("Put a cross in the box of each project that you choose.");
}

static void box(struct html *h, bool wide)
{
    html_raw(h, "<i");
    html_attr(h, "class", wide ? "wm-paper__box wm-paper__box--wide" : "wm-paper__box");
    html_raw(h, "></i>");
}

static void project(struct html *h, const struct paper *p, const struct proposal *one)
{
    const struct pot *pot = p->pots.n > 1 ? pot_find(&p->pots, one->pot) : NULL;
    html_raw(h, "<li>");
    box(h, round_weighs(p->round.kind));
    kit_number(h, one->number);
    html_raw(h, "<span>");
    kit_project_title(h, one);
    html_raw(h, " <strong>");
    html_money(h, one->cost);
    html_raw(h, "</strong>");
    if (pot != NULL) {
        html_raw(h, ", ");
        html_written(h, pot->name);
    }
    html_raw(h, "</span></li>\n");
}

static void answer(struct html *h, const char *words)
{
    html_raw(h, "<li>");
    box(h, false);
    html_raw(h, "<span>");
    html_text(h, words);
    html_raw(h, "</span></li>\n");
}

static void question(struct html *h, const struct proposal *p)
{
    html_raw(h, "<p>");
    kit_number(h, p->number);
    html_raw(h, " <strong>");
    kit_project_title(h, p);
    html_raw(h, "</strong></p>\n<p>");
    html_written_in(h, p->language, p->summary);
    html_raw(h, "</p>\n");
}

/* Dots to write an amount on; the sign stands by them, whatever becomes of the words. */
static void amount_line(struct html *h)
{
    bool behind = language_ways(h->language)->pound_behind;
    if (!behind)
        html_raw(h, "£");
    html_raw(h, "<i></i>");
    if (behind)
        html_raw(h, "£");
}

/* A line a pot, to add up on. */
static void sums(struct html *h, const struct pots *pots)
{
    for (int i = 0; i < pots->n; i++) {
        html_raw(h, "<p class=\"wm-paper__row\"><span class=\"wm-paper__sum\"><span>");
        if (pots->n > 1) {
            html_written(h, pots->pot[i].name);
            html_raw(h, ": ");
        }
        html_tr(h, "Total cost of what you chose:");
        html_raw(h, "</span>");
        amount_line(h);
        html_raw(h, "</span><span>");
        html_trv(h, "(at most {money})", TR_MONEY("money", pots->pot[i].amount));
        html_raw(h, "</span></p>\n");
    }
}

static void choices(struct html *h, const struct paper *p)
{
    enum round_kind kind = p->round.kind;
    html_raw(h, "<section><h2>");
    html_tr(h, "Your choice");
    html_raw(h, "</h2>\n<p>");
    round_limit_words(h, &p->round, &p->pots);
    html_raw(h, " ");
    html_tr(h, how_to_fill(kind));
    html_raw(h, "</p>\n");
    if (kind == ROUND_YES_NO && p->all.n > 0)
        question(h, &p->all.proposal[0]);
    html_raw(h, "<ul class=\"wm-paper__list\">\n");
    if (kind == ROUND_YES_NO) {
        answer(h, tr(h, "Yes"));
        answer(h, tr(h, "No"));
    }
    for (int i = 0; kind != ROUND_YES_NO && i < p->all.n; i++) {
        if (!p->all.proposal[i].withdrawn)
            project(h, p, &p->all.proposal[i]);
    }
    if (p->round.blank_allowed)
        answer(h, tr(h, blank_label(kind)));
    html_raw(h, "</ul>\n");
    round_exclusion_words(h, &p->groups, &p->all);
    if (kind == ROUND_KNAPSACK)
        sums(h, &p->pots);
    html_raw(h, "</section>\n");
}

/* --- where it goes ------------------------------------------------------------------------ */
static void hand_in(struct html *h, const struct paper *p)
{
    html_raw(h, "<section class=\"wm-paper__part\"><h2>");
    html_tr(h, "Hand it in");
    html_raw(h, "</h2>\n");
    if (*p->hand_in != '\0') {
        html_raw(h, "<p class=\"wm-paper__place\">");
        html_written(h, p->hand_in);
        html_raw(h, "</p>\n");
    } else {
        html_raw(h, "<p>");
        html_tr(h, "Ask your council where ballot papers are collected.");
        html_raw(h, " ");
        layout_contact(h);
        html_raw(h, "</p>\n");
    }
    html_raw(h, "<p><strong>");
    if (p->round.phase == PHASE_SOON) {
        html_trv(h, "Not before {when}.", TR_WHEN("when", p->round.opens_at));
        html_raw(h, " ");
    }
    html_trv(h, "It must be there by {when}.", TR_WHEN("when", p->round.closes_at));
    html_raw(h, "</strong> ");
    html_tr(h, "One person, one ballot: if you vote again before the close, on the web, by text or "
               "on paper, your last ballot counts. If you make a mistake on this paper, take a new "
               "one.");
    html_raw(h, "</p>\n<p class=\"wm-paper__row\">");
    dotted(h, tr(h, "For the clerk: batch"));
    dotted(h, tr(h, "typed in by"));
    html_raw(h, "</p></section>\n");
}

static void show(struct html *h, const struct paper *p)
{
    how_to_print(h, p);
    html_raw(h, "<article");
    html_attr(h, "class", p->large ? "wm-paper wm-paper--large" : "wm-paper");
    html_raw(h, "><header><p>");
    html_written(h, settings.name);
    html_raw(h, " · ");
    html_written(h, p->round.area_name);
    html_raw(h, "</p>\n<h1>");
    html_trv(h, "Ballot paper: {title}", TR_WRITTEN("title", p->round.title));
    html_raw(h, "</h1></header>\n<p>");
    round_voter_words(h, &p->round);
    html_raw(h, "</p>\n");
    who(h, &p->round);
    choices(h, p);
    hand_in(h, p);
    html_raw(h, "</article>\n");
}

enum handled page_ballot_paper(struct request *r, struct db *db)
{
    struct paper p = {.large = strcmp(request_field(r, "size"), "large") == 0};
    if (!kit_round_of(r, db, &p.round, &p.pots, &p.all))
        return HANDLED;
    if (!p.round.takes_paper) {
        kit_message_said(r, 404, tr(r, "There is no ballot paper for this vote"),
                         tr(r, "It has closed, or one does not vote on paper in it."),
                         arena_fmt(&r->arena, "/rounds/%s", p.round.slug), tr(r, "See this vote"));
        return HANDLED;
    }
    if (page_failed(r, exclusions_load(db, &r->arena, p.round.id, &p.groups)) ||
        page_failed(r, paper_return_load(db, &r->arena, p.round.id, &p.hand_in)))
        return HANDLED;
    struct html h = html_new();
    struct layout l =
        layout_said(r, trv(&r->arena, r, "Ballot paper: {title}", TR_TEXT("title", p.round.title)));
    l.back_path = arena_fmt(&r->arena, "/rounds/%s", p.round.slug);
    l.back_name = p.round.title;
    l.print = true;
    layout_begin(&h, &l);
    show(&h, &p);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
