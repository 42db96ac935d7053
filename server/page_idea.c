/* page_idea.c: an idea's private page, where its proposer sends it, follows it, answers what is
 * asked and takes it back. */
#include "server/form.h"
#include "server/idea_form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"

static void row(struct html *h, struct request *r, const struct idea *i, const struct idea_step *s)
{
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(h, s->short_name);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value wm-lines\">");
    if (s->kind == STEP_AREA)
        html_text(h, i->area);
    else if (s->kind != STEP_COST && s->empty == NULL && *idea_kept(i, s) == '\0')
        html_raw(h, "Nothing");
    else if (s->kind != STEP_COST)
        html_text(h, idea_kept(i, s));
    else if (i->cost_guess > 0)
        html_money(h, i->cost_guess);
    else
        html_raw(h, "No guess");
    if (s->kind == STEP_YOU && *i->proposer != '\0')
        html_text(h, i->texts ? ". We text you when there is an answer."
                              : ". You look here for an answer.");
    html_raw(h, "</dd>");
    if (idea_may_change(i)) {
        html_raw(h, "<dd class=\"govuk-summary-list__actions\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/ideas/%s/%s", r->segment[0], s->name);
        html_raw(h, ">Change<span class=\"govuk-visually-hidden\"> ");
        html_text(h, s->short_name);
        html_raw(h, "</span></a></dd>");
    }
    html_raw(h, "</div>\n");
}

static void summary(struct html *h, struct request *r, const struct idea *i)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">What you wrote</h2>\n"
                "<dl class=\"govuk-summary-list\">\n");
    const struct idea_form *form = idea_form_of(i->kind);
    for (int n = 0; n < form->steps; n++)
        row(h, r, i, &form->step[n]);
    html_raw(h, "</dl>\n");
}

static const char *noun_of(const struct idea *i)
{
    return idea_form_of(i->kind)->noun;
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
    html_raw(h, "<p class=\"govuk-body\">It is saved, and not sent yet.</p>\n");
    if (missing != NULL) {
        kit_start(h, arena_fmt(&r->arena, "/ideas/%s/%s", r->segment[0], missing->name),
                  "Go on writing");
        return;
    }
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "send");
    form_button(h, arena_fmt(&r->arena, "Send your %s", noun_of(i)));
    form_end(h);
}

static void asked_part(struct html *h, struct request *r, const struct form_errors *e)
{
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "answer");
    form_input(h, e,
               &(struct form_input){.name = "answer",
                                    .label = "Your answer",
                                    .hint = "Up to 1,000 characters. You can change what you wrote "
                                            "below, too.",
                                    .value = request_field(r, "answer"),
                                    .rows = 6});
    form_button(h, "Send your answer");
    form_end(h);
}

static const char *message_title(const char *kind)
{
    if (strcmp(kind, "question") == 0)
        return "An officer asks";
    if (strcmp(kind, "answer") == 0)
        return "You answered";
    return strcmp(kind, "merge") == 0 ? "It is the same as" : "Why it cannot be done";
}

