/* conf.c: reads settings by a table: default, then file, then environment; the last one given is
 * the one that is checked and stored. */
#include "common/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 256 * 1024, WHERE_MAX = 256 };

/* What was given for one row, and where, for the error's words. */
struct given {
    char *value; /* NULL: nothing yet */
    char where[WHERE_MAX];
    bool in_file;
};

struct loading {
    const struct conf_row *table;
    size_t rows;
    struct given *given;
    struct buf *error;
    bool failed;
};

static void __attribute__((format(printf, 3, 4)))
complain(struct loading *l, const char *where, const char *format, ...)
{
    va_list args;
    buf_fmt(l->error, "%s: ", where);
    va_start(args, format);
    buf_vfmt(l->error, format, args);
    va_end(args);
    buf_char(l->error, '\n');
    l->failed = true;
}

static void give(struct given *g, const char *value, const char *where)
{
    free(g->value);
    g->value = wm_strdup(value);
    snprintf(g->where, sizeof(g->where), "%s", where);
}

/* The whole of a small file as a string; NULL with `reason` when that cannot be had. */
static char *read_file(const char *path, const char **reason, mode_t *mode)
{
    char *text = NULL;
    struct stat about;
    size_t len = 0;
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about) != 0) {
        *reason = strerror(errno);
        goto out;
    }
    *mode = about.st_mode;
    text = wm_alloc(FILE_BYTES_MAX + 1);
    while (len < FILE_BYTES_MAX && (n = read(fd, text + len, FILE_BYTES_MAX - len)) > 0)
        len += (size_t)n;
    if (n < 0)
        *reason = strerror(errno);
    else if (len == FILE_BYTES_MAX)
        *reason = "is too big";
    else if (memchr(text, '\0', len) != NULL)
        *reason = "holds a NUL byte";
    if (*reason != NULL) {
        free(text);
        text = NULL;
    }
out:
    if (fd >= 0)
        close(fd);
    return text;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Cuts blanks off both ends, in place. */
static char *trim(char *s)
{
    while (is_blank(*s))
        s++;
    size_t len = strlen(s);
    while (len > 0 && is_blank(s[len - 1]))
        s[--len] = '\0';
    return s;
}

static struct given *find(struct loading *l, const char *key)
{
    for (size_t i = 0; i < l->rows; i++)
        if (strcmp(l->table[i].key, key) == 0)
            return &l->given[i];
    return NULL;
}

static void read_line(struct loading *l, char *line, const char *where)
{
    line = trim(line);
    if (*line == '\0' || *line == '#')
        return;
    char *equals = strchr(line, '=');
    if (equals == NULL) {
        complain(l, where, "a line is \"key = value\"");
        return;
    }
    *equals = '\0';
    char *key = trim(line);
    struct given *g = find(l, key);
    if (g == NULL) {
        complain(l, where, "there is no setting \"%.60s\"", key);
    } else if (g->in_file) {
        complain(l, where, "%s is given twice, first at %s", key, g->where);
    } else {
        g->in_file = true;
        give(g, trim(equals + 1), where);
    }
}

static void read_settings(struct loading *l, const char *path)
{
    const char *reason = NULL;
    mode_t mode = 0;
    char where[WHERE_MAX];
    char *text = read_file(path, &reason, &mode);
    if (text == NULL) {
        complain(l, path, "cannot be read: %s", reason);
        return;
    }
    char *line = text;
    for (unsigned number = 1; line != NULL; number++) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        snprintf(where, sizeof(where), "%s:%u", path, number);
        read_line(l, line, where);
        line = end != NULL ? end + 1 : NULL;
    }
    free(text);
}

static void read_environment(struct loading *l)
{
    char name[128];
    for (size_t i = 0; i < l->rows; i++) {
        int len = snprintf(name, sizeof(name), "WARDMOTE_%s", l->table[i].key);
        for (int j = 0; j < len; j++)
            if (name[j] >= 'a' && name[j] <= 'z')
                name[j] = (char)(name[j] - 'a' + 'A');
        const char *value = getenv(name);
        if (value != NULL)
            give(&l->given[i], value, name);
    }
}

static bool length_fits(struct loading *l, const struct conf_row *row, const struct given *g,
                        const char *text)
{
    size_t len = strlen(text);
    if (len >= (size_t)row->min && len <= (size_t)row->max)
        return true;
    complain(l, g->where, "%s must be %" PRId64 " to %" PRId64 " bytes long, not %zu", row->key,
             row->min, row->max, len);
    return false;
}

