/* form.c: forms in the design system's markup, errors beside the field and in the summary. */
#include "server/form.h"
#include "server/session.h"
#include "server/tr.h"

void form_error(struct form_errors *errors, const char *field, const char *message)
{
    if (errors->n == FORM_ERRORS_MAX)
        return;
    errors->error[errors->n].field = field;
    errors->error[errors->n].message = message;
    errors->n++;
}

void form_needs(struct form_errors *errors, const struct request *r,
                const struct form_needed *needed, int n)
{
    for (int i = 0; i < n; i++) {
        if (*request_field(r, needed[i].field) == '\0')
            form_error(errors, needed[i].field, needed[i].message);
    }
}

const char *form_error_of(const struct form_errors *errors, const char *field)
{
    for (int i = 0; errors != NULL && i < errors->n; i++) {
        if (strcmp(errors->error[i].field, field) == 0)
            return errors->error[i].message;
    }
    return NULL;
}

void form_summary(struct html *h, const struct form_errors *errors)
{
    if (errors == NULL || errors->n == 0)
        return;
    html_raw(h, "<div class=\"govuk-error-summary\"><div role=\"alert\">"
                "<h2 class=\"govuk-error-summary__title\">");
    html_tr(h, "There is a problem");
    html_raw(h, "</h2><div class=\"govuk-error-summary__body\">"
                "<ul class=\"govuk-list govuk-error-summary__list\">");
    for (int i = 0; i < errors->n; i++) {
        html_raw(h, "<li><a");
        html_attrf(h, "href", "#%s", errors->error[i].field);
        html_raw(h, ">");
        html_text(h, errors->error[i].message);
        html_raw(h, "</a></li>");
    }
    html_raw(h, "</ul></div></div></div>\n");
}

/* <div class="govuk-form-group"> with the error's stripe. */
static void group_begin(struct html *h, const char *error)
{
    if (error != NULL)
        html_raw(h, "<div class=\"govuk-form-group govuk-form-group--error\">");
    else
        html_raw(h, "<div class=\"govuk-form-group\">");
}

static void hint_of(struct html *h, const char *id, const char *hint)
{
    if (hint == NULL)
        return;
    html_raw(h, "<div class=\"govuk-hint\"");
    html_attrf(h, "id", "%s-hint", id);
    html_raw(h, ">");
    html_text(h, hint);
    html_raw(h, "</div>");
}

static void error_of(struct html *h, const char *id, const char *error)
{
    if (error == NULL)
        return;
    html_raw(h, "<p class=\"govuk-error-message\"");
    html_attrf(h, "id", "%s-error", id);
    html_raw(h, "><span class=\"govuk-visually-hidden\">");
    html_tr(h, "Error:");
    html_raw(h, "</span> ");
    html_text(h, error);
    html_raw(h, "</p>");
}

/* aria-describedby: the hint and the error, as far as there are any. */
static void described(struct html *h, const char *id, const char *hint, const char *error)
{
    if (hint != NULL && error != NULL)
        html_attrf(h, "aria-describedby", "%s-hint %s-error", id, id);
    else if (hint != NULL)
        html_attrf(h, "aria-describedby", "%s-hint", id);
    else if (error != NULL)
        html_attrf(h, "aria-describedby", "%s-error", id);
}

static void label_of(struct html *h, const char *id, const char *label, bool big)
{
    if (big)
        html_raw(h, "<h1 class=\"govuk-label-wrapper\"><label class=\"govuk-label "
                    "govuk-label--l\"");
    else
        html_raw(h, "<label class=\"govuk-label\"");
    html_attr(h, "for", id);
    html_raw(h, ">");
    html_text(h, label);
    html_raw(h, "</label>");
    if (big)
        html_raw(h, "</h1>");
}

static void textarea(struct html *h, const struct form_input *in, const char *error)
{
    html_raw(h, "<textarea");
    html_attrf(h, "class", "govuk-textarea%s", error != NULL ? " govuk-textarea--error" : "");
    html_attr(h, "id", in->name);
    html_attr(h, "name", in->name);
    html_attrf(h, "rows", "%d", in->rows);
    if (in->lang != NULL)
        html_attr(h, "lang", in->lang);
    described(h, in->name, in->hint, error);
    html_raw(h, ">");
    /* HTML drops one line feed right after the tag; this one is there to be dropped. */
    html_raw(h, "\n");
    html_text(h, in->value != NULL ? in->value : "");
    html_raw(h, "</textarea>");
}

/* What is made of digits and Latin letters keeps its order on a page that is read from right to
 * left: "123 456" would change places there. */
