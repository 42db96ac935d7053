/* page_error.c: what went wrong, in the words of the person it happened to. Nothing of the request
 * is echoed; none of these pages asks the database. */
#include <jansson.h>

#include "server/ballot_form.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/roles.h"
#include "server/session.h"
#include "server/tr.h"

struct error_words {
    int status;
    const char *title, *text;
};

/* On the desk they stay English. */
static const struct error_words WORDS[] = {
    {400, N_("We could not read that"),
     N_("Go back and try again. If you typed the address, check it.")},
    {403, N_("That did not come from our pages"),
     N_("To keep votes safe, forms must be sent from this site itself. Go back, reload the page "
        "and try again.")},
    {404, N_("Page not found"),
     N_("If you typed the address, check it is correct. If you followed a link, it may be old.")},
    {405, N_("That cannot be done here"), N_("Go back and use the buttons on the page.")},
    {409, N_("Somebody was quicker"),
     N_("What you saw has changed meanwhile. Go back, reload the page and try again.")},
    {413, N_("That is too long"), N_("Go back, shorten it and try again.")},
    {415, N_("We could not read that"), N_("Go back and use the form on the page.")},
    {429, N_("Too many tries"), N_("Wait a minute, then try again.")},
    {500, N_("Sorry, there is a problem with the service"),
     N_("It is our fault, and we have made a note of it. Try again later. A vote for which you "
        "have a receipt is safe.")},
    {503, N_("Sorry, the service is busy"),
     N_("Try again in a few seconds. A vote for which you have a receipt is safe; a vote sent "
        "twice counts once.")},
};

static const struct error_words *words_for(int status)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (WORDS[i].status == status)
            return &WORDS[i];
    }
    return words_for(500);
}

static bool on_desk(const struct request *r)
{
    return r->route != NULL ? r->route->lane == LANE_DESK
                            : r->path != NULL && strncmp(r->path, "/desk", 5) == 0;
}

/* With the menu, for whoever is signed in; the footer says whom to call. */
static void desk_error(struct request *r, int status, const struct error_words *words)
{
    struct desk_page p;
    desk_begin(&p, r, words->title, NULL, NULL, NULL);
    kit_title(&p.h, words->title);
    kit_paragraph(&p.h, words->text);
    kit_sentence(&p.h, "", "/desk", "My rounds");
    desk_end(&p, r, status);
}

void page_error(struct request *r, int status)
{
    const struct error_words *words = words_for(status);
    if (on_desk(r)) {
        desk_error(r, status, words);
        return;
    }
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, words->title));
    l.here = NULL; /* nothing is here */
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, words->text);
    kit_sentence(&h, "", "/", tr(&h, "Go to the first page"));
    layout_end(&h, &l);
    response_html(r, status, &h);
}

/* --- for programs ------------------------------------------------------------------------- */

/* Statuses that open data can have, in HTTP's own words (RFC 9110 §15), and what to do. */
static const struct error_words PROBLEMS[] = {
    {400, "Bad Request", "A parameter or the path cannot be read. See /api/v1/openapi.json."},
    {404, "Not Found", "There is nothing here, or it is not published yet."},
    {405, "Method Not Allowed", "Open data can only be read: GET, HEAD or OPTIONS."},
    {500, "Internal Server Error", "It is our fault, and we have made a note of it."},
    {503, "Service Unavailable", "Try again after the seconds that Retry-After says."},
};

void page_problem(struct request *r, int status)
{
    const struct error_words *words = &PROBLEMS[0];
    for (size_t i = 0; i < sizeof PROBLEMS / sizeof *PROBLEMS; i++) {
        if (PROBLEMS[i].status == status)
            words = &PROBLEMS[i];
    }
    struct buf body = buf_new(1024);
    json_t *problem = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title",
                                words->title, "status", status, "detail", words->text);
    char *text = json_dumps(problem, JSON_COMPACT);
    buf_str_add(&body, text);
    free(text);
    json_decref(problem);
    response_file(r, "application/problem+json", NULL, &body);
    r->response.status = status;
}

/* --- a session that ended ------------------------------------------------------------------- */

/* Keeps the ballot that a form carried. The round is known from memory: its page was drawn here
 * a while ago. */
static bool keep_choices(struct request *r)
{
    struct ballot_picks picks;
    int32_t round = 0;
    bool is_ballot = strncmp(r->route->pattern, "/ballot/:round", 14) == 0;
    if (!is_ballot || strcmp(r->method, "POST") != 0 || !picks_read(r, &picks) || picks.n == 0)
        return false;
    if (round_id_of(NULL, r->segment[0], &round) != DB_OK || round == 0)
        return false;
    picks_to_draft(r, round, &picks);
    return true;
}

void page_session_ended(struct request *r)
{
    struct draft d = {0};
    bool had_draft = session_draft_read(r, &d) && d.round != 0;
    if (strcmp(r->method, "GET") == 0 && !session_voter_sent(r)) {
        response_redirect(r, "/vote/code");
        return;
    }
    session_voter_end(r);
    if (had_draft)
        session_draft_set(r, &d);
    bool kept = keep_choices(r) || had_draft;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "You have been signed out"));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, "This happens after 30 minutes, or when you sign out, or when your code is "
                  "replaced by a new one. No vote was lost.");
    if (kept)
        html_tr_p(&h, "Your choices are kept on this device for two hours. Enter your code and go "
                      "on where you stopped.");
    kit_start(&h, "/vote/code", tr(&h, "Enter your code"));
    layout_end(&h, &l);
    response_html(r, 403, &h);
}

void page_not_yours(struct request *r)
{
    struct desk_page p;
    desk_begin(&p, r, "Not among your tasks", "/desk", "My rounds", NULL);
    kit_title(&p.h, "This is not among your tasks");
    html_raw(&p.h, "<p class=\"govuk-body\">Only ");
    html_text(&p.h, roles_many(&r->arena, r->route->who));
    html_raw(&p.h, " do this. Ask an administrator if that should be you.</p>\n");
    desk_end(&p, r, 403);
}
