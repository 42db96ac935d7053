/* page_rules.c: /rounds/:slug/rules: a vote's rules in plain words, what was changed since, and the
 * text as it was frozen. */
#include "server/change_words.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/rules_words.h"
#include "server/tr.h"

static void show_rules(struct html *h, const struct round_view *v, const struct pots *pots,
                       const struct changes *changes)
{
    kit_caption_written(h, v->title);
    kit_title(h, tr(h, "The rules of this vote"));
    changes_show(h, changes);
    html_tr_h2(h, "Voting");
    html_raw(h, "<p class=\"govuk-body\">");
    round_limit_words(h, v, pots);
    html_trv(h, " Voting opens at {opens} and closes at {closes}.", TR_WHEN("opens", v->opens_at),
             TR_WHEN("closes", v->closes_at));
    if (v->voters != VOTERS_PRACTICE)
        html_tr(h, " One person, one ballot: if you vote again, your last ballot before the close "
                   "counts, on the web or by text.");
    html_raw(h, "</p>\n");
    if (v->grace_minutes > 0) {
        html_raw(h, "<p class=\"govuk-body\">");
        html_trn(h,
                 "A text that you sent before the close counts if it reaches us within {n} minute "
                 "after it.",
                 "A text that you sent before the close counts if it reaches us within {n} minutes "
                 "after it.",
                 v->grace_minutes);
        html_raw(h, "</p>\n");
    }
    html_raw(h, "<p class=\"govuk-body\">");
    round_voter_words(h, v);
    html_raw(h, "</p>\n");
    html_tr_h2(h, "Counting");
    round_counting_words(h, v, pots);
    rules_limits_words(h, v->rules_text);
    html_tr_h2(h, "As they were frozen");
    html_raw(h, "<p class=\"govuk-body\">");
    html_trv(h,
             v->scheduled_at < v->opens_at
                 ? N_("This text was fixed at {when}, before the vote opened, and cannot be "
                      "changed.")
                 : N_("This text was fixed at {when}, and cannot be changed."),
             TR_WHEN("when", when_minute(v->scheduled_at)));
    html_raw(h, " ");
    html_tr(h, "Its SHA-256 is");
    html_raw(h, " <span class=\"wm-type wm-ours\">");
    html_text(h, v->rules_sha256);
    html_raw(h, "</span></p>\n<pre class=\"wm-frozen wm-ours\" lang=\"en-GB\" dir=\"ltr\" "
                "tabindex=\"0\">");
    html_text(h, v->rules_text);
    html_raw(h, "</pre>\n");
}

enum handled page_rules(struct request *r, struct db *db)
{
    struct round_view v;
    struct pots pots;
    struct changes changes;
    bool found;
    if (page_failed(r, round_load_any(db, &r->arena, r->segment[0], &v, &found)))
        return HANDLED;
    if (!found) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, pots_load(db, &r->arena, v.id, &pots)) ||
        page_failed(r, changes_public(db, &r->arena, v.id, &changes)))
        return HANDLED;
    struct html h = html_new();
    struct layout l =
        layout_said(r, trv(&r->arena, r, "Rules of {title}", TR_TEXT("title", v.title)));
    l.practice = v.voters == VOTERS_PRACTICE;
    l.back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug);
    l.back_name = v.title;
    layout_begin(&h, &l);
    show_rules(&h, &v, &pots, &changes);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
