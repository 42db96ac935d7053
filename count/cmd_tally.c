/* cmd_tally.c: wardmote-count tally, which counts one file by one rule. */
#include <stdio.h>

#include "count/command.h"
#include "count/result.h"
#include "count/rule.h"

enum { SETTINGS_MAX = 20 };

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_EXPLAIN };

/* --name value, kept until the rule is known. */
struct setting {
    const char *name;
    const char *value;
};

struct order {
    const char *path;
    const char *rule;
    const char *seed;
    const char *ties;
    enum format format;
    bool format_given;
    bool strict;
    bool exact;
    struct setting settings[SETTINGS_MAX];
    size_t setting_count;
};

static bool is_flag(struct order *o, const char *name)
{
    enum format before = o->format;
    if (strcmp(name, "strict") == 0) {
        o->strict = true;
        return true;
    }
    if (strcmp(name, "exact") == 0) {
        o->exact = true;
        return true;
    }
    if (strcmp(name, "json") == 0)
        o->format = FORMAT_JSON;
    else if (strcmp(name, "explain") == 0)
        o->format = FORMAT_EXPLAIN;
    else
        return false;
    /* Asking for both would leave one out: marked by going back to text. */
    if (o->format_given && o->format != before)
        o->format = FORMAT_TEXT;
    o->format_given = true;
    return true;
}

static int take_setting(struct order *o, const char *name, const char *value)
{
    if (value == NULL)
        return command_usage("a value is missing after", name - 2);
    if (strcmp(name, "rule") == 0)
        o->rule = value;
    else if (strcmp(name, "seed") == 0)
        o->seed = value;
    else if (strcmp(name, "ties") == 0)
        o->ties = value;
    else if (o->setting_count == SETTINGS_MAX)
        return command_usage("too many settings", "");
    else
        o->settings[o->setting_count++] = (struct setting){.name = name, .value = value};
    return 0;
}

static int read_order(int argc, char **argv, struct order *o)
{
    for (int i = 0; i < argc; i++) {
        const char *arg = argv[i];
        if (strncmp(arg, "--", 2) != 0) {
            if (o->path != NULL)
                return command_usage("one file at a time, not also", arg);
            o->path = arg;
        } else if (!is_flag(o, arg + 2)) {
            int status = take_setting(o, arg + 2, argv[i + 1]);
            if (status != 0)
                return status;
            i++;
        }
    }
    if (o->path == NULL)
        return command_usage("which file?", "");
    if (o->format_given && o->format == FORMAT_TEXT)
        return command_usage("--json or --explain, not both", "");
    return 0;
}

static int read_terms(const struct order *o, struct terms *terms)
{
    const struct rule *rule = o->rule != NULL ? rule_find(o->rule) : rules[0];
    struct refusal why;
    if (rule == NULL)
        return command_usage("there is no rule", o->rule);
    *terms = terms_new(rule);
    for (size_t i = 0; i < o->setting_count; i++) {
        if (!terms_set(terms, o->settings[i].name, o->settings[i].value, &why))
            return command_usage(why.text, "");
    }
    if (o->seed != NULL && !command_seed(o->seed, terms->seed))
        return command_usage("--seed takes 64 hexadecimal digits, not", o->seed);
    if (o->ties != NULL && strcmp(o->ties, "break") != 0 && strcmp(o->ties, "error") != 0)
        return command_usage("--ties takes break or error, not", o->ties);
    terms->ties_error = o->ties != NULL && strcmp(o->ties, "error") == 0;
    terms->has_seed = o->seed != NULL;
    terms->exact = o->exact;
    return 0;
}

static bool check_strictly(const struct election *e, struct refusal *why)
{
    if (e->warning_count == 0)
        return true;
    return refuse(why, 0, "refused as --strict was given: %s", e->warnings[0]);
}

static int print_result(const struct order *o, const struct election *e, const struct terms *terms,
                        const struct tally *t)
{
    char *text = NULL;
    switch (o->format) {
    case FORMAT_TEXT:
        text = result_text(e, terms, t);
        break;
    case FORMAT_JSON:
        text = result_json(e, terms, t);
        break;
    case FORMAT_EXPLAIN:
        text = result_explain(e, terms, t);
        break;
    }
    int status = command_print(text);
    free(text);
    return status;
}

/* Says which ties there are; 0 when none may have decided. */
static int report_ties(const char *path, const struct election *e, const struct tally *t)
{
    struct buf list = buf_new(64 << 20);
    size_t ties = ties_list(&list, e, t);
    if (ties > 0)
        fprintf(stderr, "wardmote-count: %s: not counted, as --ties error was given:\n%s", path,
                buf_str(&list));
    buf_free(&list);
    return ties > 0 ? EXIT_TIED : 0;
}

static int tally_file(const struct order *o, const struct terms *terms)
{
    struct election *e = wm_alloc(sizeof(*e));
    struct tally t;
    struct refusal why;
    int status;
    election_init(e);
    if (!command_read(o->path, e, &why) || (o->strict && !check_strictly(e, &why)) ||
        !terms->rule->count(e, terms, &t, &why)) {
        status = command_refused(o->path, &why);
    } else {
        status = terms->ties_error ? report_ties(o->path, e, &t) : 0;
        if (status == 0)
            status = print_result(o, e, terms, &t);
        tally_free(&t);
    }
    election_free(e);
    free(e);
    return status;
}

int command_tally(int argc, char **argv)
{
    struct order o = {.path = NULL};
    struct terms terms;
    int status = read_order(argc, argv, &o);
    if (status == 0)
        status = read_terms(&o, &terms);
    return status == 0 ? tally_file(&o, &terms) : status;
}
