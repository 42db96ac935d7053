/* page_proposal_import.c: a spreadsheet of proposals for a draft round: what its columns are, what
 * it would add and what is wrong with it, then the yes; and taking it back. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/proposal_form.h"
#include "server/proposal_sheet.h"
#include "server/store_proposal.h"

#include "common/digest.h"

enum { SHOWN = 20 };

/* --- the file ----------------------------------------------------------------------------- */
static void imported(struct html *h, struct request *r, const struct desk_round *round,
                     const struct proposal_import_done *i)
{
    html_raw(h, "<li class=\"wm-task\"><span>");
    if (i->added == 0)
        html_raw(h, "Proposals of a file");
    else
        kit_count(h, i->added, "proposal of a file", "proposals of a file");
    html_raw(h, "</span><p>Added by ");
    html_text(h, i->who);
    html_raw(h, ", ");
    desk_when(h, when_minute(i->at));
    if (i->undone)
        html_raw(h, ". Taken back");
    else if (i->changed > 0)
        html_textf(h, ". %d of them changed or published since", (int)i->changed);
    html_raw(h, "</p>");
    if (!i->undone && round->phase == DESK_DRAFT)
        desk_button_second(
            h, r, arena_fmt(&r->arena, "/desk/rounds/%s/import/%d/undo", round->slug, (int)i->id),
            i->added == 1 ? "Take it out again" : "Take them out again");
    html_raw(h, "</li>\n");
}

static void ask_file(struct html *h, struct request *r, const struct desk_round *round,
                     const struct form_errors *e)
{
    html_raw(h, "<p class=\"govuk-body\">A CSV file with one proposal a row, under a header. Title "
                "and cost are needed; short name, summary, full text, place, proposer, pot, "
                "theme and the point on the map are read where there is a column for them. They "
                "are added as drafts, all of them or "
                "none, once you have seen what was read.</p>\n");
    form_begin_file(h, arena_fmt(&r->arena, "/desk/rounds/%s/import", round->slug));
    form_token(h, r);
    form_csv(h, e);
    form_button(h, "Look at the file");
    form_end(h);
}

static void show_start(struct request *r, struct db *db, const struct desk_round *round,
                       const struct form_errors *e, int status)
{
    struct proposal_imports done;
    struct desk_page p;
    if (page_failed(r, proposal_imports(db, &r->arena, r->officer.officer, round->slug, &done)))
        return;
    desk_begin(&p, r, "Proposals from a spreadsheet",
               arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title, e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Proposals from a spreadsheet</h1>\n");
    if (round->phase == DESK_DRAFT)
        ask_file(&p.h, r, round, e);
    else
        html_raw(&p.h, "<p class=\"govuk-body\">This round is no draft any more: nothing is added "
                       "to it or taken out.</p>\n");
    if (done.n > 0)
        html_raw(&p.h, "<h2 class=\"govuk-heading-m\">Added before</h2>\n<ul "
                       "class=\"wm-tasks\">\n");
    for (int i = 0; i < done.n; i++)
        imported(&p.h, r, round, &done.done[i]);
    if (done.n > 0)
        html_raw(&p.h, "</ul>\n");
    desk_end(&p, r, status);
}

/* The round of the first segment, when it takes proposals; answers otherwise. */
static const struct desk_round *round_of(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL && strcmp(round->kind, "yes_no") == 0) {
        response_error(r, 404);
        return NULL;
    }
    return round;
}

enum handled page_proposal_sheet(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    const struct desk_round *round = round_of(r, db);
    if (round != NULL)
        show_start(r, db, round, &none, 200);
    return HANDLED;
}

enum handled page_proposal_sheet_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct proposal_sheet sheet;
    uint8_t sha256[DIGEST_LEN];
    int32_t id = 0;
    const struct desk_round *round = round_of(r, db);
    if (round == NULL)
        return HANDLED;
    const char *fault = r->file == NULL || r->file_len == 0
                            ? "Choose a file"
                            : proposal_sheet_read(&r->arena, r->file, r->file_len, &sheet);
    if (fault == NULL) {
        digest_sha256(r->file, r->file_len, sha256);
        if (page_failed(
                r, proposal_import_begin(db, r->officer.officer, round->slug, sha256, &sheet, &id)))
            return HANDLED;
        if (id != 0) {
            response_redirect(r, "/desk/proposal-files/%d", id);
            return HANDLED;
        }
        fault = desk_refusal(r, desk_closed_to_change(round), "");
    }
    form_error(&e, "file", fault);
    show_start(r, db, round, &e, 422);
    return HANDLED;
}

enum handled page_proposal_sheet_undo_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *word = "";
    int64_t id = 0;
    const struct desk_round *round = round_of(r, db);
    if (round == NULL)
        return HANDLED;
    if (!parse_int(r->segment[1], 1, INT32_MAX, &id)) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, proposal_import_undo(db, &r->arena, r->officer.officer, round->slug,
                                            (int32_t)id, &word)))
        return HANDLED;
    if (strcmp(word, "undone") == 0) {
        response_redirect(r, "/desk/rounds/%s/import", round->slug);
    } else if (strcmp(word, "not_found") == 0) {
        response_error(r, 404);
    } else {
        form_error(&e, "main", desk_refusal(r, word, ""));
        show_start(r, db, round, &e, 409);
    }
    return HANDLED;
}

