/* result_json.c: an outcome as JSON, members always in the same order. */
#include "count/json_kit.h"
#include "count/result.h"
#include "count/rule.h"
#include "count/steps.h"

/* What a rule that counts points orders by, or what one that divides by the cost does. */
static void put_score(json_t *value, const struct election *e, const struct terms *terms,
                      const struct project *p)
{
    struct buf text = buf_new(100);
    if (terms->rule->score == SCORE_POINTS && e->points_scale > 1) {
        rule_score_words(&text, e, terms, p);
        kit_put(value, "score", kit_text_of(&text));
    } else if (terms->rule->score != SCORE_VOTES) {
        kit_put(value, "score", kit_number(rule_score(terms, p)));
    }
    if (terms->rule->per_cost && mpq_sgn(p->cost) != 0) {
        rule_score_per_1000(&text, e, terms, p);
        kit_put(value, "score_per_1000", kit_text_of(&text));
    }
}

static json_t *tie_value(const struct election *e, const struct terms *terms, const struct tally *t,
                         const struct tie *tie)
{
    json_t *value = kit_must(json_object());
    json_t *ids = kit_must(json_array());
    json_t *lots = kit_must(json_array());
    const struct project *first = &e->projects[t->lines[tie->first].project];
    for (size_t i = tie->first; i < tie->first + tie->count; i++) {
        kit_push(ids, json_string(e->projects[t->lines[i].project].id));
        kit_push(lots, kit_hex(t->lines[i].lot, DIGEST_LEN));
    }
    bool equal_votes = tie->broken_by == TIE_LOT || tie->broken_by == TIE_NATURAL;
    if (equal_votes || (terms->rule->score == SCORE_VOTES && !terms->rule->per_cost))
        kit_put(value, "votes", kit_number(first->votes));
    put_score(value, e, terms, first);
    if (tie->broken_by != TIE_COST)
        kit_put(value, "cost", kit_amount(first->cost));
    kit_put(value, "proposals", ids);
    kit_put(value, "broken_by", json_string(tie_break_word(tie->broken_by)));
    if (tie->broken_by == TIE_LOT)
        kit_put(value, "lots", lots);
    else
        json_decref(lots);
    kit_put(value, "decisive", json_boolean(tie->decisive));
    return value;
}

static json_t *ties(const struct election *e, const struct terms *terms, const struct tally *t)
{
    json_t *all = kit_must(json_array());
    for (size_t i = 0; i < t->tie_count; i++)
        kit_push(all, tie_value(e, terms, t, &t->ties[i]));
    return all;
}

/* Tenths of a percent as a decimal fraction, such as "98.3". */
static json_t *percent(uint64_t tenths)
{
    struct buf text = buf_new(100);
    buf_fmt(&text, "%llu.%llu", (unsigned long long)tenths / 10, (unsigned long long)tenths % 10);
    return kit_text_of(&text);
}

static json_t *takers(const struct election *e, const struct tally_line *line)
{
    json_t *all = kit_must(json_array());
    for (size_t i = 0; i < line->taker_count; i++) {
        json_t *value = kit_must(json_object());
        kit_put(value, "id", json_string(e->projects[line->takers[i].project].id));
        kit_put(value, "amount", kit_amount(line->takers[i].amount));
        kit_push(all, value);
    }
    return all;
}

/* Ties of rules that go step by step. */
static json_t *step_ties(const struct election *e, const struct tally *t)
{
    json_t *all = kit_must(json_array());
    for (size_t i = 0; i < t->step_tie_count; i++) {
        const struct step_tie *tie = &t->step_ties[i];
        json_t *value = kit_must(json_object());
        kit_put(value, "step", kit_number(tie->step));
        kit_put(value, "first", json_string(e->projects[tie->first].id));
        kit_put(value, "next", json_string(e->projects[tie->next].id));
        kit_put(value, "tied", kit_number(tie->tied));
        kit_put(value, "broken_by", json_string(tie_break_word(tie->broken_by)));
        kit_push(all, value);
    }
    return all;
}

static json_t *facts(const struct tally *t)
{
    json_t *all = kit_must(json_object());
    for (size_t i = 0; i < t->fact_count; i++)
        kit_put(all, t->facts[i].name, json_string(t->facts[i].value));
    return all;
}

