/* spool.c: keeps texts in a file while the database is away. A record is four bytes of length,
 * big-endian, then the sealed fields. What a crash left unfinished at the end was never
 * acknowledged, and is cut off at the next start. */
#include "server/spool.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/settings.h"
#include "server/texts_wake.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { RECORD_MAX = 20000, FIELDS = 8, LOOK_MS = 500 };
static const off_t SPOOL_MAX = (off_t)256 << 20;
static const char ABOUT[] = "spool.text";

static struct {
    int fd;
    off_t size, done; /* bytes on the disk; bytes that the database has */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool started, stopping;
} spool = {.fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};

static int64_t wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- records ------------------------------------------------------------------------------ */

static void add_field(struct buf *b, const char *bytes, size_t len)
{
    buf_fmt(b, "%zu:", len);
    buf_add(b, bytes, len);
}

static void add_number(struct buf *b, int64_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)n);
    add_field(b, text, strlen(text));
}

/* Sealed, with its length before it. */
static void write_record(const struct text_in *t, struct buf *out)
{
    const char *did = t->provider_did != NULL ? t->provider_did : "";
    struct buf plain = buf_new(RECORD_MAX);
    add_field(&plain, t->provider, strlen(t->provider));
    add_field(&plain, t->endpoint, strlen(t->endpoint));
    add_field(&plain, t->message_id, strlen(t->message_id));
    add_field(&plain, t->from, strlen(t->from));
    add_number(&plain, t->sent_at);
    add_number(&plain, wall_ms() * 2 + (t->quarantine ? 1 : 0));
    add_field(&plain, t->body, t->body_len);
    add_field(&plain, did, strlen(did));
    MUST(!plain.overflowed);
    size_t len = plain.len + SECRET_SEAL_EXTRA;
    uint8_t *sealed = wm_alloc(len);
    secret_seal(ABOUT, buf_str(&plain), plain.len, sealed);
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(len >> shift & 0xFF));
    buf_add(out, sealed, len);
    free(sealed);
    buf_free(&plain);
}

/* Reads one field in place; its end becomes a NUL where the next length stood. */
static bool read_field(char **at, char *end, char **value, size_t *len)
{
    char *stop = NULL;
    *len = strtoul(*at, &stop, 10);
    if (stop == *at || stop >= end || *stop != ':' || *len > (size_t)(end - stop - 1))
        return false;
    *value = stop + 1;
    *at = *value + *len;
    return true;
}

static bool read_record(struct arena *arena, const uint8_t *sealed, size_t len, struct text_in *t,
                        int64_t *waited_ms)
{
    char *value[FIELDS], *plain = arena_alloc(arena, len + 1);
    size_t size[FIELDS];
    int64_t when = 0;
    long n = secret_unseal(ABOUT, sealed, len, (uint8_t *)plain);
    if (n < 0)
        return false;
    char *at = plain, *end = plain + n;
    for (int i = 0; i < FIELDS; i++) {
        if (!read_field(&at, end, &value[i], &size[i]))
            return false;
        value[i] = arena_memdup(arena, value[i], size[i]);
    }
    *t = (struct text_in){.provider = value[0],
                          .endpoint = value[1],
                          .message_id = value[2],
                          .from = value[3],
                          .body = value[6],
                          .body_len = size[6],
                          .provider_did = size[7] > 0 ? value[7] : NULL};
    if (!parse_int(value[4], INT64_MIN, INT64_MAX, &t->sent_at) ||
        !parse_int(value[5], 0, INT64_MAX, &when))
        return false;
    t->quarantine = when % 2 == 1;
    *waited_ms = wall_ms() - when / 2;
    *waited_ms = *waited_ms > 1 ? *waited_ms : 1;
    return true;
}

/* --- appending ---------------------------------------------------------------------------- */

bool spool_waits(void)
{
    if (!spool.started)
        return false;
    pthread_mutex_lock(&spool.lock);
    bool waits = spool.done < spool.size;
    pthread_mutex_unlock(&spool.lock);
    return waits;
}

