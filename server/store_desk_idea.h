/* store_desk_idea.h: residents' ideas and the database, as officers weigh them. Outcomes are the
 * words that the SQL functions of the same names give. Thread: a desk worker's. */
#ifndef WM_SERVER_STORE_DESK_IDEA_H
#define WM_SERVER_STORE_DESK_IDEA_H

#include "server/form.h"
#include "server/store_agreement.h"
#include "server/store_idea.h"

enum { IDEA_CHOICES_MAX = 200 };

struct ideas {
    struct idea *idea; /* what a list shows: id, reference, state, title, area, officer, sent_at */
    int n;
};
/* What an officer chooses from: colleagues by id, draft rounds by slug. */
struct idea_choices {
    struct form_choice officer[IDEA_CHOICES_MAX + 1], round[IDEA_CHOICES_MAX + 1];
    int officers, rounds; /* each list begins with an empty choice */
};

enum db_outcome desk_ideas(struct db *db, struct arena *arena, int32_t officer, struct ideas *out);
/* *idea NULL: none of this officer's areas. */
enum db_outcome desk_idea(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                          struct idea **idea);
enum db_outcome desk_idea_messages(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                   struct idea_messages *out);
enum db_outcome desk_idea_choices(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                  struct idea_choices *out);
/* `to` 0: nobody in particular; `cost` in pence, 0: not known. */
enum db_outcome desk_idea_assign(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                 int32_t to, int64_t cost, const char **result);
/* `kind`: "question", "refusal", "note". */
enum db_outcome desk_idea_write(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                const char *kind, const char *words, const char **result);
enum db_outcome desk_idea_merge(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                const char *reference, const char **result);
/* On "saved" *number is the proposal's. */
enum db_outcome desk_idea_shortlist(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                    const char *round_slug, const char *short_name,
                                    const char **result, int32_t *number);
/* Into the draft edition of its area. On "saved" *edition and *pledge are its ids there. */
enum db_outcome desk_idea_accept(struct db *db, struct arena *arena, int32_t officer, int64_t id,
                                 const struct pledge_form *form, const char **result,
                                 int32_t *edition, int32_t *pledge);

#endif
