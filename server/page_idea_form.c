/* page_idea_form.c: a resident writes an idea: one question a page, each answer saved. */
#include "common/phone.h"
#include "server/form.h"
#include "server/idea_form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/rate.h"
#include "server/store_places.h"
#include "server/tr.h"
#include "server/typed.h"

enum { AREAS_MAX = 200 };

static struct rate drafts = RATE("idea", 20, 3600);

static const struct idea_step *step_named(const struct idea *i, const char *name)
{
    const struct idea_form *form = idea_form_of(i->kind);
    for (int n = 0; n < form->steps; n++) {
        if (strcmp(form->step[n].name, name) == 0)
            return &form->step[n];
    }
    return NULL;
}

/* --- beginning ---------------------------------------------------------------------------- */
static void what_becomes_of_it(struct html *h, bool pledge)
{
    const char *const steps[] = {
        N_("You answer seven short questions. Each answer is saved: you can stop, and go on "
           "another day."),
        pledge ? N_("An officer of your neighbourhood reads it, may ask you something, and puts it "
                    "to whoever is to promise it.")
               : N_("An officer of your neighbourhood reads it, may ask you something, and works "
                    "out what it costs."),
        N_("You read on your own page what becomes of it, with the reason when it cannot be done."),
    };
    html_raw(h, "<p class=\"govuk-body-l\">");
    html_tr(h, pledge ? N_("What should the council, the police, a school or a group promise your "
                           "neighbourhood? Tell us. It can become a pledge of the neighbourhood’s "
                           "agreement.")
                      : N_("Is there something your neighbourhood needs? Tell us. It can become a "
                           "project that residents vote for."));
    html_raw(h, "</p>\n<ol class=\"govuk-list govuk-list--number\">");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        html_raw(h, "<li>");
        html_tr(h, steps[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ol>\n");
}

static enum handled begin_page(struct request *r, const struct idea_form *form)
{
    bool pledge = strcmp(form->kind, "pledge") == 0;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, form->title));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    what_becomes_of_it(&h, pledge);
    form_begin(&h, "/ideas");
    form_hidden(&h, "kind", form->kind);
    form_button(&h, tr(r, "Start"));
    form_end(&h);
    html_tr_pv(&h, "Have you started one? Open the private address that we gave you{help}.",
               TR_TEXT("help", kit_or_contact(r)));
    const struct idea_form *other = idea_form_of(pledge ? "project" : "pledge");
    kit_sentence(&h,
                 pledge ? tr(r, "Is it something to build, buy or hold once?")
                        : tr(r, "Is it something that somebody should promise to do, again and "
                                "again?"),
                 other->path, tr(r, other->title));
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_ideas(struct request *r, struct db *db)
{
    (void)db;
    return begin_page(r, idea_form_of("project"));
}

enum handled page_ideas_pledge(struct request *r, struct db *db)
{
    (void)db;
    return begin_page(r, idea_form_of("pledge"));
}

enum handled page_ideas_post(struct request *r, struct db *db)
{
    char key[IDEA_KEY_LEN + 1];
    if (rate_over(&drafts, r->address)) {
        response_error(r, 429);
        return HANDLED;
    }
    if (!page_failed(r, idea_begin(db, idea_form_of(request_field(r, "kind"))->kind, key)))
        response_redirect(r, "/ideas/%s/area", key);
    return HANDLED;
}

/* --- one question a page ------------------------------------------------------------------ */
static bool area_field(struct html *h, struct request *r, struct db *db,
                       const struct form_errors *e, const struct idea_step *s, const char *value)
{
    struct areas areas;
    struct form_choice choices[AREAS_MAX + 1] = {{.value = "", .label = tr(r, "Choose")}};
    int n = 1;
    if (page_failed(r, areas_load(db, &r->arena, NULL, &areas)))
        return false;
    for (int i = 0; i < areas.n && n <= AREAS_MAX; i++)
        choices[n++] = (struct form_choice){.value = areas.area[i].slug,
                                            .label = areas.area[i].name,
                                            .chosen = strcmp(areas.area[i].slug, value) == 0};
    kit_title(h, tr(h, s->question));
    form_select_name(h, e, s->name, tr(h, "Neighbourhood"), choices, n);
    return true;
}

static void you_fields(struct html *h, const struct request *r, const struct form_errors *e,
                       const struct idea *i, const char *name, const char *texts)
{
    struct form_choice choices[] = {
        {"yes", tr(h, "Yes, text me when there is an answer"),
         tr(h,
            "Your number is sealed, used for this alone, and erased 28 days after the decision."),
         strcmp(texts, "yes") == 0},
        {"no", tr(h, "No, I look at my page from time to time"), NULL, strcmp(texts, "no") == 0},
    };
    kit_title(h, tr(h, "How can we reach you?"));
    form_input(h, e,
               &(struct form_input){.name = "you",
                                    .label = tr(h, "Your name, or your group’s"),
                                    .hint = tr(h, "The officers of your neighbourhood see it. It "
                                                  "is not published."),
                                    .value = name,
                                    .autocomplete = "name"});
    form_radios(h, e, "texts", tr(h, "May we text you?"), choices, 2);
    form_input(h, e,
               &(struct form_input){.name = "number",
                                    .label = tr(h, "Mobile phone number"),
                                    .hint = i->texts
                                                ? tr(h, "We have one. Enter it only to change it.")
                                                : tr(h, "Only if we may text you"),
                                    .value = request_field(r, "number"),
                                    .type = "tel",
                                    .autocomplete = "tel",
                                    .width = 20});
}

static const char *money_typed(struct request *r, int64_t pence)
{
    if (pence == 0)
        return "";
    return pence % 100 == 0 ? arena_fmt(&r->arena, "%lld", (long long)(pence / 100))
                            : typed_pounds(&r->arena, pence);
}

/* `typed`: show what was sent, not what is stored. */
static void show_step(struct request *r, struct db *db, const struct idea *i,
                      const struct idea_step *s, const struct form_errors *e, bool typed)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, s->question));
    l.has_error = e->n > 0;
    l.back_path = arena_fmt(&r->arena, "/ideas/%s", r->segment[0]);
    l.back_text = tr(r, idea_form_of(i->kind)->yours);
    const char *value = typed ? request_field(r, s->name) : idea_kept(i, s);
    const char *texts = typed                  ? request_field(r, "texts")
                        : i->texts             ? "yes"
                        : *i->proposer != '\0' ? "no"
                                               : "";
    layout_begin(&h, &l);
    form_summary(&h, e);
    form_begin(&h, arena_fmt(&r->arena, "/ideas/%s/%s", r->segment[0], s->name));
    if (s->kind == STEP_AREA) {
        if (!area_field(&h, r, db, e, s, value)) {
            html_free(&h);
            return;
        }
    } else if (s->kind == STEP_YOU) {
        you_fields(&h, r, e, i, value, texts);
    } else {
        bool cost = s->kind == STEP_COST;
        form_input(
            &h, e,
            &(struct form_input){.name = s->name,
                                 .label = tr(r, s->question),
                                 .hint = s->hint != NULL ? tr(r, s->hint) : NULL,
                                 .value = cost && !typed ? money_typed(r, i->cost_guess) : value,
                                 .inputmode = cost ? "decimal" : NULL,
                                 .prefix = cost ? "£" : NULL,
                                 .width = cost ? 10 : 0,
                                 .rows = s->kind == STEP_TEXT ? 8 : 0,
                                 .big_label = true});
    }
    form_button(&h, tr(r, "Save and continue"));
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, e->n > 0 ? 422 : 200, &h);
}

