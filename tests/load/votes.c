/* votes.c: writes a made-up approval election of any size as a Pabulib file, the same bytes on
 * every machine.
 *
 *   votes VOTERS PROJECTS SEED >FILE
 *
 * Every voter lives in one of 21 wards of Zipf's sizes, every project belongs to one or (one in
 * five) to the whole city; its cost is log-normal around a fortieth of the budget of 5,000,000. A
 * voter picks up to ten, those of the own ward eight times as often. `votes 100000 150 1` is the
 * file for which other programs' figures are known (SHA-256 33c86ce8...). */
#include <math.h>

#include "common/buf.h"

enum { WARDS = 21, PICKS_MAX = 10, BUDGET = 5000000, CITYWIDE = -1 };

struct city {
    size_t projects;
    uint64_t *cost;
    int *ward;
    double wards[WARDS];    /* sizes, added up */
    double *popular[WARDS]; /* by ward: popularity of projects there, added up */
};

static uint64_t state;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(void)
{
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double uniform(void)
{
    return (double)(next() >> 11) * 0x1p-53;
}

/* Box and Muller 1958. */
static double normal(void)
{
    double radius = sqrt(-2 * log(1 - uniform()));
    return radius * cos(2 * 3.14159265358979323846 * uniform());
}

/* The first whose sum is above a random part of the whole. */
static size_t pick(const double *sums, size_t count)
{
    double x = uniform() * sums[count - 1];
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (x < sums[middle])
            count = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void make_projects(struct city *c, double *popularity)
{
    for (size_t i = 0; i < c->projects; i++) {
        c->ward[i] = CITYWIDE;
        if (uniform() >= 0.2)
            c->ward[i] = (int)pick(c->wards, WARDS);
        double cost = exp(log(BUDGET / 40.0) + 0.9 * normal());
        c->cost[i] = cost > BUDGET * 2 / 5 ? BUDGET * 2 / 5 : (uint64_t)cost;
        c->cost[i] = c->cost[i] > 0 ? c->cost[i] : 1;
        popularity[i] = exp(0.8 * normal());
    }
}

static void make_city(struct city *c)
{
    double *popularity = wm_alloc(c->projects * sizeof(*popularity));
    double sum = 0;
    for (size_t i = 0; i < WARDS; i++)
        c->wards[i] = sum += 1.0 / (double)(i + 1);
    c->cost = wm_alloc(c->projects * sizeof(*c->cost));
    c->ward = wm_alloc(c->projects * sizeof(*c->ward));
    make_projects(c, popularity);
    for (int ward = 0; ward < WARDS; ward++) {
        c->popular[ward] = wm_alloc(c->projects * sizeof(double));
        sum = 0;
        for (size_t i = 0; i < c->projects; i++) {
            double times = c->ward[i] == ward ? 8 : c->ward[i] == CITYWIDE ? 2 : 1;
            c->popular[ward][i] = sum += popularity[i] * times;
        }
    }
    free(popularity);
}

/* The picks of one voter, ascending; how many. */
static size_t vote(const struct city *c, size_t *ward, size_t *picks)
{
    size_t count = 0;
    *ward = pick(c->wards, WARDS);
    size_t wanted = 1 + (size_t)(-log(1 - uniform()) * 3.2);
    wanted = wanted > PICKS_MAX ? PICKS_MAX : wanted;
    wanted = wanted > c->projects ? c->projects : wanted;
    while (count < wanted) {
        size_t project = pick(c->popular[*ward], c->projects);
        size_t at = count;
        while (at > 0 && picks[at - 1] > project)
            at--;
        if (at > 0 && picks[at - 1] == project)
            continue;
        memmove(picks + at + 1, picks + at, (count - at) * sizeof(*picks));
        picks[at] = project;
        count++;
    }
    return count;
}

static void print_head(const struct city *c, uint64_t voters, uint64_t seed)
{
    printf("META\nkey;value\ndescription;Synthetic PB election seed %llu\n"
           "country;United Kingdom\nunit;Synthetic York\ninstance;2025\n"
           "num_projects;%zu\nnum_votes;%llu\nbudget;%d\nvote_type;approval\nrule;unknown\n"
           "date_begin;01.10.2025\ndate_end;31.10.2025\nmin_length;1\nmax_length;%d\n"
           "PROJECTS\nproject_id;cost;votes;name;neighborhood\n",
           (unsigned long long)seed, c->projects, (unsigned long long)voters, BUDGET, PICKS_MAX);
}

/* Votes come first, as the projects' lines say how many each has. */
static void print_election(const struct city *c, uint64_t voters, uint64_t seed)
{
    struct buf votes = buf_new((size_t)4 << 30);
    uint64_t *counts = wm_alloc(c->projects * sizeof(*counts));
    for (uint64_t i = 0; i < voters; i++) {
        size_t picks[PICKS_MAX + 1];
        size_t ward;
        size_t count = vote(c, &ward, picks);
        buf_uint(&votes, i + 1);
        for (size_t k = 0; k < count; k++) {
            counts[picks[k]]++;
            buf_char(&votes, k > 0 ? ',' : ';');
            buf_uint(&votes, picks[k] + 1);
        }
        buf_fmt(&votes, ";ward%02zu\n", ward + 1);
    }
    print_head(c, voters, seed);
    for (size_t i = 0; i < c->projects; i++) {
        printf("%zu;%llu;%llu;Project %zu;", i + 1, (unsigned long long)c->cost[i],
               (unsigned long long)counts[i], i + 1);
        if (c->ward[i] == CITYWIDE)
            puts("citywide");
        else
            printf("ward%02d\n", c->ward[i] + 1);
    }
    fputs("VOTES\nvoter_id;vote;neighborhood\n", stdout);
    fwrite(buf_str(&votes), 1, votes.len, stdout);
    buf_free(&votes);
    free(counts);
}

int main(int argc, char **argv)
{
    uint64_t voters, projects, seed;
    struct city c = {.projects = 0};
    if (argc != 4 || !parse_uint(argv[1], 20000000, &voters) ||
        !parse_uint(argv[2], 10000, &projects) || projects == 0 ||
        !parse_uint(argv[3], UINT64_MAX, &seed)) {
        fputs("usage: votes VOTERS PROJECTS SEED >FILE\n", stderr);
        return 64;
    }
    c.projects = projects;
    state = seed;
    make_city(&c);
    print_election(&c, voters, seed);
    for (size_t i = 0; i < WARDS; i++)
        free(c.popular[i]);
    free(c.cost);
    free(c.ward);
    return ferror(stdout) != 0 || fflush(stdout) != 0 ? 1 : 0;
}
