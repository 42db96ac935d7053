/* load.h: the engine of the programs that make load: sends requests that were written beforehand
 * over keep-alive connections, one at a time on each, and hands every answer to the caller. One
 * thread, 127.0.0.1 only. Whatever goes wrong with a connection ends the program with status 1. */
#ifndef WM_LOAD_H
#define WM_LOAD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOAD_ANSWER_MAX = 8192 };

struct load {
    struct sockaddr_in address;
    const char *requests; /* one after the other; each fits a socket's buffer */
    const size_t *at;     /* where each begins; one more than `count` */
    size_t count;
    int connections;
    int64_t seconds; /* after so many no more are sent; 0: until all are */
    /* On CLOCK_MONOTONIC: requests are spread evenly over `spread_us` from `from_us` on. 0: as fast
     * as they are answered; else `seconds` is not looked at. */
    int64_t from_us, spread_us;
    /* Takes the whole answer, NUL-terminated; `took_us` since its request was sent. */
    void (*judge)(const char *answer, int64_t took_us);
};

/* 127.0.0.1 and this port. */
struct sockaddr_in load_address(int64_t port);
/* Sends and waits for the last answer; returns seconds. */
double load_run(const struct load *load);
/* The value of a header line of an answer, up to its "\r", or NULL. `name` with colon and blank,
 * "Location: ", in any case. */
const char *load_header(const char *answer, const char *name);
/* Now, on CLOCK_MONOTONIC. */
int64_t load_now_us(void);
/* Reads a command line's number from 1 to `max`, or ends the program with status 2. */
int64_t load_number(const char *text, int64_t max);
/* Opens the service's secrets with the master key in this file; ends the program when it cannot. */
void load_secrets(const char *path);
/* Ends the program, with what the system says. */
void __attribute__((noreturn)) load_give_up(const char *what);

#endif
