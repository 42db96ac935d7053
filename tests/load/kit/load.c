/* load.c: the loop that sends requests and reads answers. */
#include "tests/load/kit/load.h"

#include "common/conf.h"
#include "common/secret.h"
#include <errno.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, PATIENCE_S = 20 };

struct connection {
    int fd;
    int64_t free_us;           /* since when it waits for a request */
    struct load_answer answer; /* so far */
    size_t whole;              /* its length; 0 until its head is there */
    char *text;
};

struct run {
    const struct load *load;
    size_t answer_max;
    struct connection *connections, **idle; /* a ring, longest idle first */
    int idle_first, idle_n, busy;
    size_t next;
    int64_t end_us;
};

void load_give_up(const char *what)
{
    perror(what);
    exit(1);
}

int64_t load_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void load_sort(int64_t *values, size_t n)
{
    qsort(values, n, sizeof(*values), by_size);
}

int64_t load_number(const char *text, int64_t max)
{
    int64_t n;
    if (parse_int(text, 1, max, &n))
        return n;
    fprintf(stderr, "\"%s\" is no number from 1 to %lld\n", text, (long long)max);
    exit(2);
}

void load_secrets(const char *path)
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

struct sockaddr_in load_address(int64_t port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void set_idle(struct run *run, struct connection *c, int64_t now)
{
    c->free_us = now;
    run->idle[(run->idle_first + run->idle_n++) % run->load->connections] = c;
}

static struct connection *take_idle(struct run *run)
{
    struct connection *c = run->idle[run->idle_first];
    run->idle_first = (run->idle_first + 1) % run->load->connections;
    run->idle_n--;
    return c;
}

static void open_connections(struct run *run, int epoll)
{
    int one = 1;
    for (int i = 0; i < run->load->connections; i++) {
        struct connection *c = &run->connections[i];
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        c->text = wm_alloc(run->answer_max);
        c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (c->fd < 0 ||
            connect(c->fd, (const struct sockaddr *)&run->load->address,
                    sizeof(run->load->address)) != 0 ||
            setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0 ||
            epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
            load_give_up("connection");
        set_idle(run, c, load_now_us());
    }
}

static void send_next(struct run *run, struct connection *c, int64_t due, int64_t now)
{
    const struct load *load = run->load;
    size_t i = run->next++, len = load->at[i + 1] - load->at[i];
    int64_t ready = due > c->free_us ? due : c->free_us;
    c->whole = 0;
    c->answer = (struct load_answer){.text = c->text,
                                     .request = i,
                                     .due_us = load->from_us != 0 ? due : ready,
                                     .ready_us = ready,
                                     .sent_us = now};
    if (send(c->fd, load->requests + load->at[i], len, MSG_NOSIGNAL) != (ssize_t)len)
        load_give_up("send");
    run->busy++;
}

/* When the next request is due; INT64_MAX when none is left, or the time is over. */
static int64_t next_due(const struct run *run, int64_t now)
{
    const struct load *load = run->load;
    if (run->next == load->count || now >= run->end_us)
        return INT64_MAX;
    return load->from_us + (int64_t)run->next * load->spread_us / (int64_t)load->count;
}

/* Gives the requests that are due to connections that wait. */
static void send_due(struct run *run)
{
    int64_t now = load_now_us();
    for (int64_t due; run->idle_n > 0 && (due = next_due(run, now)) <= now;)
        send_next(run, take_idle(run), due, load_now_us());
}

/* Line by line: this shares its processors with the service. */
const char *load_header(const char *answer, const char *name)
{
    size_t len = strlen(name);
    for (const char *line = answer, *next; line[0] != '\r'; line = next + 1) {
        next = strchr(line, '\n');
        if (next == NULL)
            return NULL;
        if ((line[0] | 0x20) == (name[0] | 0x20) && strncasecmp(line, name, len) == 0)
            return line + len;
    }
    return NULL;
}

/* Length of the whole answer, 0 while its head is not there. */
static size_t whole_length(const struct connection *c, size_t max)
{
    uint64_t body = 0;
    char digits[20];
    const char *end = memmem(c->text, c->answer.len, "\r\n\r\n", 4);
    if (end == NULL)
        return 0;
    const char *length = load_header(c->text, "Content-Length: ");
    snprintf(digits, sizeof(digits), "%.*s", length != NULL ? (int)strcspn(length, "\r") : 0,
             length != NULL ? length : "");
    if (!parse_uint(digits, max - 1, &body))
        load_give_up("the length of an answer");
    return (size_t)(end + 4 - c->text) + (size_t)body;
}

/* `heard`: when the connection was found to have something. */
static void receive(struct run *run, struct connection *c, int64_t heard)
{
    struct load_answer *answer = &c->answer;
    ssize_t n = recv(c->fd, c->text + answer->len, run->answer_max - 1 - answer->len, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        load_give_up("receive");
    if (answer->len == 0)
        answer->first_us = heard;
    answer->len += (size_t)n;
    c->text[answer->len] = '\0';
    if (c->whole == 0)
        c->whole = whole_length(c, run->answer_max);
    if (c->whole == 0 || answer->len < c->whole)
        return;
    if (answer->len > c->whole) {
        fputs("more than an answer\n", stderr);
        exit(1);
    }
    answer->whole_us = load_now_us();
    run->load->judge(answer);
    run->busy--;
    set_idle(run, c, answer->whole_us);
}

/* Until the next request is due, or for as long as an answer may take. */
static struct timespec patience(const struct run *run)
{
    int64_t now = load_now_us(), due = next_due(run, now), us = due > now ? due - now : 0;
    if (run->idle_n == 0 || due == INT64_MAX)
        return (struct timespec){.tv_sec = PATIENCE_S};
    return (struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
}

static void loop(struct run *run, int epoll)
{
    struct epoll_event events[EVENTS];
    for (send_due(run); run->busy > 0 || next_due(run, load_now_us()) != INT64_MAX; send_due(run)) {
        struct timespec wait = patience(run);
        int n = epoll_pwait2(epoll, events, EVENTS, &wait, NULL);
        int64_t heard = load_now_us();
        if (n == 0 && run->busy > 0 && wait.tv_sec == PATIENCE_S) {
            fputs("no answer\n", stderr);
            exit(1);
        }
        for (int i = 0; i < n; i++)
            receive(run, events[i].data.ptr, heard);
    }
}

/* Real clients sit elsewhere: an answer on its way to one must not stop the thread that sends the
 * others. A batch thread that is woken waits for its turn (sched(7)). */
static void make_way(void)
{
    const struct sched_param param = {.sched_priority = 0};
    if (sched_setscheduler(0, SCHED_BATCH, &param) != 0)
        load_give_up("sched_setscheduler");
}

double load_run(const struct load *load)
{
    struct run run = {.load = load,
                      .answer_max = load->answer_max != 0 ? load->answer_max : LOAD_ANSWER_MAX};
    if (!load->prompt)
        make_way();
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    run.connections = wm_alloc((size_t)load->connections * sizeof(*run.connections));
    run.idle = wm_alloc((size_t)load->connections * sizeof(struct connection *));
    open_connections(&run, epoll);
    int64_t began = load_now_us();
    bool no_end = load->from_us != 0 || load->seconds == 0;
    run.end_us = no_end ? INT64_MAX : began + load->seconds * 1000000;
    loop(&run, epoll);
    double took = (double)(load_now_us() - began) / 1e6;
    for (int i = 0; i < load->connections; i++) {
        close(run.connections[i].fd);
        free(run.connections[i].text);
    }
    close(epoll);
    free(run.connections);
    free(run.idle);
    return took;
}
