/* word_diff.c: which words of a text were taken out and which came in. */
#include "server/word_diff.h"

#include <string.h>

enum { PAIRS_MAX = 1000000 };

static const char SPACE[] = " \t\r\n";

struct word {
    const char *at;
    size_t len;
};

struct words {
    struct word *word;
    int n;
};

static struct words split(struct arena *a, const char *text)
{
    struct words w = {.word = arena_alloc(a, (strlen(text) / 2 + 1) * sizeof *w.word)};
    for (text += strspn(text, SPACE); *text != '\0'; text += strspn(text, SPACE)) {
        size_t len = strcspn(text, SPACE);
        w.word[w.n++] = (struct word){text, len};
        text += len;
    }
    return w;
}

static bool equal(const struct word *x, const struct word *y)
{
    return x->len == y->len && memcmp(x->at, y->at, x->len) == 0;
}

/* --- runs --------------------------------------------------------------------------------- */
struct runs {
    struct arena *arena;
    struct diff_run *run;
    int n;
};

static void put(struct runs *r, enum diff_kind kind, const struct word *word, int n)
{
    if (n == 0)
        return;
    const char *end = word[n - 1].at + word[n - 1].len;
    r->run[r->n++] =
        (struct diff_run){kind, arena_memdup(r->arena, word->at, (size_t)(end - word->at))};
}

/* --- what both have in common ------------------------------------------------------------- */
/* length[i * (now.n + 1) + j]: of the longest common subsequence of was[i…] and now[j…]. */
static uint16_t *lengths(const struct words *was, const struct words *now)
{
    size_t width = (size_t)now->n + 1;
    uint16_t *length = wm_alloc(((size_t)was->n + 1) * width * sizeof *length);
    for (int i = was->n - 1; i >= 0; i--) {
        for (int j = now->n - 1; j >= 0; j--) {
            uint16_t *here = &length[(size_t)i * width + (size_t)j];
            if (equal(&was->word[i], &now->word[j]))
                *here = (uint16_t)(here[width + 1] + 1);
            else
                *here = here[width] >= here[1] ? here[width] : here[1];
        }
    }
    return length;
}

/* The part in which they differ. */
static void middle(struct runs *r, const struct words *was, const struct words *now)
{
    size_t width = (size_t)now->n + 1;
    int i = 0, j = 0;
    if ((int64_t)was->n * now->n > PAIRS_MAX) {
        put(r, DIFF_REMOVED, was->word, was->n);
        put(r, DIFF_ADDED, now->word, now->n);
        return;
    }
    uint16_t *length = lengths(was, now);
    while (i < was->n || j < now->n) {
        int from_i = i, from_j = j;
        while (i < was->n && j < now->n && equal(&was->word[i], &now->word[j]))
            i++, j++;
        put(r, DIFF_SAME, now->word + from_j, j - from_j);
        from_i = i;
        from_j = j;
        while ((i < was->n || j < now->n) &&
               !(i < was->n && j < now->n && equal(&was->word[i], &now->word[j]))) {
            const uint16_t *here = &length[(size_t)i * width + (size_t)j];
            if (j == now->n || (i < was->n && here[width] >= here[1]))
                i++;
            else
                j++;
        }
        put(r, DIFF_REMOVED, was->word + from_i, i - from_i);
        put(r, DIFF_ADDED, now->word + from_j, j - from_j);
    }
    free(length);
}

int word_diff(struct arena *a, const char *was, const char *now, struct diff_run **out)
{
    struct words old = split(a, was), new = split(a, now);
    struct runs r = {.arena = a};
    int head = 0, tail = 0;
    r.run = arena_alloc(a, (size_t)(old.n + new.n + 2) * sizeof *r.run);
    while (head < old.n && head < new.n &&equal(&old.word[head], &new.word[head]))
        head++;
    while (tail < old.n - head &&
           tail < new.n - head &&equal(&old.word[old.n - 1 - tail], &new.word[new.n - 1 - tail]))
        tail++;
    put(&r, DIFF_SAME, new.word, head);
    middle(&r, &(struct words){old.word + head, old.n - head - tail},
           &(struct words){new.word + head, new.n - head - tail});
    put(&r, DIFF_SAME, new.word + new.n - tail, tail);
    *out = r.run;
    return r.n;
}