enum handled page_idea_step(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct idea *i = idea_of(r, db);
    if (i == NULL)
        return HANDLED;
    const struct idea_step *s = step_named(i, r->segment[1]);
    if (s == NULL)
        response_error(r, 404);
    else if (!idea_may_change(i))
        response_redirect(r, "/ideas/%s", r->segment[0]);
    else
        show_step(r, db, i, s, &none, false);
    return HANDLED;
}

static void read_you(struct request *r, const struct idea *i, char e164[PHONE_LEN + 1],
                     struct idea_page *page, struct form_errors *e)
{
    const char *texts = request_field(r, "texts"), *number = request_field(r, "number");
    page->proposer = request_field(r, "you");
    if (strcmp(texts, "no") == 0) {
        page->number = "";
    } else if (strcmp(texts, "yes") != 0) {
        form_error(e, "texts", tr(r, "Say whether we may text you"));
    } else if (*number != '\0' || !i->texts) {
        enum phone_kind kind = phone_read(number, e164);
        if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
            form_error(e, "number", tr(r, "Enter a mobile phone number, like 07700 900 982"));
        page->number = e164;
    }
}

/* What a page holds, read strictly. */
static void read_step(struct request *r, const struct idea *i, const struct idea_step *s,
                      char e164[PHONE_LEN + 1], struct idea_page *page, struct form_errors *e)
{
    const char *value = request_field(r, s->name);
    if (s->kind == STEP_COST) {
        page->has_cost = true;
        if (*value != '\0' && !typed_money(value, &page->cost))
            form_error(e, s->name, tr(r, "Enter an amount, like 2,500, or leave it empty"));
        return;
    }
    if (*value == '\0' && s->empty != NULL)
        form_error(e, s->name, tr(r, s->empty));
    else if (s->most > 0 && typed_length(value) > s->most)
        form_error(e, s->name,
                   trv(&r->arena, r, "Use at most {most} characters: these are {n}",
                       TR_NUMBER("most", (int64_t)s->most),
                       TR_NUMBER("n", (int64_t)typed_length(value))));
    *(const char **)((char *)page + s->written) = value;
    if (s->kind == STEP_YOU)
        read_you(r, i, e164, page, e);
}

/* Forward while the idea is being written; back to the whole of it when one thing was changed. */
static void go_on(struct request *r, const struct idea *i, const struct idea_step *s)
{
    const struct idea_form *form = idea_form_of(i->kind);
    const struct idea_step *next = s + 1 < form->step + form->steps ? s + 1 : NULL;
    bool first_time =
        next != NULL && (next->empty == NULL ? *i->proposer == '\0' : *idea_kept(i, next) == '\0');
    if (first_time)
        response_redirect(r, "/ideas/%s/%s", r->segment[0], next->name);
    else
        response_redirect(r, "/ideas/%s", r->segment[0]);
}

enum handled page_idea_step_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct idea_page page = {.has_cost = false};
    char e164[PHONE_LEN + 1] = "";
    const char *word = "";
    struct idea *i = idea_of(r, db);
    if (i == NULL)
        return HANDLED;
    const struct idea_step *s = step_named(i, r->segment[1]);
    if (s == NULL) {
        response_error(r, 404);
        return HANDLED;
    }
    read_step(r, i, s, e164, &page, &e);
    if (e.n == 0 && page_failed(r, idea_save(db, &r->arena, r->segment[0], &page, &word)))
        return HANDLED;
    if (strcmp(word, "area") == 0)
        form_error(&e, s->name, tr(r, s->empty));
    if (e.n > 0)
        show_step(r, db, i, s, &e, true);
    else
        go_on(r, i, s);
    return HANDLED;
}
