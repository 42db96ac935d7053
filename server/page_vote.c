/* page_vote.c: how to vote, the code from the letter, the votes that it opens, signing out. */
#include "common/damm.h"
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/settings.h"
#include "server/store_phone.h"
#include "server/store_votes.h"
#include "server/tr.h"

static void paper_link(struct html *h, const struct round_line *l)
{
    html_raw(h, "<br><a class=\"govuk-link\"");
    html_attrf(h, "href", "/rounds/%s/ballot-paper", l->slug);
    html_raw(h, ">");
    html_tr(h, "A ballot paper to print");
    html_raw(h, "<span class=\"govuk-visually-hidden\">: ");
    html_written(h, l->title);
    html_raw(h, "</span></a>");
}

static void open_list(struct html *h, const struct round_lines *all)
{
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        const struct round_line *l = &all->line[i];
        if (l->phase != PHASE_OPEN)
            continue;
        if (!any) {
            html_tr_h2(h, "Open now");
            html_raw(h, "<ul class=\"govuk-list govuk-list--bullet govuk-list--spaced\">\n");
        }
        any = true;
        html_raw(h, "<li><a class=\"govuk-link\"");
        html_attrf(h, "href", "/rounds/%s", l->slug);
        html_raw(h, ">");
        html_written(h, l->title);
        html_raw(h, "</a>");
        html_trv(h, ": closes at {when}", TR_WHEN("when", l->closes_at));
        if (l->takes_paper)
            paper_link(h, l);
        html_raw(h, "</li>\n");
    }
    if (any) {
        html_raw(h, "</ul>\n");
        return;
    }
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_tr(h, "No vote is open today.");
    html_raw(h, " ");
    kit_link(h, "/rounds", tr(h, "See what opens next"));
    html_raw(h, "</div>\n");
}

