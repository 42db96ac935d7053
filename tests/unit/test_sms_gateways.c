/* test_sms_gateways.c: the requests that go out, byte for byte, and how answers are judged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/gateway.h"

static const struct gateway_settings settings = {
    .kannel_url = "http://127.0.0.1:13013",
    .kannel_username = "pb",
    .kannel_password = "p&b secret",
    .handset_url = "http://127.0.0.1:8081",
    .handset_token = "tok",
    .dlr_url = "http://127.0.0.1:8080/hooks/sms",
    .hook_secret = "hook-1",
};
static const struct gateway_text text = {
    .from = "60777",
    .to = "+447700900123",
    .body = "£5 \"of\" 10",
    .reference = "10111213-1415-1617-1819-1a1b1c1d1e1f",
};

static void kannel_request(void **state)
{
    struct gateway_text foreign = text;
    struct http_request r;

    (void)state;
    gateway_kannel.send(&settings, &text, &r);
    assert_false(r.post);
    assert_string_equal(buf_str(&r.headers), "");
    assert_string_equal(
        buf_str(&r.url),
        "http://127.0.0.1:13013/cgi-bin/sendsms?charset=UTF-8&dlr-mask=31&coding=0&username=pb"
        "&password=p%26b%20secret&from=60777&to=447700900123&text=%C2%A35%20%22of%22%2010"
        "&dlr-url=http%3A%2F%2F127.0.0.1%3A8080%2Fhooks%2Fsms%2Fkannel%2Fdlr%3Fsecret%3Dhook-1"
        "%26ref%3D10111213-1415-1617-1819-1a1b1c1d1e1f%26type%3D%25d");
    http_request_free(&r);
    foreign.body = "ŵ";
    gateway_kannel.send(&settings, &foreign, &r);
    assert_non_null(strstr(buf_str(&r.url), "&coding=2&"));
    http_request_free(&r);
}

static void handset_request(void **state)
{
    struct http_request r;

    (void)state;
    gateway_handset.send(&settings, &text, &r);
    assert_true(r.post);
    assert_string_equal(buf_str(&r.headers), "Authorization: Bearer tok\n");
    assert_string_equal(buf_str(&r.url), "http://127.0.0.1:8081/v1/messages");
    assert_string_equal(buf_str(&r.body),
                        "{\"to\":\"+447700900123\",\"from\":\"60777\",\"body\":\"£5 \\\"of\\\" "
                        "10\",\"reference\":\"10111213-1415-1617-1819-1a1b1c1d1e1f\"}");
    http_request_free(&r);
    gateway_handset.ask(&settings, &text, &r);
    assert_false(r.post);
    assert_string_equal(buf_str(&r.headers), "Authorization: Bearer tok\n");
    assert_string_equal(buf_str(&r.url), "http://127.0.0.1:8081/v1/messages?reference="
                                         "10111213-1415-1617-1819-1a1b1c1d1e1f");
    http_request_free(&r);
}

struct row {
    enum http_result result;
    int status;
    const char *body;
    enum gateway_outcome wanted;
};

static void judge_rows(const struct gateway *g, const struct row *rows, size_t n)
{
    struct gateway_verdict verdict;

    for (size_t i = 0; i < n; i++) {
        struct http_answer a = {.result = rows[i].result,
                                .status = rows[i].status,
                                .error = "no answer",
                                .body = buf_new(HTTP_ANSWER_MAX)};
        buf_str_add(&a.body, rows[i].body);
        g->judge_sent(&settings, &a, &verdict);
        if (verdict.outcome != rows[i].wanted)
            fail_msg("%s %d \"%s\" is %d", g->name, a.status, rows[i].body, verdict.outcome);
        assert_true((verdict.error[0] == '\0') == (verdict.outcome == GATEWAY_ACCEPTED));
        buf_free(&a.body);
    }
}

/* The answers are those that a Kannel 1.4.5 was seen to give. */
static void kannel_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 202, "0: Accepted for delivery", GATEWAY_ACCEPTED},
        {HTTP_ANSWERED, 202, "3: Queued for later delivery", GATEWAY_ACCEPTED},
        {HTTP_ANSWERED, 202, "", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 200, "<html>hello</html>", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 400, "Missing receiver number, rejected", GATEWAY_REJECTED},
        {HTTP_ANSWERED, 400, "Number(s) has/have been denied by white- and/or black-lists.",
         GATEWAY_REJECTED},
        {HTTP_ANSWERED, 403, "Authorization failed for sendsms", GATEWAY_RETRY},
        {HTTP_ANSWERED, 404, "Unknown request.", GATEWAY_RETRY},
        {HTTP_ANSWERED, 302, "", GATEWAY_RETRY},
        {HTTP_ANSWERED, 503, "4: Temporal failure, try again later.", GATEWAY_RETRY},
        {HTTP_ANSWERED, 503, "Temporal failure, try again later.", GATEWAY_RETRY},
        {HTTP_ANSWERED, 502, "<html>Bad Gateway</html>", GATEWAY_UNKNOWN},
        {HTTP_NOT_SENT, 0, "", GATEWAY_RETRY},
        {HTTP_CUT, 0, "", GATEWAY_UNKNOWN},
        {HTTP_CUT, 202, "0: Acc", GATEWAY_UNKNOWN},
    };

    (void)state;
    judge_rows(&gateway_kannel, rows, sizeof rows / sizeof *rows);
}

