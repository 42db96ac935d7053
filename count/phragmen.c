/* phragmen.c: buys projects as their supporters come to have the money, see phragmen.h.
 *
 * All supporters of a bought project have the same load afterwards, so a class of voters needs no
 * load but the number of the step at which it last paid. Loads are doubles with a bound: with
 * u = 2^-53, n loads (exact within d_s) times voters added up are within (n + 2) u of the computed
 * sum and sum m d_s (see shares_inside.h); adding the cost (within dc) and dividing by the exact
 * number of supporters adds dc and 4 u of the result. Times only grow, as loads do, so that old
 * lower bounds hold. Where intervals overlap the lowest, or a bound decides nothing, rationals do.
 */
#include "count/phragmen.h"

#include <math.h>

#define UNIT  0x1p-53
#define SLACK (1 + 0x1p-20)

/* A time between `lo` and `hi`. */
struct due {
    double lo, hi;
    uint32_t project;
};

struct phragmen_state {
    const struct profile *p;
    struct phragmen *out;
    bool plain;
    uint32_t *paid;   /* by class: number of steps when it last paid, 0 for never */
    double *load, *d; /* by number of steps; [0] is 0 */
    struct due *due;  /* by lo, lowest first */
    size_t due_count;
    uint64_t *voters; /* by number of steps, while sums are made */
    mpq_t left;
};

static void set_due(struct phragmen_state *s, struct due *due, double sum, double error)
{
    const struct project *project = &s->p->e->projects[due->project];
    double voters = (double)s->p->supporters[due->project];
    double cost = mpq_get_d(project->cost);
    double time = (cost + sum) / voters;
    error = ((error + 2 * UNIT * cost) / voters + 4 * UNIT * time) * SLACK;
    due->lo = s->plain ? 0 : time - error;
    due->hi = s->plain ? INFINITY : time + error;
}

static void find_due(struct phragmen_state *s, struct due *due)
{
    const struct profile *p = s->p;
    double sum = 0;
    double error = 0;
    size_t first = p->starts[due->project];
    size_t end = p->starts[due->project + 1];
    for (size_t i = first; i < end; i++) {
        double voters = p->multiplicity[p->support[i]];
        uint32_t step = s->paid[p->support[i]];
        sum += voters * s->load[step];
        error += voters * s->d[step];
    }
    set_due(s, due, sum, error + (double)(end - first + 2) * UNIT * sum);
}

/* The exact time: (cost + sum of loads) / supporters. */
static void find_time(struct phragmen_state *s, uint32_t project, mpq_t out)
{
    const struct profile *p = s->p;
    mpq_t part;
    mpq_init(part);
    mpq_set(out, p->e->projects[project].cost);
    memset(s->voters, 0, (s->out->count + 1) * sizeof(*s->voters));
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        s->voters[s->paid[p->support[i]]] += p->multiplicity[p->support[i]];
    for (size_t step = 1; step <= s->out->count; step++) {
        if (s->voters[step] == 0)
            continue;
        mpq_set_ui(part, s->voters[step], 1);
        mpq_mul(part, part, s->out->times[step - 1]);
        mpq_add(out, out, part);
    }
    mpq_set_ui(part, p->supporters[project], 1);
    mpq_div(out, out, part);
    mpq_clear(part);
}

/* Back into order after due[0 .. count) were computed anew; all before were lower. */
static void sort_due(struct phragmen_state *s, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        struct due due = s->due[i];
        size_t at = i;
        for (; at + 1 < s->due_count && s->due[at + 1].lo < due.lo; at++)
            s->due[at] = s->due[at + 1];
        s->due[at] = due;
    }
}

/* Computes times until the rest cannot be lower; how many may be the lowest. They come first. */
static size_t find_contenders(struct phragmen_state *s)
{
    double bound = INFINITY;
    size_t met = 0;
    size_t contenders = 0;
    for (; met < s->due_count && s->due[met].lo <= bound; met++) {
        find_due(s, &s->due[met]);
        bound = s->due[met].hi < bound ? s->due[met].hi : bound;
    }
    sort_due(s, met);
    while (contenders < s->due_count && s->due[contenders].lo <= bound)
        contenders++;
    return contenders;
}

static bool fits(const struct phragmen_state *s, uint32_t project)
{
    return mpq_cmp(s->p->e->projects[project].cost, s->left) <= 0;
}

/* One of those with the lowest time: the lower rank is bought, unless one does not fit. */
static void meet(struct phragmen_state *s, size_t *best, size_t other)
{
    struct phragmen *out = s->out;
    const uint32_t *rank = s->p->rank;
    uint32_t a = s->due[*best].project;
    uint32_t b = s->due[other].project;
    uint32_t later = rank[a] < rank[b] ? b : a;
    uint32_t *rival = &out->rival[out->count];
    if (*rival == PHRAGMEN_NONE || rank[later] < rank[*rival])
        *rival = later;
    if (!fits(s, b) && (out->stopped_by == PHRAGMEN_NONE || rank[b] < rank[out->stopped_by]))
        out->stopped_by = b;
    *best = rank[a] < rank[b] ? *best : other;
    out->tied[out->count]++;
}

