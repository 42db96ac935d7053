/* voters.c: makes load for `make bench`: many voters cast a ballot each, over keep-alive
 * connections, by the same form that a browser sends. Cookies, form tokens and bodies are made
 * beforehand with the service's master key, so that what is measured is the server. Every answer is
 * read: it counts when it is a 303 with a receipt that nobody else was given.
 *
 *   voters [--until CLOSE] KEYFILE PORT SLUG FIRST COUNT CONNECTIONS SECONDS RECEIPTS PICKS...
 *
 * With --until the forms are spread evenly over the SECONDS before CLOSE (unix seconds), and half a
 * second after it, and an answer that sends the voter back to the ballot page is a refusal, and
 * right. Voters FIRST to FIRST+COUNT-1, in an order that jumps about, cast one of the PICKS
 * ("1216,1300,1313") each, until all have or SECONDS are over; receipts go to the file RECEIPTS,
 * one a line with its number ("-": nowhere). Prints how it went as "name=value"; exits 1 when an
 * answer was wrong. One thread, 127.0.0.1 only. */
#include "common/secret.h"
#include "server/session_cookie.h"
#include "tests/load/kit/load.h"
#include <time.h>

enum {
    REQUEST_MAX = 1024,
    CONNECTIONS_MAX = 4000,
    COUNT_MAX = 1000000,
    SECONDS_MAX = 60,
    STRIDE = 7919 /* a prime: i * STRIDE modulo a count that it does not divide meets all once */
};

static struct load load;
static struct {
    char location[200]; /* where an answer that counts sends the browser */
    char refusal[200];  /* where one that refuses sends it */
    size_t good, bad, refused;
    int64_t *latency_us, *receipts;
} told;

/* --- requests ------------------------------------------------------------------------------- */

/* What the check page's form holds: token, key, and a field `p` a project. */
static void write_body(struct buf *body, const struct voter_session *session, const char *picks)
{
    char token[SESSION_TOKEN_LEN + 1], key[16 * 4 / 3 + 4];
    uint8_t form_key[16];
    secret_random(form_key, sizeof(form_key));
    session_token_of(session->id, sizeof(session->id), token);
    secret_base64url(form_key, sizeof(form_key), key);
    buf_fmt(body, "token=%s&key=%s", token, key);
    while (*picks != '\0') {
        size_t len = strcspn(picks, ",");
        buf_fmt(body, "&p=%.*s", (int)len, picks);
        picks += len + (picks[len] == ',');
    }
}

static void write_request(struct buf *out, const char *slug, int64_t voter, const char *picks)
{
    char cookie[SESSION_COOKIE_MAX];
    struct buf body = buf_new(REQUEST_MAX);
    struct voter_session session = {
        .voter = voter, .credential = voter, .generation = 1, .expires = time(NULL) + 1800};
    secret_random(session.id, sizeof(session.id));
    session_cookie_write(&session, cookie);
    write_body(&body, &session, picks);
    buf_fmt(out,
            "POST /ballot/%s/check HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
            "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n"
            "Cookie: wm_voter=%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            "Content-Length: %zu\r\n\r\n%s",
            slug, ntohs(load.address.sin_port), ntohs(load.address.sin_port), cookie, body.len,
            buf_str(&body));
    buf_free(&body);
}

static void write_requests(const char *slug, int64_t first, char **picks, size_t n_picks)
{
    struct buf all = buf_new(load.count * REQUEST_MAX);
    size_t *at = wm_alloc((load.count + 1) * sizeof(*at));
    told.latency_us = wm_alloc(load.count * sizeof(*told.latency_us));
    told.receipts = wm_alloc(load.count * sizeof(*told.receipts));
    for (size_t i = 0; i < load.count; i++) {
        int64_t voter = first + (int64_t)(i * STRIDE % load.count);
        write_request(&all, slug, voter, picks[i % n_picks]);
        at[i + 1] = all.len;
    }
    if (all.overflowed || load.count % STRIDE == 0)
        load_give_up("requests");
    load.requests = buf_take(&all);
    load.at = at;
    snprintf(told.location, sizeof(told.location), "/ballot/%s/done\r\n", slug);
    snprintf(told.refusal, sizeof(told.refusal), "/ballot/%s\r\n", slug);
}

/* --- answers -------------------------------------------------------------------------------- */

