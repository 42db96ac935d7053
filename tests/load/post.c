/* post.c: what sms_out is compared with: a bare curl_multi loop that posts texts to the handset's
 * API, the same bytes as wardmote-sms sends (sms/gateway_handset.c), made beforehand. Connections
 * are kept, as libcurl does by itself.
 *
 *   post PORT TOKENFILE COUNT CALLS WORDS
 *
 * Prints how it went as "name=value"; exits 1 when one was not accepted. 127.0.0.1 only. */
#include "common/buf.h"
#include "tests/load/kit/load.h"
#include <curl/curl.h>
#include <jansson.h>

enum { COUNT_MAX = 1000000, CALLS_MAX = 256 };

static struct {
    CURLM *multi;
    char **bodies;
    size_t count, next, good, bad;
} load;

static char *body_of(size_t i, const char *words)
{
    char to[40], reference[60];
    snprintf(to, sizeof to, "+4477%08zu", i);
    snprintf(reference, sizeof reference, "%08lx-0000-4000-8000-%012zx",
             (unsigned long)((uint64_t)load_now_us() & 0xffffffff), i);
    json_t *text = json_pack("{s:s, s:s, s:s, s:s}", "to", to, "from", "60777", "body", words,
                             "reference", reference);
    char *bytes = json_dumps(text, JSON_COMPACT);
    json_decref(text);
    return bytes;
}

static size_t drop(char *bytes, size_t size, size_t n, void *context)
{
    (void)bytes;
    (void)context;
    return size * n;
}

static void start_next(CURL *easy)
{
    if (load.next == load.count)
        return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, load.bodies[load.next++]);
    curl_multi_add_handle(load.multi, easy);
}

static void take_answers(void)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(load.multi, &left)) != NULL) {
        CURL *easy = message->easy_handle;
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        if (message->data.result == CURLE_OK && status == 201)
            load.good++;
        else if (load.bad++ == 0)
            fprintf(stderr, "post: not accepted: %ld %s\n", status,
                    curl_easy_strerror(message->data.result));
        curl_multi_remove_handle(load.multi, easy);
        start_next(easy);
    }
}

static double run(void)
{
    int64_t began = load_now_us();
    while (load.good + load.bad < load.count) {
        int running;
        curl_multi_perform(load.multi, &running);
        take_answers();
        curl_multi_poll(load.multi, NULL, 0, 1000, NULL);
    }
    return (double)(load_now_us() - began) / 1e6;
}

static void start_calls(const char *url, const char *token, int64_t calls)
{
    static char bearer[400];
    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s", token);
    struct curl_slist *headers = curl_slist_append(NULL, bearer);
    headers = curl_slist_append(headers, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    for (int64_t i = 0; i < calls; i++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, url);
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "wardmote-sms/1");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
        start_next(easy);
    }
}

static void read_token(const char *path, char *token, size_t size)
{
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(token, (int)size, file) == NULL)
        load_give_up(path);
    fclose(file);
    token[strcspn(token, "\n")] = '\0';
}

int main(int argc, char **argv)
{
    char url[100], token[300];
    if (argc != 6) {
        fputs("usage: post PORT TOKENFILE COUNT CALLS WORDS\n", stderr);
        return 2;
    }
    snprintf(url, sizeof url, "http://127.0.0.1:%d/v1/messages", (int)load_number(argv[1], 65535));
    read_token(argv[2], token, sizeof token);
    load.count = (size_t)load_number(argv[3], COUNT_MAX);
    load.bodies = wm_alloc(load.count * sizeof(char *));
    for (size_t i = 0; i < load.count; i++)
        load.bodies[i] = body_of(i, argv[5]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    load.multi = curl_multi_init();
    start_calls(url, token, load_number(argv[4], CALLS_MAX));
    double seconds = run();
    printf("accepted=%zu wrong=%zu seconds=%.3f per_second=%.0f\n", load.good, load.bad, seconds,
           (double)load.good / seconds);
    return load.bad > 0;
}
