/* fuzz_pabulib_write.c: any bytes at all; what is readable is converted, must read to the same
 * election, and must come out the same when it is converted again. */
#include "count/pabulib.h"
#include "count/pabulib_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct text {
    char *bytes;
    size_t len;
};

static struct election *read_it(const char *bytes, size_t len)
{
    struct refusal why;
    struct election *e = wm_alloc(sizeof(*e));
    FILE *in = fmemopen((void *)(uintptr_t)bytes, len, "rb");
    election_init(e);
    bool ok = in != NULL && pabulib_read(in, e, &why);
    if (in != NULL)
        fclose(in);
    if (ok)
        return e;
    election_free(e);
    free(e);
    return NULL;
}

static struct text write_it(const struct election *e, const char *bytes, size_t len)
{
    struct text text = {NULL, 0};
    struct buf changes = buf_new(1 << 20);
    struct refusal why;
    FILE *in = fmemopen((void *)(uintptr_t)bytes, len, "rb");
    FILE *out = open_memstream(&text.bytes, &text.len);
    bool texts = pabulib_has_texts(in);
    rewind(in);
    if (!pabulib_write(in, e, texts, out, &changes, &why))
        abort();
    fclose(in);
    fclose(out);
    buf_free(&changes);
    return text;
}

static void same(bool equal)
{
    if (!equal)
        abort();
}

static void compare(const struct election *a, const struct election *b)
{
    same(mpq_equal(a->budget, b->budget) && a->vote_type == b->vote_type);
    same(a->project_count == b->project_count && a->ballot_count == b->ballot_count);
    same(a->pick_count == b->pick_count && a->points_known == b->points_known);
    for (size_t i = 0; i < a->project_count; i++) {
        const struct project *p = &a->projects[i];
        const struct project *q = &b->projects[i];
        same(strcmp(p->id, q->id) == 0 && strcmp(p->name, q->name) == 0);
        same(mpq_equal(p->cost, q->cost) && p->selected == q->selected);
        same(p->exclusion == q->exclusion && p->points == q->points && p->borda == q->borda);
    }
    for (size_t i = 0; i < a->ballot_count; i++)
        same(a->ballot_ends[i] == b->ballot_ends[i]);
    for (size_t i = 0; i < a->pick_count; i++)
        same(a->picks[i] == b->picks[i] && (!a->points_known || a->points[i] == b->points[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct election *e = len > 0 ? read_it((const char *)bytes, len) : NULL;
    if (e == NULL)
        return 0;
    struct text once = write_it(e, (const char *)bytes, len);
    struct election *again = read_it(once.bytes, once.len);
    same(again != NULL);
    compare(e, again);
    struct text twice = write_it(again, once.bytes, once.len);
    same(once.len == twice.len && memcmp(once.bytes, twice.bytes, once.len) == 0);
    free(once.bytes);
    free(twice.bytes);
    election_free(e);
    election_free(again);
    free(e);
    free(again);
    return 0;
}
