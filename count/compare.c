/* compare.c: who wins under each rule, what it costs, and how voters fare. */
#include "count/compare.h"

#include "count/amount.h"
#include "count/json_kit.h"
#include "count/rule.h"

/* How many voters have more winners on their ballot under one rule than under the other. */
struct duel {
    uint64_t more_first;
    uint64_t more_second;
    uint64_t equal;
};

static bool *winners_of(const struct election *e, const struct tally *t)
{
    bool *won = wm_alloc(e->project_count * sizeof(*won));
    for (size_t i = 0; i < t->line_count; i++)
        won[t->lines[i].project] = t->lines[i].reason == REASON_WON;
    return won;
}

static struct duel duel(const struct election *e, const bool *first, const bool *second)
{
    struct duel d = {0, 0, 0};
    for (size_t i = 0; i < e->ballot_count; i++) {
        struct ballot ballot = election_ballot(e, i);
        size_t a = 0;
        size_t b = 0;
        for (size_t k = 0; k < ballot.count; k++) {
            a += first[ballot.picks[k]];
            b += second[ballot.picks[k]];
        }
        d.more_first += a > b;
        d.more_second += b > a;
        d.equal += a == b;
    }
    return d;
}

static uint64_t satisfaction(const struct tally *t)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < t->voters_by_winners_len; i++)
        sum += t->voters_by_winners[i] * i;
    return sum;
}

/* part / whole in three decimals, rounded half up; "0.000" of nobody. */
static void ratio(struct buf *out, uint64_t part, uint64_t whole)
{
    uint64_t thousandths = whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;
    buf_fmt(out, "%llu.%03llu", (unsigned long long)(thousandths / 1000),
            (unsigned long long)(thousandths % 1000));
}

static json_t *ratio_json(uint64_t part, uint64_t whole)
{
    struct buf text = buf_new(64);
    ratio(&text, part, whole);
    return kit_text_of(&text);
}

static json_t *contender_json(const struct election *e, const struct contender *c)
{
    json_t *value = kit_must(json_object());
    json_t *voters = kit_must(json_array());
    const struct tally *t = &c->tally;
    for (size_t i = 0; i < t->voters_by_winners_len; i++)
        kit_push(voters, kit_number(t->voters_by_winners[i]));
    kit_put(value, "label", json_string(c->label));
    kit_put(value, "rule", json_string(c->terms.rule->name));
    kit_put(value, "parameters", kit_parameters(&c->terms));
    kit_put(value, "winners", kit_winners(e, t));
    kit_put(value, "cost", kit_amount(t->spent));
    kit_put(value, "left", kit_amount(t->left));
    kit_put(value, "voters_by_winners", voters);
    kit_put(value, "voters_with_nothing", kit_number(t->voters_by_winners[0]));
    kit_put(value, "share_with_nothing", ratio_json(t->voters_by_winners[0], e->ballot_count));
    kit_put(value, "average_winners", ratio_json(satisfaction(t), e->ballot_count));
    return value;
}

/* Ids, in the order of the file, of what won exactly as asked under both. */
static json_t *ids_json(const struct election *e, const bool *in, const bool *other, bool in_other)
{
    json_t *ids = kit_must(json_array());
    for (size_t i = 0; i < e->project_count; i++) {
        if (in[i] && other[i] == in_other)
            kit_push(ids, json_string(e->projects[i].id));
    }
    return ids;
}

static json_t *pair_json(const struct election *e, const struct contender *a,
                         const struct contender *b)
{
    json_t *value = kit_must(json_object());
    bool *first = winners_of(e, &a->tally);
    bool *second = winners_of(e, &b->tally);
    struct duel d = duel(e, first, second);
    kit_put(value, "first", json_string(a->label));
    kit_put(value, "second", json_string(b->label));
    kit_put(value, "both", ids_json(e, first, second, true));
    kit_put(value, "only_first", ids_json(e, first, second, false));
    kit_put(value, "only_second", ids_json(e, second, first, false));
    kit_put(value, "voters_better_under_first", kit_number(d.more_first));
    kit_put(value, "voters_better_under_second", kit_number(d.more_second));
    kit_put(value, "voters_alike", kit_number(d.equal));
    free(first);
    free(second);
    return value;
}

