/* failpoint.h: where tests make the daemon die, as kill -9 would, to prove that nothing is lost. */
#ifndef WM_SMS_FAILPOINT_H
#define WM_SMS_FAILPOINT_H

/* Kills the process when WARDMOTE_FAILPOINT names this point. Any thread. */
void failpoint(const char *name);
/* Kills the process when WARDMOTE_FAILPOINT is "words:" and something that `words` contain: a text
 * that crashes whoever reads it. Any thread. */
void failpoint_words(const char *words);

#endif
