/* result_text.c: an outcome for people: a table with reasons, and a log that can be recomputed. */
#include "count/amount.h"
#include "count/result.h"
#include "count/rule.h"
#include "count/steps.h"

enum { SENTENCE_MAX = 1000, LINE_MAX_COLUMNS = 100 };
#define TEXT_MAX ((size_t)256 << 20)

/* Columns on a terminal: characters, not bytes. */
static size_t width(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80 ? 1 : 0;
    return n;
}

static void pad(struct buf *out, const char *s, size_t to, bool to_the_right)
{
    size_t have = width(s);
    if (!to_the_right)
        buf_str_add(out, s);
    for (; have < to; have++)
        buf_char(out, ' ');
    if (to_the_right)
        buf_str_add(out, s);
}

static struct buf money(const struct election *e, const mpq_t value)
{
    struct buf text = buf_new(SENTENCE_MAX);
    amount_words(&text, value, election_meta(e, "currency"));
    return text;
}

static void add_money(struct buf *out, const struct election *e, const mpq_t value)
{
    amount_words(out, value, election_meta(e, "currency"));
}

/* As on the command line, so that whoever wants to can count again. */
static void put_settings(struct buf *out, const struct terms *terms)
{
    size_t column = 0;
    for (size_t i = 0; i < terms->rule->param_count; i++) {
        const char *name = terms->rule->params[i].name;
        const char *word = terms_word(terms, i);
        size_t len = strlen(name) + strlen(word) + 4;
        if (i == 0 || column + len > LINE_MAX_COLUMNS) {
            buf_str_add(out, i == 0 ? "With " : "\n     ");
            column = 5;
        }
        buf_fmt(out, " --%s %s", name, word);
        column += len;
    }
    if (terms->rule->param_count > 0)
        buf_char(out, '\n');
}

static void head(struct buf *out, const struct election *e, const struct terms *terms)
{
    const char *description = election_meta(e, "description");
    if (description != NULL && *description != '\0')
        buf_fmt(out, "%s\n", quote(description).text);
    buf_str_add(out, "File  SHA-256 ");
    buf_hex(out, e->file_sha256, DIGEST_LEN);
    buf_fmt(out, "\nRule  %s: %s\n", terms->rule->name, terms->rule->summary);
    put_settings(out, terms);
    if (terms->rule->kind != RULE_FUNDS)
        return;
    if (terms->ties_error) {
        buf_str_add(out, "Ties  are an error where they decide; there was none\n");
        return;
    }
    buf_str_add(out, "Ties  lowest cost, then most votes, then ");
    buf_str_add(out, terms->has_seed ? "a lot drawn from the seed " : "natural order of id");
    if (terms->has_seed)
        buf_hex(out, terms->seed, LOT_SEED_LEN);
    buf_char(out, '\n');
}

static void tail(struct buf *out, const struct election *e)
{
    for (size_t i = 0; i < e->warning_count && i < ELECTION_WARNINGS_MAX; i++)
        buf_fmt(out, "Warning: %s\n", e->warnings[i]);
    if (e->warning_count > ELECTION_WARNINGS_MAX)
        buf_fmt(out, "Warning: and %zu more like these\n",
                e->warning_count - ELECTION_WARNINGS_MAX);
}

static const char *unit(const struct terms *terms)
{
    return rule_unit(terms->rule);
}

/* How wide the table's columns must be. */
struct widths {
    size_t id, votes, cost;
};

static void widen(size_t *width_so_far, const char *text)
{
    size_t w = width(text);
    if (w > *width_so_far)
        *width_so_far = w;
}

static struct widths measure(const struct election *e, const struct terms *terms)
{
    struct widths w = {.id = 2, .votes = strlen(unit(terms)), .cost = 4};
    for (size_t i = 0; i < e->project_count; i++) {
        struct buf votes = buf_new(SENTENCE_MAX);
        struct buf cost = money(e, e->projects[i].cost);
        rule_score_words(&votes, e, terms, &e->projects[i]);
        widen(&w.id, quote(e->projects[i].id).text);
        widen(&w.votes, buf_str(&votes));
        widen(&w.cost, buf_str(&cost));
        buf_free(&votes);
        buf_free(&cost);
    }
    return w;
}

static void row(struct buf *out, const struct widths *w, const char *step, const char *id,
                const char *votes, const char *cost, const char *name)
{
    pad(out, step, 5, true);
    buf_str_add(out, "  ");
    pad(out, id, w->id, false);
    buf_str_add(out, "  ");
    pad(out, votes, w->votes, true);
    buf_str_add(out, "  ");
    pad(out, cost, w->cost, true);
    buf_fmt(out, "  %s\n", name);
}

