/* page_idea.c: an idea's private page, where its proposer sends it, follows it, answers what is
 * asked and takes it back. */
#include "server/form.h"
#include "server/idea_form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/tr.h"

static void row(struct html *h, struct request *r, const struct idea *i, const struct idea_step *s)
{
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_tr(h, s->short_name);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value wm-lines\">");
    if (s->kind == STEP_AREA && i->area[0] != '\0')
        html_written(h, i->area);
    else if (s->kind == STEP_AREA || (s->kind != STEP_COST && *idea_kept(i, s) == '\0'))
        html_tr(h, s->kind == STEP_YOU && strcmp(i->state, "draft") != 0 ? N_("Not kept any more")
                                                                         : N_("Nothing"));
    else if (s->kind != STEP_COST)
        html_own(h, idea_kept(i, s));
    else if (i->cost_guess > 0)
        html_money(h, i->cost_guess);
    else
        html_tr(h, "No guess");
    if (s->kind == STEP_YOU && *i->proposer != '\0' &&
        (idea_may_change(i) || strcmp(i->state, "sent") == 0))
        html_tr(h, i->texts ? N_(". We text you when there is an answer.")
                            : N_(". You look here for an answer."));
    html_raw(h, "</dd>");
    if (idea_may_change(i)) {
        html_raw(h, "<dd class=\"govuk-summary-list__actions\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/ideas/%s/%s", r->segment[0], s->name);
        html_raw(h, ">");
        html_tr(h, "Change");
        html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
        html_tr(h, s->short_name);
        html_raw(h, "</span></a></dd>");
    }
    html_raw(h, "</div>\n");
}

static void summary(struct html *h, struct request *r, const struct idea *i)
{
    html_tr_h2(h, "What you wrote");
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    const struct idea_form *form = idea_form_of(i->kind);
    for (int n = 0; n < form->steps; n++)
        row(h, r, i, &form->step[n]);
    html_raw(h, "</dl>\n");
}

static const struct idea_step *first_missing(const struct idea *i)
{
    const struct idea_form *form = idea_form_of(i->kind);
    for (int n = 0; n < form->steps; n++) {
        if (form->step[n].empty != NULL && *idea_kept(i, &form->step[n]) == '\0')
            return &form->step[n];
    }
    return NULL;
}

static void draft_part(struct html *h, struct request *r, const struct idea *i)
{
    const struct idea_step *missing = first_missing(i);
    html_tr_p(h, "It is saved, and not sent yet.");
    if (missing != NULL) {
        kit_start(h, arena_fmt(&r->arena, "/ideas/%s/%s", r->segment[0], missing->name),
                  tr(h, "Go on writing"));
        return;
    }
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "send");
    form_button(h, tr(h, idea_form_of(i->kind)->send));
    form_end(h);
}

static void asked_part(struct html *h, struct request *r, const struct form_errors *e)
{
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "answer");
    form_input(h, e,
               &(struct form_input){.name = "answer",
                                    .label = tr(h, "Your answer"),
                                    .hint = tr(h, "Up to 1,000 characters. You can change what "
                                                  "you wrote below, too."),
                                    .value = request_field(r, "answer"),
                                    .rows = 6});
    form_button(h, tr(h, "Send your answer"));
    form_end(h);
}

static const char *message_title(const char *kind)
{
    if (strcmp(kind, "question") == 0)
        return N_("An officer asks");
    if (strcmp(kind, "answer") == 0)
        return N_("You answered");
    return strcmp(kind, "merge") == 0 ? N_("It is the same as") : N_("Why it cannot be done");
}

