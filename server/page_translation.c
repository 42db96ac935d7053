/* page_translation.c: a proposal's words in another language, side by side with the English; and
 * how far all proposals of a round are. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/diff_show.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/proposal_form.h"
#include "server/settings.h"
#include "server/translation_show.h"
#include "server/typed.h"

/* --- a round's ---------------------------------------------------------------------------- */
static void list_rows(struct desk_table *t, struct request *r, const char *slug,
                      const struct translation_lines *all)
{
    for (int i = 0; i < all->n; i++) {
        const struct translation_line *l = &all->line[i];
        if (i > 0 && all->line[i - 1].number == l->number)
            continue;
        table_row_head(t, arena_fmt(&r->arena, "%04d %s", (int)l->number, l->title));
        table_cell_begin(t);
        translation_marks(t->h, r, slug, l->number, all);
        table_cell_end(t);
        table_row_end(t);
    }
}

enum handled page_translations(struct request *r, struct db *db)
{
    static const char *const heads[] = {"Proposal", "Languages"};
    struct translation_lines all;
    struct desk_page p;
    struct desk_table table = {
        .h = &p.h, .name = "Translations of proposals", .heads = heads, .n = 2};
    int done = 0;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL ||
        page_failed(r, translations_load(db, &r->arena, r->officer.officer, round->slug, &all)))
        return HANDLED;
    for (int i = 0; i < all.n; i++)
        done += all.line[i].state == TRANSLATION_DONE;
    desk_begin(&p, r, "Other languages", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, NULL);
    html_raw(&p.h,
             "<h1 class=\"govuk-heading-l\">Other languages</h1>\n<p class=\"govuk-body-l\">");
    html_textf(&p.h,
               all.n == 1 ? "%d of %d translation is done." : "%d of %d translations are done.",
               done, all.n);
    html_raw(&p.h, "</p>\n<p class=\"govuk-body\">Residents who read in another language see what "
                   "is done. Of what is missing, only begun or out of date they read the "
                   "English.</p>\n");
    if (all.n > 0) {
        table_begin(&table);
        list_rows(&table, r, round->slug, &all);
        table_end(&table);
    }
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- side by side ------------------------------------------------------------------------- */
/* What one page is about. */
struct beside {
    const struct desk_round *round;
    const struct desk_proposal *english;
    enum language language;
    struct translation translation;
    struct translation_words typed;
    int32_t before; /* the wordings to show are those before it; 0: the latest */
};

/* The English of one field, and what changed in it since it was translated. */
static void english_field(struct html *h, const char *label, const char *now, const char *was)
{
    html_raw(h, "<section><h2 class=\"govuk-heading-s\">");
    html_text(h, label);
    html_raw(h, "</h2>\n<p class=\"govuk-body wm-lines\">");
    if (was != NULL && strcmp(was, now) != 0)
        diff_show(h, was, now);
    else
        html_text(h, *now != '\0' ? now : "Nothing");
    html_raw(h, "</p></section>");
}

static void field(struct html *h, struct request *r, const struct beside *b,
                  const struct form_errors *e, const struct form_input *in, const char *label,
                  const char *english, const char *was)
{
    struct form_input input = *in;
    input.lang = language_tag(b->language);
    input.label = arena_fmt(&r->arena, "%s (%s)", label, language_name(b->language));
    html_raw(h, "<div class=\"wm-two\">");
    english_field(h, label, english, was);
    html_raw(h, "<div>");
    form_input(h, e, &input);
    html_raw(h, "</div></div>\n");
}

