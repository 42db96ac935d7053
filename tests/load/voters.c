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
#include "common/conf.h"
#include "common/secret.h"
#include "server/session_cookie.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ANSWER_MAX = 8192,
    REQUEST_MAX = 1024,
    EVENTS = 256,
    CONNECTIONS_MAX = 4000,
    COUNT_MAX = 1000000,
    SECONDS_MAX = 60,
    PATIENCE_MS = 20000,
    STRIDE = 7919 /* a prime: i * STRIDE modulo a count that it does not divide meets all once */
};

struct connection {
    int fd;
    size_t len; /* of the answer so far */
    int64_t sent_us;
    char answer[ANSWER_MAX];
};

static struct {
    char location[200]; /* where an answer that counts sends the browser */
    struct sockaddr_in address;
    char *requests; /* one after the other */
    size_t *at;     /* where each begins; one more than there are */
    size_t count, next, good, bad, refused;
    char refusal[200]; /* where an answer that refuses sends it */
    int64_t from_us;   /* on the monotonic clock, when forms are spread; 0: as fast as it goes */
    int64_t spread_us; /* over how long */
    struct connection **idle;
    int idle_n;
    int64_t *latency_us, *receipts;
    int64_t end_us;
    int connections, busy;
    struct connection *connection;
} load;

static void __attribute__((noreturn)) give_up(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t number(const char *text, int64_t max)
{
    int64_t n;
    if (parse_int(text, 1, max, &n))
        return n;
    fprintf(stderr, "voters: \"%s\" is no number from 1 to %lld\n", text, (long long)max);
    exit(2);
}

/* --- requests ------------------------------------------------------------------------------- */

static void start_secrets(const char *path)
{
    static char *key;
    static const struct conf_row row = {"master_key", CONF_SECRET, 0, 64, 64, NULL, ""};
    struct buf error = buf_new(1000);
    setenv("WARDMOTE_MASTER_KEY", path, 1);
    if (!conf_load(&row, 1, &key, NULL, &error) || !secret_start(key)) {
        fputs(buf_str(&error), stderr);
        exit(1);
    }
    buf_free(&error);
}

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
    load.at = wm_alloc((load.count + 1) * sizeof(*load.at));
    load.latency_us = wm_alloc(load.count * sizeof(*load.latency_us));
    load.receipts = wm_alloc(load.count * sizeof(*load.receipts));
    for (size_t i = 0; i < load.count; i++) {
        int64_t voter = first + (int64_t)(i * STRIDE % load.count);
        write_request(&all, slug, voter, picks[i % n_picks]);
        load.at[i + 1] = all.len;
    }
    if (all.overflowed || load.count % STRIDE == 0)
        give_up("requests");
    load.requests = buf_take(&all);
    snprintf(load.location, sizeof(load.location), "/ballot/%s/done\r\n", slug);
    snprintf(load.refusal, sizeof(load.refusal), "/ballot/%s\r\n", slug);
}

/* --- connections ---------------------------------------------------------------------------- */