static void conversation(struct html *h, const struct idea_messages *all)
{
    for (int n = 0; n < all->n; n++) {
        const struct idea_message *m = &all->message[n];
        html_raw(h, "<section class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
        html_tr(h, message_title(m->kind));
        html_raw(h, "</h2><p class=\"govuk-body wm-lines\">");
        if (strcmp(m->kind, "answer") == 0)
            html_own(h, m->words);
        else
            html_written(h, m->words);
        html_raw(h, "</p><p>");
        html_when(h, when_minute(m->at));
        html_raw(h, "</p></section>\n");
    }
}

static const char *title_of(const struct idea *i)
{
    static const struct {
        const char *state, *idea, *pledge;
    } titles[] = {
        {"sent", N_("Your idea is with us"), N_("Your proposed pledge is with us")},
        {"asked", N_("We have a question about your idea"),
         N_("We have a question about your proposed pledge")},
        {"shortlisted", N_("Your idea becomes a project"),
         N_("Your proposed pledge becomes a project")},
        {"accepted", N_("Your idea goes into the agreement"),
         N_("Your proposed pledge goes into the agreement")},
        {"merged", N_("Your idea goes on with another"),
         N_("Your proposed pledge goes on with another")},
        {"refused", N_("Your idea cannot be done"), N_("Your proposed pledge cannot be done")},
        {"taken_back", N_("You took your idea back"), N_("You took your proposed pledge back")},
    };
    for (size_t n = 0; n < sizeof titles / sizeof *titles; n++) {
        if (strcmp(titles[n].state, i->state) == 0)
            return strcmp(i->kind, "pledge") == 0 ? titles[n].pledge : titles[n].idea;
    }
    return idea_form_of(i->kind)->yours;
}

/* What its provider said, once the edition was put forward. */
static void answer_words(struct html *h, const struct idea *i)
{
    const char *words = strcmp(i->pledge_state, "accepted") == 0 ? N_(" {provider} accepted it.")
                        : strcmp(i->pledge_state, "declined") == 0
                            ? N_(" {provider} declined it: {reason}")
                            : N_(" {provider} accepted it in other words: {reason}");
    html_trv(h, words, TR_WRITTEN("provider", i->provider), TR_WRITTEN("reason", i->pledge_reason));
}

static void accepted_part(struct html *h, struct request *r, const struct idea *i)
{
    html_raw(h, "<p class=\"govuk-body\">");
    if (strcmp(i->edition_state, "draft") == 0) {
        html_trv(h,
                 "It is in the draft of the next agreement of {area}. We ask {provider} whether "
                 "they promise it. You read the answer here once the agreement is put forward.",
                 TR_PLACE("area", i->area), TR_WRITTEN("provider", i->provider));
    } else {
        html_trv(h, "It is in {a}edition {n} of the agreement{/a}.",
                 TR_LINK("a", arena_fmt(&r->arena, "/neighbourhoods/%s/agreement/%d", i->area_slug,
                                        i->edition)),
                 TR_NUMBER("n", i->edition));
        answer_words(h, i);
    }
    html_raw(h, "</p>\n");
}

static void state_part(struct html *h, struct request *r, const struct idea *i,
                       const struct form_errors *e)
{
    if (strcmp(i->state, "draft") == 0) {
        draft_part(h, r, i);
    } else if (strcmp(i->state, "asked") == 0) {
        asked_part(h, r, e);
    } else if (strcmp(i->state, "sent") == 0) {
        html_tr_pv(h, "The officers of {area} read it, and answer here.",
                   TR_PLACE("area", i->area));
    } else if (strcmp(i->state, "accepted") == 0) {
        accepted_part(h, r, i);
    } else if (strcmp(i->state, "merged") == 0) {
        html_tr_pv(h,
                   "Somebody else had the same idea, {reference}. What becomes of it holds for "
                   "yours too.",
                   TR_TEXT("reference", i->kept_by));
    } else if (strcmp(i->state, "shortlisted") == 0 && *i->round_slug != '\0') {
        html_tr_pv(
            h, "It is {a}project {number}{/a}, which residents can vote for.",
            TR_LINK("a", arena_fmt(&r->arena, "/rounds/%s/%04d", i->round_slug, (int)i->project)),
            TR_TEXT("number", arena_fmt(&r->arena, "%04d", (int)i->project)));
    } else if (strcmp(i->state, "shortlisted") == 0) {
        html_tr_p(h, "An officer is preparing it for a vote. You find it here once the vote is "
                     "announced.");
    }
}

static void private_address(struct html *h, const struct request *r, const struct idea *i)
{
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_tr_p(h, "The address of this page is yours alone. Keep it to come back:");
    html_raw(h, "<p class=\"govuk-body wm-address wm-ours\">");
    html_textf(h, "%s/ideas/%s", settings.public_url, r->segment[0]);
    html_raw(h, "</p>");
    html_tr_pv(h, "When you call us about it, say {b}{reference}{/b}.",
               TR_TEXT("reference", i->reference));
    html_raw(h, "</div>\n");
}

static void take_back_form(struct html *h, struct request *r, const struct idea *i)
{
    bool draft = strcmp(i->state, "draft") == 0;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_tr(h, draft ? N_("Delete this draft") : idea_form_of(i->kind)->take_back);
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><p class=\"govuk-body\">");
    html_tr(h, draft ? N_("It is gone for good.")
                     : N_("Nobody decides it any more. Your name and number are erased."));
    html_raw(h, "</p>");
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "take_back");
    html_raw(h, "<button class=\"govuk-button govuk-button--warning\" type=\"submit\">");
    html_tr(h, draft ? N_("Delete it") : N_("Take it back"));
    html_raw(h, "</button>");
    form_end(h);
    html_raw(h, "</div></details>\n");
}

