/* page_desk_round.c: /desk/rounds/:slug, one round: where it stands, what is next, all about it;
 * its way to the next state is in page_desk_states.c. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/practice_show.h"
#include "server/response.h"
#include "server/round_form.h"
#include "server/routes.h"
#include "server/tr.h"

/* --- what is next ------------------------------------------------------------------------- */
/* A step of making a round. `done`: a tick's words instead of what is missing. */
static void step(struct html *h, const char *path, const char *text, bool done, const char *words)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attr(h, "href", path);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a>");
    if (done)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Done</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">To do</strong>");
    html_raw(h, "<p>");
    html_text(h, words);
    html_raw(h, "</p></div>\n");
}

/* Says what keeps a round from going on; false: nothing does. */
static bool hindered(struct html *h, struct request *r, const struct desk_round *round,
                     const char *lead)
{
    if (round->hindrance[0] == '\0')
        return false;
    html_raw(h, "<p class=\"govuk-body wm-after\"><strong>");
    html_text(h, lead);
    html_raw(h, "</strong> ");
    html_text(h, desk_refusal(r, round->hindrance, round->hindrance_detail));
    html_raw(h, ".</p>\n");
    return true;
}

static bool by_code(const struct desk_round *round)
{
    return strcmp(round->terms.eligibility, "code") == 0;
}

/* Nobody may vote yet. With mobile numbers, voters come by themselves. */
static bool needs_voters(const struct desk_round *round)
{
    return round->turnout.eligible == 0 &&
           (by_code(round) || strcmp(round->terms.eligibility, "register") == 0);
}

static void voters_step(struct html *h, struct request *r, const struct desk_round *round)
{
    if (desk_is_practice(&round->terms) || strcmp(round->terms.eligibility, "phone") == 0)
        return;
    int64_t n = round->turnout.eligible;
    step(h, by_code(round) ? "/desk/codes" : "/desk/registers",
         by_code(round) ? "Voting codes" : "Who may vote", n > 0,
         arena_fmt(&r->arena, "%s %s in %s%s %s the right to vote.", kit_thousands(&r->arena, n),
                   n == 1 ? "person or home" : "people or homes", place_the(round->area),
                   round->area, n == 1 ? "has" : "have"));
}

static void submit_step(struct html *h, struct request *r, const struct desk_round *round)
{
    if (hindered(h, r, round, "Before you can send it for review:"))
        return;
    html_raw(h, "<p class=\"govuk-body wm-after\">");
    html_text(h, !needs_voters(round) ? "Everything is there."
                 : by_code(round)
                     ? "Only voting codes are missing. They can be issued until voting opens."
                     : "Only its voters are missing. They can be added until voting opens.");
    html_raw(h, " Another officer reads and approves it; until then nothing in it changes.</p>\n");
    desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/review", round->slug),
                "Send for review");
}

static void review_steps(struct html *h, struct request *r, const struct desk_round *round)
{
    desk_asked_by(h, round, "approves it");
    if (!round->mine)
        desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/approve", round->slug), "Approve");
    desk_return_form(h, r, round, "Send back to draft");
}

static void schedule_steps(struct html *h, struct request *r, const struct desk_round *round)
{
    if (!hindered(h, r, round, "It cannot be scheduled as it is:")) {
        html_raw(h, "<p class=\"govuk-body-l\">Approved. Once scheduled, nothing changes any more: "
                    "rules, prices and dates are published with a fingerprint, and voting opens "
                    "and closes by itself.</p>\n");
        desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/schedule", round->slug),
                    "Schedule this round");
    }
    desk_return_form(h, r, round, "Send back to draft");
}

static void link_to(struct html *h, struct request *r, const char *path, const char *text)
{
    if (strncmp(path, "/desk", 5) == 0 && !desk_may(r, "GET", path))
        return;
    html_raw(h, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_attr(h, "href", path);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></p>\n");
}

static void draft_steps(struct html *h, struct request *r, const struct desk_round *round)
{
    bool question = strcmp(round->kind, "yes_no") == 0;
    desk_came_back(h, round);
    if ((r->officer.here & ROLE_WARD_OFFICER) == 0) {
        html_raw(h, "<p class=\"govuk-body\">Its ward officers are writing it.</p>\n");
        return;
    }
    bool set = round->opens_at != DB_NO_TIME && round->closes_at != DB_NO_TIME &&
               (question ? round->edition != 0 : round->pots > 0);
    step(h, arena_fmt(&r->arena, "/desk/rounds/%s/edit", round->slug),
         question ? "Area, dates and question" : "Area, dates and money", set,
         set ? "You can change them until it goes for review." : "Set dates and the rest.");
    if (!question)
        step(h, arena_fmt(&r->arena, "/desk/rounds/%s/proposals", round->slug), "Write a proposal",
             round->published > 0,
             arena_fmt(&r->arena, "%d published, %d in draft.%s", round->published, round->drafts,
                       round->drafts > 0 ? " Drafts are left out of the vote." : ""));
    voters_step(h, r, round);
    if (!question)
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/import", round->slug),
                "Add proposals from a spreadsheet");
    link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/preview", round->slug),
            "Let others read the draft");
    submit_step(h, r, round);
}

