/* result_show.c: a result in words, bars and tables. The words carry all; the bars repeat them. */
#include "server/result_show.h"

#include "server/chart.h"
#include "server/result_reason.h"
#include "server/tr.h"

enum { PARTS_MAX = 500, COLUMNS_MAX = 16, COUNT_MAX = 40, LABEL_MAX = 1024, WORD_MAX = 24 };

static const char *const WORDS[] = {"one",   "two",   "three", "four", "five",   "six",
                                    "seven", "eight", "nine",  "ten",  "eleven", "twelve"};

static int winners_of(const struct result_view *v)
{
    int n = 0;
    for (int i = 0; i < v->n_parts; i++)
        n += v->part[i].n_winners;
    return n;
}

const char *result_title(struct arena *a, enum language language, const struct round_view *round,
                         const struct result_view *v)
{
    int n = winners_of(v);
    bool adopted = v->n_parts > 0 && v->part[0].adopted;
    struct buf count = buf_new(COUNT_MAX);
    if (round->kind == ROUND_YES_NO)
        return tr_values(a, language, adopted ? N_("{title}: adopted") : N_("{title}: not adopted"),
                         TR_VALUES(TR_TEXT("title", round->title)));
    if (n == 0)
        return tr_values(a, language, N_("{area} chose no projects"),
                         TR_VALUES(TR_PLACE("area", round->area_name)));
    if (language == LANGUAGE_EN && n <= 12)
        buf_str_add(&count, WORDS[n - 1]);
    else
        language_number(&count, language, n, "\u00a0");
    const char *title =
        tr_number(a, language, NN_("{area} chose {n} project", "{area} chose {n} projects"), n,
                  TR_VALUES(TR_PLACE("area", round->area_name), TR_TEXT("n", buf_str(&count))));
    buf_free(&count);
    return title;
}

/* --- figures ------------------------------------------------------------------------------ */

static bool split_is_safe(const struct result_view *v)
{
    const int32_t ways[] = {v->web, v->texts, v->paper, v->assisted};
    for (int i = 0; i < 4; i++) {
        if (result_is_few(ways[i]))
            return false;
    }
    return true;
}

static void figures(struct html *h, const struct round_view *round, const struct result_view *v)
{
    int64_t cost = 0;
    for (int i = 0; i < v->n_parts; i++)
        cost += v->part[i].cost;
    html_raw(h, "<dl class=\"wm-facts\">");
    if (round->kind == ROUND_YES_NO && v->n_parts > 0) {
        kit_fact_number(h, tr(h, "Yes"), v->part[0].yes);
        kit_fact_number(h, tr(h, "No"), v->part[0].no);
    } else {
        kit_fact_money(h, tr(h, "Money spent"), cost);
        kit_fact_money(h, tr(h, "of"), round->money); /* what came over is in two pots' budgets */
    }
    kit_fact_number(h, tr(h, "People voted"), v->ballots);
    if (v->texts > 0 && split_is_safe(v))
        kit_fact_number(h, tr(h, "by text"), v->texts);
    html_raw(h, "</dl>\n");
}

/* --- pots and proposals ------------------------------------------------------------------- */

/* `next`: the pot that gets what this one leaves; NULL: none. */
static void pot_bar(struct html *h, const struct result_part *p, const struct result_part *next)
{
    int64_t costs[PARTS_MAX];
    int n = 0;
    for (int i = 0; i < p->n_proposals && n < PARTS_MAX; i++) {
        if (p->proposal[i].selected)
            costs[n++] = p->proposal[i].cost;
    }
    struct arena a = arena_new(LABEL_MAX);
    const struct tr_value *values =
        TR_VALUES(TR_NUMBER("n", n), TR_MONEY("cost", p->cost), TR_MONEY("budget", p->budget),
                  TR_MONEY("left", p->left), TR_WRITTEN("pot", next != NULL ? next->pot_name : ""));
    chart_pot(h, costs, n, p->budget,
              tr_values(&a, h->language, N_("{n} funded: {cost} of {budget}"), values));
    arena_free(&a);
    html_raw(h, "<p class=\"wm-row\"><span>");
    html_tr_values(h, N_("{cost} of {budget}"), values);
    html_raw(h, "</span><span>");
    if (next != NULL && p->left > 0)
        html_tr_values(h, N_("{left} goes on to {pot}"), values);
    else
        html_tr_values(h, N_("{left} left"), values);
    html_raw(h, "</span></p>\n");
}

