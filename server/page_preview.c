/* page_preview.c: /preview/:key: a draft round by its private link, as residents will read it; and
 * the officer's page that makes the link. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/proposal_view.h"
#include "server/settings.h"
#include "server/store_proposal.h"

/* --- the reader --------------------------------------------------------------------------- */
/* What the link of the first segment shows; false when it was answered. */
static bool preview_of(struct request *r, struct db *db, struct preview *v)
{
    *v = (struct preview){.slug = NULL};
    if (strlen(r->segment[0]) == PREVIEW_KEY_LEN &&
        page_failed(r, preview_round(db, &r->arena, r->segment[0], v)))
        return false;
    if (v->slug == NULL)
        kit_message_page(r, 404, "This link is no good",
                         "Check that it is complete. Previews end after 14 days, or when the "
                         "council makes a newer link.",
                         "/rounds", "See all votes");
    else if (v->frozen)
        response_redirect(r, "/rounds/%s", v->slug);
    return v->slug != NULL && !v->frozen;
}

static struct proposal shown_of(const struct preview_proposal *p)
{
    return (struct proposal){.number = p->text.number,
                             .short_name = p->text.short_name,
                             .title = p->text.title,
                             .summary = p->text.summary,
                             .place = p->text.place,
                             .proposer = p->text.proposer,
                             .withdrawn_reason = "",
                             .theme = p->text.theme,
                             .at = p->text.at,
                             .pot = p->text.cost > 0,
                             .cost = p->text.cost};
}

static void notice(struct html *h, const struct preview *v)
{
    char until[64];
    when_text(when_minute(v->expires_at), until);
    html_raw(h,
             "<div class=\"govuk-inset-text\"><strong>A draft.</strong> Nothing here is decided, "
             "and anything can change. ");
    html_textf(h, "This link is good until %s.", until);
    html_raw(h, "</div>\n");
}

static void dates(struct html *h, const struct preview *v)
{
    char opens[64], closes[64];
    if (v->opens_at == DB_NO_TIME || v->closes_at == DB_NO_TIME)
        return;
    when_text(v->opens_at, opens);
    when_text(v->closes_at, closes);
    html_raw(h, "<p class=\"govuk-body\">");
    html_textf(h, "Voting is planned from %s to %s.", opens, closes);
    html_raw(h, "</p>\n");
}

enum handled page_preview(struct request *r, struct db *db)
{
    struct preview v;
    if (!preview_of(r, db, &v))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = v.title};
    layout_begin(&h, &l);
    notice(&h, &v);
    kit_title_caption(&h, v.area, v.title);
    if (*v.about != '\0') {
        html_raw(&h, "<p class=\"govuk-body-l\">");
        html_text(&h, v.about);
        html_raw(&h, "</p>\n");
    }
    dates(&h, &v);
    if (v.n > 0)
        html_raw(&h, "<h2 class=\"govuk-heading-m\">What would be voted on</h2>\n<ul "
                     "class=\"wm-projects\">\n");
    else
        html_raw(&h, "<p class=\"govuk-body\">No proposal is written yet.</p>\n");
    for (int i = 0; i < v.n; i++) {
        struct proposal p = shown_of(&v.proposal[i]);
        proposal_line(&h, &p, v.proposal[i].pot,
                      arena_fmt(&r->arena, "/preview/%s/%04d", r->segment[0], p.number));
    }
    if (v.n > 0)
        html_raw(&h, "</ul>\n");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_preview_proposal(struct request *r, struct db *db)
{
    struct preview v;
    int64_t number = -1;
    if (!preview_of(r, db, &v))
        return HANDLED;
    parse_int(r->segment[1], 0, 9999, &number);
    for (int i = 0; i < v.n; i++) {
        if (v.proposal[i].text.number != number)
            continue;
        struct html h = html_new();
        struct proposal p = shown_of(&v.proposal[i]);
        struct layout l = {.kind = LAYOUT_RESIDENT,
                           .title = p.title,
                           .back_path = arena_fmt(&r->arena, "/preview/%s", r->segment[0]),
                           .back_text = v.title};
        layout_begin(&h, &l);
        notice(&h, &v);
        proposal_show(&h, &p, v.proposal[i].pot, v.proposal[i].text.body);
        layout_end(&h, &l);
        response_html(r, 200, &h);
        return HANDLED;
    }
    response_error(r, 404);
    return HANDLED;
}

/* --- the officer -------------------------------------------------------------------------- */
static void link_form(struct html *h, struct request *r, const char *what, const char *button,
                      void (*write)(struct html *h, const char *text))
{
    form_begin(h, r->path);
    form_token(h, r);
    form_hidden(h, "do", what);
    write(h, button);
    form_end(h);
}

/* `key` NULL: none was made just now. */
static void show_link(struct request *r, const struct desk_round *round, int64_t until,
                      const char *key)
{
    struct desk_page p;
    desk_begin(&p, r, "A link to read the draft",
               arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title, NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">A link to read the draft</h1>\n"
                   "<p class=\"govuk-body\">For councillors, colleagues and those who proposed "
                   "something: the round as residents will read it, drafts included. Whoever has "
                   "the link can read; nobody can change anything. It is good for 14 days, or "
                   "until the round is scheduled.</p>\n");
    if (key != NULL) {
        html_raw(&p.h, "<p class=\"govuk-body\">It is shown once; a new one makes it void.</p>\n"
                       "<p class=\"govuk-body wm-address\">");
        html_textf(&p.h, "%s/preview/%s", settings.public_url, key);
        html_raw(&p.h, "</p>\n");
    } else if (until != DB_NO_TIME) {
        html_raw(&p.h, "<p class=\"govuk-body\">A link is good until ");
        desk_when(&p.h, when_minute(until));
        html_raw(&p.h, ".</p>\n");
    }
    if (desk_is_frozen(round->phase))
        html_raw(&p.h, "<p class=\"govuk-body\">This round is scheduled: everybody can read "
                       "it.</p>\n");
    else
        link_form(&p.h, r, "make", until != DB_NO_TIME ? "Make a new link" : "Make a link",
                  form_button);
    if (until != DB_NO_TIME)
        link_form(&p.h, r, "end", "End the link", form_button_second);
    desk_end(&p, r, 200);
}

enum handled page_desk_preview(struct request *r, struct db *db)
{
    int64_t until;
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL &&
        !page_failed(r, preview_link_until(db, r->officer.officer, round->slug, &until)))
        show_link(r, round, until, NULL);
    return HANDLED;
}

enum handled page_desk_preview_post(struct request *r, struct db *db)
{
    char key[PREVIEW_KEY_LEN + 1] = "";
    const char *word = "";
    int64_t until;
    const struct desk_round *round = desk_round_of(r, db);
    bool end = strcmp(request_field(r, "do"), "end") == 0;
    if (round == NULL || page_failed(r, preview_link_set(db, &r->arena, r->officer.officer,
                                                         round->slug, end ? NULL : key, &word)))
        return HANDLED;
    if (strcmp(word, "made") != 0)
        response_redirect(r, "/desk/rounds/%s/preview", round->slug);
    else if (!page_failed(r, preview_link_until(db, r->officer.officer, round->slug, &until)))
        show_link(r, round, until, key);
    return HANDLED;
}