char *compare_json(const struct election *e, const struct contender *all, size_t count)
{
    json_t *root = kit_must(json_object());
    json_t *outcomes = kit_must(json_array());
    json_t *pairs = kit_must(json_array());
    for (size_t i = 0; i < count; i++) {
        kit_push(outcomes, contender_json(e, &all[i]));
        for (size_t k = i + 1; k < count; k++)
            kit_push(pairs, pair_json(e, &all[i], &all[k]));
    }
    kit_put(root, "format", json_string("wardmote-compare/1"));
    kit_put(root, "file_sha256", kit_hex(e->file_sha256, DIGEST_LEN));
    kit_put(root, "budget", kit_amount(e->budget));
    kit_put(root, "num_votes", kit_number(e->ballot_count));
    kit_put(root, "outcomes", outcomes);
    kit_put(root, "pairs", pairs);
    char *text = json_dumps(root, JSON_INDENT(1));
    json_decref(root);
    kit_must(text != NULL ? json_true() : NULL);
    text = wm_realloc(text, strlen(text) + 2);
    memcpy(text + strlen(text), "\n", 2);
    return text;
}

static void outcome_line(struct buf *out, const struct election *e, const struct contender *c)
{
    const struct tally *t = &c->tally;
    buf_fmt(out, "%s: %zu funded for ", c->label, t->winner_count);
    amount_words(out, t->spent, election_meta(e, "currency"));
    buf_fmt(out, "; %llu of %zu voters with nothing; on average ",
            (unsigned long long)t->voters_by_winners[0], e->ballot_count);
    ratio(out, satisfaction(t), e->ballot_count);
    buf_str_add(out, " funded projects a voter\n");
}

static void project_lines(struct buf *out, const struct election *e, bool *const *won, size_t count)
{
    buf_str_add(out, "\nFunded by rule 1, 2, ... (+ funded, - not):\n");
    for (size_t i = 0; i < e->project_count; i++) {
        bool any = false;
        for (size_t k = 0; k < count; k++)
            any = any || won[k][i];
        if (!any)
            continue;
        buf_str_add(out, "  ");
        for (size_t k = 0; k < count; k++)
            buf_char(out, won[k][i] ? '+' : '-');
        buf_fmt(out, "  %s  %s  ", e->projects[i].id, e->projects[i].name);
        amount_words(out, e->projects[i].cost, election_meta(e, "currency"));
        buf_fmt(out, ", %llu votes\n", (unsigned long long)e->projects[i].votes);
    }
}

static void pair_line(struct buf *out, const struct election *e, const struct contender *a,
                      const struct contender *b, const bool *first, const bool *second)
{
    struct duel d = duel(e, first, second);
    size_t both = 0;
    for (size_t i = 0; i < e->project_count; i++)
        both += first[i] && second[i];
    buf_fmt(out,
            "%s and %s: %zu projects in both; %llu voters have more under the first, %llu under "
            "the second, %llu the same\n",
            a->label, b->label, both, (unsigned long long)d.more_first,
            (unsigned long long)d.more_second, (unsigned long long)d.equal);
}

char *compare_text(const struct election *e, const struct contender *all, size_t count)
{
    struct buf out = buf_new(64 << 20);
    bool *won[COMPARE_MAX];
    for (size_t i = 0; i < count; i++) {
        won[i] = winners_of(e, &all[i].tally);
        buf_fmt(&out, "%zu. ", i + 1);
        outcome_line(&out, e, &all[i]);
    }
    project_lines(&out, e, won, count);
    buf_char(&out, '\n');
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++)
            pair_line(&out, e, &all[i], &all[k], won[i], won[k]);
    }
    for (size_t i = 0; i < count; i++)
        free(won[i]);
    return buf_take(&out);
}