static void table(struct buf *out, const struct election *e, const struct terms *terms,
                  const struct tally *t)
{
    struct widths w = measure(e, terms);
    row(out, &w, "won", "id", unit(terms), "cost", "proposal");
    for (size_t i = 0; i < t->line_count; i++) {
        const struct project *p = &e->projects[t->lines[i].project];
        struct buf step = buf_new(SENTENCE_MAX);
        struct buf votes = buf_new(SENTENCE_MAX);
        struct buf cost = money(e, p->cost);
        if (t->lines[i].step > 0)
            buf_uint(&step, t->lines[i].step);
        else
            buf_char(&step, '-');
        rule_score_words(&votes, e, terms, p);
        row(out, &w, buf_str(&step), quote(p->id).text, buf_str(&votes), buf_str(&cost),
            quote(p->name).text);
        buf_free(&step);
        buf_free(&votes);
        buf_free(&cost);
    }
}

static void reasons(struct buf *out, const struct election *e, const struct terms *terms,
                    const struct tally *t)
{
    for (size_t i = 0; i < t->line_count; i++) {
        buf_fmt(out, "%s  ", quote(e->projects[t->lines[i].project].id).text);
        reason_sentence(out, e, terms, &t->lines[i]);
        buf_char(out, '\n');
    }
}

static void list_ties(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct tally *t)
{
    for (size_t k = 0; k < t->tie_count; k++) {
        const struct tie *tie = &t->ties[k];
        const struct project *first = &e->projects[t->lines[tie->first].project];
        buf_str_add(out, "Tie at ");
        if (terms->rule->per_cost && mpq_sgn(first->cost) != 0)
            rule_score_per_1000(out, e, terms, first);
        else
            rule_score_words(out, e, terms, first);
        buf_fmt(out, " %s%s", unit(terms), terms->rule->per_cost ? " per 1,000 of cost" : "");
        if (tie->broken_by != TIE_COST) {
            buf_str_add(out, " and equal cost ");
            add_money(out, e, first->cost);
        }
        buf_fmt(out, ", put in order by %s:", tie_break_word(tie->broken_by));
        for (size_t i = tie->first; i < tie->first + tie->count; i++) {
            buf_fmt(out, " %s", quote(e->projects[t->lines[i].project].id).text);
            if (tie->broken_by == TIE_LOT) {
                buf_str_add(out, " (");
                buf_hex(out, t->lines[i].lot, 4);
                buf_str_add(out, "...)");
            }
        }
        buf_str_add(out, tie->decisive ? ". It decided what was funded.\n"
                                       : ". It made no difference to what was funded.\n");
    }
}

static void totals(struct buf *out, const struct election *e, const struct tally *t)
{
    buf_str_add(out, "Budget ");
    add_money(out, e, e->budget);
    buf_fmt(out, ", %zu ballot%s, %zu proposal%s; %zu funded for ", e->ballot_count,
            e->ballot_count == 1 ? "" : "s", e->project_count, e->project_count == 1 ? "" : "s",
            t->winner_count);
    add_money(out, e, t->spent);
    buf_str_add(out, ", ");
    add_money(out, e, t->left);
    buf_str_add(out, " left.\n");
}

/* How many ballots name none, one, two ... of the winners; of the first also the part of all. */
static void voters(struct buf *out, const struct election *e, const struct tally *t)
{
    for (size_t n = 0; n < t->voters_by_winners_len; n++) {
        uint64_t count = t->voters_by_winners[n];
        buf_fmt(out, "%10llu %s ", (unsigned long long)count,
                count == 1 ? "ballot names" : "ballots name");
        if (n > 0) {
            buf_fmt(out, "%zu of them\n", n);
            continue;
        }
        buf_str_add(out, "none of the funded proposals");
        if (e->ballot_count > 0)
            buf_fmt(out, " (%llu.%llu %%)", (unsigned long long)(count * 100 / e->ballot_count),
                    (unsigned long long)(count * 1000 / e->ballot_count % 10));
        buf_char(out, '\n');
    }
}

static void agreement(struct buf *out, const struct election *e, const struct tally *t)
{
    switch (tally_agreement(t, e)) {
    case FILE_SILENT:
        return;
    case FILE_AGREES:
        buf_str_add(out, "The file's own column \"selected\" names the same proposals.\n");
        return;
    case FILE_DIFFERS:
        buf_str_add(out, "The file's own column \"selected\" names other proposals.\n");
        return;
    }
}

