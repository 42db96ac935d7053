/* page_desk_audit.c: /desk/audit: what officers did, who and when, what was before and after, and
 * whether the record is whole; the same as a file. */
#include "common/log.h"
#include "server/audit_words.h"
#include "server/csv_write.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_audit.h"
#include "server/typed.h"

enum {
    PAGE_ROWS = 50,
    FILE_BATCH = 500, /* rows asked for at once, for a file */
    FILE_ROWS = 20000,
    FILE_MAX = 64 << 20,
    FILE_FULL =
        FILE_MAX - (2 << 20), /* and a row more: two wordings of 20,000 characters, quoted */
    BATCH_ARENA = 8 << 20
};

/* --- what is asked for ---------------------------------------------------------------------- */
struct filter {
    const char *words, *from, *until; /* as typed */
    char from_day[11], until_day[11];
    struct audit_wanted wanted;
};

static void read_day(const char *typed, const char *field, char day[11], const char **out,
                     struct form_errors *e)
{
    *out = NULL;
    if (*typed == '\0')
        return;
    if (typed_date(typed, day))
        *out = day;
    else
        form_error(e, field, "Enter a date, like 14/12/2026");
}

static void read_filter(struct request *r, struct filter *f, struct form_errors *e)
{
    *f = (struct filter){.words = request_field(r, "q"),
                         .from = request_field(r, "from"),
                         .until = request_field(r, "until")};
    f->wanted.words = f->words;
    f->wanted.actions = audit_actions(&r->arena, f->words);
    read_day(f->from, "from", f->from_day, &f->wanted.from, e);
    read_day(f->until, "until", f->until_day, &f->wanted.until, e);
}

/* --- whether the record is whole ------------------------------------------------------------ */
static void checked_now(struct html *h, const struct audit_state *s)
{
    html_raw(h, "<p>");
    kit_count(h, s->total, "row", "rows");
    html_raw(h, ", <strong>unbroken</strong>. ");
    if (s->from > s->to)
        html_raw(h, "None came since the last look.");
    else if (s->from == s->to)
        html_textf(h, "Row %lld of the chain was checked now", (long long)s->to);
    else
        html_textf(h, "Rows %lld to %lld of the chain were checked now", (long long)s->from,
                   (long long)s->to);
    html_text(h, s->from > s->to ? "" : s->from > 1 ? "; those before held when they were." : ".");
    if (s->whole_at == DB_NO_TIME) {
        html_raw(h, " It was never checked from its beginning.");
    } else {
        html_textf(h, " Rows 1 to %lld were last checked from the beginning at ",
                   (long long)s->whole_to);
        desk_when(h, when_minute(s->whole_at));
        html_raw(h, ".");
    }
    html_raw(h, "</p>");
}

/* Administrators and auditors see whether the chain holds, and what to write down. */
static void state(struct html *h, struct request *r, const struct audit_state *s)
{
    if (!s->asked)
        return;
    html_raw(h, "<div class=\"govuk-inset-text\">");
    if (s->broken == 0)
        checked_now(h, s);
    else
        html_textf(h, "Row %lld is not what was written: tell whoever runs this service.",
                   (long long)s->broken);
    if (*s->head != '\0') {
        html_raw(h, "<p>Write this down elsewhere, with today’s date:</p><p class=\"wm-type\">");
        for (size_t i = 0; i < strlen(s->head); i += 8)
            html_textf(h, "%.8s ", s->head + i);
        html_raw(h, "</p>");
    }
    desk_button(h, r, "/desk/audit/check", "Check all of it now");
    html_raw(h, "</div>\n");
}

/* --- rows ------------------------------------------------------------------------------------- */
static void changes(struct html *h, struct arena *arena, const struct audit_row *a)
{
    if (a->changes == 0)
        return;
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet wm-record\">");
    for (int i = 0; i < a->changes; i++) {
        const struct audit_change *c = &a->change[i];
        html_raw(h, "<li><strong>");
        html_text(h, audit_field(arena, c->what));
        html_raw(h, "</strong> was <del>");
        audit_value(h, c->what, c->before);
        html_raw(h, "</del>, is <ins>");
        audit_value(h, c->what, c->after);
        html_raw(h, "</ins></li>");
    }
    html_raw(h, "</ul>");
}

