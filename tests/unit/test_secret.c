/* test_secret.c: derived keys, HMAC, seals, encodings, passwords and one-time codes against RFC
 * vectors and values computed by other programs (Python's hmac, hashlib and cryptography). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "common/secret.h"
#include <pthread.h>

/* Bytes 0 to 31. */
static const char master[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

static void assert_hex(const uint8_t *bytes, size_t len, const char *wanted)
{
    struct buf hex = buf_new(1000);
    buf_hex(&hex, bytes, len);
    assert_string_equal(buf_str(&hex), wanted);
    buf_free(&hex);
}

static void a_master_key_is_64_hex_digits(void **state)
{
    (void)state;
    assert_false(secret_start(""));
    assert_false(secret_start("00"));
    assert_false(secret_start("g00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    assert_false(
        secret_start("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00"));
    assert_true(secret_start(master));
}

/* RFC 4231, test cases 1, 2, 3 and 6 (a key longer than a block). */
static void hmac_sha256_of_rfc_4231(void **state)
{
    (void)state;
    uint8_t key[131], data[50], out[32];
    memset(key, 0x0b, 20);
    secret_hmac_key(key, 20, "Hi There", 8, out);
    assert_hex(out, 32, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    secret_hmac_key((const uint8_t *)"Jefe", 4, "what do ya want for nothing?", 28, out);
    assert_hex(out, 32, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof(key));
    memset(data, 0xdd, sizeof(data));
    secret_hmac_key(key, 20, data, sizeof(data), out);
    assert_hex(out, 32, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    secret_hmac_key(key, 131, "Test Using Larger Than Block-Size Key - Hash Key First", 54, out);
    assert_hex(out, 32, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* HMAC(HMAC(master, "wardmote/session/1" 0x00), "cookie" 0x00 "hello") by Python. */
static void every_use_has_a_key_of_its_own(void **state)
{
    (void)state;
    uint8_t first[32], other[32];
    secret_hmac(SECRET_SESSION, "cookie", "hello", 5, first);
    assert_hex(first, 32, "cd192f86334194ffc9f334d86211d59d8989b6c5e649f2dcf6e4f16e95d3ac96");
    for (int use = 0; use < SECRET_USES; use++) {
        secret_hmac((enum secret_use)use, "cookie", "hello", 5, other);
        assert_int_equal(secret_equal(first, other, 32), use == SECRET_SESSION);
    }
    secret_hmac(SECRET_SESSION, "cookieh", "ello", 4, other);
    assert_false(secret_equal(first, other, 32));
}

static void *hmac_many(void *context)
{
    uint8_t out[32];
    for (int i = 0; i < 2000; i++) {
        secret_hmac(SECRET_SESSION, "cookie", "hello", 5, out);
        if (memcmp(out, context, 32) != 0)
            return context;
    }
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
    (void)state;
    uint8_t wanted[32];
    pthread_t threads[4];
    secret_hmac(SECRET_SESSION, "cookie", "hello", 5, wanted);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hmac_many, wanted), 0);
    for (int i = 0; i < 4; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
}

static void random_bytes_differ(void **state)
{
    (void)state;
    uint8_t a[32], b[32];
    secret_random(a, sizeof(a));
    secret_random(b, sizeof(b));
    assert_false(secret_equal(a, b, sizeof(a)));
    assert_true(secret_equal(a, a, sizeof(a)));
    b[31] = (uint8_t)(a[31] ^ 1);
    memcpy(b, a, 31);
    assert_false(secret_equal(a, b, sizeof(a)));
}

static void what_is_sealed_is_unsealed(void **state)
{
    (void)state;
    static const char text[] = "VOTE 123 456 789 0123 1271";
    uint8_t sealed[sizeof(text) + SECRET_SEAL_EXTRA], again[sizeof(sealed)], plain[sizeof(text)];
    assert_int_equal(secret_seal("inbox.body", text, sizeof(text), sealed), sizeof(sealed));
    assert_int_equal(secret_seal("inbox.body", text, sizeof(text), again), sizeof(again));
    assert_memory_not_equal(sealed, again, sizeof(sealed));
    assert_int_equal(secret_unseal("inbox.body", sealed, sizeof(sealed), plain), sizeof(text));
    assert_string_equal((const char *)plain, text);
    uint8_t empty[SECRET_SEAL_EXTRA];
    assert_int_equal(secret_seal("inbox.body", NULL, 0, empty), SECRET_SEAL_EXTRA);
    assert_int_equal(secret_unseal("inbox.body", empty, sizeof(empty), plain), 0);
}

/* Sealed by Python's cryptography: nonce 40…4b, "inbox.body" and the version authenticated. */
static void the_sealed_form_is_aes_256_gcm(void **state)
{
    (void)state;
    uint8_t sealed[43], plain[14];
    assert_true(secret_unhex("01404142434445464748494a4bc99995544a248a378f0eba0732dd11caf472fe6e353"
                             "cd706d8fd66fda9e3",
                             sealed, sizeof(sealed)));
    assert_int_equal(secret_unseal("inbox.body", sealed, sizeof(sealed), plain), 14);
    assert_memory_equal(plain, "attack at dawn", 14);
}

static void a_seal_that_was_touched_or_moved_is_refused(void **state)
{
    (void)state;
    uint8_t sealed[10 + SECRET_SEAL_EXTRA], plain[64];
    secret_seal("round.k_nonce", "0123456789", 10, sealed);
    for (size_t i = 0; i < sizeof(sealed); i++) {
        for (int bit = 0; bit < 8; bit++) {
            sealed[i] = (uint8_t)(sealed[i] ^ 1 << bit);
            assert_int_equal(secret_unseal("round.k_nonce", sealed, sizeof(sealed), plain), -1);
            sealed[i] = (uint8_t)(sealed[i] ^ 1 << bit);
        }
    }
    assert_int_equal(secret_unseal("round.k_pseudonym", sealed, sizeof(sealed), plain), -1);
    for (size_t len = 0; len < sizeof(sealed); len++)
        assert_int_equal(secret_unseal("round.k_nonce", sealed, len, plain), -1);
    assert_int_equal(secret_unseal("round.k_nonce", sealed, sizeof(sealed), plain), 10);
}

/* RFC 4648 §10, without padding, in the alphabet for URLs. */
static void base64url_of_rfc_4648(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[20];
        uint8_t bytes[20];
        secret_base64url(rows[i][0], strlen(rows[i][0]), text);
        assert_string_equal(text, rows[i][1]);
        assert_int_equal(secret_unbase64url(text, bytes), strlen(rows[i][0]));
        assert_memory_equal(bytes, rows[i][0], strlen(rows[i][0]));
    }
    char text[10];
    secret_base64url("\xfb\xff\xfe\x00\x01", 5, text);
    assert_string_equal(text, "-__-AAE");
}

static void base64url_has_one_spelling(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Z",     "Zh", "Zm9",    "Zg==", "Zg=",  "Z g",
                                        "Zm9vY", "+/", "Zm9v\n", "A",    "AAAAA"};
    uint8_t bytes[20];
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(secret_unbase64url(wrong[i], bytes), -1);
}

static void hex_is_read_strictly(void **state)
{
    (void)state;
    uint8_t bytes[2] = {0};
    assert_true(secret_unhex("0aFf", bytes, 2));
    assert_hex(bytes, 2, "0aff");
    assert_false(secret_unhex("0aF", bytes, 2));
    assert_false(secret_unhex("0aFf0", bytes, 2));
    assert_false(secret_unhex("0aFg", bytes, 2));
    assert_false(secret_unhex("0x12", bytes, 2));
}

static const uint8_t rfc_seed[20] = "12345678901234567890";

static void base32_as_apps_want_it(void **state)
{
    (void)state;
    char text[33];
    secret_base32(rfc_seed, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"); /* Python's base64.b32encode */
    uint8_t ones[20];
    memset(ones, 0xff, sizeof(ones));
    secret_base32(ones, text);
    assert_string_equal(text, "77777777777777777777777777777777");
}

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static void totp_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        int64_t at;
        const char *code;
    } rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char code[7];
        secret_totp(rfc_seed, rows[i].at, code);
        assert_string_equal(code, rows[i].code);
        assert_true(secret_totp_check(rfc_seed, code, rows[i].at, 0) == rows[i].at / 30);
    }
}

static void a_one_time_code_works_once_and_not_for_long(void **state)
{
    (void)state;
    const int64_t now = 1111111111, step = now / 30;
    assert_true(secret_totp_check(rfc_seed, "050471", now, step - 1) == step);
    assert_true(secret_totp_check(rfc_seed, "050471", now + 30, step - 1) == step);
    assert_true(secret_totp_check(rfc_seed, "050471", now + 60, step - 1) == -1);
    assert_true(secret_totp_check(rfc_seed, "050471", now - 30, step - 1) == -1);
    assert_true(secret_totp_check(rfc_seed, "050471", now, step) == -1);
    assert_true(secret_totp_check(rfc_seed, "050472", now, 0) == -1);
    assert_true(secret_totp_check(rfc_seed, "50471", now, 0) == -1);
    assert_true(secret_totp_check(rfc_seed, "0504710", now, 0) == -1);
    assert_true(secret_totp_check(rfc_seed, "", now, 0) == -1);
}

/* The stored form was computed by Python's hashlib.scrypt. */
static void passwords_by_scrypt(void **state)
{
    (void)state;
    static const char stored[] =
        "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$ZwXboEbK+6uo3pibyojgA4zgNULQwM2WqPlWpy+G7mc";
    assert_true(secret_password_check("correct horse battery staple", stored));
    assert_false(secret_password_check("correct horse battery stapl", stored));
    char fresh[128], another[128];
    secret_password_hash("pa55", fresh);
    secret_password_hash("pa55", another);
    assert_memory_equal(fresh, "$scrypt$ln=15,r=8,p=3$", 22);
    assert_string_not_equal(fresh, another);
    assert_true(secret_password_check("pa55", fresh));
    assert_false(secret_password_check("", fresh));
}

static void a_malformed_hash_opens_nothing(void **state)
{
    (void)state;
    static const char *const rows[] = {
        NULL,
        "",
        "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$",
        "$scrypt$ln=14,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$ZwXboEbK+6uo3pibyojgA4zgNULQwM2WqPlWpy+G7mc",
        "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$ZwXboEbK+6uo3pibyojgA4zgNULQwM2WqPlWpy+G7m=",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_false(secret_password_check("correct horse battery staple", rows[i]));
}

static void *check_password(void *stored)
{
    return secret_password_check("pa55", stored) ? stored : NULL;
}

static void more_checks_than_two_wait_for_each_other(void **state)
{
    (void)state;
    char stored[128];
    pthread_t threads[3];
    secret_password_hash("pa55", stored);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, check_password, stored), 0);
    for (int i = 0; i < 3; i++) {
        void *right = NULL;
        pthread_join(threads[i], &right);
        assert_non_null(right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_master_key_is_64_hex_digits),
        cmocka_unit_test(hmac_sha256_of_rfc_4231),
        cmocka_unit_test(every_use_has_a_key_of_its_own),
        cmocka_unit_test(threads_do_not_disturb_each_other),
        cmocka_unit_test(random_bytes_differ),
        cmocka_unit_test(what_is_sealed_is_unsealed),
        cmocka_unit_test(the_sealed_form_is_aes_256_gcm),
        cmocka_unit_test(a_seal_that_was_touched_or_moved_is_refused),
        cmocka_unit_test(base64url_of_rfc_4648),
        cmocka_unit_test(base64url_has_one_spelling),
        cmocka_unit_test(hex_is_read_strictly),
        cmocka_unit_test(base32_as_apps_want_it),
        cmocka_unit_test(totp_of_rfc_6238),
        cmocka_unit_test(a_one_time_code_works_once_and_not_for_long),
        cmocka_unit_test(passwords_by_scrypt),
        cmocka_unit_test(a_malformed_hash_opens_nothing),
        cmocka_unit_test(more_checks_than_two_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
