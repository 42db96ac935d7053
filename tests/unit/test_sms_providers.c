/* test_sms_providers.c: the requests to providers far away, how their answers are judged, who
 * carries which number, and which addresses are never called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/routing.h"

static const struct gateway_settings settings = {
    .notify_url = "https://notify.example",
    .notify_key = "a-key-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0",
    .notify_template = "f33517ff-2a88-4f6e-b855-c550268ce08a",
    .notify_sender = "",
    .twilio_url = "https://twilio.example",
    .twilio_account = "AC1",
    .twilio_user = "SK1",
    .twilio_secret = "s:1",
    .twilio_service = "",
    .vonage_url = "https://vonage.example",
    .vonage_key = "k",
    .vonage_secret = "s",
    .africastalking_url = "https://at.example",
    .africastalking_username = "york",
    .africastalking_key = "atsk",
    .generic_url = "https://sms.example/send?n={to_digits}",
    .generic_headers = "X-Key: {secret} | X-From: {from}",
    .generic_type = "application/json",
    .generic_body = "{\"to\":\"{to}\",\"text\":\"{text}\",\"ref\":\"{reference}\",\"x\":\"{y}\"}",
    .generic_secret = "top\nsecret",
    .generic_accepted = "\"ok\":true",
    .generic_id = "messages.0.id",
    .generic_rejected = "400 422",
    .generic_retry = "503",
    .sms_number = "60777",
    .dlr_url = "https://vote.example/hooks/sms",
    .hook_secret = "hook",
};
static const struct gateway_text text = {
    .from = "447700900777",
    .to = "+447700900123",
    .body = "£5 \"of\" 10",
    .reference = "10111213-1415-1617-1819-1a1b1c1d1e1f",
    .now = 1795341600,
    .since = 1795341600,
};

#define NOTIFY_TOKEN                                                                               \
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1"             \
    "hMzc0OTdhNTc1MDYiLCJpYXQiOjE3OTUzNDE2MDB9.b4Tc3pfaSvgEWeJE6JaMQOTikgBqPgbIcng_se"             \
    "Px1lk"

/* The token was made by another program: node's crypto, from the same key and moment. */
static void notify_request(void **state)
{
    struct http_request r;

    (void)state;
    gateway_notify.send(&settings, &text, &r);
    assert_string_equal(buf_str(&r.url), "https://notify.example/v2/notifications/sms");
    assert_string_equal(buf_str(&r.body),
                        "{\"phone_number\":\"+447700900123\",\"template_id\":\"f33517ff-2a88-4f6e-"
                        "b855-c550268ce08a\",\"personalisation\":{\"body\":\"£5 \\\"of\\\" 10\"},"
                        "\"reference\":\"10111213-1415-1617-1819-1a1b1c1d1e1f\"}");
    assert_string_equal(buf_str(&r.headers), "Authorization: Bearer " NOTIFY_TOKEN "\n");
    http_request_free(&r);
}

static void twilio_request(void **state)
{
    struct http_request r;

    (void)state;
    gateway_twilio.send(&settings, &text, &r);
    assert_string_equal(buf_str(&r.url),
                        "https://twilio.example/2010-04-01/Accounts/AC1/Messages.json");
    assert_string_equal(buf_str(&r.headers), "Authorization: Basic U0sxOnM6MQ==\n");
    assert_string_equal(
        buf_str(&r.body),
        "To=%2B447700900123&From=%2B447700900777&Body=%C2%A35%20%22of%22%2010&StatusCallback="
        "https%3A%2F%2Fvote.example%2Fhooks%2Fsms%2Ftwilio%2Fstatus%3Fref%3D10111213-1415-1617-"
        "1819-1a1b1c1d1e1f");
    http_request_free(&r);
}

/* Twilio finds texts by its own way of writing our number, however that was set. */
static void twilio_polled(void **state)
{
    static const char *const ours[][2] = {{"60777", "60777"},
                                          {"447700900777", "%2B447700900777"},
                                          {"07700 900777", "%2B447700900777"},
                                          {"+447700900777", "%2B447700900777"}};
    struct gateway_settings s = settings;
    struct http_request r;
    struct buf wanted = buf_new(200);

    (void)state;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        s.sms_number = ours[i][0];
        gateway_twilio.poll(&s, NULL, 0, &r);
        buf_clear(&wanted);
        buf_fmt(&wanted,
                "https://twilio.example/2010-04-01/Accounts/AC1/Messages.json?PageSize=200&To=%s",
                ours[i][1]);
        assert_string_equal(buf_str(&r.url), buf_str(&wanted));
        http_request_free(&r);
    }
    buf_free(&wanted);
}

static void generic_request(void **state)
{
    struct http_request r;

    (void)state;
    gateway_generic.send(&settings, &text, &r);
    assert_string_equal(buf_str(&r.url), "https://sms.example/send?n=447700900123");
    assert_string_equal(buf_str(&r.headers), "X-Key: top\nX-From: 447700900777\n");
    assert_string_equal(buf_str(&r.body),
                        "{\"to\":\"+447700900123\",\"text\":\"£5 \\\"of\\\" 10\",\"ref\":"
                        "\"10111213-1415-1617-1819-1a1b1c1d1e1f\",\"x\":\"{y}\"}");
    http_request_free(&r);
}

