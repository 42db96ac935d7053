/* test_server_rate.c: how often one address may do a thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/secret.h"
#include "server/rate.h"

/* An hour, so that a test seldom meets its end. */
static void so_often(void **state)
{
    (void)state;
    static struct rate rate = RATE("so often", 2, 3600);
    assert_false(rate_over(&rate, "192.0.2.1"));
    assert_false(rate_over(&rate, "192.0.2.1"));
    assert_true(rate_over(&rate, "192.0.2.1"));
    assert_false(rate_over(&rate, "192.0.2.2"));
    assert_false(rate_over(&rate, "unix"));
}

static void one_connection_of_ipv6(void **state)
{
    (void)state;
    static struct rate rate = RATE("one connection", 2, 3600);
    assert_false(rate_over(&rate, "2001:db8::1"));
    assert_false(rate_over(&rate, "2001:db8:0:0:ffff::2"));
    assert_true(rate_over(&rate, "2001:db8::3"));
    assert_false(rate_over(&rate, "2001:db8:0:1::1"));
    assert_false(rate_over(&rate, "::ffff:192.0.2.1"));
    assert_false(rate_over(&rate, "::ffff:192.0.2.1"));
    assert_true(rate_over(&rate, "::ffff:192.0.2.1"));
    assert_false(rate_over(&rate, "::ffff:192.0.2.2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_often),
        cmocka_unit_test(one_connection_of_ipv6),
    };
    assert_true(secret_start("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