static void on_the_web(struct html *h)
{
    static const char *const STEPS[] = {
        N_("Enter your code."),
        N_("Fill in the ballot: choose projects, share out points, number them in order, or answer "
           "yes or no. The page says which."),
        N_("Check your choices and cast your vote."),
        N_("Keep the receipt: it shows that your vote was counted, and not what you chose."),
    };
    html_tr_h2(h, "On the web");
    html_raw(h, "<ol class=\"govuk-list govuk-list--number\">");
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        html_raw(h, "<li>");
        html_tr(h, STEPS[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ol>\n");
}

static void ways(struct html *h, bool open, bool by_phone)
{
    html_tr_p(h, "You need the voting code from your letter: 13 digits. One code votes in "
                 "everything that is open where you live: your ward, the whole city, and your "
                 "neighbourhood’s agreement.");
    on_the_web(h);
    if (open)
        kit_start(h, "/vote/code", tr(h, "Enter your code"));
    if (by_phone)
        kit_sentence(h, tr(h, "A vote that is open now needs no letter:"), "/vote/phone",
                     tr(h, "Vote with your mobile number"));
    if (settings.sms_number[0] != '\0') {
        html_tr_h2(h, "By text");
        kit_sentence(h, tr(h, "Any phone will do."), "/text", tr(h, "How to vote by text"));
    }
    html_tr_h2(h, "On paper");
    html_tr_p(h,
              "Print the ballot paper of a vote that is open, fill it in with a pen, and hand it "
              "in. There is one in large print.");
    html_tr_h2(h, "If you change your mind");
    html_tr_p(h,
              "Vote again before the close, on the web, by text or on paper. Your last ballot is "
              "the one that counts.");
    if (layout_has_contact(h)) {
        html_tr_h2(h, "If you have no letter, or need help");
        html_raw(h, "<p class=\"govuk-body\">");
        layout_contact(h);
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
    struct layout l = layout_said(r, tr(r, "How to vote"));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
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
    char digits[8];
    snprintf(digits, sizeof digits, "%04d", number % 10000);
    html_raw(h, "<div class=\"govuk-inset-text\">");
    html_trv(h, "Project {number} will be added to your vote when you have entered your code.",
             TR_TEXT("number", digits));
    html_raw(h, "</div>\n");
}

static void code_page(struct request *r, int status, const char *typed, const char *error)
{
    struct html h = html_new();
    struct form_errors errors = {0};
    struct draft wanted = {0};
    struct layout l = layout_said(r, tr(r, "Your voting code"));
    l.has_error = error != NULL;
    l.back_path = "/vote";
    l.back_text = tr(r, "How to vote");
    if (error != NULL)
        form_error(&errors, "code", error);
    layout_begin(&h, &l);
    form_summary(&h, &errors);
    if (session_draft_read(r, &wanted) && wanted.add != 0)
        to_be_added(&h, wanted.add);
    form_begin(&h, "/vote/code");
    form_input(&h, &errors,
               &(struct form_input){.name = "code",
                                    .label = tr(r, "What is your voting code?"),
                                    .hint = tr(r, "13 digits, in the letter that we sent you. For "
                                                  "example, 123 456 789 0123"),
                                    .value = typed,
                                    .inputmode = "numeric",
                                    .autocomplete = "off",
                                    .width = 20,
                                    .big_label = true});
    form_button(&h, tr(r, "Continue"));
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
              trv(&r->arena, r, "That code is not right. Check for digits that look alike{help}",
                  TR_TEXT("help", kit_or_contact(r))));
}

enum handled page_code_post(struct request *r, struct db *db)
{
    const char *typed = request_field(r, "code");
    char code[CODE_DIGITS + 1];
    unsigned char lookup[32];
    enum code_outcome outcome = CODE_WRONG;
    struct voter_session who = {0};
    if (typed[0] == '\0') {
        code_page(r, 422, "", tr(r, "Enter the code from your letter"));
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
        code_page(r, 429, typed,
                  trv(&r->arena, r, "Too many tries. Wait 15 minutes{help}",
                      TR_TEXT("help", kit_or_contact(r))));
        r->response.retry_after = CODE_WAIT_SECONDS;
        break;
    }
    return HANDLED;
}

/* --- what the code opens ------------------------------------------------------------------ */

static void tag(struct html *h, const struct voter_round *v, bool draft)
{
    static const struct {
        const char *colour, *words;
    } TAGS[] = {{"red", N_("Void")},
                {"green", N_("Voted")},
                {"yellow", N_("Started")},
                {"blue", N_("To do")}};
    int i = v->voided ? 0 : v->voted ? 1 : draft ? 2 : 3;
    html_raw(h, "<strong");
    html_attrf(h, "class", "govuk-tag govuk-tag--%s", TAGS[i].colour);
    html_raw(h, ">");
    html_tr(h, TAGS[i].words);
    html_raw(h, "</strong>");
}

static void task(struct html *h, const struct voter_round *v, bool draft)
{
    char when[64];
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/ballot/%s", v->slug);
    html_raw(h, ">");
    html_written(h, v->title);
    html_raw(h, "</a>");
    tag(h, v, draft);
    html_raw(h, "<p>");
    if (v->kind == ROUND_YES_NO) {
        html_tr(h, "Yes or no. ");
    } else {
        html_money(h, v->money);
        html_raw(h, ", ");
        html_trn(h, "{n} project", "{n} projects", v->proposals);
        html_raw(h, ". ");
    }
    when_short_in(h->language, v->closes_at, v->days, when);
    html_trv(h, "Closes {when}. ", TR_TEXT("when", when));
    if (draft)
        html_tr(h, "Your choices are kept: continue where you stopped. ");
    else if (v->voided)
        html_tr(h, "Two officers declared your ballot void. You can cast another until then.");
    else if (v->gone)
        html_tr(h, "A project that you chose has been withdrawn. The rest of your ballot counts; "
                   "you can change it until then.");
    else if (v->voted)
        html_tr(h, "You can change it until then.");
    html_raw(h, "</p></li>\n");
}

static void sign_out_button(struct html *h, const struct request *r)
{
    form_begin(h, "/vote/sign-out");
    form_token(h, r);
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_tr(h, "Sign out");
    html_raw(h, "</button>\n");
    form_end(h);
}

static void show_rounds(struct html *h, const struct request *r, const struct voter_rounds *all)
{
    struct draft d = {0};
    bool has_draft = session_draft_read(r, &d);
    kit_title(h, tr(h, "Your votes"));
    if (all->n == 0) {
        kit_sentence(h, tr(h, "Your code is right, but nothing is open where you live today."),
                     "/rounds", tr(h, "See what opens next"));
    } else {
        html_tr_p(h, "Everything that your code can vote in now.");
        html_raw(h, "<ul class=\"wm-tasks\">\n");
        for (int i = 0; i < all->n; i++)
            task(h, &all->round[i], has_draft && d.round == all->round[i].id);
        html_raw(h, "</ul>\n");
    }
    html_tr_p(h, "On a computer that others use, sign out when you have finished.");
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
    kit_message_said(r, 403, tr(r, "Your code does not vote on that project"),
                     tr(r, "The project that you wanted to add is in a vote for people who live "
                           "elsewhere, or its vote has closed."),
                     "/vote/rounds", tr(r, "See the votes that are open to you"));
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
    struct layout l = layout_said(r, tr(r, "Your votes"));
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