/* The content of the file that a secret's value names. An empty value is an absent secret, for a
 * row that allows length 0. The content itself never appears in an error. */
static char *read_secret(struct loading *l, const struct conf_row *row, const struct given *g)
{
    const char *reason = NULL;
    mode_t mode = 0;
    if (g->value[0] == '\0' && row->min == 0)
        return wm_strdup("");
    char *text = read_file(g->value, &reason, &mode);
    if (text == NULL) {
        complain(l, g->where, "%s: the file %s cannot be read: %s", row->key, g->value, reason);
        return NULL;
    }
    size_t len = strlen(text);
    if (len > 0 && text[len - 1] == '\n')
        text[len - 1] = '\0';
    if ((mode & 007) != 0) {
        complain(l, g->where, "%s: the file %s may be read by others: chmod o= it", row->key,
                 g->value);
    } else if (length_fits(l, row, g, text)) {
        return text;
    }
    free(text);
    return NULL;
}

static void store_number(struct loading *l, const struct conf_row *row, const struct given *g,
                         int64_t *out)
{
    if (!parse_int(g->value, row->min, row->max, out))
        complain(l, g->where, "%s must be a number from %" PRId64 " to %" PRId64, row->key,
                 row->min, row->max);
}

static void store_flag(struct loading *l, const struct conf_row *row, const struct given *g,
                       bool *out)
{
    if (strcmp(g->value, "on") == 0)
        *out = true;
    else if (strcmp(g->value, "off") == 0)
        *out = false;
    else
        complain(l, g->where, "%s must be \"on\" or \"off\"", row->key);
}

static void store(struct loading *l, const struct conf_row *row, const struct given *g,
                  void *member)
{
    switch (row->type) {
    case CONF_TEXT:
        if (length_fits(l, row, g, g->value))
            *(char **)member = wm_strdup(g->value);
        return;
    case CONF_NUMBER:
        store_number(l, row, g, member);
        return;
    case CONF_FLAG:
        store_flag(l, row, g, member);
        return;
    case CONF_SECRET:
        *(char **)member = read_secret(l, row, g);
        return;
    }
}

bool conf_load(const struct conf_row *table, size_t rows, void *settings, const char *path,
               struct buf *error)
{
    struct loading l = {.table = table, .rows = rows, .error = error, .failed = false};
    l.given = wm_alloc(rows * sizeof(*l.given));
    for (size_t i = 0; i < rows; i++)
        if (table[i].initial != NULL)
            give(&l.given[i], table[i].initial, "default");
    if (path != NULL)
        read_settings(&l, path);
    read_environment(&l);
    for (size_t i = 0; i < rows; i++) {
        void *member = (char *)settings + table[i].offset;
        if (table[i].type == CONF_TEXT || table[i].type == CONF_SECRET)
            *(char **)member = NULL;
        if (l.given[i].value != NULL)
            store(&l, &table[i], &l.given[i], member);
        else
            complain(&l, path != NULL ? path : "settings", "%s must be given: %s", table[i].key,
                     table[i].help);
        free(l.given[i].value);
    }
    free(l.given);
    return !l.failed;
}

static const char *type_name(enum conf_type type)
{
    switch (type) {
    case CONF_TEXT:
        return "text";
    case CONF_NUMBER:
        return "number";
    case CONF_FLAG:
        return "on/off";
    case CONF_SECRET:
        return "path of a secret";
    }
    return "";
}

void conf_help(const struct conf_row *table, size_t rows, struct buf *out)
{
    for (size_t i = 0; i < rows; i++) {
        const struct conf_row *row = &table[i];
        buf_fmt(out, "  %s  (%s", row->key, type_name(row->type));
        if (row->type == CONF_NUMBER)
            buf_fmt(out, ", %" PRId64 " to %" PRId64, row->min, row->max);
        else if (row->type != CONF_FLAG)
            buf_fmt(out, ", %" PRId64 " to %" PRId64 " bytes", row->min, row->max);
        if (row->initial == NULL)
            buf_str_add(out, ", must be given)\n");
        else if (row->initial[0] == '\0')
            buf_str_add(out, ", default: none)\n");
        else
            buf_fmt(out, ", default: %s)\n", row->initial);
        buf_fmt(out, "      %s\n", row->help);
    }
}
