/* program.c: another program, run to its end. */
#include "server/program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"

enum { COMPLAINT_MAX = 4096, PATH_BYTES = 4096 };

/* Files in memory, so that neither side ever waits for the other to read a pipe. */
static int memory_file(const char *name, const struct buf *content)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    size_t done = 0;
    while (fd >= 0 && content != NULL && done < content->len) {
        ssize_t n = write(fd, content->data + done, content->len - done);
        if (n < 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool read_back(int fd, struct buf *out)
{
    char piece[65536];
    ssize_t n;
    if (lseek(fd, 0, SEEK_SET) != 0)
        return false;
    while ((n = read(fd, piece, sizeof piece)) > 0)
        buf_add(out, piece, (size_t)n);
    return n == 0 && !out->overflowed;
}

/* Waits for the child, but not for ever. True when it ended with status 0. */
static bool wait_for(pid_t child, int seconds, int cancel_fd)
{
    int status = 0;
    int fd = pidfd_open(child, 0);
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = cancel_fd, .events = POLLIN}};
    int ready = fd >= 0 ? poll(fds, 2, seconds * 1000) : -1;
    while (ready < 0 && fd >= 0 && errno == EINTR)
        ready = poll(fds, 2, seconds * 1000);
    if (ready <= 0 || fds[0].revents == 0)
        kill(child, SIGKILL);
    if (fd >= 0)
        close(fd);
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* "PATH=…" of ours, in `out`. */
static char *path_of(char *out, size_t size)
{
    const char *path = getenv("PATH");
    snprintf(out, size, "PATH=%s", path != NULL ? path : "/usr/bin:/bin");
    return out;
}

static int spawn_with(const char *const argv[], int in, int out, int err, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    char path[PATH_BYTES];
    /* The same small environment wherever it runs. */
    char *environment[] = {"LC_ALL=C.UTF-8", path_of(path, sizeof path), NULL};
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int problem =
        posix_spawnp(child, argv[0], &files, &attributes, (char *const *)argv, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return problem;
}

static void shut(int fd)
{
    if (fd >= 0)
        close(fd);
}

bool program_run(const char *const argv[], const struct buf *input, struct buf *output, int seconds,
                 int cancel_fd)
{
    struct buf complaint = buf_new(COMPLAINT_MAX);
    pid_t child = -1;
    bool ok = false;
    int in = memory_file("input", input);
    int out = memory_file("output", NULL);
    int err = memory_file("complaint", NULL);
    int problem = in >= 0 && out >= 0 && err >= 0 ? spawn_with(argv, in, out, err, &child) : errno;
    if (problem != 0)
        log_warn("%s cannot be started: %s", argv[0], strerrordesc_np(problem));
    else if (wait_for(child, seconds, cancel_fd))
        ok = output == NULL || read_back(out, output);
    else
        log_warn("%s failed: %s", argv[0],
                 read_back(err, &complaint) ? buf_str(&complaint) : "with a long complaint");
    shut(in);
    shut(out);
    shut(err);
    buf_free(&complaint);
    return ok;
}