static void fields(struct html *h, struct request *r, const struct beside *b,
                   const struct form_errors *e)
{
    const struct desk_proposal *p = b->english;
    const struct translation_words *t = &b->typed;
    bool old = b->translation.state == TRANSLATION_OLD;
    const struct translation_words *was = &b->translation.english;
    field(h, r, b, e, &(struct form_input){.name = "title", .value = t->title}, "Title", p->title,
          old ? was->title : NULL);
    field(h, r, b, e,
          &(struct form_input){.name = "short_name", .value = t->short_name, .width = 20},
          "Short name", p->short_name, old ? was->short_name : NULL);
    field(h, r, b, e, &(struct form_input){.name = "summary", .value = t->summary, .rows = 3},
          "In one or two sentences", p->summary, old ? was->summary : NULL);
    field(h, r, b, e, &(struct form_input){.name = "body", .value = t->body, .rows = 10}, "In full",
          p->body, old ? was->body : NULL);
}

static void stands(struct html *h, const struct beside *b)
{
    html_raw(h, "<p class=\"govuk-body\">");
    translation_tag(h, b->translation.state);
    html_raw(h, " ");
    switch (b->translation.state) {
    case TRANSLATION_MISSING:
    case TRANSLATION_PART:
        html_raw(h, "Residents read the English until all of it is here.");
        break;
    case TRANSLATION_OLD:
        html_raw(h, "The English has changed since: what is new in it is marked. Residents read "
                    "the English until you save this again, changed or as it is.");
        break;
    case TRANSLATION_DONE:
        html_raw(h, "Residents read it.");
        break;
    }
    html_raw(h, "</p>\n");
}

/* Of one wording and the one before it (NULL: it is the first). */
static void changed(struct html *h, enum language language, const char *name, const char *now,
                    const char *was)
{
    if (strcmp(now, was) == 0)
        return;
    html_raw(h, "<p>");
    html_text(h, name);
    html_raw(h, ": <span");
    html_attr(h, "lang", language_tag(language));
    html_raw(h, ">");
    diff_show(h, was, now);
    html_raw(h, "</span></p>");
}

static void every_wording(struct html *h, const struct beside *b)
{
    static const struct translation_words none = {"", "", "", ""};
    if (b->translation.n == 0)
        return;
    int first = b->before > 0 ? 1 : 0, end = first + WORDINGS_SHOWN;
    desk_fold_begin(h, "Every wording", first > 0);
    for (int i = first; i < b->translation.n && i < end; i++) {
        const struct translation_wording *w = &b->translation.wording[i];
        const struct translation_words *before =
            i + 1 < b->translation.n ? &b->translation.wording[i + 1].words : &none;
        html_raw(h, "<p><strong>");
        html_textf(h, "Wording %d", (int)w->revision);
        html_raw(h, "</strong>, of wording ");
        html_textf(h, "%d of the English. ", (int)w->of_revision);
        html_text(h, w->who);
        html_raw(h, ", ");
        desk_when(h, when_minute(w->at));
        html_raw(h, "</p>");
        changed(h, b->language, "Title", w->words.title, before->title);
        changed(h, b->language, "Short name", w->words.short_name, before->short_name);
        changed(h, b->language, "In one or two sentences", w->words.summary, before->summary);
        changed(h, b->language, "In full", w->words.body, before->body);
    }
    if (end < b->translation.n)
        desk_older(h, b->translation.wording[end - 1].revision);
    desk_fold_end(h);
}

static void show(struct request *r, const struct beside *b, const struct form_errors *e, int status)
{
    struct desk_page p;
    const char *slug = b->round->slug;
    const char *title = arena_fmt(&r->arena, "In another language: %s", b->english->title);
    int32_t revision = b->translation.n > 0 ? b->translation.wording[0].revision : 0;
    desk_begin(&p, r, title, arena_fmt(&r->arena, "/desk/rounds/%s/translations", slug),
               "Other languages", e);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    html_textf(&p.h, "%04d ", (int)b->english->number);
    html_text(&p.h, b->english->title);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">");
    translation_language(&p.h, b->language);
    html_raw(&p.h, ", beside the English</h1>\n");
    stands(&p.h, b);
    form_begin(&p.h, arena_fmt(&r->arena, "/desk/translations/%s/%04d/%s", slug,
                               (int)b->english->number, language_tag(b->language)));
    form_token(&p.h, r);
    form_hidden(&p.h, "of", arena_fmt(&r->arena, "%d", (int)b->english->revision));
    form_hidden(&p.h, "revision", arena_fmt(&r->arena, "%d", (int)revision));
    fields(&p.h, r, b, e);
    form_button(&p.h, "Save");
    form_end(&p.h);
    every_wording(&p.h, b);
    desk_end(&p, r, status);
}

