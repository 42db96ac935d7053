/* layout.c: the shell of every page, for residents and for the officers' desk. */
#include <pthread.h>

#include "common/log.h"
#include "server/assets.h"
#include "server/form.h"
#include "server/layout.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/site.h"
#include "server/tr.h"

enum { ASSETS_MAX = 16, ASSET_URL_MAX = 100, ASSET_HASH_SHOWN = 12 };

static char urls[ASSETS_MAX][ASSET_URL_MAX];
static pthread_once_t urls_once = PTHREAD_ONCE_INIT;

static void make_urls(void)
{
    MUST(assets_count <= ASSETS_MAX);
    for (size_t i = 0; i < assets_count; i++)
        snprintf(urls[i], ASSET_URL_MAX, "/assets/%.*s/%s", ASSET_HASH_SHOWN, assets[i].hash,
                 assets[i].path);
}

const char *asset_url(const char *path)
{
    pthread_once(&urls_once, make_urls);
    for (size_t i = 0; i < assets_count; i++) {
        if (strcmp(assets[i].path, path) == 0)
            return urls[i];
    }
    log_bug("no asset %s", path);
    return "";
}

static void menu_item(struct html *h, const char *path, const char *text)
{
    html_raw(h, "<li><a");
    html_attr(h, "href", path);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></li>");
}

static void resident_menu(struct html *h)
{
    menu_item(h, "/neighbourhoods", tr(h, "Neighbourhoods"));
    menu_item(h, "/agreements", tr(h, "Agreements"));
    menu_item(h, "/rounds", tr(h, "Projects"));
    menu_item(h, "/results", tr(h, "Results"));
    menu_item(h, "/ideas", tr(h, "Ideas"));
    if (settings.sms_number[0] != '\0')
        menu_item(h, "/text", tr(h, "Vote by text"));
    menu_item(h, "/vote", tr(h, "Vote"));
}

/* What is open to this officer. */
static void desk_menu(struct html *h, const struct layout *l)
{
    static const struct {
        const char *path, *text;
        const char *unless; /* a page that leads there, where that one is open too */
    } items[] = {{"/desk", "My rounds", NULL},
                 {"/desk/rounds/new", "New round", NULL},
                 {"/desk/agreements", "Agreements", NULL},
                 {"/desk/ideas", "Ideas", NULL},
                 {"/desk/offers", "Offers", NULL},
                 {"/desk/delivery", "Delivery", NULL},
                 {"/desk/codes", "Voting codes", NULL},
                 {"/desk/registers", "Who may vote", NULL},
                 {"/desk/codes/find", "Find a code", "/desk/registers"},
                 {"/desk/texts", "Texts", NULL},
                 {"/desk/people", "People", NULL},
                 {"/desk/site", "Site", NULL},
                 {"/desk/audit", "Record", NULL},
                 {"/desk/me", "My account", NULL}};
    struct arena arena = arena_new(4096);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (routes_may(&arena, "GET", items[i].path, l->roles) &&
            (items[i].unless == NULL || !routes_may(&arena, "GET", items[i].unless, l->roles)))
            menu_item(h, items[i].path, items[i].text);
    }
    arena_free(&arena);
    html_raw(h, "<li><form method=\"post\" action=\"/desk/sign-out\" novalidate>");
    form_hidden(h, "token", l->form_token);
    html_raw(h,
             "<button class=\"wm-header__button\" type=\"submit\">Sign out</button></form></li>");
}

/* A ring of eight seats around an empty middle, one of them taken by the speaker. */
static void mark(struct html *h)
{
    html_raw(h,
             "<svg width=\"34\" height=\"34\" viewBox=\"0 0 34 34\" aria-hidden=\"true\" "
             "focusable=\"false\"><g fill=\"#fff\"><circle cx=\"25.9\" cy=\"8.1\" r=\"3.1\"/>"
             "<circle cx=\"29.5\" cy=\"17\" r=\"3.1\"/><circle cx=\"25.9\" cy=\"25.9\" r=\"3.1\"/>"
             "<circle cx=\"17\" cy=\"29.5\" r=\"3.1\"/><circle cx=\"8.1\" cy=\"25.9\" r=\"3.1\"/>"
             "<circle cx=\"4.5\" cy=\"17\" r=\"3.1\"/><circle cx=\"8.1\" cy=\"8.1\" r=\"3.1\"/></g>"
             "<circle cx=\"17\" cy=\"4.5\" r=\"3.1\" fill=\"#fd0\"/></svg>");
}

static void header(struct html *h, const struct layout *l)
{
    bool desk = l->kind == LAYOUT_DESK;
    html_raw(h, "<header class=\"wm-header\"><div class=\"govuk-width-container wm-header__row\">"
                "<a class=\"wm-header__home\"");
    html_attr(h, "href", desk ? "/desk" : "/");
    html_raw(h, ">");
    mark(h);
    html_raw(h, "Wardmote</a><span class=\"wm-header__place\">");
    html_text(h, desk ? "Ward officers’ desk" : settings.name);
    html_raw(h, "</span>");
    if (!desk || l->form_token != NULL) {
        html_raw(h, "<nav");
        html_attr(h, "aria-label", tr(h, "Menu"));
        html_raw(h, "><ul class=\"wm-header__nav\">");
        if (desk)
            desk_menu(h, l);
        else
            resident_menu(h);
        html_raw(h, "</ul></nav>");
    }
    html_raw(h, "</div></header>\n");
}

