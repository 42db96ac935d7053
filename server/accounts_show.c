/* accounts_show.c: the books of a round. */
#include "server/accounts_show.h"

#include "server/result_show.h"
#include "server/tr.h"

enum { PARTS = 5 };

/* counted, replaced, withdrawn, void, and their sum. */
struct line {
    int64_t n[PARTS];
};

static struct line line_of(const struct result_accounts *a, int channel)
{
    struct line l = {{a->ballots[channel].counted, a->ballots[channel].replaced,
                      a->ballots[channel].withdrawn, a->ballots[channel].voided, 0}};
    for (int i = 0; i < PARTS - 1; i++)
        l.n[PARTS - 1] += l.n[i];
    return l;
}

/* Whether any count of a line could point at somebody. */
static bool small(const struct line *l)
{
    bool any = false;
    for (int i = 0; i < PARTS; i++)
        any = any || result_is_few(l->n[i]);
    return any;
}

/* Words in English, as the catalogue has them: here and below. */
static void head(struct html *h, const char *caption, const char *left, const char *const *columns,
                 int n)
{
    html_raw(h, "<section class=\"wm-scroll\" tabindex=\"0\"");
    html_attr(h, "aria-label", tr(h, caption));
    html_raw(h, "><table class=\"govuk-table\"><caption "
                "class=\"govuk-table__caption govuk-table__caption--m\">");
    html_tr(h, caption);
    html_raw(h, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
                "<th scope=\"col\" class=\"govuk-table__header\">");
    html_tr(h, left);
    html_raw(h, "</th>");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<th scope=\"col\" class=\"govuk-table__header "
                    "govuk-table__header--numeric\">");
        html_tr(h, columns[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody class=\"govuk-table__body\">\n");
}

static void row(struct html *h, const char *name, const int64_t *values, int n)
{
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_tr(h, name);
    html_raw(h, "</th>");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
        html_number(h, values[i]);
        html_raw(h, "</td>");
    }
    html_raw(h, "</tr>\n");
}

/* --- lists, where small counts are told together -------------------------------------------- */
enum { LABELS_MAX = 1000 };

struct book_row {
    const char *label;
    int64_t n;
    bool together; /* with the others that are */
};

/* Marks the rows of 1 to 4. Where they make less than 5 together, the least of the others goes with
 * them (`extend`). Returns what is told together; 0: every row by itself. */
static int64_t put_together(struct book_row *rows, int n, bool extend)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        rows[i].together = result_is_few(rows[i].n);
        sum += rows[i].together ? rows[i].n : 0;
    }
    if (sum == 0 || sum >= RESULT_SMALL || !extend)
        return sum;
    int next = -1;
    for (int i = 0; i < n; i++) {
        if (!rows[i].together && rows[i].n > 0 && (next < 0 || rows[i].n < rows[next].n))
            next = i;
    }
    if (next < 0)
        return sum;
    rows[next].together = true;
    return sum + rows[next].n;
}

