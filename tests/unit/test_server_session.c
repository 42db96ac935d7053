/* test_server_session.c: cookies that we sealed are read, all others are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/secret.h"
#include "server/session_cookie.h"
#include "server/settings.h"

static const char master[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
static char plain_url[] = "http://127.0.0.1:8080", secure_url[] = "https://vote.example";

static struct request *request_new(void)
{
    struct request *r = wm_alloc(sizeof(*r));
    r->arena = arena_new(1 << 20);
    return r;
}

static void request_end(struct request *r)
{
    arena_free(&r->arena);
    free(r);
}

/* The next request of a browser that was given the first one's cookies. */
static struct request *next_request(const struct request *before)
{
    struct request *r = request_new();
    r->cookies = arena_alloc(&r->arena, 8 * sizeof(*r->cookies));
    for (int i = 0; i < before->response.n_cookies; i++) {
        char *pair = arena_strdup(&r->arena, before->response.cookies[i]);
        char *equals = strchr(pair, '=');
        *equals = '\0';
        *strchr(equals + 1, ';') = '\0';
        r->cookies[r->n_cookies++] = (struct field){.name = pair, .value = equals + 1};
    }
    return r;
}

static void a_voter_comes_back(void **state)
{
    struct request *first = request_new();
    (void)state;
    session_voter_start(first, 7000000001, 42, 3);
    struct request *second = next_request(first);
    assert_true(session_voter_read(second));
    assert_int_equal(second->voter.voter, 7000000001);
    assert_int_equal(second->voter.credential, 42);
    assert_int_equal(second->voter.generation, 3);
    assert_memory_equal(second->voter.id, first->voter.id, sizeof(first->voter.id));
    request_end(first);
    request_end(second);
}

static void no_byte_of_the_cookie_may_change(void **state)
{
    struct voter_session v = {.voter = 1, .generation = 1, .expires = 2000}, got;
    char cookie[SESSION_COOKIE_MAX], forged[SESSION_COOKIE_MAX];
    (void)state;
    session_cookie_write(&v, cookie);
    assert_true(session_cookie_read(cookie, 1999, &got));
    size_t len = strlen(cookie);
    for (size_t i = 0; i + 1 < len; i++) {
        memcpy(forged, cookie, len + 1);
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        assert_false(session_cookie_read(forged, 1999, &got));
    }
    memcpy(forged, cookie, len + 1);
    forged[len - 4] = '\0';
    assert_false(session_cookie_read(forged, 1999, &got));
    assert_false(session_cookie_read("", 1999, &got));
    assert_false(session_cookie_read("%%%", 1999, &got));
}

static void a_cookie_expires(void **state)
{
    struct voter_session v = {.voter = 1, .generation = 1, .expires = 2000}, got;
    char cookie[SESSION_COOKIE_MAX];
    (void)state;
    session_cookie_write(&v, cookie);
    assert_true(session_cookie_read(cookie, 1999, &got));
    assert_false(session_cookie_read(cookie, 2000, &got));
}

static void cookies_are_marked_as_the_address_demands(void **state)
{
    struct request *r = request_new();
    (void)state;
    settings.public_url = secure_url;
    session_voter_start(r, 1, 1, 1);
    assert_int_equal(strncmp(r->response.cookies[0], "__Host-wm_voter=", 16), 0);
    assert_non_null(strstr(r->response.cookies[0], "; Path=/; Secure; HttpOnly; SameSite=Lax"));
    struct request *again = next_request(r);
    assert_true(session_voter_read(again));
    settings.public_url = plain_url;
    assert_false(session_voter_read(again));
    request_end(r);
    request_end(again);
}

static void signing_out_clears_session_and_draft(void **state)
{
    struct request *r = request_new();
    (void)state;
    session_voter_start(r, 1, 1, 1);
    session_draft_set(r, &(struct draft){.round = 1});
    session_voter_end(r);
    assert_false(r->has_voter);
    assert_int_equal(r->response.n_cookies, 2);
    assert_non_null(strstr(r->response.cookies[0], "wm_voter=; "));
    assert_non_null(strstr(r->response.cookies[0], "Max-Age=0"));
    assert_non_null(strstr(r->response.cookies[1], "wm_draft=; "));
    request_end(r);
}

