/* fuzz_conf.c: settings files of any bytes. They load, or every line of the error names a place. */
#include "common/conf.h"
#include "common/log.h"
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct settings {
    char *db, *key;
    int64_t port;
    bool demo;
};

static const struct conf_row table[] = {
    {"db", CONF_TEXT, offsetof(struct settings, db), 1, 30, NULL, "the database"},
    {"key", CONF_SECRET, offsetof(struct settings, key), 0, 64, "", "a key"},
    {"port", CONF_NUMBER, offsetof(struct settings, port), 1, 65535, "8080", "TCP port"},
    {"demo", CONF_FLAG, offsetof(struct settings, demo), 0, 0, "off", "demo mode"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    char path[64];
    struct settings s = {0};
    struct buf error = buf_new(1 << 20);
    if (fd < 0)
        fd = memfd_create("settings", 0);
    MUST(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (conf_load(table, sizeof(table) / sizeof(table[0]), &s, path, &error)) {
        MUST(error.len == 0 && s.db != NULL && s.key != NULL && strlen(s.db) <= 30);
        MUST(s.port >= 1 && s.port <= 65535);
    } else {
        MUST(error.len > 0 && error.data[error.len - 1] == '\n');
        MUST(strncmp(error.data, path, strlen(path)) == 0);
    }
    buf_free(&error);
    free(s.db);
    free(s.key);
    return 0;
}
