/* check_meta.c: what META says, line by line and against itself. */
#include <strings.h>

#include "count/amount.h"
#include "count/check_inside.h"
#include "count/pabulib.h"

/* Keys of older files, and our own "exclusions": they can stay, but are not the format's. */
static bool is_other_key(const char *key)
{
    static const char *const keys[] = {
        "comments",
        "scoring_fn",
        "max_length_unit",
        "min_length_unit",
        "max_length_district",
        "min_length_district",
        "exclusions",
        NULL,
    };
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

static void check_key(struct checker *c, const char *key)
{
    size_t line = c->csv->line;
    int place = check_field_find(IN_META, key);
    if (place == NOT_THERE) {
        if (is_other_key(key))
            found(c, WARNING, line, "other-key", "\"%s\" is not in Pabulib's format", key);
        else
            found(c, ERROR, line, "unknown-key", "META has no line \"%s\" in the format",
                  quote(key).text);
        return;
    }
    const struct field *f = &check_fields[IN_META].list[place];
    if (strcmp(f->name, key) != 0)
        found(c, ERROR, line, "unknown-key", "\"%s\" is written \"%s\"", quote(key).text, f->name);
    if ((size_t)place < c->last_field)
        found(c, WARNING, line, "key-order", "in the format \"%s\" stands before \"%s\"", f->name,
              check_fields[IN_META].list[c->last_field].name);
    else
        c->last_field = (size_t)place;
    check_value(c, f, c->csv->field_count > 1 ? c->csv->fields[1] : "", f->name);
}

static bool is_key_value(const struct csv *csv)
{
    return csv->field_count >= 2 && strcasecmp(csv->fields[0], "key") == 0 &&
           strcasecmp(csv->fields[1], "value") == 0;
}

void check_meta_row(struct checker *c)
{
    const struct csv *csv = c->csv;
    const char *key = csv->fields[0];
    bool first = !c->header_seen;
    c->header_seen = true;
    if (first && is_key_value(csv))
        return;
    if (first)
        found(c, ERROR, csv->line, "no-key-value", "META must begin with the line key;value");
    if (*key == '\0') {
        found(c, ERROR, csv->line, "empty-key", "a line of META begins without a key");
        return;
    }
    if (csv->field_count > 2)
        found(c, WARNING, csv->line, "extra-cells", "%zu cells where a line of META has 2",
              csv->field_count);
    const struct meta *before = check_meta_of(c, key);
    if (before != NULL) {
        found(c, ERROR, csv->line, "key-repeated", "\"%s\" is already on line %zu", quote(key).text,
              before->line);
        return;
    }
    check_key(c, key);
    if (c->e->meta_count == ELECTION_META_MAX || strlen(key) > PABULIB_ID_MAX)
        return; /* the count refuses the file */
    const char *value = csv->field_count > 1 ? csv->fields[1] : "";
    election_meta_add(c->e, key, strlen(value) <= PABULIB_META_VALUE_MAX ? value : "", csv->line);
}

static void check_required(struct checker *c)
{
    const struct fields *fields = &check_fields[IN_META];
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->list[i].required && check_meta_of(c, fields->list[i].name) == NULL)
            found(c, ERROR, c->section_line, "missing-key", "META has no line \"%s\"",
                  fields->list[i].name);
    }
    if (c->type_known && c->e->vote_type == VOTE_CUMULATIVE &&
        check_meta_text(c, "max_sum_points") == NULL)
        found(c, ERROR, c->section_line, "missing-key",
              "META of a cumulative vote has no line \"max_sum_points\"");
}

