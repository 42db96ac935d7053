/* client.c: one HTTP call to the service, over a plain socket. */
#include "sms/handset/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/log.h"
#include "sms/handset/moment.h"

bool client_address_read(const char *text, struct sockaddr_in *out)
{
    char host[64];
    uint64_t port = 0;
    const char *colon = strrchr(text, ':');
    if (!colon || (size_t)(colon - text) >= sizeof host || !parse_uint(colon + 1, 65535, &port))
        return false;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    *out = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    const char *number = strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
    if (inet_pton(AF_INET, number, &out->sin_addr) != 1)
        return false;
    return ntohl(out->sin_addr.s_addr) >> 24 == 127;
}

/* No spaces, quotes or control characters: a path must not be able to add lines to a request. */
static bool path_is_clean(const char *path)
{
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == '"' || *c == '<' || *c == '>' || *c == 0x7f)
            return false;
    return strlen(path) <= CLIENT_PATH_MAX;
}

bool client_url_read(const char *text, struct client_url *out)
{
    static const char scheme[] = "http://";
    *out = (struct client_url){.path = NULL};
    if (strncmp(text, scheme, sizeof scheme - 1) != 0)
        return false;
    const char *host = text + sizeof scheme - 1;
    size_t len = strcspn(host, "/?#");
    const char *path = host + len;
    if (len == 0 || len + 4 > sizeof out->host || strchr(path, '#') || !path_is_clean(path))
        return false;
    memcpy(out->host, host, len);
    out->host[len] = '\0';
    if (!strchr(out->host, ':'))
        memcpy(out->host + len, ":80", 4);
    if (!client_address_read(out->host, &out->address) || out->address.sin_port == 0)
        return false;
    struct buf whole = buf_new(CLIENT_PATH_MAX + 1);
    if (*path != '/')
        buf_char(&whole, '/');
    buf_str_add(&whole, path);
    out->path = buf_take(&whole);
    return true;
}

void client_url_free(struct client_url *url)
{
    free(url->path);
    url->path = NULL;
}

/* Waits in short slices, so that a stop is noticed. */
static bool wait_for(int fd, short events, int64_t deadline, const atomic_bool *stop)
{
    for (;;) {
        int64_t left = deadline - moment_steady();
        if (left <= 0 || (stop && atomic_load(stop)))
            return false;
        struct pollfd p = {.fd = fd, .events = events};
        int n = poll(&p, 1, left < 100 ? (int)left : 100);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
    }
}

static int open_connection(const struct client_call *call, int64_t deadline)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return CLIENT_BROKEN;
    const struct sockaddr *to = (const struct sockaddr *)&call->url->address;
    int failure = CLIENT_REFUSED;
    int problem = 0;
    socklen_t size = sizeof problem;
    if (connect(fd, to, sizeof call->url->address) == 0)
        return fd;
    if (errno != EINPROGRESS)
        goto out;
    failure = CLIENT_TIMEOUT;
    if (!wait_for(fd, POLLOUT, deadline, call->stop))
        goto out;
    failure = CLIENT_REFUSED;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0)
        return fd;
out:
    close(fd);
    return failure;
}

static void write_request(const struct client_call *call, struct buf *out)
{
    const char *path = call->path ? call->path : call->url->path;
    buf_fmt(out, "%s %s HTTP/1.1\r\nHost: %s\r\n", call->json ? "POST" : "GET", path,
            call->url->host);
    buf_str_add(out, "User-Agent: wardmote-handset\r\nConnection: close\r\n");
    if (call->bearer)
        buf_fmt(out, "Authorization: Bearer %s\r\n", call->bearer);
    if (call->json)
        buf_fmt(out, "Content-Type: %s\r\nContent-Length: %zu\r\n",
                call->type ? call->type : "application/json", strlen(call->json));
    if (call->header)
        buf_fmt(out, "%s\r\n", call->header);
    buf_str_add(out, "\r\n");
    if (call->json)
        buf_str_add(out, call->json);
}

static int send_all(int fd, const struct buf *bytes, int64_t deadline, const atomic_bool *stop)
{
    size_t sent = 0;
    while (sent < bytes->len) {
        if (!wait_for(fd, POLLOUT, deadline, stop))
            return CLIENT_TIMEOUT;
        ssize_t n = send(fd, bytes->data + sent, bytes->len - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return CLIENT_BROKEN;
        if (n > 0)
            sent += (size_t)n;
    }
    return 0;
}

/* The status in "HTTP/1.1 200 …" once the whole head has come, 0 before, or a failure. */
static int read_status(const struct buf *answer)
{
    uint64_t status = 0;
    char digits[4] = "";
    if (answer->len == 0 || !strstr(answer->data, "\r\n\r\n"))
        return 0;
    if (answer->len < 13 || memcmp(answer->data, "HTTP/1.", 7) != 0 || answer->data[8] != ' ')
        return CLIENT_BROKEN;
    memcpy(digits, answer->data + 9, 3);
    if (!parse_uint(digits, 599, &status) || status < 200)
        return CLIENT_BROKEN;
    return (int)status;
}

/* Reads on to the end, so that the other side sees its answer taken, but never past the cap. */
static int read_answer(int fd, int64_t deadline, const atomic_bool *stop)
{
    char chunk[4096];
    struct buf answer = buf_new(CLIENT_ANSWER_MAX);
    int status = 0;
    bool ended = false;
    while (!ended && !answer.overflowed && wait_for(fd, POLLIN, deadline, stop)) {
        ssize_t n = recv(fd, chunk, sizeof chunk, 0);
        if (n > 0)
            buf_add(&answer, chunk, (size_t)n);
        else if (n == 0 || (errno != EAGAIN && errno != EINTR))
            ended = true;
        if (status == 0 && (status = read_status(&answer)) != 0) {
            int64_t soon = moment_steady() + 1000; /* for the body, which nobody needs */
            deadline = soon < deadline ? soon : deadline;
        }
    }
    if (status == 0)
        status = ended || answer.overflowed ? CLIENT_BROKEN : CLIENT_TIMEOUT;
    buf_free(&answer);
    return status;
}

int client_call(const struct client_call *call)
{
    int64_t deadline = moment_steady() + CLIENT_DEADLINE_MS;
    struct buf request = buf_new(CLIENT_PATH_MAX + CLIENT_JSON_MAX);
    int fd = open_connection(call, deadline);
    int status = fd;
    if (fd < 0)
        goto out;
    write_request(call, &request);
    MUST(!request.overflowed);
    status = send_all(fd, &request, deadline, call->stop);
    if (status == 0)
        status = call->hang_up ? CLIENT_BROKEN : read_answer(fd, deadline, call->stop);
out:
    if (fd >= 0)
        close(fd);
    buf_free(&request);
    return status;
}
