/* texts.c: makes load for `make bench`: voters who text. Who they are follows from a number, so
 * that every mode means the same people: number N has a voting code and a telephone of its own.
 *
 *   texts codes KEYFILE FIRST COUNT
 *       the codes' look-up keys, in hex, one a line
 *   texts lines FIRST COUNT TIMES PICKS...
 *       COUNT phones, TIMES texts each, every time with other PICKS ("1216,1300"), as lines for a
 *       mobile network that is Kannel's own (userguide 1.4.5, "fake SMSC"); a phone's texts are
 *       COUNT lines apart
 *   texts post PORT SECRET FIRST COUNT CONNECTIONS PICKS...
 *       a text each to the webhook, as Kannel would call it, from CONNECTIONS at once; prints how
 *       it went as "name=value"; exits 1 when one was not taken */
#include "common/buf.h"
#include "common/damm.h"
#include "common/secret.h"
#include "tests/load/kit/load.h"

enum { REQUEST_MAX = 512, COUNT_MAX = 1000000, CONNECTIONS_MAX = 1000, TIMES_MAX = 1000 };

static struct {
    size_t taken, wrong;
} told;

/* Twelve digits that jump about, and their check digit. */
static void code_of(int64_t n, char code[CODE_DIGITS + 1])
{
    snprintf(code, CODE_DIGITS + 1, "%012lld", (long long)(n * 618033988749 % 1000000000000));
    code[CODE_DIGITS - 1] = damm_digit(code, CODE_DIGITS - 1);
    code[CODE_DIGITS] = '\0';
}

static void add_text(struct buf *out, int64_t n, const char *picks, char blank)
{
    char code[CODE_DIGITS + 1];
    code_of(n, code);
    buf_fmt(out, "VOTE%c%s", blank, code);
    while (*picks != '\0') {
        size_t len = strcspn(picks, ",");
        buf_fmt(out, "%c%.*s", blank, (int)len, picks);
        picks += len + (picks[len] == ',');
    }
}

static void print_codes(int64_t first, int64_t count)
{
    char code[CODE_DIGITS + 1];
    uint8_t lookup[32];
    struct buf hex = buf_new(65);
    for (int64_t n = first; n < first + count; n++) {
        code_of(n, code);
        code_lookup(code, lookup);
        buf_clear(&hex);
        buf_hex(&hex, lookup, sizeof(lookup));
        puts(buf_str(&hex));
    }
    buf_free(&hex);
}

static void print_lines(int64_t first, int64_t count, int64_t times, char **picks, size_t n_picks)
{
    struct buf text = buf_new(REQUEST_MAX);
    for (int64_t time = 0; time < times; time++)
        for (int64_t n = first; n < first + count; n++) {
            buf_clear(&text);
            add_text(&text, n, picks[(size_t)(n + time) % n_picks], ' ');
            printf("4477%08lld 60777 text %s\n", (long long)n, buf_str(&text));
        }
    buf_free(&text);
}

static void write_requests(struct load *load, const char *secret, int64_t first, char **picks,
                           size_t n_picks)
{
    struct buf all = buf_new(load->count * REQUEST_MAX);
    size_t *at = wm_alloc((load->count + 1) * sizeof(*at));
    for (size_t i = 0; i < load->count; i++) {
        int64_t n = first + (int64_t)i;
        buf_fmt(&all, "GET /hooks/sms/kannel?secret=%s&id=load-%lld&from=4477%08lld&to=60777&text=",
                secret, (long long)n, (long long)n);
        add_text(&all, n, picks[i % n_picks], '+');
        buf_str_add(&all, "&coding=0&charset=UTF-8 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        at[i + 1] = all.len;
    }
    load->requests = buf_take(&all);
    load->at = at;
}

static void judge(const struct load_answer *answer)
{
    if (strncmp(answer->text, "HTTP/1.1 200 ", 13) == 0)
        told.taken++;
    else if (told.wrong++ == 0)
        fprintf(stderr, "texts: not taken: %.300s\n", answer->text);
}

static int post(char **argv, size_t n_picks)
{
    struct load load = {.address = load_address(load_number(argv[2], 65535)),
                        .count = (size_t)load_number(argv[5], COUNT_MAX),
                        .connections = (int)load_number(argv[6], CONNECTIONS_MAX),
                        .judge = judge};
    write_requests(&load, argv[3], load_number(argv[4], COUNT_MAX), argv + 7, n_picks);
    double seconds = load_run(&load);
    printf("texts=%zu wrong=%zu seconds=%.3f per_second=%.0f\n", told.taken, told.wrong, seconds,
           (double)told.taken / seconds);
    return told.wrong > 0;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (strcmp(mode, "codes") == 0 && argc == 5) {
        load_secrets(argv[2]);
        print_codes(load_number(argv[3], COUNT_MAX), load_number(argv[4], COUNT_MAX));
        return 0;
    }
    if (strcmp(mode, "lines") == 0 && argc > 5) {
        print_lines(load_number(argv[2], COUNT_MAX), load_number(argv[3], COUNT_MAX),
                    load_number(argv[4], TIMES_MAX), argv + 5, (size_t)argc - 5);
        return 0;
    }
    if (strcmp(mode, "post") == 0 && argc > 7)
        return post(argv, (size_t)argc - 7);
    fputs("usage: texts codes KEYFILE FIRST COUNT | lines FIRST COUNT TIMES PICKS... |\n"
          "       post PORT SECRET FIRST COUNT CONNECTIONS PICKS...\n",
          stderr);
    return 2;
}