static void demo_strip(struct html *h)
{
    html_raw(h, "<aside class=\"wm-demo\"");
    html_attr(h, "aria-label", tr(h, "Demonstration"));
    html_raw(h, "><div class=\"govuk-width-container\">");
    html_tr(h, "A demonstration: people, votes and sums are invented.");
    html_raw(h, " <a href=\"/demo\">");
    html_tr(h, "Voting codes and sign-ins to try it with");
    html_raw(h, "</a></div></aside>\n");
}

static void language(struct html *h, enum language one)
{
    const char *tag = language_marked(one);
    if (one == h->language) {
        html_raw(h, "<li aria-current=\"true\"");
        html_attr(h, "lang", tag);
        html_raw(h, ">");
        html_text(h, language_name(one));
        html_raw(h, "</li>");
        return;
    }
    html_raw(h, "<li><button type=\"submit\" name=\"tag\"");
    html_attr(h, "value", language_tag(one));
    html_attr(h, "lang", tag);
    html_attr(h, "dir", language_is_rtl(one) ? "rtl" : "ltr");
    html_raw(h, ">");
    html_text(h, language_name(one));
    html_raw(h, "</button></li>");
}

/* Buttons, not links: choosing sets a cookie, and nothing that merely reads pages may do that. */
static void languages(struct html *h, const char *here)
{
    html_raw(h, "<nav class=\"wm-languages\"");
    html_attr(h, "aria-label", tr(h, "Language"));
    html_raw(h, "><form method=\"post\" action=\"/language\" class=\"govuk-width-container\">");
    form_hidden(h, "to", here);
    html_raw(h, "<ul>");
    for (enum language i = 0; i < LANGUAGES; i++)
        if (settings_offer(i))
            language(h, i);
    html_raw(h, "</ul></form></nav>\n");
}

const char *layout_language_query(enum language language, char out[LANGUAGE_QUERY_LEN])
{
    bool usual = language == LANGUAGE_EN;
    snprintf(out, LANGUAGE_QUERY_LEN, "%s%s",
             usual ? "" : "?lang=", usual ? "" : language_tag(language));
    return out;
}

/* A feed is in each language, told apart by hreflang; the page's own comes first. */
static void feed_link(struct html *h, const char *below, const char *const feed[3],
                      enum language in)
{
    char query[LANGUAGE_QUERY_LEN];
    bool has_languages = strcmp(feed[1], "application/atom+xml") == 0;
    if (!has_languages && in != h->language)
        return;
    html_raw(h, "<link rel=\"alternate\"");
    html_attr(h, "type", feed[1]);
    if (has_languages)
        html_attr(h, "hreflang", language_tag(in));
    html_attr(h, "title", translate(in, feed[2]));
    html_attrf(h, "href", "%s/%s%s", below, feed[0],
               has_languages ? layout_language_query(in, query) : "");
    html_raw(h, ">\n");
}

/* For programs that look for something to follow (RFC 4287's type; autodiscovery by rel). */
static void feed_links(struct html *h, const char *below)
{
    static const char *const feeds[][3] = {
        {"rounds.atom", "application/atom+xml", N_("Votes")},
        {"results.atom", "application/atom+xml", N_("Results")},
        {"dates.ics", "text/calendar", N_("Dates of votes")},
    };
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        feed_link(h, below, feeds[i], h->language);
        for (enum language in = LANGUAGE_EN; in < LANGUAGES; in++) {
            if (settings_offer_beside(h->language, in))
                feed_link(h, below, feeds[i], in);
        }
    }
}

static void practice_strip(struct html *h)
{
    html_raw(h, "<aside class=\"wm-demo\"");
    html_attr(h, "aria-label", tr(h, "Practice"));
    html_raw(h, "><div class=\"govuk-width-container\">");
    html_tr(h, "{b}Practice: these votes do not count.{/b} Everything in this round is made up.");
    html_raw(h, "</div></aside>\n");
}

static void banner(struct html *h, const struct site *site)
{
    if (site->banner[0] == '\0')
        return;
    html_raw(h, "<aside class=\"wm-notice\"");
    html_attr(h, "aria-label", tr(h, "Notice"));
    html_raw(h, "><div class=\"govuk-width-container\">");
    html_written(h, site->banner);
    html_raw(h, "</div></aside>\n");
}

