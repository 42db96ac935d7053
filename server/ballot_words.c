/* ballot_words.c: refusals of a ballot in the voter's words, and what to do about them. */
#include "server/ballot_form.h"
#include "server/tr.h"

const char *blank_label(enum round_kind kind)
{
    return kind == ROUND_YES_NO ? N_("Neither yes nor no: a blank ballot")
                                : N_("I do not support any of these");
}

static const char *english_end(int n)
{
    bool teen = n / 10 % 10 == 1;
    if (!teen && n % 10 == 1)
        return "st";
    if (!teen && n % 10 == 2)
        return "nd";
    return !teen && n % 10 == 3 ? "rd" : "th";
}

void ordinal_text(enum language language, int n, char out[16])
{
    snprintf(out, 16, "%d%s", n, language_ways(language)->ordinal_points ? "." : english_end(n));
}

/* Where the summary's link leads: the first box that is ticked or filled in, or else the first
 * there is. */
static const char *first_box(const struct ballot_sheet *s, struct arena *a)
{
    int32_t first = -1;
    if (s->round.kind == ROUND_YES_NO)
        return "answer";
    for (int i = 0; i < s->all.n; i++) {
        const struct proposal *p = &s->all.proposal[i];
        if (p->withdrawn)
            continue;
        if (picks_find(&s->picks, p->number) != NULL)
            return arena_fmt(a, "p%04d", (int)p->number);
        if (first < 0)
            first = p->number;
    }
    return first >= 0 ? arena_fmt(a, "p%04d", (int)first) : "main";
}

/* `from`: the pot that is over, or NULL. */
static const char *over_words(const struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v, const struct pot *from)
{
    from = s->pots.n > 1 ? from : NULL;
    return trv(a, s,
               from != NULL ? N_("Your choices from {pot} cost {cost}. Remove {over} or more so "
                                 "they cost {limit} or less")
                            : N_("Your choices cost {cost}. Remove {over} or more so they cost "
                                 "{limit} or less"),
               TR_TEXT("pot", from != NULL ? from->name : ""),
               TR_MONEY("cost", v->limit + v->detail), TR_MONEY("over", v->detail),
               TR_MONEY("limit", v->limit));
}