/* The place in due[] of what has the lowest time, which is put into times[]. */
static size_t choose(struct phragmen_state *s, size_t contenders)
{
    struct phragmen *out = s->out;
    size_t best = 0;
    mpq_t time;
    mpq_ptr lowest = out->times[out->count];
    mpq_init(time);
    find_time(s, s->due[0].project, lowest);
    for (size_t i = 0; i < contenders; i++) {
        if (i > 0)
            find_time(s, s->due[i].project, time);
        int order = i > 0 ? mpq_cmp(time, lowest) : -1;
        if (order < 0) {
            if (i > 0)
                mpq_swap(time, lowest);
            best = i;
            out->tied[out->count] = 1;
            out->rival[out->count] = PHRAGMEN_NONE;
            out->stopped_by = fits(s, s->due[i].project) ? PHRAGMEN_NONE : s->due[i].project;
        } else if (order == 0) {
            meet(s, &best, i);
        }
    }
    out->exact_choices += contenders > 1 ? 1 : 0;
    mpq_clear(time);
    return best;
}

static void remove_excluded(struct phragmen_state *s, uint32_t bought)
{
    const struct project *projects = s->p->e->projects;
    size_t kept = 0;
    for (size_t i = 0; i < s->due_count; i++) {
        uint32_t group = projects[s->due[i].project].exclusion;
        if (group == 0 || group != projects[bought].exclusion)
            s->due[kept++] = s->due[i];
    }
    s->due_count = kept;
}

static void buy(struct phragmen_state *s, size_t place)
{
    const struct profile *p = s->p;
    struct phragmen *out = s->out;
    uint32_t project = s->due[place].project;
    double time = mpq_get_d(out->times[out->count]);
    memmove(s->due + place, s->due + place + 1, (s->due_count - place - 1) * sizeof(*s->due));
    s->due_count--;
    remove_excluded(s, project);
    mpq_sub(s->left, s->left, p->e->projects[project].cost);
    mpq_add(out->cost, out->cost, p->e->projects[project].cost);
    out->projects[out->count++] = project;
    s->load[out->count] = time;
    s->d[out->count] = 2 * UNIT * time * SLACK;
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        s->paid[p->support[i]] = (uint32_t)out->count;
}

static int compare_due(const void *left, const void *right)
{
    const struct due *a = left;
    const struct due *b = right;
    return a->lo < b->lo ? -1 : a->lo > b->lo;
}

static void start(struct phragmen_state *s)
{
    const struct profile *p = s->p;
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (p->supporters[i] == 0 || !fits(s, i))
            continue;
        struct due *due = &s->due[s->due_count++];
        due->project = i;
        set_due(s, due, 0, 0);
    }
    qsort(s->due, s->due_count, sizeof(*s->due), compare_due);
}

void phragmen_count(const struct profile *p, bool plain, struct phragmen *out)
{
    size_t room = p->project_count + 1;
    struct phragmen_state s = {.p = p, .out = out, .plain = plain};
    *out = (struct phragmen){.room = room, .stopped_by = PHRAGMEN_NONE};
    out->projects = wm_alloc(room * sizeof(*out->projects));
    out->tied = wm_alloc(room * sizeof(*out->tied));
    out->rival = wm_alloc(room * sizeof(*out->rival));
    out->times = wm_alloc(room * sizeof(*out->times));
    for (size_t i = 0; i < room; i++)
        mpq_init(out->times[i]);
    mpq_init(out->cost);
    s.paid = wm_alloc((p->class_count + 1) * sizeof(*s.paid));
    s.load = wm_alloc(room * sizeof(*s.load));
    s.d = wm_alloc(room * sizeof(*s.d));
    s.due = wm_alloc(room * sizeof(*s.due));
    s.voters = wm_alloc(room * sizeof(*s.voters));
    mpq_init(s.left);
    mpq_set(s.left, p->e->budget);
    start(&s);
    while (s.due_count > 0) {
        size_t best = choose(&s, find_contenders(&s));
        if (out->stopped_by != PHRAGMEN_NONE)
            break;
        buy(&s, best);
    }
    free(s.paid);
    free(s.load);
    free(s.d);
    free(s.due);
    free(s.voters);
    mpq_clear(s.left);
}

void phragmen_free(struct phragmen *r)
{
    for (size_t i = 0; i < r->room; i++)
        mpq_clear(r->times[i]);
    mpq_clear(r->cost);
    free(r->projects);
    free(r->tied);
    free(r->rival);
    free(r->times);
}
