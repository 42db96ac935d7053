/* password_rules.h: which passwords officers may choose. Any thread. */
#ifndef WM_SERVER_PASSWORD_RULES_H
#define WM_SERVER_PASSWORD_RULES_H

#include "server/form.h"

enum { PASSWORD_CHARACTERS_MIN = 12, PASSWORD_BITS_MIN = 40 };

/* What is wrong with a password for this officer, to be shown beside it; NULL: nothing. At least 12
 * characters (Cyber Essentials with a second factor asks for less), and not easily guessed: zxcvbn
 * (Wheeler, USENIX Security 2016) estimates the guesses from lists of leaked passwords, words,
 * names, dates and keyboard runs; the officer's name and address and the service's count as known.
 */
const char *password_problem(const char *password, const char *name, const char *email);

/* The fields "password" and "again"; and reads them: false when an error was added. */
void password_fields(struct html *h, const struct form_errors *errors);
bool password_read(const struct request *r, const char *name, const char *email,
                   struct form_errors *errors);

#endif
