/* shares_price.c: what a project costs each of its supporters, given what they have left. */
#include <math.h>

#include "count/shares_inside.h"

static void make_room(struct shares *s, size_t supporters)
{
    size_t room = s->group_room + s->group_room / 2 + supporters + 256;
    if (supporters <= s->group_room)
        return;
    s->groups = wm_realloc(s->groups, room * sizeof(*s->groups));
    s->met_purses = wm_realloc(s->met_purses, room * sizeof(*s->met_purses));
    s->met_voters = wm_realloc(s->met_voters, room * sizeof(*s->met_voters));
    s->group_room = room;
}

/* Adds up the voters of each purse among the supporters; returns how many purses there are.
 *
 * A purse was met before if the place that is noted for it is one of those taken, and taken by it;
 * so nothing needs to be cleared. This is where a count spends most of its time. */
static size_t meet_purses(const struct shares *s, const uint32_t *support, size_t supporters)
{
    const struct owner *restrict owners = s->owners;
    uint32_t *restrict purses = s->met_purses;
    uint32_t *restrict voters = s->met_voters;
    uint32_t *restrict place_of = s->place_of;
    uint32_t count = 0;
    for (size_t i = 0; i < supporters; i++) {
        struct owner owner = owners[support[i]];
        uint32_t place = place_of[owner.purse & ~EMPTY];
        if (place < count && purses[place] == owner.purse) {
            voters[place] += owner.voters;
            continue;
        }
        purses[count] = owner.purse;
        voters[count] = owner.voters;
        place_of[owner.purse & ~EMPTY] = count++;
    }
    return count;
}

/* Groups of those who have anything left. */
static void add_groups(struct shares *s, size_t purses, uint32_t utility)
{
    for (size_t i = 0; i < purses; i++) {
        uint32_t purse = s->met_purses[i];
        uint64_t weight = (uint64_t)s->met_voters[i] * utility;
        if ((purse & EMPTY) != 0) {
            s->everyone = false;
            continue;
        }
        s->groups[s->group_count++] = (struct group){.v = s->v[purse],
                                                     .d = s->d[purse],
                                                     .voters = s->met_voters[i],
                                                     .utility = utility,
                                                     .weight = weight,
                                                     .purse = purse};
        s->rich_weight += weight;
    }
}

/* Supporters stand in the order of their utility: all of one utility are met together. */
static void gather(struct shares *s, uint32_t project)
{
    const struct profile *p = s->p;
    size_t end = p->starts[project + 1];
    s->group_count = 0;
    s->poor_groups = 0;
    s->rich_weight = 0;
    s->everyone = true;
    make_room(s, end - p->starts[project]);
    for (size_t i = p->starts[project]; i < end;) {
        uint32_t utility = profile_utility(p, i);
        size_t next = p->utilities == NULL ? end : i + 1;
        while (next < end && profile_utility(p, next) == utility)
            next++;
        add_groups(s, meet_purses(s, p->support + i, next - i), utility);
        i = next;
    }
}

enum answer { NO, YES, UNSURE };

static enum answer can_pay(const struct shares *s, uint32_t project)
{
    double all = 0;
    double error = 0;
    for (size_t i = 0; i < s->group_count; i++) {
        all += s->groups[i].voters * s->groups[i].v;
        error += s->groups[i].voters * s->groups[i].d;
    }
    error += (double)(s->group_count + 2) * UNIT * all + s->cost_error[project];
    error = (error + UNIT * (all + s->cost[project])) * SLACK;
    double over = all - s->cost[project];
    if (over > error)
        return YES;
    return over < -error ? NO : UNSURE;
}

static void make_poor(struct shares *s, size_t group)
{
    struct group poor = s->groups[group];
    s->groups[group] = s->groups[s->poor_groups];
    s->groups[s->poor_groups++] = poor;
    s->rich_weight -= poor.weight;
}

/* Moves those who cannot pay rho to the poor; the number moved, and whether any was unsure. */
static size_t sort_out(struct shares *s, bool *unsure)
{
    size_t before = s->poor_groups;
    *unsure = false;
    for (size_t i = before; i < s->group_count; i++) {
        const struct group *g = &s->groups[i];
        double share = s->rho * g->utility;
        double error = s->rho_error * g->utility + g->d + 2 * UNIT * (g->v + share);
        double over = g->v - share;
        if (over < -error * SLACK)
            make_poor(s, i);
        else if (over <= error * SLACK)
            *unsure = true;
    }
    return s->poor_groups - before;
}