static void row_together(struct html *h, const struct book_row *rows, int n, int64_t sum)
{
    struct buf labels = buf_new(LABELS_MAX);
    for (int i = 0; i < n; i++) {
        if (rows[i].together)
            buf_fmt(&labels, "%s%s", labels.len > 0 ? "; " : "", tr(h, rows[i].label));
    }
    html_raw(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_text(h, buf_str(&labels));
    html_raw(h, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
    if (sum < RESULT_SMALL)
        html_tr(h, "fewer than 5");
    else
        html_number(h, sum);
    html_raw(h, "</td></tr>\n");
    buf_free(&labels);
}

/* Rows with their sum (`total`), which is left out where something small could be worked out by it.
 * Rows of none are left out, except for the first: what the list is about. */
static void list(struct html *h, const char *caption, const char *left, struct book_row *rows,
                 int n, const char *total)
{
    static const char *const column[] = {N_("How many")};
    int64_t all = 0, sum = put_together(rows, n, true);
    head(h, caption, left, column, 1);
    for (int i = 0; i < n; i++) {
        all += rows[i].n;
        if ((rows[i].n > 0 || i == 0) && !rows[i].together)
            row(h, rows[i].label, &rows[i].n, 1);
    }
    if (sum > 0)
        row_together(h, rows, n, sum);
    if (sum == 0 || sum >= RESULT_SMALL)
        row(h, total, &all, 1);
    html_raw(h, "</tbody></table></section>\n");
}

/* --- the books ---------------------------------------------------------------------------- */
/* The ballots of all channels, where one count is small: how many counted everybody knows. */
static void ballots_together(struct html *h, const struct line *all)
{
    static const char *const column[] = {N_("Ballots")};
    struct book_row rest[] = {{N_("Replaced"), all->n[1], false},
                              {N_("Taken back"), all->n[2], false},
                              {N_("Void"), all->n[3], false}};
    int64_t sum = 0;
    for (int i = 0; i < 3; i++) {
        rest[i].together = rest[i].n > 0;
        sum += rest[i].n;
    }
    head(h, N_("Ballots that were accepted"), N_("What became of them"), column, 1);
    row(h, N_("Counted"), &all->n[0], 1);
    row_together(h, rest, 3, sum);
    if (sum >= RESULT_SMALL)
        row(h, N_("In all"), &all->n[PARTS - 1], 1);
    html_raw(h, "</tbody></table></section>\n");
}

/* A row for each fate and a column for each way that was used, which is what a phone is wide enough
 * for; `n` columns, of which the last is their sum. */
static void ballots_by_way(struct html *h, const char *const *ways, const struct line *by_way,
                           int n)
{
    static const char *const fates[PARTS] = {N_("Counted"), N_("Replaced"), N_("Taken back"),
                                             N_("Void"), N_("In all")};
    head(h, N_("Ballots that were accepted"), N_("What became of them"), ways, n);
    for (int i = 0; i < PARTS; i++) {
        int64_t values[RESULT_CHANNELS];
        for (int k = 0; k < n; k++)
            values[k] = by_way[k].n[i];
        row(h, fates[i], values, n);
    }
    html_raw(h, "</tbody></table></section>\n");
}

static void ballots(struct html *h, const struct result_accounts *a)
{
    static const char *const channels[RESULT_CHANNELS] = {"", N_("Web"), N_("Text"), N_("Paper"),
                                                          N_("With an officer")};
    const char *ways[RESULT_CHANNELS];
    struct line by_way[RESULT_CHANNELS], all = {{0}};
    int used = 0;
    bool safe = true;
    for (int c = 1; c < RESULT_CHANNELS; c++) {
        struct line l = line_of(a, c);
        safe = safe && !small(&l);
        for (int i = 0; i < PARTS; i++)
            all.n[i] += l.n[i];
        if (l.n[PARTS - 1] > 0) {
            ways[used] = channels[c];
            by_way[used++] = l;
        }
    }
    used = safe ? used : 0;
    ways[used] = N_("All");
    by_way[used] = all;
    if (small(&all))
        ballots_together(h, &all);
    else
        ballots_by_way(h, ways, by_way, used + 1);
    if (!safe) {
        html_raw(h, "<p class=\"govuk-body-s\">");
        html_tr(h, "By way of voting some of these counts are below 5, and are not shown, so that "
                   "nobody can be picked out.");
        html_raw(h, "</p>\n");
    }
}

/* Codes by codes: people may have voted without one, or with one that is void now. */
static void turnout(struct html *h, int64_t used, int64_t issued)
{
    char rate[32];
    snprintf(rate, sizeof rate, "%.1f", 100.0 * (double)used / (double)issued);
    html_raw(h, "<p class=\"govuk-body\">");
    html_trnv(h, "Turnout by code: {used} of {n} code was used, which is {rate} for every 100.",
              "Turnout by code: {used} of {n} codes were used, which is {rate} for every 100.",
              issued, TR_NUMBER("used", used), TR_DECIMAL("rate", rate));
    html_raw(h, "</p>\n");
}

static void codes(struct html *h, const struct result_accounts *a)
{
    struct book_row rows[] = {{N_("Used"), a->codes_used, false},
                              {N_("Unused"), a->codes_unused, false},
                              {N_("Void"), a->codes_voided, false}};
    int64_t issued = a->codes_used + a->codes_unused + a->codes_voided;
    if (issued == 0)
        return;
    list(h, N_("Voting codes"), N_("Codes"), rows, 3, N_("Issued"));
    if (!rows[0].together && issued >= RESULT_SMALL) /* `list` told both by themselves */
        turnout(h, a->codes_used, issued);
}

static void texts(struct html *h, const struct result_accounts *a)
{
    static const char *const labels[RESULT_TEXTS] = {
        [RESULT_TEXT_BALLOTS] = N_("Ballots of this vote"),
        [RESULT_TEXT_ELSEWHERE] = N_("Ballots of other votes"),
        [RESULT_TEXT_CONFIRMATIONS] = N_("Digits that confirmed a vote by phone"),
        [RESULT_TEXT_UNCONFIRMED] = N_("Votes by phone that were never confirmed"),
        [RESULT_TEXT_REFUSED_CODE] = N_("Refused: no voting code, or a wrong one"),
        [RESULT_TEXT_REFUSED_NUMBER] = N_("Refused: no such project"),
        [RESULT_TEXT_REFUSED_LIMITS] = N_("Refused: too much, or too little, on the ballot"),
        [RESULT_TEXT_REFUSED_AREA] = N_("Refused: another area’s vote, or nothing declared"),
        [RESULT_TEXT_REFUSED_UNCLEAR] = N_("Refused: not understood"),
        [RESULT_TEXT_REFUSED_OTHER] = N_("Refused: other reasons"),
        [RESULT_TEXT_LATE] = N_("Came too late, or for a vote that was not open"),
        [RESULT_TEXT_QUERIES] = N_("Questions and wishes (HELP, LIST, STOP and the like)"),
        [RESULT_TEXT_DUPLICATES] = N_("The same text twice"),
        [RESULT_TEXT_UNREAD] = N_("Could not be read"),
    };
    struct book_row rows[RESULT_TEXTS];
    int64_t all = 0;
    for (int i = 0; i < RESULT_TEXTS; i++) {
        rows[i] = (struct book_row){labels[i], a->texts[i], false};
        all += a->texts[i];
    }
    if (all > 0)
        list(h, N_("Texts that came from the opening of this vote until its count"), N_("Texts"),
             rows, RESULT_TEXTS, N_("All texts"));
}

void accounts_show(struct html *h, const struct result_accounts *a, int64_t counted)
{
    html_tr_h2(h, "The books");
    if (counted < RESULT_FEWEST) {
        html_tr_p(h, "Not published: fewer than 10 ballots were counted, and people could be told "
                     "apart.");
        return;
    }
    html_tr_p(h, "Every code, every ballot and every text is in one place, and they add up. A "
                 "result whose ballots do not is not published. Counts below 5 are told together "
                 "with others, so that nobody can be picked out.");
    codes(h, a);
    ballots(h, a);
    texts(h, a);
}
