/* carried.c: a form that waits while its officer proves who they are. */
#include "server/carried.h"

#include "server/form.h"
#include "server/pairs.h"

enum { CARRIED_MAX = 200000 };

static bool secret(const char *name)
{
    return strcmp(name, "password") == 0 || strcmp(name, "again") == 0 ||
           strcmp(name, "totp") == 0 || strcmp(name, "seed") == 0;
}

const char *carried_of(struct request *r)
{
    struct buf out = buf_new(CARRIED_MAX * 2);
    bool good = r->file == NULL && r->n_fields <= PAIRS_MAX;
    for (int i = 0; good && i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (strcmp(f->name, "token") == 0)
            continue;
        buf_pair(&out, f->name, f->value);
        good = out.len <= CARRIED_MAX && !secret(f->name);
    }
    const char *text = good ? arena_strdup(&r->arena, buf_str(&out)) : NULL;
    buf_free(&out);
    return text;
}

void carried_fields(struct html *h, struct arena *a, const char *text)
{
    struct pairs p = {.n = 0};
    pairs_add_form(&p, a, text, strlen(text));
    for (int i = 0; i < p.n; i++)
        form_hidden(h, p.pair[i].name, p.pair[i].value);
}