const char *result_title_of(const struct proposals *all, const struct result_proposal *p)
{
    const struct proposal *full = proposal_find(all, p->number);
    return full != NULL ? full->title : p->name;
}

void result_title_show(struct html *h, const struct proposals *all, const struct result_proposal *p)
{
    const struct proposal *full = proposal_find(all, p->number);
    html_written_in(h, full != NULL ? full->language : LANGUAGE_EN, result_title_of(all, p));
}

/* "12 votes", or points. */
static void votes_words(struct html *h, int64_t n, bool points)
{
    if (points)
        html_trn(h, "{n} point", "{n} points", n);
    else
        html_trn(h, "{n} vote", "{n} votes", n);
}

static void line(struct html *h, const struct result_part *part, const struct result_proposal *p,
                 const struct proposals *all, int64_t most_votes)
{
    html_raw(h, "<li class=\"wm-project\"><div>");
    kit_number(h, p->number);
    html_raw(h, "</div><div><h3>");
    result_title_show(h, all, p);
    html_raw(h, "</h3><p class=\"wm-row\">");
    if (p->selected) {
        /* Drawn, since not every phone has a font with a tick. */
        html_raw(h, "<span class=\"wm-yes\"><svg width=\"15\" height=\"12\" viewBox=\"0 0 15 12\""
                    " aria-hidden=\"true\" focusable=\"false\"><path fill=\"none\""
                    " stroke=\"currentColor\" stroke-width=\"3\" d=\"M1 6l4 4 9-9\"/></svg> ");
        html_tr(h, "Funded");
    } else {
        html_raw(h, "<span class=\"wm-no\">");
        html_tr(h, "Not funded");
    }
    html_raw(h, " · ");
    html_money(h, p->cost);
    html_raw(h, "</span><span>");
    votes_words(h, p->votes, p->points);
    html_raw(h, "</span></p>");
    chart_bar(h, p->votes, most_votes, p->selected ? CHART_GOOD : CHART_PLAIN);
    html_raw(h, "<p>");
    result_reason(h, part, p, all);
    html_raw(h, "</p></div></li>\n");
}

static int64_t most_votes(const struct result_view *v)
{
    int64_t most = 0;
    for (int i = 0; i < v->n_parts; i++) {
        for (int k = 0; k < v->part[i].n_proposals; k++) {
            if (v->part[i].proposal[k].votes > most)
                most = v->part[i].proposal[k].votes;
        }
    }
    return most;
}

static void ties(struct html *h, const struct result_part *p)
{
    for (int i = 0; i < p->n_ties; i++) {
        const struct tr_value *values = TR_VALUES(TR_TEXT("numbers", p->tie[i].numbers));
        html_raw(h, "<div class=\"govuk-inset-text\">");
        if (p->tie[i].points)
            html_tr_number(h,
                           NN_("A tie that decided: {numbers} each had {n} point",
                               "A tie that decided: {numbers} each had {n} points"),
                           p->tie[i].votes, values);
        else
            html_tr_number(h,
                           NN_("A tie that decided: {numbers} each had {n} vote",
                               "A tie that decided: {numbers} each had {n} votes"),
                           p->tie[i].votes, values);
        if (strcmp(p->tie[i].broken_by, "lowest cost") == 0)
            html_tr(h, ". By the rules, what costs less comes first.");
        else
            html_tr(h, " and cost the same. By the rules, a lot decided, drawn from the number "
                       "that was sealed before the vote opened.");
        html_raw(h, "</div>\n");
    }
}

static void came_over(struct html *h, const struct result_part *p, const struct result_part *before)
{
    if (before->left == 0)
        return;
    html_tr_pv(h, "Of the {budget}, {money} came over from {pot}.", TR_MONEY("budget", p->budget),
               TR_MONEY("money", before->left), TR_WRITTEN("pot", before->pot_name));
}

