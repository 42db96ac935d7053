/* embargo_show.c: at the desk, how an approved result becomes public, at once or later. */
#include "server/embargo_show.h"

#include "server/desk_view.h"

void embargo_publish(struct html *h, struct request *r, const struct desk_round *round,
                     const struct form_errors *errors, const struct embargo_typed *t)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug);
    if (!desk_may(r, "POST", path))
        return;
    desk_button(h, r, path, "Publish the result now");
    desk_fold_begin(h, "Publish it at a date and time", errors->n > 0);
    html_raw(h, "<p>It becomes public then by itself, on every page, by text and in the open data. "
                "Until then only officers see it; residents read on which day and at what time it "
                "comes.</p>");
    form_begin(h, path);
    form_token(h, r);
    form_hidden(h, "when", "later");
    form_input(h, errors,
               &(struct form_input){.name = "date",
                                    .label = "Date",
                                    .hint = "For example, 14/12/2026",
                                    .value = t->date,
                                    .width = 10});
    form_input(h, errors,
               &(struct form_input){.name = "time",
                                    .label = "Time",
                                    .hint = "For example, 10:00 or 9pm, by the clocks of York",
                                    .value = t->time,
                                    .width = 5});
    form_button(h, "Approve it for this time");
    form_end(h);
    desk_fold_end(h);
}

void embargo_waits(struct html *h, struct request *r, const struct desk_round *round,
                   const struct form_errors *errors, const struct embargo_typed *t)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/embargo", round->slug);
    html_raw(h, "<p class=\"govuk-inset-text\">Approved. It becomes public at ");
    desk_when(h, round->public_at);
    html_raw(h, ", by itself. Until then only officers see it, and residents read when it "
                "comes.</p>\n");
    if (!desk_may(r, "POST", path))
        return;
    desk_fold_begin(h, "Publish it earlier, or call it off", errors->n > 0);
    form_begin(h, path);
    form_token(h, r);
    form_input(h, errors,
               &(struct form_input){.name = "reason",
                                    .label = "Reason",
                                    .hint = "It stays in the record. Up to 400 characters.",
                                    .value = t->reason,
                                    .rows = 2});
    html_raw(h, "<div class=\"govuk-button-group\">");
    if (!round->mine)
        html_raw(h, "<button type=\"submit\" name=\"do\" value=\"now\" class=\"govuk-button\">"
                    "Publish it now</button>");
    html_raw(h, "<button type=\"submit\" name=\"do\" value=\"off\" "
                "class=\"govuk-button govuk-button--warning\">Call it off</button></div>");
    form_end(h);
    desk_fold_end(h);
}
