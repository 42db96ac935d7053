/* fuzz_server_cookie.c: any bytes at all, read as a Cookie header, and each value as a session. */
#include "common/secret.h"
#include "server/request_parse.h"
#include "server/session_cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static bool started;
    struct arena arena = arena_new(64 << 20);
    struct field *cookies;
    struct voter_session session;
    int n;
    if (!started)
        started = secret_start("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    char *header = arena_memdup(&arena, (const char *)bytes, len);
    etag_matches(header, "\"0123456789abcdef0123456789abcdef\"");
    if (cookies_read(&arena, header, &cookies, &n))
        for (int i = 0; i < n; i++)
            if (session_cookie_read(cookies[i].value, 0, &session))
                abort(); /* nobody but us seals a session */
    arena_free(&arena);
    return 0;
}
