/* ballot_form.c: picks between form, draft and page. */
#include "server/ballot_form.h"
#include "common/log.h"
#include "server/tr.h"

enum { WEIGHT_MAX = 9999 };

static bool read_number(const char *text, size_t digits, uint16_t *out)
{
    char number[5];
    uint64_t value;
    if (digits == 0 || digits > 4)
        return false;
    memcpy(number, text, digits);
    number[digits] = '\0';
    if (!parse_uint(number, 9999, &value))
        return false;
    *out = (uint16_t)value;
    return true;
}

static bool read_one(const char *text, struct ballot_pick *out)
{
    uint64_t weight = 1;
    size_t digits = strcspn(text, "=");
    if (!read_number(text, digits, &out->number))
        return false;
    if (text[digits] == '=' && !parse_uint(text + digits + 1, WEIGHT_MAX, &weight))
        return false;
    out->weight = (uint16_t)weight;
    return true;
}

static bool add(struct ballot_picks *out, struct ballot_pick pick)
{
    if (picks_find(out, pick.number) != NULL)
        return true;
    if (out->n == DRAFT_PICKS_MAX)
        return false;
    out->pick[out->n++] = pick;
    return true;
}

/* What somebody typed as points or as a rank: "" is 0. */
static bool read_weight(const char *text, uint16_t *out)
{
    uint64_t value = 0;
    if (text[0] != '\0' && !parse_uint(text, WEIGHT_MAX, &value))
        return false;
    *out = (uint16_t)value;
    return true;
}

static bool read_pairs(const struct request *r, struct ballot_picks *out)
{
    int given = request_field_count(r, "n");
    if (given != request_field_count(r, "w"))
        return false;
    for (int i = 0; i < given; i++) {
        struct ballot_pick pick;
        const char *number = request_field_at(r, "n", i);
        if (!read_number(number, strlen(number), &pick.number))
            return false;
        if (read_weight(request_field_at(r, "w", i), &pick.weight) && pick.weight > 0 &&
            !add(out, pick))
            return false;
    }
    return true;
}

bool picks_read(const struct request *r, struct ballot_picks *out)
{
    int given = request_field_count(r, "p");
    *out = (struct ballot_picks){0};
    for (int i = 0; i < given; i++) {
        struct ballot_pick pick;
        const char *text = request_field_at(r, "p", i);
        if (strcmp(text, "none") == 0)
            out->blank = true;
        else if (!read_one(text, &pick) || !add(out, pick))
            return false;
    }
    if (!read_pairs(r, out))
        return false;
    ballot_sort(out->pick, out->n);
    return true;
}

bool sheet_typed(struct request *r, struct ballot_sheet *s)
{
    int given = request_field_count(r, "n");
    for (int i = 0; i < given && i < DRAFT_PICKS_MAX; i++) {
        uint16_t number, weight;
        const char *text = request_field_at(r, "w", i), *n = request_field_at(r, "n", i);
        MUST(read_number(n, strlen(n), &number) && text != NULL); /* picks_read saw them */
        s->typed.row[s->typed.n].number = number;
        s->typed.row[s->typed.n++].text = text;
        const struct proposal *p = proposal_find(&s->all, number);
        if (p == NULL || read_weight(text, &weight))
            continue;
        form_error(&s->rows, arena_fmt(&r->arena, "p%04u", number),
                   trv(&r->arena, s,
                       s->round.kind == ROUND_POINTS
                           ? N_("“{title}”: the points must be a whole number, like 3")
                           : N_("“{title}”: its place must be a whole number, like 1"),
                       TR_TEXT("title", p->title)));
    }
    return s->rows.n == 0;
}

bool picks_from_draft(const struct request *r, int32_t round, struct ballot_picks *out)
{
    struct draft d = {0};
    *out = (struct ballot_picks){0};
    if (!session_draft_read(r, &d) || d.round != round ||
        (d.add != 0 && d.n_picks == 0 && !d.blank))
        return false;
    for (int i = 0; i < d.n_picks; i++)
        out->pick[i] = d.picks[i];
    out->n = d.n_picks;
    out->blank = d.blank;
    return true;
}

