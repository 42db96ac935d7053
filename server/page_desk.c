/* page_desk.c: /desk, where an officer starts: what needs somebody, and every round of theirs. */
#include "server/change_words.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/register_view.h"
#include "server/response.h"

static const char *const numbers[] = {"Nothing",      "One thing",   "Two things", "Three things",
                                      "Four things",  "Five things", "Six things", "Seven things",
                                      "Eight things", "Nine things"};

/* Whether a round waits for this officer to do something. */
static bool needs_somebody(const struct desk_line *line)
{
    switch (line->phase) {
    case DESK_DRAFT:
    case DESK_APPROVED:
    case DESK_TO_COUNT:
    case DESK_COUNTED:
        return line->acts;
    case DESK_REVIEW:
    case DESK_RESULT_REVIEW:
        return line->acts && !line->mine; /* nobody approves their own work */
    case DESK_SCHEDULED:
    case DESK_OPEN:
    case DESK_CLOSED:
    case DESK_EMBARGOED:
    case DESK_PUBLISHED:
    case DESK_ARCHIVED:
        return false;
    }
    return false;
}

/* What this officer may read, but neither grant nor refuse, does not wait for them. */
static void drop_undecidable(struct changes *all)
{
    int n = 0;
    for (int i = 0; i < all->n; i++) {
        if ((all->change[i].roles & (ROLE_WARD_OFFICER | ROLE_APPROVER)) != 0)
            all->change[n++] = all->change[i];
    }
    all->n = n;
}

/* Changes that others asked for, which this officer may grant. */
static int count_changes(const struct changes *changes)
{
    int n = 0;
    for (int i = 0; i < changes->n; i++)
        n += changes->change[i].state == CHANGE_WAITING && !changes->change[i].mine;
    return n;
}

static int count_needs(const struct desk_lines *rounds, const struct changes *changes,
                       const struct desk_errands *errands)
{
    int n = count_changes(changes) + errands->n;
    for (int i = 0; i < rounds->n; i++)
        n += needs_somebody(&rounds->line[i]);
    return n;
}

static void heading(struct html *h, int needs)
{
    html_raw(h, "<h1 class=\"govuk-heading-l\">");
    if (needs < (int)(sizeof numbers / sizeof *numbers))
        html_textf(h, "%s", numbers[needs]);
    else
        html_textf(h, "%d things", needs);
    html_text(h, needs <= 1 ? " needs you" : " need you");
    if (needs == 0)
        html_raw(h, " now");
    html_raw(h, "</h1>\n");
}

/* What a draft holds so far. */
static void written(struct html *h, const struct desk_line *line)
{
    if (strcmp(line->kind, "yes_no") == 0) {
        html_raw(h, "A yes or no question.");
        return;
    }
    kit_count(h, line->published, "proposal", "proposals");
    html_raw(h, " published");
    if (line->drafts > 0)
        html_textf(h, ", %d in draft", line->drafts);
    html_raw(h, ".");
}

static void need(struct html *h, struct request *r, const struct desk_line *line)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s", line->slug);
    if (line->phase == DESK_TO_COUNT) {
        desk_task_begin(h, path, arena_fmt(&r->arena, "Count %s", line->title), line->phase);
        html_raw(h, "Voting closed at ");
        desk_when(h, line->closes_at);
        html_raw(h, ". ");
        desk_turnout_words(h, &line->turnout);
    } else if (line->phase == DESK_COUNTED || line->phase == DESK_RESULT_REVIEW) {
        bool asked = line->phase == DESK_RESULT_REVIEW;
        path = arena_fmt(&r->arena, "/desk/rounds/%s/result", line->slug);
        desk_task_begin(h, path,
                        arena_fmt(&r->arena, "%s the result of %s",
                                  asked ? "Approve and publish" : "Send for approval", line->title),
                        line->phase);
        html_text(h, asked
                         ? "A colleague sent it for approval. Nothing is public until you publish "
                           "it."
                         : "Counted. A second officer publishes it.");
    } else if (line->phase == DESK_REVIEW || line->phase == DESK_APPROVED) {
        bool asked = line->phase == DESK_REVIEW;
        desk_task_begin(h, path,
                        arena_fmt(&r->arena, "%s %s", asked ? "Review" : "Schedule", line->title),
                        line->phase);
        html_text(h, asked ? "A colleague sent it for approval. "
                           : "Approved by a second officer. Opens at ");
        if (asked)
            written(h, line);
        else
            desk_when(h, line->opens_at);
    } else {
        desk_task_begin(h, path, arena_fmt(&r->arena, "Finish %s", line->title), line->phase);
        written(h, line);
        html_text(h, line->opens_at == DB_NO_TIME ? " Next: set the dates."
                                                  : " Next: check it, then send it for review.");
    }
    desk_task_end(h);
}

