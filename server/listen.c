/* listen.c: makes the listening socket, on an address and port or a unix path. */
#include "server/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
};

static const char *unix_path(const char *text)
{
    return strncmp(text, "unix:", 5) == 0 ? text + 5 : NULL;
}

static socklen_t read_unix(const char *path, union address *a)
{
    if (path[0] != '/' || strlen(path) >= sizeof(a->un.sun_path))
        return 0;
    a->un.sun_family = AF_UNIX;
    memcpy(a->un.sun_path, path, strlen(path) + 1);
    return sizeof(a->un);
}

/* "HOST:PORT" with a numeric host, an IPv6 one in brackets. */
static socklen_t read_inet(const char *text, union address *a)
{
    char host[64];
    uint64_t port;
    const char *colon = strrchr(text, ':');
    size_t len = colon != NULL ? (size_t)(colon - text) : 0;
    if (len == 0 || len >= sizeof(host) || !parse_uint(colon + 1, 65535, &port))
        return 0;
    bool six = text[0] == '[' && text[len - 1] == ']';
    memcpy(host, text + six, len - 2 * (size_t)six);
    host[len - 2 * (size_t)six] = '\0';
    if (six && inet_pton(AF_INET6, host, &a->in6.sin6_addr) == 1) {
        a->in6.sin6_family = AF_INET6;
        a->in6.sin6_port = htons((uint16_t)port);
        return sizeof(a->in6);
    }
    if (!six && inet_pton(AF_INET, host, &a->in.sin_addr) == 1) {
        a->in.sin_family = AF_INET;
        a->in.sin_port = htons((uint16_t)port);
        return sizeof(a->in);
    }
    return 0;
}

static socklen_t read_address(const char *text, union address *a)
{
    memset(a, 0, sizeof(*a));
    const char *path = unix_path(text);
    return path != NULL ? read_unix(path, a) : read_inet(text, a);
}

/* A socket file that nobody listens on is left over from a process that was killed. */
static void clear_left_over(const union address *a, socklen_t len)
{
    struct stat about;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    if (lstat(a->un.sun_path, &about) == 0 && S_ISSOCK(about.st_mode) &&
        connect(fd, &a->any, len) != 0 && errno == ECONNREFUSED)
        unlink(a->un.sun_path);
    close(fd);
}

int listen_open(const char *text, struct buf *error)
{
    union address a;
    int one = 1;
    socklen_t len = read_address(text, &a);
    if (len == 0) {
        buf_fmt(error, "listen: \"%s\" is no address and port, and no unix:PATH", text);
        return -1;
    }
    if (a.any.sa_family == AF_UNIX)
        clear_left_over(&a, len);
    mode_t mask = umask(0117);
    int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool good = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
                bind(fd, &a.any, len) == 0 && listen(fd, BACKLOG) == 0;
    int failure = errno;
    umask(mask);
    if (good)
        return fd;
    buf_fmt(error, "cannot listen on %s: %s", text, strerror(failure));
    if (fd >= 0)
        close(fd);
    return -1;
}

void listen_forget(const char *text)
{
    const char *path = unix_path(text);
    if (path != NULL)
        unlink(path);
}

bool listen_is_local(const char *text)
{
    union address a;
    if (read_address(text, &a) == 0)
        return false;
    if (a.any.sa_family == AF_INET)
        return ntohl(a.in.sin_addr.s_addr) >> 24 == 127;
    return a.any.sa_family == AF_UNIX || IN6_IS_ADDR_LOOPBACK(&a.in6.sin6_addr);
}

void listen_name(int fd, const char *text, char out[128])
{
    union address a;
    char host[INET6_ADDRSTRLEN] = "";
    socklen_t len = sizeof(a);
    memset(&a, 0, sizeof(a));
    snprintf(out, 128, "%s", text);
    if (getsockname(fd, &a.any, &len) != 0)
        return;
    if (a.any.sa_family == AF_INET && inet_ntop(AF_INET, &a.in.sin_addr, host, sizeof(host)))
        snprintf(out, 128, "%s:%d", host, ntohs(a.in.sin_port));
    else if (a.any.sa_family == AF_INET6 &&
             inet_ntop(AF_INET6, &a.in6.sin6_addr, host, sizeof(host)))
        snprintf(out, 128, "[%s]:%d", host, ntohs(a.in6.sin6_port));
}
