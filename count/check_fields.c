/* check_fields.c: what META and the columns of a .pb file may hold (fields.py of pabulib/checker),
 * and whether a value is one of its kind. */
#include <strings.h>

#include "count/amount.h"
#include "count/check_inside.h"
#include "count/iso.h"

static const struct field meta_list[] = {
    {"description", KIND_TEXT, true, false},
    {"country", KIND_COUNTRY, true, false},
    {"unit", KIND_TEXT, true, false},
    {"district", KIND_TEXT, false, false},
    {"subunit", KIND_TEXT, false, false},
    {"instance", KIND_TEXT, true, false},
    {"num_projects", KIND_INTEGER, true, false},
    {"num_votes", KIND_INTEGER, true, false},
    {"budget", KIND_AMOUNT, true, false},
    {"vote_type", KIND_TEXT, true, false},
    {"rule", KIND_TEXT, true, false},
    {"date_begin", KIND_DATE, true, false},
    {"date_end", KIND_DATE, true, false},
    {"min_length", KIND_INTEGER, false, false},
    {"max_length", KIND_INTEGER, false, false},
    {"min_sum_cost", KIND_AMOUNT, false, false},
    {"max_sum_cost", KIND_AMOUNT, false, false},
    {"min_points", KIND_NUMBER, false, false},
    {"max_points", KIND_NUMBER, false, false},
    {"min_sum_points", KIND_NUMBER, false, false},
    {"max_sum_points", KIND_NUMBER, false, false},
    {"default_score", KIND_NUMBER, false, false},
    {"min_project_cost", KIND_AMOUNT, false, false},
    {"max_project_cost", KIND_AMOUNT, false, false},
    {"min_project_score_threshold", KIND_INTEGER, false, false},
    {"neighborhoods", KIND_LIST, false, false},
    {"subdistricts", KIND_LIST, false, false},
    {"categories", KIND_LIST, false, false},
    {"edition", KIND_TEXT, false, false},
    {"language", KIND_LANGUAGE, false, false},
    {"currency", KIND_CURRENCY, false, false},
    {"fully_funded", KIND_FLAG, false, false},
    {"experimental", KIND_FLAG, false, false},
    {"comment", KIND_COMMENT, false, false},
    {"acknowledgments", KIND_TEXT, false, false},
    {"leftover_budget", KIND_TEXT, false, false},
    {"budget_per_category", KIND_LIST, false, false},
    {"budget_per_neighborhood", KIND_LIST, false, false},
    {"min_length_per_category", KIND_TEXT, false, false},
    {"max_length_per_category", KIND_TEXT, false, false},
    {"min_sum_cost_per_category", KIND_LIST, false, false},
    {"max_sum_cost_per_category", KIND_LIST, false, false},
};

/* In the order of enum PROJECT_ID ... */
static const struct field project_list[] = {
    {"project_id", KIND_TEXT, true, false},    {"cost", KIND_AMOUNT, true, false},
    {"votes", KIND_INTEGER, false, false},     {"score", KIND_NUMBER, false, false},
    {"name", KIND_TEXT, false, false},         {"category", KIND_LIST, false, true},
    {"beneficiaries", KIND_LIST, false, true}, {"selected", KIND_SELECTED, false, false},
    {"neighborhood", KIND_TEXT, false, false}, {"subunit", KIND_TEXT, false, false},
    {"district", KIND_TEXT, false, false},     {"description", KIND_TEXT, false, false},
    {"proposer", KIND_TEXT, false, false},     {"public_id", KIND_TEXT, false, false},
    {"latitude", KIND_LATITUDE, false, true},  {"longitude", KIND_LONGITUDE, false, true},
};

/* In the order of enum VOTE_VOTER ... The points are judged with the ballot. */
static const struct field vote_list[] = {
    {"voter_id", KIND_TEXT, true, false},
    {"vote", KIND_LIST, true, false},
    {"points", KIND_LIST, false, true},
    {"age", KIND_AGE, false, true},
    {"sex", KIND_SEX, false, true},
    {"voting_method", KIND_METHOD, false, false},
    {"district", KIND_TEXT, false, true},
    {"neighborhood", KIND_TEXT, false, true},
    {"education", KIND_TEXT, false, true},
    {"topic_preference_transport", KIND_INTEGER, false, false},
    {"topic_preference_culture", KIND_INTEGER, false, false},
    {"topic_preference_nature", KIND_INTEGER, false, false},
    {"district_preference", KIND_TEXT, false, false},
    {"time_taken_seconds", KIND_INTEGER, false, false},
    {"format_easiness", KIND_TEXT, false, false},
    {"format_expressiveness", KIND_TEXT, false, false},
    {"format_rank", KIND_TEXT, false, false},
};

#define FIELDS(list)                                                                               \
    {                                                                                              \
        (list), sizeof(list) / sizeof((list)[0])                                                   \
    }
const struct fields check_fields[IN_VOTES + 1] = {
    [IN_META] = FIELDS(meta_list),
    [IN_PROJECTS] = FIELDS(project_list),
    [IN_VOTES] = FIELDS(vote_list),
};

int check_field_find(enum check_section section, const char *name)
{
    const struct fields *fields = &check_fields[section];
    for (size_t i = 0; i < fields->count; i++) {
        if (strcasecmp(fields->list[i].name, name) == 0)
            return (int)i;
    }
    return NOT_THERE;
}