static void figures(struct html *h, const struct desk_lines *rounds)
{
    struct desk_turnout all = {.web = 0};
    int64_t open = 0;
    for (int i = 0; i < rounds->n; i++) {
        const struct desk_line *line = &rounds->line[i];
        if (line->phase == DESK_OPEN) {
            open++;
            all.web += line->turnout.web;
            all.texts += line->turnout.texts;
            all.paper += line->turnout.paper;
            all.assisted += line->turnout.assisted;
        }
    }
    html_raw(h, "<dl class=\"wm-facts\">");
    desk_fact(h, "Rounds open now", open);
    desk_fact(h, "Ballots in them", desk_turnout_all(&all));
    desk_channels(h, &all);
    html_raw(h, "</dl>\n");
}

static void change_need(struct html *h, struct request *r, const struct change *c)
{
    html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
    html_attr(h, "href",
              *c->slug != '\0' ? arena_fmt(&r->arena, "/desk/rounds/%s/changes", c->slug)
                               : "/desk/changes");
    html_raw(h, ">Decide on a change to ");
    html_text(h, c->title);
    html_raw(h, "</a><strong class=\"govuk-tag govuk-tag--purple\">Asked</strong><p>");
    change_words(h, c);
    html_raw(h, " Asked by ");
    html_text(h, c->asked_by);
    html_raw(h, ".</p></div>\n");
}

/* What waits besides rounds: one line a kind, to the page where it is dealt with. */
static void errand(struct html *h, const char *what, int64_t n)
{
    static const struct {
        const char *what, *path, *one, *many, *says;
    } kinds[] = {
        {"adoptions", "/desk/agreements", "agreement to adopt", "agreements to adopt",
         "Another officer asks for this, without a vote."},
        {"ideas", "/desk/ideas", "idea to answer", "ideas to answer",
         "Residents read your answer on their private page."},
        {"offers", "/desk/offers", "offer of help to call about", "offers of help to call about",
         "Residents who want to lend a hand."},
        {"decisions", "/desk/decisions", "decision of the council to confirm",
         "decisions of the council to confirm", "Written down by a colleague."},
        {"pledges", "/desk/agreements", "pledge to check", "pledges to check",
         "Due, and nobody looked since."},
        {"deliveries", "/desk/delivery", "funded project to report on",
         "funded projects to report on", "Residents have read nothing new for 90 days."},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].what, what) != 0)
            continue;
        html_raw(h, "<div class=\"wm-task\"><a class=\"govuk-link\"");
        html_attr(h, "href", kinds[i].path);
        html_raw(h, ">");
        kit_count(h, n, kinds[i].one, kinds[i].many);
        html_raw(h, "</a><strong class=\"govuk-tag govuk-tag--orange\">To do</strong><p>");
        html_text(h, kinds[i].says);
        html_raw(h, "</p></div>\n");
    }
}

static void needs(struct html *h, struct request *r, const struct desk_lines *rounds,
                  const struct changes *changes, const struct desk_errands *errands)
{
    html_raw(h, "<section><h2 class=\"govuk-heading-m\">Waiting for you</h2>\n");
    for (int i = 0; i < changes->n; i++) {
        if (changes->change[i].state == CHANGE_WAITING && !changes->change[i].mine)
            change_need(h, r, &changes->change[i]);
    }
    for (int i = 0; i < rounds->n; i++) {
        if (needs_somebody(&rounds->line[i]))
            need(h, r, &rounds->line[i]);
    }
    for (int i = 0; i < errands->n; i++)
        errand(h, errands->one[i].what, errands->one[i].n);
    if (count_needs(rounds, changes, errands) == 0)
        html_raw(h, "<p class=\"govuk-body\">Rounds open and close by themselves. You will find "
                    "here what is to be counted or published.</p>\n");
    figures(h, rounds);
    html_raw(h, "</section>\n");
}

