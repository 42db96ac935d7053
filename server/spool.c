/* spool.c: keeps texts in a file while the database is away. A record is four bytes of length,
 * big-endian, then the sealed fields. What a crash left unfinished at the end was never
 * acknowledged, and is cut off at the next start. Bytes that the disk spoiled cost the text that
 * they were, not those behind it: the next record is where one opens. */
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

/* A record of FIELDS_ONCE is an older version's, which knew no provider_did. */
enum { RECORD_MAX = 20000, FIELDS_ONCE = 7, FIELDS = 8, LOOK_MS = 500 };
/* Looks at a record that the disk does not give before it is passed over: half a minute's. */
enum { UNREAD_MAX = 60 };
static const off_t SPOOL_MAX = (off_t)256 << 20;
static const char ABOUT[] = "spool.text";

static struct {
    int fd;
    off_t size, done; /* bytes on the disk; bytes that the database has */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    int unread; /* looks in vain at the record that is next */
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
        if (i == FIELDS_ONCE && at == end) {
            value[i] = "";
            size[i] = 0;
            break;
        }
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
    bool fits = spool.size + (off_t)record.len <= SPOOL_MAX;
    bool good =
        fits && write_all(buf_str(&record), record.len, spool.size) && fdatasync(spool.fd) == 0;
    int why = fits ? errno : EFBIG;
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

static bool read_all(uint8_t *bytes, size_t len, off_t at)
{
    while (len > 0) {
        ssize_t n = pread(spool.fd, bytes, len, at);
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

enum found {
    FOUND,     /* *len bytes, which need not open */
    NOT_WHOLE, /* no record, or not all of one */
    UNREADABLE /* the disk does not give what was written, now */
};

static enum found load_record(off_t at, off_t size, uint8_t *sealed, size_t *len)
{
    uint8_t head[4];
    if (size - at < (off_t)sizeof head)
        return NOT_WHOLE;
    if (!read_all(head, sizeof head, at))
        return UNREADABLE;
    *len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (*len < SECRET_SEAL_EXTRA || *len > RECORD_MAX + SECRET_SEAL_EXTRA ||
        size - at - (off_t)sizeof head < (off_t)*len)
        return NOT_WHOLE;
    return read_all(sealed, *len, at + (off_t)sizeof head) ? FOUND : UNREADABLE;
}

/* Where, from `at` on, the next record lies that opens, and its length; `size` when there is none.
 */
static off_t find_record(off_t at, off_t size, uint8_t *sealed, size_t *len)
{
    struct arena arena = arena_new(4 * RECORD_MAX);
    struct text_in text;
    int64_t waited;
    for (; at < size; at++) {
        if (load_record(at, size, sealed, len) == FOUND &&
            read_record(&arena, sealed, *len, &text, &waited))
            break;
        arena_clear(&arena);
    }
    arena_free(&arena);
    return at;
}

/* Moves on to `done`; an empty spool becomes an empty file. Once that is cut, what this process
 * writes next goes to its start, whether or not the cut is on the disk: what would come back after
 * a crash is in the inbox, which takes no text twice. */
static void advance(off_t done)
{
    pthread_mutex_lock(&spool.lock);
    spool.done = done;
    if (spool.done == spool.size) {
        bool cut = ftruncate(spool.fd, 0) == 0;
        if (cut)
            spool.size = spool.done = 0;
        if (!cut || fdatasync(spool.fd) != 0)
            log_warn("spool: cannot be emptied: %s", strerrordesc_np(errno));
    }
    pthread_mutex_unlock(&spool.lock);
}

/* The disk may give later what it does not give now, but the others must not wait for ever. */
static bool wait_for_disk(enum found found)
{
    spool.unread = found == UNREADABLE ? spool.unread + 1 : 0;
    if (spool.unread == 1)
        log_bug("spool: a record cannot be read from the disk: trying again");
    return spool.unread > 0 && spool.unread <= UNREAD_MAX;
}

/* One record into the database; false: not now. What this key cannot open, the disk spoiled, or
 * the database will not have, is passed over with a line in the log: the others must not wait for
 * it. */
static bool drain_one(struct db *db, off_t size)
{
    static uint8_t sealed[RECORD_MAX + SECRET_SEAL_EXTRA];
    struct arena arena = arena_new(4 * RECORD_MAX);
    struct text_in text;
    int64_t waited = 1;
    size_t len = 0;
    bool is_new = false, on = true;
    enum found found = load_record(spool.done, size, sealed, &len);
    off_t next = spool.done + 4 + (off_t)len;
    if (wait_for_disk(found)) {
        on = false;
    } else if (found != FOUND || !read_record(&arena, sealed, len, &text, &waited)) {
        next = find_record(spool.done + 1, size, sealed, &len);
        log_bug("spool: %lld bytes that are no record of ours are passed over",
                (long long)(next - spool.done));
    } else {
        enum db_outcome outcome = text_in_store(db, &text, waited, &is_new);
        if (outcome == DB_REFUSED)
            log_bug("spool: the database refuses a text");
        on = outcome == DB_OK || outcome == DB_REFUSED;
    }
    if (on)
        advance(next);
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

/* Where whole records end. What the disk spoiled or does not give, or another key sealed, is not
 * the unfinished end of a crash. */
static off_t whole_size(off_t size)
{
    static uint8_t sealed[RECORD_MAX + SECRET_SEAL_EXTRA];
    off_t at = 0;
    for (size_t len = 0; at < size;) {
        off_t next = find_record(at, size, sealed, &len);
        if (next == size)
            return load_record(at, size, sealed, &len) == NOT_WHOLE ? at : size;
        at = next + 4 + (off_t)len;
    }
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
    spool.done = spool.unread = 0;
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
    pthread_cond_destroy(&spool.changed);
    close(spool.fd);
    spool.started = spool.stopping = false;
}
