/* person_view.c: what the pages about people share. */
#include "server/person_view.h"

#include "server/roles.h"

void person_tag(struct html *h, const char *state)
{
    if (strcmp(state, "active") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Active</strong>");
    else if (strcmp(state, "waiting") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Not set up yet</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Deactivated</strong>");
}

static void take_button(struct html *h, struct request *r, int32_t id, const char *role,
                        const char *area, const char *words)
{
    form_begin(h, arena_fmt(&r->arena, "/desk/people/%d/roles", id));
    form_token(h, r);
    form_hidden(h, "role", role);
    form_hidden(h, "area", area);
    form_hidden(h, "give", "no");
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">Take away"
                "<span class=\"govuk-visually-hidden\">: ");
    html_text(h, words);
    html_raw(h, "</span></button>");
    form_end(h);
}

void person_roles_show(struct html *h, struct request *r, const struct person_roles *roles,
                       int32_t id)
{
    if (roles->n == 0) {
        html_raw(h, "<p class=\"govuk-body\">No role yet.</p>\n");
        return;
    }
    html_raw(h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < roles->n; i++) {
        const struct role *role = role_of(roles->one[i].role);
        const char *words = role->name;
        if (role->of_area)
            words = arena_fmt(&r->arena, "%s, %s", role->name, roles->one[i].area_name);
        html_raw(h, "<li class=\"wm-task\"><span>");
        html_text(h, words);
        html_raw(h, "</span>");
        if (id != 0)
            take_button(h, r, id, role->key, roles->one[i].area, words);
        html_raw(h, "<p>");
        html_text(h, role->does);
        html_raw(h, "</p></li>\n");
    }
    html_raw(h, "</ul>\n");
}
