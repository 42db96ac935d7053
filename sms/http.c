/* http.c: drives libcurl's multi interface. */
#include "sms/http.h"
#include "common/log.h"
#include "sms/http_private.h"
#include <curl/curl.h>

/* Shorter than servers keep idle connections (Node: 5 s), so that they rarely die in our hands. */
enum { IDLE_S = 4 };

struct call {
    CURL *easy;
    struct curl_slist *headers;
    struct buf sent_body;
    size_t body_given; /* bytes of it that libcurl has taken; they are never given again */
    struct buf answer;
    void *owner;
    int64_t date;
    bool running;
    bool loopback; /* plain http: this machine only */
};

struct http {
    CURLM *multi;
    struct call *calls;
    unsigned max, running;
    bool private;
};

struct http *http_new(unsigned max, bool private)
{
    struct http *h = wm_alloc(sizeof *h);

    MUST(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    h->multi = curl_multi_init();
    h->calls = wm_alloc(max * sizeof *h->calls);
    h->max = max;
    h->private = private;
    MUST(h->multi != NULL &&
         curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)max) == CURLM_OK);
    return h;
}

/* The handle is used again: what it was told is forgotten when the next call starts. */
static void end_call(struct http *h, struct call *c)
{
    CURL *easy = c->easy;

    curl_multi_remove_handle(h->multi, easy);
    curl_slist_free_all(c->headers);
    buf_free(&c->sent_body);
    buf_free(&c->answer);
    *c = (struct call){.easy = easy};
    h->running--;
}

void http_free(struct http *h)
{
    if (h == NULL)
        return;
    for (unsigned i = 0; i < h->max; i++) {
        if (h->calls[i].running)
            end_call(h, &h->calls[i]);
        curl_easy_cleanup(h->calls[i].easy);
    }
    curl_multi_cleanup(h->multi);
    curl_global_cleanup();
    free(h->calls);
    free(h);
}

/* Refuses, and so ends the call, once the answer is longer than any provider's. */
static size_t take_body(char *bytes, size_t size, size_t n, void *context)
{
    struct call *c = context;

    buf_add(&c->answer, bytes, size * n);
    return c->answer.overflowed ? 0 : size * n;
}

static size_t give_body(char *out, size_t size, size_t n, void *context)
{
    struct call *c = context;
    size_t left = c->sent_body.len - c->body_given, len = left < size * n ? left : size * n;

    memcpy(out, buf_str(&c->sent_body) + c->body_given, len);
    c->body_given += len;
    return len;
}

/* When a kept connection dies under a request, libcurl would send it again by itself. It must ask
 * for the body from its beginning then, and does not get it: the call fails, as HTTP_CUT. */
static int give_no_more(void *context, curl_off_t offset, int origin)
{
    (void)context;
    (void)offset;
    (void)origin;
    return CURL_SEEKFUNC_FAIL;
}

/* Only the Date is of interest: whose clock is wrong? */
static size_t take_header(char *bytes, size_t size, size_t n, void *context)
{
    struct call *c = context;
    char line[80];

    if (size * n < sizeof line && size * n > 6 && strncasecmp(bytes, "Date:", 5) == 0) {
        memcpy(line, bytes, size * n);
        line[size * n] = '\0';
        time_t date = curl_getdate(line + 5, NULL);
        c->date = date > 0 ? date : 0;
    }
    return size * n;
}

/* Called with the address that the name stands for, so that a name cannot lead anywhere else. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *a)
{
    const struct call *c = context;
    bool allowed = purpose == CURLSOCKTYPE_IPCXN &&
                   (c->loopback ? http_is_loopback(&a->addr) : !http_is_private(&a->addr));

    return allowed ? socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol) : CURL_SOCKET_BAD;
}

static curl_socket_t open_any(void *context, curlsocktype purpose, struct curl_sockaddr *a)
{
    (void)context;
    (void)purpose;
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static void set_limits(CURL *easy)
{
    MUST(curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK);
    MUST(curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)IDLE_S);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, HTTP_TIMEOUT_S * 1000L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "wardmote-sms/1");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
}

static void add_headers(struct call *c, const struct http_request *r)
{
    struct buf line = buf_new(HTTP_URL_MAX);
    const char *at = buf_str(&r->headers);

    while (*at != '\0') {
        size_t len = strcspn(at, "\n");
        buf_clear(&line);
        buf_add(&line, at, len);
        c->headers = curl_slist_append(c->headers, buf_str(&line));
        at += len + (at[len] == '\n');
    }
    if (r->post) {
        buf_clear(&line);
        buf_fmt(&line, "Content-Type: %s", r->type != NULL ? r->type : "application/json");
        c->headers = curl_slist_append(c->headers, buf_str(&line));
        c->headers = curl_slist_append(c->headers, "Expect:");
    }
    curl_easy_setopt(c->easy, CURLOPT_HTTPHEADER, c->headers);
    buf_free(&line);
}

static void set_body(struct call *c, const struct http_request *r)
{
    c->sent_body = buf_new(r->body.len + 1);
    buf_add(&c->sent_body, buf_str(&r->body), r->body.len);
    curl_easy_setopt(c->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE, (long)r->body.len);
    curl_easy_setopt(c->easy, CURLOPT_READFUNCTION, give_body);
    curl_easy_setopt(c->easy, CURLOPT_READDATA, c);
    curl_easy_setopt(c->easy, CURLOPT_SEEKFUNCTION, give_no_more);
}

/* A GET has no body to hold back, and some send a text: each has a connection to itself. */
static void set_request(struct call *c, const struct http_request *r)
{
    MUST(curl_easy_setopt(c->easy, CURLOPT_URL, buf_str(&r->url)) == CURLE_OK);
    if (r->post) {
        set_body(c, r);
    } else {
        curl_easy_setopt(c->easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(c->easy, CURLOPT_FORBID_REUSE, 1L);
    }
    add_headers(c, r);
}

static void set_callbacks(const struct http *h, struct call *c)
{
    curl_easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c->easy, CURLOPT_WRITEDATA, c);
    curl_easy_setopt(c->easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c->easy, CURLOPT_HEADERDATA, c);
    curl_easy_setopt(c->easy, CURLOPT_OPENSOCKETFUNCTION,
                     h->private && !c->loopback ? open_any : open_socket);
    curl_easy_setopt(c->easy, CURLOPT_OPENSOCKETDATA, c);
    curl_easy_setopt(c->easy, CURLOPT_PRIVATE, c);
}

