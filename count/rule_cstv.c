/* rule_cstv.c: cumulative support transfer voting with its parameters by name, and its words. */
#include "count/cstv.h"
#include "count/local.h"
#include "count/steps.h"

enum { SENTENCE_MAX = 4000 };
#define LOG_MAX ((size_t)64 << 20)

/* In the order of enum utility, from UTILITY_CARD. */
static const char *const utilities[] = {"card", "points", "borda", NULL};
/* Three choices by elimination, the same three by minimal transfer. */
static const char *const variants[] = {"ewt", "ewtc", "ewts", "mt", "mtc", "mts", NULL};
enum { CHOICES = 3 };

static const struct param params[] = {
    LOCAL_PARAMS,
    {"utility", PARAM_CHOICE, UTILITY_POINTS - UTILITY_CARD,
     "in proportion to what voters give: the same to each they name, their points, or Borda's",
     utilities},
    {"variant", PARAM_CHOICE, 0,
     "ewt: the worst is eliminated where nothing can be bought, mt: the best is paid by transfer; "
     "c: "
     "by support divided by cost, s: by support, otherwise by support less cost",
     variants},
};

static void write_event(struct buf *log, const struct profile *p, const struct cstv_step *step)
{
    mpq_srcptr cost = p->e->projects[step->project].cost;
    steps_name(log, p->e, step->project);
    if (step->event == CSTV_BOUGHT_AT_END) {
        buf_str_add(log, " costs ");
        steps_money(log, p->e, cost, 2);
        buf_str_add(log, ", which fits into what is left: funded.\n");
        return;
    }
    buf_str_add(log, " is given ");
    steps_money(log, p->e, step->support, 6);
    buf_str_add(log, " and costs ");
    steps_money(log, p->e, cost, 2);
    switch (step->event) {
    case CSTV_BOUGHT:
        buf_str_add(log, ": funded. What it does not need goes back to its givers.\n");
        return;
    case CSTV_BOUGHT_BY_TRANSFER:
        buf_str_add(log,
                    ": funded. Its givers give the same multiple of that, or all they have.\n");
        return;
    case CSTV_OUT:
        buf_str_add(log, ": nothing has enough, and it has least. What it has goes back.\n");
        return;
    case CSTV_BOUGHT_AT_END:
        return;
    }
}

static void write_log(struct tally *t, const struct profile *p, const struct terms *terms,
                      const struct cstv *r)
{
    struct buf log = buf_new(LOG_MAX);
    size_t winners = 0;
    buf_fmt(&log, "%llu voters. Each gives ", (unsigned long long)p->voters);
    steps_money(&log, p->e, r->endowment, 6);
    buf_str_add(
        &log,
        " to the proposals that they named, in proportion to their points.\nWhat goes back to "
        "a voter is given again, in the same proportion, to those that are left.\n\n");
    for (size_t i = 0; i < r->count; i++) {
        const struct cstv_step *step = &r->steps[i];
        winners += step->event != CSTV_OUT ? 1 : 0;
        if (step->event != CSTV_OUT)
            buf_fmt(&log, "%zu. ", winners);
        else
            buf_str_add(&log, "-  ");
        write_event(&log, p, step);
        if (step->tied > 1)
            steps_tie(t, &log, p, terms,
                      (struct step_tie){.step = i + 1,
                                        .first = step->project,
                                        .next = step->rival,
                                        .tied = step->tied});
    }
    buf_str_add(&log, "Nothing else that anybody supports fits.\n");
    t->log = buf_take(&log);
}

static void write_won(struct tally_line *line, const struct profile *p,
                      const struct cstv_step *step)
{
    struct buf text = buf_new(SENTENCE_MAX);
    mpq_srcptr cost = p->e->projects[line->project].cost;
    buf_fmt(&text, "Funded as number %zu: ", line->step);
    if (step->event == CSTV_BOUGHT_AT_END) {
        buf_str_add(&text, "its supporters had not enough for it, but it fits into what was left.");
    } else {
        buf_str_add(&text, "its supporters gave it ");
        steps_money(&text, p->e, step->support, 2);
        buf_str_add(&text,
                    step->event == CSTV_BOUGHT ? "; it costs " : " and then more; it costs ");
        steps_money(&text, p->e, cost, 2);
        buf_char(&text, '.');
    }
    line->text = buf_take(&text);
}

static void write_tally(struct tally *t, const struct profile *p, const struct terms *terms,
                        const struct cstv *r)
{
    uint32_t *order = wm_alloc((p->project_count + 1) * sizeof(*order));
    const struct cstv_step **bought = wm_alloc((p->project_count + 1) * sizeof(const void *));
    size_t winners = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->steps[i].event == CSTV_OUT)
            continue;
        bought[winners] = &r->steps[i];
        order[winners++] = r->steps[i].project;
    }
    steps_append_rest(p, order, winners);
    steps_tally(t, p, terms, order, winners);
    write_log(t, p, terms, r);
    for (size_t i = 0; i < t->line_count; i++) {
        if (i < winners)
            write_won(&t->lines[i], p, bought[i]);
        steps_not_enough(&t->lines[i]);
    }
    free(order);
    free(bought);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    uint64_t variant = terms_get(terms, "variant");
    struct cstv_terms cstv_terms = {.choice = (enum cstv_choice)(variant % CHOICES),
                                    .minimal_transfer = variant >= CHOICES,
                                    .plain = terms->exact};
    struct profile p;
    struct cstv r;
    enum utility utility = UTILITY_CARD + (enum utility)terms_get(terms, "utility");
    bool ok = profile_build(&p, e, terms, utility, why);
    if (ok) {
        cstv_count(&p, &cstv_terms, &r);
        write_tally(t, &p, terms, &r);
        cstv_free(&r);
    }
    profile_free(&p);
    return ok;
}

const struct rule rule_cstv = {
    .name = "cstv",
    .kind = RULE_FUNDS,
    .summary = "Cumulative Support Transfer Voting: voters give their part of the budget to "
               "proposals in proportion to their points; what one does not get or need goes on.",
    .params = params,
    .param_count = sizeof(params) / sizeof(params[0]),
    .count = count,
};
