/* form.h: forms as the design system draws them: labelled inputs, hints, errors beside the field
 * and in a summary on top, all with what was typed kept. */
#ifndef WM_FORM_H
#define WM_FORM_H

#include "server/html.h"
#include "server/request.h"

enum { FORM_ERRORS_MAX = 24 };

struct form_errors {
    struct {
        const char *field;   /* its id on the page */
        const char *message; /* in the arena or a literal */
    } error[FORM_ERRORS_MAX];
    int n;
};

void form_error(struct form_errors *errors, const char *field, const char *message);
/* An error for each of these fields that was left empty: all of them at once. */
struct form_needed {
    const char *field, *message;
};
void form_needs(struct form_errors *errors, const struct request *r,
                const struct form_needed *needed, int n);
/* The message for a field, or NULL. */
const char *form_error_of(const struct form_errors *errors, const char *field);
/* "There is a problem" with links; nothing when there is none. Goes above the h1. */
void form_summary(struct html *h, const struct form_errors *errors);

struct form_input {
    const char *name, *label, *hint, *value;
    const char *type;         /* "text" when NULL; "password", "email", … */
    const char *inputmode;    /* or NULL */
    const char *autocomplete; /* or NULL */
    const char *prefix;       /* "£" or NULL */
    const char *lang;         /* of what is typed, where it is not the page's; or NULL */
    int width;                /* govuk-input--width-N; 0: full */
    int rows;                 /* > 0: a textarea */
    bool big_label;           /* the label is the page's question */
    bool code;                /* digits and Latin letters; told by inputmode and type, too */
};
void form_input(struct html *h, const struct form_errors *errors, const struct form_input *in);

struct form_choice {
    const char *value, *label, *hint;
    bool chosen;
};
/* The label of the choice with that value; NULL: there is none. */
const char *form_choice_label(const struct form_choice *choices, int n, const char *value);
void form_radios(struct html *h, const struct form_errors *errors, const char *name,
                 const char *legend, const struct form_choice *choices, int n);
void form_select(struct html *h, const struct form_errors *errors, const char *name,
                 const char *label, const struct form_choice *choices, int n);
/* The same of names that officers gave, after a first choice that is none of them. */
void form_select_name(struct html *h, const struct form_errors *errors, const char *name,
                      const char *label, const struct form_choice *choices, int n);
/* One box to tick, with its error. */
struct form_box {
    const char *name, *label;
    const char *hint;  /* or NULL */
    const char *value; /* "yes" when NULL */
    bool ticked;
};
void form_checkbox(struct html *h, const struct form_errors *errors, const struct form_box *box);
void form_hidden(struct html *h, const char *name, const char *value);
/* The hidden form token of this request's session (voter's or officer's). */
void form_token(struct html *h, const struct request *r);
/* A file to choose, called "file", of a form begun with form_begin_file: CSV. */
void form_csv(struct html *h, const struct form_errors *errors);
/* The same for files of other kinds; `accept` as in HTML. */
void form_file(struct html *h, const struct form_errors *errors, const char *accept);
/* <form method="post" action=… novalidate> … </form> */
void form_begin(struct html *h, const char *action);
/* The same, for a form that carries a file. */
void form_begin_file(struct html *h, const char *action);
void form_end(struct html *h);
void form_button(struct html *h, const char *text);
/* A grey one: beside a green one, or where a page has several forms. */
void form_button_second(struct html *h, const char *text);

#endif
