/* sink.c: a ceiling to compare with: an HTTP service on the same library that answers every request
 * alike and does nothing else. With a SLUG (ballots_http) an answer is a page with a receipt, so
 * that the same load generator accepts it; making one is a counter and thirteen characters. Without
 * (sms_in) it is an empty 200, and after COUNT of them it ends. For the benchmark only; 127.0.0.1
 * only.
 *
 *   sink PORT SLUG | COUNT     until SIGTERM; then says how many there were, and in which time */
#include "common/ballot.h"
#include "tests/load/kit/load.h"
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>

static int64_t receipts, answered, most, first_us, last_us;
static char location[200];

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
    last_us = load_now_us();
    if (answered++ == 0)
        first_us = last_us;
    if (location[0] == '\0')
        return answer_empty(connection);
    char receipt[RECEIPT_LEN + 1], body[300];
    receipt_show(receipts++, receipt);
    int len =
        snprintf(body, sizeof(body),
                 "<!DOCTYPE html>\n<html lang=\"en-GB\"><title>Your vote is recorded</title>\n"
                 "<p>Your vote is recorded. Receipt %s</p>\n</html>\n",
                 receipt);
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)len, body, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Location", location);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result result = MHD_queue_response(connection, 303, response);
    MHD_destroy_response(response);
    return result;
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
    if (argc != 3) {
        fputs("usage: sink PORT SLUG | COUNT\n", stderr);
        return 2;
    }
    if (strspn(argv[2], "0123456789") == strlen(argv[2]))
        most = load_number(argv[2], INT64_MAX);
    else
        snprintf(location, sizeof(location), "/ballot/%s/done", argv[2]);
    struct sockaddr_in address = load_address(load_number(argv[1], 65535));
    signal(SIGTERM, stop);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL, ntohs(address.sin_port), NULL, NULL, handle, NULL,
                         MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
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
