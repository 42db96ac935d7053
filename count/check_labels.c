/* check_labels.c: categories, districts and other labels: spelled alike, declared in META, used. */
#include "count/check_inside.h"
#include "count/spread.h"

static const struct {
    const char *column;
    const char *declared; /* the key of META that lists them; NULL: none does */
} sets[LABEL_SETS] = {
    [LABELS_CATEGORY] = {"category", "categories"},
    [LABELS_BENEFICIARIES] = {"beneficiaries", NULL},
    [LABELS_PROJECT_DISTRICT] = {"district", "subdistricts"},
    [LABELS_PROJECT_NEIGHBORHOOD] = {"neighborhood", "neighborhoods"},
    [LABELS_VOTE_DISTRICT] = {"district", "subdistricts"},
    [LABELS_VOTE_NEIGHBORHOOD] = {"neighborhood", "neighborhoods"},
};

static size_t place_of(const struct labels *l, const char *text, size_t len)
{
    size_t place = spread_bytes(text, len) & (LABELS_ROOM - 1);
    for (; l->by_hash[place] != 0; place = (place + 1) & (LABELS_ROOM - 1)) {
        const char *other = l->list[l->by_hash[place] - 1].text;
        if (strncmp(other, text, len) == 0 && other[len] == '\0')
            break;
    }
    return place;
}

void check_label_add(struct checker *c, enum label_set set, const char *text, size_t len)
{
    if (len == 0 || len > LABEL_LEN_MAX)
        return;
    struct labels *l = c->labels[set];
    if (l == NULL)
        l = c->labels[set] = wm_alloc(sizeof(*l));
    size_t place = place_of(l, text, len);
    if (l->by_hash[place] != 0)
        return;
    if (l->count == LABELS_MAX) {
        l->overfull = true;
        return;
    }
    struct buf copy = buf_new(LABEL_LEN_MAX);
    buf_add(&copy, text, len);
    l->list[l->count] = (struct label){.text = buf_take(&copy), .line = c->csv->line};
    l->by_hash[place] = (uint16_t)++l->count;
}

/* The next item of a list, without blanks around it; its length, and the list's rest in *list. */
static size_t next_item(const char **list, const char **item)
{
    const char *p = *list + strspn(*list, " \t");
    size_t len = strcspn(p, ",");
    *list = p + len + (p[len] == ',');
    *item = p;
    while (len > 0 && (p[len - 1] == ' ' || p[len - 1] == '\t'))
        len--;
    return len;
}

static bool stands_before(const char *list, const char *item, size_t len)
{
    const char *other;
    while (list < item) {
        size_t other_len = next_item(&list, &other);
        if (other < item && other_len == len && memcmp(other, item, len) == 0)
            return true;
    }
    return false;
}

void check_label_list(struct checker *c, enum label_set set, const char *list, const char *what)
{
    enum { ITEMS_MAX = 100 }; /* of one cell: nobody writes more, and each is held against each */
    const char *rest = list;
    const char *item;
    bool told = false;
    for (size_t i = 0; i < ITEMS_MAX && *rest != '\0'; i++) {
        size_t len = next_item(&rest, &item);
        check_label_add(c, set, item, len);
        if (len > 0 && !told && stands_before(list, item, len)) {
            found(c, WARNING, c->csv->line, "list-repeats", "%s names \"%s\" twice", what,
                  quote_part(item, len).text);
            told = true;
        }
    }
}

/* U+00C0 to U+017F by their letter without its mark; '.' is no letter. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTs"
                            "aaaaaaaceeeeiiiidnooooo.ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                            "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                            "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
                            "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static char lower(char ch)
{
    return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

/* What is left of a label without case, marks of letters and doubled blanks. */
static char *plain(const char *text)
{
    struct buf out = buf_new(LABEL_LEN_MAX);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        unsigned code = *p;
        if (code >= 0xC3 && code <= 0xC5 && p[1] != '\0')
            code = (code & 0x1F) << 6 | (*++p & 0x3F);
        if (code >= 0xC0 && code <= 0x17F)
            buf_char(&out, lower(latin[code - 0xC0]));
        else if (code != ' ' || p[1] != ' ')
            buf_char(&out, lower((char)code));
    }
    return buf_take(&out);
}

struct plain_label {
    char *plain;
    const struct label *label;
};

static int by_plain(const void *left, const void *right)
{
    const struct plain_label *a = left;
    const struct plain_label *b = right;
    int order = strcmp(a->plain, b->plain);
    return order != 0 ? order : (a->label > b->label) - (a->label < b->label);
}

/* Labels that differ in nothing but how they are written. */
static void check_variants(struct checker *c, const struct labels *l, const char *column)
{
    struct plain_label *sorted = wm_alloc((l->count + 1) * sizeof(*sorted));
    for (size_t i = 0; i < l->count; i++)
        sorted[i] = (struct plain_label){.plain = plain(l->list[i].text), .label = &l->list[i]};
    qsort(sorted, l->count, sizeof(*sorted), by_plain);
    for (size_t i = 1; i < l->count; i++) {
        const struct label *before = sorted[i - 1].label;
        const struct label *label = sorted[i].label;
        if (strcmp(sorted[i].plain, sorted[i - 1].plain) == 0)
            found(c, WARNING, label->line, "label-variants",
                  "%s \"%s\" is written \"%s\" on line %zu", column, quote(label->text).text,
                  quote(before->text).text, before->line);
    }
    for (size_t i = 0; i < l->count; i++)
        free(sorted[i].plain);
    free(sorted);
}

/* META's list against what is used. */
static void check_declared(struct checker *c, const struct labels *l, size_t set)
{
    const struct meta *m = sets[set].declared != NULL ? check_meta_of(c, sets[set].declared) : NULL;
    if (m == NULL || *m->value == '\0' || l->overfull)
        return;
    bool *declared = wm_alloc(l->count * sizeof(*declared));
    const char *rest = m->value;
    const char *item;
    while (*rest != '\0') {
        size_t len = next_item(&rest, &item);
        size_t label = len > 0 ? l->by_hash[place_of(l, item, len)] : 0;
        if (label > 0)
            declared[label - 1] = true;
        else if (len > 0)
            found(c, WARNING, m->line, "label-unused", "%s has \"%s\", which no %s is", m->key,
                  quote_part(item, len).text, sets[set].column);
    }
    for (size_t i = 0; i < l->count; i++) {
        if (!declared[i])
            found(c, WARNING, l->list[i].line, "label-undeclared",
                  "%s \"%s\" is not among META's %s", sets[set].column, quote(l->list[i].text).text,
                  m->key);
    }
    free(declared);
}

void check_labels_end(struct checker *c)
{
    for (size_t set = 0; set < LABEL_SETS; set++) {
        const struct labels *l = c->labels[set];
        if (l == NULL)
            continue;
        check_variants(c, l, sets[set].column);
        check_declared(c, l, set);
    }
}

void check_labels_free(struct checker *c)
{
    for (size_t set = 0; set < LABEL_SETS; set++) {
        for (size_t i = 0; c->labels[set] != NULL && i < c->labels[set]->count; i++)
            free(c->labels[set]->list[i].text);
        free(c->labels[set]);
    }
}
