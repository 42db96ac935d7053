/* profile.c: merges equal ballots and turns them round: from ballots to the classes behind each
 * project. */
#include "count/profile.h"

#include "count/local.h"
#include "count/spread.h"

/* A pick and its utility in one number, so that ballots compare as arrays of numbers. */
#define PAIR(project, utility) ((uint64_t)(project) << 32 | (utility))
#define PAIR_PROJECT(pair)     ((size_t)((pair) >> 32))
#define PAIR_UTILITY(pair)     ((uint32_t)(pair))

/* The classes while ballots are read: each is a sorted array of pairs. */
struct classes {
    uint64_t *pairs;
    size_t pair_count;
    size_t pair_room;
    size_t *ends; /* by class, into pairs */
    uint32_t *voters;
    uint32_t *hashes;
    size_t count;
    size_t room;
    uint32_t *table; /* class + 1, or 0 for an empty place */
    size_t table_room;
};

static int compare_pairs(const void *left, const void *right)
{
    const uint64_t *a = left;
    const uint64_t *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* Most ballots name a handful of projects. */
static void sort_pairs(uint64_t *pairs, size_t count)
{
    if (count > 24) {
        qsort(pairs, count, sizeof(*pairs), compare_pairs);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        uint64_t pair = pairs[i];
        size_t k = i;
        for (; k > 0 && pairs[k - 1] > pair; k--)
            pairs[k] = pairs[k - 1];
        pairs[k] = pair;
    }
}

/* The finaliser of SplitMix64 over the pairs. */
static uint32_t hash_pairs(const uint64_t *pairs, size_t count)
{
    uint64_t hash = spread_number(count);
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ pairs[i]) * 0xBF58476D1CE4E5B9u;
        hash ^= hash >> 29;
    }
    hash *= 0x94D049BB133111EBu;
    return (uint32_t)(hash >> 32);
}

static size_t class_start(const struct classes *c, size_t class)
{
    return class > 0 ? c->ends[class - 1] : 0;
}

static void grow_table(struct classes *c)
{
    c->table_room = c->table_room > 0 ? c->table_room * 2 : 1024;
    free(c->table);
    c->table = wm_alloc(c->table_room * sizeof(*c->table));
    for (size_t i = 0; i < c->count; i++) {
        size_t at = c->hashes[i] & (c->table_room - 1);
        while (c->table[at] != 0)
            at = (at + 1) & (c->table_room - 1);
        c->table[at] = (uint32_t)(i + 1);
    }
}

static void add_class(struct classes *c, uint32_t hash, size_t pair_count)
{
    if (c->count == c->room) {
        c->room = c->room + c->room / 2 + 1024;
        c->ends = wm_realloc(c->ends, c->room * sizeof(*c->ends));
        c->voters = wm_realloc(c->voters, c->room * sizeof(*c->voters));
        c->hashes = wm_realloc(c->hashes, c->room * sizeof(*c->hashes));
    }
    c->pair_count += pair_count;
    c->ends[c->count] = c->pair_count;
    c->voters[c->count] = 1;
    c->hashes[c->count++] = hash;
}

/* The ballot's pairs stand behind those that are kept: a new class just keeps them. */
static void merge_ballot(struct classes *c, size_t pair_count)
{
    const uint64_t *pairs = c->pairs + c->pair_count;
    uint32_t hash = hash_pairs(pairs, pair_count);
    if (c->count >= c->table_room / 2)
        grow_table(c);
    size_t at = hash & (c->table_room - 1);
    for (; c->table[at] != 0; at = (at + 1) & (c->table_room - 1)) {
        size_t class = c->table[at] - 1;
        size_t start = class_start(c, class);
        if (c->hashes[class] == hash && c->ends[class] - start == pair_count &&
            memcmp(c->pairs + start, pairs, pair_count * sizeof(*pairs)) == 0) {
            c->voters[class]++;
            return;
        }
    }
    c->table[at] = (uint32_t)(c->count + 1);
    add_class(c, hash, pair_count);
}

static uint32_t utility_of(enum utility utility, struct ballot ballot, size_t at)
{
    switch (utility) {
    case UTILITY_COST:
    case UTILITY_CARD:
        return 1;
    case UTILITY_POINTS:
        return ballot.points[at];
    case UTILITY_BORDA:
        return (uint32_t)(ballot.count - at - 1);
    }
    abort();
}

static void merge_ballots(struct classes *c, const struct profile *p)
{
    const struct election *e = p->e;
    for (size_t i = 0; i < e->ballot_count; i++) {
        struct ballot ballot = election_ballot(e, i);
        size_t count = 0;
        if (ballot.count == 0)
            continue;
        if (c->pair_count + ballot.count > c->pair_room) {
            c->pair_room = c->pair_room + c->pair_room / 2 + ballot.count + 1024;
            c->pairs = wm_realloc(c->pairs, c->pair_room * sizeof(*c->pairs));
        }
        uint64_t *pairs = c->pairs + c->pair_count;
        for (size_t k = 0; k < ballot.count; k++) {
            uint32_t gain = utility_of(p->utility, ballot, k);
            if (gain > 0 && p->barred[ballot.picks[k]] == REASON_WON)
                pairs[count++] = PAIR(ballot.picks[k], gain);
        }
        if (count == 0)
            continue;
        sort_pairs(pairs, count);
        merge_ballot(c, count);
    }
}

/* Supporters of one project by utility, then class: rules that pay by utility take them so. */
static void sort_support(struct profile *p, uint64_t *pairs, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        pairs[i - first] = PAIR(p->utilities[i], p->support[i]);
    qsort(pairs, end - first, sizeof(*pairs), compare_pairs);
    for (size_t i = first; i < end; i++) {
        p->utilities[i] = (uint32_t)(pairs[i - first] >> 32);
        p->support[i] = (uint32_t)pairs[i - first];
    }
}