/* What else is known, of what is set. */
static void facts(struct html *h, struct arena *arena, const struct audit_row *a)
{
    bool any = false;
    for (int i = 0; i < a->facts; i++) {
        const struct audit_change *f = &a->fact[i];
        if (*f->before == '\0')
            continue;
        if (any)
            html_raw(h, "; ");
        else
            html_raw(h, "<p class=\"wm-record\">");
        any = true;
        html_textf(h, "%s: ", audit_field(arena, f->what));
        audit_value(h, f->what, f->before);
    }
    if (any)
        html_raw(h, "</p>");
}

static void one(struct html *h, struct arena *arena, const struct audit_row *a)
{
    html_raw(h, "<li class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
    html_text(h, audit_sentence(arena, a));
    html_raw(h, "</h2><p>");
    html_textf(h, "%s, ", *a->who != '\0' ? a->who : "The service itself");
    desk_when(h, when_minute(a->at));
    if (*a->area != '\0')
        html_textf(h, ", %s", a->area);
    if (*a->from != '\0')
        html_textf(h, ", from %s", a->from);
    html_textf(h, " (row %lld)", (long long)a->id);
    html_raw(h, "</p>");
    changes(h, arena, a);
    facts(h, arena, a);
    html_raw(h, "</li>\n");
}

static void search(struct html *h, const struct filter *f, const struct form_errors *e)
{
    html_raw(h, "<form method=\"get\" action=\"/desk/audit\" novalidate>\n");
    form_input(h, NULL,
               &(struct form_input){.name = "q",
                                    .label = "Officer, what was done, or to what",
                                    .hint = "For example, asked for a count, or part of a name.",
                                    .value = f->words,
                                    .width = 20});
    form_input(h, e,
               &(struct form_input){.name = "from",
                                    .label = "From",
                                    .hint = "A day, like 14/12/2026",
                                    .value = f->from,
                                    .width = 10});
    form_input(
        h, e,
        &(struct form_input){
            .name = "until", .label = "Up to and including", .value = f->until, .width = 10});
    form_button(h, "Search");
    form_end(h);
}

/* A form of its own that asks the same again, elsewhere or from there on. */
static void again(struct html *h, const struct filter *f, bool file, int64_t before,
                  const char *text)
{
    html_raw(h, "<form method=\"get\" novalidate");
    html_attr(h, "action", file ? "/desk/audit/file" : "/desk/audit");
    html_raw(h, ">\n");
    form_hidden(h, "q", f->words);
    form_hidden(h, "from", f->from);
    form_hidden(h, "until", f->until);
    if (before > 0) {
        html_raw(h, "<input type=\"hidden\" name=\"before\"");
        html_attrf(h, "value", "%lld", (long long)before);
        html_raw(h, ">");
    }
    form_button_second(h, text);
    form_end(h);
}

static void show(struct request *r, const struct audit_rows *all, const struct audit_state *s,
                 const struct filter *f, const struct form_errors *e)
{
    struct desk_page p;
    int n = all->n < PAGE_ROWS ? all->n : PAGE_ROWS;
    desk_begin(&p, r, "What officers did", "/desk", "My rounds", e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">What officers did</h1>\n"
                   "<p class=\"govuk-body\">Nobody can edit or remove what stands here. Officers "
                   "see what is about their areas and what they did themselves; administrators and "
                   "auditors see all.</p>\n");
    state(&p.h, r, s);
    search(&p.h, f, e);
    if (n > 0)
        again(&p.h, f, true, 0, "Download as CSV");
    else if (e->n == 0)
        kit_paragraph(&p.h, *f->words != '\0' || *f->from != '\0' || *f->until != '\0'
                                ? "Nothing matches what you search for."
                                : "Nothing was done in your areas yet.");
    if (n > 0)
        html_raw(&p.h, "<ul class=\"govuk-list\">\n");
    for (int i = 0; i < n; i++)
        one(&p.h, &r->arena, &all->row[i]);
    if (n > 0)
        html_raw(&p.h, "</ul>\n");
    if (all->n > PAGE_ROWS)
        again(&p.h, f, false, all->row[PAGE_ROWS - 1].id, "Show older rows");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_desk_audit(struct request *r, struct db *db)
{
    struct audit_rows all = {.n = 0};
    struct audit_state s = {.head = ""};
    struct form_errors e = {.n = 0};
    struct filter f;
    const char *from = request_field(r, "before");
    read_filter(r, &f, &e);
    if (*from != '\0' && !parse_int(from, 1, INT64_MAX, &f.wanted.before)) {
        response_error(r, 404);
        return HANDLED;
    }
    f.wanted.most = PAGE_ROWS + 1;
    f.wanted.told = true;
    enum db_outcome outcome = DB_OK;
    if (e.n == 0)
        outcome = desk_audit(db, &r->arena, r->officer.officer, &f.wanted, &all);
    if (outcome == DB_OK && f.wanted.before == 0)
        outcome = desk_audit_check(db, &r->arena, r->officer.officer, false, &s);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        show(r, &all, &s, &f, &e);
    return HANDLED;
}

enum handled page_desk_audit_check_post(struct request *r, struct db *db)
{
    struct audit_state s;
    enum db_outcome outcome = desk_audit_check(db, &r->arena, r->officer.officer, true, &s);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        response_redirect(r, "/desk/audit");
    return HANDLED;
}

/* --- the file --------------------------------------------------------------------------------- */
static void csv_row(struct buf *out, const struct audit_row *a)
{
    char at[24];
    struct buf told = buf_new(FILE_MAX);
    when_utc(a->at, at);
    for (int i = 0; i < a->changes; i++)
        buf_fmt(&told, "%s%s: %s -> %s", i > 0 ? "; " : "", a->change[i].what, a->change[i].before,
                a->change[i].after);
    buf_fmt(out, "%lld,%s,", (long long)a->id, at);
    csv_next_cell(out, a->who);
    csv_next_cell(out, a->action);
    csv_next_cell(out, a->object);
    csv_next_cell(out, a->area);
    csv_next_cell(out, buf_str(&told));
    csv_next_cell(out, a->detail);
    csv_last_cell(out, a->from);
    buf_free(&told);
}

/* Batch after batch, so that a long record takes little memory but the file's own. */
static enum db_outcome fill(struct db *db, int32_t officer, struct audit_wanted *wanted,
                            struct buf *out)
{
    struct arena arena = arena_new(BATCH_ARENA);
    struct audit_rows all;
    enum db_outcome outcome;
    int rows = 0, i;
    wanted->most = FILE_BATCH;
    do {
        arena_clear(&arena);
        outcome = desk_audit(db, &arena, officer, wanted, &all);
        for (i = 0; i < all.n && rows < FILE_ROWS && out->len < FILE_FULL; i++, rows++)
            csv_row(out, &all.row[i]);
        if (all.n > 0)
            wanted->before = all.row[all.n - 1].id;
    } while (outcome == DB_OK && all.n == FILE_BATCH && i == all.n);
    if (i < all.n)
        buf_str_add(out, ",,,,,,,,\"Older rows are left out: choose fewer days\"\r\n");
    arena_free(&arena);
    return outcome;
}

enum handled page_desk_audit_file(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct filter f;
    struct buf out = buf_new(FILE_MAX);
    read_filter(r, &f, &e);
    if (e.n > 0) {
        response_error(r, 400);
        return HANDLED;
    }
    buf_str_add(&out, "row,at,officer,action,object,area,changes,detail,from\r\n");
    enum db_outcome outcome = fill(db, r->officer.officer, &f.wanted, &out);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else
        response_file(r, "text/csv; charset=utf-8", "record.csv", &out);
    buf_free(&out);
    return HANDLED;
}
