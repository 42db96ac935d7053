/* phones.c: every phone of a mobile network, for `make bench`: speaks the line protocol of Kannel's
 * fake SMSC (gw/smsc/smsc_fake.c of 1.4.5; a line a text, "sender receiver text words").
 *
 *   phones PORT <LINES
 *
 * Sends the lines as fast as Kannel takes them, says "sent=N" when the last is gone, and takes
 * replies until SIGTERM; then says "received=N". */
#include "common/buf.h"
#include "tests/load/kit/load.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t stopping;
static char *lines;
static size_t lines_len, lines_sent;
static size_t received;

static void stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
}

static size_t count_lines(const char *bytes, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n;
}

static void read_lines(void)
{
    struct buf all = buf_new((size_t)1 << 30);
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof(piece), stdin)) > 0)
        buf_add(&all, piece, n);
    lines_len = all.len;
    lines = buf_take(&all);
}

static void send_some(int fd)
{
    ssize_t n = send(fd, lines + lines_sent, lines_len - lines_sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        load_give_up("send");
    if (n <= 0)
        return;
    lines_sent += (size_t)n;
    if (lines_sent == lines_len) {
        printf("sent=%zu\n", count_lines(lines, lines_len));
        fflush(stdout);
    }
}

static void receive_some(int fd)
{
    char piece[65536];
    ssize_t n = recv(fd, piece, sizeof(piece), MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        load_give_up("receive");
    if (n > 0)
        received += count_lines(piece, (size_t)n);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: phones PORT <LINES\n", stderr);
        return 2;
    }
    struct sockaddr_in address = load_address(load_number(argv[1], 65535));
    read_lines();
    signal(SIGTERM, stop);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
        load_give_up("connect");
    while (!stopping) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (lines_sent < lines_len)
            ready.events |= POLLOUT;
        if (poll(&ready, 1, 200) <= 0)
            continue;
        if ((ready.revents & POLLOUT) != 0)
            send_some(fd);
        if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            receive_some(fd);
    }
    printf("received=%zu\n", received);
    close(fd);
    return 0;
}