static void tokens_belong_to_their_session(void **state)
{
    struct request *r = request_new();
    char token[SESSION_TOKEN_LEN + 1], other[SESSION_TOKEN_LEN + 1];
    (void)state;
    session_token(r, token);
    assert_string_equal(token, "");
    session_voter_start(r, 1, 1, 1);
    session_token(r, token);
    assert_int_equal(strlen(token), SESSION_TOKEN_LEN);
    struct field field = {"token", token};
    r->fields = &field;
    r->n_fields = 1;
    assert_true(session_token_good(r));
    memcpy(other, token, sizeof(other));
    other[10] = other[10] == 'A' ? 'B' : 'A';
    field.value = other;
    assert_false(session_token_good(r));
    field.value = token;
    r->voter.id[0] ^= 1;
    assert_false(session_token_good(r));
    r->has_voter = false;
    field.value = "";
    assert_false(session_token_good(r));
    request_end(r);
}

static void a_draft_comes_back(void **state)
{
    struct request *first = request_new();
    struct draft d = {.round = 9, .n_picks = BALLOT_PICKS_MAX, .add = 1216}, got;
    (void)state;
    for (uint16_t i = 0; i < BALLOT_PICKS_MAX; i++)
        d.picks[i] = (struct ballot_pick){.number = (uint16_t)(9999 - i), .weight = i};
    session_draft_set(first, &d);
    struct request *second = next_request(first);
    assert_true(session_draft_read(second, &got));
    assert_int_equal(got.add, 1216);
    assert_int_equal(got.round, 9);
    assert_int_equal(got.n_picks, BALLOT_PICKS_MAX);
    for (int i = 0; i < BALLOT_PICKS_MAX; i++) {
        assert_int_equal(got.picks[i].number, d.picks[i].number);
        assert_int_equal(got.picks[i].weight, d.picks[i].weight);
    }
    char *value = arena_strdup(&second->arena, second->cookies[0].value);
    value[40] = value[40] == 'A' ? 'B' : 'A';
    second->cookies[0].value = value;
    assert_false(session_draft_read(second, &got));
    second->n_cookies = 0;
    assert_false(session_draft_read(second, &got));
    request_end(first);
    request_end(second);
}

/* A choice must not be readable in a cookie, which lies on the disc of a shared computer. */
static void a_draft_is_sealed(void **state)
{
    struct request *r = request_new();
    struct draft d = {.round = 1, .n_picks = 2, .picks = {{1271, 1}, {1271, 1}}};
    uint8_t bytes[600];
    static const uint8_t pick[] = {1271 >> 8, 1271 & 255, 0, 1};
    (void)state;
    session_draft_set(r, &d);
    struct request *again = next_request(r);
    long len = secret_unbase64url(again->cookies[0].value, bytes);
    assert_true(len > 0);
    assert_null(memmem(bytes, (size_t)len, pick, sizeof(pick)));
    request_end(r);
    request_end(again);
}

static void an_officer_gets_a_random_cookie(void **state)
{
    struct request *a = request_new(), *b = request_new();
    uint8_t hash_a[32], hash_b[32];
    (void)state;
    session_officer_start(a, hash_a);
    session_officer_start(b, hash_b);
    assert_memory_not_equal(hash_a, hash_b, sizeof(hash_a));
    assert_string_not_equal(a->response.cookies[0], b->response.cookies[0]);
    assert_non_null(strstr(a->response.cookies[0], "SameSite=Strict"));
    request_end(a);
    request_end(b);
}

static int start(void **state)
{
    (void)state;
    settings.public_url = plain_url;
    return secret_start(master) ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_voter_comes_back),
        cmocka_unit_test(no_byte_of_the_cookie_may_change),
        cmocka_unit_test(a_cookie_expires),
        cmocka_unit_test(cookies_are_marked_as_the_address_demands),
        cmocka_unit_test(signing_out_clears_session_and_draft),
        cmocka_unit_test(tokens_belong_to_their_session),
        cmocka_unit_test(a_draft_comes_back),
        cmocka_unit_test(a_draft_is_sealed),
        cmocka_unit_test(an_officer_gets_a_random_cookie),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
