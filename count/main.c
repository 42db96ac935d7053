/* main.c: wardmote-count, which counts a published vote on any machine, without a network. */
#include "count/check.h"
#include "count/command.h"
#include "count/result.h"
#include "count/rule.h"

/* The Makefile says which version this is. */
#ifndef WM_VERSION
#define WM_VERSION "unversioned"
#endif

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

static const char help_top[] =
    "wardmote-count counts a vote that was published as a Pabulib file (.pb).\n"
    "It needs no network and no database: the same file gives the same result anywhere.\n"
    "\n"
    "  wardmote-count tally FILE [--rule RULE] [--seed HEX] [settings] [--json | --explain]\n"
    "  wardmote-count check FILE\n"
    "  wardmote-count compare FILE --rules RULE,RULE... [--seed HEX] [--json]\n"
    "  wardmote-count convert FILE [-o OUT]\n"
    "  wardmote-count --help | --version\n"
    "\n"
    "tally counts; check says what is wrong with the file; convert writes it as\n"
    "Pabulib's format has it today, and says what it changed; compare counts by several\n"
    "rules, each with settings of its own after colons, and says who would win under which.\n"
    "FILE may be - for standard input.\n"
    "\n"
    "  --rule RULE   how to count; the rules and their settings are listed below\n"
    "  --seed HEX    64 hexadecimal digits, from which lots are drawn between proposals with\n"
    "                equal votes and equal costs; without it they go by natural order of id\n"
    "  --ties error  say which proposals are equally good instead of putting them in order\n"
    "  --json        write the result for machines\n"
    "  --explain     write every step, to be followed with a pocket calculator\n"
    "  --exact       rational numbers in every comparison: the same result, more slowly\n"
    "  --strict      refuse a file that would only be warned about\n"
    "\n"
    "Rules:\n";

static const char help_examples[] =
    "\n"
    "Examples:\n"
    "  wardmote-count tally acomb-2025.pb\n"
    "  wardmote-count tally acomb-2025.pb --explain | less\n"
    "  wardmote-count tally acomb-2025.pb --minimum-votes 10 --fund-unsupported no --json\n"
    "  wardmote-count tally agreement.pb --rule yes-no --minimum-votes 100\n"
    "  wardmote-count check acomb-2025.pb\n"
    "  wardmote-count compare acomb-2025.pb --rules greedy,mes:utility=card,phragmen\n"
    "  wardmote-count convert acomb-2025.pb -o acomb-tidy.pb\n"
    "\n"
    "Exit status: 0 counted, 1 the file was refused or has errors, 2 a tie, with --ties error,\n"
    "64 the command was not understood.\n";

static void help_rule(const struct rule *rule)
{
    struct terms initial = terms_new(rule);
    printf("\n  %s\n      %s\n", rule->name, rule->summary);
    for (size_t i = 0; i < rule->param_count; i++) {
        const struct param *p = &rule->params[i];
        printf("      --%s ", p->name);
        for (size_t k = 0; p->kind == PARAM_CHOICE && p->choices[k] != NULL; k++)
            printf("%s%s", k > 0 ? "|" : "", p->choices[k]);
        if (p->kind != PARAM_CHOICE)
            printf("%s", p->kind == PARAM_YES_NO    ? "yes|no"
                         : p->kind == PARAM_PERCENT ? "PERCENT"
                                                    : "N");
        printf("   %s (otherwise: %s)\n", p->help, terms_word(&initial, i));
    }
}

static void help(void)
{
    fputs(help_top, stdout);
    for (size_t i = 0; rules[i] != NULL; i++)
        help_rule(rules[i]);
    fputs(help_examples, stdout);
}

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
    for (int i = 2; i < argc; i++) {
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

static int check_file(const struct order *o)
{
    struct election *e = wm_alloc(sizeof(*e));
    struct refusal why;
    int status;
    election_init(e);
    e->keep_lines = true;
    if (command_read(o->path, e, &why)) {
        struct check check = check_election(e, o->path);
        buf_fmt(&check.text, "%zu errors, %zu warnings\n", check.errors, check.warnings);
        status = command_print(buf_str(&check.text));
        if (check.errors > 0)
            status = EXIT_REFUSED;
        buf_free(&check.text);
    } else {
        status = command_refused(o->path, &why);
    }
    election_free(e);
    free(e);
    return status;
}

int main(int argc, char **argv)
{
    struct order o = {.path = NULL};
    struct terms terms;
    const char *command = argc > 1 ? argv[1] : "";
    if (strcmp(command, "--help") == 0 || strcmp(command, "help") == 0) {
        help();
        return 0;
    }
    if (strcmp(command, "--version") == 0) {
        puts("wardmote-count " WM_VERSION);
        return 0;
    }
    if (strcmp(command, "convert") == 0)
        return command_convert(argc - 2, argv + 2);
    if (strcmp(command, "compare") == 0)
        return command_compare(argc - 2, argv + 2);
    bool check = strcmp(command, "check") == 0;
    if (!check && strcmp(command, "tally") != 0)
        return command_usage(*command != '\0' ? "there is no command" : "no command was given",
                             command);
    int status = read_order(argc, argv, &o);
    if (status == 0 && check)
        return argc == 3 ? check_file(&o)
                         : command_usage("check takes a file and nothing else", "");
    if (status == 0)
        status = read_terms(&o, &terms);
    return status == 0 ? tally_file(&o, &terms) : status;
}
