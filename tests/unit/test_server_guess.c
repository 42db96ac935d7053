/* test_server_guess.c: which addresses are one network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs those before it. */
#include <cmocka.h>

#include "common/secret.h"
#include "server/guess.h"

static void check(const char *address, const char *network)
{
    char out[NETWORK_LEN];
    network_of(address, out);
    assert_string_equal(out, network);
}

static void networks(void **state)
{
    (void)state;
    check("192.0.2.77", "192.0.2.0/24");
    check("192.0.2.1", "192.0.2.0/24");
    check("192.0.20.1", "192.0.20.0/24");
    check("::ffff:192.0.2.77", "192.0.2.0/24");
    check("2001:db8:1:2::5", "2001:0db8:0001:0002::/64");
    check("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::/64");
    check("2001:db8:1:3::5", "2001:0db8:0001:0003::/64");
    check("::1", "0000:0000:0000:0000::/64");
    check("unix", "unix");
    check("", "");
}

static void keys(void **state)
{
    (void)state;
    struct guess_keys a, b;
    assert_true(secret_start("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
    guess_keys("192.0.2.1", &a);
    guess_keys("192.0.2.2", &b);
    assert_memory_not_equal(a.address, b.address, GUESS_KEY_LEN);
    assert_memory_equal(a.network, b.network, GUESS_KEY_LEN);
    assert_memory_not_equal(a.address, a.network, GUESS_KEY_LEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(networks), cmocka_unit_test(keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