static void check_rule_name(struct checker *c)
{
    static const char *const known[] = {
        "greedy",
        "greedy-no-skip",
        "greedy-threshold",
        "greedy-exclusive",
        "greedy-custom",
        "equalshares",
        "equalshares/add1",
        "equalshares-comparison",
        "equalshares/add1-comparison",
        "unknown",
        NULL,
    };
    const struct meta *rule = check_meta_of(c, "rule");
    if (rule == NULL || *rule->value == '\0')
        return;
    size_t i = 0;
    while (known[i] != NULL && strcmp(known[i], rule->value) != 0)
        i++;
    if (known[i] == NULL)
        found(c, ERROR, rule->line, "unknown-rule", "rule \"%s\" is not one of Pabulib's",
              quote(rule->value).text);
    bool threshold = check_meta_of(c, "min_project_score_threshold") != NULL;
    if (strcmp(rule->value, "greedy-threshold") == 0 && !threshold)
        found(c, ERROR, rule->line, "rule-threshold",
              "greedy-threshold needs min_project_score_threshold");
    if (strcmp(rule->value, "greedy") == 0 && threshold)
        found(c, ERROR, rule->line, "rule-threshold",
              "with min_project_score_threshold the rule is greedy-threshold");
    if (strcmp(rule->value, "greedy-custom") == 0 && check_meta_text(c, "comment") == NULL)
        found(c, WARNING, rule->line, "rule-comment",
              "greedy-custom needs a comment that explains it");
}

static unsigned days_of(unsigned month, unsigned year)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads "yyyy" or "dd.mm.yyyy" into yyyymmdd (a year alone: yyyy0000). */
static bool read_date(const char *text, unsigned *out)
{
    static const char *const shapes[] = {"dddd", "dd.dd.dddd"};
    size_t len = strlen(text);
    const char *shape = len == 4 ? shapes[0] : shapes[1];
    if (len != strlen(shape))
        return false;
    unsigned digits = 0;
    for (size_t i = 0; i < len; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i])
            return false;
        digits = digit ? digits * 10 + (unsigned)(text[i] - '0') : digits;
    }
    if (len == 4) {
        *out = digits * 10000;
        return true;
    }
    unsigned day = digits / 1000000;
    unsigned month = digits / 10000 % 100;
    unsigned year = digits % 10000;
    *out = year * 10000 + month * 100 + day;
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of(month, year);
}

static void check_dates(struct checker *c)
{
    static const char *const keys[] = {"date_begin", "date_end"};
    unsigned dates[2] = {0, 0};
    bool read[2] = {false, false};
    for (size_t i = 0; i < 2; i++) {
        const struct meta *m = check_meta_of(c, keys[i]);
        if (m == NULL || *m->value == '\0')
            continue;
        read[i] = read_date(m->value, &dates[i]);
        if (!read[i])
            found(c, ERROR, m->line, "wrong-date",
                  "%s \"%s\" is neither yyyy nor a day of the calendar, dd.mm.yyyy", keys[i],
                  quote(m->value).text);
    }
    bool years_only = dates[0] % 10000 == 0 || dates[1] % 10000 == 0;
    unsigned unit = years_only ? 10000 : 1;
    if (read[0] && read[1] && dates[0] / unit > dates[1] / unit)
        found(c, ERROR, check_meta_of(c, keys[1])->line, "date-order",
              "date_end is before date_begin");
}

/* Comments are numbered: "#1: ... #2: ...". */
static void check_comment(struct checker *c)
{
    const struct meta *m = check_meta_of(c, "comment");
    if (m == NULL || *m->value == '\0')
        return;
    if (strncmp(m->value, "#1: ", 4) != 0) {
        found(c, ERROR, m->line, "comment-format", "a comment begins with \"#1: \"");
        return;
    }
    unsigned long wanted = 1;
    for (const char *mark = strchr(m->value, '#'); mark != NULL; mark = strchr(mark + 1, '#')) {
        char *end;
        unsigned long number = strtoul(mark + 1, &end, 10);
        if (end == mark + 1 || *end != ':')
            continue;
        if (number != wanted) {
            found(c, WARNING, m->line, "comment-numbers",
                  "the comment has number %lu where %lu comes next", number, wanted);
            return;
        }
        wanted++;
    }
}

