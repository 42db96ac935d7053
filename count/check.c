/* check.c: gathers what is found in a file, and prints it in the order of lines. */
#include <stdarg.h>

#include "count/check_inside.h"
#include "count/pabulib.h"

#define TEXT_MAX ((size_t)16 << 20)
enum { WORDS_MAX = 1000 };

/* How many there are of the code, with this one. */
static size_t count_code(struct checker *c, const char *code)
{
    size_t i = 0;
    while (i < check_code_count && strcmp(check_codes[i].code, code) != 0)
        i++;
    if (i == check_code_count)
        abort(); /* a code that is not in the list */
    return ++c->counts[i];
}

void found(struct checker *c, enum weight weight, size_t line, const char *code, const char *format,
           ...)
{
    va_list args;
    if (weight == ERROR)
        c->errors++;
    else
        c->warnings++;
    if (count_code(c, code) > CHECK_EACH_MAX)
        return;
    if (c->finding_count == c->finding_room) {
        c->finding_room = c->finding_room * 2 + 64;
        c->findings = wm_realloc(c->findings, c->finding_room * sizeof(*c->findings));
    }
    struct buf words = buf_new(WORDS_MAX);
    va_start(args, format);
    buf_vfmt(&words, format, args);
    va_end(args);
    c->findings[c->finding_count] = (struct finding){.line = line,
                                                     .order = c->finding_count,
                                                     .weight = weight,
                                                     .code = code,
                                                     .words = buf_take(&words)};
    c->finding_count++;
}

const struct meta *check_meta_of(const struct checker *c, const char *key)
{
    for (size_t i = 0; i < c->e->meta_count; i++) {
        if (strcmp(c->e->meta[i].key, key) == 0)
            return &c->e->meta[i];
    }
    return NULL;
}

const char *check_meta_text(const struct checker *c, const char *key)
{
    const struct meta *m = check_meta_of(c, key);
    return m != NULL && *m->value != '\0' ? m->value : NULL;
}

/* By line; what is said of the file as a whole comes last. */
static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;
    if (a->line != b->line)
        return b->line == 0 || (a->line != 0 && a->line < b->line) ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static struct buf print(struct checker *c)
{
    struct buf text = buf_new(TEXT_MAX);
    if (c->finding_count > 0)
        qsort(c->findings, c->finding_count, sizeof(*c->findings), compare_findings);
    for (size_t i = 0; i < c->finding_count; i++) {
        const struct finding *f = &c->findings[i];
        buf_str_add(&text, c->file);
        if (f->line > 0)
            buf_fmt(&text, ":%zu", f->line);
        buf_fmt(&text, ": %s: %s [%s]\n", f->weight == ERROR ? "error" : "warning", f->words,
                f->code);
    }
    for (size_t i = 0; i < check_code_count; i++) {
        if (c->counts[i] > CHECK_EACH_MAX)
            buf_fmt(&text, "%s: %zu more [%s]\n", c->file, c->counts[i] - CHECK_EACH_MAX,
                    check_codes[i].code);
    }
    return text;
}

static bool is_told(const struct checker *c, size_t line)
{
    for (size_t i = 0; i < c->finding_count; i++) {
        if (line > 0 && c->findings[i].line == line && c->findings[i].weight == ERROR)
            return true;
    }
    return false;
}

/* Reads the file as the count does: it is refused, or its winners can be held against META's rule.
 */
static void check_as_counted(struct checker *c, FILE *in)
{
    struct election *e = wm_alloc(sizeof(*e));
    struct refusal why = {.line = 0};
    election_init(e);
    rewind(in);
    if (pabulib_read(in, e, &why))
        check_rule(c, e);
    else if (!is_told(c, why.line))
        found(c, ERROR, why.line, "uncountable", "%s", why.text);
    election_free(e);
    free(e);
}

static void free_checker(struct checker *c)
{
    for (size_t i = 0; i < c->finding_count; i++)
        free(c->findings[i].words);
    for (size_t i = 0; i < c->e->project_count; i++) {
        struct project_facts *f = &c->facts[i];
        mpq_clears(f->stated_score, f->score, f->latitude, f->longitude, (mpq_ptr)NULL);
    }
    for (size_t i = 0; i < LIMIT_COUNT; i++)
        mpq_clear(c->limits[i].value);
    for (size_t i = 0; i < c->repeat_count; i++)
        free(c->repeats[i].id);
    check_labels_free(c);
    voters_free(&c->voters);
    free(c->findings);
    free(c->facts);
    free(c->vote);
    election_free(c->e);
    free(c->e);
    free(c->csv);
    free(c);
}

struct check check_file(FILE *in, const char *file)
{
    struct checker *c = wm_alloc(sizeof(*c));
    c->file = file;
    c->csv = wm_alloc(sizeof(*c->csv));
    c->e = wm_alloc(sizeof(*c->e));
    election_init(c->e);
    for (size_t i = 0; i < LIMIT_COUNT; i++)
        mpq_init(c->limits[i].value);
    check_scan(c, in);
    check_repeats(c, in);
    check_as_counted(c, in);
    struct check out = {.errors = c->errors, .warnings = c->warnings};
    out.text = print(c);
    free_checker(c);
    return out;
}
