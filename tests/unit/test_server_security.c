/* test_server_security.c: security.txt as RFC 9116 has it, and what an operator may get wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/security_txt.h"

#define LAST 1814399999 /* 2027-06-30 23:59:59 UTC */

static void the_file_is_these_lines(void **state)
{
    struct buf out = buf_new(4096);
    (void)state;
    assert_true(security_txt_write(&out, "mailto:a@york.example  https://york.example/tell",
                                   "2027-06-30", "https://vote.york.example", LAST));
    assert_string_equal(buf_str(&out),
                        "Contact: mailto:a@york.example\nContact: https://york.example/tell\n"
                        "Expires: 2027-06-30T23:59:59Z\nPreferred-Languages: en\n"
                        "Canonical: https://vote.york.example/.well-known/security.txt\n");
    buf_free(&out);
}

static void a_stale_file_is_not_served(void **state)
{
    struct buf out = buf_new(4096);
    (void)state;
    assert_false(security_txt_write(&out, "tel:+441904000000", "2027-06-30", "", LAST + 1));
    assert_false(security_txt_write(&out, "", "", "", 0));
    assert_int_equal(out.len, 0);
    buf_free(&out);
}

static void what_is_wrong_is_said(void **state)
{
    static const char *const days[] = {"30/6/2027", "2027-02-30", "2027-13-01",
                                       "2027-6-1",  "soon",       "2027-06-3x"};
    static const char *const contacts[] = {"a@york.example", "http://york.example",
                                           "mailto:", "mailto:a@york.example b@york.example"};
    (void)state;
    assert_null(security_txt_problem("", ""));
    assert_null(security_txt_problem("mailto:a@york.example tel:+441904000000", "2028-02-29"));
    assert_non_null(security_txt_problem("mailto:a@york.example", ""));
    assert_non_null(security_txt_problem("", "2027-06-30"));
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (security_txt_problem("mailto:a@york.example", days[i]) == NULL)
            fail_msg("%s passes for a day", days[i]);
    }
    for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++) {
        if (security_txt_problem(contacts[i], "2027-06-30") == NULL)
            fail_msg("%s passes for an address", contacts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_these_lines),
        cmocka_unit_test(a_stale_file_is_not_served),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
