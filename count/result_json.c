/* result_json.c: an outcome as JSON, members always in the same order. */
#include <jansson.h>

#include "count/amount.h"
#include "count/result.h"
#include "count/rule.h"
#include "count/steps.h"

/* jansson fails only without memory or on text that is not UTF-8, which the reader refused. */
static json_t *must(json_t *value)
{
    if (value == NULL) {
        fputs("bug: JSON could not be built\n", stderr);
        abort();
    }
    return value;
}

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, must(value)) != 0)
        must(NULL);
}

static void push(json_t *array, json_t *value)
{
    if (json_array_append_new(array, must(value)) != 0)
        must(NULL);
}

static json_t *number(uint64_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* Takes the text out of the buf. */
static json_t *text_of(struct buf *text)
{
    json_t *value = must(json_string(buf_str(text)));
    buf_free(text);
    return value;
}

static json_t *hex(const uint8_t *bytes, size_t len)
{
    struct buf text = buf_new(2 * len);
    buf_hex(&text, bytes, len);
    return text_of(&text);
}

static json_t *amount(const mpq_t value)
{
    struct buf text = buf_new(100);
    amount_decimal(&text, value);
    return text_of(&text);
}

static json_t *parameters(const struct terms *terms)
{
    json_t *all = must(json_object());
    for (size_t i = 0; i < terms->rule->param_count; i++) {
        const struct param *p = &terms->rule->params[i];
        char *name = wm_strdup(p->name);
        for (char *c = name; *c != '\0'; c++)
            *c = *c == '-' ? '_' : *c;
        put(all, name,
            p->kind == PARAM_YES_NO  ? json_boolean(terms->values[i] != 0)
            : p->kind == PARAM_COUNT ? number(terms->values[i])
                                     : json_string(terms_word(terms, i)));
        free(name);
    }
    return all;
}

static json_t *winners(const struct election *e, const struct tally *t)
{
    json_t *ids = must(json_array());
    for (size_t i = 0; i < t->line_count; i++) {
        if (t->lines[i].reason == REASON_WON)
            push(ids, json_string(e->projects[t->lines[i].project].id));
    }
    return ids;
}

/* What a rule that counts points orders by, or what one that divides by the cost does. */
static void put_score(json_t *value, const struct terms *terms, const struct project *p)
{
    if (terms->rule->score != SCORE_VOTES)
        put(value, "score", number(rule_score(terms, p)));
    if (terms->rule->per_cost && mpq_sgn(p->cost) != 0) {
        struct buf text = buf_new(100);
        per_thousand(&text, rule_score(terms, p), p->cost);
        put(value, "score_per_1000", text_of(&text));
    }
}

static json_t *tie_value(const struct election *e, const struct terms *terms, const struct tally *t,
                         const struct tie *tie)
{
    json_t *value = must(json_object());
    json_t *ids = must(json_array());
    json_t *lots = must(json_array());
    const struct project *first = &e->projects[t->lines[tie->first].project];
    for (size_t i = tie->first; i < tie->first + tie->count; i++) {
        push(ids, json_string(e->projects[t->lines[i].project].id));
        push(lots, hex(t->lines[i].lot, DIGEST_LEN));
    }
    bool equal_votes = tie->broken_by == TIE_LOT || tie->broken_by == TIE_NATURAL;
    if (equal_votes || (terms->rule->score == SCORE_VOTES && !terms->rule->per_cost))
        put(value, "votes", number(first->votes));
    put_score(value, terms, first);
    if (tie->broken_by != TIE_COST)
        put(value, "cost", amount(first->cost));
    put(value, "proposals", ids);
    put(value, "broken_by", json_string(tie_break_word(tie->broken_by)));
    if (tie->broken_by == TIE_LOT)
        put(value, "lots", lots);
    else
        json_decref(lots);
    put(value, "decisive", json_boolean(tie->decisive));
    return value;
}

static json_t *ties(const struct election *e, const struct terms *terms, const struct tally *t)
{
    json_t *all = must(json_array());
    for (size_t i = 0; i < t->tie_count; i++)
        push(all, tie_value(e, terms, t, &t->ties[i]));
    return all;
}

/* Tenths of a percent as a decimal fraction, such as "98.3". */
static json_t *percent(uint64_t tenths)
{
    struct buf text = buf_new(100);
    buf_fmt(&text, "%llu.%llu", (unsigned long long)tenths / 10, (unsigned long long)tenths % 10);
    return text_of(&text);
}

static json_t *takers(const struct election *e, const struct tally_line *line)
{
    json_t *all = must(json_array());
    for (size_t i = 0; i < line->taker_count; i++) {
        json_t *value = must(json_object());
        put(value, "id", json_string(e->projects[line->takers[i].project].id));
        put(value, "amount", amount(line->takers[i].amount));
        push(all, value);
    }
    return all;
}

/* Ties of rules that go step by step. */
static json_t *step_ties(const struct election *e, const struct tally *t)
{
    json_t *all = must(json_array());
    for (size_t i = 0; i < t->step_tie_count; i++) {
        const struct step_tie *tie = &t->step_ties[i];
        json_t *value = must(json_object());
        put(value, "step", number(tie->step));
        put(value, "first", json_string(e->projects[tie->first].id));
        put(value, "next", json_string(e->projects[tie->next].id));
        put(value, "tied", number(tie->tied));
        put(value, "broken_by", json_string(tie_break_word(tie->broken_by)));
        push(all, value);
    }
    return all;
}

static json_t *facts(const struct tally *t)
{
    json_t *all = must(json_object());
    for (size_t i = 0; i < t->fact_count; i++)
        put(all, t->facts[i].name, json_string(t->facts[i].value));
    return all;
}

static json_t *proposal(const struct election *e, const struct terms *terms,
                        const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    json_t *value = must(json_object());
    struct buf sentence = buf_new(1000);
    reason_sentence(&sentence, e, terms, line);
    put(value, "id", json_string(p->id));
    put(value, "name", json_string(p->name));
    put(value, "cost", amount(p->cost));
    put(value, "votes", number(p->votes));
    put_score(value, terms, p);
    put(value, "selected", json_boolean(line->reason == REASON_WON));
    put(value, "step", line->step > 0 ? number(line->step) : json_null());
    put(value, "reason", json_string(reason_word(line->reason)));
    put(value, "left_when_reached", line->weighed ? amount(line->left) : json_null());
    put(value, "reason_text", text_of(&sentence));
    if (line->reason == REASON_EXCLUDED)
        put(value, "excluded_by", json_string(e->projects[line->excluded_by].id));
    if (line->reason == REASON_PART_FUNDED)
        put(value, "part_funded_with", amount(line->left));
    if (line->has_support)
        put(value, "effective_support", percent(line->support));
    if (line->takers != NULL)
        put(value, "money_went_to", takers(e, line));
    return value;
}

static json_t *agreement(const struct election *e, const struct tally *t)
{
    switch (tally_agreement(t, e)) {
    case FILE_SILENT:
        return json_null();
    case FILE_AGREES:
        return json_string("agrees");
    case FILE_DIFFERS:
        return json_string("differs");
    }
    abort();
}

static json_t *warnings(const struct election *e)
{
    json_t *all = must(json_array());
    for (size_t i = 0; i < e->warning_count && i < ELECTION_WARNINGS_MAX; i++)
        push(all, json_string(e->warnings[i]));
    return all;
}

static void put_funding(json_t *root, const struct election *e, const struct terms *terms,
                        const struct tally *t)
{
    json_t *proposals = must(json_array());
    json_t *voters = must(json_array());
    for (size_t i = 0; i < t->line_count; i++)
        push(proposals, proposal(e, terms, &t->lines[i]));
    for (size_t i = 0; i < t->voters_by_winners_len; i++)
        push(voters, number(t->voters_by_winners[i]));
    put(root, "tie_break",
        json_string(terms->ties_error ? "error"
                                      : tie_break_word(terms->has_seed ? TIE_LOT : TIE_NATURAL)));
    put(root, "currency", text_or_null(election_meta(e, "currency")));
    put(root, "budget", amount(e->budget));
    put(root, "cost", amount(t->spent));
    put(root, "left", amount(t->left));
    put(root, "num_votes", number(e->ballot_count));
    put(root, "num_projects", number(e->project_count));
    put(root, "winners", winners(e, t));
    put(root, "ties", ties(e, terms, t));
    if (t->log != NULL) {
        put(root, "step_ties", step_ties(e, t));
        put(root, "details", facts(t));
    }
    put(root, "proposals", proposals);
    put(root, "voters_by_winners", voters);
    put(root, "selected_in_file", agreement(e, t));
}

static void put_answer(json_t *root, const struct election *e, const struct terms *terms,
                       const struct tally *t)
{
    struct buf sentence = buf_new(1000);
    verdict_sentence(&sentence, e, terms, t);
    put(root, "num_votes", number(e->ballot_count));
    put(root, "yes", number(t->yes));
    put(root, "no", number(t->no));
    put(root, "adopted", json_boolean(t->verdict == VERDICT_ADOPTED));
    put(root, "reason", json_string(verdict_word(t->verdict)));
    put(root, "reason_text", text_of(&sentence));
}

char *result_json(const struct election *e, const struct terms *terms, const struct tally *t)
{
    json_t *root = must(json_object());
    put(root, "format", json_string("wardmote-result/1"));
    put(root, "file_sha256", hex(e->file_sha256, DIGEST_LEN));
    put(root, "rule", json_string(terms->rule->name));
    put(root, "rule_text", json_string(terms->rule->summary));
    put(root, "parameters", parameters(terms));
    put(root, "seed", terms->has_seed ? hex(terms->seed, LOT_SEED_LEN) : json_null());
    if (terms->rule->kind == RULE_FUNDS)
        put_funding(root, e, terms, t);
    else
        put_answer(root, e, terms, t);
    put(root, "num_warnings", number(e->warning_count));
    put(root, "warnings", warnings(e));
    char *dumped = json_dumps(root, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    if (dumped == NULL)
        must(NULL);
    struct buf text = buf_new(SIZE_MAX / 4);
    buf_str_add(&text, dumped);
    buf_char(&text, '\n');
    free(dumped);
    json_decref(root);
    return buf_take(&text);
}
