/* maximin_flow.c: the load of a set of projects by Dinic's algorithm in 128-bit integers.
 *
 * Voters who support the same projects of W are one `cell`. To ask for W + p, each cell that
 * supports p is split in two for the time of the question. Costs are whole multiples of one unit;
 * against a bound a / b, project k gives cost[k] * b and a cell of m voters takes m * a. With costs
 * that add up to less than 2^64 units and fewer than 2^32 voters all numbers are below 2^96, sums
 * of them below 2^127. */
#include "count/maximin.h"

__extension__ typedef unsigned __int128 wide;

/* Voters who support the same members of W: those of `parent`, and `member`. */
struct cell {
    uint32_t parent; /* MAXIMIN_NONE for the first, who support none */
    uint32_t member;
    uint64_t voters;
};

/* A place where flow can go: a cell, or the part of it that supports the project asked for. */
struct sink {
    size_t first, end; /* its edges */
    uint64_t voters;
    wide room;
    uint32_t level;
};

struct edge {
    uint32_t source;
    uint32_t sink;
    wide flow;
};

struct source {
    uint64_t cost;
    wide rest;
    uint32_t level;
    size_t first, end, next; /* its edges, by place in by_source */
};

struct maximin_flow {
    const struct profile *p;
    uint64_t *cost;    /* by project, in units */
    mpz_t unit;        /* amounts times this are units */
    uint32_t *cell_of; /* by class */
    struct cell *cells;
    size_t cell_count, cell_room;
    uint32_t *split;    /* by cell: voters who support the project in question; then its new cell */
    uint32_t *projects; /* W */
    size_t count;

    struct source *sources;
    struct sink *sinks;
    size_t sink_count;
    struct edge *edges; /* by sink */
    uint32_t *by_source;
    size_t edge_count, edge_room;
    uint32_t *queue; /* sources, then sinks as source_count + i */
};

/* The least unit of which all costs are multiples: 1 / lcm of their denominators. */
static bool find_costs(struct maximin_flow *f)
{
    const struct profile *p = f->p;
    mpz_t cost, sum;
    mpz_inits(cost, sum, NULL);
    mpz_set_ui(f->unit, 1);
    for (size_t i = 0; i < p->project_count; i++)
        mpz_lcm(f->unit, f->unit, mpq_denref(p->e->projects[i].cost));
    for (size_t i = 0; i < p->project_count; i++) {
        mpz_mul(cost, f->unit, mpq_numref(p->e->projects[i].cost));
        mpz_divexact(cost, cost, mpq_denref(p->e->projects[i].cost));
        mpz_add(sum, sum, cost);
        if (mpz_sizeinbase(cost, 2) <= 63)
            f->cost[i] = mpz_get_ui(cost);
    }
    bool fits = mpz_sizeinbase(sum, 2) <= 63 && p->voters < UINT32_MAX;
    mpz_clears(cost, sum, NULL);
    return fits;
}

static uint32_t add_cell(struct maximin_flow *f, struct cell cell)
{
    if (f->cell_count == f->cell_room) {
        f->cell_room = f->cell_room * 2 + 64;
        f->cells = wm_realloc(f->cells, f->cell_room * sizeof(*f->cells));
        f->split = wm_realloc(f->split, f->cell_room * sizeof(*f->split));
        f->sinks = wm_realloc(f->sinks, 2 * f->cell_room * sizeof(*f->sinks));
    }
    f->cells[f->cell_count] = cell;
    f->split[f->cell_count] = 0;
    return (uint32_t)f->cell_count++;
}

struct maximin_flow *maximin_flow_new(const struct profile *p)
{
    struct maximin_flow *f = wm_alloc(sizeof(*f));
    size_t projects = p->project_count + 1;
    f->p = p;
    mpz_init(f->unit);
    f->cost = wm_alloc(projects * sizeof(*f->cost));
    f->cell_of = wm_alloc((p->class_count + 1) * sizeof(*f->cell_of));
    f->projects = wm_alloc(projects * sizeof(*f->projects));
    f->sources = wm_alloc(projects * sizeof(*f->sources));
    uint32_t first = add_cell(f, (struct cell){.parent = MAXIMIN_NONE});
    for (size_t i = 0; i < p->class_count; i++)
        f->cells[first].voters += p->multiplicity[i];
    if (find_costs(f))
        return f;
    maximin_flow_free(f);
    return NULL;
}