static void read_limits(struct checker *c)
{
    static const char *const keys[LIMIT_COUNT] = {
        [MIN_LENGTH] = "min_length",         [MAX_LENGTH] = "max_length",
        [MIN_SUM_COST] = "min_sum_cost",     [MAX_SUM_COST] = "max_sum_cost",
        [MIN_POINTS] = "min_points",         [MAX_POINTS] = "max_points",
        [MIN_SUM_POINTS] = "min_sum_points", [MAX_SUM_POINTS] = "max_sum_points",
    };
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        const char *text = check_meta_text(c, keys[i]);
        c->limits[i].given = text != NULL && check_number(text, c->limits[i].value);
    }
}

/* Lines that say something else than the type of vote does. */
static void check_type(struct checker *c)
{
    static const char *const of_points[] = {"min_points", "max_points", "min_sum_points",
                                            "max_sum_points", "default_score"};
    enum vote_type type = c->e->vote_type;
    const struct meta *max = check_meta_of(c, "max_length");
    const struct meta *min = check_meta_of(c, "min_length");
    bool one = c->limits[MAX_LENGTH].given && mpq_cmp_ui(c->limits[MAX_LENGTH].value, 1, 1) == 0;
    for (size_t i = 0; i < sizeof(of_points) / sizeof(of_points[0]); i++) {
        const struct meta *m = check_meta_of(c, of_points[i]);
        if (m != NULL && (type == VOTE_APPROVAL || type == VOTE_CHOOSE_1))
            found(c, WARNING, m->line, "points-in-meta",
                  "%s has no meaning where ballots give no points", of_points[i]);
    }
    if (type == VOTE_CHOOSE_1 && max != NULL && !one)
        found(c, ERROR, max->line, "choose-1-length", "max_length of a choose-1 vote is 1");
    if (type == VOTE_CHOOSE_1 && min != NULL && strcmp(min->value, "1") != 0)
        found(c, ERROR, min->line, "choose-1-length", "min_length of a choose-1 vote is 1");
    if (type != VOTE_CHOOSE_1 && one)
        found(c, WARNING, max->line, "choose-1-suggested",
              "with max_length 1 the vote_type is better called choose-1");
}

void check_meta_end(struct checker *c)
{
    const char *budget = check_meta_text(c, "budget");
    const char *type = check_meta_text(c, "vote_type");
    c->budget_known = budget != NULL && amount_parse(budget, c->e->budget);
    for (enum vote_type t = VOTE_APPROVAL; type != NULL && t <= VOTE_SCORING; t++) {
        if (strcmp(type, pabulib_vote_type_word(t)) == 0) {
            c->e->vote_type = t;
            c->type_known = true;
        }
    }
    if (type != NULL && !c->type_known)
        found(c, ERROR, check_meta_of(c, "vote_type")->line, "unknown-vote-type",
              "vote_type \"%s\" is none of approval, choose-1, ordinal, cumulative, scoring",
              quote(type).text);
    check_required(c);
    check_rule_name(c);
    check_dates(c);
    check_comment(c);
    read_limits(c);
    if (c->type_known)
        check_type(c);
}

static void check_count(struct checker *c, const char *key, const char *code, size_t counted)
{
    const struct meta *m = check_meta_of(c, key);
    uint64_t stated;
    if (m != NULL && parse_uint(m->value, UINT64_MAX, &stated) && stated != counted)
        found(c, ERROR, m->line, code, "%s is %s, but the file has %zu", key, quote(m->value).text,
              counted);
}

void check_counts(struct checker *c)
{
    const struct meta *max = check_meta_of(c, "max_length");
    check_count(c, "num_projects", "num-projects", c->e->project_count);
    check_count(c, "num_votes", "num-votes", c->ballots);
    if (c->limits[MAX_LENGTH].given &&
        mpq_cmp_ui(c->limits[MAX_LENGTH].value, c->e->project_count, 1) > 0)
        found(c, ERROR, max->line, "max-length-over-projects",
              "max_length %s is more than there are projects, %zu", quote(max->value).text,
              c->e->project_count);
}