static const char *many_words(const struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    struct tr_value over = TR_NUMBER("over", v->detail - v->limit);
    switch (s->round.kind) {
    case ROUND_POINTS:
        return trnv(a, s, "You can give points to one project. Take the points off {over}",
                    "You can give points to up to {n} projects. Take the points off {over}",
                    v->limit, over);
    case ROUND_RANKING:
        return trnv(a, s, "You can number one project. Clear {over}",
                    "You can number up to {n} projects. Clear {over}", v->limit, over);
    case ROUND_YES_NO:
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return trnv(a, s, "You can choose one project. Remove {over}",
                "You can choose up to {n} projects. Remove {over}", v->limit, over);
}

static const char *few_words(const struct ballot_sheet *s, struct arena *a, int64_t least)
{
    least = least > 1 ? least : 1;
    switch (s->round.kind) {
    case ROUND_YES_NO:
        return tr(s, "Choose yes or no");
    case ROUND_POINTS:
        return trn(a, s, "Give points to at least one project",
                   "Give points to at least {n} projects", least);
    case ROUND_RANKING:
        return trn(a, s, "Number at least one project", "Number at least {n} projects", least);
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return trn(a, s, "Choose at least one project", "Choose at least {n} projects", least);
}

static const char *pot_words(const struct ballot_sheet *s, struct arena *a,
                             const struct ballot_verdict *v)
{
    const struct pot *pot = pot_find(&s->pots, (int32_t)(v->detail / POT_PACKED));
    int64_t picks = v->detail % POT_PACKED;
    struct tr_value name = TR_TEXT("pot", pot != NULL ? pot->name : tr(s, "one pot"));
    if (v->outcome == CAST_POT_TOO_MANY)
        return trnv(a, s,
                    "You chose {n} project from {pot} and can choose up to {limit}. Remove {over}",
                    "You chose {n} projects from {pot} and can choose up to {limit}. Remove "
                    "{over}",
                    picks, name, TR_NUMBER("limit", v->limit), TR_NUMBER("over", picks - v->limit));
    return trnv(a, s, "Choose at least {n} project from {pot}",
                "Choose at least {n} projects from {pot}", v->limit, name);
}

/* Projects that went meanwhile are taken off; what is left is for the voter to look at. */
static const char *gone_words(struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    const struct proposal *p = proposal_find(&s->all, (int32_t)v->detail);
    struct tr_value number = TR_TEXT("number", arena_fmt(a, "%04d", (int)v->detail));
    picks_remove(&s->picks, (int32_t)v->detail);
    picks_drop_withdrawn(&s->picks, &s->all, s->round.kind);
    if (v->outcome != CAST_WITHDRAWN_PROPOSAL)
        return trv(a, s,
                   "Number {number} is not in this vote and was taken off your choices. Look at "
                   "what is left and continue",
                   number);
    return trv(a, s,
               p != NULL ? N_("“{title}” has been withdrawn and was taken off your choices. Look "
                              "at what is left and continue")
                         : N_("Number {number} has been withdrawn and was taken off your choices. "
                              "Look at what is left and continue"),
               TR_TEXT("title", p != NULL ? p->title : ""), number);
}

static void row_error(struct ballot_sheet *s, struct arena *a, int32_t number, const char *words)
{
    form_error(&s->rows, arena_fmt(a, "p%04d", (int)number), words);
}

static void refuse_points(struct ballot_sheet *s, struct arena *a)
{
    for (int i = 0; i < s->picks.n; i++) {
        const struct proposal *p = proposal_find(&s->all, s->picks.pick[i].number);
        if (p != NULL && s->picks.pick[i].weight > s->round.points_max)
            row_error(s, a, p->number,
                      trnv(a, s,
                           "“{title}”: you gave {n} point. The most for one project is {most}",
                           "“{title}”: you gave {n} points. The most for one project is {most}",
                           s->picks.pick[i].weight, TR_TEXT("title", p->title),
                           TR_NUMBER("most", s->round.points_max)));
    }
}

/* Two projects in one place: each after the first is told. */
static void refuse_ranks(struct ballot_sheet *s, struct arena *a)
{
    uint16_t order[DRAFT_PICKS_MAX];
    picks_by_rank(&s->picks, order);
    for (int i = 1; i < s->picks.n; i++) {
        const struct ballot_pick *one = &s->picks.pick[order[i - 1]],
                                 *two = &s->picks.pick[order[i]];
        const struct proposal *p = proposal_find(&s->all, one->number),
                              *q = proposal_find(&s->all, two->number);
        if (one->weight == two->weight && p != NULL && q != NULL)
            row_error(s, a, q->number,
                      trv(a, s,
                          "“{one}” and “{two}” are both number {place}. Give each a number of its "
                          "own",
                          TR_TEXT("one", p->title), TR_TEXT("two", q->title),
                          TR_NUMBER("place", two->weight)));
    }
}

/* `pot`: whose limit it is, where that is known. */
static const char *words_of(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v,
                            const struct pot *pot)
{
    switch (v->outcome) {
    case CAST_OVER_BUDGET:
        return over_words(s, a, v, pot);
    case CAST_TOO_MANY:
        return many_words(s, a, v);
    case CAST_TOO_FEW:
        return few_words(s, a, v->limit);
    case CAST_EMPTY:
        return few_words(s, a, s->round.min_picks);
    case CAST_POT_TOO_MANY:
    case CAST_POT_TOO_FEW:
        return pot_words(s, a, v);
    case CAST_OVER_POINTS:
        return trnv(a, s, "You gave {n} point. Take {over} back so that they are {limit} or fewer",
                    "You gave {n} points. Take {over} back so that they are {limit} or fewer",
                    v->detail, TR_NUMBER("over", v->detail - v->limit),
                    TR_NUMBER("limit", v->limit));
    case CAST_BAD_RANKS:
        return tr(s, "Number your choices 1, 2, 3 and so on");
    case CAST_UNKNOWN_PROPOSAL: /* said by gone_words */
    case CAST_WITHDRAWN_PROPOSAL:
    case CAST_OVER_POINT_MAX: /* said row by row */
    case CAST_NOT_DECLARED:   /* a page of its own */
    case CAST_RECORDED:
    case CAST_REPEATED:
    case CAST_KEY_REUSED:
    case CAST_SUPERSEDED:
    case CAST_SIGNED_OUT:
    case CAST_NOT_OPEN:
    case CAST_CLOSED:
    case CAST_OUT_OF_REACH:
    case CAST_BAD_WEIGHT:
    case CAST_NOTHING_TO_WITHDRAW:
    case CAST_SIBLING_REFUSED:
    case CAST_NO_ROUND:
    case CAST_NO_BATCH:
    case CAST_SKIPPED:
    case CAST_FAILED:
    case CAST_UNKNOWN:
        break;
    }
    return tr(s, "We could not read your choices. Choose again");
}

/* Not said beside other errors: what is to be mended there may be what is missing. */
static bool is_too_little(enum cast_outcome outcome)
{
    return outcome == CAST_TOO_FEW || outcome == CAST_POT_TOO_FEW || outcome == CAST_EMPTY;
}

void sheet_refuse(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v)
{
    struct ballot_over over[BALLOT_OVERS_MAX];
    bool others = s->errors.n + s->rows.n > 0;
    int n = sheet_overs(s, over);
    if (v->outcome == CAST_UNKNOWN_PROPOSAL || v->outcome == CAST_WITHDRAWN_PROPOSAL) {
        const char *words = gone_words(s, a, v);
        form_error(&s->errors, first_box(s, a), words);
        return; /* the total is another one now */
    }
    bool said = is_too_little(v->outcome) && others;
    for (int i = 0; i < n; i++) {
        said = said || over[i].verdict.outcome == v->outcome;
        form_error(&s->errors, first_box(s, a), words_of(s, a, &over[i].verdict, over[i].pot));
    }
    if (s->round.kind == ROUND_POINTS)
        refuse_points(s, a);
    if (s->round.kind == ROUND_RANKING)
        refuse_ranks(s, a);
    if (v->outcome == CAST_BAD_RANKS || v->outcome == CAST_OVER_POINT_MAX)
        said = s->rows.n > 0;
    if (!said)
        form_error(&s->errors, first_box(s, a), words_of(s, a, v, NULL));
}

struct form_errors sheet_errors(const struct ballot_sheet *s)
{
    struct form_errors all = s->errors;
    for (int i = 0; i < s->rows.n; i++)
        form_error(&all, s->rows.error[i].field, s->rows.error[i].message);
    return all;
}

bool sheet_is_clear(struct ballot_sheet *s)
{
    bool question = s->round.kind == ROUND_YES_NO;
    const char *field = question ? "answer" : "p-none";
    if (s->picks.blank && s->picks.n > 0)
        form_error(&s->errors, field,
                   tr(s, "You made a choice and also said that you do not support any of these. "
                         "Clear one or the other"));
    else if (s->picks.blank && !s->round.blank_allowed)
        s->picks.blank = false;
    else if (!s->picks.blank && s->picks.n == 0 && s->round.blank_allowed && s->rows.n == 0)
        form_error(&s->errors, field,
                   question ? tr(s, "Choose yes, no, or a blank ballot")
                            : tr(s, "Make a choice, or say that you do not support any of these"));
    return s->errors.n == 0;
}
