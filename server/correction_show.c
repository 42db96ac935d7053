/* correction_show.c: at the desk, how a published result is corrected. */
#include "server/correction_show.h"

#include "server/desk_view.h"
#include "server/page_kit.h"

bool correction_waits(const struct desk_result *x)
{
    return x->view.correction[0] != '\0' && x->view.version != x->stands;
}

/* --- what it changes ---------------------------------------------------------------------- */
static const struct result_proposal *same_proposal(const struct desk_result *x, int32_t number)
{
    for (int i = 0; i < x->view.n_parts; i++) {
        for (int k = 0; k < x->view.part[i].n_proposals; k++) {
            if (x->view.part[i].proposal[k].number == number)
                return &x->view.part[i].proposal[k];
        }
    }
    return NULL;
}

static void difference(struct html *h, const struct result_proposal *p)
{
    html_raw(h, "<li>");
    kit_number(h, p->number);
    html_raw(h, " ");
    html_text(h, p->name);
    html_text(h, p->selected ? ": funded now" : ": funded no more");
    html_raw(h, "</li>");
}

static void differences(struct html *h, const struct desk_result *x,
                        const struct desk_result *stands)
{
    int n = 0;
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    html_raw(h, "<li>Ballots counted: ");
    html_number(h, stands->view.ballots);
    html_raw(h, " before, ");
    html_number(h, x->view.ballots);
    html_raw(h, " now</li>");
    for (int i = 0; i < x->view.n_parts; i++) {
        const struct result_part *part = &x->view.part[i];
        if (i < stands->view.n_parts && part->adopted != stands->view.part[i].adopted)
            n++;
        for (int k = 0; k < part->n_proposals; k++) {
            const struct result_proposal *old = same_proposal(stands, part->proposal[k].number);
            if (old == NULL || old->selected == part->proposal[k].selected)
                continue;
            difference(h, &part->proposal[k]);
            n++;
        }
    }
    if (n == 0)
        html_raw(h, "<li>The outcome is the same</li>");
    html_raw(h, "</ul>\n");
}

/* --- deciding ----------------------------------------------------------------------------- */
void correction_decide(struct html *h, struct request *r, const struct desk_round *round,
                       const struct desk_result *x, const struct desk_result *stands)
{
    html_raw(h, "<div class=\"govuk-inset-text\"><p><strong>A correction of the published "
                "result.</strong> Until another officer publishes it, residents read the result "
                "that stands. Reason: ");
    html_text(h, x->view.correction);
    html_raw(h, "</p>");
    differences(h, x, stands);
    html_raw(h, "</div>\n");
    desk_asked_by(h, round, "publishes it");
    if (!round->mine)
        desk_button(h, r, arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug),
                    "Publish the correction");
    desk_return_form(h, r, round, "Drop the correction");
}

void correction_form(struct html *h, struct request *r, const struct desk_round *round,
                     const struct form_errors *errors, const char *reason)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/correct", round->slug);
    if (!desk_may(r, "POST", path))
        return;
    desk_fold_begin(h, "Correct this result", errors->n > 0);
    html_raw(h, "<p>The ballots are counted again as they stand "
                "now: without those that two officers declared void since. Another officer then "
                "publishes the new result. The one that stands stays on its own page, marked as "
                "superseded.</p>");
    form_begin(h, path);
    form_token(h, r);
    form_input(h, errors,
               &(struct form_input){.name = "reason",
                                    .label = "Reason, which everybody will read",
                                    .value = reason,
                                    .rows = 2});
    form_button(h, "Count again for a correction");
    form_end(h);
    desk_fold_end(h);
}
