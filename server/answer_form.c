/* answer_form.c: what a provider answers for a pledge, as a form. */
#include "server/answer_form.h"

#include "server/tr.h"

void answer_fields(struct html *h, const struct request *r, const struct form_errors *errors,
                   const struct desk_pledge *g)
{
    struct pledge_answer typed = answer_read(r);
    bool kept = errors->n == 0 || *typed.state == '\0';
    const char *state = kept ? g->state : typed.state;
    struct form_choice choices[] = {
        {"accepted", tr(h, "Accept it as it stands"), NULL, strcmp(state, "accepted") == 0},
        {"amended", tr(h, "Accept it in other words"), tr(h, "Say in which below, and why"),
         strcmp(state, "amended") == 0},
        {"declined", tr(h, "Decline it"), tr(h, "Say why below"), strcmp(state, "declined") == 0},
    };
    form_radios(h, errors, "answer", tr(h, "Answer"), choices, 3);
    form_input(
        h, errors,
        &(struct form_input){.name = "new_promise",
                             .label = tr(h, "The pledge in other words (only to change it)"),
                             .hint = tr(h, "Up to 400 characters"),
                             .value = kept ? (*g->asked != '\0' ? g->promise : "") : typed.promise,
                             .rows = 2});
    form_input(h, errors,
               &(struct form_input){.name = "why",
                                    .label = tr(h, "Reason (only to change or decline it)"),
                                    .hint = tr(h, "Up to 400 characters. Residents read it."),
                                    .value = kept ? g->reason : typed.reason,
                                    .rows = 2});
    form_input(h, errors,
               &(struct form_input){.name = "who",
                                    .label = tr(h, "Who answers, for the provider"),
                                    .hint = tr(h, "Name and office. The council sees it."),
                                    .value = kept ? g->answered_by : typed.who});
}

struct pledge_answer answer_read(const struct request *r)
{
    return (struct pledge_answer){.state = request_field(r, "answer"),
                                  .promise = request_field(r, "new_promise"),
                                  .reason = request_field(r, "why"),
                                  .who = request_field(r, "who")};
}

bool answer_refused(enum language language, const char *word, struct form_errors *errors)
{
    static const struct {
        const char *word, *field, *says;
    } words[] = {
        {"state", "answer", N_("Choose an answer")},
        {"who", "who", N_("Enter who answers, in at most 120 characters")},
        {"reason", "why", N_("Give a reason, in at most 400 characters")},
        {"promise", "new_promise",
         N_("Enter the pledge in other words, in at most 400 characters")},
        {"frozen", "answer", N_("The agreement was put forward meanwhile: its words stand")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) != 0)
            continue;
        form_error(errors, words[i].field, translate(language, words[i].says));
        return true;
    }
    return false;
}