static void sentence(struct html *h, const char *words, int64_t at, const char *end)
{
    html_raw(h, "<p class=\"govuk-body-l\">");
    html_text(h, words);
    desk_when(h, at);
    html_text(h, end);
    html_raw(h, "</p>\n");
}

void desk_count_ended(struct html *h, struct request *r, const struct count_state *count)
{
    html_raw(h, "<p class=\"govuk-inset-text\">The count that ");
    html_text(h, count->asked_by);
    html_raw(h, " asked for at ");
    desk_when(h, count->asked_at);
    html_raw(h, " came to no result. ");
    html_text(h, desk_refusal(r, count->outcome, ""));
    html_raw(h, ".</p>\n");
}

static void to_count_step(struct html *h, struct request *r, const struct desk_round *round)
{
    if (round->count != NULL && round->count->running) {
        html_raw(h, "<p class=\"govuk-body-l\">The votes are being counted.</p>\n");
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug), "How far it is");
        return;
    }
    if (round->count != NULL)
        desk_count_ended(h, r, round->count);
    sentence(h, "Voting closed at ", round->closes_at, ". It can be counted now.");
    desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/count", round->slug),
                "Count the votes");
}

static void open_step(struct html *h, struct request *r, const struct desk_round *round)
{
    sentence(h, "Voting closes by itself at ", round->closes_at, ".");
    html_raw(h, "<p class=\"govuk-body\">The desk shows how many voted. What they chose, it "
                "does not show before the count.</p>\n");
    if (desk_is_practice(&round->terms))
        practice_form(h, r, round);
}

static void published_steps(struct html *h, struct request *r, const struct desk_round *round)
{
    html_raw(h, "<p class=\"govuk-body-l\">The result is public.</p>\n");
    link_to(h, r, arena_fmt(&r->arena, "/rounds/%s/result", round->slug),
            "The result as residents see it");
    if (strcmp(round->kind, "yes_no") != 0) {
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/decisions", round->slug),
                "What the council decided on each proposal");
        link_to(h, r, "/desk/delivery", "What became of the funded projects");
    }
    link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
            "The count, and correcting it");
    if (round->phase == DESK_PUBLISHED)
        desk_button_second(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/archive", round->slug),
                           "Archive this round");
}

/* What else an officer does with a round. */
static void also(struct html *h, struct request *r, const struct desk_round *round)
{
    bool frozen = desk_is_frozen(round->phase), real = !desk_is_practice(&round->terms);
    html_raw(h, "<h2 class=\"govuk-heading-m\">Also</h2>\n");
    if (frozen && real)
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/paper", round->slug), "Paper ballots");
    if (round->phase == DESK_OPEN && real)
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/assisted", round->slug),
                "Assisted vote");
    if (frozen)
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/changes", round->slug),
                round->phase == DESK_SCHEDULED || round->phase == DESK_OPEN
                    ? "Close later, withdraw a proposal, declare a ballot void"
                    : "Changes, and declaring a ballot void");
    if (real)
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/texts", round->slug),
                "Texts to those who asked for them");
    link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/translations", round->slug),
            "What is voted on, in other languages");
}

static void next_step(struct html *h, struct request *r, const struct desk_round *round)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Next</h2>\n");
    switch (round->phase) {
    case DESK_DRAFT:
        draft_steps(h, r, round);
        break;
    case DESK_REVIEW:
        review_steps(h, r, round);
        break;
    case DESK_APPROVED:
        schedule_steps(h, r, round);
        break;
    case DESK_SCHEDULED:
        sentence(h, "Voting opens by itself at ", round->opens_at, ".");
        if (!desk_is_practice(&round->terms))
            link_to(h, r, "/desk/codes", "Issue voting codes");
        break;
    case DESK_OPEN:
        open_step(h, r, round);
        break;
    case DESK_CLOSED:
        sentence(h, "Voting is over. Texts that were sent in time may still arrive: count it from ",
                 round->count_from, ".");
        break;
    case DESK_TO_COUNT:
        to_count_step(h, r, round);
        break;
    case DESK_COUNTED:
        if (desk_is_practice(&round->terms)) {
            link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
                    "See the result");
            break;
        }
        html_raw(h, "<p class=\"govuk-body-l\">Counted. Nothing is public until a second officer "
                    "publishes it.</p>\n");
        desk_came_back(h, round);
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
                "See the result and send it for approval");
        break;
    case DESK_RESULT_REVIEW:
        desk_asked_by(h, round, "publishes it");
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
                round->mine ? "See the result" : "See the result and publish it");
        break;
    case DESK_EMBARGOED:
        sentence(h, "The result is approved. It becomes public at ", round->public_at,
                 ", by itself.");
        link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
                "See the result; publish it earlier, or call it off");
        break;
    case DESK_PUBLISHED:
    case DESK_ARCHIVED:
        published_steps(h, r, round);
        break;
    }
}

