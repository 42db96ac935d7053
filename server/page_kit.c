/* page_kit.c: pieces that several residents' pages are made of. */
#include "server/page_kit.h"
#include "server/settings.h"
#include "server/tr.h"

bool page_failed(struct request *r, enum db_outcome outcome)
{
    if (outcome == DB_OK)
        return false;
    response_db(r, outcome);
    return true;
}

void kit_title(struct html *h, const char *title)
{
    html_raw(h, "<h1 class=\"govuk-heading-l\">");
    html_text(h, title);
    html_raw(h, "</h1>\n");
}

void kit_title_caption(struct html *h, const char *caption, const char *title)
{
    html_raw(h, "<span class=\"govuk-caption-l\">");
    html_text(h, caption);
    html_raw(h, "</span>\n");
    kit_title(h, title);
}

void kit_title_written(struct html *h, const char *title)
{
    html_raw(h, "<h1 class=\"govuk-heading-l\">");
    html_written(h, title);
    html_raw(h, "</h1>\n");
}

void kit_caption_written(struct html *h, const char *caption)
{
    html_raw(h, "<span class=\"govuk-caption-l\">");
    html_written(h, caption);
    html_raw(h, "</span>\n");
}

void kit_paragraph(struct html *h, const char *text)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_text(h, text);
    html_raw(h, "</p>\n");
}

void kit_link(struct html *h, const char *href, const char *text)
{
    html_raw(h, "<a class=\"govuk-link\"");
    html_attr(h, "href", href);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a>");
}

void kit_link_written(struct html *h, const char *href, const char *text)
{
    html_raw(h, "<a class=\"govuk-link\"");
    html_attr(h, "href", href);
    html_raw(h, ">");
    html_written(h, text);
    html_raw(h, "</a>");
}

void kit_sentence(struct html *h, const char *words, const char *href, const char *link)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_text(h, words);
    html_raw_bytes(h, " ", *words != '\0');
    kit_link(h, href, link);
    html_raw(h, "</p>\n");
}

void kit_start(struct html *h, const char *href, const char *text)
{
    html_raw(h, "<a class=\"govuk-button\" draggable=\"false\"");
    html_attr(h, "href", href);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a>\n");
}

static void fact_label(struct html *h, const char *label, bool written)
{
    html_raw(h, "<div><dt>");
    if (written)
        html_written(h, label);
    else
        html_text(h, label);
    html_raw(h, "</dt><dd>");
}

void kit_fact_money(struct html *h, const char *label, int64_t pence)
{
    fact_label(h, label, false);
    html_money(h, pence);
    html_raw(h, "</dd></div>");
}

void kit_fact_pot(struct html *h, const char *name, int64_t pence)
{
    fact_label(h, name, true);
    html_money(h, pence);
    html_raw(h, "</dd></div>");
}

void kit_fact_number(struct html *h, const char *label, int64_t n)
{
    fact_label(h, label, false);
    html_number(h, n);
    html_raw(h, "</dd></div>");
}

void kit_tag(struct html *h, const char *colour, const char *words)
{
    html_raw(h, "<strong");
    html_attrf(h, "class", "govuk-tag govuk-tag--%s", colour);
    html_raw(h, ">");
    html_text(h, words);
    html_raw(h, "</strong>");
}

void kit_phase_tag(struct html *h, enum round_phase phase)
{
    switch (phase) {
    case PHASE_SOON:
        kit_tag(h, "blue", tr(h, "Opens soon"));
        break;
    case PHASE_OPEN:
        kit_tag(h, "green", tr(h, "Open"));
        break;
    case PHASE_CLOSED:
        kit_tag(h, "yellow", tr(h, "Being counted"));
        break;
    case PHASE_PUBLISHED:
        kit_tag(h, "grey", tr(h, "Decided"));
        break;
    }
}

void kit_phase_words(struct html *h, const struct round_line *l)
{
    char when[64];
    when_short_in(h->language, l->phase == PHASE_SOON ? l->opens_at : l->closes_at, l->days, when);
    switch (l->phase) {
    case PHASE_SOON:
        html_trv(h, "Opens {when}", TR_TEXT("when", when));
        break;
    case PHASE_OPEN:
        html_trv(h, "Closes {when}", TR_TEXT("when", when));
        break;
    case PHASE_CLOSED:
        html_tr(h, "Closed, being counted");
        break;
    case PHASE_PUBLISHED:
        html_tr(h, "Result published");
        break;
    }
}

