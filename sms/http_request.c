/* http_request.c: builds requests, and tells addresses that no provider has. */
#include "common/log.h"
#include "common/secret.h"
#include "sms/http_private.h"
#include <arpa/inet.h>

struct http_request http_request_new(bool post, size_t body_max)
{
    return (struct http_request){.post = post,
                                 .url = buf_new(HTTP_URL_MAX),
                                 .body = buf_new(body_max),
                                 .headers = buf_new(HTTP_URL_MAX)};
}

void http_request_free(struct http_request *request)
{
    buf_free(&request->url);
    buf_free(&request->body);
    buf_free(&request->headers);
}

void http_header(struct http_request *request, const char *name, const char *value)
{
    buf_fmt(&request->headers, "%s: ", name);
    buf_add(&request->headers, value, strcspn(value, "\r\n"));
    buf_char(&request->headers, '\n');
}

void http_bearer(struct http_request *request, const char *token)
{
    struct buf value = buf_new(HTTP_URL_MAX);

    buf_fmt(&value, "Bearer %s", token);
    http_header(request, "Authorization", buf_str(&value));
    buf_free(&value);
}

void http_basic(struct http_request *request, const char *user, const char *password)
{
    struct buf plain = buf_new(1024), value = buf_new(2048);
    char encoded[1400];

    buf_fmt(&plain, "%s:%s", user, password);
    MUST(!plain.overflowed);
    secret_base64_text(buf_str(&plain), plain.len, encoded);
    buf_fmt(&value, "Basic %s", encoded);
    http_header(request, "Authorization", buf_str(&value));
    buf_free(&plain);
    buf_free(&value);
}

/* --- addresses ----------------------------------------------------------------------------- */

static bool private_four(uint32_t a)
{
    static const struct {
        uint32_t network;
        int bits;
    } blocks[] = {
        {0x00000000, 8},  /* this network */
        {0x0A000000, 8},  /* RFC 1918 */
        {0x64400000, 10}, /* RFC 6598, carriers */
        {0x7F000000, 8},  /* loopback */
        {0xA9FE0000, 16}, /* link-local, and clouds' metadata */
        {0xAC100000, 12}, {0xC0000000, 24}, {0xC0A80000, 16},
        {0xC6120000, 15}, {0xE0000000, 3}, /* multicast and reserved */
    };

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if ((a ^ blocks[i].network) >> (32 - blocks[i].bits) == 0)
            return true;
    return false;
}

/* Global unicast is 2000::/3 (RFC 4291); the ways to wrap an IPv4 address up in one of those,
 * 6to4 and Teredo, are refused with the rest, and so are mapped ones. */
static bool private_six(const uint8_t a[16])
{
    bool wrapped =
        (a[0] == 0x20 && a[1] == 0x02) || (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0 && a[3] == 0);

    return (a[0] & 0xE0) != 0x20 || wrapped;
}

bool http_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return private_four(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return private_six(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
    return true;
}

bool http_is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

bool http_address_private(const char *address)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, address, &four) == 1)
        return private_four(ntohl(four.s_addr));
    return inet_pton(AF_INET6, address, &six) != 1 || private_six(six.s6_addr);
}

bool http_host_loopback(const char *host)
{
    struct in_addr four;

    if (inet_pton(AF_INET, host, &four) == 1)
        return strncmp(host, "127.", 4) == 0;
    return strcmp(host, "[::1]") == 0 || strcmp(host, "localhost") == 0;
}
