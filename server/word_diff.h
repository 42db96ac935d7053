/* word_diff.h: which words of a text were taken out and which came in, for pages that show what
 * changed. The words that stay are a longest common subsequence (Wagner and Fischer 1974), found
 * after the beginning and the end that both share. Pure, any thread. */
#ifndef WM_SERVER_WORD_DIFF_H
#define WM_SERVER_WORD_DIFF_H

#include "common/buf.h"

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

/* Words that stand together, with the white space between them. */
struct diff_run {
    enum diff_kind kind;
    const char *text; /* in the arena; no white space at its ends */
};

/* The two texts as one row of runs, in reading order; where words were replaced, those removed come
 * before those added. Texts of which more than a million pairs of words would have to be compared
 * are one run removed and one added. Returns how many runs there are. */
int word_diff(struct arena *a, const char *was, const char *now, struct diff_run **out);

#endif