static void head(struct html *h, const struct layout *l, const struct site *site)
{
    html_raw(h, "<!DOCTYPE html>\n<html");
    html_attr(h, "lang", language_marked(l->language));
    if (language_is_rtl(l->language))
        html_raw(h, " dir=\"rtl\"");
    html_raw(h, " class=\"govuk-template\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    if (l->has_error)
        html_tr(h, "Error: ");
    html_text(h, l->title);
    html_raw(h, " - Wardmote</title>\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"theme-color\"");
    html_attrf(h, "content", "#%s", site->colour[0] != '\0' ? site->colour : "0e4a4f");
    html_raw(h, ">\n<link rel=\"icon\" type=\"image/svg+xml\"");
    html_attr(h, "href", asset_url("favicon.svg"));
    html_raw(h, ">\n<link rel=\"stylesheet\"");
    html_attr(h, "href", asset_url("service.css"));
    html_raw(h, ">\n");
    if (site->colour[0] != '\0') {
        html_raw(h, "<link rel=\"stylesheet\"");
        html_attrf(h, "href", "/theme/%s.css", site->colour);
        html_raw(h, ">\n");
    }
    if (l->framed)
        html_raw(h, "<base target=\"_top\">\n");
    if (l->feeds != NULL)
        feed_links(h, l->feeds);
    if (l->script) {
        html_raw(h, "<script defer");
        html_attr(h, "src", asset_url("ballot.js"));
        html_raw(h, "></script>\n");
    }
    html_raw(h, "</head>\n");
}

static void back_link(struct html *h, const struct layout *l)
{
    html_raw(h, "<nav");
    html_attr(h, "aria-label", tr(h, "Back"));
    html_raw(h, "><a class=\"govuk-back-link\"");
    html_attr(h, "href", l->back_path);
    html_raw(h, ">");
    if (l->back_name != NULL)
        html_written(h, l->back_name);
    else
        html_text(h, l->back_text != NULL ? l->back_text : tr(h, "Back"));
    html_raw(h, "</a></nav>\n");
}

struct layout layout_said(const struct request *r, const char *title)
{
    return (struct layout){
        .kind = LAYOUT_RESIDENT, .language = r->language, .here = r->path, .title = title};
}

void layout_begin(struct html *h, const struct layout *l)
{
    struct site site;
    site_now(&site);
    h->language = l->language;
    head(h, l, &site);
    html_raw(h, "<body class=\"govuk-template__body");
    html_raw_bytes(h, " wm-letters", l->print ? sizeof " wm-letters" - 1 : 0);
    html_raw(h, "\">\n");
    if (l->framed) {
        html_raw(h, "<div class=\"govuk-width-container\"><main id=\"main\" class=\"wm-after\">\n");
        return;
    }
    html_raw(h, "<a href=\"#main\" class=\"govuk-skip-link\">");
    html_tr(h, "Skip to main content");
    html_raw(h, "</a>\n");
    if (!l->print) {
        header(h, l);
        if (settings.demo)
            demo_strip(h);
        if (l->here != NULL)
            languages(h, l->here);
        if (l->kind == LAYOUT_RESIDENT)
            banner(h, &site);
        if (l->practice)
            practice_strip(h);
    }
    if (l->wide) {
        html_raw(h, "<main id=\"main\" tabindex=\"-1\">\n");
        return;
    }
    html_raw(h, "<div class=\"govuk-width-container\">\n");
    if (l->back_path != NULL)
        back_link(h, l);
    html_raw(h, "<main class=\"govuk-main-wrapper\" id=\"main\" tabindex=\"-1\">\n");
}

static void footer_item(struct html *h, const char *path, const char *text)
{
    html_raw(h, "<li class=\"govuk-footer__inline-list-item\"><a class=\"govuk-footer__link\"");
    html_attr(h, "href", path);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</a></li>");
}

void layout_contact(struct html *h)
{
    enum language in;
    const char *line = settings_contact(h->language, &in);
    html_written_in(h, in, line);
}

bool layout_has_contact(const struct html *h)
{
    enum language in;
    return *settings_contact(h->language, &in) != '\0';
}

static void footer(struct html *h)
{
    html_raw(h, "<footer class=\"govuk-footer\"><div class=\"govuk-width-container\">");
    if (layout_has_contact(h)) {
        html_raw(h, "<p class=\"wm-contact\">");
        html_tr(h, "Need help?");
        html_raw(h, " ");
        layout_contact(h);
        html_raw(h, "</p>");
    }
    html_raw(h, "<ul class=\"govuk-footer__inline-list\">");
    footer_item(h, "/counting", tr(h, "How counting works"));
    footer_item(h, "/receipt", tr(h, "Check your receipt"));
    footer_item(h, "/accessibility", tr(h, "Accessibility"));
    footer_item(h, "/privacy", tr(h, "Privacy"));
    footer_item(h, "/cookies", tr(h, "Cookies"));
    footer_item(h, "/open-data", tr(h, "Open data"));
    footer_item(h, "/desk", tr(h, "For ward officers"));
    html_raw(h, "</ul></div></footer>\n");
}

void layout_end(struct html *h, const struct layout *l)
{
    html_raw(h, "</main>\n");
    if (!l->wide)
        html_raw(h, "</div>\n");
    if (!l->print && !l->framed)
        footer(h);
    html_raw(h, "</body>\n</html>\n");
}
