/* translation_show.c: how far proposals are translated, in a word. */
#include "server/translation_show.h"

#include "server/desk_view.h"

void translation_language(struct html *h, enum language language)
{
    html_raw(h, "<span");
    html_attr(h, "lang", language_tag(language));
    html_raw(h, ">");
    html_text(h, language_name(language));
    html_raw(h, "</span>");
}

void translation_tag(struct html *h, enum translation_state state)
{
    switch (state) {
    case TRANSLATION_MISSING:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--red\">Missing</strong>");
        break;
    case TRANSLATION_PART:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">Begun</strong>");
        break;
    case TRANSLATION_OLD:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Out of date</strong>");
        break;
    case TRANSLATION_DONE:
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Done</strong>");
        break;
    }
}

void translation_marks(struct html *h, struct request *r, const char *slug, int32_t number,
                       const struct translation_lines *lines)
{
    html_raw(h, "<ul class=\"govuk-list\">\n");
    for (int i = 0; i < lines->n; i++) {
        const struct translation_line *l = &lines->line[i];
        if (l->number != number)
            continue;
        const char *path = arena_fmt(&r->arena, "/desk/translations/%s/%04d/%s", slug, (int)number,
                                     language_tag(l->language));
        bool writes = desk_may(r, "GET", path);
        html_raw(h, "<li>");
        if (writes) {
            html_raw(h, "<a class=\"govuk-link\"");
            html_attr(h, "href", path);
            html_raw(h, ">");
        }
        translation_language(h, l->language);
        if (writes)
            html_raw(h, "</a>");
        html_raw(h, " ");
        translation_tag(h, l->state);
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
}