int32_t picks_to_add(const struct request *r, int32_t round)
{
    struct draft d = {0};
    return session_draft_read(r, &d) && d.round == round ? d.add : 0;
}

void picks_add(struct ballot_picks *picks, int32_t number, enum round_kind kind)
{
    uint16_t last = 0, at = picks->n;
    picks->blank = false;
    if (picks->n >= DRAFT_PICKS_MAX || picks_find(picks, number) != NULL)
        return;
    for (int i = 0; i < picks->n; i++)
        last = picks->pick[i].weight > last ? picks->pick[i].weight : last;
    for (; at > 0 && picks->pick[at - 1].number > number; at--)
        picks->pick[at] = picks->pick[at - 1];
    picks->pick[at] =
        (struct ballot_pick){.number = (uint16_t)number,
                             .weight = kind == ROUND_RANKING ? (uint16_t)(last + 1) : (uint16_t)1};
    picks->n++;
}

void picks_to_draft(struct request *r, int32_t round, const struct ballot_picks *picks)
{
    struct draft d = {.round = round, .n_picks = picks->n, .blank = picks->blank};
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
    char text[16];
    bool plain = kind == ROUND_APPROVAL || kind == ROUND_KNAPSACK;
    for (int i = 0; i < picks->n; i++) {
        const struct ballot_pick *p = &picks->pick[i];
        if (plain)
            snprintf(text, sizeof text, "%04u", p->number % 10000u);
        else
            snprintf(text, sizeof text, "%04u=%u", p->number % 10000u, p->weight % 10000u);
        form_hidden(h, "p", text);
    }
    if (picks->blank)
        form_hidden(h, "p", "none");
}

void picks_by_rank(const struct ballot_picks *picks, uint16_t *out)
{
    for (uint16_t i = 0; i < picks->n; i++) {
        uint16_t at = i;
        for (; at > 0 && picks->pick[out[at - 1]].weight > picks->pick[i].weight; at--)
            out[at] = out[at - 1];
        out[at] = i;
    }
}

bool picks_clash(const struct ballot_picks *picks)
{
    uint16_t order[DRAFT_PICKS_MAX];
    picks_by_rank(picks, order);
    for (int i = 1; i < picks->n; i++) {
        if (picks->pick[order[i]].weight == picks->pick[order[i - 1]].weight)
            return true;
    }
    return false;
}

void picks_close_gaps(struct ballot_picks *picks)
{
    uint16_t order[DRAFT_PICKS_MAX];
    if (picks_clash(picks))
        return;
    picks_by_rank(picks, order);
    for (int i = 0; i < picks->n; i++)
        picks->pick[order[i]].weight = (uint16_t)(i + 1);
}

bool picks_drop_withdrawn(struct ballot_picks *picks, const struct proposals *all,
                          enum round_kind kind)
{
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        const struct proposal *p = &all->proposal[i];
        if (!p->withdrawn || picks_find(picks, p->number) == NULL)
            continue;
        picks_remove(picks, p->number);
        any = true;
    }
    if (any && kind == ROUND_RANKING)
        picks_close_gaps(picks);
    return any;
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

int picks_count(const struct ballot_picks *picks, const struct proposals *all, int32_t pot)
{
    int n = 0;
    for (int i = 0; i < picks->n; i++) {
        const struct proposal *p = proposal_find(all, picks->pick[i].number);
        n += p != NULL && (pot == 0 || p->pot == pot);
    }
    return n;
}

int64_t picks_sum(const struct ballot_picks *picks)
{
    int64_t sum = 0;
    for (int i = 0; i < picks->n; i++)
        sum += picks->pick[i].weight;
    return sum;
}
