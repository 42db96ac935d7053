/* cmd_convert.c: wardmote-count convert, which writes a readable file as the format has it today.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "count/command.h"
#include "count/pabulib.h"
#include "count/pabulib_write.h"

static bool convert(FILE *in, FILE *out, struct buf *changes, struct refusal *why)
{
    struct election *e = wm_alloc(sizeof(*e));
    election_init(e);
    bool ok = pabulib_read(in, e, why);
    if (ok && fseek(in, 0, SEEK_SET) != 0)
        ok = refuse(why, 0, "it cannot be read twice: convert takes a plain file");
    if (ok) {
        bool texts = pabulib_has_texts(in);
        rewind(in);
        ok = pabulib_write(in, e, texts, out, changes, why);
    }
    election_free(e);
    free(e);
    return ok;
}

/* Writes beside OUT and puts it in its place only when whole, so that OUT may be FILE itself. */
static bool convert_to(FILE *in, const char *path, struct buf *changes, struct refusal *why)
{
    struct buf part = buf_new(8192);
    buf_fmt(&part, "%s.part", path);
    FILE *out = fopen(buf_str(&part), "wbe");
    bool ok = out != NULL || refuse(why, 0, "%s: %s", quote(path).text, strerrordesc_np(errno));
    ok = ok && convert(in, out, changes, why);
    if (out != NULL && fclose(out) != 0 && ok)
        ok = refuse(why, 0, "%s could not be written", quote(path).text);
    if (ok && rename(buf_str(&part), path) != 0)
        ok = refuse(why, 0, "%s: %s", quote(path).text, strerrordesc_np(errno));
    if (out != NULL && !ok)
        unlink(buf_str(&part));
    buf_free(&part);
    return ok;
}

static int run(const char *path, const char *out_path)
{
    struct refusal why = {.line = 0};
    struct buf changes = buf_new(1 << 20);
    FILE *in = command_open(path, &why);
    bool ok = in != NULL && (out_path != NULL ? convert_to(in, out_path, &changes, &why)
                                              : convert(in, stdout, &changes, &why));
    if (in != NULL)
        fclose(in);
    if (ok)
        fputs(buf_str(&changes), stderr);
    buf_free(&changes);
    return ok ? 0 : command_refused(path, &why);
}

int command_convert(int argc, char **argv)
{
    const char *path = NULL;
    const char *out = NULL;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "-o") == 0) {
            if (++i == argc)
                return command_usage("a value is missing after", "-o");
            out = argv[i];
        } else if ((argv[i][0] == '-' && argv[i][1] != '\0') || path != NULL) {
            return command_usage("convert takes a file and -o OUT, not", argv[i]);
        } else {
            path = argv[i];
        }
    }
    return path != NULL ? run(path, out) : command_usage("which file?", "");
}