/* False when the doubles cannot tell. */
static bool price_by_filter(struct shares *s, uint32_t project)
{
    double cost = s->cost[project];
    double paid = 0;
    double paid_error = 0;
    bool unsure;
    size_t summed = 0;
    do {
        for (; summed < s->poor_groups; summed++) {
            paid += s->groups[summed].voters * s->groups[summed].v;
            paid_error += s->groups[summed].voters * s->groups[summed].d;
        }
        double rest = cost - paid;
        double error = s->cost_error[project] + paid_error + UNIT * fabs(rest) +
                       (double)(summed + 2) * UNIT * paid;
        if (s->rich_weight == 0 || rest <= error * SLACK)
            return false;
        double weight = (double)s->rich_weight;
        s->rho = rest / weight;
        s->rho_error = (error / weight + 4 * UNIT * s->rho) * SLACK;
    } while (sort_out(s, &unsure) > 0);
    return !unsure;
}

/* Takes back what the filter found. */
static void start_again(struct shares *s)
{
    while (s->poor_groups > 0)
        s->rich_weight += s->groups[--s->poor_groups].weight;
}

static bool can_pay_exactly(struct shares *s, mpq_srcptr cost, mpq_t part)
{
    mpq_t all;
    mpq_init(all);
    for (size_t i = 0; i < s->group_count; i++) {
        mpq_set_d(part, s->groups[i].voters);
        mpq_mul(part, part, purse_exact(s, s->groups[i].purse));
        mpq_add(all, all, part);
    }
    bool enough = s->group_count > 0 && mpq_cmp(all, cost) >= 0;
    mpq_clear(all);
    return enough;
}

/* rho_exact = rest / rich_weight; then those who have less than their share join the poor. */
static size_t sort_out_exactly(struct shares *s, mpq_t rest, mpq_t part)
{
    size_t before = s->poor_groups;
    mpq_set_ui(part, s->rich_weight, 1);
    mpq_div(s->rho_exact, rest, part);
    for (size_t i = before; i < s->group_count; i++) {
        struct group *g = &s->groups[i];
        mpq_set_d(part, g->utility);
        mpq_mul(part, part, s->rho_exact);
        int order = mpq_cmp(purse_exact(s, g->purse), part);
        g->spent = order == 0;
        if (order < 0)
            make_poor(s, i);
    }
    for (size_t i = before; i < s->poor_groups; i++) {
        mpq_set_d(part, s->groups[i].voters);
        mpq_mul(part, part, purse_exact(s, s->groups[i].purse));
        mpq_sub(rest, rest, part);
    }
    return s->poor_groups - before;
}

static bool price_groups_exactly(struct shares *s, uint32_t project)
{
    mpq_t rest;
    mpq_t part;
    mpq_init(rest);
    mpq_init(part);
    s->stats.exact_prices++;
    start_again(s);
    mpq_set(rest, s->p->e->projects[project].cost);
    bool enough = can_pay_exactly(s, rest, part);
    while (enough && sort_out_exactly(s, rest, part) > 0)
        ;
    if (enough) {
        s->rho = mpq_get_d(s->rho_exact);
        s->rho_error = 2 * UNIT * s->rho * SLACK;
        s->rho_is_exact = true;
    }
    mpq_clear(rest);
    mpq_clear(part);
    return enough;
}

bool price_exactly(struct shares *s, uint32_t project)
{
    if (s->priced == project && s->rho_is_exact)
        return true;
    gather(s, project);
    s->priced = project;
    return price_groups_exactly(s, project);
}

bool price_project(struct shares *s, uint32_t project)
{
    s->stats.prices++;
    s->priced = project;
    s->rho_is_exact = false;
    gather(s, project);
    enum answer enough = s->distrust ? UNSURE : can_pay(s, project);
    if (enough == NO)
        return false;
    if (enough == YES && price_by_filter(s, project))
        return true;
    return price_groups_exactly(s, project);
}
