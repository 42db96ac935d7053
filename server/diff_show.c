/* diff_show.c: what changed in a text, marked. */
#include "server/diff_show.h"

#include "server/word_diff.h"

void diff_removed(struct html *h, const char *text)
{
    html_raw(h, "<del><span class=\"govuk-visually-hidden\">(taken out: </span>");
    html_text(h, text);
    html_raw(h, "<span class=\"govuk-visually-hidden\">)</span></del>");
}

void diff_added(struct html *h, const char *text)
{
    html_raw(h, "<ins><span class=\"govuk-visually-hidden\">(put in: </span>");
    html_text(h, text);
    html_raw(h, "<span class=\"govuk-visually-hidden\">)</span></ins>");
}

void diff_show(struct html *h, struct arena *a, const char *was, const char *now)
{
    struct diff_run *run;
    int n = word_diff(a, was, now, &run);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            html_raw(h, " ");
        switch (run[i].kind) {
        case DIFF_SAME:
            html_text(h, run[i].text);
            break;
        case DIFF_REMOVED:
            diff_removed(h, run[i].text);
            break;
        case DIFF_ADDED:
            diff_added(h, run[i].text);
            break;
        }
    }
}
