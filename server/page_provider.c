/* page_provider.c: /providers/:key: by its private link a provider reads what it is asked to
 * promise, and accepts, amends or declines each pledge. */
#include "server/answer_form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/tr.h"

/* What the link of the first segment shows; false when it was answered. */
static bool view_of(struct request *r, struct db *db, struct provider_view *v)
{
    *v = (struct provider_view){.n = 0};
    if (strlen(r->segment[0]) == PROVIDER_KEY_LEN &&
        page_failed(r, provider_pledges(db, &r->arena, r->segment[0], v)))
        return false;
    if (v->n == 0)
        kit_message_said(
            r, 404, tr(r, "This link is no good"),
            tr(r, "Check that it is complete. The council may have sent you a newer one."),
            "/agreements", tr(r, "See all agreements"));
    return v->n > 0;
}

static const char *state_words(const char *state)
{
    if (strcmp(state, "accepted") == 0)
        return N_("You accepted it");
    if (strcmp(state, "amended") == 0)
        return N_("You accepted it in other words");
    return strcmp(state, "declined") == 0 ? N_("You declined it") : N_("Not answered yet");
}

/* What the council or the provider wrote keeps its language; `ours` are words of ours. */
static void detail(struct html *h, const char *term, const char *text, bool ours)
{
    if (*text == '\0')
        return;
    html_raw(h, "<div><dt>");
    html_tr(h, term);
    html_raw(h, "</dt><dd>");
    if (ours)
        html_text(h, text);
    else
        html_written(h, text);
    html_raw(h, "</dd></div>");
}

/* What is promised; with `answered`, what the provider says to it. */
static void details(struct html *h, const struct desk_pledge *g, bool answered)
{
    char day[40] = "";
    if (g->due != DB_NO_TIME)
        when_date_in(h->language, g->due, day);
    html_raw(h, "<dl>");
    detail(h, N_("Standard"), g->standard, false);
    detail(h, N_("How it is measured"), g->measure, false);
    detail(h, N_("Due"), day, true);
    detail(h, N_("Words that the council asked for"), g->asked, false);
    if (answered) {
        detail(h, N_("Your answer"), tr(h, state_words(g->state)), true);
        detail(h, N_("Your reason"), g->reason, false);
    }
    html_raw(h, "</dl>");
}

static void one(struct html *h, struct request *r, const struct provider_view *v,
                const struct desk_pledge *g)
{
    html_raw(h, "<li class=\"wm-pledge\"><h2 class=\"govuk-heading-s\">");
    html_written(h, g->promise);
    html_raw(h, "</h2>");
    details(h, g, true);
    if (strcmp(v->state, "draft") == 0) {
        html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/providers/%s/%d", r->segment[0], g->id);
        html_raw(h, ">");
        html_tr(h, strcmp(g->state, "drafted") == 0 ? N_("Answer") : N_("Change the answer"));
        html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
        html_written(h, g->promise);
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
    struct layout l =
        layout_said(r, trv(&r->arena, r, "Pledges of {provider}", TR_TEXT("provider", v.provider)));
    layout_begin(&h, &l);
    kit_caption_written(&h, v.edition);
    kit_title(&h, l.title);
    html_raw(&h, "<p class=\"govuk-body\">");
    if (strcmp(v.state, "draft") == 0)
        html_trv(&h,
                 "The people of {area} and their council ask for these promises. Answer each: you "
                 "can accept it, put it in other words, or decline it with a reason.",
                 TR_PLACE("area", v.area));
    else
        html_tr(&h, "The agreement was put forward: its words, and your answers, stand.");
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
    struct layout l = layout_said(r, tr(r, "Your answer"));
    l.has_error = e->n > 0;
    l.back_path = arena_fmt(&r->arena, "/providers/%s", r->segment[0]);
    l.back_text = tr(r, "All pledges");
    layout_begin(&h, &l);
    form_summary(&h, e);
    kit_caption_written(&h, v->provider);
    kit_title_written(&h, *g->asked != '\0' ? g->asked : g->promise);
    html_raw(&h, "<div class=\"wm-pledge\">");
    details(&h, g, false);
    html_raw(&h, "</div>\n");
    form_begin(&h, arena_fmt(&r->arena, "/providers/%s/%d", r->segment[0], g->id));
    answer_fields(&h, r, e, g);
    form_button(&h, tr(r, "Send the answer"));
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
    if (answer_refused(r->language, word, &e))
        ask(r, &v, g, &e, 422);
    else
        response_redirect(r, "/providers/%s", r->segment[0]);
    return HANDLED;
}
