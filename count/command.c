/* command.c: what the commands of wardmote-count share. */
#include "count/command.h"

#include <errno.h>
#include <stdio.h>

#include "count/csv.h"
#include "count/pabulib.h"

int command_usage(const char *problem, const char *word)
{
    fprintf(stderr, "wardmote-count: %s%s%s\nTry: wardmote-count --help\n", problem,
            *word != '\0' ? " " : "", quote(word).text);
    return EXIT_USAGE;
}

int command_refused(const char *path, const struct refusal *why)
{
    fprintf(stderr, "wardmote-count: %s:", path);
    if (why->line > 0)
        fprintf(stderr, "%zu:", why->line);
    fprintf(stderr, " %s\n", why->text);
    return EXIT_REFUSED;
}

bool command_read(const char *path, struct election *e, struct refusal *why)
{
    bool standard_input = strcmp(path, "-") == 0;
    FILE *in = standard_input ? stdin : fopen(path, "rbe");
    if (in == NULL)
        return refuse(why, 0, "%s", strerrordesc_np(errno));
    bool ok = pabulib_read(in, e, why);
    if (!standard_input)
        fclose(in);
    return ok;
}

/* How much of the chunk to keep, given how long the present line is already: a line that no reader
 * takes ends the copy, however much more of it would come. */
static size_t useful(const char *chunk, size_t len, size_t *line)
{
    for (size_t i = 0; i < len; i++) {
        *line = chunk[i] == '\n' || chunk[i] == '\r' ? 0 : *line + 1;
        if (*line > CSV_RECORD_MAX)
            return i + 1;
    }
    return len;
}

/* Copies standard input. */
static bool keep(FILE *out)
{
    char chunk[CSV_CHUNK];
    size_t len;
    size_t line = 0;
    uint64_t total = 0;
    while (total <= CSV_FILE_MAX && line <= CSV_RECORD_MAX && !ferror(out) &&
           (len = fread(chunk, 1, sizeof(chunk), stdin)) > 0) {
        len = useful(chunk, len, &line);
        fwrite(chunk, 1, len, out);
        total += len;
    }
    return fflush(out) == 0 && !ferror(out) && !ferror(stdin);
}

FILE *command_open(const char *path, struct refusal *why)
{
    bool standard_input = strcmp(path, "-") == 0;
    FILE *in = standard_input ? tmpfile() : fopen(path, "rbe");
    if (in == NULL) {
        refuse(why, 0, "%s", strerrordesc_np(errno));
        return NULL;
    }
    if (!standard_input || keep(in)) {
        rewind(in);
        return in;
    }
    refuse(why, 0, "standard input could not be kept");
    fclose(in);
    return NULL;
}

int command_print(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return 0;
    fputs("wardmote-count: the result could not be written\n", stderr);
    return EXIT_REFUSED;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool command_seed(const char *text, uint8_t seed[LOT_SEED_LEN])
{
    if (strlen(text) != (size_t)2 * LOT_SEED_LEN)
        return false;
    for (size_t i = 0; i < LOT_SEED_LEN; i++) {
        int high = hex_digit(text[2 * i]);
        int low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        seed[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
