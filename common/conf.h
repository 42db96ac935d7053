/* conf.h: settings from one table. A row names a key, its type, bounds and default; values come
 * from the table's default, then the file, then the environment (WARDMOTE_<KEY>, upper case).
 *
 * The file has lines `key = value`; `#` starts a comment line; blank lines are fine. An unknown
 * key, a key given twice, a value out of bounds or a missing required value is an error that
 * names the file and line in the operator's words. A CONF_SECRET's value is the path of a file
 * that holds the secret (one trailing newline is dropped; the file must not be readable by
 * others: mode & 007 == 0); its content, not its path, is stored. */
#ifndef WM_CONF_H
#define WM_CONF_H

#include "common/buf.h"

enum conf_type { CONF_TEXT, CONF_NUMBER, CONF_FLAG, CONF_SECRET };

struct conf_row {
    const char *key;     /* lower case with underscores */
    enum conf_type type; /* CONF_TEXT: char *, CONF_NUMBER: int64_t, CONF_FLAG: bool (on/off),
                            CONF_SECRET: char * */
    size_t offset;       /* of the member in the daemon's struct */
    int64_t min, max;    /* CONF_NUMBER: value; CONF_TEXT and CONF_SECRET: length in bytes */
    const char *initial; /* default as it would be written; NULL: must be given */
    const char *help;    /* one line for --help */
};

/* Fills `settings` from the table. `path` NULL: no file. On failure returns false with one line
 * in `error` per problem (all problems, not only the first). Strings are owned by `settings`
 * and live as long as the process. Call before threads start. */
bool conf_load(const struct conf_row *table, size_t rows, void *settings, const char *path,
               struct buf *error);
/* The table as text, for --help: key, type, bounds, default, help. */
void conf_help(const struct conf_row *table, size_t rows, struct buf *out);

#endif