static bool is_integer(const char *text)
{
    int64_t n;
    return parse_int(text, -INT64_MAX, INT64_MAX, &n);
}

bool check_number(const char *text, mpq_t out)
{
    bool negative = *text == '-';
    if (!amount_parse(text + negative, out))
        return false;
    if (negative)
        mpq_neg(out, out);
    return true;
}

struct buf check_number_words(const mpq_t number)
{
    struct buf words = buf_new(4000);
    mpq_t size;
    mpq_init(size);
    mpq_abs(size, number);
    if (mpq_sgn(number) < 0)
        buf_char(&words, '-');
    if (mpz_cmp_ui(mpq_denref(size), 1) == 0) {
        char *digits = mpz_get_str(NULL, 10, mpq_numref(size));
        buf_str_add(&words, digits);
        free(digits);
    } else {
        amount_decimal(&words, size);
    }
    mpq_clear(size);
    return words;
}

/* `degrees` either way at most. */
static bool is_coordinate(const char *text, long degrees)
{
    mpq_t value;
    mpq_init(value);
    bool ok = check_number(text, value) && mpq_cmp_si(value, -degrees, 1) >= 0 &&
              mpq_cmp_si(value, degrees, 1) <= 0;
    mpq_clear(value);
    return ok;
}

static bool is_amount(const char *text, bool may_be_negative)
{
    mpq_t value;
    mpq_init(value);
    bool ok = check_number(text, value) && (may_be_negative || mpq_sgn(value) >= 0);
    mpq_clear(value);
    return ok;
}

/* "27" or "40-59". */
static bool is_age(const char *text)
{
    char from[8];
    uint64_t first;
    uint64_t last;
    size_t len = strcspn(text, "-");
    if (text[len] == '\0')
        return parse_uint(text, 200, &first);
    if (len >= sizeof(from))
        return false;
    snprintf(from, sizeof(from), "%.*s", (int)len, text);
    return parse_uint(from, 200, &first) && parse_uint(text + len + 1, 200, &last) && first <= last;
}

static bool is_one_of(const char *value, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(value, words[i]) == 0)
            return true;
    }
    return false;
}

/* What a value of the kind is, when this is none; NULL when it is. */
static const char *wrong_words(enum kind kind, const char *value)
{
    static const char *const selected[] = {"0", "1", "2", "3", NULL};
    static const char *const sexes[] = {"M", "F", "O", NULL};
    static const char *const methods[] = {"internet", "paper", NULL};
    switch (kind) {
    case KIND_TEXT:
    case KIND_LIST:
    case KIND_DATE:    /* judged with the other date, */
    case KIND_COMMENT: /* and with its numbers */
        return NULL;
    case KIND_INTEGER:
        return is_integer(value) ? NULL : "a whole number";
    case KIND_NUMBER:
        return is_amount(value, true) ? NULL : "a number";
    case KIND_AMOUNT:
        return is_amount(value, false) ? NULL : "an amount, 0 or more";
    case KIND_LATITUDE:
        return is_coordinate(value, 90) ? NULL : "a latitude, -90 to 90";
    case KIND_LONGITUDE:
        return is_coordinate(value, 180) ? NULL : "a longitude, -180 to 180";
    case KIND_COUNTRY:
        return iso_country(value) ? NULL : "a country of ISO 3166";
    case KIND_LANGUAGE:
        return iso_language(value) ? NULL : "a language of ISO 639-1, such as en";
    case KIND_CURRENCY:
        return iso_currency(value) ? NULL : "a currency of ISO 4217, such as GBP";
    case KIND_FLAG:
        return strcmp(value, "1") == 0 ? NULL : "1 (or there is no such line)";
    case KIND_SELECTED:
        return is_one_of(value, selected) ? NULL : "0, 1, 2 or 3";
    case KIND_AGE:
        return is_age(value) ? NULL : "an age or a range of ages such as 40-59";
    case KIND_SEX:
        return is_one_of(value, sexes) ? NULL : "M, F or O";
    case KIND_METHOD:
        return is_one_of(value, methods) ? NULL : "internet or paper";
    }
    abort();
}

void check_list_blanks(struct checker *c, const char *value, const char *what)
{
    for (const char *comma = strchr(value, ','); comma != NULL; comma = strchr(comma + 1, ',')) {
        bool before = comma > value && (comma[-1] == ' ' || comma[-1] == '\t');
        if (before || comma[1] == ' ' || comma[1] == '\t') {
            found(c, ERROR, c->csv->line, "list-whitespace", "%s has a blank beside a comma", what);
            return;
        }
    }
}

void check_value(struct checker *c, const struct field *f, const char *value, const char *what)
{
    size_t line = c->csv->line;
    if (*value == '\0') {
        if (!f->may_be_empty)
            found(c, ERROR, line, "empty-value", "%s is empty", what);
        return;
    }
    const char *words = wrong_words(f->kind, value);
    if (words != NULL)
        found(c, ERROR, line, "wrong-value", "%s \"%s\" is not %s", what, quote(value).text, words);
    else if ((f->kind == KIND_AMOUNT || f->kind == KIND_NUMBER) && strchr(value, ',') != NULL)
        found(c, ERROR, line, "decimal-comma", "%s \"%s\" has a comma; the format has a point",
              what, quote(value).text);
    if (f->kind == KIND_LIST)
        check_list_blanks(c, value, what);
}