/* --- the dry run -------------------------------------------------------------------------- */
/* A file read against its round: what each row would add, and what is wrong with it. */
struct dry_run {
    struct proposal_import file;
    const struct desk_round *round;
    const char *roles_fault; /* NULL: the columns can be used */
    int n, bad;
    struct desk_proposal proposal[SHEET_PROPOSALS_MAX];
    const char *problem[SHEET_PROPOSALS_MAX]; /* "": none */
    const char *cost_typed[SHEET_PROPOSALS_MAX];
};

static const char *problems(struct arena *a, const struct form_errors *e)
{
    const char *all = "";
    for (int i = 0; i < e->n; i++)
        all = i == 0 ? e->error[i].message : arena_fmt(a, "%s. %s", all, e->error[i].message);
    return all;
}

static void read_rows(struct request *r, struct dry_run *d)
{
    d->roles_fault = proposal_sheet_roles_fault(&r->arena, &d->file.sheet);
    d->n = d->file.sheet.rows - 1;
    for (int i = 0; i < d->n; i++) {
        struct form_errors e = {.n = 0};
        struct typed_proposal t = proposal_sheet_typed(&r->arena, &d->file.sheet, i + 1, d->round);
        proposal_form_check(&t, d->round, &d->proposal[i], &e);
        d->problem[i] = problems(&r->arena, &e);
        d->cost_typed[i] = t.cost;
        d->bad += e.n > 0;
    }
}

/* The dry run of the first segment; answers and returns NULL when there is none. In the arena. */
static struct dry_run *dry_run_of(struct request *r, struct db *db)
{
    int64_t id = 0;
    struct dry_run *d = arena_alloc(&r->arena, sizeof *d);
    struct desk_round *round = NULL;
    d->file.slug = NULL;
    d->bad = 0;
    if (parse_int(r->segment[0], 1, INT32_MAX, &id) &&
        page_failed(r,
                    proposal_import_find(db, &r->arena, r->officer.officer, (int32_t)id, &d->file)))
        return NULL;
    if (d->file.slug == NULL) {
        response_error(r, 404);
        return NULL;
    }
    if (page_failed(r, desk_round_find(db, &r->arena, r->officer.officer, d->file.slug, &round)))
        return NULL;
    if (round == NULL) {
        response_error(r, 404);
        return NULL;
    }
    d->round = round;
    read_rows(r, d);
    return d;
}

static void columns(struct html *h, struct request *r, const struct dry_run *d,
                    const struct form_errors *e)
{
    desk_fold_begin(h, "What each column is for", d->roles_fault != NULL);
    form_begin(h, r->path);
    form_token(h, r);
    form_hidden(h, "do", "columns");
    for (int c = 0; c < d->file.sheet.columns; c++) {
        struct form_choice choices[SHEET_ROLES];
        for (int k = 0; k < SHEET_ROLES; k++)
            choices[k] =
                (struct form_choice){.value = proposal_sheet_role_word((enum sheet_role)k),
                                     .label = proposal_sheet_role_label((enum sheet_role)k),
                                     .chosen = (int)d->file.sheet.role[c] == k};
        const char *name = proposal_sheet_cell(&d->file.sheet, 0, c);
        form_select(h, e, arena_fmt(&r->arena, "c%d", c),
                    *name != '\0' ? name : "A column without a name", choices, SHEET_ROLES);
    }
    form_button(h, "Read the file so");
    form_end(h);
    desk_fold_end(h);
}

static void row(struct desk_table *t, const struct dry_run *d, int i)
{
    const struct desk_proposal *p = &d->proposal[i];
    table_row_begin(t);
    table_cell_begin(t);
    html_textf(t->h, "%d", d->file.sheet.number[i + 1]);
    table_cell_end(t);
    if (d->bad > 0)
        table_cell(t, d->problem[i]);
    table_cell(t, p->title);
    table_cell(t, p->short_name);
    table_cell_begin(t);
    if (p->cost > 0)
        html_money(t->h, p->cost);
    else
        html_text(t->h, d->cost_typed[i]);
    table_cell_end(t);
    table_cell(t, p->summary);
    table_row_end(t);
}