struct row {
    enum http_result result;
    int status;
    const char *body;
    enum gateway_outcome wanted;
    const char *id;
    bool pause_day;
};

static void judge(const struct gateway *g, const struct row *rows, size_t n)
{
    struct gateway_verdict verdict;

    for (size_t i = 0; i < n; i++) {
        struct http_answer a = {.result = rows[i].result,
                                .status = rows[i].status,
                                .error = "no answer",
                                .body = buf_new(HTTP_ANSWER_MAX)};
        buf_str_add(&a.body, rows[i].body);
        g->judge_sent(&settings, &a, &verdict);
        if (verdict.outcome != rows[i].wanted || verdict.pause_day != rows[i].pause_day ||
            strcmp(verdict.id, rows[i].id != NULL ? rows[i].id : "") != 0)
            fail_msg("%s %d \"%s\" is %d, id %s", g->name, a.status, rows[i].body, verdict.outcome,
                     verdict.id);
        assert_true((verdict.error[0] == '\0') == (verdict.outcome == GATEWAY_ACCEPTED));
        buf_free(&a.body);
    }
}
#define JUDGE(gateway, rows) judge(&gateway, rows, sizeof rows / sizeof *rows)

#define NOTIFY_ERROR(status, word)                                                                 \
    "{\"status_code\":" #status ",\"errors\":[{\"error\":\"" word "\",\"message\":\"m\"}]}"

/* Shapes of the error tables in Notify's documentation. */
static void notify_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 201, "{\"id\":\"740e5834\"}", GATEWAY_ACCEPTED, "740e5834", false},
        {HTTP_ANSWERED, 201, "{\"id\":", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 201, "{}", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 400, NOTIFY_ERROR(400, "ValidationError"), GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 400, "<html>", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 403, NOTIFY_ERROR(403, "AuthError"), GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 429, NOTIFY_ERROR(429, "RateLimitError"), GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 429, NOTIFY_ERROR(429, "TooManyRequestsError"), GATEWAY_RETRY, NULL, true},
        {HTTP_ANSWERED, 500, NOTIFY_ERROR(500, "Exception"), GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 502, "<html>", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_NOT_SENT, 0, "", GATEWAY_RETRY, NULL, false},
        {HTTP_CUT, 201, "{\"id\":\"7", GATEWAY_UNKNOWN, NULL, false},
    };

    (void)state;
    JUDGE(gateway_notify, rows);
}

static void twilio_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 201, "{\"sid\":\"SM1\",\"status\":\"queued\"}", GATEWAY_ACCEPTED, "SM1", 0},
        {HTTP_ANSWERED, 201, "", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 400, "{\"code\":21610,\"status\":400}", GATEWAY_BLOCKED, NULL, false},
        {HTTP_ANSWERED, 400, "{\"code\":21211,\"status\":400}", GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 400, "{\"code\":21611,\"status\":400}", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 400, "", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 401, "{\"code\":20003,\"status\":401}", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 429, "{\"code\":20429,\"status\":429}", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 503, "{\"code\":20503,\"status\":503}", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 503, "<html>", GATEWAY_UNKNOWN, NULL, false},
    };

    (void)state;
    JUDGE(gateway_twilio, rows);
}

static void generic_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 200, "{\"ok\":true,\"messages\":[{\"id\":7}]}", GATEWAY_ACCEPTED, "7", 0},
        {HTTP_ANSWERED, 200, "{\"ok\":true}", GATEWAY_ACCEPTED, NULL, false},
        {HTTP_ANSWERED, 200, "{\"ok\":false}", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 422, "", GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 401, "", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 503, "", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 500, "", GATEWAY_UNKNOWN, NULL, false},
    };

    (void)state;
    JUDGE(gateway_generic, rows);
}

static void vonage_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 200, "{\"messages\":[{\"status\":\"0\",\"message-id\":\"v1\"}]}",
         GATEWAY_ACCEPTED, "v1", false},
        {HTTP_ANSWERED, 200,
         "{\"messages\":[{\"status\":\"1\"},{\"status\":\"0\",\"message-id\":\"v2\"}]}",
         GATEWAY_ACCEPTED, "v2", false},
        {HTTP_ANSWERED, 200, "{\"messages\":[{\"status\":\"1\"}]}", GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 200, "{\"messages\":[{\"status\":\"7\"}]}", GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 200, "{}", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 502, "", GATEWAY_UNKNOWN, NULL, false},
    };

    (void)state;
    JUDGE(gateway_vonage, rows);
}

#define AT_ANSWER(code)                                                                            \
    "{\"SMSMessageData\":{\"Message\":\"Sent\",\"Recipients\":[{\"statusCode\":" #code             \
    ",\"messageId\":\"ATX\"}]}}"