/* Reads what the address names; answers otherwise. */
static bool load(struct request *r, struct db *db, struct beside *b)
{
    int64_t number = -1;
    b->round = desk_round_of(r, db);
    if (b->round == NULL)
        return false;
    b->english = parse_int(r->segment[1], 0, 9999, &number)
                     ? desk_proposal_of(b->round, (int32_t)number)
                     : NULL;
    if (b->english == NULL || b->english->withdrawn || strlen(r->segment[1]) != 4 ||
        !language_read(r->segment[2], &b->language) || b->language == LANGUAGE_EN ||
        !settings_offer(b->language)) {
        response_error(r, 404);
        return false;
    }
    if (page_failed(r,
                    translation_load(db, &r->arena, r->officer.officer, b->round->slug,
                                     b->english->number, b->language, b->before, &b->translation)))
        return false;
    b->typed = b->translation.n > 0 ? b->translation.wording[0].words
                                    : (struct translation_words){"", "", "", ""};
    return true;
}

enum handled page_translation(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    struct beside b;
    if (desk_before(r, &b.before) && load(r, db, &b))
        show(r, &b, &none, 200);
    return HANDLED;
}

static void check(const struct translation_words *t, struct form_errors *e)
{
    if (typed_length(t->title) > PROPOSAL_TITLE_MAX)
        form_error(e, "title", "Use at most 120 characters for the title");
    if (typed_length(t->short_name) > TYPED_SHORT_NAME_MAX)
        form_error(e, "short_name", "Use at most 16 characters for the short name");
    proposal_check_lengths(t->summary, t->body, e);
}

static const char *refusal(const char *result)
{
    if (strcmp(result, "changed") == 0)
        return "Somebody saved another translation while you wrote. Yours is below and not saved "
               "yet: look at every wording first, then save yours over it if you still want to";
    if (strcmp(result, "english") == 0)
        return "The English changed while you wrote. It stands beside your words now: look at it, "
               "then save again";
    if (strcmp(result, "long") == 0)
        return "This is longer than the words of a project may be. Shorten it, then save again";
    return "This round is put away: nothing in it changes any more";
}

enum handled page_translation_post(struct request *r, struct db *db)
{
    struct beside b = {.before = 0};
    struct form_errors e = {.n = 0};
    int64_t of = 0, revision = -1;
    const char *result = "";
    if (!load(r, db, &b))
        return HANDLED;
    b.typed = (struct translation_words){.title = request_field(r, "title"),
                                         .short_name = request_field(r, "short_name"),
                                         .summary = request_field(r, "summary"),
                                         .body = request_field(r, "body")};
    check(&b.typed, &e);
    parse_int(request_field(r, "of"), 1, INT32_MAX, &of);
    parse_int(request_field(r, "revision"), 0, INT32_MAX, &revision);
    if (e.n == 0 &&
        page_failed(r, translation_save(db, &r->arena, r->officer.officer, b.round->slug,
                                        b.english->number, b.language, &b.typed, (int32_t)of,
                                        (int32_t)revision, &result)))
        return HANDLED;
    if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else if (strcmp(result, "saved") == 0) {
        response_redirect(r, "/desk/rounds/%s/translations", b.round->slug);
    } else {
        if (e.n == 0)
            form_error(&e, "main", refusal(result));
        show(r, &b, &e, *result != '\0' ? 409 : 422);
    }
    return HANDLED;
}