void maximin_flow_free(struct maximin_flow *f)
{
    mpz_clear(f->unit);
    free(f->cost);
    free(f->cell_of);
    free(f->cells);
    free(f->split);
    free(f->projects);
    free(f->sources);
    free(f->sinks);
    free(f->edges);
    free(f->by_source);
    free(f->queue);
    free(f);
}

void maximin_flow_add(struct maximin_flow *f, uint32_t project)
{
    const struct profile *p = f->p;
    uint32_t member = (uint32_t)f->count;
    f->projects[f->count++] = project;
    memset(f->split, 0, f->cell_count * sizeof(*f->split));
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t *cell = &f->cell_of[p->support[i]];
        uint64_t voters = p->multiplicity[p->support[i]];
        if (f->split[*cell] == 0) {
            uint32_t new = add_cell(f, (struct cell){.parent = *cell, .member = member});
            f->split[*cell] = new;
        }
        f->cells[*cell].voters -= voters;
        *cell = f->split[*cell];
        f->cells[*cell].voters += voters;
    }
}

/* --- the graph -----------------------------------------------------------------------------------
 */

static void add_edge(struct maximin_flow *f, uint32_t source)
{
    if (f->edge_count == f->edge_room) {
        f->edge_room = f->edge_room * 2 + 256;
        f->edges = wm_realloc(f->edges, f->edge_room * sizeof(*f->edges));
        f->by_source = wm_realloc(f->by_source, f->edge_room * sizeof(*f->by_source));
    }
    f->edges[f->edge_count++] = (struct edge){.source = source, .sink = (uint32_t)f->sink_count};
    f->sources[source].end++;
}

/* Voters of a cell, with or without the project asked for, if they can bear anything. */
static void add_sink(struct maximin_flow *f, uint32_t cell, uint64_t voters, bool with)
{
    struct sink *sink = &f->sinks[f->sink_count];
    *sink = (struct sink){.first = f->edge_count, .voters = voters};
    for (uint32_t c = cell; f->cells[c].parent != MAXIMIN_NONE; c = f->cells[c].parent)
        add_edge(f, f->cells[c].member);
    if (with)
        add_edge(f, (uint32_t)f->count);
    sink->end = f->edge_count;
    if (voters > 0 && sink->end > sink->first) {
        f->sink_count++;
        return;
    }
    for (size_t i = sink->first; i < sink->end; i++)
        f->sources[f->edges[i].source].end--;
    f->edge_count = sink->first;
}

static void index_by_source(struct maximin_flow *f)
{
    size_t place = 0;
    for (size_t k = 0; k <= f->count; k++) {
        size_t edges = f->sources[k].end;
        f->sources[k].first = place;
        f->sources[k].end = place;
        place += edges;
    }
    for (size_t i = 0; i < f->edge_count; i++)
        f->by_source[f->sources[f->edges[i].source].end++] = (uint32_t)i;
}

static void build(struct maximin_flow *f, uint32_t project)
{
    const struct profile *p = f->p;
    memset(f->split, 0, f->cell_count * sizeof(*f->split));
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        f->split[f->cell_of[p->support[i]]] += p->multiplicity[p->support[i]];
    memset(f->sources, 0, (f->count + 1) * sizeof(*f->sources));
    for (size_t k = 0; k < f->count; k++)
        f->sources[k].cost = f->cost[f->projects[k]];
    f->sources[f->count].cost = f->cost[project];
    f->sink_count = 0;
    f->edge_count = 0;
    for (uint32_t cell = 0; cell < f->cell_count; cell++) {
        add_sink(f, cell, f->cells[cell].voters - f->split[cell], false);
        add_sink(f, cell, f->split[cell], true);
    }
    index_by_source(f);
    f->queue = wm_realloc(f->queue, (f->count + 1 + f->sink_count) * sizeof(*f->queue));
}

/* --- flow ----------------------------------------------------------------------------------------
 */

