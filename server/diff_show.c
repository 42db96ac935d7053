/* diff_show.c: what changed in a text, marked. */
#include "server/diff_show.h"

#include "server/tr.h"
#include "server/word_diff.h"

/* Bytes: a million pairs of words (word_diff.h) and the runs of two long texts take about one MiB.
 */
enum { COMPARED_MAX = 8 << 20 };

/* Told to who does not see the mark. `written`: what officers wrote. */
static void marked(struct html *h, enum diff_kind kind, const char *text, bool written)
{
    bool added = kind == DIFF_ADDED;
    html_raw_bytes(h, added ? "<ins>" : "<del>", 5);
    html_raw(h, "<span class=\"govuk-visually-hidden\">");
    html_tr(h, added ? N_("(put in: ") : N_("(taken out: "));
    html_raw(h, "</span>");
    if (written)
        html_written(h, text);
    else
        html_text(h, text);
    html_raw(h, "<span class=\"govuk-visually-hidden\">)</span>");
    html_raw_bytes(h, added ? "</ins>" : "</del>", 6);
}

void diff_removed(struct html *h, const char *text)
{
    marked(h, DIFF_REMOVED, text, false);
}

void diff_added(struct html *h, const char *text)
{
    marked(h, DIFF_ADDED, text, false);
}

void diff_show(struct html *h, const char *was, const char *now)
{
    struct arena compared = arena_new(COMPARED_MAX);
    struct diff_run *run;
    int n = word_diff(&compared, was, now, &run);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            html_raw(h, " ");
        if (run[i].kind == DIFF_SAME)
            html_written(h, run[i].text);
        else
            marked(h, run[i].kind, run[i].text, true);
    }
    arena_free(&compared);
}