static json_t *proposal(const struct election *e, const struct terms *terms,
                        const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    json_t *value = kit_must(json_object());
    struct buf sentence = buf_new(1000);
    reason_sentence(&sentence, e, terms, line);
    kit_put(value, "id", json_string(p->id));
    kit_put(value, "name", json_string(p->name));
    kit_put(value, "cost", kit_amount(p->cost));
    kit_put(value, "votes", kit_number(p->votes));
    put_score(value, e, terms, p);
    kit_put(value, "selected", json_boolean(line->reason == REASON_WON));
    kit_put(value, "step", line->step > 0 ? kit_number(line->step) : json_null());
    kit_put(value, "reason", json_string(reason_word(line->reason)));
    kit_put(value, "left_when_reached", line->weighed ? kit_amount(line->left) : json_null());
    kit_put(value, "reason_text", kit_text_of(&sentence));
    if (line->reason == REASON_EXCLUDED)
        kit_put(value, "excluded_by", json_string(e->projects[line->excluded_by].id));
    if (line->reason == REASON_PART_FUNDED)
        kit_put(value, "part_funded_with", kit_amount(line->left));
    if (line->has_support)
        kit_put(value, "effective_support", percent(line->support));
    if (line->takers != NULL)
        kit_put(value, "money_went_to", takers(e, line));
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
    json_t *all = kit_must(json_array());
    for (size_t i = 0; i < e->warning_count && i < ELECTION_WARNINGS_MAX; i++)
        kit_push(all, json_string(e->warnings[i]));
    return all;
}

static void put_funding(json_t *root, const struct election *e, const struct terms *terms,
                        const struct tally *t)
{
    json_t *proposals = kit_must(json_array());
    json_t *voters = kit_must(json_array());
    for (size_t i = 0; i < t->line_count; i++)
        kit_push(proposals, proposal(e, terms, &t->lines[i]));
    for (size_t i = 0; i < t->voters_by_winners_len; i++)
        kit_push(voters, kit_number(t->voters_by_winners[i]));
    kit_put(root, "tie_break",
            json_string(terms->ties_error
                            ? "error"
                            : tie_break_word(terms->has_seed ? TIE_LOT : TIE_NATURAL)));
    kit_put(root, "currency", kit_text_or_null(election_meta(e, "currency")));
    kit_put(root, "budget", kit_amount(e->budget));
    kit_put(root, "cost", kit_amount(t->spent));
    kit_put(root, "left", kit_amount(t->left));
    kit_put(root, "num_votes", kit_number(e->ballot_count));
    kit_put(root, "num_projects", kit_number(e->project_count));
    kit_put(root, "winners", kit_winners(e, t));
    kit_put(root, "ties", ties(e, terms, t));
    if (t->log != NULL) {
        kit_put(root, "step_ties", step_ties(e, t));
        kit_put(root, "details", facts(t));
    }
    kit_put(root, "proposals", proposals);
    kit_put(root, "voters_by_winners", voters);
    kit_put(root, "selected_in_file", agreement(e, t));
}

static void put_answer(json_t *root, const struct election *e, const struct terms *terms,
                       const struct tally *t)
{
    struct buf sentence = buf_new(1000);
    verdict_sentence(&sentence, e, terms, t);
    kit_put(root, "num_votes", kit_number(e->ballot_count));
    kit_put(root, "yes", kit_number(t->yes));
    kit_put(root, "no", kit_number(t->no));
    kit_put(root, "adopted", json_boolean(t->verdict == VERDICT_ADOPTED));
    kit_put(root, "reason", json_string(verdict_word(t->verdict)));
    kit_put(root, "reason_text", kit_text_of(&sentence));
}

char *result_json(const struct election *e, const struct terms *terms, const struct tally *t)
{
    json_t *root = kit_must(json_object());
    kit_put(root, "format", json_string("wardmote-result/1"));
    kit_put(root, "file_sha256", kit_hex(e->file_sha256, DIGEST_LEN));
    kit_put(root, "rule", json_string(terms->rule->name));
    kit_put(root, "rule_text", json_string(terms->rule->summary));
    kit_put(root, "parameters", kit_parameters(terms));
    kit_put(root, "seed", terms->has_seed ? kit_hex(terms->seed, LOT_SEED_LEN) : json_null());
    if (terms->rule->kind == RULE_FUNDS)
        put_funding(root, e, terms, t);
    else
        put_answer(root, e, terms, t);
    kit_put(root, "num_warnings", kit_number(e->warning_count));
    kit_put(root, "warnings", warnings(e));
    char *dumped = json_dumps(root, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    if (dumped == NULL)
        kit_must(NULL);
    struct buf text = buf_new(SIZE_MAX / 4);
    buf_str_add(&text, dumped);
    buf_char(&text, '\n');
    free(dumped);
    json_decref(root);
    return buf_take(&text);
}