static bool write_all(const char *bytes, size_t len, off_t at)
{
    while (len > 0) {
        ssize_t n = pwrite(spool.fd, bytes, len, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool spool_add(const struct text_in *text)
{
    if (!spool.started)
        return false;
    struct buf record = buf_new(2 * RECORD_MAX);
    write_record(text, &record);
    pthread_mutex_lock(&spool.lock);
    bool good = spool.size + (off_t)record.len <= SPOOL_MAX &&
                write_all(buf_str(&record), record.len, spool.size) && fdatasync(spool.fd) == 0;
    int why = good ? 0 : errno;
    if (good)
        spool.size += (off_t)record.len;
    else if (ftruncate(spool.fd, spool.size) != 0)
        log_warn("spool: cannot cut off what was not written whole");
    pthread_cond_signal(&spool.changed);
    pthread_mutex_unlock(&spool.lock);
    if (!good)
        log_warn("spool: a text could not be kept: %s", strerrordesc_np(why));
    buf_free(&record);
    return good;
}

/* --- draining ----------------------------------------------------------------------------- */

/* The record at `at`, or 0 when there is no whole one. */
static size_t load_record(off_t at, off_t size, uint8_t *sealed)
{
    uint8_t head[4];
    if (size - at < 4 || pread(spool.fd, head, sizeof head, at) != sizeof head)
        return 0;
    size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (len > RECORD_MAX + SECRET_SEAL_EXTRA || size - at - 4 < (off_t)len)
        return 0;
    return pread(spool.fd, sealed, len, at + 4) == (ssize_t)len ? len : 0;
}

/* Moves past a record; an empty spool becomes an empty file. */
static void advance(size_t len)
{
    pthread_mutex_lock(&spool.lock);
    spool.done += (off_t)len + 4;
    if (spool.done == spool.size) {
        if (ftruncate(spool.fd, 0) == 0 && fdatasync(spool.fd) == 0)
            spool.size = spool.done = 0;
        else
            log_warn("spool: cannot be emptied: %s", strerrordesc_np(errno));
    }
    pthread_mutex_unlock(&spool.lock);
}

/* One record into the database; false: not now. What this key cannot open, or the database will
 * not have, is passed over with a line in the log: the others must not wait for it. */
static bool drain_one(struct db *db, off_t size)
{
    static uint8_t sealed[RECORD_MAX + SECRET_SEAL_EXTRA];
    struct arena arena = arena_new(4 * RECORD_MAX);
    struct text_in text;
    int64_t waited = 1;
    bool is_new = false, on = true;
    size_t len = load_record(spool.done, size, sealed);
    if (len == 0 || !read_record(&arena, sealed, len, &text, &waited)) {
        log_bug("spool: a record cannot be read");
        len = len > 0 ? len : (size_t)(size - spool.done - 4);
    } else {
        enum db_outcome outcome = text_in_store(db, &text, waited, &is_new);
        if (outcome == DB_REFUSED)
            log_bug("spool: the database refuses a text");
        on = outcome == DB_OK || outcome == DB_REFUSED;
    }
    if (on)
        advance(len);
    arena_free(&arena);
    return on;
}

static bool wait_a_moment(void)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until); /* a wall clock that is set back would stop the spool */
    until.tv_nsec += LOOK_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&spool.lock);
    if (!spool.stopping)
        pthread_cond_clockwait(&spool.changed, &spool.lock, CLOCK_MONOTONIC, &until);
    bool on = !spool.stopping;
    pthread_mutex_unlock(&spool.lock);
    return on;
}

static off_t size_now(void)
{
    pthread_mutex_lock(&spool.lock);
    off_t size = spool.stopping ? spool.done : spool.size;
    pthread_mutex_unlock(&spool.lock);
    return size;
}

static void *drain(void *unused)
{
    struct db *db = db_new(settings.database, "wardmote_web", "server spool");
    (void)unused;
    do {
        int moved = 0;
        while (spool.done < size_now() && db_open(db) == DB_OK && drain_one(db, size_now()))
            moved++;
        if (moved > 0) {
            log_info("spool: %d texts went into the inbox", moved);
            texts_wake();
        }
    } while (wait_a_moment());
    db_free(db);
    return NULL;
}

/* --- start and stop ------------------------------------------------------------------------ */

/* Where whole records end. */
static off_t whole_size(off_t size)
{
    static uint8_t sealed[RECORD_MAX + SECRET_SEAL_EXTRA];
    off_t at = 0;
    for (size_t len; (len = load_record(at, size, sealed)) > 0;)
        at += (off_t)len + 4;
    return at;
}

static bool open_file(const char *path)
{
    struct stat file;
    spool.fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (spool.fd < 0 || fstat(spool.fd, &file) != 0 || !S_ISREG(file.st_mode))
        return false;
    if (flock(spool.fd, LOCK_EX | LOCK_NB) != 0)
        return false;
    spool.size = whole_size(file.st_size);
    return ftruncate(spool.fd, spool.size) == 0 && fsync(spool.fd) == 0;
}

bool spool_start(void)
{
    pthread_cond_init(&spool.changed, NULL);
    if (settings.spool_file[0] == '\0')
        return true;
    if (!open_file(settings.spool_file)) {
        log_warn("spool_file cannot be used (another process may have it): %s",
                 strerrordesc_np(errno));
        return false;
    }
    if (spool.size > 0)
        log_info("spool: %lld bytes of texts wait", (long long)spool.size);
    spool.started = pthread_create(&spool.thread, NULL, drain, NULL) == 0;
    return spool.started;
}

void spool_stop(void)
{
    if (!spool.started)
        return;
    pthread_mutex_lock(&spool.lock);
    spool.stopping = true;
    pthread_cond_signal(&spool.changed);
    pthread_mutex_unlock(&spool.lock);
    pthread_join(spool.thread, NULL);
    close(spool.fd);
    spool.started = false;
}
