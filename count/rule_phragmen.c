/* rule_phragmen.c: Phragmen's sequential rule. */
#include "count/local.h"
#include "count/phragmen.h"
#include "count/steps.h"

enum { SENTENCE_MAX = 2000 };
#define LOG_MAX ((size_t)64 << 20)

static void write_step(struct tally *t, struct buf *log, const struct profile *p,
                       const struct terms *terms, const struct phragmen *r, size_t step)
{
    uint32_t project = r->projects[step];
    mpq_t loads;
    mpq_init(loads);
    mpq_set_ui(loads, p->supporters[project], 1);
    mpq_mul(loads, loads, r->times[step]);
    mpq_sub(loads, loads, p->e->projects[project].cost);
    buf_fmt(log, "%zu. ", step + 1);
    steps_name(log, p->e, project);
    buf_str_add(log, ": (");
    steps_money(log, p->e, p->e->projects[project].cost, 2);
    buf_str_add(log, " + ");
    steps_money(log, p->e, loads, 6);
    buf_fmt(log, ") / %llu supporters = ", (unsigned long long)p->supporters[project]);
    steps_money(log, p->e, r->times[step], 6);
    buf_char(log, '\n');
    mpq_clear(loads);
    if (r->tied[step] > 1)
        steps_tie(
            t, log, p, terms,
            (struct step_tie){
                .step = step + 1, .first = project, .next = r->rival[step], .tied = r->tied[step]});
}

static void write_log(struct tally *t, const struct profile *p, const struct terms *terms,
                      const struct phragmen *r)
{
    struct buf log = buf_new(LOG_MAX);
    buf_str_add(&log, "Every voter is given money at the same steady rate. A proposal is funded as "
                      "soon as its\nsupporters together have its cost, which they then pay. Each "
                      "line: (cost + what its supporters\nwere given before they last paid) / "
                      "supporters = what every voter was given by then.\n\n");
    for (size_t i = 0; i < r->count; i++)
        write_step(t, &log, p, terms, r, i);
    if (r->stopped_by != PHRAGMEN_NONE) {
        buf_str_add(&log, "The next would be ");
        steps_name(&log, p->e, r->stopped_by);
        buf_str_add(&log, ", which costs ");
        steps_money(&log, p->e, p->e->projects[r->stopped_by].cost, 2);
        buf_str_add(&log, "; only ");
        steps_money(&log, p->e, t->left, 2);
        buf_str_add(&log, " is left, so the count ends.\n");
    }
    t->log = buf_take(&log);
}

static void write_reason(struct tally_line *line, const struct profile *p, const struct phragmen *r)
{
    if (line->step > 0 || line->reason != REASON_ENDED)
        return;
    struct buf text = buf_new(SENTENCE_MAX);
    line->reason = line->project == r->stopped_by ? REASON_NOT_ENOUGH_LEFT : REASON_ENDED;
    if (line->project == r->stopped_by) {
        buf_str_add(&text, "Not funded: it was next, but costs ");
        steps_money(&text, p->e, p->e->projects[line->project].cost, 2);
        buf_str_add(&text, " and only ");
        steps_money(&text, p->e, line->left, 2);
        buf_str_add(&text, " was left, which ended the count.");
    } else {
        buf_str_add(&text, "Not funded: the count ended with ");
        steps_name(&text, p->e, r->stopped_by);
        buf_str_add(&text, ", before its supporters had the money for it.");
    }
    line->text = buf_take(&text);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    struct profile p;
    struct phragmen r;
    if (!profile_build(&p, e, terms, UTILITY_CARD, why)) {
        profile_free(&p);
        return false;
    }
    phragmen_count(&p, terms->exact, &r);
    steps_tally_won(t, &p, terms, r.projects, r.count);
    write_log(t, &p, terms, &r);
    for (size_t i = 0; i < t->line_count; i++)
        write_reason(&t->lines[i], &p, &r);
    phragmen_free(&r);
    profile_free(&p);
    return true;
}

static const struct param params[] = {LOCAL_PARAMS};

const struct rule rule_phragmen = {
    .name = "phragmen",
    .kind = RULE_FUNDS,
    .summary = "Phragmen's sequential rule: voters are given money at the same steady rate, and a "
               "proposal is funded as soon as its supporters together have its cost.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
