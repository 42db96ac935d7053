/* program.h: runs another program to its end, with its input and output in memory. */
#ifndef WM_PROGRAM_H
#define WM_PROGRAM_H

#include "common/buf.h"

/* Runs argv[0] (sought in PATH when it has no slash; argv ends with NULL) with `input` (NULL:
 * nothing) as its standard input, and appends its standard output to `output` (NULL: dropped).
 * Nothing of our environment is handed on but PATH; no signal is blocked in it. True when it
 * ended with status 0 within `seconds`, and before `cancel_fd` (-1: none) became readable;
 * otherwise it is killed if need be, what it complained of is logged, and the answer is false. Any
 * thread. */
bool program_run(const char *const argv[], const struct buf *input, struct buf *output, int seconds,
                 int cancel_fd);

#endif
