/* desk_view.c: what the desk's pages share. */
#include "server/desk_view.h"

#include "common/log.h"
#include "server/response.h"
#include "server/routes.h"
#include "server/session.h"

void desk_begin(struct desk_page *p, struct request *r, const char *title, const char *back,
                const char *back_text, const struct form_errors *errors)
{
    char *token = NULL;
    if (r->has_officer) {
        token = arena_alloc(&r->arena, SESSION_TOKEN_LEN + 1);
        session_token(r, token);
        if (back != NULL && strncmp(back, "/desk/", 6) == 0 && !desk_may(r, "GET", back)) {
            back = "/desk";
            back_text = "My rounds";
        }
    }
    p->h = html_new();
    p->layout = (struct layout){
        .kind = LAYOUT_DESK,
        .title = title,
        .has_error = errors != NULL && errors->n > 0,
        .back_path = back,
        .back_text = back_text,
        .form_token = token,
        .roles = r->has_officer ? r->officer.roles : 0,
        .practice = r->practice,
    };
    layout_begin(&p->h, &p->layout);
    form_summary(&p->h, errors);
}

void desk_end(struct desk_page *p, struct request *r, int status)
{
    layout_end(&p->h, &p->layout);
    response_html(r, status, &p->h);
}

void desk_column_begin(struct html *h)
{
    html_raw(h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
}

void desk_column_end(struct html *h)
{
    html_raw(h, "</div></div>\n");
}

void desk_tag(struct html *h, enum desk_phase phase)
{
    switch (phase) {
    case DESK_DRAFT:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Draft</strong>");
        break;
    case DESK_REVIEW:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--purple\">In review</strong>");
        break;
    case DESK_APPROVED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--purple\">Approved</strong>");
        break;
    case DESK_SCHEDULED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">Scheduled</strong>");
        break;
    case DESK_OPEN:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Open</strong>");
        break;
    case DESK_CLOSED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Closed</strong>");
        break;
    case DESK_TO_COUNT:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">To be counted</strong>");
        break;
    case DESK_COUNTED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">Counted</strong>");
        break;
    case DESK_RESULT_REVIEW:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--purple\">Result in review</strong>");
        break;
    case DESK_EMBARGOED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">Result to come</strong>");
        break;
    case DESK_PUBLISHED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--turquoise\">Published</strong>");
        break;
    case DESK_ARCHIVED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Archived</strong>");
        break;
    }
}

void desk_change_tag(struct html *h, enum change_state state)
{
    switch (state) {
    case CHANGE_WAITING:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--purple\">Asked</strong>");
        break;
    case CHANGE_GRANTED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Granted</strong>");
        break;
    case CHANGE_REFUSED:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Refused</strong>");
        break;
    case CHANGE_TAKEN_BACK:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Taken back</strong>");
        break;
    }
}

static void grant_button(struct html *h, const char *value, const char *text, bool second)
{
    html_raw(h, "<button type=\"submit\" name=\"grant\"");
    html_attr(h, "value", value);
    html_attr(h, "class", second ? "govuk-button govuk-button--secondary" : "govuk-button");
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</button>");
}

enum { CHOICES_MAX = 200 }; /* as many as a round has */

void desk_choose_proposal(struct html *h, struct request *r, const struct form_errors *e,
                          const struct desk_round *round, const char *chosen)
{
    struct form_choice choices[CHOICES_MAX + 1] = {{.value = "", .label = "Choose a proposal"}};
    int n = 1;
    for (int i = 0; i < round->proposals && n <= CHOICES_MAX; i++) {
        const struct desk_proposal *p = &round->proposal[i];
        const char *value = arena_fmt(&r->arena, "%04d", p->number);
        if (p->published)
            choices[n++] =
                (struct form_choice){.value = value,
                                     .label = arena_fmt(&r->arena, "%s %s", value, p->title),
                                     .chosen = strcmp(value, chosen) == 0};
    }
    form_select(h, e, "number", "Proposal", choices, n);
}