static void show_idea(struct request *r, struct db *db, const struct idea *i,
                      const struct form_errors *e)
{
    struct idea_messages said;
    if (page_failed(r, idea_messages(db, &r->arena, r->segment[0], &said)))
        return;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, title_of(i)));
    l.has_error = e->n > 0;
    layout_begin(&h, &l);
    form_summary(&h, e);
    if (*i->title != '\0') {
        html_raw(&h, "<span class=\"govuk-caption-l\">");
        html_own(&h, i->title);
        html_raw(&h, "</span>\n");
    }
    kit_title(&h, l.title);
    conversation(&h, &said);
    state_part(&h, r, i, e);
    summary(&h, r, i);
    private_address(&h, r, i);
    if (idea_may_change(i) || strcmp(i->state, "sent") == 0)
        take_back_form(&h, r, i);
    layout_end(&h, &l);
    response_html(r, e->n > 0 ? 422 : 200, &h);
}

enum handled page_idea(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct idea *i = idea_of(r, db);
    if (i != NULL)
        show_idea(r, db, i, &none);
    return HANDLED;
}

enum handled page_idea_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *action = request_field(r, "do"), *word = "";
    enum db_outcome outcome = DB_OK;
    struct idea *i = idea_of(r, db);
    if (i == NULL)
        return HANDLED;
    if (strcmp(action, "send") == 0)
        outcome = idea_send(db, &r->arena, r->segment[0], &word);
    else if (strcmp(action, "answer") == 0)
        outcome = idea_answer(db, &r->arena, r->segment[0], request_field(r, "answer"), &word);
    else if (strcmp(action, "take_back") == 0)
        outcome = idea_take_back(db, &r->arena, r->segment[0], &word);
    if (page_failed(r, outcome))
        return HANDLED;
    if (strcmp(word, "words") == 0) {
        form_error(&e, "answer", tr(r, "Enter your answer, of at most 1,000 characters"));
        show_idea(r, db, i, &e);
    } else if (strcmp(word, "gone") == 0) {
        kit_message_said(r, 200, tr(r, "Your draft is deleted"), tr(r, "Nothing of it is kept."),
                         idea_form_of(i->kind)->path, tr(r, "Begin another"));
    } else {
        response_redirect(r, "/ideas/%s", r->segment[0]);
    }
    return HANDLED;
}
