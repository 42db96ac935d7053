/* routes_find.c: finds the row for a request in the table of routes.c. The first row that fits
 * wins, so the table lists a literal ("/desk/rounds/new") before a name ("/desk/rounds/:slug"). */
#include "server/routes.h"

struct part {
    const char *at;
    size_t len;
};

/* The part between this slash and the next; false at the end. */
static bool next_part(const char **path, struct part *part)
{
    if (**path != '/')
        return false;
    part->at = *path + 1;
    part->len = strcspn(part->at, "/");
    *path = part->at + part->len;
    return true;
}

/* Fills `names` with the parts that stand for ":name". An empty part is no value. */
static bool fits(const char *pattern, const char *path, struct part names[REQUEST_SEGMENTS_MAX],
                 int *n)
{
    struct part want, have;
    *n = 0;
    for (;;) {
        bool more = next_part(&pattern, &want);
        if (more != next_part(&path, &have))
            return false;
        if (!more)
            return *pattern == *path;
        if (want.len > 0 && want.at[0] == ':') {
            if (have.len == 0 || *n == REQUEST_SEGMENTS_MAX)
                return false;
            names[(*n)++] = have;
        } else if (want.len != have.len || memcmp(want.at, have.at, want.len) != 0) {
            return false;
        }
    }
}

const struct route *routes_find(struct arena *arena, const char *method, const char *path,
                                const char *segment[REQUEST_SEGMENTS_MAX], bool *other_method)
{
    struct part names[REQUEST_SEGMENTS_MAX];
    int n;
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    *other_method = false;
    if (path[0] != '/')
        return NULL;
    for (size_t i = 0; i < routes_count; i++) {
        /* No path begins with a name: most rows differ in their first letter. */
        if (routes[i].pattern[1] != path[1])
            continue;
        if (!fits(routes[i].pattern, path, names, &n))
            continue;
        if (strcmp(routes[i].method, method) != 0) {
            *other_method = true;
            continue;
        }
        for (int j = 0; j < n; j++)
            segment[j] = arena_memdup(arena, names[j].at, names[j].len);
        *other_method = false;
        return &routes[i];
    }
    return NULL;
}

bool routes_open_to(const struct route *route, unsigned roles)
{
    return (route->who & ROLE_ANY) != 0 || (route->who & roles & ROLES_NAMED) != 0;
}

bool routes_may(struct arena *arena, const char *method, const char *path, unsigned roles)
{
    const char *segment[REQUEST_SEGMENTS_MAX];
    bool other;
    const struct route *route = routes_find(arena, method, path, segment, &other);
    return route != NULL && routes_open_to(route, roles);
}
