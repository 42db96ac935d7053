/* page_proposal_history.c: every wording of a proposal: who saved it, when, what changed. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/diff_show.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/store_proposal.h"

static void changed(struct desk_table *t, const char *field, const char *before, const char *now)
{
    if (strcmp(before, now) == 0)
        return;
    table_row_head(t, field);
    table_cell_begin(t);
    diff_show(t->h, before, now);
    table_cell_end(t);
    table_row_end(t);
}

static void changes(struct html *h, struct request *r, const struct proposal_wording *now,
                    const struct proposal_wording *before)
{
    const struct desk_proposal *a = &before->text, *b = &now->text;
    static const char *const heads[] = {"Field", "What changed"};
    char then[GEO_TEXT_LEN], after[GEO_TEXT_LEN];
    struct desk_table table = {
        .h = h,
        .name = arena_fmt(&r->arena, "What wording %d changed", (int)b->revision),
        .heads = heads,
        .n = 2};
    table_begin(&table);
    changed(&table, "Title", a->title, b->title);
    changed(&table, "Short name", a->short_name, b->short_name);
    changed(&table, "Summary", a->summary, b->summary);
    changed(&table, "Full text", a->body, b->body);
    changed(&table, "Place", a->place, b->place);
    changed(&table, "Proposer", a->proposer, b->proposer);
    changed(&table, "Theme", a->theme, b->theme);
    geo_point_text(a->at, then);
    geo_point_text(b->at, after);
    changed(&table, "Point on the map", then, after);
    changed(&table, "Pot", before->pot, now->pot);
    changed(&table, "Cost", kit_money(&r->arena, a->cost), kit_money(&r->arena, b->cost));
    table_end(&table);
}

static void wording(struct html *h, struct request *r, const struct proposal_wordings *all, int i)
{
    const struct proposal_wording *w = &all->wording[i];
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_textf(h, "Wording %d", w->text.revision);
    html_raw(h, "</h2>\n<p class=\"govuk-body\">");
    html_text(h, *w->who != '\0' ? w->who : "Loaded with the round");
    html_raw(h, ", ");
    desk_when(h, when_minute(w->at));
    html_raw(h, "</p>\n");
    if (i + 1 < all->n)
        changes(h, r, w, &all->wording[i + 1]);
    else
        html_raw(h, "<p class=\"govuk-body\">The first.</p>\n");
}

enum handled page_proposal_history(struct request *r, struct db *db)
{
    int32_t before;
    struct proposal_wordings all = {.n = 0};
    struct desk_page p;
    int64_t number = -1;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL || !desk_before(r, &before))
        return HANDLED;
    if (parse_int(r->segment[1], 0, 9999, &number) &&
        page_failed(r, desk_proposal_history(db, &r->arena, r->officer.officer, round->slug,
                                             (int32_t)number, before, &all)))
        return HANDLED;
    if (all.n == 0) {
        response_error(r, 404);
        return HANDLED;
    }
    /* As it is called now, also over older wordings. */
    const struct desk_proposal *now = desk_proposal_of(round, (int32_t)number);
    const char *title = now != NULL ? now->title : all.wording[0].text.title;
    desk_begin(&p, r, "Every wording",
               arena_fmt(&r->arena, "/desk/proposals/%s/%04d/preview", round->slug, (int)number),
               title, NULL);
    html_raw(&p.h, "<span class=\"govuk-caption-l\">");
    html_textf(&p.h, "%04d ", (int)number);
    html_text(&p.h, title);
    html_raw(&p.h, "</span><h1 class=\"govuk-heading-l\">Every wording</h1>\n");
    for (int i = 0; i < all.n && i < WORDINGS_SHOWN; i++)
        wording(&p.h, r, &all, i);
    if (all.n > WORDINGS_SHOWN)
        desk_older(&p.h, all.wording[WORDINGS_SHOWN - 1].text.revision);
    desk_end(&p, r, 200);
    return HANDLED;
}
