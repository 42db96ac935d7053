/* cmd_compare.c: wardmote-count compare, which counts one file by several rules. */
#include <stdio.h>

#include "count/command.h"
#include "count/compare.h"
#include "count/rule.h"

struct order {
    const char *path;
    const char *seed;
    char *rules; /* cut up into labels and their words */
    bool json;
    struct contender all[COMPARE_MAX];
    char *labels[COMPARE_MAX];
    size_t count;
};

/* Cuts the text at the first such byte; the rest, or NULL when there is none. */
static char *cut(char *text, char at)
{
    char *rest = strchr(text, at);
    if (rest == NULL)
        return NULL;
    *rest = '\0';
    return rest + 1;
}

/* "mes" or "mes:utility=card:completion=none". */
static int read_contender(struct order *o, char *text)
{
    struct contender *c = &o->all[o->count];
    struct refusal why;
    o->labels[o->count] = wm_strdup(text);
    c->label = o->labels[o->count++];
    char *settings = cut(text, ':');
    const struct rule *rule = rule_find(text);
    if (rule == NULL || rule->kind != RULE_FUNDS)
        return command_usage("compare takes rules that fund; there is none called", text);
    c->terms = terms_new(rule);
    while (settings != NULL) {
        char *name = settings;
        settings = cut(name, ':');
        char *value = cut(name, '=');
        if (value == NULL)
            return command_usage("a setting is NAME=VALUE, not", name);
        if (!terms_set(&c->terms, name, value, &why))
            return command_usage(why.text, "");
    }
    c->terms.has_seed = o->seed != NULL;
    if (o->seed != NULL && !command_seed(o->seed, c->terms.seed))
        return command_usage("--seed takes 64 hexadecimal digits, not", o->seed);
    return 0;
}

static int read_rules(struct order *o)
{
    char *next = o->rules;
    int status = 0;
    while (next != NULL && status == 0) {
        char *text = next;
        next = cut(text, ',');
        if (o->count == COMPARE_MAX)
            return command_usage("too many rules to compare", "");
        status = read_contender(o, text);
    }
    return status == 0 && o->count < 2 ? command_usage("compare takes two rules or more", "")
                                       : status;
}

static int read_order(int argc, char **argv, struct order *o)
{
    for (int i = 0; i < argc; i++) {
        bool takes_value = strcmp(argv[i], "--rules") == 0 || strcmp(argv[i], "--seed") == 0;
        if (takes_value && i + 1 == argc)
            return command_usage("a value is missing after", argv[i]);
        if (strcmp(argv[i], "--json") == 0) {
            o->json = true;
        } else if (strcmp(argv[i], "--seed") == 0) {
            o->seed = argv[++i];
        } else if (takes_value) {
            free(o->rules);
            o->rules = wm_strdup(argv[++i]);
        } else if (strncmp(argv[i], "--", 2) == 0 || o->path != NULL) {
            return command_usage("compare takes a file, --rules, --seed and --json, not", argv[i]);
        } else {
            o->path = argv[i];
        }
    }
    if (o->path == NULL)
        return command_usage("which file?", "");
    return o->rules != NULL ? read_rules(o) : command_usage("compare needs --rules", "");
}

static int compare(struct order *o, struct election *e)
{
    struct refusal why;
    size_t counted = 0;
    int status = 0;
    bool ok = command_read(o->path, e, &why);
    while (ok && counted < o->count) {
        struct contender *c = &o->all[counted];
        ok = c->terms.rule->count(e, &c->terms, &c->tally, &why);
        counted += ok;
    }
    if (ok) {
        char *text = o->json ? compare_json(e, o->all, counted) : compare_text(e, o->all, counted);
        status = command_print(text);
        free(text);
    } else {
        status = command_refused(o->path, &why);
    }
    for (size_t i = 0; i < counted; i++)
        tally_free(&o->all[i].tally);
    return status;
}

int command_compare(int argc, char **argv)
{
    struct order *o = wm_alloc(sizeof(*o));
    int status = read_order(argc, argv, o);
    if (status == 0) {
        struct election *e = wm_alloc(sizeof(*e));
        election_init(e);
        status = compare(o, e);
        election_free(e);
        free(e);
    }
    for (size_t i = 0; i < o->count; i++)
        free(o->labels[i]);
    free(o->rules);
    free(o);
    return status;
}
