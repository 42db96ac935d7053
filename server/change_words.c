/* change_words.c: changes to a frozen round, as residents and officers read them. */
#include "server/change_words.h"

#include "server/layout.h"

static void when(struct html *h, int64_t at)
{
    char words[64];
    when_text(at, words);
    html_text(h, words);
}

void change_words(struct html *h, const struct change *c)
{
    switch (c->kind) {
    case CHANGE_EXTENSION:
        html_raw(h, "Voting closes later: at ");
        when(h, c->closes_at);
        if (c->closed_at != DB_NO_TIME) {
            html_raw(h, " instead of ");
            when(h, c->closed_at);
        }
        html_raw(h, ".");
        break;
    case CHANGE_WITHDRAWAL:
        html_textf(h, "Proposal %04d, ", c->number);
        html_text(h, c->name);
        html_raw(h, ", is withdrawn. Ballots that name it keep their other choices.");
        break;
    case CHANGE_VOID_BALLOT:
        html_raw(h, "A ballot is declared void and does not count.");
        break;
    case CHANGE_VOID_CODE:
        html_raw(h, "Voting code ");
        html_text(h, c->serial);
        html_raw(h, " is void.");
        break;
    }
}

void changes_show(struct html *h, const struct changes *all)
{
    if (all->n == 0)
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Changed since the rules were fixed</h2>\n"
                "<p class=\"govuk-body\">Two officers decided each of these together.</p>\n"
                "<ul class=\"govuk-list govuk-list--bullet\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct change *c = &all->change[i];
        html_raw(h, "<li>");
        change_words(h, c);
        html_raw(h, " Reason: ");
        html_text(h, c->reason);
        html_raw(h, " (");
        when(h, when_minute(c->decided_at));
        html_raw(h, ")</li>\n");
    }
    html_raw(h, "</ul>\n");
}