void desk_not_changed(struct request *r, const char *path, const char *list, const char *outcome,
                      const char *detail)
{
    struct form_errors e = {.n = 0};
    struct desk_page p;
    form_error(&e, "main", desk_refusal(r, outcome, detail));
    desk_begin(&p, r, list, path, list, &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">That was not changed</h1>\n");
    desk_end(&p, r, 409);
}

void desk_decide_form(struct html *h, struct request *r, const char *path, bool mine,
                      const char *text)
{
    if (!desk_may(r, "POST", path))
        return;
    form_begin(h, path);
    form_token(h, r);
    html_raw(h, "<div class=\"govuk-button-group wm-after\">");
    if (mine) {
        grant_button(h, "no", "Take back", true);
    } else {
        grant_button(h, "yes", text, false);
        grant_button(h, "no", "Refuse", true);
    }
    html_raw(h, "</div>");
    form_end(h);
}

void desk_task_begin(struct html *h, const char *path, const char *text, enum desk_phase phase)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attr(h, "href", path);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a>");
    desk_tag(h, phase);
    html_raw(h, "<p>");
}

void desk_task_end(struct html *h)
{
    html_raw(h, "</p></div>\n");
}

void desk_fact(struct html *h, const char *term, int64_t value)
{
    html_raw(h, "<div><dt>");
    html_text(h, term);
    html_raw(h, "</dt><dd>");
    html_number(h, value);
    html_raw(h, "</dd></div>");
}

void desk_channels(struct html *h, const struct desk_turnout *t)
{
    desk_fact(h, "On the web", t->web);
    desk_fact(h, "By text", t->texts);
    if (t->paper > 0)
        desk_fact(h, "On paper", t->paper);
    if (t->assisted > 0)
        desk_fact(h, "Assisted", t->assisted);
}

void desk_row_begin(struct html *h, const char *term)
{
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(h, term);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
}

void desk_row_end(struct html *h)
{
    html_raw(h, "</dd></div>\n");
}

void desk_turnout_words(struct html *h, const struct desk_turnout *t)
{
    html_number(h, desk_turnout_all(t));
    html_raw(h, " of ");
    html_number(h, t->eligible);
    html_raw(h, " voted: ");
    html_number(h, t->web);
    html_raw(h, " on the web, ");
    html_number(h, t->texts);
    html_raw(h, " by text");
    if (t->paper > 0) {
        html_raw(h, ", ");
        html_number(h, t->paper);
        html_raw(h, " on paper");
    }
    if (t->assisted > 0) {
        html_raw(h, ", ");
        html_number(h, t->assisted);
        html_raw(h, " assisted");
    }
    html_raw(h, ".");
}

void desk_when(struct html *h, int64_t unix_us)
{
    char words[64];
    when_text(unix_us, words);
    html_text(h, words);
}

bool desk_may(struct request *r, const char *method, const char *path)
{
    return routes_may(&r->arena, method, path, r->officer.here);
}

static void button(struct html *h, struct request *r, const char *path, const char *text,
                   void (*write)(struct html *h, const char *text))
{
    if (!desk_may(r, "POST", path))
        return;
    form_begin(h, path);
    form_token(h, r);
    write(h, text);
    form_end(h);
}

void desk_button(struct html *h, struct request *r, const char *path, const char *text)
{
    button(h, r, path, text, form_button);
}

void desk_button_second(struct html *h, struct request *r, const char *path, const char *text)
{
    button(h, r, path, text, form_button_second);
}

void desk_came_back(struct html *h, const struct desk_round *round)
{
    if (round->note[0] == '\0')
        return;
    html_raw(h, "<div class=\"govuk-inset-text\"><p class=\"govuk-body\"><strong>Sent back by ");
    html_text(h, round->note_by);
    html_raw(h, ":</strong> ");
    html_text(h, round->note);
    html_raw(h, "</p></div>\n");
}

