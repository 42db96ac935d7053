/* sink.c: a ceiling to compare with: an HTTP service on the same library that answers every request
 * alike and does nothing else. Without a SLUG (sms_in) an answer is an empty 200, and after COUNT
 * of them it ends. For the benchmark only; 127.0.0.1 only.
 *
 *   sink PORT SLUG PATTERN | COUNT     until SIGTERM; then says how many there were, in which time
 *
 * With a SLUG (ballots_ceiling) it is the least that a handler must do for a vote's form: what any
 * handler on this library pays for is here, what is Wardmote's own is not. Here: the library's
 * options are the service's (server/httpd.c), the posted body is received to its end, and the
 * answer is as long as the service's, header for header (those of the service that listens on
 * PATTERN) and with a receipt of its own, so that the same load generator accepts it; as in the
 * service, it is made once a connection and only its receipt changes. Not here: looking at method,
 * path, headers, cookie or body; suspending (the library's option for that too), threads, and
 * whatever is a vote. */
#include "common/ballot.h"
#include "common/buf.h"
#include "tests/load/kit/load.h"
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TIMEOUT_SECONDS = 30, CONNECTIONS = 2000, CONNECTION_MEMORY = 32 * 1024 };

static int64_t receipts, answered, most, first_us, last_us;
static char location[200];
static char pattern[LOAD_ANSWER_MAX]; /* an answer of the service, head and all */

/* What a connection is sent, again and again. */
struct page {
    struct MHD_Response *response;
    char body[400];
    char *receipt; /* where in it */
};

/* --- the page ------------------------------------------------------------------------------- */

/* Any answer will do: one without a session says no, under the same headers. */
static void read_pattern(int64_t port)
{
    struct sockaddr_in address = load_address(port);
    char request[300];
    size_t len = 0;
    ssize_t n;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int size = snprintf(request, sizeof(request),
                        "POST %.*s/check HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\n"
                        "Connection: close\r\n\r\n",
                        (int)(strlen(location) - strlen("/done")), location, (int)port);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
        send(fd, request, (size_t)size, MSG_NOSIGNAL) != size)
        load_give_up("the service");
    while ((n = recv(fd, pattern + len, sizeof(pattern) - 1 - len, 0)) > 0)
        len += (size_t)n;
    close(fd);
    if (strstr(pattern, "\r\n\r\n") == NULL)
        load_give_up("the service's answer");
}

/* The pattern's headers, but for those that the library makes and those of its own page. */
static void add_headers(struct MHD_Response *response)
{
    static const char *const others[] = {"Date", "Content-Length", "Connection", "Set-Cookie"};
    char name[100], value[500];
    const char *line = strstr(pattern, "\r\n") + 2;
    for (; line[0] != '\r'; line = strstr(line, "\r\n") + 2) {
        bool other = false;
        snprintf(name, sizeof(name), "%.*s", (int)strcspn(line, ":"), line);
        snprintf(value, sizeof(value), "%.*s", (int)strcspn(line + strlen(name) + 2, "\r"),
                 line + strlen(name) + 2);
        for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
            other |= strcasecmp(name, others[i]) == 0;
        if (!other && MHD_add_response_header(response, name, value) != MHD_YES)
            load_give_up(name);
    }
    MHD_add_response_header(response, "Location", location);
}

static struct page *new_page(void)
{
    static const char words[] = "<!DOCTYPE html>\n<html lang=\"en-GB\"><title>Your vote is "
                                "recorded</title>\n<p>Your vote is recorded. Receipt ";
    struct page *page = wm_alloc(sizeof(*page));
    char receipt[RECEIPT_LEN + 1];
    receipt_show(0, receipt);
    int len =
        snprintf(page->body, sizeof(page->body),
                 "%s%s</p>\n<p><a href=\"%s\">Continue</a></p></html>\n", words, receipt, location);
    page->receipt = page->body + strlen(words);
    page->response =
        MHD_create_response_from_buffer((size_t)len, page->body, MHD_RESPMEM_PERSISTENT);
    add_headers(page->response);
    return page;
}

static void connected(void *context, struct MHD_Connection *connection, void **page,
                      enum MHD_ConnectionNotificationCode what)
{
    (void)context, (void)connection;
    if (location[0] == '\0')
        return;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *page = new_page();
        return;
    }
    MHD_destroy_response(((struct page *)*page)->response);
    free(*page);
}

/* --- answering ------------------------------------------------------------------------------ */

static enum MHD_Result answer_empty(struct MHD_Connection *connection)
{
    static char nothing[] = "";
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(struct MHD_Connection *connection)
{
    char receipt[RECEIPT_LEN + 1];
    last_us = load_now_us();
    if (answered++ == 0)
        first_us = last_us;
    if (location[0] == '\0')
        return answer_empty(connection);
    struct page *page =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    receipt_show(receipts++, receipt);
    memcpy(page->receipt, receipt, RECEIPT_LEN);
    return MHD_queue_response(connection, 303, page->response);
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state)
{
    (void)context;
    (void)url;
    (void)method;
    (void)version;
    (void)data;
    if (*state == NULL) {
        *state = location;
        return MHD_YES;
    }
    if (*size > 0) {
        *size = 0;
        return MHD_YES;
    }
    return answer(connection);
}

/* --- running -------------------------------------------------------------------------------- */

static volatile sig_atomic_t stopping;

static void stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
}

/* The library's own epoll loop stands still when exactly its 128 events came at once and nothing
 * else happens (server/httpd.c), so it is driven from outside, as the server drives it. */
static void serve(struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd ready = {.fd = info->epoll_fd, .events = POLLIN};
    while (!stopping && (most == 0 || answered < most)) {
        poll(&ready, 1, 100);
        MHD_run(daemon);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 4) {
        fputs("usage: sink PORT SLUG PATTERN | COUNT\n", stderr);
        return 2;
    }
    if (argc == 3) {
        most = load_number(argv[2], INT64_MAX);
    } else {
        snprintf(location, sizeof(location), "/ballot/%s/done", argv[2]);
        read_pattern(load_number(argv[3], 65535));
    }
    struct sockaddr_in address = load_address(load_number(argv[1], 65535));
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_ERROR_LOG, ntohs(address.sin_port), NULL, NULL, handle, NULL,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION,
        connected, NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
    if (daemon == NULL) {
        perror("sink");
        return 1;
    }
    serve(daemon);
    MHD_stop_daemon(daemon);
    double seconds = (double)(last_us - first_us) / 1e6;
    printf("answered=%lld seconds=%.3f per_second=%.0f\n", (long long)answered, seconds,
           seconds > 0 ? (double)answered / seconds : 0);
    return 0;
}
