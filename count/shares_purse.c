/* shares_purse.c: what voters have left, as doubles, and exactly on demand. */
#include "count/shares_inside.h"

/* Places in exacts[]. */
enum { EXACT_ENDOWMENT, EXACT_ZERO };

static void grow_purses(struct shares *s)
{
    s->purse_room = s->purse_room + s->purse_room / 2 + 1024;
    s->purses = wm_realloc(s->purses, s->purse_room * sizeof(*s->purses));
    s->v = wm_realloc(s->v, s->purse_room * sizeof(*s->v));
    s->d = wm_realloc(s->d, s->purse_room * sizeof(*s->d));
    s->place_of = wm_realloc(s->place_of, s->purse_room * sizeof(*s->place_of));
}

uint32_t purse_add(struct shares *s, uint32_t parent, uint32_t utility, double v, double d)
{
    if (s->purse_count == s->purse_room)
        grow_purses(s);
    uint32_t purse = (uint32_t)s->purse_count++;
    s->purses[purse] = (struct purse){.parent = parent,
                                      .step = (uint32_t)s->log->count,
                                      .utility = utility,
                                      .exact = SHARES_NONE};
    s->v[purse] = v;
    s->d[purse] = d;
    s->place_of[purse] = 0;
    return purse;
}

uint32_t purse_add_empty(struct shares *s, uint32_t parent, uint32_t utility)
{
    uint32_t purse = purse_add(s, parent, utility, 0, 0);
    s->purses[purse].exact = EXACT_ZERO;
    return purse;
}

/* A place for the exact value of a purse; places are kept from run to run. */
static mpq_ptr exact_add(struct shares *s, uint32_t purse)
{
    if (s->exact_count == s->exact_room) {
        size_t room = s->exact_room + s->exact_room / 2 + 64;
        s->exacts = wm_realloc(s->exacts, room * sizeof(*s->exacts));
        for (size_t i = s->exact_room; i < room; i++)
            mpq_init(s->exacts[i]);
        s->exact_room = room;
    }
    s->purses[purse].exact = (uint32_t)s->exact_count;
    return s->exacts[s->exact_count++];
}

void purses_reset(struct shares *s, const mpq_t endowment)
{
    s->purse_count = 0;
    s->exact_count = 0;
    s->poor_count = 0;
    double v = mpq_get_d(endowment); /* rounds towards zero: within 2 UNIT of it */
    uint32_t root = purse_add(s, SHARES_NONE, 0, v, 2 * UNIT * v * SLACK);
    mpq_set(exact_add(s, root), endowment);
    mpq_set_ui(exact_add(s, root), 0, 1);
    s->purses[root].exact = EXACT_ENDOWMENT;
    for (size_t i = 0; i < s->p->class_count; i++)
        s->owners[i].purse = root;
}

/* From the nearest ancestor that is known down to the purse; the steps' rho are known. */
static mpq_srcptr exact_from_steps(struct shares *s, uint32_t purse)
{
    if (s->purses[purse].exact != SHARES_NONE)
        return s->exacts[s->purses[purse].exact];
    exact_from_steps(s, s->purses[purse].parent);
    mpq_t share;
    mpq_init(share);
    mpq_set_ui(share, s->purses[purse].utility, 1);
    mpq_mul(share, share, s->log->rho[s->purses[purse].step]);
    mpq_ptr value = exact_add(s, purse); /* may move what the parent's value pointed to */
    mpq_sub(value, s->exacts[s->purses[s->purses[purse].parent].exact], share);
    mpq_clear(share);
    return value;
}

static void step_exact(struct shares *s, size_t step)
{
    struct payment *payment = &s->payments[step];
    mpq_ptr rho = s->log->rho[step];
    mpq_t part;
    mpq_init(part);
    mpq_set(rho, s->p->e->projects[s->log->projects[step]].cost);
    for (size_t i = 0; i < payment->poor_count; i++) {
        struct poor *poor = &s->poor[payment->poor + i];
        mpq_set_d(part, poor->voters);
        mpq_mul(part, part, exact_from_steps(s, poor->purse));
        mpq_sub(rho, rho, part);
    }
    mpq_set_ui(part, payment->weight, 1);
    mpq_div(rho, rho, part);
    mpq_clear(part);
    payment->known = true;
}

void steps_exact(struct shares *s, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        if (!s->payments[i].known)
            step_exact(s, i);
    }
}

mpq_srcptr purse_exact(struct shares *s, uint32_t purse)
{
    if (s->purses[purse].exact == SHARES_NONE)
        steps_exact(s, s->purses[purse].step + 1);
    return exact_from_steps(s, purse);
}