static bool keeps_order(const struct form_input *in)
{
    return in->prefix == NULL && (in->code || in->inputmode != NULL || in->type != NULL);
}

/* Who types "£3,000" behind our "£" is not shown it twice. */
static const char *behind_prefix(const struct form_input *in)
{
    const char *value = in->value != NULL ? in->value : "";
    size_t n = in->prefix != NULL ? strlen(in->prefix) : 0;
    return n > 0 && strncmp(value, in->prefix, n) == 0 ? value + n : value;
}

static void one_line(struct html *h, const struct form_input *in, const char *error)
{
    const char *value = behind_prefix(in);
    html_raw(h, "<input class=\"govuk-input");
    if (in->width > 0)
        html_textf(h, " govuk-input--width-%d", in->width);
    if (error != NULL)
        html_raw(h, " govuk-input--error");
    html_raw(h, "\"");
    html_attr(h, "id", in->name);
    html_attr(h, "name", in->name);
    html_attr(h, "type", in->type != NULL ? in->type : "text");
    if (in->lang != NULL)
        html_attr(h, "lang", in->lang);
    if (in->inputmode != NULL)
        html_attr(h, "inputmode", in->inputmode);
    if (in->autocomplete != NULL)
        html_attr(h, "autocomplete", in->autocomplete);
    if (in->type == NULL || strcmp(in->type, "text") == 0)
        html_attr(h, "spellcheck", "false");
    if (keeps_order(in) && language_is_rtl(h->language))
        html_raw(h, " dir=\"ltr\"");
    if (value[0] != '\0')
        html_attr(h, "value", value);
    described(h, in->name, in->hint, error);
    html_raw(h, ">");
}

void form_input(struct html *h, const struct form_errors *errors, const struct form_input *in)
{
    const char *error = form_error_of(errors, in->name);
    group_begin(h, error);
    label_of(h, in->name, in->label, in->big_label);
    hint_of(h, in->name, in->hint);
    error_of(h, in->name, error);
    if (in->rows > 0) {
        textarea(h, in, error);
    } else if (in->prefix != NULL) {
        html_raw(h, "<div class=\"govuk-input__wrapper\"><div class=\"govuk-input__prefix\" "
                    "aria-hidden=\"true\">");
        html_text(h, in->prefix);
        html_raw(h, "</div>");
        one_line(h, in, error);
        html_raw(h, "</div>");
    } else {
        one_line(h, in, error);
    }
    html_raw(h, "</div>\n");
}

/* The first radio carries the name as its id, so that the error summary's link finds it. */
static void radio(struct html *h, const char *name, int i, const struct form_choice *c)
{
    char id[80];
    if (i == 0)
        snprintf(id, sizeof id, "%s", name);
    else
        snprintf(id, sizeof id, "%s-%d", name, i + 1);
    html_raw(h, "<div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" "
                "type=\"radio\"");
    html_attr(h, "id", id);
    html_attr(h, "name", name);
    html_attr(h, "value", c->value);
    if (c->hint != NULL)
        html_attrf(h, "aria-describedby", "%s-item-hint", id);
    if (c->chosen)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-radios__label\"");
    html_attr(h, "for", id);
    html_raw(h, ">");
    html_text(h, c->label);
    html_raw(h, "</label>");
    if (c->hint != NULL) {
        html_raw(h, "<div class=\"govuk-hint govuk-radios__hint\"");
        html_attrf(h, "id", "%s-item-hint", id);
        html_raw(h, ">");
        html_text(h, c->hint);
        html_raw(h, "</div>");
    }
    html_raw(h, "</div>");
}

const char *form_choice_label(const struct form_choice *choices, int n, const char *value)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(choices[i].value, value) == 0)
            return choices[i].label;
    }
    return NULL;
}

void form_radios(struct html *h, const struct form_errors *errors, const char *name,
                 const char *legend, const struct form_choice *choices, int n)
{
    const char *error = form_error_of(errors, name);
    group_begin(h, error);
    html_raw(h, "<fieldset class=\"govuk-fieldset\"");
    described(h, name, NULL, error);
    html_raw(h, "><legend class=\"govuk-fieldset__legend govuk-fieldset__legend--m\">");
    html_text(h, legend);
    html_raw(h, "</legend>");
    error_of(h, name, error);
    html_raw(h, "<div class=\"govuk-radios\">");
    for (int i = 0; i < n; i++)
        radio(h, name, i, &choices[i]);
    html_raw(h, "</div></fieldset></div>\n");
}

