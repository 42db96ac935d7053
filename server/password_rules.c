/* password_rules.c: which passwords officers may choose. */
#include "server/password_rules.h"

#include <zxcvbn.h>

#include "server/settings.h"
#include "server/typed.h"

enum { WORDS_MAX = 24 };

/* The parts of a text that a person would take over into a password. */
static void add_words(struct arena *arena, const char *text, const char *words[WORDS_MAX], int *n)
{
    static const char between[] = " .,-_@+";
    while (*text != '\0' && *n < WORDS_MAX - 1) {
        text += strspn(text, between);
        size_t len = strcspn(text, between);
        if (len >= 3)
            words[(*n)++] = arena_memdup(arena, text, len);
        text += len;
    }
}

const char *password_problem(const char *password, const char *name, const char *email)
{
    const char *words[WORDS_MAX] = {"wardmote", "york", "council", "officer", "ward"};
    struct arena arena = arena_new(8192);
    int n = 5;
    if (typed_length(password) < PASSWORD_CHARACTERS_MIN)
        return "Use at least 12 characters. Four words that do not belong together are good";
    add_words(&arena, name, words, &n);
    add_words(&arena, email, words, &n);
    add_words(&arena, settings.name, words, &n);
    words[n] = NULL;
    double bits = ZxcvbnMatch(password, words, NULL);
    arena_free(&arena);
    return bits < PASSWORD_BITS_MIN
               ? "That is easy to guess. Four words that do not belong together are good"
               : NULL;
}

void password_fields(struct html *h, const struct form_errors *errors)
{
    form_input(h, errors,
               &(struct form_input){.name = "password",
                                    .label = "New password",
                                    .hint = "12 characters or more. A password manager, or four "
                                            "words that do not belong together.",
                                    .type = "password",
                                    .autocomplete = "new-password"});
    form_input(h, errors,
               &(struct form_input){.name = "again",
                                    .label = "The same password again",
                                    .type = "password",
                                    .autocomplete = "new-password"});
}

bool password_read(const struct request *r, const char *name, const char *email,
                   struct form_errors *errors)
{
    const char *password = request_field(r, "password");
    const char *problem = password_problem(password, name, email);
    if (problem != NULL)
        form_error(errors, "password", problem);
    else if (strcmp(password, request_field(r, "again")) != 0)
        form_error(errors, "again", "The two passwords are not the same");
    return problem == NULL && errors->n == 0;
}