/* What is next for a round, in a sentence. */
static void next(struct html *h, const struct desk_line *line)
{
    switch (line->phase) {
    case DESK_DRAFT:
        written(h, line);
        break;
    case DESK_REVIEW:
        html_text(h, line->mine ? "Waits for another officer to approve it."
                                : "A colleague sent it for approval.");
        break;
    case DESK_APPROVED:
        html_raw(h, "To be scheduled. Opens at ");
        desk_when(h, line->opens_at);
        html_raw(h, ".");
        break;
    case DESK_SCHEDULED:
        html_raw(h, "Opens at ");
        desk_when(h, line->opens_at);
        html_raw(h, ", by itself.");
        break;
    case DESK_OPEN:
        html_raw(h, "Closes at ");
        desk_when(h, line->closes_at);
        html_raw(h, ", by itself. ");
        desk_turnout_words(h, &line->turnout);
        break;
    case DESK_CLOSED:
        html_raw(h, "Texts sent in time may still arrive. Count it from ");
        desk_when(h, line->count_from);
        html_raw(h, ".");
        break;
    case DESK_EMBARGOED:
        html_raw(h, "Its result becomes public at ");
        desk_when(h, line->public_at);
        html_raw(h, ", by itself.");
        break;
    case DESK_TO_COUNT:
    case DESK_COUNTED:
    case DESK_RESULT_REVIEW:
    case DESK_PUBLISHED:
    case DESK_ARCHIVED:
        html_raw(h, "Closed at ");
        desk_when(h, line->closes_at);
        html_raw(h, ". ");
        desk_turnout_words(h, &line->turnout);
        break;
    }
}

static void my_rounds(struct html *h, struct request *r, const struct desk_lines *rounds)
{
    html_raw(h, "<section><h2 class=\"govuk-heading-m\">Your rounds</h2>\n");
    for (int i = 0; i < rounds->n; i++) {
        const struct desk_line *line = &rounds->line[i];
        desk_task_begin(h, arena_fmt(&r->arena, "/desk/rounds/%s", line->slug), line->title,
                        line->phase);
        next(h, line);
        desk_task_end(h);
    }
    if (r->officer.roles == 0)
        html_raw(h, "<p class=\"govuk-body\">You have no role yet. An administrator gives you one; "
                    "then the rounds of your areas are here.</p>\n");
    else if (rounds->n == 0)
        html_raw(h, "<p class=\"govuk-body\">There is no round in your areas yet.</p>\n");
    if (desk_may(r, "GET", "/desk/rounds/new"))
        html_raw(h, "<p class=\"govuk-body wm-after\"><a class=\"govuk-link\" "
                    "href=\"/desk/rounds/new\">Make a round</a></p>");
    html_raw(h, "</section>\n");
}

enum handled page_desk(struct request *r, struct db *db)
{
    struct desk_lines rounds;
    struct changes changes;
    struct desk_errands errands;
    struct desk_page p;
    int32_t wrong = 0;
    enum db_outcome outcome = desk_rounds(db, &r->arena, r->officer.officer, &rounds);
    if (outcome == DB_OK)
        outcome = changes_desk(db, &r->arena, r->officer.officer, NULL, &changes);
    if (outcome == DB_OK)
        outcome = desk_errands(db, &r->arena, r->officer.officer, &errands);
    if (outcome == DB_OK)
        outcome = desk_alarm(db, &wrong);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    drop_undecidable(&changes);
    desk_begin(&p, r, "My rounds", NULL, NULL, NULL);
    register_alarm(&p.h, wrong);
    html_raw(&p.h, "<p class=\"govuk-caption-l\">");
    html_text(&p.h, r->officer.name);
    html_raw(&p.h, "</p>");
    heading(&p.h, count_needs(&rounds, &changes, &errands));
    html_raw(&p.h, "<div class=\"wm-two\">");
    needs(&p.h, r, &rounds, &changes, &errands);
    my_rounds(&p.h, r, &rounds);
    html_raw(&p.h, "</div>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}
