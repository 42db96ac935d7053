/* page_desk_audit.c: /desk/audit: what officers did, who and when, and whether the record is whole.
 */
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_audit.h"

enum { PAGE_ROWS = 50 };

/* Administrators see whether the chain holds, and what to write down. */
static void state(struct html *h, const struct audit_state *s)
{
    if (!s->asked)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\"><p>Checked: ");
    kit_count(h, s->checked, "row", "rows");
    if (s->broken == 0)
        html_raw(h, ", <strong>unbroken</strong>.");
    else
        html_textf(h, ". Row %lld is not what was written: tell whoever runs this service.",
                   (long long)s->broken);
    html_raw(h, "</p>");
    if (*s->head != '\0') {
        html_raw(h, "<p>Write this down elsewhere, with today’s date:</p><p class=\"wm-type\">");
        for (size_t i = 0; i < strlen(s->head); i += 8)
            html_textf(h, "%.8s ", s->head + i);
        html_raw(h, "</p>");
    }
    html_raw(h, "</div>\n");
}

static void one(struct html *h, const struct audit_row *a)
{
    html_raw(h, "<li class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
    html_textf(h, "%s: %s", a->action, a->object);
    html_raw(h, "</h2><p>");
    html_textf(h, "%s, ", *a->who != '\0' ? a->who : "The service itself");
    desk_when(h, when_minute(a->at));
    html_textf(h, " (row %lld)", (long long)a->id);
    html_raw(h, "</p>");
    if (*a->detail != '\0') {
        html_raw(h, "<p class=\"wm-record\">");
        html_text(h, a->detail);
        html_raw(h, "</p>");
    }
    html_raw(h, "</li>\n");
}

static void search(struct html *h, const char *words)
{
    html_raw(h, "<form method=\"get\" action=\"/desk/audit\" novalidate>\n");
    form_input(h, NULL,
               &(struct form_input){.name = "q",
                                    .label = "Officer, action or object",
                                    .hint = "For example round.schedule, or part of a name.",
                                    .value = words,
                                    .width = 20});
    form_button(h, "Search");
    form_end(h);
}

static void older(struct html *h, const char *words, int64_t before)
{
    html_raw(h, "<form method=\"get\" action=\"/desk/audit\" novalidate>\n");
    form_hidden(h, "q", words);
    html_raw(h, "<input type=\"hidden\" name=\"before\"");
    html_attrf(h, "value", "%lld", (long long)before);
    html_raw(h, ">");
    form_button(h, "Show older rows");
    form_end(h);
}

static void show(struct request *r, const struct audit_rows *all, const struct audit_state *s,
                 const char *words)
{
    struct desk_page p;
    int n = all->n < PAGE_ROWS ? all->n : PAGE_ROWS;
    desk_begin(&p, r, "What officers did", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">What officers did</h1>\n"
                   "<p class=\"govuk-body\">Nobody can edit or remove what stands here. Officers "
                   "see what they did themselves, administrators see all.</p>\n");
    state(&p.h, s);
    search(&p.h, words);
    if (n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">There is nothing here.</p>\n");
    html_raw(&p.h, "<ul class=\"govuk-list\">\n");
    for (int i = 0; i < n; i++)
        one(&p.h, &all->row[i]);
    html_raw(&p.h, "</ul>\n");
    if (all->n > PAGE_ROWS)
        older(&p.h, words, all->row[PAGE_ROWS - 1].id);
    desk_end(&p, r, 200);
}

enum handled page_desk_audit(struct request *r, struct db *db)
{
    struct audit_rows all;
    struct audit_state s = {.head = ""};
    const char *words = request_field(r, "q"), *from = request_field(r, "before");
    int64_t before = 0;
    if (*from != '\0' && !parse_int(from, 1, INT64_MAX, &before)) {
        response_error(r, 404);
        return HANDLED;
    }
    enum db_outcome outcome = desk_audit(db, &r->arena, r->officer.officer, words, before, &all);
    /* The whole chain is read only where its state is shown. */
    if (outcome == DB_OK && before == 0 && *words == '\0')
        outcome = desk_audit_check(db, &r->arena, r->officer.officer, &s);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        show(r, &all, &s, words);
    return HANDLED;
}
