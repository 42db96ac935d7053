/* test_server_providers.c: how providers sign their webhooks, and forms and JSON taken apart. The
 * expected signatures were made by Twilio's own library for node (6.2.0). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/provider_read.h"

static const struct pairs posted = {
    .pair = {{"CallSid", "CA1"},
             {"From", "+447700900001"},
             {"Body", " é & = "},
             {"A", "2"},
             {"A", "1"},
             {"A", "2"}},
    .n = 6,
};

static void twilio(void **state)
{
    static const struct {
        const char *url, *signature;
    } rows[] = {
        {"https://vote.example/hooks/sms/twilio?ref=1", "PYOKTA2/Xxa9+eL5UvyC4t/uTYA="},
        {"https://vote.example:443/hooks/sms/twilio?ref=1", "FmdxXkOzLme4mE8Wooyw/xGaHaE="},
        {"https://vote.example:8443/hooks/sms/twilio?ref=1", "Whea5tbkv+MMkN+Y+ks1jGM/h5o="},
    };
    (void)state;
    for (int url = 0; url < 3; url++)
        for (int signature = 0; signature < 3; signature++) {
            bool same = url == signature || (url < 2 && signature < 2);
            assert_int_equal(
                twilio_signed("token", rows[url].url, &posted, rows[signature].signature), same);
        }
    assert_false(twilio_signed("", rows[0].url, &posted, rows[0].signature));
    assert_false(twilio_signed("tokem", rows[0].url, &posted, rows[0].signature));
    assert_false(twilio_signed("token", rows[0].url, &posted, ""));
}

static void forms(void **state)
{
    static const char form[] = "a=1&b=+%2B+&&c&=x&a=2";
    struct arena arena = arena_new(1 << 16);
    struct pairs p = {.n = 0};
    (void)state;
    assert_true(pairs_add_form(&p, &arena, form, sizeof form - 1));
    assert_int_equal(p.n, 5);
    assert_null(pairs_get(&p, "a"));
    assert_string_equal(pairs_get(&p, "b"), " + ");
    assert_string_equal(pairs_get(&p, "c"), "");
    assert_string_equal(pairs_get(&p, ""), "x");
    static const char *const bad[] = {"a=%zz", "a=%0", "a=%00", "%=1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        p.n = 0;
        if (pairs_add_form(&p, &arena, bad[i], strlen(bad[i])))
            fail_msg("%s", bad[i]);
    }
    arena_free(&arena);
}

static void json(void **state)
{
    static const char good[] =
        " {\"a\":{\"b\":[7,{\"c\":\"x\"}]},\"t\":true,\"n\":null,\"f\":1.5,\"e\":\"\"}";
    struct arena arena = arena_new(1 << 16);
    struct pairs p = {.n = 0};
    (void)state;
    assert_true(pairs_add_body(&p, &arena, good, sizeof good - 1));
    assert_string_equal(pairs_get(&p, "a.b.0"), "7");
    assert_string_equal(pairs_get(&p, "a.b.1.c"), "x");
    assert_string_equal(pairs_get(&p, "t"), "true");
    assert_string_equal(pairs_get(&p, "f"), "1.5");
    assert_null(pairs_get(&p, "n"));
    static const char *const bad[] = {"{", "{\"a\":1,\"a\":2}", "{\"a\":\"x\\u0000y\"}",
                                      "{\"a\":[[[[[[[[[[1]]]]]]]]]]}", "{\"a\":\"\\ud83d\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        p.n = 0;
        if (pairs_add_body(&p, &arena, bad[i], strlen(bad[i])))
            fail_msg("%s", bad[i]);
    }
    arena_free(&arena);
}

static void generic(void **state)
{
    struct arena arena = arena_new(1 << 16);
    struct pairs p = {
        .pair = {{"mid", "m1"}, {"msisdn", "07700900001"}, {"text", "VOTE"}, {"st", "Delivrd"}},
        .n = 4};
    struct text_in in;
    struct receipt receipt;
    (void)state;
    assert_true(read_generic_text(&arena, &p, "id=mid from=msisdn text=text", &in));
    assert_string_equal(in.message_id, "m1");
    assert_string_equal(in.endpoint, "");
    assert_false(read_generic_text(&arena, &p, "id=mid from=msisdn to=to text=text", &in));
    assert_false(read_generic_text(&arena, &p, "", &in));
    assert_true(read_generic_receipt(&arena, &p, "id=mid status=st", "delivered DELIVRD", "failed",
                                     &receipt));
    assert_string_equal(receipt.status, "delivered");
    assert_true(read_generic_receipt(&arena, &p, "id=mid status=st", "deliver", "", &receipt));
    assert_null(receipt.status);
    arena_free(&arena);
}

/* Kannel's words come in any charset; who sent them, whither and by which name must be text. */
static void kannel(void **state)
{
    struct arena arena = arena_new(1 << 16);
    struct kannel_text said = {.id = "k1",
                               .from = "447700900001",
                               .to = "60777",
                               .words = "caf\xe9",
                               .charset = "ISO-8859-1",
                               .at = ""};
    struct text_in in;
    (void)state;
    assert_true(read_kannel_text(&arena, &said, &in));
    assert_string_equal(in.body, "café");
    said.words = "VOTE";
    said.from = "\xff";
    assert_false(read_kannel_text(&arena, &said, &in));
    assert_true(in.quarantine);
    assert_string_equal(in.from, "");
    assert_string_equal(in.message_id, "k1"); /* the rest stays, for an officer to look at */
    assert_string_equal(in.endpoint, "60777");
    said.from = "447700900001";
    said.malformed = true;
    assert_false(read_kannel_text(&arena, &said, &in));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(twilio), cmocka_unit_test(forms),
                                       cmocka_unit_test(json), cmocka_unit_test(generic),
                                       cmocka_unit_test(kannel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
