/* store_phone.h: signing in with a mobile number: five digits by text. Role wardmote_web. Numbers
 * and digits leave here only as keyed hashes and seals. */
#ifndef WM_STORE_PHONE_H
#define WM_STORE_PHONE_H

#include "common/ballot.h"
#include "server/request.h"

enum { PHONE_DIGITS = 5 };

struct phone_area {
    const char *slug, *name;
};
struct phone_areas {
    struct phone_area *area;
    int n;
};
/* Areas whose people may vote by number now. */
enum db_outcome phone_areas_load(struct db *db, struct arena *a, struct phone_areas *out);

enum sign_in_outcome {
    SIGN_IN_SENT, /* digits are on their way */
    SIGN_IN_AREA, /* no area was named that there is */
    SIGN_IN_WAIT, /* too many tries */
    SIGN_IN_GONE, /* ended, used, or too old: begin again */
    SIGN_IN_GOOD,
    SIGN_IN_WRONG,
    SIGN_IN_ENDED, /* three wrong answers, or used */
    SIGN_IN_LATE,  /* the digits are older than ten minutes */
    SIGN_IN_VOID   /* officers voided this number */
};
/* `language` is the page's: digits asked for on one in Polish are texted in Polish, and so is all
 * that follows once they have proved the number, unless it chose another language by text.
 * `e164` as phone_read gives it. `news`: the words of the box that asks for bulk texts, where it
 * was ticked, else NULL: consent once the digits have proved the number. On SIGN_IN_SENT `id` names
 * the sign-in, as 36 characters. */
enum db_outcome sign_in_begin(struct db *db, enum language language, const char *e164,
                              const char *area, const char *postcode, const char *address,
                              const char *news, enum sign_in_outcome *outcome,
                              char id[UUID_TEXT_LEN + 1]);
/* New digits for the sign-in `id` (16 bytes). */
enum db_outcome sign_in_again(struct db *db, enum language language, const uint8_t id[16],
                              enum sign_in_outcome *outcome);
/* Fills the voter, credential and generation of `out` on SIGN_IN_GOOD. */
enum db_outcome sign_in_check(struct db *db, enum language language, const uint8_t id[16],
                              const char *digits, const char *address,
                              enum sign_in_outcome *outcome, struct voter_session *out);

#endif
