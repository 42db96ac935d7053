/* page_desk_site.c: /desk/site: what administrators make every page say, and its colour;
 * /theme/:file: the style sheet that brings the colour in. */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_site.h"
#include "server/typed.h"

enum { CSS_MAX = 400 };
static const double CONTRAST_LEAST = 4.5; /* WCAG 2.2, 1.4.3 */

static void show(struct request *r, const struct desk_site *s, const struct form_errors *e)
{
    struct desk_page p;
    desk_begin(&p, r, "The site", "/desk", "My rounds", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">The site</h1>\n");
    if (s->changed_at != DB_NO_TIME) {
        html_raw(&p.h, "<p class=\"govuk-body\">Last changed by ");
        html_text(&p.h, s->changed_by);
        html_raw(&p.h, ", ");
        desk_when(&p.h, when_minute(s->changed_at));
        html_raw(&p.h, ".</p>\n");
    }
    form_begin(&p.h, "/desk/site");
    form_token(&p.h, r);
    form_input(&p.h, e,
               &(struct form_input){.name = "banner",
                                    .label = "Notice on every page for residents",
                                    .hint = "At most 300 characters. Empty: none. For example, The "
                                            "library at Acomb is closed today; vote on the web or "
                                            "by text.",
                                    .value = s->banner,
                                    .rows = 3});
    form_input(&p.h, e,
               &(struct form_input){.name = "until",
                                    .label = "Last day of the notice (if it has one)",
                                    .hint = "For example, 14/12/2026",
                                    .value = s->until,
                                    .width = 10});
    form_input(&p.h, e,
               &(struct form_input){.name = "colour",
                                    .label = "The council’s colour",
                                    .hint = "Six digits, like #1d4f91. White letters stand on it, "
                                            "and links have it. Empty: the usual green.",
                                    .value = s->colour,
                                    .width = 10});
    form_input(&p.h, e,
               &(struct form_input){.name = "about",
                                    .label = "Words of yours on the first page (if you like)",
                                    .hint = "Leave a line empty to begin a paragraph. Begin lines "
                                            "with * for a list.",
                                    .value = s->about,
                                    .rows = 6});
    form_input(&p.h, e,
               &(struct form_input){.name = "privacy",
                                    .label = "Who is responsible for data, on the page on privacy",
                                    .hint = "Name the controller and its data protection officer, "
                                            "and how to reach them.",
                                    .value = s->privacy,
                                    .rows = 6});
    form_button(&p.h, "Save");
    form_end(&p.h);
    html_raw(&p.h, "<p class=\"govuk-body\"><a class=\"govuk-link\" "
                   "href=\"/desk/outlines\">Outlines of areas, for maps</a></p>\n");
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

/* What is kept; answers and returns false when the officer is no administrator. */
static bool site_of(struct request *r, struct db *db, struct desk_site *s)
{
    if (page_failed(r, desk_site_load(db, &r->arena, r->officer.officer, s)))
        return false;
    if (!s->found)
        response_error(r, 404);
    return s->found;
}

enum handled page_desk_site(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct desk_site s;
    if (site_of(r, db, &s))
        show(r, &s, &none);
    return HANDLED;
}

static const char *colour_fault(struct request *r, const char *typed, char colour[7])
{
    if (!site_colour_read(typed, colour))
        return "Enter six digits from 0 to 9 and a to f, like #1d4f91";
    double contrast = site_colour_contrast(colour);
    if (contrast < CONTRAST_LEAST)
        return arena_fmt(&r->arena,
                         "Choose a darker colour: white letters on this one could not be read by "
                         "all (contrast %.1f to 1, and 4.5 is needed)",
                         contrast);
    return NULL;
}

/* The form as typed in *t, and as it is to be kept in *s. */
static void read_form(struct request *r, struct desk_site *t, struct desk_site *s,
                      struct form_errors *e)
{
    char day[11] = "", colour[SITE_COLOUR_LEN + 1] = "";
    t->banner = request_field(r, "banner");
    t->until = request_field(r, "until");
    t->colour = request_field(r, "colour");
    t->about = request_field(r, "about");
    t->privacy = request_field(r, "privacy");
    if (typed_length(t->banner) > SITE_BANNER_MAX)
        form_error(e, "banner", "Use at most 300 characters");
    if (*t->until != '\0' && !typed_date(t->until, day))
        form_error(e, "until", "Enter a date, like 14/12/2026, or leave it empty");
    const char *fault = *t->colour != '\0' ? colour_fault(r, t->colour, colour) : NULL;
    if (fault != NULL)
        form_error(e, "colour", fault);
    if (typed_length(t->about) > SITE_TEXT_MAX)
        form_error(e, "about", "Use at most 4,000 characters");
    if (typed_length(t->privacy) > SITE_TEXT_MAX)
        form_error(e, "privacy", "Use at most 4,000 characters");
    *s = *t;
    s->until = arena_strdup(&r->arena, day);
    s->colour = arena_strdup(&r->arena, colour);
}

enum handled page_desk_site_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct desk_site typed, kept;
    const char *word = "";
    if (!site_of(r, db, &typed))
        return HANDLED;
    read_form(r, &typed, &kept, &e);
    if (e.n > 0)
        show(r, &typed, &e);
    else if (!page_failed(r, desk_site_save(db, &r->arena, r->officer.officer, &kept, &word)))
        response_redirect(r, "/desk/site");
    return HANDLED;
}

enum handled page_theme(struct request *r, struct db *db)
{
    char colour[SITE_COLOUR_LEN + 1], name[SITE_COLOUR_LEN + 1] = "";
    struct buf css = buf_new(CSS_MAX);
    (void)db;
    if (strlen(r->segment[0]) == SITE_COLOUR_LEN + 4 &&
        strcmp(r->segment[0] + SITE_COLOUR_LEN, ".css") == 0)
        memcpy(name, r->segment[0], SITE_COLOUR_LEN);
    if (!site_colour_read(name, colour) || strcmp(name, colour) != 0) {
        response_error(r, 404);
        return HANDLED;
    }
    site_colour_css(colour, &css);
    response_file(r, "text/css; charset=utf-8", NULL, &css);
    return HANDLED;
}
