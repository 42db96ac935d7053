/* fuzz_server_form.c: any bytes at all, read as a form, a query, a webhook's query and a path. */
#include "common/utf8.h"
#include "server/request_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct field_rule rules[] = {
    {"a", 5, 2, false}, {"text", 100, 1, true}, {"p", 8, 60, false}, {NULL, 0, 0, false}};

/* What a handler is promised holds for every field that it gets to see. */
static void check(const struct form *form, enum form_mode mode)
{
    for (int i = 0; i < form->n; i++) {
        const struct field *f = &form->fields[i];
        const struct field_rule *rule = rules;
        while (rule->name != f->name)
            rule++;
        size_t len = strlen(f->value);
        if (len > (size_t)rule->max_len || (mode != FORM_PROVIDER && !utf8_valid(f->value, len)))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = arena_new(64 << 20);
    struct form form;
    const char *query, *path;
    for (enum form_mode mode = FORM_STRICT; mode <= FORM_PROVIDER; mode++)
        if (form_read(&arena, (const char *)bytes, len, rules, mode, &form))
            check(&form, mode);
    path = path_read(&arena, arena_memdup(&arena, (const char *)bytes, len), &query);
    if (path != NULL && (path[0] != '/' || !utf8_valid(path, strlen(path))))
        abort();
    arena_free(&arena);
    return 0;
}