static void pots(struct html *h, const struct round_view *round, const struct result_view *v)
{
    html_tr_h2(h, "Where the money went");
    for (int i = 0; i < v->n_parts; i++) {
        if (v->n_parts > 1) {
            html_raw(h, "<h3 class=\"govuk-heading-s\">");
            html_written(h, v->part[i].pot_name);
            html_raw(h, "</h3>\n");
        }
        pot_bar(h, &v->part[i], round->carry && i + 1 < v->n_parts ? &v->part[i + 1] : NULL);
        if (round->carry && i > 0)
            came_over(h, &v->part[i], &v->part[i - 1]);
    }
}

static void projects(struct html *h, const struct result_view *v, const struct proposals *all)
{
    html_tr_h2(h, "Every project, and why");
    for (int i = 0; i < v->n_parts; i++) {
        const struct result_part *p = &v->part[i];
        if (v->n_parts > 1) {
            html_raw(h, "<p class=\"govuk-body\"><strong>");
            html_written(h, p->pot_name);
            html_raw(h, "</strong></p>\n");
        }
        ties(h, p);
        html_raw(h, "<ul class=\"wm-projects\">\n");
        for (int k = 0; k < p->n_proposals; k++)
            line(h, p, &p->proposal[k], all, most_votes(v));
        html_raw(h, "</ul>\n");
    }
}

static void answer(struct html *h, const struct result_view *v)
{
    const struct result_part *p = &v->part[0];
    html_raw(h, "<p class=\"govuk-body-l\">");
    result_verdict(h, p);
    html_raw(h, "</p>\n<p class=\"wm-row\"><span class=\"wm-yes\">");
    html_tr(h, "Yes");
    html_raw(h, "</span><span>");
    html_number(h, p->yes);
    html_raw(h, "</span></p>");
    chart_bar(h, p->yes, p->yes + p->no, CHART_GOOD);
    html_raw(h, "<p class=\"wm-row\"><span class=\"wm-no\">");
    html_tr(h, "No");
    html_raw(h, "</span><span>");
    html_number(h, p->no);
    html_raw(h, "</span></p>");
    chart_bar(h, p->no, p->yes + p->no, CHART_PLAIN);
}

/* --- breakdowns --------------------------------------------------------------------------- */

static void table_begin(struct html *h, const char *caption, const char *left)
{
    html_raw(h, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
                "govuk-table__caption--m\">");
    html_text(h, caption);
    html_raw(h, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
                "<th scope=\"col\" class=\"govuk-table__header\">");
    html_text(h, left);
    html_raw(h, "</th><th scope=\"col\" class=\"govuk-table__header "
                "govuk-table__header--numeric\">");
    html_tr(h, "People");
    html_raw(h, "</th></tr></thead><tbody class=\"govuk-table__body\">\n");
}

