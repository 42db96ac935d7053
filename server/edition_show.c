/* edition_show.c: an edition of an agreement as residents read it. */
#include "server/edition_show.h"

#include "server/tr.h"

/* The edition in force, or failing that the newest. */
static const struct edition *leading(const struct editions *all)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->edition[i].state, "adopted") == 0)
            return &all->edition[i];
    }
    return all->n > 0 ? &all->edition[0] : NULL;
}

const struct edition *edition_numbered(const struct editions *all, const char *number)
{
    int64_t n;
    if (!parse_int(number, 1, INT32_MAX, &n))
        return NULL;
    for (int i = 0; i < all->n; i++) {
        if (all->edition[i].edition == n)
            return &all->edition[i];
    }
    return NULL;
}

bool edition_place_load(struct request *r, struct db *db, const char *number,
                        struct edition_place *out)
{
    struct areas areas;
    if (page_failed(r, areas_load(db, &r->arena, r->segment[0], &areas)) ||
        page_failed(r, editions_load(db, &r->arena, r->segment[0], &out->all)))
        return false;
    out->edition = number != NULL ? edition_numbered(&out->all, number) : leading(&out->all);
    if (areas.n == 0 || out->edition == NULL) {
        kit_message_said(
            r, 404, tr(r, "There is no agreement here"),
            tr(r, "We do not know that neighbourhood, or it has no such agreement yet."),
            "/agreements", tr(r, "See all agreements"));
        return false;
    }
    out->area = areas.area;
    return true;
}

enum db_outcome edition_shown_load(struct db *db, struct arena *a, int32_t edition,
                                   struct edition_shown *out)
{
    enum db_outcome outcome = pledges_load(db, a, edition, &out->pledges);
    if (outcome == DB_OK)
        outcome = pledge_pasts_load(db, a, edition, &out->checks);
    if (outcome == DB_OK)
        outcome = offers_of_edition(db, a, edition, &out->offers);
    return outcome;
}

/* --- the edition -------------------------------------------------------------------------- */
const char *edition_state_words(const struct edition *e)
{
    if (strcmp(e->state, "adopted") == 0)
        return N_(", in force");
    if (strcmp(e->state, "proposed") == 0)
        return N_(", put forward");
    return strcmp(e->state, "rejected") == 0 ? N_(", not adopted") : N_(", replaced");
}

void edition_dates(struct html *h, const struct edition *e)
{
    if (e->adopted_on != DB_NO_TIME)
        html_trv(h, "Adopted on {day}. ", TR_DATE("day", e->adopted_on));
    else if (e->frozen_at != DB_NO_TIME)
        html_trv(h, "Put forward on {day}. ", TR_DATE("day", e->frozen_at));
    if (e->review_on != DB_NO_TIME)
        html_trv(h, "To be reviewed by {day}. ", TR_DATE("day", e->review_on));
    if (e->adopt_reason[0] != '\0')
        html_trv(h, "Adopted by two officers without a vote: {reason}",
                 TR_WRITTEN("reason", e->adopt_reason));
}

/* --- checks ------------------------------------------------------------------------------- */
static void result_tag(struct html *h, const char *result)
{
    if (strcmp(result, "met") == 0)
        kit_tag(h, "green", tr(h, "Met"));
    else if (strcmp(result, "partly") == 0)
        kit_tag(h, "yellow", tr(h, "Partly met"));
    else
        kit_tag(h, "red", tr(h, "Not met"));
}

static void one_check(struct html *h, int64_t day, const char *result, const char *evidence,
                      const char *link)
{
    result_tag(h, result);
    html_trv(h, " checked {day}", TR_DATE("day", day));
    if (*evidence != '\0') {
        html_raw(h, "<br>");
        html_written(h, evidence);
    }
    if (*link != '\0') {
        html_raw(h, " ");
        kit_link(h, link, tr(h, "See the evidence"));
    }
}

/* The checks before the last, which the pledge itself has. */
static void earlier_checks(struct html *h, const struct pledge *p, const struct pledge_pasts *all)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += all->check[i].pledge == p->id;
    if (n < 2)
        return;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">");
    html_trn(h, "{n} earlier check", "{n} earlier checks", n - 1);
    html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
    html_written(h, p->promise);
    html_raw(h, "</span></span></summary><div class=\"govuk-details__text\"><ul "
                "class=\"wm-history\">");
    for (int i = 0, seen = 0; i < all->n; i++) {
        const struct pledge_past *c = &all->check[i];
        if (c->pledge != p->id || seen++ == 0)
            continue;
        html_raw(h, "<li>");
        one_check(h, c->checked_on, c->result, c->evidence, c->link);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ul></div></details>");
}

