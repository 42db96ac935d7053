/* page_vote.c: how to vote, the code from the letter, the votes that it opens, signing out. */
#include "common/damm.h"
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/session.h"
#include "server/settings.h"
#include "server/store_phone.h"
#include "server/store_votes.h"

static void open_list(struct html *h, const struct round_lines *all)
{
    char when[64];
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        const struct round_line *l = &all->line[i];
        if (l->phase != PHASE_OPEN)
            continue;
        if (!any)
            html_raw(h, "<h2 class=\"govuk-heading-m\">Open now</h2>\n<ul class=\"govuk-list "
                        "govuk-list--bullet\">\n");
        any = true;
        when_text(l->closes_at, when);
        html_raw(h, "<li><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s", l->slug);
        html_raw(h, ">");
        html_text(h, l->title);
        html_raw(h, "</a>: closes at ");
        html_text(h, when);
        html_raw(h, "</li>\n");
    }
    if (any)
        html_raw(h, "</ul>\n");
    else
        html_raw(h, "<div class=\"govuk-inset-text\">No vote is open today. "
                    "<a class=\"govuk-link\" href=\"/rounds\">See what opens next</a></div>\n");
}

static void ways(struct html *h, bool open, bool by_phone)
{
    html_raw(h,
             "<p class=\"govuk-body\">You need the voting code from your letter: 13 digits. One "
             "code votes in everything that is open where you live: your ward, the whole city, "
             "and your neighbourhood’s agreement.</p>\n"
             "<h2 class=\"govuk-heading-m\">On the web</h2>\n<ol class=\"govuk-list "
             "govuk-list--number\"><li>Enter your code.</li><li>Fill in the ballot: choose "
             "projects, share out points, number them in order, or answer yes or no. The page "
             "says which.</li><li>Check your choices and cast your vote.</li><li>Keep the receipt: "
             "it shows that your vote was counted, and not what you chose.</li></ol>\n");
    if (open)
        kit_start(h, "/vote/code", "Enter your code");
    if (by_phone)
        html_raw(h, "<p class=\"govuk-body\">A vote that is open now needs no letter: <a "
                    "class=\"govuk-link\" href=\"/vote/phone\">Vote with your mobile number</a>"
                    "</p>\n");
    if (settings.sms_number[0] != '\0')
        html_raw(h,
                 "<h2 class=\"govuk-heading-m\">By text</h2>\n<p class=\"govuk-body\">Any phone "
                 "will do. <a class=\"govuk-link\" href=\"/text\">How to vote by text</a></p>\n");
    html_raw(h, "<h2 class=\"govuk-heading-m\">If you change your mind</h2>\n"
                "<p class=\"govuk-body\">Vote again before the close, on the web or by text. Your "
                "last ballot is the one that counts.</p>\n");
    if (settings.contact[0] != '\0') {
        html_raw(h, "<h2 class=\"govuk-heading-m\">If you have no letter, or need help</h2>\n"
                    "<p class=\"govuk-body\">");
        html_text(h, settings.contact);
        html_raw(h, ".</p>\n");
    }
}

enum handled page_vote(struct request *r, struct db *db)
{
    struct round_lines all;
    struct phone_areas phone;
    bool open = false;
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)) ||
        page_failed(r, phone_areas_load(db, &r->arena, &phone)))
        return HANDLED;
    for (int i = 0; i < all.n; i++)
        open = open || all.line[i].phase == PHASE_OPEN;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "How to vote"};
    layout_begin(&h, &l);
    kit_title(&h, "How to vote");
    ways(&h, open, phone.n > 0);
    open_list(&h, &all);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* --- the code ----------------------------------------------------------------------------- */

/* Who came from a project is not left to wonder what became of it. */
static void to_be_added(struct html *h, int number)
{
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_textf(h, "Project %04d will be added to your vote when you have entered your code.",
               number);
    html_raw(h, "</div>\n");
}

static void code_page(struct request *r, int status, const char *typed, const char *error)
{
    struct html h = html_new();
    struct form_errors errors = {0};
    struct draft wanted = {0};
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = "Your voting code",
                       .has_error = error != NULL,
                       .back_path = "/vote",
                       .back_text = "How to vote"};
    if (error != NULL)
        form_error(&errors, "code", error);
    layout_begin(&h, &l);
    form_summary(&h, &errors);
    if (session_draft_read(r, &wanted) && wanted.add != 0)
        to_be_added(&h, wanted.add);
    form_begin(&h, "/vote/code");
    form_input(&h, &errors,
               &(struct form_input){.name = "code",
                                    .label = "What is your voting code?",
                                    .hint = "13 digits, in the letter that we sent you. For "
                                            "example, 123 456 789 0123",
                                    .value = typed,
                                    .inputmode = "numeric",
                                    .autocomplete = "off",
                                    .width = 20,
                                    .big_label = true});
    form_button(&h, "Continue");
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

enum handled page_code(struct request *r, struct db *db)
{
    (void)db;
    if (r->has_voter || session_voter_read(r))
        response_redirect(r, "/vote/rounds");
    else
        code_page(r, 200, "", NULL);
    return HANDLED;
}

/* A scanned letter only fills the field in: people, not mail scanners or previews, sign in. */
enum handled page_code_prefill(struct request *r, struct db *db)
{
    (void)db;
    char code[CODE_DIGITS + 1], shown[17] = "";
    if (code_read(r->segment[0], code))
        code_show(code, shown);
    code_page(r, 200, shown, NULL);
    return HANDLED;
}

