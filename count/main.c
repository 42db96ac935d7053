/* main.c: wardmote-count, which counts a published vote on any machine, without a network. */
#include "count/command.h"
#include "count/rule.h"

/* The Makefile says which version this is. */
#ifndef WM_VERSION
#define WM_VERSION "unversioned"
#endif

static const char help_top[] =
    "wardmote-count counts a vote that was published as a Pabulib file (.pb).\n"
    "It needs no network and no database: the same file gives the same result anywhere.\n"
    "\n"
    "  wardmote-count tally FILE [--rule RULE] [--seed HEX] [settings] [--json | --explain]\n"
    "  wardmote-count check FILE [--strict] | --codes\n"
    "  wardmote-count compare FILE --rules RULE,RULE... [--seed HEX] [--json]\n"
    "  wardmote-count convert FILE [-o OUT]\n"
    "  wardmote-count --help | --version\n"
    "\n"
    "tally counts; check says what is wrong with the file, line by line, each finding with a\n"
    "code word (--codes lists them; --strict: warnings fail too); convert writes it as\n"
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
    "  wardmote-count check acomb-2025.pb --strict\n"
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

/* Also after a command: "wardmote-count tally --help". */
static bool asks_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } commands[] = {
        {"tally", command_tally},
        {"check", command_check},
        {"compare", command_compare},
        {"convert", command_convert},
    };
    const char *command = argc > 1 ? argv[1] : "";
    if (strcmp(command, "help") == 0 || asks_help(argc, argv)) {
        help();
        return 0;
    }
    if (strcmp(command, "--version") == 0) {
        puts("wardmote-count " WM_VERSION);
        return 0;
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(command, commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    }
    return command_usage(*command != '\0' ? "there is no command" : "no command was given",
                         command);
}
