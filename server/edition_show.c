/* edition_show.c: an edition of an agreement as residents read it. */
#include "server/edition_show.h"

/* The edition in force, or failing that the newest. */
static const struct edition *leading(const struct editions *all)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->edition[i].state, "adopted") == 0)
            return &all->edition[i];
    }
    return all->n > 0 ? &all->edition[0] : NULL;
}

static const struct edition *numbered(const struct editions *all, const char *number)
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
    out->edition = number != NULL ? numbered(&out->all, number) : leading(&out->all);
    if (areas.n == 0 || out->edition == NULL) {
        kit_message_page(r, 404, "There is no agreement here",
                         "We do not know that neighbourhood, or it has no such agreement yet.",
                         "/agreements", "See all agreements");
        return false;
    }
    out->area = &areas.area[0];
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
        return ", in force";
    if (strcmp(e->state, "proposed") == 0)
        return ", put forward";
    return strcmp(e->state, "rejected") == 0 ? ", not adopted" : ", replaced";
}

void edition_dates(struct html *h, const struct edition *e)
{
    char day[40];
    if (e->adopted_on != DB_NO_TIME) {
        when_date(e->adopted_on, day);
        html_textf(h, "Adopted on %s. ", day);
    } else if (e->frozen_at != DB_NO_TIME) {
        when_date(e->frozen_at, day);
        html_textf(h, "Put forward on %s. ", day);
    }
    if (e->review_on != DB_NO_TIME) {
        when_date(e->review_on, day);
        html_textf(h, "To be reviewed by %s. ", day);
    }
    if (e->adopt_reason[0] != '\0') {
        html_raw(h, "Adopted by two officers without a vote: ");
        html_text(h, e->adopt_reason);
    }
}

/* --- checks ------------------------------------------------------------------------------- */
static void result_tag(struct html *h, const char *result)
{
    if (strcmp(result, "met") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Met</strong>");
    else if (strcmp(result, "partly") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Partly met</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--red\">Not met</strong>");
}

static void one_check(struct html *h, int64_t day, const char *result, const char *evidence,
                      const char *link)
{
    char words[40];
    result_tag(h, result);
    when_date(day, words);
    html_textf(h, " checked %s", words);
    if (*evidence != '\0') {
        html_raw(h, "<br>");
        html_text(h, evidence);
    }
    if (*link != '\0') {
        html_raw(h, " ");
        kit_link(h, link, "See the evidence");
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
    kit_count(h, n - 1, "earlier check", "earlier checks");
    html_raw(h, "<span class=\"govuk-visually-hidden\"> of: ");
    html_text(h, p->promise);
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
    static const char *const labels[] = {"Met", "Partly met", "Not met"};
    int n[3] = {0}, kept = 0, checked = 0;
    for (int i = 0; i < all->n; i++) {
        kept += strcmp(all->pledge[i].state, "declined") != 0;
        for (int k = 0; k < 3; k++)
            n[k] += all->pledge[i].checked_on != DB_NO_TIME &&
                    strcmp(all->pledge[i].check_result, results[k]) == 0;
    }
    html_raw(h, "<dl class=\"wm-facts\">");
    kit_fact_number(h, "Pledges", kept);
    for (int k = 0; k < 3; k++)
        checked += n[k];
    for (int k = 0; checked > 0 && k < 3; k++)
        kit_fact_number(h, labels[k], n[k]);
    html_raw(h, "</dl>\n");
}

/* --- pledges ------------------------------------------------------------------------------ */
static void detail(struct html *h, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_text(h, label);
    html_raw(h, "</dt><dd>");
    html_text(h, text);
    html_raw(h, "</dd></div>");
}

static void day_detail(struct html *h, const char *label, int64_t day)
{
    char words[40];
    if (day == DB_NO_TIME)
        return;
    when_date(day, words);
    detail(h, label, words);
}

static void standing(struct html *h, const struct pledge *p)
{
    if (strcmp(p->state, "accepted") == 0)
        return;
    html_raw(h, "<p><strong>");
    if (strcmp(p->state, "declined") == 0)
        html_raw(h, "Declined by the provider.");
    else if (strcmp(p->state, "amended") == 0)
        html_raw(h, "Accepted with a change.");
    else
        html_raw(h, "Not yet answered by the provider.");
    html_raw(h, "</strong> ");
    html_text(h, p->reason);
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
    html_raw(h, "<div><dt>Last check</dt><dd>");
    if (p->checked_on == DB_NO_TIME)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Not checked yet</strong>");
    else
        one_check(h, p->checked_on, p->check_result, p->evidence, p->evidence_link);
    earlier_checks(h, p, checks);
    html_raw(h, "</dd></div>");
}

static void pledge(struct html *h, struct arena *a, const struct edition_place *place,
                   const struct edition_shown *shown, const struct pledge *p)
{
    html_raw(h, "<li class=\"wm-pledge\"><h3>");
    html_text(h, p->promise);
    html_raw(h, "</h3><p class=\"wm-pledge__who\">");
    html_text(h, p->provider);
    html_raw_bytes(h, ". A resident proposed it.",
                   p->from_resident ? sizeof ". A resident proposed it." - 1 : 0);
    html_raw(h, "</p>");
    standing(h, p);
    html_raw(h, "<dl>");
    detail(h, "Standard", p->standard);
    detail(h, "How it is measured", p->measure);
    day_detail(h, "Due", p->due);
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
    html_raw(h, "<h2 class=\"govuk-heading-m\">What providers promise</h2>\n"
                "<ol class=\"wm-pledges\">\n");
    for (int i = 0; i < shown->pledges.n; i++)
        pledge(h, a, place, shown, &shown->pledges.pledge[i]);
    html_raw(h, "</ol>\n");
    if (place->edition->in_return[0] == '\0')
        return;
    html_raw(h, "<div class=\"wm-return\"><h2 class=\"govuk-heading-m\">What residents do in "
                "return</h2><p class=\"govuk-body wm-lines\">");
    html_text(h, place->edition->in_return);
    html_raw(h, "</p></div>\n");
}