static void africastalking_answers(void **state)
{
    static const struct row rows[] = {
        {HTTP_ANSWERED, 201, AT_ANSWER(101), GATEWAY_ACCEPTED, "ATX", false},
        {HTTP_ANSWERED, 201, AT_ANSWER(403), GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 201, AT_ANSWER(406), GATEWAY_BLOCKED, NULL, false},
        {HTTP_ANSWERED, 201, AT_ANSWER(405), GATEWAY_RETRY, NULL, false},
        {HTTP_ANSWERED, 201,
         "{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\",\"Recipients\":[]}}",
         GATEWAY_REJECTED, NULL, false},
        {HTTP_ANSWERED, 201, "created", GATEWAY_UNKNOWN, NULL, false},
        {HTTP_ANSWERED, 401, "", GATEWAY_RETRY, NULL, false},
    };

    (void)state;
    JUDGE(gateway_africastalking, rows);
}

/* A text to the same number, with the same words, not before ours: it may be this one. */
static void twilio_asked(void **state)
{
    struct http_answer a = {.result = HTTP_ANSWERED, .status = 200, .body = buf_new(65536)};
    char ids[GATEWAY_IDS_MAX];

    (void)state;
    buf_str_add(&a.body,
                "{\"messages\":["
                "{\"sid\":\"SM3\",\"direction\":\"outbound-api\",\"body\":\"£5 \\\"of\\\" 10\","
                "\"date_created\":\"Sun, 22 Nov 2026 10:00:01 +0000\"},"
                "{\"sid\":\"SM2\",\"direction\":\"outbound-api\",\"body\":\"other\","
                "\"date_created\":\"Sun, 22 Nov 2026 10:00:01 +0000\"},"
                "{\"sid\":\"SM1\",\"direction\":\"outbound-reply\",\"body\":\"£5 \\\"of\\\" 10\","
                "\"date_created\":\"Sun, 22 Nov 2026 10:00:00 +0000\"},"
                "{\"sid\":\"SM0\",\"direction\":\"outbound-api\",\"body\":\"£5 \\\"of\\\" 10\","
                "\"date_created\":\"Sun, 22 Nov 2026 09:50:00 +0000\"}]}");
    assert_int_equal(gateway_twilio.judge_asked(&text, &a, ids), GATEWAY_FOUND);
    assert_string_equal(ids, "SM3 SM1");
    buf_clear(&a.body);
    buf_str_add(&a.body, "{\"messages\":[]}");
    assert_int_equal(gateway_twilio.judge_asked(&text, &a, ids), GATEWAY_ABSENT);
    buf_free(&a.body);
}

static void routes(void **state)
{
    struct routing r;
    struct buf error = buf_new(1000);

    (void)state;
    routing_read("notify twilio  generic", "+44 notify; +447 twilio notify; +353 generic", &r,
                 &error);
    assert_string_equal(buf_str(&error), "");
    assert_string_equal(routing_for(&r, "+447700900123"), "twilio notify");
    assert_string_equal(routing_for(&r, "+441904000000"), "notify");
    assert_string_equal(routing_for(&r, "+353861234567"), "generic");
    assert_string_equal(routing_for(&r, "+48600000000"), "notify twilio generic");
    assert_ptr_equal(routing_gateway(&r, "twilio"), &gateway_twilio);
    assert_null(routing_gateway(&r, "kannel"));
    static const char *const bad[][2] = {{"pigeon", ""},        {"", ""},
                                         {"notify notify", ""}, {"notify", "44 notify"},
                                         {"notify", "+44"},     {"notify", "+44 twilio"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_clear(&error);
        routing_read(bad[i][0], bad[i][1], &r, &error);
        if (error.len == 0)
            fail_msg("%s / %s", bad[i][0], bad[i][1]);
    }
    buf_free(&error);
}

static void addresses(void **state)
{
    static const char *const private[] = {"10.1.2.3",
                                          "172.16.0.1",
                                          "172.31.255.255",
                                          "192.168.1.1",
                                          "127.0.0.1",
                                          "169.254.169.254",
                                          "100.64.0.1",
                                          "0.0.0.0",
                                          "224.0.0.1",
                                          "255.255.255.255",
                                          "::1",
                                          "fe80::1",
                                          "fc00::1",
                                          "::ffff:10.0.0.1",
                                          "2002:a00:1::",
                                          "2001::1",
                                          "64:ff9b::a00:1",
                                          "nonsense"};
    static const char *const open[] = {"172.15.0.1", "172.32.0.1", "8.8.8.8", "100.128.0.1",
                                       "2606:4700::1"};

    (void)state;
    for (size_t i = 0; i < sizeof private / sizeof *private; i++)
        if (!http_address_private(private[i]))
            fail_msg("%s", private[i]);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (http_address_private(open[i]))
            fail_msg("%s", open[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notify_request),  cmocka_unit_test(twilio_request),
        cmocka_unit_test(twilio_polled),   cmocka_unit_test(generic_request),
        cmocka_unit_test(notify_answers),  cmocka_unit_test(twilio_answers),
        cmocka_unit_test(generic_answers), cmocka_unit_test(vonage_answers),
        cmocka_unit_test(twilio_asked),    cmocka_unit_test(africastalking_answers),
        cmocka_unit_test(routes),          cmocka_unit_test(addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
