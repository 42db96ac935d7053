/* edition_tag.c: the state of an edition of an agreement. */
#include "server/edition_tag.h"

#include "server/page_kit.h"
#include "server/tr.h"

void edition_tag(struct html *h, const char *state)
{
    static const char *const tags[][3] = {{"draft", "grey", N_("Draft")},
                                          {"proposed", "blue", N_("Put forward")},
                                          {"adopted", "green", N_("In force")},
                                          {"rejected", "grey", N_("Not adopted")},
                                          {"superseded", "grey", N_("Replaced")}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strcmp(tags[i][0], state) == 0)
            kit_tag(h, tags[i][1], tr(h, tags[i][2]));
    }
}
