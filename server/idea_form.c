/* idea_form.c: the questions that a resident's idea answers. */
#include "server/idea_form.h"

#include <stddef.h>

#include "server/page_kit.h"
#include "server/tr.h"

#define PLACE(field) offsetof(struct idea, field), offsetof(struct idea_page, field)
#define AREA         offsetof(struct idea, area_slug), offsetof(struct idea_page, area)

static const struct idea_step project[] = {
    {"area", N_("Which neighbourhood is your idea for?"), NULL, N_("Neighbourhood"),
     N_("Choose a neighbourhood"), STEP_AREA, 0, AREA},
    {"title", N_("What is your idea, in a few words?"),
     N_("For example, a safe crossing at the school. Up to 120 characters."), N_("Idea"),
     N_("Say in a few words what your idea is"), STEP_LINE, 120, PLACE(title)},
    {"what", N_("What should happen?"), N_("Up to 2,000 characters."), N_("What should happen"),
     N_("Say what should happen"), STEP_TEXT, 2000, PLACE(what)},
    {"place", N_("Where?"),
     N_("A street, a park, a building. For example, Hamilton Drive by the shops."), N_("Where"),
     N_("Say where"), STEP_LINE, 120, PLACE(place)},
    {"benefit", N_("Who would it help, and how?"), N_("Up to 1,000 characters."),
     N_("Who it helps"), N_("Say who it would help"), STEP_TEXT, 1000, PLACE(benefit)},
    {"cost", N_("What might it cost?"),
     N_("A guess is fine, and so is none: an officer works it out. For example, 2,500."),
     N_("What it might cost"), NULL, STEP_COST, 0, 0, 0},
    {"you", N_("How can we reach you?"), NULL, N_("You"), N_("Enter your name, or your group’s"),
     STEP_YOU, 120, PLACE(proposer)},
};

static const struct idea_step pledge[] = {
    {"area", N_("Which neighbourhood’s agreement is it for?"), NULL, N_("Neighbourhood"),
     N_("Choose a neighbourhood"), STEP_AREA, 0, AREA},
    {"title", N_("What should be promised, in a few words?"),
     N_("For example, grit the path to the school. Up to 120 characters."), N_("Promise"),
     N_("Say in a few words what should be promised"), STEP_LINE, 120, PLACE(title)},
    {"promiser", N_("Who should promise it?"),
     N_("For example, the council’s street services, the police, a school, a residents’ group."),
     N_("Who should promise it"), N_("Say who should promise it"), STEP_LINE, 120, PLACE(promiser)},
    {"what", N_("What exactly should they do, and how often?"), N_("Up to 2,000 characters."),
     N_("What they should do"), N_("Say what they should do"), STEP_TEXT, 2000, PLACE(what)},
    {"benefit", N_("Who would it help, and how would we see that it is kept?"),
     N_("Up to 1,000 characters."), N_("Who it helps"), N_("Say who it would help"), STEP_TEXT,
     1000, PLACE(benefit)},
    {"in_return", N_("What could residents do in return?"),
     N_("Leave it empty if you cannot say. Up to 1,000 characters."), N_("What residents could do"),
     NULL, STEP_TEXT, 1000, PLACE(in_return)},
    {"you", N_("How can we reach you?"), NULL, N_("You"), N_("Enter your name, or your group’s"),
     STEP_YOU, 120, PLACE(proposer)},
};

static const struct idea_form forms[] = {
    {"project", "/ideas", N_("Send an idea"), N_("Your idea"), N_("Send your idea"),
     N_("Take your idea back"), project, sizeof project / sizeof *project},
    {"pledge", "/ideas/pledge", N_("Propose a pledge"), N_("Your proposed pledge"),
     N_("Send your proposed pledge"), N_("Take your proposed pledge back"), pledge,
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
        kit_message_said(r, 404, tr(r, "We do not know that idea"),
                         tr(r, "Check that the address is complete. A draft that nobody touched "
                               "for 28 days is gone."),
                         "/ideas", tr(r, "Send an idea"));
    return i;
}
