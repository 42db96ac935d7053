/* test_text_in.c: what a provider said of a text, brought into shape alike from webhook and list.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/text_in.h"
#include <string.h>

static struct text_in whole(void)
{
    return (struct text_in){.provider = "twilio",
                            .message_id = "SM1",
                            .from = "+447700900123",
                            .endpoint = "60777",
                            .body = "VOTE"};
}

static void what_can_be_read_stays(void **state)
{
    struct text_in t = whole();
    (void)state;
    text_in_fit(&t);
    assert_false(t.quarantine);
    assert_int_equal(t.body_len, 4);
    t.endpoint = t.body = ""; /* an empty text to a number that nobody names */
    text_in_fit(&t);
    assert_false(t.quarantine);
}

static void what_cannot_is_kept_apart(void **state)
{
    static char many[TEXT_BODY_MAX + 10], longest[TEXT_BODY_MAX + 1];
    const char *const wrong[] = {NULL, "\xc3", "\xed\xa0\xbd", many};
    (void)state;
    memset(many, 'a', sizeof many - 1);
    memset(longest, 'a', sizeof longest - 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text_in id = whole(), from = whole(), to = whole(), body = whole();
        id.message_id = from.from = to.endpoint = body.body = wrong[i];
        text_in_fit(&id);
        text_in_fit(&from);
        text_in_fit(&to);
        text_in_fit(&body);
        assert_true(id.quarantine && from.quarantine && to.quarantine && body.quarantine);
        assert_string_equal(id.message_id, "");
        assert_string_equal(from.from, "");
        assert_string_equal(to.endpoint, "");
        assert_true(body.body_len <= TEXT_BODY_MAX);
        assert_string_equal(id.body, "VOTE"); /* the rest is for an officer to look at */
    }
    struct text_in t = whole();
    t.body = longest;
    text_in_fit(&t);
    assert_false(t.quarantine);
    assert_int_equal(t.body_len, TEXT_BODY_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_read_stays),
        cmocka_unit_test(what_cannot_is_kept_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
