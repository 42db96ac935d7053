/* count_round.c: exports a round, has wardmote-count count it, keeps the result. */
#include "server/count_round.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/digest.h"
#include "common/log.h"
#include "server/settings.h"
#include "server/store_desk_count.h"

enum { COUNT_SECONDS = 300, OUTPUT_MAX = 64 << 20, SEED_HEX = 65 };

/* --- running the program ------------------------------------------------------------------ */
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
static bool wait_for(pid_t child)
{
    int status = 0;
    int fd = pidfd_open(child, 0);
    struct pollfd ended = {.fd = fd, .events = POLLIN};
    int ready = fd >= 0 ? poll(&ended, 1, COUNT_SECONDS * 1000) : -1;
    while (ready < 0 && fd >= 0 && errno == EINTR)
        ready = poll(&ended, 1, COUNT_SECONDS * 1000);
    if (ready <= 0)
        kill(child, SIGKILL);
    if (fd >= 0)
        close(fd);
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int spawn_with(const char *const argv[], int in, int out, int err, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    /* Its own small environment and no blocked signals: the same count wherever it runs. */
    static char *const environment[] = {"LC_ALL=C.UTF-8", NULL};
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int problem = posix_spawnp(child, argv[0], &files, &attributes, (char *const *)argv,
                               environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return problem;
}

/* Runs the program with `input` as its standard input; its output is appended to `output`. */
static bool run(const char *const argv[], const struct buf *input, struct buf *output)
{
    struct buf complaint = buf_new(OUTPUT_MAX);
    pid_t child = -1;
    bool ok = false;
    int in = memory_file("round.pb", input);
    int out = memory_file("result", NULL);
    int err = memory_file("complaint", NULL);
    int problem = in >= 0 && out >= 0 && err >= 0 ? spawn_with(argv, in, out, err, &child) : errno;
    if (problem != 0)
        log_warn("%s cannot be started: %s", argv[0], strerrordesc_np(problem));
    else if (!wait_for(child))
        log_bug("the count failed: %s",
                read_back(err, &complaint) ? buf_str(&complaint) : "no reason given");
    else
        ok = read_back(out, output);
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    if (err >= 0)
        close(err);
    buf_free(&complaint);
    return ok;
}

/* --- one part ----------------------------------------------------------------------------- */
static bool tally(const struct count_input *in, const struct buf *pb, const char *format,
                  struct buf *output)
{
    char seed[SEED_HEX], minimum[16];
    struct buf hex = buf_new(SEED_HEX);
    bool question = in->round.kind == PB_YES_NO;
    buf_hex(&hex, in->seed, sizeof in->seed);
    snprintf(seed, sizeof seed, "%s", buf_str(&hex));
    buf_free(&hex);
    snprintf(minimum, sizeof minimum, "%d", in->round.minimum_votes);
    const char *argv[16] = {settings.count_program, "tally", "-",     "--rule",
                            question ? "yes-no" : "greedy",  format,
                            "--seed", seed, "--minimum-votes", minimum};
    if (!question) {
        argv[10] = "--fund-unsupported";
        argv[11] = "no";
    }
    return run(argv, pb, output);
}

/* Whether the program counted this very file and every ballot of it. */
static bool check(const char *outcome, const struct buf *pb, size_t votes)
{
    uint8_t digest[DIGEST_LEN];
    struct buf hex = buf_new((size_t)2 * DIGEST_LEN);
    json_error_t error;
    json_t *root = json_loads(outcome, 0, &error);
    const char *format = json_string_value(json_object_get(root, "format"));
    const char *file = json_string_value(json_object_get(root, "file_sha256"));
    digest_sha256(pb->data, pb->len, digest);
    buf_hex(&hex, digest, sizeof digest);
    bool ok = format != NULL && strcmp(format, "wardmote-result/1") == 0 && file != NULL &&
              strcmp(file, buf_str(&hex)) == 0 &&
              json_integer_value(json_object_get(root, "num_votes")) == (json_int_t)votes;
    if (!ok)
        log_bug("the count came back for another file, or with other ballots");
    json_decref(root);
    buf_free(&hex);
    return ok;
}

/* One part's three texts; the caller frees them. */
struct texts {
    struct buf pb, outcome, log;
};

static bool count_part_of(const struct count_input *in, const struct pb_pot *pot,
                          struct texts *texts)
{
    *texts = (struct texts){buf_new(PB_MAX), buf_new(OUTPUT_MAX), buf_new(OUTPUT_MAX)};
    size_t votes = export_pb(&texts->pb, &in->round, pot);
    if (texts->pb.overflowed) {
        log_bug("the exported vote is too big");
        return false;
    }
    return tally(in, &texts->pb, "--json", &texts->outcome) &&
           check(buf_str(&texts->outcome), &texts->pb, votes) &&
           tally(in, &texts->pb, "--explain", &texts->log);
}

/* --- the round ---------------------------------------------------------------------------- */
static enum db_outcome count_and_store(struct db *db, struct arena *arena, int32_t officer,
                                       const char *slug, struct count_input *in,
                                       const char **result)
{
    int n = in->round.kind == PB_YES_NO ? 1 : in->round.pots;
    struct texts *texts = arena_alloc(arena, sizeof *texts * (size_t)n);
    struct count_part *parts = arena_alloc(arena, sizeof *parts * (size_t)n);
    enum db_outcome outcome = DB_OK;
    bool ok = true;
    in->round.unit = settings.name;
    for (int i = 0; ok && i < n; i++) {
        const struct pb_pot *pot = in->round.kind == PB_YES_NO ? NULL : &in->round.pot[i];
        ok = count_part_of(in, pot, &texts[i]);
        parts[i] = (struct count_part){pot != NULL ? pot->ordinal : 0, buf_str(&texts[i].pb),
                                       buf_str(&texts[i].outcome), buf_str(&texts[i].log)};
    }
    *result = "count_failed";
    if (ok)
        outcome = count_store(db, arena, officer, slug, in->seed, parts, n, result);
    for (int i = 0; i < n; i++) {
        buf_free(&texts[i].pb);
        buf_free(&texts[i].outcome);
        buf_free(&texts[i].log);
    }
    return outcome;
}

enum db_outcome count_round(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                            const char **result)
{
    struct count_input in;
    enum db_outcome outcome = count_read(db, arena, officer, slug, &in);
    *result = in.result;
    if (outcome == DB_OK && strcmp(in.result, "ready") == 0)
        outcome = count_and_store(db, arena, officer, slug, &in, result);
    count_input_free(&in);
    return outcome;
}