static void check_figures(struct html *h, const struct pledges *all)
{
    static const char *const results[] = {"met", "partly", "not_met"};
    static const char *const labels[] = {N_("Met"), N_("Partly met"), N_("Not met")};
    int n[3] = {0}, kept = 0, checked = 0, unchecked = 0;
    for (int i = 0; i < all->n; i++) {
        bool stands = strcmp(all->pledge[i].state, "declined") != 0;
        kept += stands;
        unchecked += stands && all->pledge[i].checked_on == DB_NO_TIME;
        for (int k = 0; k < 3; k++)
            n[k] += all->pledge[i].checked_on != DB_NO_TIME &&
                    strcmp(all->pledge[i].check_result, results[k]) == 0;
    }
    html_raw(h, "<dl class=\"wm-facts\">");
    kit_fact_number(h, tr(h, "Pledges"), kept);
    for (int k = 0; k < 3; k++)
        checked += n[k];
    for (int k = 0; checked > 0 && k < 3; k++)
        kit_fact_number(h, tr(h, labels[k]), n[k]);
    if (checked > 0 && unchecked > 0)
        kit_fact_number(h, tr(h, "Not checked yet"), unchecked);
    html_raw(h, "</dl>\n");
}

/* --- pledges ------------------------------------------------------------------------------ */
static void detail(struct html *h, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_tr(h, label);
    html_raw(h, "</dt><dd>");
    html_written(h, text);
    html_raw(h, "</dd></div>");
}

static void day_detail(struct html *h, const char *label, int64_t day)
{
    if (day == DB_NO_TIME)
        return;
    html_raw(h, "<div><dt>");
    html_tr(h, label);
    html_raw(h, "</dt><dd>");
    html_date(h, day);
    html_raw(h, "</dd></div>");
}

static void standing(struct html *h, const struct pledge *p)
{
    if (strcmp(p->state, "accepted") == 0)
        return;
    html_raw(h, "<p><strong>");
    if (strcmp(p->state, "declined") == 0)
        html_tr(h, "Declined by the provider.");
    else if (strcmp(p->state, "amended") == 0)
        html_tr(h, "Accepted with a change.");
    else
        html_tr(h, "Not yet answered by the provider.");
    html_raw(h, "</strong> ");
    html_written(h, p->reason);
    html_raw(h, "</p>");
}

static bool is_state(const struct edition *e, const char *state)
{
    return strcmp(e->state, state) == 0;
}

/* Whether help with it is welcome. */
static bool welcome(const struct edition *e, const struct pledge *p)
{
    return strcmp(p->state, "declined") != 0 && (is_state(e, "adopted") || is_state(e, "proposed"));
}

static void last_check(struct html *h, const struct edition *e, const struct pledge *p,
                       const struct pledge_pasts *checks)
{
    if (p->checked_on == DB_NO_TIME && !is_state(e, "adopted"))
        return; /* nobody checks it */
    html_raw(h, "<div><dt>");
    html_tr(h, "Last check");
    html_raw(h, "</dt><dd>");
    if (p->checked_on == DB_NO_TIME)
        kit_tag(h, "grey", tr(h, "Not checked yet"));
    else
        one_check(h, p->checked_on, p->check_result, p->evidence, p->evidence_link);
    earlier_checks(h, p, checks);
    html_raw(h, "</dd></div>");
}

static void pledge(struct html *h, struct arena *a, const struct edition_place *place,
                   const struct edition_shown *shown, const struct pledge *p)
{
    html_raw(h, "<li class=\"wm-pledge\"><h3>");
    html_written(h, p->promise);
    html_raw(h, "</h3><p class=\"wm-pledge__who\">");
    html_written(h, p->provider);
    if (p->from_resident)
        html_tr(h, ". A resident proposed it.");
    html_raw(h, "</p>");
    standing(h, p);
    html_raw(h, "<dl>");
    detail(h, N_("Standard"), p->standard);
    detail(h, N_("How it is measured"), p->measure);
    day_detail(h, N_("Due"), p->due);
    if (strcmp(p->state, "declined") != 0)
        last_check(h, place->edition, p, &shown->checks);
    html_raw(h, "</dl>");
    if (welcome(place->edition, p)) {
        html_raw(h, "<div class=\"wm-screen-only\">");
        kit_offers(h, offer_count(&shown->offers, p->id),
                   arena_fmt(a, "/neighbourhoods/%s/agreement/%d/offer", place->area->slug, p->id));
        html_raw(h, "</div>");
    }
    html_raw(h, "</li>\n");
}

void edition_show(struct html *h, struct arena *a, const struct edition_place *place,
                  const struct edition_shown *shown)
{
    check_figures(h, &shown->pledges);
    html_tr_h2(h, "What providers promise");
    html_raw(h, "<ol class=\"wm-pledges\">\n");
    for (int i = 0; i < shown->pledges.n; i++)
        pledge(h, a, place, shown, &shown->pledges.pledge[i]);
    html_raw(h, "</ol>\n");
    if (place->edition->in_return[0] == '\0')
        return;
    html_raw(h, "<div class=\"wm-return\">");
    html_tr_h2(h, "What residents do in return");
    html_raw(h, "<p class=\"govuk-body wm-lines\">");
    html_written(h, place->edition->in_return);
    html_raw(h, "</p></div>\n");
}
