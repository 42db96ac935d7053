/* fields.c: strict reading of JSON bodies, over jansson. */
#include "sms/handset/fields.h"

#include <jansson.h>

static const struct field *find(const struct field *fields, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static bool take_text(const struct field *field, const json_t *value, struct arena *arena)
{
    if (!json_is_string(value) || json_string_length(value) > (size_t)field->max)
        return false;
    *field->text = arena_strdup(arena, json_string_value(value));
    return true;
}

static bool take_number(const struct field *field, const json_t *value)
{
    if (!json_is_integer(value))
        return false;
    json_int_t n = json_integer_value(value);
    if (n < 0 || n > field->max)
        return false;
    *field->number = (int)n;
    return true;
}

static const char *take_all(json_t *object, const struct field *fields, size_t n,
                            struct arena *arena)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        const struct field *field = find(fields, n, name);
        if (!field)
            return "unknown_property";
        if (field->text ? !take_text(field, value, arena) : !take_number(field, value))
            return "bad_value";
    }
    for (size_t i = 0; i < n; i++)
        if (fields[i].required && !json_object_get(object, fields[i].name))
            return "missing_property";
    return NULL;
}

bool fields_read(struct request *request, const struct field *fields, size_t n, struct reply *reply)
{
    const char *problem = "bad_json";
    json_t *object = json_loadb(request->body, request->body_len, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(object))
        problem = take_all(object, fields, n, request->arena);
    json_decref(object);
    if (problem)
        reply_error(reply, 400, problem, "The body is not the JSON object that is wanted here.");
    return !problem;
}