void kit_count(struct html *h, int64_t n, const char *one, const char *many)
{
    html_number(h, n);
    html_raw(h, " ");
    html_text(h, n == 1 ? one : many);
}

void kit_pledges(struct html *h, int64_t pledges, int64_t providers)
{
    html_trn(h, "{b}{n} pledge{/b}", "{b}{n} pledges{/b}", pledges);
    html_trn(h, " by {n} provider", " by {n} providers", providers);
}

static void decided(struct html *h, const struct round_line *l)
{
    html_raw(h, "<p>");
    if (l->kind == ROUND_YES_NO) {
        html_raw(h, "<strong>");
        html_text(h, l->adopted ? tr(h, "Adopted") : tr(h, "Not adopted"));
        html_raw(h, "</strong>");
        html_trv(h, ": {yes} yes, {no} no", TR_NUMBER("yes", l->yes), TR_NUMBER("no", l->no));
    } else {
        html_raw(h, "<strong>");
        html_trv(h, "{n} of {all}", TR_NUMBER("n", l->funded), TR_NUMBER("all", l->proposals));
        html_raw(h, "</strong>");
        html_trv(h, " projects funded, {spent} of {money}", TR_MONEY("spent", l->spent),
                 TR_MONEY("money", l->money));
    }
    html_raw(h, "</p><p>");
    html_trn(h, "{n} person voted", "{n} people voted", l->ballots);
    /* A count under five could point at somebody. */
    if (l->texts >= 5 && l->ballots - l->texts >= 5)
        html_trv(h, ", {n} by text", TR_NUMBER("n", l->texts));
    html_raw(h, "</p>");
}

static void undecided(struct html *h, const struct round_line *l)
{
    html_raw(h, "<p>");
    if (l->kind == ROUND_YES_NO) {
        html_trv(h, "A yes or no question: {area}", TR_WRITTEN("area", l->area_name));
    } else {
        html_raw(h, "<strong>");
        html_money(h, l->money);
        html_raw(h, "</strong> · ");
        html_trn(h, "{n} project", "{n} projects", l->proposals);
    }
    html_raw(h, "</p><p class=\"wm-when\">");
    kit_phase_words(h, l);
    html_raw(h, "</p>");
}

void kit_round_state(struct html *h, const struct round_line *l)
{
    if (l->phase == PHASE_PUBLISHED)
        decided(h, l);
    else
        undecided(h, l);
}

void kit_round_card(struct html *h, const struct round_line *l)
{
    html_raw(h, "<li class=\"wm-card\"><h3><a class=\"govuk-link\"");
    if (l->phase == PHASE_PUBLISHED)
        html_attrf(h, "href", "/rounds/%s/result", l->slug);
    else
        html_attrf(h, "href", "/rounds/%s", l->slug);
    html_raw(h, ">");
    html_written(h, l->title);
    html_raw(h, "</a></h3>");
    kit_round_state(h, l);
    html_raw(h, "</li>\n");
}

void kit_number(struct html *h, int32_t number)
{
    html_raw(h, "<span class=\"wm-number\"><span class=\"govuk-visually-hidden\">");
    html_tr(h, "Number ");
    html_raw(h, "</span>");
    html_textf(h, "%04d", (int)number);
    html_raw(h, "</span>");
}

const char *kit_money(struct arena *a, int64_t pence)
{
    struct buf words = buf_new(40);
    money_text(&words, pence);
    const char *kept = arena_strdup(a, buf_str(&words));
    buf_free(&words);
    return kept;
}

const char *kit_thousands(struct arena *a, int64_t n)
{
    struct buf words = buf_new(40);
    number_text(&words, n);
    const char *kept = arena_strdup(a, buf_str(&words));
    buf_free(&words);
    return kept;
}

void kit_project_title(struct html *h, const struct proposal *p)
{
    html_written_in(h, p->language, p->title);
}

const char *kit_or_contact(struct request *r)
{
    static const char call[] = "Call ";
    enum language in;
    const char *line = settings_contact(r->language, &in);
    if (in == LANGUAGE_EN && strncmp(line, call, sizeof call - 1) == 0)
        return trv(&r->arena, r, ", or call {number}", TR_TEXT("number", line + sizeof call - 1));
    return *line == '\0' || in != r->language ? "" : arena_fmt(&r->arena, ". %s", line);
}

