/* pb_section.h: one section of a .pb file from a fuzzer, within a file that is otherwise sound, so
 * that nearly every input reaches the code of that section. */
#ifndef FUZZ_PB_SECTION_H
#define FUZZ_PB_SECTION_H

#include "count/check.h"
#include "count/pabulib.h"
#include "count/result.h"
#include "count/rule.h"

#define PB_META                                                                                    \
    "META\nkey;value\ndescription;d\ncountry;Poland\nunit;u\ninstance;2025\nnum_projects;3\n"      \
    "num_votes;2\nbudget;100\n"
#define PB_PROJECTS "PROJECTS\nproject_id;cost;votes;selected\na;60;2;1\nb;50.5;1;0\nc;30;0;0\n"
#define PB_VOTES    "VOTES\nvoter_id;vote;points\n1;a,b;3,2\n2;a;1.5\n"

/* Counts by every rule that takes the election: small ones, as some rules take long. */
static inline void pb_count(const struct election *e)
{
    for (size_t i = 0; rules[i] != NULL && e->project_count <= 12 && e->ballot_count <= 50; i++) {
        struct terms terms = terms_new(rules[i]);
        struct tally t;
        struct refusal why;
        if (!rules[i]->count(e, &terms, &t, &why))
            continue;
        free(result_json(e, &terms, &t));
        free(result_explain(e, &terms, &t));
        tally_free(&t);
    }
}

/* Reads, checks and counts the file. What is read must have been checked to its end. */
static inline void pb_try(const char *bytes, size_t len)
{
    struct refusal why = {.text = ""};
    struct election *e = wm_alloc(sizeof(*e));
    FILE *in = fmemopen((void *)(uintptr_t)bytes, len, "rb");
    if (in == NULL)
        abort();
    election_init(e);
    bool ok = pabulib_read(in, e, &why);
    struct check check = check_file(in, "f");
    if (ok)
        pb_count(e);
    else if (check.errors == 0 || *why.text == '\0')
        abort(); /* refused, and check finds nothing wrong */
    buf_free(&check.text);
    fclose(in);
    election_free(e);
    free(e);
}

static inline void pb_section(const char *before, const uint8_t *bytes, size_t len,
                              const char *after)
{
    struct buf file = buf_new((size_t)1 << 24);
    buf_str_add(&file, before);
    buf_add(&file, bytes, len);
    buf_str_add(&file, "\n");
    buf_str_add(&file, after);
    pb_try(buf_str(&file), file.len);
    buf_free(&file);
}

#endif