static void open_connections(int epoll)
{
    int one = 1;
    load.connection = wm_alloc((size_t)load.connections * sizeof(*load.connection));
    for (int i = 0; i < load.connections; i++) {
        struct connection *c = &load.connection[i];
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (c->fd < 0 ||
            connect(c->fd, (struct sockaddr *)&load.address, sizeof(load.address)) != 0 ||
            setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0 ||
            epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
            give_up("connection");
    }
}

static void send_form(struct connection *c, int64_t now)
{
    size_t i = load.next++, len = load.at[i + 1] - load.at[i];
    c->len = 0;
    c->sent_us = now;
    if (send(c->fd, load.requests + load.at[i], len, MSG_NOSIGNAL) != (ssize_t)len)
        give_up("send");
    load.busy++;
}

/* When the next form is due; INT64_MAX when none is left, or the time is over. */
static int64_t next_due(int64_t now)
{
    if (load.next == load.count || now >= load.end_us)
        return INT64_MAX;
    return load.from_us + (int64_t)load.next * load.spread_us / (int64_t)load.count;
}

/* Gives the forms that are due to connections that wait. A form fits a socket's buffer. */
static void send_due(void)
{
    int64_t now = now_us();
    while (load.idle_n > 0 && next_due(now) <= now)
        send_form(load.idle[--load.idle_n], now);
}

static void idle(struct connection *c)
{
    load.idle[load.idle_n++] = c;
}

/* An answer's head, read line by line: what follows a name, or NULL. */
struct head {
    const char *length, *location; /* the lines' values */
    const char *body;              /* NULL: the head is not whole yet */
};

/* The value when the line has this name; Node writes names small. */
static const char *value_of(const char *line, const char *name, size_t len)
{
    return strncasecmp(line, name, len) == 0 ? line + len : NULL;
}

static struct head read_head(const struct connection *c)
{
    static const char length[] = "Content-Length: ", location[] = "Location: ";
    struct head h = {NULL, NULL, NULL};
    const char *line = c->answer, *end = c->answer + c->len, *next;
    for (; (next = memchr(line, '\n', (size_t)(end - line))) != NULL; line = next + 1) {
        if (line[0] == '\r') {
            h.body = next + 1;
            break;
        }
        if ((line[0] | 0x20) == 'c' && h.length == NULL)
            h.length = value_of(line, length, sizeof(length) - 1);
        else if ((line[0] | 0x20) == 'l' && h.location == NULL)
            h.location = value_of(line, location, sizeof(location) - 1);
    }
    return h;
}

/* Length of the whole answer, 0 while its head is not there. */
static size_t whole_length(const struct connection *c, const struct head *h)
{
    uint64_t body = 0;
    char digits[20];
    if (h->body == NULL || h->length == NULL)
        return 0;
    snprintf(digits, sizeof(digits), "%.*s", (int)strcspn(h->length, "\r"), h->length);
    if (!parse_uint(digits, ANSWER_MAX - 1, &body))
        give_up("the length of an answer");
    return (size_t)(h->body - c->answer) + (size_t)body;
}

/* Finds the one receipt of an answer, and checks its check character. */
static bool read_receipt(const char *body, int64_t *bits)
{
    char text[RECEIPT_LEN + 1];
    const char *at = strstr(body, "Receipt R");
    if (at == NULL)
        return false;
    snprintf(text, sizeof(text), "%s", at + strlen("Receipt "));
    return receipt_read(text, bits);
}

static bool leads_to(const struct head *h, const char *path)
{
    return h->location != NULL && strncmp(h->location, path, strlen(path)) == 0;
}

static void judge(struct connection *c, const struct head *h)
{
    bool redirect = strncmp(c->answer, "HTTP/1.1 303 ", 13) == 0;
    bool recorded =
        redirect && leads_to(h, load.location) && read_receipt(h->body, &load.receipts[load.good]);
    bool refused = load.from_us != 0 && redirect && leads_to(h, load.refusal) &&
                   strstr(h->body, "Receipt R") == NULL;
    if (recorded)
        load.latency_us[load.good++] = now_us() - c->sent_us;
    else if (refused)
        load.refused++;
    else if (load.bad++ == 0)
        fprintf(stderr, "voters: not recorded: %.300s\n", c->answer);
}

static void receive(struct connection *c)
{
    ssize_t n = recv(c->fd, c->answer + c->len, sizeof(c->answer) - 1 - c->len, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        give_up("receive");
    c->len += (size_t)n;
    c->answer[c->len] = '\0';
    struct head head = read_head(c);
    size_t whole = whole_length(c, &head);
    if (whole == 0 || c->len < whole)
        return;
    judge(c, &head);
    load.busy--;
    idle(c);
}

/* Until the next form is due, or for as long as an answer may take. */
static int patience_ms(void)
{
    int64_t now = now_us(), due = next_due(now);
    if (load.idle_n == 0 || due == INT64_MAX)
        return PATIENCE_MS;
    return due <= now ? 0 : (int)((due - now) / 1000) + 1;
}

static double run(int64_t seconds)
{
    struct epoll_event events[EVENTS];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    open_connections(epoll);
    int64_t began = now_us();
    load.end_us = load.from_us != 0 ? INT64_MAX : began + seconds * 1000000;
    load.idle = wm_alloc((size_t)load.connections * sizeof(*load.idle));
    for (int i = load.connections; i-- > 0;)
        idle(&load.connection[i]);
    for (send_due(); load.busy > 0 || next_due(now_us()) != INT64_MAX; send_due()) {
        int n = epoll_wait(epoll, events, EVENTS, patience_ms());
        if (n == 0 && load.busy > 0 && next_due(now_us()) == INT64_MAX) {
            fputs("voters: no answer\n", stderr);
            exit(1);
        }
        for (int i = 0; i < n; i++)
            receive(events[i].data.ptr);
    }
    return (double)(now_us() - began) / 1e6;
}

/* --- afterwards ----------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Two voters with one receipt: then one of them was told something untrue. */
static size_t count_doubles(void)
{
    size_t doubles = 0;
    qsort(load.receipts, load.good, sizeof(*load.receipts), by_size);
    for (size_t i = 1; i < load.good; i++)
        doubles += load.receipts[i] == load.receipts[i - 1];
    return doubles;
}

static void keep_receipts(const char *path)
{
    char shown[RECEIPT_LEN + 1];
    FILE *out = strcmp(path, "-") != 0 ? fopen(path, "w") : NULL;
    if (out == NULL && strcmp(path, "-") != 0)
        give_up(path);
    for (size_t i = 0; out != NULL && i < load.good; i++) {
        receipt_show(load.receipts[i], shown);
        fprintf(out, "%s %lld\n", shown, (long long)load.receipts[i]);
    }
    if (out != NULL && fclose(out) != 0)
        give_up(path);
}

static void report(double seconds, size_t doubles)
{
    qsort(load.latency_us, load.good, sizeof(*load.latency_us), by_size);
    printf("ballots=%zu refused=%zu wrong=%zu doubles=%zu seconds=%.3f per_second=%.0f", load.good,
           load.refused, load.bad, doubles, seconds, (double)load.good / seconds);
    if (load.good > 0)
        printf(" p50_ms=%.1f p99_ms=%.1f", (double)load.latency_us[load.good / 2] / 1000,
               (double)load.latency_us[load.good * 99 / 100] / 1000);
    printf("\n");
}

/* Forms come in the `seconds` before a close by the wall clock, and half a second longer. */
static void spread(const char *close, int64_t seconds)
{
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    int64_t ahead = number(close, INT64_MAX / 2000000) * 1000000 -
                    ((int64_t)wall.tv_sec * 1000000 + wall.tv_nsec / 1000);
    load.from_us = now_us() + ahead - seconds * 1000000;
    load.spread_us = seconds * 1000000 + 500000;
}

/* Real voters sit elsewhere: an answer on its way to one must not stop the thread that sends the
 * others. A batch thread that is woken waits for its turn (sched(7)). */
static void make_way(void)
{
    const struct sched_param param = {.sched_priority = 0};
    if (sched_setscheduler(0, SCHED_BATCH, &param) != 0)
        give_up("sched_setscheduler");
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
    start_secrets(argv[1]);
    load.address = (struct sockaddr_in){.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)number(argv[2], 65535)),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    load.count = (size_t)number(argv[5], COUNT_MAX);
    load.connections = (int)number(argv[6], CONNECTIONS_MAX);
    int64_t seconds = number(argv[7], SECONDS_MAX);
    write_requests(argv[3], number(argv[4], INT64_MAX), argv + 9, (size_t)argc - 9);
    if (close != NULL)
        spread(close, seconds);
    make_way();
    double took = run(seconds);
    size_t doubles = count_doubles();
    keep_receipts(argv[8]);
    report(took, doubles);
    return load.bad > 0 || doubles > 0 || load.good == 0;
}