/* Levels of a search from all sources that have something left; whether it reaches room. */
static bool find_levels(struct maximin_flow *f)
{
    uint32_t sources = (uint32_t)f->count + 1;
    size_t head = 0, tail = 0;
    uint32_t reached = UINT32_MAX;
    for (size_t i = 0; i < f->sink_count; i++)
        f->sinks[i].level = 0;
    for (uint32_t k = 0; k < sources; k++) {
        f->sources[k].level = f->sources[k].rest > 0 ? 1 : 0;
        f->sources[k].next = f->sources[k].first;
        if (f->sources[k].rest > 0)
            f->queue[tail++] = k;
    }
    for (; head < tail; head++) {
        uint32_t node = f->queue[head];
        if (node < sources) {
            const struct source *from = &f->sources[node];
            for (size_t i = from->first; i < from->end; i++) {
                uint32_t at = f->edges[f->by_source[i]].sink;
                struct sink *to = &f->sinks[at];
                if (to->level != 0)
                    continue;
                to->level = from->level + 1;
                f->queue[tail++] = sources + at;
                if (to->room > 0 && reached == UINT32_MAX)
                    reached = to->level;
            }
        } else {
            const struct sink *from = &f->sinks[node - sources];
            for (size_t i = from->first; i < from->end && from->level < reached; i++) {
                struct source *to = &f->sources[f->edges[i].source];
                if (to->level != 0 || f->edges[i].flow == 0)
                    continue;
                to->level = from->level + 1;
                f->queue[tail++] = f->edges[i].source;
            }
        }
    }
    return reached != UINT32_MAX;
}

static wide push(struct maximin_flow *f, uint32_t source, wide most);

/* What a sink takes, or frees by handing flow of others on. */
static wide take(struct maximin_flow *f, struct sink *sink, wide most)
{
    wide taken = sink->room < most ? sink->room : most;
    sink->room -= taken;
    for (size_t i = sink->first; i < sink->end && taken < most; i++) {
        struct edge *edge = &f->edges[i];
        if (edge->flow == 0 || f->sources[edge->source].level != sink->level + 1)
            continue;
        wide moved = edge->flow < most - taken ? edge->flow : most - taken;
        moved = push(f, edge->source, moved);
        edge->flow -= moved;
        taken += moved;
    }
    return taken;
}

static wide push(struct maximin_flow *f, uint32_t source, wide most)
{
    struct source *from = &f->sources[source];
    wide pushed = 0;
    while (from->next < from->end) {
        struct edge *edge = &f->edges[f->by_source[from->next]];
        struct sink *to = &f->sinks[edge->sink];
        if (to->level == from->level + 1) {
            wide taken = take(f, to, most - pushed);
            edge->flow += taken;
            pushed += taken;
        }
        if (pushed == most)
            break;
        from->next++;
    }
    return pushed;
}

/* Whether everything can be placed with the bound a / b; if not, levels are those of the cut. */
static bool place_all(struct maximin_flow *f, uint64_t a, uint64_t b)
{
    for (size_t i = 0; i < f->sink_count; i++)
        f->sinks[i].room = (wide)f->sinks[i].voters * a;
    for (size_t i = 0; i < f->edge_count; i++)
        f->edges[i].flow = 0;
    for (size_t k = 0; k <= f->count; k++)
        f->sources[k].rest = (wide)f->sources[k].cost * b;
    while (find_levels(f)) {
        for (uint32_t k = 0; k <= f->count; k++)
            f->sources[k].rest -= push(f, k, f->sources[k].rest);
    }
    bool all = true;
    for (size_t k = 0; k <= f->count; k++)
        all = all && f->sources[k].rest == 0;
    return all;
}

void maximin_flow_load(struct maximin_flow *f, uint32_t project, mpq_t load)
{
    mpq_t scaled;
    mpq_init(scaled);
    mpq_set_z(scaled, f->unit);
    mpq_mul(scaled, scaled, load); /* units / voters, which both are short */
    uint64_t a = mpz_get_ui(mpq_numref(scaled));
    uint64_t b = mpz_get_ui(mpq_denref(scaled));
    build(f, project);
    bool raised = false;
    while (!place_all(f, a, b)) {
        raised = true;
        a = 0;
        b = 0;
        for (size_t k = 0; k <= f->count; k++)
            a += f->sources[k].level > 0 ? f->sources[k].cost : 0;
        for (size_t i = 0; i < f->sink_count; i++)
            b += f->sinks[i].level > 0 ? f->sinks[i].voters : 0;
    }
    if (raised) {
        mpz_set_ui(mpq_numref(load), a);
        mpz_mul_ui(mpq_denref(load), f->unit, b);
        mpq_canonicalize(load);
    }
    mpq_clear(scaled);
}