/* From classes with their projects to projects with their classes. */
static void turn_round(struct profile *p, struct classes *c)
{
    bool uniform = p->utility == UTILITY_COST || p->utility == UTILITY_CARD;
    size_t *next = wm_alloc((p->project_count + 1) * sizeof(*next));
    for (size_t i = 0; i < c->pair_count; i++)
        p->starts[PAIR_PROJECT(c->pairs[i]) + 1]++;
    for (size_t i = 0; i < p->project_count; i++) {
        p->starts[i + 1] += p->starts[i];
        next[i] = p->starts[i];
    }
    p->support = wm_alloc(c->pair_count * sizeof(*p->support) + 1);
    if (!uniform)
        p->utilities = wm_alloc(c->pair_count * sizeof(*p->utilities) + 1);
    for (size_t class = 0; class < c->count; class ++) {
        for (size_t i = class_start(c, class); i < c->ends[class]; i++) {
            size_t project = PAIR_PROJECT(c->pairs[i]);
            uint32_t gain = PAIR_UTILITY(c->pairs[i]);
            p->support[next[project]] = (uint32_t) class;
            if (!uniform)
                p->utilities[next[project]] = gain;
            next[project]++;
            p->supporters[project] += c->voters[class];
            p->weight[project] += (uint64_t)c->voters[class] * gain;
        }
    }
    if (!uniform) {
        uint64_t *pairs = wm_alloc(c->count * sizeof(*pairs) + 1);
        for (size_t i = 0; i < p->project_count; i++)
            sort_support(p, pairs, p->starts[i], p->starts[i + 1]);
        free(pairs);
    }
    free(next);
}

/* What the order of precedence compares; `lot` is drawn only when there is a seed. */
struct claim {
    const struct project *project;
    size_t index;
    bool has_seed;
    uint8_t lot[DIGEST_LEN];
};

static int compare_claims(const void *left, const void *right)
{
    const struct claim *a = left;
    const struct claim *b = right;
    int order = mpq_cmp(a->project->cost, b->project->cost);
    if (order == 0 && a->project->votes != b->project->votes)
        order = a->project->votes > b->project->votes ? -1 : 1;
    if (order == 0 && a->has_seed)
        order = memcmp(a->lot, b->lot, sizeof(a->lot));
    return order != 0 ? order : lot_natural(a->project->id, b->project->id);
}

static void rank_projects(struct profile *p, const struct terms *terms)
{
    struct claim *claims = wm_alloc(p->project_count * sizeof(*claims) + 1);
    for (size_t i = 0; i < p->project_count; i++) {
        claims[i].project = &p->e->projects[i];
        claims[i].index = i;
        claims[i].has_seed = terms->has_seed;
        if (terms->has_seed)
            lot_draw(terms->seed, claims[i].project->id, claims[i].lot);
    }
    qsort(claims, p->project_count, sizeof(*claims), compare_claims);
    for (size_t i = 0; i < p->project_count; i++) {
        p->rank[claims[i].index] = (uint32_t)i;
        p->by_rank[i] = (uint32_t)claims[i].index;
    }
    free(claims);
}

bool profile_build(struct profile *p, const struct election *e, const struct terms *terms,
                   enum utility utility, struct refusal *why)
{
    struct classes classes = {.pairs = NULL};
    *p = (struct profile){
        .e = e, .utility = utility, .project_count = e->project_count, .voters = e->ballot_count};
    if (utility == UTILITY_POINTS && !rule_needs_points(e, why))
        return false;
    if (utility == UTILITY_BORDA && !rule_needs_ranks(e, why))
        return false;
    p->starts = wm_alloc((e->project_count + 1) * sizeof(*p->starts));
    p->supporters = wm_alloc(e->project_count * sizeof(*p->supporters) + 1);
    p->weight = wm_alloc(e->project_count * sizeof(*p->weight) + 1);
    p->rank = wm_alloc(e->project_count * sizeof(*p->rank) + 1);
    p->by_rank = wm_alloc(e->project_count * sizeof(*p->by_rank) + 1);
    p->barred = wm_alloc(e->project_count * sizeof(*p->barred) + 1);
    for (size_t i = 0; i < e->project_count; i++)
        p->barred[i] = local_barred(e, terms, &e->projects[i]);
    merge_ballots(&classes, p);
    turn_round(p, &classes);
    rank_projects(p, terms);
    p->class_count = classes.count;
    p->multiplicity = classes.voters;
    free(classes.pairs);
    free(classes.ends);
    free(classes.hashes);
    free(classes.table);
    return true;
}

void profile_free(struct profile *p)
{
    free(p->multiplicity);
    free(p->barred);
    free(p->starts);
    free(p->support);
    free(p->utilities);
    free(p->supporters);
    free(p->weight);
    free(p->rank);
    free(p->by_rank);
}

void profile_close(const struct profile *p, size_t project, bool *closed)
{
    uint32_t group = p->e->projects[project].exclusion;
    closed[project] = true;
    for (size_t i = 0; group != 0 && i < p->project_count; i++)
        closed[i] = closed[i] || p->e->projects[i].exclusion == group;
}

enum tie_break profile_tie_break(const struct profile *p, size_t a, size_t b, bool has_seed)
{
    const struct project *left = &p->e->projects[a];
    const struct project *right = &p->e->projects[b];
    if (mpq_equal(left->cost, right->cost) == 0)
        return TIE_COST;
    if (left->votes != right->votes)
        return TIE_VOTES;
    return has_seed ? TIE_LOT : TIE_NATURAL;
}
