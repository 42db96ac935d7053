/* routes_print.c: --routes, the site map as it is declared. */
#include "server/routes_print.h"

#include <stdio.h>

#include "server/roles.h"

static const char *kind(const struct route *route)
{
    switch (route->who & WHO_KINDS) {
    case WHO_ANYONE:
        return "anyone";
    case WHO_ANY_SITE:
        return "any_site";
    case WHO_FRAMED:
        return "framed";
    case WHO_VOTER:
        return "voter";
    case WHO_OFFICER:
        return "officer";
    case WHO_PROVIDER:
        return "provider";
    default:
        return "?";
    }
}

static void print_roles(const struct route *route)
{
    const char *between = " ";
    if ((route->who & ROLE_ANY) != 0) {
        printf(" any");
        return;
    }
    if ((route->who & ROLES_NAMED) == 0)
        printf(" ?");
    for (int i = 0; i < ROLES_N; i++) {
        if ((route->who & roles_all[i].bit) == 0)
            continue;
        printf("%s%s", between, roles_all[i].key);
        between = ",";
    }
}

static const char *place(const struct route *route)
{
    bool area = (route->who & OF_AREA) != 0, service = (route->who & OF_SERVICE) != 0;
    return area == service ? "?" : area ? "area" : "service";
}

static void print_fields(const struct route *route)
{
    const char *between = " ";
    if (route->fields == NULL)
        printf(" -");
    for (const struct field_rule *f = route->fields; f != NULL && f->name != NULL; f++) {
        printf("%s%s", between, f->name);
        between = ",";
    }
    printf("\n");
}

int routes_print(void)
{
    for (size_t i = 0; i < routes_count; i++) {
        const struct route *route = &routes[i];
        printf("%s %s %s", route->method, route->pattern, kind(route));
        if ((route->who & WHO_OFFICER) != 0) {
            print_roles(route);
            printf(" %s %s", place(route), (route->who & PROVEN) != 0 ? "proven" : "-");
        } else {
            printf(" - - -");
        }
        print_fields(route);
    }
    return 0;
}
