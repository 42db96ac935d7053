/* test_count_support.h: elections from literals, for the tests of count/. */
#ifndef TEST_COUNT_SUPPORT_H
#define TEST_COUNT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "count/pabulib.h"
#include "count/rule.h"

#define META   "META\nkey;value\nbudget;100\nvote_type;approval\n"
#define CHOOSE "META\nkey;value\nbudget;1\nvote_type;choose-1\n"

/* Reads `len` bytes from memory of exactly that size, so that ASan sees a step too far.
 * NULL when they are refused; the caller frees an election with drop(). */
static inline struct election *read_bytes(const char *bytes, size_t len, struct refusal *why)
{
    struct election *e = wm_alloc(sizeof(*e));
    char *copy = memcpy(wm_alloc(len), bytes, len);
    FILE *in = fmemopen(copy, len, "rb");
    assert_non_null(in);
    election_init(e);
    bool ok = pabulib_read(in, e, why);
    fclose(in);
    free(copy);
    if (ok)
        return e;
    election_free(e);
    free(e);
    return NULL;
}

static inline void drop(struct election *e)
{
    election_free(e);
    free(e);
}

static inline struct election *read_text(const char *text)
{
    struct refusal why = {.text = ""};
    struct election *e = read_bytes(text, strlen(text), &why);
    if (e == NULL)
        print_error("line %zu: %s\n", why.line, why.text);
    assert_non_null(e);
    return e;
}

/* The text must be refused on this line, in words that contain `words`. */
static inline void assert_refused(const char *text, size_t line, const char *words)
{
    struct refusal why = {.text = ""};
    assert_null(read_bytes(text, strlen(text), &why));
    if (why.line != line || strstr(why.text, words) == NULL)
        print_error("refused with: line %zu: %s\n", why.line, why.text);
    assert_int_equal(why.line, line);
    assert_non_null(strstr(why.text, words));
}

#endif
