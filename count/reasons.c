/* reasons.c: words for outcomes: one for machines, one sentence for people. */
#include "count/amount.h"
#include "count/rule.h"
#include "count/tally.h"

#define WORD_OF(it, word)                                                                          \
    case it:                                                                                       \
        return word;

const char *reason_word(enum reason reason)
{
    switch (reason) {
        REASONS(WORD_OF)
    }
    abort();
}

const char *verdict_word(enum verdict verdict)
{
    switch (verdict) {
        VERDICTS(WORD_OF)
    }
    abort();
}

const char *tie_break_word(enum tie_break broken_by)
{
    switch (broken_by) {
    case TIE_COST:
        return "lowest cost";
    case TIE_VOTES:
        return "most votes";
    case TIE_LOT:
        return "lot";
    case TIE_NATURAL:
        return "natural order of id";
    }
    abort();
}

static void votes_words(struct buf *out, uint64_t n, const char *one, const char *many)
{
    buf_fmt(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

static void begin_not_funded(struct buf *out, const struct election *e, const struct project *p)
{
    buf_str_add(out, "Not funded: it costs ");
    amount_words(out, p->cost, election_meta(e, "currency"));
}

static void say_minimum(struct buf *out, const struct election *e, const struct terms *terms,
                        const struct project *p)
{
    buf_str_add(out, "Not funded: it has ");
    votes_words(out, p->votes, "vote", "votes");
    if (p->votes < terms_get(terms, "minimum-votes"))
        buf_fmt(out, " and needed at least %llu.",
                (unsigned long long)terms_get(terms, "minimum-votes"));
    else
        buf_fmt(out, " and needed those of at least %s %% of the %zu ballots.",
                terms_text(terms, "minimum-share"), e->ballot_count);
}

static void say_excluded(struct buf *out, const struct project *winner)
{
    buf_fmt(out, "Not funded: %s won, and only one of them can.",
            quote(*winner->name != '\0' ? winner->name : winner->id).text);
}

static void say_barred(struct buf *out, const struct election *e, const struct terms *terms,
                       const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    switch (line->reason) {
    case REASON_NO_VOTES:
        buf_str_add(out, "Not funded: nobody voted for it.");
        return;
    case REASON_BELOW_MINIMUM:
        say_minimum(out, e, terms, p);
        return;
    case REASON_BELOW_THRESHOLD:
        buf_str_add(out, "Not funded: it has ");
        rule_score_words(out, e, terms, p);
        buf_fmt(out, " %s and needed at least %llu.", rule_unit(terms->rule),
                (unsigned long long)terms_get(terms, "threshold"));
        return;
    case REASON_ABOVE_CAP:
        begin_not_funded(out, e, p);
        buf_fmt(out, ", more than the %s %% of the budget that one proposal may.",
                terms_text(terms, "maximum-cost"));
        return;
    case REASON_WITHDRAWN:
        buf_str_add(out, "Not funded: it was withdrawn.");
        return;
    case REASON_COSTS_MORE_THAN_BUDGET:
        begin_not_funded(out, e, p);
        buf_str_add(out, ", more than the whole budget of ");
        amount_words(out, e->budget, election_meta(e, "currency"));
        buf_char(out, '.');
        return;
    case REASON_EXCLUDED:
        say_excluded(out, &e->projects[line->excluded_by]);
        return;
    case REASON_WON:
    case REASON_OUTWEIGHED:
    case REASON_PART_FUNDED:
    case REASON_NOT_ENOUGH_LEFT:
    case REASON_MONEY_WENT:
    case REASON_TOO_FEW:
    case REASON_ENDED:
        buf_str_add(out, "Not funded.");
        return;
    }
}

void reason_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                     const struct tally_line *line)
{
    const struct project *p = &e->projects[line->project];
    const char *currency = election_meta(e, "currency");
    if (line->text != NULL) {
        buf_str_add(out, line->text);
    } else if (line->reason == REASON_WON) {
        buf_fmt(out, "Funded as number %zu: it costs ", line->step);
        amount_words(out, p->cost, currency);
        buf_str_add(out, " and ");
        amount_words(out, line->left, currency);
        buf_str_add(out, " was left.");
    } else if (line->reason == REASON_NOT_ENOUGH_LEFT) {
        begin_not_funded(out, e, p);
        buf_str_add(out, " and only ");
        amount_words(out, line->left, currency);
        buf_str_add(out, " was left when its turn came.");
    } else {
        say_barred(out, e, terms, line);
    }
}

void verdict_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct tally *t)
{
    switch (t->verdict) {
    case VERDICT_ADOPTED:
        buf_str_add(out, "Adopted: ");
        break;
    case VERDICT_MORE_NO:
        buf_str_add(out, "Not adopted: ");
        break;
    case VERDICT_TIE:
        buf_str_add(out, "Not adopted, as it is a tie: ");
        break;
    case VERDICT_TOO_FEW:
        buf_str_add(out, "Not adopted: ");
        votes_words(out, e->ballot_count, "ballot was", "ballots were");
        buf_fmt(out, " cast and at least %llu were needed; ",
                (unsigned long long)terms_get(terms, "minimum-votes"));
        break;
    }
    votes_words(out, t->yes, "ballot says yes, ", "ballots say yes, ");
    votes_words(out, t->no, "says no.", "say no.");
}

static void list_tie(struct buf *out, const struct election *e, const struct tally *t,
                     const struct tie *tie)
{
    buf_str_add(out, "tie between");
    for (size_t i = tie->first; i < tie->first + tie->count; i++)
        buf_fmt(out, "%s %s", i > tie->first ? "," : "",
                quote(e->projects[t->lines[i].project].id).text);
    buf_char(out, '\n');
}

size_t ties_list(struct buf *out, const struct election *e, const struct tally *t)
{
    size_t listed = 0;
    for (size_t i = 0; i < t->tie_count; i++) {
        /* One that lies within the one before, which is listed, says no more than it. */
        const struct tie *before = listed > 0 ? &t->ties[i - 1] : NULL;
        const struct tie *tie = &t->ties[i];
        if (!tie->decisive || (before != NULL && before->decisive && before->first <= tie->first &&
                               tie->first < before->first + before->count))
            continue;
        list_tie(out, e, t, tie);
        listed++;
    }
    for (size_t i = 0; i < t->step_tie_count; i++) {
        const struct step_tie *tie = &t->step_ties[i];
        buf_fmt(out, "tie of %zu at step %zu, among them %s and", tie->tied, tie->step,
                quote(e->projects[tie->first].id).text);
        buf_fmt(out, " %s\n", quote(e->projects[tie->next].id).text);
        listed++;
    }
    return listed;
}
