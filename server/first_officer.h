/* first_officer.h: --new-administrator, for a service that nobody administers yet. */
#ifndef WM_SERVER_FIRST_OFFICER_H
#define WM_SERVER_FIRST_OFFICER_H

/* Makes the officer (role wardmote_desk, as the settings say) and prints their set-up link on
 * standard output. Returns the exit status: 0; 1 and why not on standard error. Main thread. */
int first_officer(const char *name, const char *email);

#endif
