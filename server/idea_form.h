/* idea_form.h: the questions that a resident's idea answers, one a page: for a project, or for a
 * pledge of the neighbourhood's agreement. */
#ifndef WM_SERVER_IDEA_FORM_H
#define WM_SERVER_IDEA_FORM_H

#include "server/request.h"
#include "server/store_idea.h"

/* The pages of a form, in order; a page's name is its field's too. Words are to be translated. */
enum idea_step_kind { STEP_AREA, STEP_LINE, STEP_TEXT, STEP_COST, STEP_YOU };
struct idea_step {
    const char *name, *question, *hint, *short_name;
    const char *empty; /* what to say when nothing was answered; NULL: that is fine */
    enum idea_step_kind kind;
    size_t most;    /* characters */
    size_t kept;    /* where its text stands in struct idea; a cost has none */
    size_t written; /* and in struct idea_page */
};

struct idea_form {
    const char *kind;  /* as the table idea has it: project, pledge */
    const char *path;  /* where one begins */
    const char *title; /* of that page: "Send an idea"; this and what follows to be translated */
    const char *yours; /* "Your idea" */
    const char *send, *take_back; /* "Send your idea", "Take your idea back" */
    const struct idea_step *step;
    int steps;
};
/* The form of a kind; the project's where there is no such kind. */
const struct idea_form *idea_form_of(const char *kind);

/* What stands in the idea for a page, "" for nothing; money and texts are worded by the pages. */
const char *idea_kept(const struct idea *idea, const struct idea_step *step);
/* Whether its proposer may change it now: a draft, or an officer asked something. */
bool idea_may_change(const struct idea *idea);
/* The idea of a request's first segment; answers and returns NULL where there is none. */
struct idea *idea_of(struct request *r, struct db *db);

#endif