/* --- facts -------------------------------------------------------------------------------- */
static void turnout(struct html *h, struct request *r, const struct desk_round *round)
{
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "May vote", round->turnout.eligible);
    desk_fact(h, "Voted", desk_turnout_all(&round->turnout));
    desk_channels(h, &round->turnout);
    if (round->turnout.voided > 0)
        desk_fact(h, "Declared void", round->turnout.voided);
    html_raw(h, "</dl>\n");
    link_to(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/monitor", round->slug),
            "How the vote goes, by day and neighbourhood");
}

static void ballot_row(struct html *h, const struct desk_round *round)
{
    const struct desk_terms *t = &round->terms;
    desk_row_begin(h, "Ballot");
    if (strcmp(round->kind, "knapsack") == 0)
        html_raw(h, "Choose any proposals that fit the pot together");
    else if (strcmp(round->kind, "approval") == 0)
        html_textf(h, "Choose %d to %d proposals", t->min_picks, round->max_picks);
    else if (strcmp(round->kind, "ranking") == 0)
        html_textf(h, "Put %d to %d proposals in order", t->min_picks, round->max_picks);
    else if (strcmp(round->kind, "points") == 0)
        html_textf(h, "Share out %d points, at most %d to one proposal", t->points_sum,
                   t->points_max);
    else
        html_raw(h, "Yes or no");
    if (t->blank_allowed)
        html_raw(h, ". It may be left blank");
    desk_row_end(h);
}

static void voters_row(struct html *h, const struct desk_terms *t)
{
    desk_row_begin(h, "Voters");
    if (strcmp(t->eligibility, "code") == 0)
        html_raw(h, "With a voting code from a letter");
    else if (strcmp(t->eligibility, "phone") == 0)
        html_raw(h, "One for each mobile number");
    else if (desk_is_practice(t))
        html_raw(h, "Nobody: this is practice");
    else
        html_raw(h, "On a list that the council imported");
    if (t->minimum_age > 0)
        html_textf(h, ". They declare that they are %d or older", t->minimum_age);
    if (strcmp(t->residence, "none") != 0)
        html_text(h, strcmp(t->residence, "postcode") == 0 ? ". They declare their postcode"
                                                           : ". They declare their neighbourhood");
    desk_row_end(h);
}

static void pot_rows(struct html *h, const struct desk_round *round)
{
    for (int i = 0; i < round->pots; i++) {
        const struct desk_pot *pot = &round->pot[i];
        desk_row_begin(h, pot->name);
        html_money(h, pot->amount);
        if (pot->min_picks > 0)
            html_textf(h, ", at least %d to be chosen", pot->min_picks);
        if (pot->max_picks > 0)
            html_textf(h, ", at most %d to be chosen", pot->max_picks);
        desk_row_end(h);
    }
    if (round->terms.carry || round->terms.cap_percent > 0) {
        desk_row_begin(h, "Limits");
        if (round->terms.cap_percent > 0)
            html_textf(h, "One proposal takes at most %d%% of its pot. ", round->terms.cap_percent);
        if (round->terms.carry)
            html_raw(h, "What a pot leaves goes on to the next.");
        desk_row_end(h);
    }
}

static void date_row(struct html *h, const char *term, int64_t at)
{
    desk_row_begin(h, term);
    if (at == DB_NO_TIME)
        html_raw(h, "Not set");
    else
        desk_when(h, at);
    desk_row_end(h);
}

static void rules_row(struct html *h, struct request *r, const struct desk_round *round)
{
    desk_row_begin(h, "Rules");
    html_raw(h, "<a class=\"govuk-link\"");
    html_attr(h, "href", arena_fmt(&r->arena, "/rounds/%s/rules", round->slug));
    html_raw(h, ">As frozen and published</a><br><span class=\"wm-type\">");
    struct buf hex = buf_new(2 * sizeof round->rules_sha256);
    buf_hex(&hex, round->rules_sha256, sizeof round->rules_sha256);
    html_text(h, buf_str(&hex));
    buf_free(&hex);
    html_raw(h, "</span>");
    desk_row_end(h);
}