static void wrong_code(struct request *r, const char *typed)
{
    code_page(r, 422, typed,
              arena_fmt(&r->arena, "That code is not right. Check for digits that look alike%s",
                        kit_or_contact(&r->arena)));
}

enum handled page_code_post(struct request *r, struct db *db)
{
    const char *typed = request_field(r, "code");
    char code[CODE_DIGITS + 1];
    unsigned char lookup[32];
    enum code_outcome outcome = CODE_WRONG;
    struct voter_session who = {0};
    if (typed[0] == '\0') {
        code_page(r, 422, "", "Enter the code from your letter");
        return HANDLED;
    }
    if (!code_read(typed, code)) {
        wrong_code(r, typed);
        return HANDLED;
    }
    code_lookup(code, lookup);
    if (page_failed(r, code_check(db, lookup, r->address, &outcome, &who)))
        return HANDLED;
    switch (outcome) {
    case CODE_GOOD:
        session_voter_start(r, who.voter, who.credential, who.generation);
        response_redirect(r, "/vote/rounds");
        break;
    case CODE_WRONG:
        wrong_code(r, typed);
        break;
    case CODE_WAIT:
        code_page(
            r, 429, typed,
            arena_fmt(&r->arena, "Too many tries. Wait 15 minutes%s", kit_or_contact(&r->arena)));
        r->response.retry_after = CODE_WAIT_SECONDS;
        break;
    }
    return HANDLED;
}

/* --- what the code opens ------------------------------------------------------------------ */

static void task(struct html *h, const struct voter_round *v, bool draft)
{
    char when[64];
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/ballot/%s", v->slug);
    html_raw(h, ">");
    html_text(h, v->title);
    html_raw(h, "</a>");
    if (v->voided)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--red\">Void</strong>");
    else if (v->voted)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Voted</strong>");
    else if (draft)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Started</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">To do</strong>");
    html_raw(h, "<p>");
    if (v->kind == ROUND_YES_NO) {
        html_raw(h, "Yes or no. ");
    } else {
        html_money(h, v->money);
        html_raw(h, ", ");
        kit_count(h, v->proposals, "project", "projects");
        html_raw(h, ". ");
    }
    when_short(v->closes_at, v->days, when);
    html_textf(h, "Closes %s. ", when);
    if (draft)
        html_raw(h, "Your choices are kept: continue where you stopped. ");
    else if (v->voided)
        html_raw(h, "Two officers declared your ballot void. You can cast another until then.");
    else if (v->gone)
        html_raw(h, "A project that you chose has been withdrawn. The rest of your ballot counts; "
                    "you can change it until then.");
    else if (v->voted)
        html_raw(h, "You can change it until then.");
    html_raw(h, "</p></li>\n");
}

static void sign_out_button(struct html *h, const struct request *r)
{
    form_begin(h, "/vote/sign-out");
    form_token(h, r);
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">Sign out"
                "</button>\n");
    form_end(h);
}

static void show_rounds(struct html *h, const struct request *r, const struct voter_rounds *all)
{
    struct draft d = {0};
    bool has_draft = session_draft_read(r, &d);
    kit_title(h, "Your votes");
    if (all->n == 0) {
        html_raw(h, "<p class=\"govuk-body\">Your code is right, but nothing is open where you "
                    "live today. <a class=\"govuk-link\" href=\"/rounds\">See what opens "
                    "next</a></p>\n");
    } else {
        html_raw(h, "<p class=\"govuk-body\">Everything that your code can vote in now.</p>\n"
                    "<ul class=\"wm-tasks\">\n");
        for (int i = 0; i < all->n; i++)
            task(h, &all->round[i], has_draft && d.round == all->round[i].id);
        html_raw(h, "</ul>\n");
    }
    html_raw(h, "<p class=\"govuk-body\">On a computer that others use, sign out when you have "
                "finished.</p>\n");
    sign_out_button(h, r);
}

/* A project waits to be added: straight to its ballot, or the word that this code does not vote
 * there. */
static bool goes_on(struct request *r, const struct voter_rounds *all)
{
    struct draft d = {0};
    if (!session_draft_read(r, &d) || d.add == 0)
        return false;
    for (int i = 0; i < all->n; i++) {
        if (all->round[i].id == d.round) {
            response_redirect(r, "/ballot/%s#p%04d", all->round[i].slug, (int)d.add);
            return true;
        }
    }
    session_draft_set(r, &(struct draft){0});
    kit_message_page(r, 403, "Your code does not vote on that project",
                     "The project that you wanted to add is in a vote for people who live "
                     "elsewhere, or its vote has closed.",
                     "/vote/rounds", "See the votes that are open to you");
    return true;
}

enum handled page_my_rounds(struct request *r, struct db *db)
{
    struct voter_rounds all;
    bool good;
    if (page_failed(r, voter_now(db, &r->voter, &good)))
        return HANDLED;
    if (!good) {
        page_session_ended(r);
        return HANDLED;
    }
    if (page_failed(r, voter_rounds_load(db, &r->arena, &r->voter, &all)) || goes_on(r, &all))
        return HANDLED;
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_RESIDENT, .title = "Your votes"};
    layout_begin(&h, &l);
    show_rounds(&h, r, &all);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_sign_out_post(struct request *r, struct db *db)
{
    if (page_failed(r, voter_sign_out(db, &r->voter)))
        return HANDLED;
    session_voter_end(r);
    response_redirect(r, "/vote");
    return HANDLED;
}