const char *kit_ended(struct arena *a, const char *text)
{
    static const char *const ENDS[] = {".", "!", "?", "…"};
    static const char *const AFTER[] = {"\"", "'", ")", "”", "’"};
    size_t n = strlen(text), end = n;
    for (size_t i = 0; i < sizeof AFTER / sizeof *AFTER; i++) {
        size_t len = strlen(AFTER[i]);
        if (n > len && strcmp(text + n - len, AFTER[i]) == 0)
            end = n - len;
    }
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t len = strlen(ENDS[i]);
        if (end >= len && memcmp(text + end - len, ENDS[i], len) == 0)
            return text;
    }
    return n > 0 ? arena_fmt(a, "%s.", text) : text;
}

void kit_offers(struct html *h, int64_t people, const char *path)
{
    html_raw(h, "<p class=\"govuk-body wm-after\">");
    if (people > 0)
        html_trn(h, "{n} person offered help. ", "{n} people offered help. ", people);
    kit_link(h, path, people > 0 ? tr(h, "Offer help too") : tr(h, "Offer help"));
    html_raw(h, "</p>\n");
}

void kit_language_asked(struct request *r)
{
    enum language asked;
    if (language_read(request_field(r, "lang"), &asked) && settings_offer(asked))
        r->language = asked;
}

void kit_follow(struct html *h, const char *below)
{
    static const char *const ways[][2] = {{"dates.ics", N_("Dates for your calendar")},
                                          {"rounds.atom", N_("Votes as a feed")},
                                          {"results.atom", N_("Results as a feed")}};
    char query[LANGUAGE_QUERY_LEN];
    layout_language_query(h->language, query);
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr(h, "Follow: ");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (i > 0)
            html_raw(h, " · ");
        html_raw(h, "<a class=\"govuk-link\"");
        html_attrf(h, "href", "%s/%s%s", below, ways[i][0],
                   strstr(ways[i][0], ".atom") != NULL ? query : "");
        html_raw(h, ">");
        html_tr(h, ways[i][1]);
        html_raw(h, "</a>");
    }
    html_raw(h, "</p>\n");
}

static void message_page(struct request *r, int status, const struct layout *l, const char *text,
                         const char *href, const char *link)
{
    struct html h = html_new();
    layout_begin(&h, l);
    kit_title(&h, l->title);
    kit_paragraph(&h, text);
    kit_sentence(&h, "", href, link);
    layout_end(&h, l);
    response_html(r, status, &h);
}

void kit_message_page(struct request *r, int status, const char *title, const char *text,
                      const char *href, const char *link)
{
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = title};
    message_page(r, status, &l, text, href, link);
}

void kit_message_said(struct request *r, int status, const char *title, const char *text,
                      const char *href, const char *link)
{
    struct layout l = layout_said(r, title);
    message_page(r, status, &l, text, href, link);
}

void kit_round_group(struct html *h, const struct round_lines *all, enum round_phase phase,
                     const char *heading)
{
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        if (all->line[i].phase != phase)
            continue;
        if (!any) {
            html_raw(h, "<h2 class=\"govuk-heading-m\">");
            html_text(h, heading);
            html_raw(h, "</h2>\n<ul class=\"wm-grid\">\n");
        }
        any = true;
        kit_round_card(h, &all->line[i]);
    }
    if (any)
        html_raw(h, "</ul>\n");
}

void kit_postcode_form(struct html *h, const struct form_errors *e, const char *typed)
{
    html_raw(h, "<form method=\"get\" action=\"/find\" novalidate>\n");
    form_input(h, e,
               &(struct form_input){.name = "postcode",
                                    .label = tr(h, "Your postcode"),
                                    .hint = tr(h, "For example, YO24 3BZ. The first part will do. "
                                                  "We do not keep it."),
                                    .value = typed,
                                    .autocomplete = "postal-code",
                                    .code = true,
                                    .width = 10});
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_tr(h, "Find your neighbourhood");
    html_raw(h, "</button>\n</form>\n");
}

bool kit_round_of(struct request *r, struct db *db, struct round_view *v, struct pots *pots,
                  struct proposals *proposals)
{
    bool found;
    if (page_failed(r, round_load_any(db, &r->arena, r->segment[0], v, &found)))
        return false;
    if (!found) {
        kit_message_said(r, 404, tr(r, "We do not know that vote"),
                         tr(r, "If you typed the address, check it is correct."), "/rounds",
                         tr(r, "See all votes"));
        return false;
    }
    return !page_failed(r, pots_load(db, &r->arena, v->id, pots)) &&
           !page_failed(r, proposals_load_in(db, &r->arena, v->id, r->language, proposals));
}