void desk_asked_by(struct html *h, const struct desk_round *round, const char *waits)
{
    html_raw(h, "<p class=\"govuk-body-l\">");
    if (round->mine) {
        html_raw(h, "This is your own work: it waits until another officer ");
        html_text(h, waits);
    } else {
        html_text(h, round->asked_by);
        html_text(h, " sent it for approval. Read all of it: you are the second pair of eyes");
    }
    html_raw(h, ".</p>\n");
}

bool desk_before(struct request *r, int32_t *before)
{
    int64_t given = 0;
    bool good = *request_field(r, "before") == '\0' ||
                parse_int(request_field(r, "before"), 1, INT32_MAX, &given);
    *before = (int32_t)given;
    if (!good)
        response_error(r, 404);
    return good;
}

void desk_older(struct html *h, int32_t before)
{
    html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "?before=%d", (int)before);
    html_raw(h, ">Older wordings</a></p>\n");
}

void desk_fold_begin(struct html *h, const char *summary, bool open)
{
    html_raw(h, "<details class=\"govuk-details\"");
    html_raw_bytes(h, " open", open ? sizeof " open" - 1 : 0);
    html_raw(h, "><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_text(h, summary);
    html_raw(h, "</span></summary><div class=\"govuk-details__text\">");
}

void desk_fold_end(struct html *h)
{
    html_raw(h, "</div></details>\n");
}

static void return_fields(struct html *h, struct request *r, const struct form_errors *e,
                          const struct desk_round *round, const char *button)
{
    form_begin(h, arena_fmt(&r->arena, "/desk/rounds/%s/return", round->slug));
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "note",
                                    .label = "What should change",
                                    .hint = "Your colleagues read it. Up to 400 characters.",
                                    .value = e->n > 0 ? request_field(r, "note") : "",
                                    .rows = 3});
    form_button(h, button);
    form_end(h);
}

void desk_return_form(struct html *h, struct request *r, const struct desk_round *round,
                      const char *text)
{
    static const struct form_errors none = {.n = 0};
    if (!desk_may(r, "POST", arena_fmt(&r->arena, "/desk/rounds/%s/return", round->slug)))
        return;
    desk_fold_begin(h, text, false);
    return_fields(h, r, &none, round, text);
    desk_fold_end(h);
}

