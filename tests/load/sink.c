/* sink.c: the ceiling that ballots_http is compared with: an HTTP service on the same library that
 * answers every POST with a fixed page and does nothing else. Each answer carries a receipt, so
 * that the same load generator accepts it; making one is a counter and thirteen characters. For the
 * benchmark only; 127.0.0.1 only.
 *
 *   sink PORT SLUG        until SIGTERM */
#include "common/ballot.h"
#include "common/conf.h"
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>

static int64_t receipts;
static char location[200];

static enum MHD_Result answer(struct MHD_Connection *connection)
{
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
    while (!stopping) {
        poll(&ready, 1, 100);
        MHD_run(daemon);
    }
}

int main(int argc, char **argv)
{
    uint64_t port;
    if (argc != 3 || !parse_uint(argv[1], 65535, &port)) {
        fputs("usage: sink PORT SLUG\n", stderr);
        return 2;
    }
    snprintf(location, sizeof(location), "/ballot/%s/done", argv[2]);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    signal(SIGTERM, stop);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL, (uint16_t)port, NULL, NULL, handle, NULL,
                         MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
    if (daemon == NULL) {
        perror("sink");
        return 1;
    }
    serve(daemon);
    MHD_stop_daemon(daemon);
    return 0;
}