static void facts(struct html *h, struct request *r, const struct desk_round *round)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">The round</h2>\n<dl class=\"govuk-summary-list\">");
    desk_row_begin(h, "Area");
    html_text(h, round->area);
    desk_row_end(h);
    if (round->about[0] != '\0') {
        desk_row_begin(h, "About");
        html_text(h, round->about);
        desk_row_end(h);
    }
    date_row(h, "Opens", round->opens_at);
    date_row(h, "Closes", round->closes_at);
    desk_row_begin(h, "Late texts");
    if (round->grace_minutes == 0)
        html_raw(h, "A text must arrive before the close");
    else
        html_textf(h, "A text that was sent in time counts if it arrives within %d minutes",
                   round->grace_minutes);
    desk_row_end(h);
    voters_row(h, &round->terms);
    ballot_row(h, round);
    if (strcmp(round->kind, "yes_no") != 0) {
        desk_row_begin(h, "Counted");
        html_text(h, round_method_words(round->terms.method));
        const char *completion = round_completion_of(round->terms.method);
        if (completion != NULL)
            html_textf(h, ". Money that is left: %s", round_completion_words(completion));
        desk_row_end(h);
    }
    desk_row_begin(h, "Minimum");
    if (round->minimum_votes == 0)
        html_raw(h, "None");
    else
        html_textf(h, "%d votes", round->minimum_votes);
    desk_row_end(h);
    pot_rows(h, round);
    if (round->edition != 0) {
        desk_row_begin(h, "Agreement");
        html_text(h, round->edition_title);
        desk_row_end(h);
    }
    if (desk_is_frozen(round->phase))
        rules_row(h, r, round);
    html_raw(h, "</dl>\n");
}

/* --- proposals ---------------------------------------------------------------------------- */
static void proposal_item(struct html *h, struct request *r, const struct desk_round *round,
                          const struct desk_proposal *p)
{
    bool question = p->pot == 0;
    html_raw(h, "<li class=\"wm-project\"><div>");
    kit_number(h, p->number);
    html_raw(h, "</div><div><h3>");
    if (question)
        html_text(h, p->title);
    else
        kit_link(h,
                 arena_fmt(&r->arena, "/desk/proposals/%s/%04d%s", round->slug, p->number,
                           round->phase == DESK_DRAFT && (r->officer.here & ROLE_WARD_OFFICER) != 0
                               ? ""
                               : "/preview"),
                 p->title);
    html_raw(h, "</h3><p class=\"wm-row\"><span>");
    html_text(h, p->withdrawn ? "Withdrawn" : p->published ? "Published" : "Draft");
    if (!question) {
        html_raw(h, " · ");
        html_money(h, p->cost);
        if (p->exclusion > 0)
            html_textf(h, " · only one of group %d can win", p->exclusion);
    }
    html_raw(h, "</span><span>");
    html_text(h, p->short_name);
    html_raw(h, "</span></p></div></li>\n");
}

static void proposals(struct html *h, struct request *r, const struct desk_round *round)
{
    if (round->proposals == 0)
        return;
    html_raw(h,
             "<h2 class=\"govuk-heading-m\">What is voted on</h2>\n<ul class=\"wm-projects\">\n");
    for (int i = 0; i < round->proposals; i++)
        proposal_item(h, r, round, &round->proposal[i]);
    html_raw(h, "</ul>\n");
}

/* --- handlers ----------------------------------------------------------------------------- */
struct desk_round *desk_round_of(struct request *r, struct db *db)
{
    struct desk_round *round = NULL;
    enum db_outcome outcome =
        desk_round_find(db, &r->arena, r->officer.officer, r->segment[0], &round);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (round == NULL)
        response_error(r, 404);
    else
        r->officer.here = round->roles;
    r->practice = outcome == DB_OK && round != NULL && desk_is_practice(&round->terms);
    return outcome == DB_OK ? round : NULL;
}

const char *desk_closed_to_change(const struct desk_round *round)
{
    return desk_is_frozen(round->phase) ? "frozen" : "in_review";
}

void desk_round_show(struct request *r, const struct desk_round *round, const char *problem,
                     int status)
{
    struct form_errors errors = {.n = 0};
    struct desk_page p;
    if (problem != NULL)
        form_error(&errors, "main", problem);
    desk_begin(&p, r, round->title, "/desk", "My rounds", &errors);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    html_text(&p.h, round->area);
    html_raw(&p.h, " ");
    desk_tag(&p.h, round->phase);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">");
    html_text(&p.h, round->title);
    html_raw(&p.h, "</h1>\n");
    if (desk_is_frozen(round->phase))
        turnout(&p.h, r, round);
    html_raw(&p.h, "<div class=\"wm-two\"><section>");
    next_step(&p.h, r, round);
    also(&p.h, r, round);
    html_raw(&p.h, "</section><section>");
    facts(&p.h, r, round);
    html_raw(&p.h, "</section></div>\n");
    proposals(&p.h, r, round);
    desk_end(&p, r, status);
}

enum handled page_desk_round(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL)
        desk_round_show(r, round, NULL, 200);
    return HANDLED;
}
