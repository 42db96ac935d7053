/* pledge_fields.c: a pledge's words as an officer types them. */
#include "server/pledge_fields.h"

#include "server/typed.h"

void pledge_fields(struct html *h, struct request *r, const struct form_errors *errors,
                   const struct desk_pledge *g, bool typed)
{
    const struct form_input fields[] = {
        {.name = "provider",
         .label = "Provider",
         .hint = "Who promises it. For example, City of York Council, Highways",
         .value = typed ? request_field(r, "provider") : g->provider},
        {.name = "promise",
         .label = "Promise",
         .hint = "What they do. Up to 400 characters.",
         .value = typed ? request_field(r, "promise") : g->promise,
         .rows = 2},
        {.name = "standard",
         .label = "Standard (if there is one)",
         .hint = "How well, or how often",
         .value = typed ? request_field(r, "standard") : g->standard,
         .rows = 2},
        {.name = "measure",
         .label = "How it is measured (if it is)",
         .value = typed ? request_field(r, "measure") : g->measure,
         .rows = 2},
        {.name = "due",
         .label = "Day on which it is checked",
         .hint = "For example, 31/3/2027",
         .value = typed ? request_field(r, "due") : g->due_typed,
         .width = 10},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        form_input(h, errors, &fields[i]);
}

const char *pledge_day(struct request *r, const char *field, struct form_errors *e)
{
    char *day = arena_alloc(&r->arena, 11);
    const char *typed = request_field(r, field);
    if (*typed == '\0')
        return NULL;
    if (!typed_date(typed, day)) {
        form_error(e, field, "Enter a date, like 31/3/2027");
        return NULL;
    }
    return day;
}

struct pledge_form pledge_read(struct request *r, struct form_errors *e)
{
    struct pledge_form form = {.provider = request_field(r, "provider"),
                               .promise = request_field(r, "promise"),
                               .standard = request_field(r, "standard"),
                               .measure = request_field(r, "measure"),
                               .due = pledge_day(r, "due", e)};
    if (*form.provider == '\0' || typed_length(form.provider) > 120)
        form_error(e, "provider", "Enter who promises it, in at most 120 characters");
    if (*form.promise == '\0' || typed_length(form.promise) > 400)
        form_error(e, "promise", "Enter the promise, in at most 400 characters");
    if (typed_length(form.standard) > 400)
        form_error(e, "standard", "Use at most 400 characters");
    if (typed_length(form.measure) > 400)
        form_error(e, "measure", "Use at most 400 characters");
    return form;
}
