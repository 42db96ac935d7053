/* json_kit.c: values that results are made of, as JSON. */
#include "count/json_kit.h"

#include "count/amount.h"
#include "count/rule.h"

/* jansson fails only without memory or on text that is not UTF-8, which the reader refused. */
json_t *kit_must(json_t *value)
{
    if (value == NULL) {
        fputs("bug: JSON could not be built\n", stderr);
        abort();
    }
    return value;
}

void kit_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, kit_must(value)) != 0)
        kit_must(NULL);
}

void kit_push(json_t *array, json_t *value)
{
    if (json_array_append_new(array, kit_must(value)) != 0)
        kit_must(NULL);
}

json_t *kit_number(uint64_t n)
{
    return json_integer((json_int_t)n);
}

json_t *kit_text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* Takes the text out of the buf. */
json_t *kit_text_of(struct buf *text)
{
    json_t *value = kit_must(json_string(buf_str(text)));
    buf_free(text);
    return value;
}

json_t *kit_hex(const uint8_t *bytes, size_t len)
{
    struct buf text = buf_new(2 * len);
    buf_hex(&text, bytes, len);
    return kit_text_of(&text);
}

json_t *kit_amount(const mpq_t value)
{
    struct buf text = buf_new(100);
    amount_decimal(&text, value);
    return kit_text_of(&text);
}

json_t *kit_parameters(const struct terms *terms)
{
    json_t *all = kit_must(json_object());
    for (size_t i = 0; i < terms->rule->param_count; i++) {
        const struct param *p = &terms->rule->params[i];
        char *name = wm_strdup(p->name);
        for (char *c = name; *c != '\0'; c++)
            *c = *c == '-' ? '_' : *c;
        kit_put(all, name,
                p->kind == PARAM_YES_NO  ? json_boolean(terms->values[i] != 0)
                : p->kind == PARAM_COUNT ? kit_number(terms->values[i])
                                         : json_string(terms_word(terms, i)));
        free(name);
    }
    return all;
}

json_t *kit_winners(const struct election *e, const struct tally *t)
{
    json_t *ids = kit_must(json_array());
    for (size_t i = 0; i < t->line_count; i++) {
        if (t->lines[i].reason == REASON_WON)
            kit_push(ids, json_string(e->projects[t->lines[i].project].id));
    }
    return ids;
}
