/* edition_tag.c: the state of an edition of an agreement. */
#include "server/edition_tag.h"

#include "server/page_kit.h"
#include "server/tr.h"

static const char *const STATES[][3] = {{"draft", "grey", N_("Draft")},
                                        {"proposed", "blue", N_("Put forward")},
                                        {"adopted", "green", N_("In force")},
                                        {"rejected", "grey", N_("Not adopted")},
                                        {"superseded", "grey", N_("Replaced")}};
enum { STATES_N = sizeof STATES / sizeof *STATES };

const char *edition_tag_words(const char *state)
{
    for (int i = 0; i < STATES_N; i++) {
        if (strcmp(STATES[i][0], state) == 0)
            return STATES[i][2];
    }
    return "";
}

void edition_tag(struct html *h, const char *state)
{
    for (int i = 0; i < STATES_N; i++) {
        if (strcmp(STATES[i][0], state) == 0)
            kit_tag(h, STATES[i][1], tr(h, STATES[i][2]));
    }
}
