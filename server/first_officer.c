/* first_officer.c: the first administrator: whoever holds the server's settings makes them a link.
 */
#include "server/first_officer.h"

#include <stdio.h>

#include "server/settings.h"
#include "server/store_people.h"

enum { ARENA_BYTES = 1 << 16 };

static const char *why_not(const char *result)
{
    static const struct {
        const char *word, *says;
    } words[] = {
        {"there", "there is an administrator who has set up: they add people at /desk/people"},
        {"taken", "an officer who has set up has this address: use another"},
        {"name", "a name has 1 to 80 characters"},
        {"email", "that is no email address"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, result) == 0)
            return words[i].says;
    }
    return "the database cannot be reached";
}

int first_officer(const char *name, const char *email)
{
    char key[SET_UP_KEY_LEN + 1];
    const char *result = "";
    struct arena arena = arena_new(ARENA_BYTES);
    struct db *db = db_new(settings.database, "wardmote_desk", "new administrator");
    enum db_outcome outcome = db_open(db);
    if (outcome == DB_OK)
        outcome = person_first(db, &arena, name, email, key, &result);
    bool made = outcome == DB_OK && strcmp(result, "made") == 0;
    if (made)
        printf("%s/desk/set-up/%s\n", settings.public_url, key);
    else
        fprintf(stderr, "wardmote-server: %s\n", why_not(result));
    db_free(db);
    arena_free(&arena);
    return made ? 0 : 1;
}
