/* change_words.c: changes to a frozen round, as residents and officers read them. */
#include "server/change_words.h"

#include "server/layout.h"
#include "server/tr.h"

void change_words(struct html *h, const struct change *c)
{
    char number[8];
    switch (c->kind) {
    case CHANGE_EXTENSION:
        html_trv(h,
                 c->closed_at != DB_NO_TIME ? N_("Voting closes later: at {now} instead of {then}.")
                                            : N_("Voting closes later: at {now}."),
                 TR_WHEN("now", c->closes_at), TR_WHEN("then", c->closed_at));
        break;
    case CHANGE_WITHDRAWAL:
        snprintf(number, sizeof number, "%04d", c->number % 10000);
        html_trv(h,
                 "Project {number}, {name}, is withdrawn. Ballots that name it keep their other "
                 "choices.",
                 TR_TEXT("number", number), TR_WRITTEN("name", c->name));
        break;
    case CHANGE_VOID_BALLOT:
        html_tr(h, "A ballot is declared void and does not count.");
        break;
    case CHANGE_VOID_CODE:
        html_trv(h, "Voting code {serial} is void.", TR_TEXT("serial", c->serial));
        break;
    }
}

/* Void ballots with one reason, which residents read as one: how many there are, and when the
 * first and the last were decided. They differ in nothing else that is public. */
struct alike {
    int n;
    int64_t first, last;
};

static bool is_alike(const struct change *a, const struct change *b)
{
    return a->kind == CHANGE_VOID_BALLOT && b->kind == CHANGE_VOID_BALLOT &&
           strcmp(a->reason, b->reason) == 0;
}

/* .n is 0 where an earlier one stands for it. */
static struct alike alike_of(const struct changes *all, int at)
{
    const struct change *c = &all->change[at];
    struct alike of = {1, when_minute(c->decided_at), when_minute(c->decided_at)};
    for (int i = 0; i < at; i++) {
        if (is_alike(&all->change[i], c))
            return (struct alike){.n = 0};
    }
    for (int i = at + 1; i < all->n; i++) {
        if (is_alike(&all->change[i], c)) {
            of.n++;
            of.last = when_minute(all->change[i].decided_at); /* they are in this order */
        }
    }
    return of;
}

static void change_item(struct html *h, const struct change *c, struct alike of)
{
    html_raw(h, "<li>");
    if (of.n > 1)
        html_trn(h, "{n} ballot is declared void and does not count.",
                 "{n} ballots are declared void and do not count.", of.n);
    else
        change_words(h, c);
    html_trv(h,
             of.first == of.last ? N_(" Reason: {reason} ({when})")
                                 : N_(" Reason: {reason} (the first: {when}; the last: {then})"),
             TR_WRITTEN("reason", c->reason), TR_WHEN("when", of.first), TR_WHEN("then", of.last));
    html_raw(h, "</li>\n");
}

static void list(struct html *h, const char *heading, const char *words, const struct changes *all)
{
    if (all->n == 0)
        return;
    html_tr_h2(h, heading);
    html_tr_p(h, words);
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">\n");
    for (int i = 0; i < all->n; i++) {
        struct alike of = alike_of(all, i);
        if (of.n > 0)
            change_item(h, &all->change[i], of);
    }
    html_raw(h, "</ul>\n");
}

static const char SINCE_RULES[] = N_("Changed since the rules were fixed");
static const char TOGETHER[] = N_("Two officers decided each of these together.");

void changes_show(struct html *h, const struct changes *all)
{
    list(h, SINCE_RULES, TOGETHER, all);
}

void changes_show_counted(struct html *h, const struct changes *all, int64_t counted_at)
{
    int n = 0;
    while (n < all->n && all->change[n].decided_at <= counted_at)
        n++;
    list(h, SINCE_RULES, TOGETHER, &(struct changes){all->change, n});
    list(h, N_("Decided after this count"),
         N_("Two officers decided each of these together. The figures on this page do not have "
            "them."),
         &(struct changes){all->change + n, all->n - n});
}
