/* page_declare.c: what a voter declares before the first ballot of a round that asks: to be old
 * enough, and where they live. Nothing else is asked here. */
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/session.h"
#include "server/store_votes.h"
#include "server/tr.h"

struct declaration {
    struct round_view round;
    struct voter_ballot ballot;
    struct place *place;
    int places;
    bool old_enough;
    const char *residence; /* as typed */
    struct form_errors errors;
};

static void residence_field(struct html *h, struct request *r, const struct declaration *d)
{
    if (d->round.residence == RESIDENCE_POSTCODE) {
        form_input(h, &d->errors,
                   &(struct form_input){.name = "residence",
                                        .label = tr(r, "What is your postcode?"),
                                        .hint = tr(r, "For example, YO24 3BZ"),
                                        .value = d->residence,
                                        .autocomplete = "postal-code",
                                        .code = true,
                                        .width = 10});
        return;
    }
    if (d->places == 1) {
        form_checkbox(h, &d->errors,
                      &(struct form_box){.name = "residence",
                                         .value = d->place[0].slug,
                                         .label = trv(&r->arena, r, "I live in {area}",
                                                      TR_PLACE("area", d->place[0].name)),
                                         .ticked = d->residence[0] != '\0'});
        return;
    }
    struct form_choice *choices = arena_alloc(&r->arena, (size_t)(d->places + 1) * sizeof *choices);
    choices[0] = (struct form_choice){.value = "", .label = tr(r, "Choose")};
    for (int i = 0; i < d->places; i++)
        choices[i + 1] =
            (struct form_choice){.value = d->place[i].slug,
                                 .label = d->place[i].name,
                                 .chosen = strcmp(d->residence, d->place[i].slug) == 0};
    form_select_name(h, &d->errors, "residence", tr(r, "Where do you live?"), choices,
                     d->places + 1);
}

static void declare_page(struct request *r, int status, const struct declaration *d)
{
    struct html h = html_new();
    int age = d->round.minimum_age;
    struct layout l = layout_said(r, tr(r, "Before you vote"));
    l.has_error = d->errors.n > 0;
    l.back_path = "/vote/rounds";
    l.back_text = tr(r, "Your votes");
    layout_begin(&h, &l);
    form_summary(&h, &d->errors);
    kit_caption_written(&h, d->round.title);
    kit_title(&h, l.title);
    html_raw(&h, "<p class=\"govuk-body\">");
    html_trv(&h,
             age > 0 ? N_("This vote is for people who live in {area} and are {age} or older.")
                     : N_("This vote is for people who live in {area}."),
             TR_PLACE("area", d->round.area_name), TR_NUMBER("age", age));
    html_raw(&h, " ");
    html_tr(&h, "What you say here is kept with your right to vote, not with your ballot.");
    html_raw(&h, "</p>\n");
    form_begin(&h, arena_fmt(&r->arena, "/ballot/%s/declare", d->round.slug));
    form_token(&h, r);
    if (d->round.residence != RESIDENCE_NONE)
        residence_field(&h, r, d);
    if (age > 0)
        form_checkbox(&h, &d->errors,
                      &(struct form_box){
                          .name = "age",
                          .label = trv(&r->arena, r, "I am {age} or older", TR_NUMBER("age", age)),
                          .ticked = d->old_enough});
    form_button(&h, tr(r, "Continue"));
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

/* The round and whether it still asks; false when the request was answered. */
static bool admit(struct request *r, struct db *db, struct declaration *d)
{
    bool found;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &d->round, &found)))
        return false;
    if (!found) {
        response_error(r, 404);
        return false;
    }
    if (page_failed(r, voter_ballot_load(db, &r->arena, &r->voter, d->round.id, &d->ballot)))
        return false;
    if (!d->ballot.session_good) {
        page_session_ended(r);
        return false;
    }
    /* The ballot page knows what to say to everybody else. */
    if (d->ballot.declared || !d->ballot.in_reach || d->round.phase != PHASE_OPEN) {
        response_redirect(r, "/ballot/%s", d->round.slug);
        return false;
    }
    return d->round.residence != RESIDENCE_NEIGHBOURHOOD ||
           !page_failed(r, round_places_load(db, &r->arena, d->round.id, &d->place, &d->places));
}

enum handled page_declare(struct request *r, struct db *db)
{
    struct declaration d = {.residence = ""};
    if (admit(r, db, &d))
        declare_page(r, 200, &d);
    return HANDLED;
}

static void elsewhere_page(struct request *r, const struct round_view *v, const char *area)
{
    kit_message_said(
        r, 403, tr(r, "You cannot vote here"),
        trv(&r->arena, r,
            "{title} is for people who live in {area}. What you entered lies in {other}.",
            TR_TEXT("title", v->title), TR_PLACE("area", v->area_name), TR_PLACE("other", area)),
        arena_fmt(&r->arena, "/ballot/%s/declare", v->slug),
        tr(r, "If that was a slip, enter it again"));
}

static const char *where_words(struct request *r, const struct declaration *d,
                               enum declare_outcome outcome)
{
    bool unknown = outcome == DECLARE_UNKNOWN;
    if (d->round.residence == RESIDENCE_POSTCODE)
        return unknown ? trv(&r->arena, r, "We do not know that postcode. Check it{help}",
                             TR_TEXT("help", kit_or_contact(r)))
                       : tr(r, "Enter a full UK postcode, like YO24 3BZ");
    if (unknown)
        return tr(r, "We do not know that place. Choose it from the list");
    return d->places == 1 ? trv(&r->arena, r, "Confirm that you live in {area}",
                                TR_PLACE("area", d->place[0].name))
                          : tr(r, "Choose where you live");
}

/* What stops a declaration, beside each field, in the order of the fields: the place, the age. */
static void mistakes(struct request *r, struct declaration *d, const struct declared *said)
{
    bool age = false;
    for (int i = 0; i < said->n; i++) {
        if (said->outcome[i] == DECLARE_AGE)
            age = true;
        else
            form_error(&d->errors, "residence", where_words(r, d, said->outcome[i]));
    }
    if (age)
        form_error(
            &d->errors, "age",
            trv(&r->arena, r,
                "Confirm that you are {age} or older. If you are younger, you cannot vote here",
                TR_NUMBER("age", d->round.minimum_age)));
    declare_page(r, 422, d);
}

enum handled page_declare_post(struct request *r, struct db *db)
{
    struct declared said;
    struct declaration d = {.old_enough = strcmp(request_field(r, "age"), "yes") == 0,
                            .residence = request_field(r, "residence")};
    if (!admit(r, db, &d) || page_failed(r, voter_declare(db, &r->arena, &r->voter, d.round.id,
                                                          d.old_enough, d.residence, &said)))
        return HANDLED;
    switch (said.outcome[0]) {
    case DECLARE_GOOD:
    case DECLARE_NO_ROUND:
    case DECLARE_CLOSED:
        response_redirect(r, "/ballot/%s", d.round.slug);
        break;
    case DECLARE_ENDED:
        page_session_ended(r);
        break;
    case DECLARE_ELSEWHERE:
        elsewhere_page(r, &d.round, said.area);
        break;
    case DECLARE_AGE:
    case DECLARE_FORMAT:
    case DECLARE_UNKNOWN:
        mistakes(r, &d, &said);
        break;
    }
    return HANDLED;
}
