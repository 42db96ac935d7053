/* load.h: the engine of the programs that make load: sends requests that were written beforehand
 * over keep-alive connections, one at a time on each and each in its turn, and hands every answer
 * to the caller. One thread, 127.0.0.1 only. Whatever goes wrong with a connection ends the program
 * with status 1. */
#ifndef WM_LOAD_H
#define WM_LOAD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOAD_ANSWER_MAX = 8192 };

/* A whole answer, and when it went how far, on CLOCK_MONOTONIC. */
struct load_answer {
    const char *text; /* NUL-terminated; the engine's, until judge returns */
    size_t len;
    size_t request;   /* which of load.requests it answers */
    int64_t due_us;   /* as load.from_us and spread_us say; without them as ready_us */
    int64_t ready_us; /* due, and a connection free: what sent_us is later, the client was late */
    int64_t sent_us;
    int64_t first_us; /* the client heard that there is something to read */
    int64_t whole_us;
};

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
    size_t answer_max; /* bytes of the longest answer, head and NUL too; 0: LOAD_ANSWER_MAX */
    bool prompt;       /* takes its turn as other threads do, instead of making way for them */
    void (*judge)(const struct load_answer *answer);
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
/* Smallest first. */
void load_sort(int64_t *values, size_t n);
/* Reads a command line's number from 1 to `max`, or ends the program with status 2. */
int64_t load_number(const char *text, int64_t max);
/* Opens the service's secrets with the master key in this file; ends the program when it cannot. */
void load_secrets(const char *path);
/* Ends the program, with what the system says. */
void __attribute__((noreturn)) load_give_up(const char *what);

#endif
