/* ttfb.c: how soon the first byte of a page comes, for `make bench`: pages are asked for at an even
 * rate, whatever the answers do, over keep-alive connections.
 *
 *   ttfb PORT RATE SECONDS CONNECTIONS PATHS...
 *
 * RATE requests a second for the PATHS in turn. A request's time begins when it is due: one that
 * finds every connection waiting for an answer is sent late, and the wait counts. Prints how it
 * went as "name=value": p50_ms, p99_ms and max_ms are the times from when a request was due to the
 * first byte of its answer; late_p99_ms is how late this program itself sent, after the request was
 * due and a connection was free: not the server's fault, though p99_ms holds it too. Exits 1 when
 * an answer is no whole page. One thread, 127.0.0.1 only.
 *
 * Unlike the others that make load it does not make way for the service's threads: it would be late
 * whenever another process computes, and its lateness would be taken for the server's. It may since
 * it stands in nobody's way: at 2,000 pages a second, it takes about a tenth of a processor. */
#include "common/buf.h"
#include "tests/load/kit/load.h"

enum {
    REQUEST_MAX = 512,
    PAGE_MAX = 256 * 1024,
    RATE_MAX = 100000,
    SECONDS_MAX = 60,
    CONNECTIONS_MAX = 1000
};

static const char page_end[] = "</html>\n";

static struct {
    size_t good, bad;
    int64_t *first_us, *late_us;
} told;

static void write_requests(struct load *load, char **paths, size_t n_paths)
{
    struct buf all = buf_new(load->count * REQUEST_MAX);
    size_t *at = wm_alloc((load->count + 1) * sizeof(*at));
    for (size_t i = 0; i < load->count; i++) {
        buf_fmt(&all, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", paths[i % n_paths],
                ntohs(load->address.sin_port));
        at[i + 1] = all.len;
    }
    if (all.overflowed)
        load_give_up("requests");
    load->requests = buf_take(&all);
    load->at = at;
    told.first_us = wm_alloc(load->count * sizeof(*told.first_us));
    told.late_us = wm_alloc(load->count * sizeof(*told.late_us));
}

static void judge(const struct load_answer *answer)
{
    size_t end = strlen(page_end);
    if (strncmp(answer->text, "HTTP/1.1 200 ", 13) == 0 && answer->len > end &&
        strcmp(answer->text + answer->len - end, page_end) == 0) {
        told.first_us[told.good] = answer->first_us - answer->due_us;
        told.late_us[told.good++] = answer->sent_us - answer->ready_us;
    } else if (told.bad++ == 0) {
        fprintf(stderr, "ttfb: no page: %.300s\n", answer->text);
    }
}

static double ms_of(const int64_t *sorted, size_t percent)
{
    return (double)sorted[(told.good - 1) * percent / 100] / 1000;
}

static void report(double seconds)
{
    printf("pages=%zu wrong=%zu seconds=%.3f per_second=%.0f", told.good, told.bad, seconds,
           (double)told.good / seconds);
    if (told.good > 0) {
        load_sort(told.first_us, told.good);
        load_sort(told.late_us, told.good);
        printf(" p50_ms=%.2f p99_ms=%.2f max_ms=%.2f late_p99_ms=%.2f", ms_of(told.first_us, 50),
               ms_of(told.first_us, 99), ms_of(told.first_us, 100), ms_of(told.late_us, 99));
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fputs("usage: ttfb PORT RATE SECONDS CONNECTIONS PATHS...\n", stderr);
        return 2;
    }
    int64_t rate = load_number(argv[2], RATE_MAX), seconds = load_number(argv[3], SECONDS_MAX);
    struct load load = {.address = load_address(load_number(argv[1], 65535)),
                        .count = (size_t)(rate * seconds),
                        .connections = (int)load_number(argv[4], CONNECTIONS_MAX),
                        .spread_us = seconds * 1000000,
                        .answer_max = PAGE_MAX,
                        .prompt = true,
                        .judge = judge};
    write_requests(&load, argv + 5, (size_t)argc - 5);
    load.from_us = load_now_us() + 100000; /* once all are connected */
    report(load_run(&load));
    return told.bad > 0 || told.good != load.count;
}
