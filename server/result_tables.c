/* result_tables.c: a result as tables for spreadsheets. */
#include "server/result_tables.h"

#include "server/result_show.h"

static struct sheet question_table(struct arena *a, const struct result_part *p)
{
    static const char *const heads[] = {"yes", "no", "adopted", "reason", NULL};
    struct sheet s = sheet_new(a, "Result", heads, 1);
    sheet_put(&s, CELL_COUNT, p->yes);
    sheet_put(&s, CELL_COUNT, p->no);
    sheet_put(&s, CELL_YES, p->adopted);
    sheet_text(&s, p->reason_text);
    return s;
}

/* What the council decided on a project, in four columns. */
static void decided(struct sheet *s, struct arena *a, const struct decision *d)
{
    char day[40];
    if (d == NULL) {
        for (int i = 0; i < 4; i++)
            sheet_put(s, CELL_NONE, 0);
        return;
    }
    when_iso(d->decided_on, day);
    sheet_text(s, d->decision);
    sheet_text(s, d->body);
    sheet_text(s, arena_strdup(a, day));
    sheet_text(s, d->reason);
}

struct sheet result_table(struct arena *a, const struct result_view *v, const struct proposals *all,
                          const struct decisions *decisions)
{
    static const char *const heads[] = {"pot",
                                        "number",
                                        "project",
                                        "cost",
                                        "votes",
                                        "funded",
                                        "reason",
                                        "council_decision",
                                        "council_decided_by",
                                        "council_decided_on",
                                        "council_reason",
                                        NULL};
    int rows = 0;
    if (v->n_parts == 1 && v->part[0].n_proposals == 0 && v->part[0].reason_text[0] != '\0')
        return question_table(a, &v->part[0]);
    for (int i = 0; i < v->n_parts; i++)
        rows += v->part[i].n_proposals;
    struct sheet s = sheet_new(a, "Result", heads, rows);
    for (int i = 0; i < v->n_parts; i++) {
        for (int k = 0; k < v->part[i].n_proposals; k++) {
            const struct result_proposal *p = &v->part[i].proposal[k];
            sheet_text(&s, v->part[i].pot_name);
            sheet_put(&s, CELL_NUMBER, p->number);
            sheet_text(&s, result_title_of(all, p));
            sheet_put(&s, CELL_MONEY, p->cost);
            sheet_put(&s, CELL_COUNT, p->votes);
            sheet_put(&s, CELL_YES, p->selected);
            sheet_text(&s, p->reason_text);
            decided(&s, a, decisions != NULL ? decision_of(decisions, p->number) : NULL);
        }
    }
    return s;
}

static void words(struct sheet *s, const char *what, const char *text)
{
    sheet_text(s, what);
    sheet_text(s, text);
}

static void count(struct sheet *s, const char *what, int64_t n)
{
    sheet_text(s, what);
    sheet_put(s, CELL_COUNT, n);
}

static void count_unless_few(struct sheet *s, const char *what, int64_t n)
{
    if (result_is_few(n))
        words(s, what, "fewer than 5");
    else
        count(s, what, n);
}

struct sheet result_figures(struct arena *a, const struct round_view *round,
                            const struct result_view *v)
{
    static const char *const heads[] = {"figure", "value", NULL};
    char published[24], final[24];
    struct sheet s = sheet_new(a, "Figures", heads, 20);
    when_utc(v->published_at, published);
    when_utc(v->final_at, final);
    words(&s, "vote", round->title);
    words(&s, "neighbourhood", round->area_name);
    count(&s, "version of the result", v->version);
    words(&s, "published at (UTC)", arena_strdup(a, published));
    words(&s, v->provisional ? "provisional until (UTC)" : "final since (UTC)",
          arena_strdup(a, final));
    count(&s, "people who could vote", v->eligible);
    count(&s, "ballots counted", v->ballots);
    count_unless_few(&s, "ballots replaced by a later one", v->replaced);
    count_unless_few(&s, "ballots withdrawn", v->withdrawn);
    count_unless_few(&s, "ballots declared void", v->voided);
    words(&s, "SHA-256 of the rules", round->rules_sha256);
    return s;
}
