/* cmd_check.c: wardmote-count check, which says what is wrong with a file. */
#include <stdio.h>

#include "count/check.h"
#include "count/command.h"

static int check(const char *path, bool strict)
{
    struct refusal why;
    FILE *in = command_open(path, &why);
    if (in == NULL)
        return command_refused(path, &why);
    if (fseek(in, 0, SEEK_SET) != 0) {
        fclose(in);
        refuse(&why, 0, "it cannot be read twice: check takes a plain file");
        return command_refused(path, &why);
    }
    struct check check = check_file(in, path);
    buf_fmt(&check.text, "%zu error%s, %zu warning%s\n", check.errors, check.errors == 1 ? "" : "s",
            check.warnings, check.warnings == 1 ? "" : "s");
    int status = command_print(buf_str(&check.text));
    if (check.errors > 0 || (strict && check.warnings > 0))
        status = EXIT_REFUSED;
    buf_free(&check.text);
    fclose(in);
    return status;
}

static int list_codes(void)
{
    struct buf text = buf_new(1 << 16);
    check_codes_list(&text);
    int status = command_print(buf_str(&text));
    buf_free(&text);
    return status;
}

int command_check(int argc, char **argv)
{
    const char *path = NULL;
    bool strict = false;
    if (argc == 1 && strcmp(argv[0], "--codes") == 0)
        return list_codes();
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--strict") == 0)
            strict = true;
        else if ((argv[i][0] == '-' && argv[i][1] != '\0') || path != NULL)
            return command_usage("check takes a file and --strict, not", argv[i]);
        else
            path = argv[i];
    }
    return path != NULL ? check(path, strict) : command_usage("which file?", "");
}
