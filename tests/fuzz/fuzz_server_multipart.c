/* fuzz_server_multipart.c: any bytes at all, read as a form with a file. */
#include "common/utf8.h"
#include "server/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct field_rule rules[] = {
    {"a", 5, 1, false}, {"text", 100, 1, true}, {NULL, 0, 0, false}};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = arena_new(1 << 20);
    struct multipart m;
    const char *body = (const char *)bytes;
    if (multipart_read(&arena, "multipart/form-data; boundary=b", body, len, rules, &m)) {
        for (int i = 0; i < m.form.n; i++) {
            if (!utf8_valid(m.form.fields[i].value, strlen(m.form.fields[i].value)))
                abort();
        }
        if (m.file != NULL && (m.file < body || m.file + m.file_len > body + len))
            abort();
    }
    arena_free(&arena);
    return 0;
}