static void conversation(struct html *h, const struct idea_messages *all)
{
    char when[64];
    for (int n = 0; n < all->n; n++) {
        const struct idea_message *m = &all->message[n];
        html_raw(h, "<section class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
        html_text(h, message_title(m->kind));
        html_raw(h, "</h2><p class=\"govuk-body wm-lines\">");
        html_text(h, m->words);
        html_raw(h, "</p><p class=\"wm-when\">");
        when_text(when_minute(m->at), when);
        html_text(h, when);
        html_raw(h, "</p></section>\n");
    }
}

static const char *title_of(struct arena *a, const struct idea *i)
{
    static const struct {
        const char *state, *before, *after; /* the noun stands between */
    } titles[] = {
        {"sent", "Your ", " is with us"},
        {"asked", "We have a question about your ", ""},
        {"shortlisted", "Your ", " becomes a project"},
        {"accepted", "Your ", " goes into the agreement"},
        {"merged", "Your ", " goes on with another"},
        {"refused", "Your ", " cannot be done"},
        {"taken_back", "You took your ", " back"},
    };
    for (size_t n = 0; n < sizeof titles / sizeof *titles; n++) {
        if (strcmp(titles[n].state, i->state) == 0)
            return arena_fmt(a, "%s%s%s", titles[n].before, noun_of(i), titles[n].after);
    }
    return arena_fmt(a, "Your %s", noun_of(i));
}

/* What its provider said, once the edition was put forward. */
static void answer_words(struct html *h, const struct idea *i)
{
    html_raw(h, " ");
    html_text(h, i->provider);
    if (strcmp(i->pledge_state, "accepted") == 0) {
        html_raw(h, " accepted it.");
    } else if (strcmp(i->pledge_state, "declined") == 0) {
        html_raw(h, " declined it: ");
        html_text(h, i->pledge_reason);
    } else {
        html_raw(h, " accepted it in other words: ");
        html_text(h, i->pledge_reason);
    }
}

static void accepted_part(struct html *h, struct request *r, const struct idea *i)
{
    html_raw(h, "<p class=\"govuk-body\">");
    if (strcmp(i->edition_state, "draft") == 0) {
        html_raw(h, "It is in the draft of the next agreement of ");
        html_text(h, i->area);
        html_raw(h, ". We ask ");
        html_text(h, i->provider);
        html_raw(h, " whether they promise it. You read the answer here once the agreement is put "
                    "forward.");
    } else {
        html_raw(h, "It is in ");
        kit_link(h,
                 arena_fmt(&r->arena, "/neighbourhoods/%s/agreement/%d", i->area_slug, i->edition),
                 arena_fmt(&r->arena, "edition %d of the agreement", i->edition));
        html_raw(h, ".");
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
        html_raw(h, "<p class=\"govuk-body\">The officers of ");
        html_text(h, i->area);
        html_raw(h, " read it, and answer here.</p>\n");
    } else if (strcmp(i->state, "accepted") == 0) {
        accepted_part(h, r, i);
    } else if (strcmp(i->state, "merged") == 0) {
        html_raw(h, "<p class=\"govuk-body\">Somebody else had the same idea, ");
        html_text(h, i->kept_by);
        html_raw(h, ". What becomes of it holds for yours too.</p>\n");
    } else if (strcmp(i->state, "shortlisted") == 0 && *i->round_slug != '\0') {
        html_raw(h, "<p class=\"govuk-body\">It is ");
        kit_link(h, arena_fmt(&r->arena, "/rounds/%s/%04d", i->round_slug, (int)i->project),
                 arena_fmt(&r->arena, "project %04d", (int)i->project));
        html_raw(h, ", which residents can vote for.</p>\n");
    } else if (strcmp(i->state, "shortlisted") == 0) {
        html_raw(h, "<p class=\"govuk-body\">An officer is preparing it for a vote. You find it "
                    "here once the vote is announced.</p>\n");
    }
}

static void private_address(struct html *h, const struct request *r, const struct idea *i)
{
    html_raw(h, "<div class=\"govuk-inset-text\"><p class=\"govuk-body\">The address of this page "
                "is yours alone. Keep it to come back:</p><p class=\"govuk-body wm-address\">");
    html_textf(h, "%s/ideas/%s", settings.public_url, r->segment[0]);
    html_raw(h, "</p><p class=\"govuk-body\">When you call us about it, say <strong>");
    html_text(h, i->reference);
    html_raw(h, "</strong>.</p></div>\n");
}

static void take_back_form(struct html *h, struct request *r, const struct idea *i)
{
    bool draft = strcmp(i->state, "draft") == 0;
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_text(h,
              draft ? "Delete this draft" : arena_fmt(&r->arena, "Take your %s back", noun_of(i)));
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><p class=\"govuk-body\">");
    html_text(h, draft ? "It is gone for good."
                       : "Nobody decides it any more. Your name and number "
                         "are erased.");
    html_raw(h, "</p>");
    form_begin(h, arena_fmt(&r->arena, "/ideas/%s", r->segment[0]));
    form_hidden(h, "do", "take_back");
    html_raw(h, "<button class=\"govuk-button govuk-button--warning\" type=\"submit\">");
    html_text(h, draft ? "Delete it" : "Take it back");
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
    struct layout l = {
        .kind = LAYOUT_RESIDENT, .title = title_of(&r->arena, i), .has_error = e->n > 0};
    layout_begin(&h, &l);
    form_summary(&h, e);
    if (*i->title != '\0')
        kit_title_caption(&h, i->title, l.title);
    else
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
        form_error(&e, "answer", "Enter your answer, of at most 1,000 characters");
        show_idea(r, db, i, &e);
    } else if (strcmp(word, "gone") == 0) {
        kit_message_page(r, 200, "Your draft is deleted", "Nothing of it is kept.",
                         idea_form_of(i->kind)->path, "Begin another");
    } else {
        response_redirect(r, "/ideas/%s", r->segment[0]);
    }
    return HANDLED;
}
