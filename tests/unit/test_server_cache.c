/* test_server_cache.c: what is kept, for how long, and what is never answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/cache.h"

static int discarded;

static void discard(void *content)
{
    (void)content;
    discarded++;
}

/* Keeps a page at time 0, to be true until `until_ms`. */
static void keep(const char *path, void *content, uint64_t generation, int64_t until_ms)
{
    cache_release(cache_keep(path, "/p", "\"e\"", content, 1000, generation, 0, until_ms));
}

static void *content_at(const char *path, int64_t now_ms)
{
    struct cache_entry *e = cache_find(path, now_ms);
    if (e == NULL)
        return NULL;
    void *content = e->content;
    cache_release(e);
    return content;
}

static int fresh(void **state)
{
    (void)state;
    cache_bypass();
    discarded = 0;
    cache_start(discard);
    cache_raise();
    return 0;
}

static int a, b;

static void a_page_is_found_by_its_path(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 100000);
    keep("/b", &b, cache_generation(), 100000);
    assert_ptr_equal(content_at("/a", 1), &a);
    assert_ptr_equal(content_at("/b", 1), &b);
    assert_null(content_at("/c", 1));
    struct cache_entry *e = cache_find("/a", 1);
    assert_string_equal(e->etag, "\"e\"");
    assert_string_equal(e->path, "/a");
    cache_release(e);
}

static void it_lives_five_seconds_at_most(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 100000);
    assert_null(content_at("/a", CACHE_LIFE_MS - 1)); /* makes it anew */
    assert_ptr_equal(content_at("/a", CACHE_LIFE_MS - 1), &a);
    assert_null(content_at("/a", CACHE_LIFE_MS));
    assert_int_equal(discarded, 1);
}

static void near_its_end_one_reader_at_a_time_makes_it_anew(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 100000);
    assert_ptr_equal(content_at("/a", CACHE_RENEW_MS - 1), &a);
    assert_null(content_at("/a", CACHE_RENEW_MS));
    assert_ptr_equal(content_at("/a", CACHE_RENEW_MS), &a);
    assert_ptr_equal(content_at("/a", CACHE_RENEW_MS + CACHE_RETRY_MS - 1), &a);
    assert_null(content_at("/a", CACHE_RENEW_MS + CACHE_RETRY_MS));
    assert_int_equal(discarded, 0);
}

static void who_waited_gets_a_page_that_was_kept_since(void **state)
{
    (void)state;
    cache_release(cache_keep("/a", "/p", "\"e\"", &a, 1000, cache_generation(), 1000, 100000));
    assert_null(cache_find_since("/a", 1010, 1001));
    struct cache_entry *e = cache_find_since("/a", 1010, 1000);
    assert_ptr_equal(e->content, &a);
    cache_release(e);
    e = cache_find_since("/a", 1000 + CACHE_LIFE_MS - 1, 0);
    assert_ptr_equal(e->content, &a);
    cache_release(e);
    assert_null(cache_find_since("/a", 1000 + CACHE_LIFE_MS, 0));
}

static void it_ends_when_a_round_opens_or_closes(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 300);
    assert_ptr_equal(content_at("/a", 299), &a);
    assert_null(content_at("/a", 300));
    keep("/b", &b, cache_generation(), 0);
    assert_null(content_at("/b", 0));
}

static void a_render_from_before_a_change_is_not_kept(void **state)
{
    uint64_t before = cache_generation();
    (void)state;
    cache_raise();
    keep("/a", &a, before, 100000);
    assert_null(content_at("/a", 1));
    assert_int_equal(discarded, 1);
}

static void a_change_drops_what_was_kept(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 100000);
    cache_raise();
    assert_null(content_at("/a", 1));
    assert_int_equal(discarded, 1);
}

static void while_nobody_listens_nothing_is_answered_or_kept(void **state)
{
    uint64_t before = cache_generation();
    (void)state;
    keep("/a", &a, before, 100000);
    cache_bypass();
    assert_int_equal(cache_generation(), 0);
    assert_null(content_at("/a", 1));
    keep("/b", &b, cache_generation(), 100000);
    cache_raise();
    assert_null(content_at("/b", 1));
    keep("/b", &b, before, 100000);
    assert_null(content_at("/b", 1));
    assert_int_equal(discarded, 3);
}

static void who_holds_a_page_keeps_it_alive(void **state)
{
    (void)state;
    struct cache_entry *mine =
        cache_keep("/a", "/p", "\"e\"", &a, 1000, cache_generation(), 0, 100000);
    cache_raise();
    assert_int_equal(discarded, 0);
    assert_ptr_equal(mine->content, &a);
    cache_release(mine);
    assert_int_equal(discarded, 1);
}

static void a_newer_page_takes_the_place_of_the_old(void **state)
{
    (void)state;
    keep("/a", &a, cache_generation(), 100000);
    keep("/a", &b, cache_generation(), 100000);
    assert_ptr_equal(content_at("/a", 1), &b);
    assert_int_equal(discarded, 1);
}

static void the_number_of_pages_is_bounded(void **state)
{
    char path[20];
    (void)state;
    for (int i = 0; i < 3 * CACHE_ENTRIES_MAX; i++) {
        snprintf(path, sizeof(path), "/%d", i);
        keep(path, &a, cache_generation(), 100000);
    }
    assert_int_equal(discarded, 2 * CACHE_ENTRIES_MAX);
    assert_null(content_at("/0", 1));
    assert_ptr_equal(content_at(path, 1), &a);
}

static void the_bytes_are_bounded(void **state)
{
    enum { BIG = CACHE_BYTES_MAX / 8 };
    char path[20];
    (void)state;
    for (int i = 0; i < 20; i++) {
        snprintf(path, sizeof(path), "/%d", i);
        cache_release(cache_keep(path, "/p", "\"e\"", &a, BIG, cache_generation(), 0, 100000));
    }
    assert_int_equal(discarded, 12);
    cache_release(cache_keep("/huge", "/p", "\"e\"", &a, BIG + 1, cache_generation(), 0, 100000));
    assert_null(content_at("/huge", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_page_is_found_by_its_path, fresh),
        cmocka_unit_test_setup(it_lives_five_seconds_at_most, fresh),
        cmocka_unit_test_setup(near_its_end_one_reader_at_a_time_makes_it_anew, fresh),
        cmocka_unit_test_setup(who_waited_gets_a_page_that_was_kept_since, fresh),
        cmocka_unit_test_setup(it_ends_when_a_round_opens_or_closes, fresh),
        cmocka_unit_test_setup(a_render_from_before_a_change_is_not_kept, fresh),
        cmocka_unit_test_setup(a_change_drops_what_was_kept, fresh),
        cmocka_unit_test_setup(while_nobody_listens_nothing_is_answered_or_kept, fresh),
        cmocka_unit_test_setup(who_holds_a_page_keeps_it_alive, fresh),
        cmocka_unit_test_setup(a_newer_page_takes_the_place_of_the_old, fresh),
        cmocka_unit_test_setup(the_number_of_pages_is_bounded, fresh),
        cmocka_unit_test_setup(the_bytes_are_bounded, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
