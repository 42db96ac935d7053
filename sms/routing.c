/* routing.c: reads the settings gateway and gateway_routes, and looks numbers up in them. */
#include "sms/routing.h"

const struct gateway *routing_gateway(const struct routing *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->gateways[i]->name, name) == 0)
            return r->gateways[i];
    return NULL;
}

/* The next word of *at, up to a blank or `;`; false at the end of this list. */
static bool next_word(const char **at, char *word, size_t size)
{
    *at += strspn(*at, " \t");
    size_t len = strcspn(*at, " \t;");
    if (len == 0)
        return false;
    snprintf(word, size, "%.*s", (int)len, *at);
    *at += len;
    return true;
}

static void add_name(struct routing_route *route, const char *name)
{
    size_t len = strlen(route->names);

    snprintf(route->names + len, sizeof route->names - len, "%s%s", len > 0 ? " " : "", name);
}

static void read_gateways(const char *names, struct routing *out, struct buf *error)
{
    char name[40];

    while (next_word(&names, name, sizeof name)) {
        const struct gateway *g = gateway_named(name);
        if (g == NULL)
            buf_fmt(error,
                    "gateway: %s is none of kannel, handset, notify, twilio, generic, vonage, "
                    "africastalking\n",
                    name);
        else if (routing_gateway(out, name) != NULL)
            buf_fmt(error, "gateway: %s stands there twice\n", name);
        else if (out->n < ROUTING_GATEWAYS_MAX)
            out->gateways[out->n++] = g;
    }
    if (out->n == 0)
        buf_str_add(error, "gateway: who sends?\n");
}

static bool is_prefix(const char *word)
{
    return word[0] == '+' && strspn(word + 1, "0123456789") == strlen(word + 1);
}

static void read_route(const char **at, struct routing *out, struct buf *error)
{
    struct routing_route route = {.names = ""};
    char name[40];

    if (!next_word(at, name, sizeof name))
        return;
    if (!is_prefix(name) || strlen(name) > PHONE_LEN || out->n_routes > ROUTING_ROUTES_MAX) {
        buf_fmt(error,
                "gateway_routes: %s is not the beginning of a number, like +44, or there are"
                " more than 16\n",
                name);
        return;
    }
    memcpy(route.prefix, name, strlen(name) + 1);
    while (next_word(at, name, sizeof name)) {
        if (routing_gateway(out, name) == NULL)
            buf_fmt(error, "gateway_routes: %s is not among the gateways\n", name);
        add_name(&route, name);
    }
    if (route.names[0] == '\0')
        buf_fmt(error, "gateway_routes: nobody carries %s\n", route.prefix);
    out->routes[out->n_routes++] = route;
}

void routing_read(const char *gateways, const char *routes, struct routing *out, struct buf *error)
{
    *out = (struct routing){.n_routes = 1};
    read_gateways(gateways, out, error);
    for (size_t i = 0; i < out->n; i++)
        add_name(&out->routes[0], out->gateways[i]->name);
    while (*routes != '\0' && error->len == 0) {
        read_route(&routes, out, error);
        routes += strspn(routes, " \t;");
    }
}

const char *routing_for(const struct routing *r, const char *e164)
{
    const struct routing_route *best = &r->routes[0];

    for (size_t i = 1; i < r->n_routes; i++) {
        size_t len = strlen(r->routes[i].prefix);
        if (strncmp(e164, r->routes[i].prefix, len) == 0 && len > strlen(best->prefix))
            best = &r->routes[i];
    }
    return best->names;
}
