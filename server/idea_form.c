/* idea_form.c: the questions that a resident's idea answers. */
#include "server/idea_form.h"

#include <stddef.h>

#include "server/page_kit.h"

#define PLACE(field) offsetof(struct idea, field), offsetof(struct idea_page, field)
#define AREA         offsetof(struct idea, area_slug), offsetof(struct idea_page, area)

static const struct idea_step project[] = {
    {"area", "Which neighbourhood is your idea for?", NULL, "Neighbourhood",
     "Choose a neighbourhood", STEP_AREA, 0, AREA},
    {"title", "What is your idea, in a few words?",
     "For example, a safe crossing at the school. Up to 120 characters.", "Idea",
     "Say in a few words what your idea is", STEP_LINE, 120, PLACE(title)},
    {"what", "What should happen?", "Up to 2,000 characters.", "What should happen",
     "Say what should happen", STEP_TEXT, 2000, PLACE(what)},
    {"place", "Where?", "A street, a park, a building. For example, Hamilton Drive by the shops.",
     "Where", "Say where", STEP_LINE, 120, PLACE(place)},
    {"benefit", "Who would it help, and how?", "Up to 1,000 characters.", "Who it helps",
     "Say who it would help", STEP_TEXT, 1000, PLACE(benefit)},
    {"cost", "What might it cost?",
     "A guess is fine, and so is none: an officer works it out. For example, 2,500.",
     "What it might cost", NULL, STEP_COST, 0, 0, 0},
    {"you", "How can we reach you?", NULL, "You", "Enter your name, or your group’s", STEP_YOU, 120,
     PLACE(proposer)},
};

static const struct idea_step pledge[] = {
    {"area", "Which neighbourhood’s agreement is it for?", NULL, "Neighbourhood",
     "Choose a neighbourhood", STEP_AREA, 0, AREA},
    {"title", "What should be promised, in a few words?",
     "For example, grit the path to the school. Up to 120 characters.", "Promise",
     "Say in a few words what should be promised", STEP_LINE, 120, PLACE(title)},
    {"promiser", "Who should promise it?",
     "For example, the council’s street services, the police, a school, a residents’ group.",
     "Who should promise it", "Say who should promise it", STEP_LINE, 120, PLACE(promiser)},
    {"what", "What exactly should they do, and how often?", "Up to 2,000 characters.",
     "What they should do", "Say what they should do", STEP_TEXT, 2000, PLACE(what)},
    {"benefit", "Who would it help, and how would we see that it is kept?",
     "Up to 1,000 characters.", "Who it helps", "Say who it would help", STEP_TEXT, 1000,
     PLACE(benefit)},
    {"in_return", "What could residents do in return?",
     "Leave it empty if you cannot say. Up to 1,000 characters.", "What residents could do", NULL,
     STEP_TEXT, 1000, PLACE(in_return)},
    {"you", "How can we reach you?", NULL, "You", "Enter your name, or your group’s", STEP_YOU, 120,
     PLACE(proposer)},
};

static const struct idea_form forms[] = {
    {"project", "idea", "/ideas", "Send an idea", project, sizeof project / sizeof *project},
    {"pledge", "proposed pledge", "/ideas/pledge", "Propose a pledge", pledge,
     sizeof pledge / sizeof *pledge},
};

const struct idea_form *idea_form_of(const char *kind)
{
    return &forms[strcmp(kind, forms[1].kind) == 0];
}

const char *idea_kept(const struct idea *i, const struct idea_step *s)
{
    return s->kind == STEP_COST ? "" : *(const char *const *)((const char *)i + s->kept);
}

bool idea_may_change(const struct idea *i)
{
    return strcmp(i->state, "draft") == 0 || strcmp(i->state, "asked") == 0;
}

struct idea *idea_of(struct request *r, struct db *db)
{
    struct idea *i = NULL;
    if (strlen(r->segment[0]) == IDEA_KEY_LEN &&
        page_failed(r, idea_find(db, &r->arena, r->segment[0], &i)))
        return NULL;
    if (i == NULL)
        kit_message_page(r, 404, "We do not know that idea",
                         "Check that the address is complete. A draft that nobody touched for 28 "
                         "days is gone.",
                         "/ideas", "Send an idea");
    return i;
}