char *result_text(const struct election *e, const struct terms *terms, const struct tally *t)
{
    struct buf out = buf_new(TEXT_MAX);
    head(&out, e, terms);
    buf_char(&out, '\n');
    if (terms->rule->kind == RULE_FUNDS) {
        totals(&out, e, t);
        buf_char(&out, '\n');
        table(&out, e, terms, t);
        buf_char(&out, '\n');
        reasons(&out, e, terms, t);
        buf_char(&out, '\n');
        list_ties(&out, e, terms, t);
        voters(&out, e, t);
        agreement(&out, e, t);
    } else {
        verdict_sentence(&out, e, terms, t);
        buf_char(&out, '\n');
    }
    tail(&out, e);
    return buf_take(&out);
}

static void explain_line(struct buf *out, const struct election *e, const struct terms *terms,
                         const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    buf_fmt(out, "%s \"%s\": ", quote(p->id).text, quote(p->name).text);
    rule_score_words(out, e, terms, p);
    buf_fmt(out, " %s, costs ", unit(terms));
    add_money(out, e, p->cost);
    if (terms->rule->per_cost && mpq_sgn(p->cost) != 0) {
        buf_str_add(out, ", ");
        rule_score_words(out, e, terms, p);
        buf_str_add(out, " x 1000 / cost = ");
        rule_score_per_1000(out, e, terms, p);
    }
    buf_str_add(out, "\n   ");
    if (line->reason == REASON_WON && line->text == NULL) {
        mpq_t after;
        mpq_init(after);
        mpq_sub(after, line->left, p->cost);
        add_money(out, e, line->left);
        buf_str_add(out, " - ");
        add_money(out, e, p->cost);
        buf_str_add(out, " = ");
        add_money(out, e, after);
        buf_fmt(out, " left. Funded as number %zu.\n", line->step);
        mpq_clear(after);
        return;
    }
    reason_sentence(out, e, terms, line);
    buf_str_add(out, line->text == NULL ? " Skipped.\n" : "\n");
}

static const char *score_meaning(const struct terms *terms)
{
    switch (terms->rule->score) {
    case SCORE_VOTES:
        return "A proposal's votes are the ballots that name it.";
    case SCORE_POINTS:
        return "A proposal's points are all that ballots give it.";
    case SCORE_BORDA:
        return "Of a ballot that ranks n proposals the first gets n - 1 points, the next n - 2, "
               "and so on to 0.";
    case SCORE_BORDA_FROM_1:
        return "Of a ballot that ranks n proposals the first gets n points, the next n - 1, and so "
               "on to 1.";
    }
    abort();
}

static void explain_funding(struct buf *out, const struct election *e, const struct terms *terms,
                            const struct tally *t)
{
    const char *per_cost = terms->rule->per_cost ? " per cost" : "";
    buf_str_add(out, "The budget is ");
    add_money(out, e, e->budget);
    buf_fmt(out,
            ". There are %zu ballots. %s\n"
            "The proposals, most %s%s first; of equal %s%s the cheapest first, of equal costs by "
            "%s%s:\n\n",
            e->ballot_count, score_meaning(terms), unit(terms), per_cost, unit(terms), per_cost,
            terms->rule->score != SCORE_VOTES ? "most votes, then " : "",
            tie_break_word(terms->has_seed ? TIE_LOT : TIE_NATURAL));
    for (size_t i = 0; i < t->line_count; i++) {
        buf_fmt(out, "%zu. ", i + 1);
        explain_line(out, e, terms, &t->lines[i]);
    }
    buf_char(out, '\n');
    if (terms->has_seed && t->tie_count > 0)
        buf_str_add(out, "A lot is SHA-256 of \"wardmote/lot/1\", a zero byte, the seed's 32 bytes "
                         "and the id; the lowest comes first.\n");
    list_ties(out, e, terms, t);
    totals(out, e, t);
}

char *result_explain(const struct election *e, const struct terms *terms, const struct tally *t)
{
    struct buf out = buf_new(TEXT_MAX);
    head(&out, e, terms);
    buf_char(&out, '\n');
    if (t->log != NULL) {
        buf_str_add(&out, t->log);
        buf_char(&out, '\n');
        reasons(&out, e, terms, t);
        buf_char(&out, '\n');
        totals(&out, e, t);
        voters(&out, e, t);
    } else if (terms->rule->kind == RULE_FUNDS) {
        explain_funding(&out, e, terms, t);
        voters(&out, e, t);
    } else {
        buf_fmt(&out, "%zu ballots: %llu yes, %llu no, %llu neither.\n", e->ballot_count,
                (unsigned long long)t->yes, (unsigned long long)t->no,
                (unsigned long long)(e->ballot_count - t->yes - t->no));
        verdict_sentence(&out, e, terms, t);
        buf_char(&out, '\n');
    }
    tail(&out, e);
    return buf_take(&out);
}
