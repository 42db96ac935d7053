/* ballot_words.c: refusals of a ballot in the voter's words, and what to do about them. */
#include "server/ballot_form.h"

enum { POT_PACKED = 1000 }; /* CAST_POT_TOO_MANY and _FEW: pot * 1000 + picks */

const char *blank_label(enum round_kind kind)
{
    return kind == ROUND_YES_NO ? N_("Neither yes nor no: a blank ballot")
                                : N_("I do not support any of these");
}

void ordinal_text(int n, char out[16])
{
    bool teen = n / 10 % 10 == 1;
    const char *end = "th";
    if (!teen && n % 10 == 1)
        end = "st";
    else if (!teen && n % 10 == 2)
        end = "nd";
    else if (!teen && n % 10 == 3)
        end = "rd";
    snprintf(out, 16, "%d%s", n, end);
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

/* The pot that is over by just this much. */
static const char *over_words(const struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    const char *from = "";
    for (int i = 0; s->pots.n > 1 && i < s->pots.n && from[0] == '\0'; i++) {
        const struct pot *pot = &s->pots.pot[i];
        if (pot->amount == v->limit &&
            picks_cost(&s->picks, &s->all, pot->ordinal) == v->limit + v->detail)
            from = arena_fmt(a, " from %s", pot->name);
    }
    return arena_fmt(a, "Your choices%s cost %s. Remove %s or more so they cost %s or less", from,
                     kit_money(a, v->limit + v->detail), kit_money(a, v->detail),
                     kit_money(a, v->limit));
}

static const char *many_words(const struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    int over = (int)(v->detail - v->limit);
    const char *what =
        v->limit == 1 ? "one project" : arena_fmt(a, "up to %d projects", (int)v->limit);
    switch (s->round.kind) {
    case ROUND_POINTS:
        return arena_fmt(a, "You can give points to %s. Take the points off %d", what, over);
    case ROUND_RANKING:
        return arena_fmt(a, "You can number %s. Clear %d", what, over);
    case ROUND_YES_NO:
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return arena_fmt(a, "You can choose %s. Remove %d", what, over);
}

static const char *few_words(const struct ballot_sheet *s, struct arena *a, int64_t least)
{
    const char *what =
        least <= 1 ? "at least one project" : arena_fmt(a, "at least %d projects", (int)least);
    switch (s->round.kind) {
    case ROUND_YES_NO:
        return "Choose yes or no";
    case ROUND_POINTS:
        return arena_fmt(a, "Give points to %s", what);
    case ROUND_RANKING:
        return arena_fmt(a, "Number %s", what);
    case ROUND_APPROVAL:
    case ROUND_KNAPSACK:
        break;
    }
    return arena_fmt(a, "Choose %s", what);
}

static const char *pot_words(const struct ballot_sheet *s, struct arena *a,
                             const struct ballot_verdict *v)
{
    const struct pot *pot = pot_find(&s->pots, (int32_t)(v->detail / POT_PACKED));
    int picks = (int)(v->detail % POT_PACKED), limit = (int)v->limit;
    const char *name = pot != NULL ? pot->name : "one pot";
    if (v->outcome == CAST_POT_TOO_MANY)
        return arena_fmt(a, "You chose %d projects from %s and can choose up to %d. Remove %d",
                         picks, name, limit, picks - limit);
    return arena_fmt(a, "Choose at least %d %s from %s", limit, limit == 1 ? "project" : "projects",
                     name);
}

/* Projects that went meanwhile are taken off; what is left is for the voter to look at. */
static const char *gone_words(struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    const struct proposal *p = proposal_find(&s->all, (int32_t)v->detail);
    picks_remove(&s->picks, (int32_t)v->detail);
    picks_drop_withdrawn(&s->picks, &s->all, s->round.kind);
    if (v->outcome == CAST_WITHDRAWN_PROPOSAL)
        return arena_fmt(a,
                         "%s has been withdrawn and was taken off your choices. Look at "
                         "what is left and continue",
                         p != NULL ? arena_fmt(a, "“%s”", p->title)
                                   : arena_fmt(a, "Number %04d", (int)v->detail));
    return arena_fmt(a,
                     "Number %04d is not in this vote and was taken off your choices. Look "
                     "at what is left and continue",
                     (int)v->detail);
}

static void row_error(struct ballot_sheet *s, struct arena *a, int32_t number, const char *words)
{
    s->rows_wrong = true;
    form_error(&s->errors, arena_fmt(a, "p%04d", (int)number), words);
}

static void refuse_points(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v)
{
    for (int i = 0; i < s->picks.n; i++) {
        const struct proposal *p = proposal_find(&s->all, s->picks.pick[i].number);
        if (p != NULL && s->picks.pick[i].weight > v->limit)
            row_error(s, a, p->number,
                      arena_fmt(a, "“%s”: you gave %u points. The most for one project is %d",
                                p->title, s->picks.pick[i].weight, (int)v->limit));
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
                      arena_fmt(a,
                                "“%s” and “%s” are both number %u. Give each a number of its own",
                                p->title, q->title, two->weight));
    }
    if (s->errors.n == 0)
        form_error(&s->errors, first_box(s, a), "Number your choices 1, 2, 3 and so on");
}

static const char *words_of(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v)
{
    switch (v->outcome) {
    case CAST_OVER_BUDGET:
        return over_words(s, a, v);
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
        return arena_fmt(a, "You gave %d points. Take %d back so that they are %d or fewer",
                         (int)v->detail, (int)(v->detail - v->limit), (int)v->limit);
    case CAST_UNKNOWN_PROPOSAL:
    case CAST_WITHDRAWN_PROPOSAL:
        return gone_words(s, a, v);
    case CAST_OVER_POINT_MAX: /* said row by row */
    case CAST_BAD_RANKS:
    case CAST_NOT_DECLARED: /* a page of its own */
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
    return "We could not read your choices. Choose again";
}

void sheet_refuse(struct ballot_sheet *s, struct arena *a, const struct ballot_verdict *v)
{
    if (v->outcome == CAST_OVER_POINT_MAX) {
        refuse_points(s, a, v);
    } else if (v->outcome == CAST_BAD_RANKS) {
        refuse_ranks(s, a);
    } else {
        const char *words = words_of(s, a, v);
        form_error(&s->errors, first_box(s, a), words);
    }
}

bool sheet_is_clear(struct ballot_sheet *s)
{
    bool question = s->round.kind == ROUND_YES_NO;
    const char *field = question ? "answer" : "p-none";
    if (s->picks.blank && s->picks.n > 0)
        form_error(&s->errors, field,
                   "You made a choice and also said that you do not support any of these. Clear "
                   "one or the other");
    else if (s->picks.blank && !s->round.blank_allowed)
        s->picks.blank = false;
    else if (!s->picks.blank && s->picks.n == 0 && s->round.blank_allowed)
        form_error(&s->errors, field,
                   question ? "Choose yes, no, or a blank ballot"
                            : "Make a choice, or say that you do not support any of these");
    return s->errors.n == 0;
}