/* The first rows; of a file with faults, the first that have one. */
static void rows(struct html *h, const struct dry_run *d)
{
    static const char *const heads[] = {"Row",        "What is wrong", "Title",
                                        "Short name", "Cost",          "Summary"};
    static const char *const good[] = {"Row", "Title", "Short name", "Cost", "Summary"};
    int shown = 0;
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, d->bad > 0 ? "What is wrong" : "What was read");
    html_raw(h, "</h2>\n");
    struct desk_table table = {.h = h,
                               .name = "Rows of the file",
                               .heads = d->bad > 0 ? heads : good,
                               .n = d->bad > 0 ? 6 : 5};
    table_begin(&table);
    for (int i = 0; i < d->n && shown < SHOWN; i++) {
        if (d->bad == 0 || *d->problem[i] != '\0') {
            row(&table, d, i);
            shown++;
        }
    }
    table_end(&table);
    int left = (d->bad > 0 ? d->bad : d->n) - shown;
    if (left > 0) {
        html_raw(h, "<p class=\"govuk-body\">");
        html_textf(h, "And %d more.", left);
        html_raw(h, "</p>\n");
    }
}

static void verdict(struct html *h, struct request *r, const struct dry_run *d)
{
    html_raw(h, "<p class=\"govuk-body\">");
    if (d->roles_fault != NULL) {
        html_text(h, d->roles_fault);
        html_raw(h, ".</p>\n");
    } else if (d->bad > 0) {
        html_textf(h, "%d of ", d->bad);
        kit_count(h, d->n, "row", "rows");
        html_text(h, d->bad == 1 ? " has" : " have");
        html_raw(h, " something wrong. Nothing was added: mend the file and choose it again, or "
                    "say what its columns "
                    "are.</p>\n");
    } else {
        kit_count(h, d->n, "proposal", "proposals");
        html_raw(h, ", nothing wrong. They become drafts; you publish each when it is "
                    "ready.</p>\n");
        form_begin(h, r->path);
        form_token(h, r);
        form_hidden(h, "do", "add");
        form_button(h, d->n == 1 ? "Add this draft" : arena_fmt(&r->arena, "Add %d drafts", d->n));
        form_end(h);
    }
}

static void show_dry_run(struct request *r, const struct dry_run *d, const char *problem,
                         int status)
{
    struct form_errors e = {.n = 0};
    struct desk_page p;
    if (problem != NULL)
        form_error(&e, "main", problem);
    desk_begin(&p, r, "What the file would add",
               arena_fmt(&r->arena, "/desk/rounds/%s/import", d->round->slug),
               "Proposals from a spreadsheet", &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, d->roles_fault != NULL ? "What are the columns of this file?"
                    : d->bad > 0           ? "Something is wrong with this file"
                                           : "What this file would add");
    html_raw(&p.h, "</h1>\n");
    verdict(&p.h, r, d);
    columns(&p.h, r, d, &e);
    if (d->roles_fault == NULL)
        rows(&p.h, d);
    html_raw(&p.h, "<p class=\"govuk-body-s\">SHA-256 of the file: <code class=\"wm-hash\">");
    html_text(&p.h, d->file.sha256);
    html_raw(&p.h, "</code></p>\n");
    desk_end(&p, r, status);
}

enum handled page_proposal_dry_run(struct request *r, struct db *db)
{
    const struct dry_run *d = dry_run_of(r, db);
    if (d != NULL)
        show_dry_run(r, d, NULL, 200);
    return HANDLED;
}

static const char *refusal(struct request *r, const char *word)
{
    if (strcmp(word, "full") == 0)
        return "With these, the round would have more than 200 proposals";
    if (strcmp(word, "themes") == 0)
        return "With these, the round would have more than 12 themes";
    if (strcmp(word, "too_dear") == 0 || strcmp(word, "pot") == 0)
        return "The round's pots were changed meanwhile: look at the rows again";
    if (strcmp(word, "no_number") == 0)
        return "There are not enough free proposal numbers until a round closes";
    return desk_refusal(r, word, "");
}

static void keep_columns(struct request *r, struct db *db, struct dry_run *d, int32_t id)
{
    for (int c = 0; c < d->file.sheet.columns; c++)
        d->file.sheet.role[c] =
            proposal_sheet_role_of(request_field(r, arena_fmt(&r->arena, "c%d", c)));
    if (!page_failed(r, proposal_import_roles(db, r->officer.officer, id, &d->file.sheet)))
        response_redirect(r, "/desk/proposal-files/%d", id);
}

enum handled page_proposal_dry_run_post(struct request *r, struct db *db)
{
    const char *word = "";
    struct dry_run *d = dry_run_of(r, db);
    if (d == NULL)
        return HANDLED;
    int32_t id = (int32_t)strtol(r->segment[0], NULL, 10);
    if (strcmp(request_field(r, "do"), "columns") == 0) {
        keep_columns(r, db, d, id);
        return HANDLED;
    }
    if (d->roles_fault != NULL || d->bad > 0) {
        show_dry_run(r, d, "Nothing was added: something is wrong with the file", 409);
        return HANDLED;
    }
    if (page_failed(r, proposal_import_add(db, &r->arena, r->officer.officer, id, d->proposal, d->n,
                                           &word)))
        return HANDLED;
    if (strcmp(word, "added") == 0)
        response_redirect(r, "/desk/rounds/%s", d->round->slug);
    else if (strcmp(word, "not_found") == 0)
        response_error(r, 404);
    else
        show_dry_run(r, d, refusal(r, word), 409);
    return HANDLED;
}
