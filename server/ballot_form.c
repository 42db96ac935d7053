/* ballot_form.c: picks between form, draft and page; refusals in the voter's words. */
#include "server/ballot_form.h"

static bool read_one(const char *text, struct ballot_pick *out)
{
    char number[5];
    uint64_t value, weight = 1;
    size_t digits = strcspn(text, "=");
    if (digits == 0 || digits > 4)
        return false;
    memcpy(number, text, digits);
    number[digits] = '\0';
    if (!parse_uint(number, 9999, &value))
        return false;
    if (text[digits] == '=' && !parse_uint(text + digits + 1, 1, &weight))
        return false;
    *out = (struct ballot_pick){.number = (uint16_t)value, .weight = (uint16_t)weight};
    return true;
}

bool picks_read(const struct request *r, struct ballot_picks *out)
{
    int given = request_field_count(r, "p");
    out->n = 0;
    for (int i = 0; i < given; i++) {
        struct ballot_pick pick;
        if (!read_one(request_field_at(r, "p", i), &pick))
            return false;
        if (picks_find(out, pick.number) != NULL)
            continue;
        if (out->n == BALLOT_PICKS_MAX)
            return false;
        out->pick[out->n++] = pick;
    }
    ballot_sort(out->pick, out->n);
    return true;
}

bool picks_from_draft(const struct request *r, int32_t round, struct ballot_picks *out)
{
    struct draft d = {0};
    out->n = 0;
    if (!session_draft_read(r, &d) || d.round != round)
        return false;
    for (int i = 0; i < d.n_picks; i++)
        out->pick[i] = d.picks[i];
    out->n = d.n_picks;
    return true;
}

void picks_to_draft(struct request *r, int32_t round, const struct ballot_picks *picks)
{
    struct draft d = {.round = round, .n_picks = picks->n};
    for (int i = 0; i < picks->n; i++)
        d.picks[i] = picks->pick[i];
    session_draft_set(r, &d);
}

const struct ballot_pick *picks_find(const struct ballot_picks *picks, int32_t number)
{
    for (int i = 0; i < picks->n; i++) {
        if (picks->pick[i].number == number)
            return &picks->pick[i];
    }
    return NULL;
}

void picks_remove(struct ballot_picks *picks, int32_t number)
{
    uint16_t kept = 0;
    for (int i = 0; i < picks->n; i++) {
        if (picks->pick[i].number != number)
            picks->pick[kept++] = picks->pick[i];
    }
    picks->n = kept;
}

void picks_hidden(struct html *h, const struct ballot_picks *picks, enum round_kind kind)
{
    char text[10];
    for (int i = 0; i < picks->n; i++) {
        const struct ballot_pick *p = &picks->pick[i];
        if (kind == ROUND_YES_NO)
            snprintf(text, sizeof text, "%04u=%u", p->number % 10000u, p->weight % 2u);
        else
            snprintf(text, sizeof text, "%04u", p->number % 10000u);
        form_hidden(h, "p", text);
    }
}

int64_t picks_cost(const struct ballot_picks *picks, const struct proposals *all, int32_t pot)
{
    int64_t sum = 0;
    for (int i = 0; i < picks->n; i++) {
        const struct proposal *p = proposal_find(all, picks->pick[i].number);
        if (p != NULL && (pot == 0 || p->pot == pot))
            sum += p->cost;
    }
    return sum;
}

/* Where the summary's link leads: the first box that is ticked, or else the first there is. */
static const char *first_box(const struct ballot_sheet *s, struct arena *a)
{
    if (s->round.kind == ROUND_YES_NO)
        return "answer";
    for (int i = 0; i < s->all.n; i++) {
        if (picks_find(&s->picks, s->all.proposal[i].number) != NULL)
            return arena_fmt(a, "p%04d", (int)s->all.proposal[i].number);
    }
    return s->all.n > 0 ? arena_fmt(a, "p%04d", (int)s->all.proposal[0].number) : "main";
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

static const char *many_words(struct arena *a, const struct ballot_verdict *v)
{
    if (v->limit == 1)
        return arena_fmt(a, "You can choose one project. Remove %d", (int)(v->detail - v->limit));
    return arena_fmt(a, "You can choose up to %d projects. Remove %d", (int)v->limit,
                     (int)(v->detail - v->limit));
}

static const char *few_words(const struct ballot_sheet *s, struct arena *a,
                             const struct ballot_verdict *v)
{
    if (s->round.kind == ROUND_YES_NO)
        return "Choose yes or no";
    if (v->limit <= 1)
        return "Choose at least one project";
    return arena_fmt(a, "Choose at least %d projects", (int)v->limit);
}

/* "Choose at most 2 projects from Ward pot. You chose 3" */
static const char *pot_words(const struct ballot_sheet *s, struct arena *a,
                             const struct ballot_verdict *v)
{
    const struct pot *pot = pot_find(&s->pots, (int32_t)(v->detail / 1000));
    return arena_fmt(a, "Choose at %s %d %s from %s. You chose %d",
                     v->outcome == CAST_POT_TOO_MANY ? "most" : "least", (int)v->limit,
                     v->limit == 1 ? "project" : "projects", pot != NULL ? pot->name : "this pot",
                     (int)(v->detail % 1000));
}

static const char *title_of(const struct ballot_sheet *s, int64_t number)
{
    const struct proposal *p = proposal_find(&s->all, (int32_t)number);
    return p != NULL ? p->title : "a project";
}

static const char *points_words(const struct ballot_sheet *s, struct arena *a,
                                const struct ballot_verdict *v)
{
    if (v->outcome == CAST_OVER_POINT_MAX)
        return arena_fmt(a, "Give %s %d points or fewer", title_of(s, v->detail), (int)v->limit);
    return arena_fmt(a, "You gave %d points. Take %d back so that they are %d or fewer",
                     (int)v->detail, (int)(v->detail - v->limit), (int)v->limit);
}

/* Projects that went meanwhile are taken off; what is left is for the voter to look at. */
static const char *gone_words(struct ballot_sheet *s, struct arena *a,
                              const struct ballot_verdict *v)
{
    picks_remove(&s->picks, (int32_t)v->detail);
    return arena_fmt(a,
                     v->outcome == CAST_WITHDRAWN_PROPOSAL
                         ? "Number %04d has been withdrawn and was taken off your choices. Look at "
                           "what is left and continue"
                         : "Number %04d is not in this vote and was taken off your choices. Look "
                           "at what is left and continue",
                     (int)v->detail);
}

static const char *refusal_words(struct ballot_sheet *s, struct arena *a,
                                 const struct ballot_verdict *v)
{
    switch (v->outcome) {
    case CAST_OVER_BUDGET:
        return over_words(s, a, v);
    case CAST_TOO_MANY:
        return many_words(a, v);
    case CAST_TOO_FEW:
    case CAST_EMPTY:
        return few_words(s, a, v);
    case CAST_UNKNOWN_PROPOSAL:
    case CAST_WITHDRAWN_PROPOSAL:
        return gone_words(s, a, v);
    case CAST_POT_TOO_MANY:
    case CAST_POT_TOO_FEW:
        return pot_words(s, a, v);
    case CAST_OVER_POINTS:
    case CAST_OVER_POINT_MAX:
        return points_words(s, a, v);
    case CAST_BAD_RANKS:
        return arena_fmt(a, "Give each choice a place of its own, from 1 without gaps. Look at %s",
                         title_of(s, v->detail));
    case CAST_NOT_DECLARED:
        return "Say first that you may vote here";
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
    form_error(&s->errors, first_box(s, a), refusal_words(s, a, v));
}
