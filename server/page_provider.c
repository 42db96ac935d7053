/* page_provider.c: /providers/:key: by its private link a provider reads what it is asked to
 * promise, and accepts, amends or declines each pledge. */
#include "server/answer_form.h"
#include "server/page_kit.h"
#include "server/pages.h"

/* What the link of the first segment shows; false when it was answered. */
static bool view_of(struct request *r, struct db *db, struct provider_view *v)
{
    *v = (struct provider_view){.n = 0};
    if (strlen(r->segment[0]) == PROVIDER_KEY_LEN &&
        page_failed(r, provider_pledges(db, &r->arena, r->segment[0], v)))
        return false;
    if (v->n == 0)
        kit_message_page(r, 404, "This link is no good",
                         "Check that it is complete. The council may have sent you a newer one.",
                         "/agreements", "See all agreements");
    return v->n > 0;
}

static const char *state_words(const char *state)
{
    if (strcmp(state, "accepted") == 0)
        return "You accepted it";
    if (strcmp(state, "amended") == 0)
        return "You accepted it in other words";
    return strcmp(state, "declined") == 0 ? "You declined it" : "Not answered yet";
}

static void detail(struct html *h, const char *term, const char *text)
{
    if (*text == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_text(h, term);
    html_raw(h, "</dt><dd>");
    html_text(h, text);
    html_raw(h, "</dd></div>");
}

/* What is promised; with `answered`, what the provider says to it. */
static void details(struct html *h, const struct desk_pledge *g, bool answered)
{
    char day[40] = "";
    if (g->due != DB_NO_TIME)
        when_date(g->due, day);
    html_raw(h, "<dl>");
    detail(h, "Standard", g->standard);
    detail(h, "How it is measured", g->measure);
    detail(h, "Due", day);
    detail(h, "Words that the council asked for", g->asked);
    if (answered) {
        detail(h, "Your answer", state_words(g->state));
        detail(h, "Your reason", g->reason);
    }
    html_raw(h, "</dl>");
}

static void one(struct html *h, struct request *r, const struct provider_view *v,
                const struct desk_pledge *g)
{
    html_raw(h, "<li class=\"wm-pledge\"><h2 class=\"govuk-heading-s\">");
    html_text(h, g->promise);
    html_raw(h, "</h2>");
    details(h, g, true);
    if (strcmp(v->state, "draft") == 0) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/providers/%s/%d", r->segment[0], g->id);
        html_raw(h, ">");
        html_text(h, strcmp(g->state, "drafted") == 0 ? "Answer" : "Change the answer");
        html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
        html_text(h, g->promise);
        html_raw(h, "</span></a></p>");
    }
    html_raw(h, "</li>\n");
}

enum handled page_provider(struct request *r, struct db *db)
{
    struct provider_view v;
    if (!view_of(r, db, &v))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = arena_fmt(&r->arena, "Pledges of %s", v.provider)};
    layout_begin(&h, &l);
    kit_title_caption(&h, v.edition, l.title);
    html_raw(&h, "<p class=\"govuk-body\">");
    if (strcmp(v.state, "draft") == 0)
        html_textf(&h,
                   "The people of %s and their council ask for these promises. Answer each: you "
                   "can accept it, put it in other words, or decline it with a reason.",
                   v.area);
    else
        html_text(&h, "The agreement was put forward: its words, and your answers, stand.");
    html_raw(&h, "</p>\n<ol class=\"wm-pledges\">\n");
    for (int i = 0; i < v.n; i++)
        one(&h, r, &v, &v.pledge[i]);
    html_raw(&h, "</ol>\n");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* --- one answer --------------------------------------------------------------------------- */
static const struct desk_pledge *pledge_of(struct request *r, const struct provider_view *v)
{
    int64_t id = 0;
    if (parse_int(r->segment[1], 1, INT32_MAX, &id)) {
        for (int i = 0; i < v->n; i++) {
            if (v->pledge[i].id == id)
                return &v->pledge[i];
        }
    }
    response_error(r, 404);
    return NULL;
}

static void ask(struct request *r, const struct provider_view *v, const struct desk_pledge *g,
                const struct form_errors *e, int status)
{
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = "Your answer",
                       .has_error = e->n > 0,
                       .back_path = arena_fmt(&r->arena, "/providers/%s", r->segment[0]),
                       .back_text = "All pledges"};
    layout_begin(&h, &l);
    form_summary(&h, e);
    kit_title_caption(&h, v->provider, *g->asked != '\0' ? g->asked : g->promise);
    html_raw(&h, "<div class=\"wm-pledge\">");
    details(&h, g, false);
    html_raw(&h, "</div>\n");
    form_begin(&h, arena_fmt(&r->arena, "/providers/%s/%d", r->segment[0], g->id));
    answer_fields(&h, r, e, g);
    form_button(&h, "Send the answer");
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

enum handled page_provider_pledge(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct provider_view v;
    const struct desk_pledge *g = view_of(r, db, &v) ? pledge_of(r, &v) : NULL;
    if (g == NULL)
        return HANDLED;
    if (strcmp(v.state, "draft") == 0)
        ask(r, &v, g, &none, 200);
    else
        response_redirect(r, "/providers/%s", r->segment[0]);
    return HANDLED;
}

enum handled page_provider_pledge_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct provider_view v;
    struct pledge_answer answer = answer_read(r);
    const char *word = "";
    const struct desk_pledge *g = view_of(r, db, &v) ? pledge_of(r, &v) : NULL;
    if (g == NULL ||
        page_failed(r, provider_answer(db, &r->arena, r->segment[0], g->id, &answer, &word)))
        return HANDLED;
    if (answer_refused(word, &e))
        ask(r, &v, g, &e, 422);
    else
        response_redirect(r, "/providers/%s", r->segment[0]);
    return HANDLED;
}