/* `names`: the options after the first are what officers wrote; an option holds no markup. */
static void select_of(struct html *h, const struct form_errors *errors, const char *name,
                      const char *label, const struct form_choice *choices, int n, bool names)
{
    const char *error = form_error_of(errors, name);
    group_begin(h, error);
    label_of(h, name, label, false);
    error_of(h, name, error);
    html_raw(h, "<select");
    html_attrf(h, "class", "govuk-select%s", error != NULL ? " govuk-select--error" : "");
    html_attr(h, "id", name);
    html_attr(h, "name", name);
    described(h, name, NULL, error);
    html_raw(h, ">");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<option");
        html_attr(h, "value", choices[i].value);
        if (names && i > 0 && h->language != LANGUAGE_EN)
            html_raw(h, " lang=\"en-GB\" dir=\"ltr\"");
        if (choices[i].chosen)
            html_raw(h, " selected");
        html_raw(h, ">");
        html_text(h, choices[i].label);
        html_raw(h, "</option>");
    }
    html_raw(h, "</select></div>\n");
}

void form_select(struct html *h, const struct form_errors *errors, const char *name,
                 const char *label, const struct form_choice *choices, int n)
{
    select_of(h, errors, name, label, choices, n, false);
}

void form_select_name(struct html *h, const struct form_errors *errors, const char *name,
                      const char *label, const struct form_choice *choices, int n)
{
    select_of(h, errors, name, label, choices, n, true);
}

void form_checkbox(struct html *h, const struct form_errors *errors, const struct form_box *box)
{
    const char *error = form_error_of(errors, box->name);
    group_begin(h, error);
    error_of(h, box->name, error);
    html_raw(h, "<div class=\"govuk-checkboxes\"><div class=\"govuk-checkboxes__item\"><input "
                "class=\"govuk-checkboxes__input\" type=\"checkbox\"");
    html_attr(h, "id", box->name);
    html_attr(h, "name", box->name);
    html_attr(h, "value", box->value != NULL ? box->value : "yes");
    described(h, box->name, box->hint, error);
    if (box->ticked)
        html_raw(h, " checked");
    html_raw(h, "><label class=\"govuk-label govuk-checkboxes__label\"");
    html_attr(h, "for", box->name);
    html_raw(h, ">");
    html_text(h, box->label);
    html_raw(h, "</label>");
    if (box->hint != NULL) {
        html_raw(h, "<div class=\"govuk-hint govuk-checkboxes__hint\"");
        html_attrf(h, "id", "%s-hint", box->name);
        html_raw(h, ">");
        html_text(h, box->hint);
        html_raw(h, "</div>");
    }
    html_raw(h, "</div></div></div>\n");
}

void form_csv(struct html *h, const struct form_errors *errors)
{
    form_file(h, errors, ".csv,.txt,text/csv");
}

void form_file(struct html *h, const struct form_errors *errors, const char *accept)
{
    const char *error = form_error_of(errors, "file");
    group_begin(h, error);
    label_of(h, "file", "File", false);
    error_of(h, "file", error);
    html_raw(h, "<input class=\"govuk-file-upload\" type=\"file\" id=\"file\" "
                "name=\"file\"");
    html_attr(h, "accept", accept);
    described(h, "file", NULL, error);
    html_raw(h, "></div>\n");
}

void form_hidden(struct html *h, const char *name, const char *value)
{
    html_raw(h, "<input type=\"hidden\"");
    html_attr(h, "name", name);
    html_attr(h, "value", value);
    html_raw(h, ">");
}

void form_token(struct html *h, const struct request *r)
{
    char token[SESSION_TOKEN_LEN + 1];
    session_token(r, token);
    form_hidden(h, "token", token);
}

void form_begin(struct html *h, const char *action)
{
    html_raw(h, "<form method=\"post\" novalidate");
    html_attr(h, "action", action);
    html_raw(h, ">\n");
}

void form_begin_file(struct html *h, const char *action)
{
    html_raw(h, "<form method=\"post\" enctype=\"multipart/form-data\" novalidate");
    html_attr(h, "action", action);
    html_raw(h, ">\n");
}

void form_end(struct html *h)
{
    html_raw(h, "</form>\n");
}

void form_button(struct html *h, const char *text)
{
    html_raw(h, "<button class=\"govuk-button\" type=\"submit\">");
    html_text(h, text);
    html_raw(h, "</button>\n");
}

void form_button_second(struct html *h, const char *text)
{
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_text(h, text);
    html_raw(h, "</button>\n");
}
