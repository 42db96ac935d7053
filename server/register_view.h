/* register_view.h: what the desk's pages about registers and codes share. */
#ifndef WM_REGISTER_VIEW_H
#define WM_REGISTER_VIEW_H

#include "server/form.h"
#include "server/letters.h"
#include "server/store_register.h"

/* A register's form as it was typed. */
struct register_typed {
    const char *name, *area, *kind, *codes, *extra;
};

/* "Voting codes", "Mobile numbers", "A list of the council's own". */
const char *register_kind_words(const char *kind);
/* A warning that somebody may be guessing codes; nothing when `wrong` is 0. */
void register_alarm(struct html *h, int32_t wrong);
/* The register of this request's first segment; answers (404, or the database's failure) and
 * returns NULL when there is none for this officer. */
struct desk_register *register_of(struct request *r, struct db *db);
/* Its own page (page_registers.c); `typed` NULL: as it is kept, `e` NULL: no errors. */
void register_show(struct request *r, struct db *db, const struct desk_register *g,
                   const struct register_typed *typed, const struct form_errors *e, int status);
/* Answers with one letter to print, or with several as a file for the mail house. */
void answer_letters(struct request *r, const struct letter *letters, int n, const char *area);
void answer_letters_file(struct request *r, const struct letter *letters, int n, const char *area,
                         const char *slug);

#endif
