/* test_damm.c: check digits find every slip that they promise to find, and codes are read as
 * people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "common/damm.h"
#include "common/secret.h"

static const char code[] = "1234567890123"; /* 123456789012 and its check digit, see below */

/* Damm's own example: 572 has check digit 4. */
static void the_example_of_the_thesis(void **state)
{
    (void)state;
    assert_int_equal(damm_digit("572", 3), '4');
    assert_true(damm_valid("5724", 4));
    assert_false(damm_valid("5723", 4));
    assert_false(damm_valid("", 0));
}

/* Every 4-digit number: 1,000 valid ones, each 36 wrong digits and up to 3 swaps away. */
static void every_slip_in_four_digits_is_found(void **state)
{
    (void)state;
    int valid = 0;
    for (unsigned n = 0; n < 10000; n++) {
        char d[5];
        snprintf(d, sizeof(d), "%04u", n);
        if (!damm_valid(d, 4))
            continue;
        valid++;
        for (int place = 0; place < 4; place++) {
            char right = d[place];
            for (char wrong = '0'; wrong <= '9'; wrong++) {
                d[place] = wrong;
                assert_int_equal(damm_valid(d, 4), wrong == right);
            }
            d[place] = right;
        }
        for (int place = 0; place < 3; place++) {
            if (d[place] == d[place + 1])
                continue;
            char swapped[5];
            memcpy(swapped, d, 5);
            swapped[place] = d[place + 1];
            swapped[place + 1] = d[place];
            assert_false(damm_valid(swapped, 4));
        }
    }
    assert_int_equal(valid, 1000);
}

static void codes_as_people_type_them(void **state)
{
    (void)state;
    static const char *const right[] = {
        "1234567890123",
        "123 456 789 0123",
        "123-456-789-0123",
        " 123.456.789.0123 ",
        "l23456789OI23",
        "I2345678 9o 1 2 3",
        "1-2-3-4-5-6-7-8-9-0-1-2-3--",
    };
    static const char *const wrong[] = {
        "",
        "123456789012",   /* 12 digits */
        "12345678901230", /* 14 digits */
        "1234567890124",  /* another check digit */
        "1234567890132",  /* swapped */
        "123456789012a",
        "i234567890123",
        "123456789012\302\2403",
        "123_456_789_0123",
        "123/4567890123",
        "+1234567890123",
    };
    char out[CODE_DIGITS + 1];
    assert_int_equal(damm_digit(code, CODE_DIGITS - 1), code[CODE_DIGITS - 1]);
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
        assert_true(code_read(right[i], out));
        assert_string_equal(out, code);
    }
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_false(code_read(wrong[i], out));
        assert_string_equal(out, "");
    }
}

static void made_codes_can_be_read_and_shown(void **state)
{
    (void)state;
    int digits[10] = {0};
    for (int i = 0; i < 2000; i++) {
        char made[CODE_DIGITS + 1], shown[17], again[CODE_DIGITS + 1];
        code_make(made);
        code_show(made, shown);
        assert_int_equal(strlen(shown), 16);
        assert_true(shown[3] == ' ' && shown[7] == ' ' && shown[11] == ' ');
        assert_true(code_read(shown, again));
        assert_string_equal(again, made);
        for (int j = 0; j < CODE_DIGITS - 1; j++)
            digits[made[j] - '0']++;
    }
    /* 24,000 digits: each about 2,400 times; 300 off would be more than 6 sigma. */
    for (int i = 0; i < 10; i++)
        assert_in_range(digits[i], 2100, 2700);
}

/* HMAC(HMAC(master, "wardmote/code/1" 0x00), "code" 0x00 "1234567890126") by Python. */
static void codes_are_stored_as_keyed_hashes(void **state)
{
    (void)state;
    uint8_t hash[32];
    struct buf hex = buf_new(64);
    assert_true(secret_start("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    code_lookup("1234567890126", hash);
    buf_hex(&hex, hash, sizeof(hash));
    assert_string_equal(buf_str(&hex),
                        "c7c07ecad65a38b8a044ce5de82273391f8b1677172e3c63c7e15bd9e2de7aeb");
    buf_free(&hex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_thesis),
        cmocka_unit_test(every_slip_in_four_digits_is_found),
        cmocka_unit_test(codes_as_people_type_them),
        cmocka_unit_test(made_codes_can_be_read_and_shown),
        cmocka_unit_test(codes_are_stored_as_keyed_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
