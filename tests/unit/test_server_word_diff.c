/* test_server_word_diff.c: what changed between two texts, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/word_diff.h"

static void assert_diff(const char *was, const char *now, const char *expected)
{
    struct arena a = arena_new(64 << 20);
    struct buf shown = buf_new(1 << 20);
    struct diff_run *run;
    int n = word_diff(&a, was, now, &run);
    for (int i = 0; i < n; i++)
        buf_fmt(&shown, "%s%c%s%c", i > 0 ? " " : "", "([{"[run[i].kind], run[i].text,
                ")]}"[run[i].kind]);
    assert_string_equal(buf_str(&shown), expected);
    buf_free(&shown);
    arena_free(&a);
}

static void words_come_and_go(void **state)
{
    (void)state;
    assert_diff("", "", "");
    assert_diff("Sweep it", "Sweep it", "(Sweep it)");
    assert_diff("", "Sweep it", "{Sweep it}");
    assert_diff("Sweep it", "", "[Sweep it]");
    assert_diff("Sweep twice a week", "Sweep three times a week",
                "(Sweep) [twice] {three times} (a week)");
    assert_diff("a b c d e", "a x c e y", "(a) [b] {x} (c) [d] (e) {y}");
    assert_diff("a b", "b a", "[a] (b) {a}");
    assert_diff("a a a", "a a", "(a a) [a]");
}

static void white_space_is_no_change(void **state)
{
    (void)state;
    assert_diff("  Sweep\n\nit ", "Sweep it", "(Sweep it)");
    assert_diff("Sweep it", "Sweep\n\nit now", "(Sweep\n\nit) {now}");
    assert_diff(" \n", "", "");
}

/* `n` different words, and the last of them `last`. */
static const char *many(struct buf *b, char letter, int n, const char *last)
{
    for (int i = 0; i < n - 1; i++)
        buf_fmt(b, "%c%d ", letter, i);
    buf_str_add(b, last);
    return buf_str(b);
}

static void too_much_is_replaced_as_a_whole(void **state)
{
    (void)state;
    struct arena a = arena_new(64 << 20);
    struct buf was = buf_new(1 << 20), now = buf_new(1 << 20);
    struct diff_run *run;
    many(&was, 'a', 2000, "same");
    many(&now, 'b', 2000, "same");
    assert_int_equal(word_diff(&a, buf_str(&was), buf_str(&now), &run), 3);
    assert_int_equal(run[0].kind, DIFF_REMOVED);
    assert_int_equal(run[1].kind, DIFF_ADDED);
    assert_string_equal(run[2].text, "same");
    buf_free(&was);
    buf_free(&now);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_and_go),
        cmocka_unit_test(white_space_is_no_change),
        cmocka_unit_test(too_much_is_replaced_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