/* Finds the one receipt of an answer, and checks its check character. */
static bool read_receipt(const char *answer, int64_t *bits)
{
    char text[RECEIPT_LEN + 1];
    const char *body = strstr(answer, "\r\n\r\n"), *at = strstr(body, "Receipt R");
    if (at == NULL)
        return false;
    snprintf(text, sizeof(text), "%s", at + strlen("Receipt "));
    return receipt_read(text, bits);
}

static void judge(const struct load_answer *answer)
{
    const char *text = answer->text, *location = load_header(text, "Location: ");
    bool redirect = strncmp(text, "HTTP/1.1 303 ", 13) == 0 && location != NULL;
    bool recorded = redirect && strncmp(location, told.location, strlen(told.location)) == 0 &&
                    read_receipt(text, &told.receipts[told.good]);
    bool refused = load.from_us != 0 && redirect &&
                   strncmp(location, told.refusal, strlen(told.refusal)) == 0 &&
                   strstr(text, "Receipt R") == NULL;
    if (recorded)
        told.latency_us[told.good++] = answer->whole_us - answer->due_us;
    else if (refused)
        told.refused++;
    else if (told.bad++ == 0)
        fprintf(stderr, "voters: not recorded: %.300s\n", text);
}

/* --- afterwards ----------------------------------------------------------------------------- */

/* Two voters with one receipt: then one of them was told something untrue. */
static size_t count_doubles(void)
{
    size_t doubles = 0;
    load_sort(told.receipts, told.good);
    for (size_t i = 1; i < told.good; i++)
        doubles += told.receipts[i] == told.receipts[i - 1];
    return doubles;
}

static void keep_receipts(const char *path)
{
    char shown[RECEIPT_LEN + 1];
    FILE *out = strcmp(path, "-") != 0 ? fopen(path, "w") : NULL;
    if (out == NULL && strcmp(path, "-") != 0)
        load_give_up(path);
    for (size_t i = 0; out != NULL && i < told.good; i++) {
        receipt_show(told.receipts[i], shown);
        fprintf(out, "%s %lld\n", shown, (long long)told.receipts[i]);
    }
    if (out != NULL && fclose(out) != 0)
        load_give_up(path);
}

static void report(double seconds, size_t doubles)
{
    load_sort(told.latency_us, told.good);
    printf("ballots=%zu refused=%zu wrong=%zu doubles=%zu seconds=%.3f per_second=%.0f", told.good,
           told.refused, told.bad, doubles, seconds, (double)told.good / seconds);
    if (told.good > 0)
        printf(" p50_ms=%.1f p99_ms=%.1f", (double)told.latency_us[told.good / 2] / 1000,
               (double)told.latency_us[told.good * 99 / 100] / 1000);
    printf("\n");
}

/* Forms come in the `seconds` before a close by the wall clock, and half a second longer. */
static void spread(const char *close, int64_t seconds)
{
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    int64_t ahead = load_number(close, INT64_MAX / 2000000) * 1000000 -
                    ((int64_t)wall.tv_sec * 1000000 + wall.tv_nsec / 1000);
    load.from_us = load_now_us() + ahead - seconds * 1000000;
    load.spread_us = seconds * 1000000 + 500000;
}

int main(int argc, char **argv)
{
    const char *close = argc > 2 && strcmp(argv[1], "--until") == 0 ? argv[2] : NULL;
    if (close != NULL) {
        argc -= 2;
        argv += 2;
    }
    if (argc < 10) {
        fputs("usage: voters [--until CLOSE] KEYFILE PORT SLUG FIRST COUNT CONNECTIONS SECONDS "
              "RECEIPTS PICKS...\n",
              stderr);
        return 2;
    }
    load_secrets(argv[1]);
    load.address = load_address(load_number(argv[2], 65535));
    load.count = (size_t)load_number(argv[5], COUNT_MAX);
    load.connections = (int)load_number(argv[6], CONNECTIONS_MAX);
    load.seconds = load_number(argv[7], SECONDS_MAX);
    load.judge = judge;
    write_requests(argv[3], load_number(argv[4], INT64_MAX), argv + 9, (size_t)argc - 9);
    if (close != NULL)
        spread(close, load.seconds);
    double took = load_run(&load);
    size_t doubles = count_doubles();
    keep_receipts(argv[8]);
    report(took, doubles);
    return told.bad > 0 || doubles > 0 || told.good == 0;
}
