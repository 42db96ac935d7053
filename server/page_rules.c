/* page_rules.c: /rounds/:slug/rules: a vote's rules in plain words, what was changed since, and the
 * text as it was frozen. */
#include "server/change_words.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/rules_words.h"

static void show_rules(struct html *h, const struct round_view *v, const struct pots *pots,
                       const struct changes *changes)
{
    char opens[64], closes[64], frozen[64];
    when_text(v->opens_at, opens);
    when_text(v->closes_at, closes);
    when_text(when_minute(v->scheduled_at), frozen);
    kit_title_caption(h, v->title, "The rules of this vote");
    changes_show(h, changes);
    html_raw(h, "<h2 class=\"govuk-heading-m\">Voting</h2>\n<p class=\"govuk-body\">");
    round_limit_words(h, v, pots);
    html_textf(h, " Voting opens at %s and closes at %s.", opens, closes);
    html_raw(h, " One person, one ballot: if you vote again, your last ballot before the close "
                "counts");
    html_raw(h, ", on the web or by text.</p>\n");
    if (v->grace_minutes > 0) {
        html_raw(h, "<p class=\"govuk-body\">A text that you sent before the close counts if it "
                    "reaches us within ");
        kit_count(h, v->grace_minutes, "minute", "minutes");
        html_raw(h, " after it.</p>\n");
    }
    html_raw(h, "<p class=\"govuk-body\">");
    round_voter_words(h, v);
    html_raw(h, "</p>\n<h2 class=\"govuk-heading-m\">Counting</h2>\n");
    round_counting_words(h, v, pots);
    rules_limits_words(h, v->rules_text);
    html_raw(h, "<h2 class=\"govuk-heading-m\">As they were frozen</h2>\n<p class=\"govuk-body\">");
    html_textf(h, "This text was fixed at %s%s, and cannot be changed. ", frozen,
               v->scheduled_at < v->opens_at ? ", before the vote opened" : "");
    html_raw(h, "Its SHA-256 is <span class=\"wm-type\">");
    html_text(h, v->rules_sha256);
    html_raw(h, "</span></p>\n<pre class=\"wm-frozen\" tabindex=\"0\">");
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
    struct layout l = {.kind = LAYOUT_RESIDENT,
                       .title = arena_fmt(&r->arena, "Rules of %s", v.title),
                       .practice = v.voters == VOTERS_PRACTICE,
                       .back_path = arena_fmt(&r->arena, "/rounds/%s", v.slug),
                       .back_text = v.title};
    layout_begin(&h, &l);
    show_rules(&h, &v, &pots, &changes);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