static void handset_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 201, "{\"id\":\"abc\"}", GATEWAY_ACCEPTED},
        {HTTP_ANSWERED, 201, "{\"id\":\"\"}", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 201, "{\"id\":", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 201, "{}", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 200, "", GATEWAY_UNKNOWN},
        {HTTP_ANSWERED, 400, "{\"error\":\"no such number\"}", GATEWAY_REJECTED},
        {HTTP_ANSWERED, 400, "<html>", GATEWAY_RETRY},
        {HTTP_ANSWERED, 401, "{\"error\":\"token\"}", GATEWAY_RETRY},
        {HTTP_ANSWERED, 429, "{\"error\":\"slow down\"}", GATEWAY_RETRY},
        {HTTP_ANSWERED, 302, "", GATEWAY_RETRY},
        {HTTP_ANSWERED, 500, "{\"error\":\"ours\"}", GATEWAY_RETRY},
        {HTTP_ANSWERED, 503, "<html>Unavailable</html>", GATEWAY_UNKNOWN},
        {HTTP_NOT_SENT, 0, "", GATEWAY_RETRY},
        {HTTP_CUT, 201, "{\"id\":\"a", GATEWAY_UNKNOWN},
    };

    (void)state;
    judge_rows(&gateway_handset, rows, sizeof rows / sizeof *rows);
}

struct asked {
    enum http_result result;
    int status;
    const char *body;
    enum gateway_found wanted;
    const char *id;
};

static void handset_asked(void **state)
{
    static const struct asked rows[] = {
        {HTTP_ANSWERED, 200, "{\"messages\":[{\"id\":\"m1\",\"status\":\"delivered\"}]}",
         GATEWAY_FOUND, "m1"},
        {HTTP_ANSWERED, 200, "{\"messages\":[]}", GATEWAY_ABSENT, ""},
        {HTTP_ANSWERED, 200, "{\"messages\":", GATEWAY_NO_WORD, ""},
        {HTTP_ANSWERED, 200, "[]", GATEWAY_NO_WORD, ""},
        {HTTP_ANSWERED, 500, "{\"messages\":[]}", GATEWAY_NO_WORD, ""},
        {HTTP_CUT, 200, "{\"messages\":[]}", GATEWAY_NO_WORD, ""},
    };
    char ids[GATEWAY_IDS_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_answer a = {.result = rows[i].result,
                                .status = rows[i].status,
                                .error = "",
                                .body = buf_new(HTTP_ANSWER_MAX)};
        buf_str_add(&a.body, rows[i].body);
        assert_int_equal(gateway_handset.judge_asked(&text, &a, ids), rows[i].wanted);
        assert_string_equal(ids, rows[i].id);
        buf_free(&a.body);
    }
}

static void bases(void **state)
{
    static const char *const good[] = {"http://127.0.0.1:13013", "http://localhost:1",
                                       "http://[::1]:80/x", "https://sms.example"};
    static const char *const bad[] = {"",
                                      "http://sms.example",
                                      "ftp://127.0.0.1",
                                      "file:///etc/passwd",
                                      "https://user:pass@sms.example",
                                      "https://sms.example/?a=b",
                                      "http://127.evil.example",
                                      "127.0.0.1:80"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!http_base_allowed(good[i]))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (http_base_allowed(bad[i]))
            fail_msg("%s", bad[i]);
}

static void names(void **state)
{
    (void)state;
    assert_ptr_equal(gateway_named("kannel"), &gateway_kannel);
    assert_ptr_equal(gateway_named("handset"), &gateway_handset);
    assert_ptr_equal(gateway_named("notify"), &gateway_notify);
    assert_null(gateway_named("carrier pigeon"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kannel_request), cmocka_unit_test(handset_request),
        cmocka_unit_test(kannel_answers), cmocka_unit_test(handset_answers),
        cmocka_unit_test(handset_asked),  cmocka_unit_test(bases),
        cmocka_unit_test(names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
