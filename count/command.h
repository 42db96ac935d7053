/* command.h: what the commands of wardmote-count share. Messages go to standard error. */
#ifndef COUNT_COMMAND_H
#define COUNT_COMMAND_H

#include <stdio.h>

#include "count/election.h"
#include "count/lot.h"
#include "count/refusal.h"

enum { EXIT_REFUSED = 1, EXIT_TIED = 2, EXIT_USAGE = 64 };

/* Says what of the command was not understood; returns EXIT_USAGE. */
int command_usage(const char *problem, const char *word);

/* Says why a file was refused; returns EXIT_REFUSED. */
int command_refused(const char *path, const struct refusal *why);

/* Reads the file, or standard input for "-", into an election that election_init made. */
bool command_read(const char *path, struct election *e, struct refusal *why);

/* Opens a file that will be read more than once; standard input, for "-", is kept in a nameless
 * file for that. NULL when it cannot be; the caller closes it. */
FILE *command_open(const char *path, struct refusal *why);

/* Writes to standard output; returns an exit status. */
int command_print(const char *text);

/* Reads 64 hexadecimal digits. */
bool command_seed(const char *text, uint8_t seed[LOT_SEED_LEN]);

/* The commands of wardmote-count, a file each: cmd_tally.c and so on. argv[0] is the first word
 * after the command. Return the exit status. */
int command_tally(int argc, char **argv);
int command_check(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_convert(int argc, char **argv);

#endif
