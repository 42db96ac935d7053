/* fuzz_pabulib.c: any bytes at all, read as a .pb file and, when accepted, counted and written.
 *
 * clang -fsanitize=fuzzer,address,undefined ... ; see the Makefile. */
#include "count/pabulib.h"
#include "count/result.h"
#include "count/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What is accepted must be countable by every rule that does not refuse it, and writable. */
static void count_it(const struct election *e)
{
    for (size_t i = 0; rules[i] != NULL; i++) {
        struct terms terms = terms_new(rules[i]);
        struct tally t;
        struct refusal why;
        terms.has_seed = e->ballot_count % 2 == 0;
        if (!rules[i]->count(e, &terms, &t, &why))
            continue;
        free(result_json(e, &terms, &t));
        free(result_text(e, &terms, &t));
        free(result_explain(e, &terms, &t));
        tally_free(&t);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct refusal why;
    if (len == 0)
        return 0;
    struct election *e = wm_alloc(sizeof(*e));
    char *copy = memcpy(wm_alloc(len), bytes, len);
    FILE *in = fmemopen(copy, len, "rb");
    election_init(e);
    if (in != NULL && pabulib_read(in, e, &why))
        count_it(e);
    if (in != NULL)
        fclose(in);
    election_free(e);
    free(e);
    free(copy);
    return 0;
}
