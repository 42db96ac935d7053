/* page_open_data.c: /open-data: what is published for programs and spreadsheets, for people. */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/tr.h"

/* A path that may go on in the next line after each slash. */
static void breakable(struct html *h, const char *path)
{
    char part[80];
    while (*path != '\0') {
        size_t len = strcspn(path, "/");
        len += path[len] == '/';
        snprintf(part, sizeof part, "%.*s", (int)len, path);
        html_text(h, part);
        html_raw(h, "<wbr>");
        path += len;
    }
}

/* One thing to fetch: its address (a literal path, "{slug}" in it as in the description), and what
 * it is. Only an address that is whole is a link. */
static void item(struct html *h, const char *path, const char *what)
{
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">"
                "<span class=\"wm-type wm-ours\" dir=\"ltr\">");
    if (strchr(path, '{') == NULL)
        kit_link(h, path, path);
    else
        breakable(h, path);
    html_raw(h, "</span></dt><dd class=\"govuk-summary-list__value\">");
    html_tr(h, what);
    html_raw(h, "</dd></div>\n");
}

static void begin_list(struct html *h)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
}

static void end_list(struct html *h)
{
    html_raw(h, "</dl>\n");
}

static void downloads(struct html *h)
{
    html_tr_h2(h, "Tables and files");
    html_tr_p(h, "Every vote and every result has its own files, linked on its page:");
    begin_list(h);
    item(h, "/rounds/{slug}/projects.ods", N_("The projects as a spreadsheet; also projects.csv."));
    item(h, "/rounds/{slug}/result/result.ods", N_("The result as a spreadsheet."));
    item(h, "/rounds/{slug}/result/result.csv", N_("The result as a table (CSV)."));
    item(h, "/rounds/{slug}/result/pot-1.pb",
         N_("The ballots without names, in the format of Pabulib (.pb), which the free program "
            "wardmote-count counts again."));
    item(h, "/rounds/{slug}/result/pot-1.json", N_("What the count said (JSON)."));
    end_list(h);
    html_tr_p(h, "And so has every edition of an agreement:");
    begin_list(h);
    item(h, "/neighbourhoods/{slug}/agreement/{edition}/agreement.csv",
         N_("Its pledges as a table (CSV); also agreement.json, with every check, and "
            "agreement.txt, "
            "its words as they were put forward."));
    end_list(h);
    html_tr_p(h, "Where fewer than 10 people voted, their ballots are not published.");
}

static void feeds(struct html *h)
{
    html_tr_h2(h, "Feeds and calendars");
    html_tr_p(h, "Follow votes and results in a feed reader (Atom), and their dates in your "
                 "calendar (iCalendar): of all neighbourhoods, of yours, or of one vote. When "
                 "a close is moved, your calendar moves it too.");
    begin_list(h);
    item(h, "/feeds/rounds.atom", N_("Votes: when one is set up, opens, closes or changes."));
    item(h, "/feeds/results.atom", N_("Results: when one is published, and when it is final."));
    item(h, "/feeds/dates.ics", N_("The dates of all votes."));
    item(h, "/neighbourhoods/{slug}/rounds.atom",
         N_("The same for one neighbourhood; also results.atom and dates.ics."));
    item(h, "/rounds/{slug}/dates.ics", N_("The dates of one vote."));
    end_list(h);
}

static void embedding(struct html *h)
{
    html_tr_h2(h, "On your own site");
    html_tr_p(h, "Every vote has a small page that any site may show in a frame: its dates, "
                 "its money and later its result. The page of the vote has the markup for "
                 "it, under “Show this vote on your own site”.");
}

static void interface(struct html *h)
{
    static const char *const HABITS[] = {
        N_("Money is in pence, times are in UTC."),
        N_("Lists come in pages: ?page= and ?limit= (100 at most). The Link header has the address "
           "of the next."),
        N_("Send an answer’s ETag back as If-None-Match: 304 says that nothing changed. Asking "
           "once a minute is often enough."),
        N_("Scripts on any site may read (CORS)."),
        N_("Errors are application/problem+json."),
    };
    html_tr_h2(h, "For programs");
    html_tr_pv(h,
               "JSON, to read only, without a key. {a}The description (OpenAPI 3.1){/a} says what "
               "each answer holds.",
               TR_LINK("a", "/api/v1/openapi.json"));
    begin_list(h);
    item(h, "/api/v1/neighbourhoods", N_("Neighbourhoods."));
    item(h, "/api/v1/neighbourhoods/{slug}/agreements",
         N_("Editions of a neighbourhood’s agreement."));
    item(h, "/api/v1/neighbourhoods/{slug}/agreements/{edition}",
         N_("One edition: its pledges, and how each was kept."));
    item(h, "/api/v1/rounds",
         N_("Rounds of votes. ?neighbourhood= and ?phase= (soon, open, closed or "
            "published) choose."));
    item(h, "/api/v1/rounds/{slug}", N_("One round: its dates, money and rules."));
    item(h, "/api/v1/rounds/{slug}/proposals", N_("What is, or was, voted on."));
    item(h, "/api/v1/rounds/{slug}/result", N_("The result, once it is published."));
    end_list(h);
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    for (size_t i = 0; i < sizeof HABITS / sizeof *HABITS; i++) {
        html_raw(h, "<li>");
        html_tr(h, HABITS[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ul>\n");
}

enum handled page_open_data(struct request *r, struct db *db)
{
    (void)db;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Open data"));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    html_tr_p(&h, "Neighbourhoods, agreements, votes and results, for anybody to use. Nothing "
                  "here is about a voter. Results appear when they are published, and not "
                  "before; counts so small that they could point at somebody are left out.");
    downloads(&h);
    feeds(&h);
    embedding(&h);
    interface(&h);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
