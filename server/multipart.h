/* multipart.h: forms with a file (multipart/form-data, RFC 7578). Pure and bounded: nothing is
 * copied but names and small values; the file stays where the body is. Fuzzed by
 * tests/fuzz/fuzz_server_multipart.c. */
#ifndef WM_MULTIPART_H
#define WM_MULTIPART_H

#include "server/request_parse.h"

enum { MULTIPART_HEAD_MAX = 1024, MULTIPART_BOUNDARY_MAX = 70 /* RFC 2046, 5.1.1 */ };

struct multipart {
    struct form form; /* all fields but the file, as form_read gives them */
    const char *file; /* of the part named "file", inside the body; NULL: there is none */
    size_t file_len;
    size_t values; /* bytes of all other parts: REQUEST_BODY_MAX at most */
};

/* `type` is the Content-Type header. False refuses the whole (400): no boundary, a part without
 * name or end, one that `rules` do not declare, two files, a value that form_read would refuse, or
 * values of more than REQUEST_BODY_MAX in all. */
bool multipart_read(struct arena *arena, const char *type, const char *body, size_t len,
                    const struct field_rule *rules, struct multipart *out);

#endif