void http_start(struct http *h, const struct http_request *request, void *owner)
{
    struct call *c = h->calls;

    while (c < h->calls + h->max && c->running)
        c++;
    MUST(c < h->calls + h->max && !request->url.overflowed && !request->body.overflowed &&
         !request->headers.overflowed);
    if (c->easy == NULL)
        c->easy = curl_easy_init();
    MUST(c->easy != NULL);
    curl_easy_reset(c->easy);
    c->running = true;
    c->owner = owner;
    c->answer = buf_new(request->answer_max > 0 ? request->answer_max : HTTP_ANSWER_MAX);
    c->loopback = strncmp(buf_str(&request->url), "http://", 7) == 0;
    set_limits(c->easy);
    set_request(c, request);
    set_callbacks(h, c);
    h->running++;
    MUST(curl_multi_add_handle(h->multi, c->easy) == CURLM_OK);
}

bool http_wait(struct http *h, int timeout_ms)
{
    int running = 0, active = 0;

    MUST(curl_multi_perform(h->multi, &running) == CURLM_OK);
    if (running < (int)h->running)
        return false;
    MUST(curl_multi_poll(h->multi, NULL, 0, timeout_ms, &active) == CURLM_OK);
    MUST(curl_multi_perform(h->multi, &running) == CURLM_OK);
    return active == 0;
}

/* Did any byte of the request leave? Only then may the provider have it. */
static enum http_result result_of(CURL *easy, CURLcode code)
{
    long bytes = 0;

    if (code == CURLE_OK)
        return HTTP_ANSWERED;
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
    return bytes == 0 ? HTTP_NOT_SENT : HTTP_CUT;
}

static CURLMsg *next_ended(struct http *h)
{
    CURLMsg *message;
    int left;

    do
        message = curl_multi_info_read(h->multi, &left);
    while (message != NULL && message->msg != CURLMSG_DONE);
    return message;
}

bool http_take(struct http *h, struct http_answer *out)
{
    CURLMsg *message = next_ended(h);
    struct call *c = NULL;
    long status = 0;
    curl_off_t pause = 0;

    if (message == NULL)
        return false;
    CURLcode code = message->data.result;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&c);
    curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(c->easy, CURLINFO_RETRY_AFTER, &pause);
    *out = (struct http_answer){
        .owner = c->owner,
        .result = result_of(c->easy, code),
        .status = (int)status,
        .retry_after = pause < 0       ? 0
                       : pause > 86400 ? 86400
                                       : (int)pause,
        .date = c->date,
        .body = c->answer,
        .error = code == CURLE_OK ? "" : curl_easy_strerror(code),
    };
    c->answer = buf_new(0);
    end_call(h, c);
    return true;
}

void http_wake(struct http *h)
{
    curl_multi_wakeup(h->multi);
}

/* The value of a part of a URL, or NULL when it has none; freed by curl_free. */
static char *part(CURLU *url, CURLUPart which)
{
    char *value = NULL;

    return curl_url_get(url, which, &value, 0) == CURLUE_OK ? value : NULL;
}

bool http_base_allowed(const char *base)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *host = NULL, *user = NULL, *query = NULL, *fragment = NULL;
    bool allowed = false;

    MUST(url != NULL);
    if (curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK) {
        scheme = part(url, CURLUPART_SCHEME);
        host = part(url, CURLUPART_HOST);
        user = part(url, CURLUPART_USER);
        query = part(url, CURLUPART_QUERY);
        fragment = part(url, CURLUPART_FRAGMENT);
        allowed = scheme != NULL && host != NULL && user == NULL && query == NULL &&
                  fragment == NULL &&
                  (strcmp(scheme, "https") == 0 ||
                   (strcmp(scheme, "http") == 0 && http_host_loopback(host)));
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_free(query);
    curl_free(fragment);
    curl_url_cleanup(url);
    return allowed;
}