static void table_row(struct html *h, const char *left, int64_t n, bool hidden)
{
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_text(h, left);
    html_raw(h, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
    if (hidden)
        html_tr(h, "not shown");
    else
        html_number(h, n);
    html_raw(h, "</td></tr>\n");
}

int64_t result_hide_up_to(const int64_t *counts, int n)
{
    int small = 0;
    int64_t next = INT64_MAX;
    for (int i = 0; i < n; i++) {
        if (result_is_few(counts[i]))
            small++;
        else if (counts[i] >= RESULT_SMALL && counts[i] < next)
            next = counts[i];
    }
    if (small == 0)
        return 0;
    return small == 1 && next != INT64_MAX ? next : RESULT_SMALL - 1;
}

static void small_print(struct html *h, const char *words)
{
    html_raw(h, "<p class=\"govuk-body-s\">");
    html_tr(h, words);
    html_raw(h, "</p>\n");
}

/* Drawn as far as a picture can be read; the table beside it has all. */
static void draw_winners(struct html *h, const struct result_part *p, const char *caption,
                         char (*words)[WORD_MAX], int64_t limit)
{
    struct chart_column columns[COLUMNS_MAX];
    char id[40];
    int n = p->n_voters_by_winners;
    if (n > COLUMNS_MAX)
        return;
    for (int i = 0; i < n; i++) {
        int64_t count = p->voters_by_winners[i];
        columns[i] = (struct chart_column){words[i], count, count > 0 && count <= limit};
    }
    snprintf(id, sizeof id, "winners%d", (int)p->ordinal);
    chart_columns(h, id, caption, columns, n);
}

enum { CAPTION_MAX = 512 }; /* the words and a pot's name of 80 characters, in any language */

static void by_winners(struct html *h, const struct result_part *p, bool several)
{
    char caption[CAPTION_MAX];
    snprintf(caption, sizeof caption, "%s%s%s",
             tr(h, "How many of each person’s choices were funded"), several ? ": " : "",
             several ? p->pot_name : "");
    char words[COLUMNS_MAX * 4][WORD_MAX];
    int n = p->n_voters_by_winners;
    if (n == 0 || n > COLUMNS_MAX * 4)
        return;
    if (p->votes < RESULT_FEWEST) {
        if (several)
            html_tr_pv(h,
                       "How many of each person’s choices were funded is not shown: fewer than 10 "
                       "people voted for projects of this pot: {pot}.",
                       TR_WRITTEN("pot", p->pot_name));
        else
            html_tr_p(h, "How many of each person’s choices were funded is not shown: fewer than "
                         "10 people voted.");
        return;
    }
    int64_t limit = result_hide_up_to(p->voters_by_winners, n);
    for (int i = 0; i < n; i++)
        snprintf(words[i], sizeof words[i], "%d", i);
    snprintf(words[0], sizeof words[0], "%s", tr(h, "none"));
    table_begin(h, caption, tr(h, "Choices funded"));
    for (int i = 0; i < n; i++) {
        int64_t count = p->voters_by_winners[i];
        table_row(h, words[i], count, count > 0 && count <= limit);
    }
    html_raw(h, "</tbody></table>\n");
    draw_winners(h, p, caption, words, limit);
    if (limit > 0)
        small_print(h, N_("Small counts are not shown, so that nobody can be picked out."));
}

static void ways(struct html *h, const struct result_view *v)
{
    const int64_t counts[] = {v->web, v->texts, v->paper, v->assisted};
    int64_t limit = result_hide_up_to(counts, 4);
    table_begin(h, tr(h, "How people voted"), tr(h, "Way"));
    table_row(h, tr(h, "On the web"), v->web, v->web > 0 && v->web <= limit);
    table_row(h, tr(h, "By text"), v->texts, v->texts > 0 && v->texts <= limit);
    if (v->paper > 0)
        table_row(h, tr(h, "On paper"), v->paper, v->paper <= limit);
    if (v->assisted > 0)
        table_row(h, tr(h, "With an officer’s help"), v->assisted, v->assisted <= limit);
    html_raw(h, "</tbody></table>\n");
}

bool result_is_few(int64_t n)
{
    return n > 0 && n < RESULT_SMALL;
}

static void few(struct html *h, int64_t n)
{
    if (result_is_few(n))
        html_tr(h, "fewer than 5");
    else if (n == 0)
        html_tr(h, "none");
    else
        html_number(h, n);
}

static void by_channel(struct html *h, const struct result_view *v)
{
    if (v->ballots >= RESULT_FEWEST)
        ways(h, v);
    else
        html_tr_p(h, "How people voted is not shown: fewer than 10 did, and they could be told "
                     "apart.");
    html_raw(h, "<p class=\"govuk-body\">");
    html_trn(h, "{n} person could vote.", "{n} people could vote.", v->eligible);
    html_tr(h, " Ballots replaced by a later one of the same person: ");
    few(h, v->replaced);
    if (v->withdrawn > 0) {
        html_tr(h, "; withdrawn: ");
        few(h, v->withdrawn);
    }
    if (v->voided > 0) {
        html_tr(h, "; declared void by two officers: ");
        few(h, v->voided);
    }
    html_raw(h, ".</p>\n");
}

void result_show(struct html *h, const struct round_view *round, const struct result_view *v,
                 const struct proposals *all)
{
    figures(h, round, v);
    if (v->n_parts == 0)
        return;
    if (round->kind == ROUND_YES_NO) {
        answer(h, v);
    } else {
        pots(h, round, v);
        projects(h, v, all);
        for (int i = 0; i < v->n_parts; i++)
            by_winners(h, &v->part[i], v->n_parts > 1);
    }
    by_channel(h, v);
}
