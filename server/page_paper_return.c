/* page_paper_return.c: on the desk's page of paper ballots, the ballot to print, and where
 * residents hand it in, as it then says. */
#include "server/pages.h"
#include "server/paper_view.h"
#include "server/response.h"
#include "server/typed.h"

enum { WORDS_CHARS_MAX = 400 };

static const char *path_of(struct request *r, const struct desk_round *round)
{
    return arena_fmt(&r->arena, "/desk/rounds/%s/paper-return", round->slug);
}

static void to_print(struct html *h, struct request *r, const struct desk_round *round)
{
    const char *path = arena_fmt(&r->arena, "/rounds/%s/ballot-paper", round->slug);
    html_raw(h, "<h2 class=\"govuk-heading-m wm-after\">The paper</h2>\n<p class=\"govuk-body\">To "
                "print, for residents and for ballot boxes: ");
    kit_link(h, path, "the ballot paper");
    html_raw(h, ", ");
    kit_link(h, arena_fmt(&r->arena, "%s?size=large", path), "the same in large print");
    html_raw(h, ".</p>\n");
}

static void place_form(struct html *h, struct request *r, const struct form_errors *e,
                       const struct desk_round *round, const char *words)
{
    form_begin(h, path_of(r, round));
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "words",
                                    .label = "Where residents hand it in",
                                    .hint = "Printed on the ballot paper, at most 400 characters. "
                                            "For example, In the ballot box at Acomb library, "
                                            "Front Street.",
                                    .value = words,
                                    .rows = 3});
    form_button_second(h, "Save");
    form_end(h);
}

void paper_return_show(struct html *h, struct request *r, const struct form_errors *e,
                       const struct desk_round *round, const char *words)
{
    if (words == NULL)
        return;
    to_print(h, r, round);
    if (desk_may(r, "POST", path_of(r, round)))
        place_form(h, r, e, round, words);
}

enum handled page_paper_return_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *result = "", *words = request_field(r, "words");
    const struct desk_round *round = paper_round(r, db);
    if (round == NULL)
        return HANDLED;
    if (typed_length(words) > WORDS_CHARS_MAX) {
        form_error(&e, "words", "Use at most 400 characters");
        paper_list_show(r, db, round, &e, words);
        return HANDLED;
    }
    enum db_outcome outcome =
        paper_return_save(db, &r->arena, r->officer.officer, round->slug, words, &result);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "saved") == 0)
        response_redirect(r, "/desk/rounds/%s/paper", round->slug);
    else if (strcmp(result, "state") == 0)
        desk_round_show(r, round, desk_refusal(r, "no_paper", ""), 409);
    else
        response_error(r, 404);
    return HANDLED;
}