void desk_return_again(struct request *r, const struct desk_round *round)
{
    struct form_errors e = {.n = 0};
    struct desk_page p;
    form_error(&e, "note", desk_refusal(r, "note", ""));
    desk_begin(&p, r, "Send back", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Nothing was sent back</h1>\n");
    return_fields(&p.h, r, &e, round, "Send back with this note");
    desk_end(&p, r, 422);
}

/* Outcomes of the desk's functions, and what an officer should know. %s is the detail. */
static const struct {
    const char *outcome, *words;
    bool detail;
} refusals[] = {
    {"not_cast", "Not every ballot was taken. Look at how many stand, and make up the rest", false},
    {"no_dates", "Set the dates on which voting opens and closes", false},
    {"opens_past", "The opening lies in the past. Choose a later one", false},
    {"edition", "Choose the proposed edition of the agreement to vote on", false},
    {"no_question", "The question is missing. Save the round again", false},
    {"no_pot", "Name a pot and its amount", false},
    {"no_proposals", "Publish at least one proposal", false},
    {"pot_empty", "No published proposal draws on the pot: ", true},
    {"pot_least", "Fewer proposals draw on this pot than people must choose from it: ", true},
    {"least", "People must choose more proposals than there are", false},
    {"pots_most", "The pots together ask for more choices than a person may make", false},
    {"over_cap", "Proposal ", true},
    {"exclusion_one", "Its group of which only one can win holds no other proposal: ", true},
    {"exclusion_pots", "Proposals of which only one can win must draw on the same pot: ", true},
    {"too_dear", "A proposal costs more than its pot: ", true},
    {"number_clash", "Another round uses the same proposal number at that time: ", true},
    {"frozen", "This round is scheduled: nothing in it changes any more", false},
    {"in_review", "This round is in review or approved. Send it back to draft to change it", false},
    {"state", "This round has moved on since you opened the page. Here is where it stands now",
     false},
    {"not_approved", "A second officer has to approve this round before it can be scheduled",
     false},
    {"own", "You sent this for approval yourself. Another officer has to approve it", false},
    {"note", "Say in up to 400 characters what should change", false},
    {"reason", "Give a reason, in up to 400 characters", false},
    {"waiting", "The same was asked for already and waits for another officer", false},
    {"decided", "Another officer has decided this already", false},
    {"closed", "Voting is over: it cannot be made longer, and nothing can be withdrawn", false},
    {"closes_gap", "The clocks go forward over this time. Choose another", false},
    {"closes_twice", "The clocks go back and show this time twice. Choose another", false},
    {"not_later", "The new close must be later than the one that stands", false},
    {"no_proposal", "Choose a proposal of this round", false},
    {"question", "A yes or no question cannot be withdrawn", false},
    {"withdrawn", "This proposal is withdrawn already", false},
    {"last_proposal", "No other proposal would be left", false},
    {"no_ballot", "No ballot of this round has this receipt, or comes from this code", false},
    {"replaced", "The same voter has voted again since: ask about their latest ballot", false},
    {"taken_back", "The voter has withdrawn this ballot", false},
    {"voided", "This is void already", false},
    {"decision", "Choose what the council decided", false},
    {"decision_reason", "Give the reason, in up to 1,000 characters", false},
    {"body", "Say who of the council decided, in up to 120 characters", false},
    {"day", "Enter the day on which it was decided: after the vote closed, and not in the future",
     false},
    {"no_paper", "No paper is handed in for this round, or voting in it is over", false},
    {"practice", "Practice is not published, and real rounds are not practised on", false},
    {"many", "Enter a number, 1 to 500; a practice round holds 2,000 ballots", false},
    {"waits", "A correction of this result waits for another officer already", false},
    {"too_late",
     "The result has been final for so long that the ballots’ choices are erased: it cannot be "
     "counted again",
     false},
    {"not_found", "There is no such thing in the areas that you look after", false},
    {"unbalanced",
     "The books do not balance: the ballots that are stored are not those that were counted. Do "
     "not "
     "publish it; ask who looks after the database",
     false},
    {"not_counted", "This round is not counted yet", false},
    {"not_submitted", "Nobody has sent this result for approval yet", false},
    {"at_gap", "The clocks go forward over this time. Choose another", false},
    {"at_twice", "The clocks go back and show this time twice. Choose another", false},
    {"at_past", "This lies in the past. Choose a later time, or publish it now", false},
    {"at_far", "This is more than 90 days away. Choose an earlier day", false},
    {"at_correction", "A correction is published at once", false},
    {"not_closed", "Voting, or the time for late texts, is not over yet", false},
    {"texts_waiting", "Some texts that came in time are not processed yet. Try again in a minute",
     false},
    {"place", "Enter a place, in at most 120 characters", false},
    {"ballots", "Enter a number, 1 to 5,000", false},
    {"collected", "The batch must have been collected while the round was open", false},
    {"collected_future", "This lies in the future", false},
    {"collected_gap", "The clocks go forward over this time. Choose another", false},
    {"collected_twice", "The clocks go back and show this time twice. Choose another", false},
    {"paper_waiting", "Some batches of paper ballots are not reconciled yet", false},
    {"changed", "Ballots were typed in or declared void while the count ran. Count again", false},
    {"counted", "This round has been counted already", false},
    {"draft", "This round is still a draft", false},
    {"bulk_over", "It is too late for this text", false},
    {"bulk_short", "This round has no such text", false},
    {"count_failed",
     "The counting program did not come back with a result. Nothing was changed. "
     "Tell whoever looks after the service",
     false},
};

const char *desk_refusal(struct request *r, const char *outcome, const char *detail)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (strcmp(refusals[i].outcome, outcome) == 0)
            return arena_fmt(&r->arena, "%s%s", refusals[i].words,
                             refusals[i].detail ? detail : "");
    }
    log_bug("no words for outcome %.40s", outcome);
    return "That did not work. Nothing was changed";
}
