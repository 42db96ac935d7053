/* edition_tag.c: the state of an edition of an agreement. */
#include "server/edition_tag.h"

#include <string.h>

void edition_tag(struct html *h, const char *state)
{
    if (strcmp(state, "draft") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Draft</strong>");
    else if (strcmp(state, "proposed") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">Put forward</strong>");
    else if (strcmp(state, "adopted") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">In force</strong>");
    else if (strcmp(state, "rejected") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Not adopted</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Replaced</strong>");
}
