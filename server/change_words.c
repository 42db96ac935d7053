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
                 "Proposal {number}, {name}, is withdrawn. Ballots that name it keep their other "
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

static void list(struct html *h, const char *heading, const char *words, const struct changes *all)
{
    if (all->n == 0)
        return;
    html_tr_h2(h, heading);
    html_tr_p(h, words);
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct change *c = &all->change[i];
        html_raw(h, "<li>");
        change_words(h, c);
        html_trv(h, " Reason: {reason} ({when})", TR_WRITTEN("reason", c->reason),
                 TR_WHEN("when", when_minute(c->decided_at)));
        html_raw(h, "</li>\n");
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
