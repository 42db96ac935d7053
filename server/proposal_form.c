/* proposal_form.c: a proposal of a draft round as officers write it. */
#include "server/proposal_form.h"

#include <strings.h>

#include "server/store_rounds.h"
#include "server/typed.h"

enum { SUMMARY_MAX = 300, BODY_MAX = 20000, THEME_MAX = 40, HINT_MAX = 4096 };

/* --- drawing ------------------------------------------------------------------------------ */
static void line(struct html *h, const struct form_errors *e, const char *name, const char *label,
                 const char *hint, const char *value, int rows)
{
    form_input(h, e,
               &(struct form_input){
                   .name = name, .label = label, .hint = hint, .value = value, .rows = rows});
}

static void pot_field(struct html *h, struct request *r, const struct form_errors *e,
                      const struct desk_round *round, const char *chosen)
{
    struct form_choice choices[DESK_POTS_MAX];
    int n = round->pots < DESK_POTS_MAX ? round->pots : DESK_POTS_MAX;
    for (int i = 0; i < n; i++) {
        const char *value = arena_fmt(&r->arena, "%d", round->pot[i].ordinal);
        choices[i] = (struct form_choice){
            .value = value, .label = round->pot[i].name, .chosen = strcmp(value, chosen) == 0};
    }
    form_select(h, e, "pot", "Pot", choices, n);
}

/* What the round's other proposals are about, so that one thing has one name. */
static void theme_field(struct html *h, struct request *r, const struct form_errors *e,
                        const struct desk_round *round, const char *value)
{
    struct buf hint = buf_new(HINT_MAX);
    buf_fmt(
        &hint,
        "A word or two by which residents can filter, like Green spaces. At most %d in a round.",
        ROUND_THEMES_MAX);
    for (int i = 0, n = 0; i < round->proposals; i++) {
        const char *theme = round->proposal[i].theme;
        bool said = *theme == '\0';
        for (int k = 0; k < i && !said; k++)
            said = strcasecmp(round->proposal[k].theme, theme) == 0;
        if (!said)
            buf_fmt(&hint, "%s%s", n++ == 0 ? " So far: " : ", ", theme);
    }
    line(h, e, "theme", "Theme (if you like)", arena_strdup(&r->arena, buf_str(&hint)), value, 0);
    buf_free(&hint);
}

void proposal_form_fields(struct html *h, struct request *r, const struct desk_round *round,
                          const struct form_errors *e, const struct typed_proposal *t)
{
    line(h, e, "title", "Title", "For example, Zebra crossing at Tesco", t->title, 0);
    form_input(h, e,
               &(struct form_input){.name = "short_name",
                                    .label = "Short name",
                                    .hint = "At most 16 plain characters. It stands in text "
                                            "messages, like Zebra crossing",
                                    .value = t->short_name,
                                    .width = 20});
    line(h, e, "summary", "In one or two sentences", "At most 300 characters.", t->summary, 3);
    line(h, e, "body", "In full (if you like)",
         "Leave a line empty to begin a paragraph. Begin lines with * for a list.", t->body, 10);
    theme_field(h, r, e, round, t->theme);
    line(h, e, "place", "Where (if you like)", NULL, t->place, 0);
    line(
        h, e, "at", "Its point on the map (if it has one)",
        "Latitude and longitude, like 53.9583, -1.0803, or an Ordnance Survey grid reference, like "
        "SE 6039 5189.",
        t->at, 0);
    line(h, e, "proposer", "Who proposes it (if they agree to be named)", NULL, t->proposer, 0);
    pot_field(h, r, e, round, t->pot);
    form_input(h, e,
               &(struct form_input){.name = "cost",
                                    .label = "Cost",
                                    .hint = "For example, 8,500 or 8500.50",
                                    .value = t->cost,
                                    .prefix = "£",
                                    .inputmode = "decimal",
                                    .width = 10});
    form_input(h, e,
               &(struct form_input){.name = "exclusion",
                                    .label = "Group of which only one can win (if there is one)",
                                    .hint = "Two plans for the same corner: give both the same "
                                            "number, 1 to 30.",
                                    .value = t->exclusion,
                                    .inputmode = "numeric",
                                    .width = 3});
}

/* --- reading ------------------------------------------------------------------------------ */
struct typed_proposal proposal_form_typed(const struct request *r)
{
    return (struct typed_proposal){
        .title = request_field(r, "title"),
        .short_name = request_field(r, "short_name"),
        .summary = request_field(r, "summary"),
        .body = request_field(r, "body"),
        .place = request_field(r, "place"),
        .proposer = request_field(r, "proposer"),
        .pot = request_field(r, "pot"),
        .cost = request_field(r, "cost"),
        .exclusion = request_field(r, "exclusion"),
        .theme = request_field(r, "theme"),
        .at = request_field(r, "at"),
    };
}

struct typed_proposal proposal_form_of(struct arena *arena, const struct desk_proposal *p)
{
    char at[GEO_TEXT_LEN];
    geo_point_text(p->at, at);
    return (struct typed_proposal){
        .title = p->title,
        .short_name = p->short_name,
        .summary = p->summary,
        .body = p->body,
        .place = p->place,
        .proposer = p->proposer,
        .pot = arena_fmt(arena, "%d", p->pot),
        .cost = typed_pounds(arena, p->cost),
        .exclusion = p->exclusion != 0 ? arena_fmt(arena, "%d", p->exclusion) : "",
        .theme = p->theme,
        .at = arena_strdup(arena, at),
    };
}

static const struct desk_pot *pot_of(const struct desk_round *round, int64_t ordinal)
{
    for (int i = 0; i < round->pots; i++) {
        if (round->pot[i].ordinal == ordinal)
            return &round->pot[i];
    }
    return NULL;
}

static void check_money(const struct typed_proposal *t, const struct desk_round *round,
                        struct desk_proposal *out, struct form_errors *e)
{
    int64_t ordinal = 0;
    const struct desk_pot *pot = parse_int(t->pot, 1, 9, &ordinal) ? pot_of(round, ordinal) : NULL;
    if (pot == NULL)
        form_error(e, "pot", "Choose a pot");
    if (!typed_money(t->cost, &out->cost))
        form_error(e, "cost", "Enter the cost, like 8,500 or 8500.50");
    else if (pot != NULL && out->cost > pot->amount)
        form_error(e, "cost", "This costs more than the pot holds");
    out->pot = (int32_t)ordinal;
}

void proposal_check_lengths(const char *summary, const char *body, struct form_errors *e)
{
    if (typed_length(summary) > SUMMARY_MAX)
        form_error(e, "summary", "Use at most 300 characters in the summary");
    if (typed_length(body) > BODY_MAX)
        form_error(e, "body", "Use at most 20,000 characters in the full text");
}

void proposal_form_check(const struct typed_proposal *t, const struct desk_round *round,
                         struct desk_proposal *out, struct form_errors *e)
{
    int64_t exclusion = 0;
    *out = (struct desk_proposal){.title = t->title,
                                  .short_name = t->short_name,
                                  .summary = t->summary,
                                  .body = t->body,
                                  .place = t->place,
                                  .proposer = t->proposer,
                                  .theme = t->theme,
                                  .at = GEO_NO_POINT};
    if (*t->title == '\0' || typed_length(t->title) > PROPOSAL_TITLE_MAX)
        form_error(e, "title", "Enter a title of at most 120 characters");
    if (!typed_short_name(t->short_name))
        form_error(e, "short_name",
                   "Enter a short name of at most 16 plain characters, without accents or emoji "
                   "that texts cannot carry");
    proposal_check_lengths(t->summary, t->body, e);
    if (typed_length(t->place) > PROPOSAL_TITLE_MAX)
        form_error(e, "place", "Use at most 120 characters for the place");
    if (typed_length(t->proposer) > PROPOSAL_TITLE_MAX)
        form_error(e, "proposer", "Use at most 120 characters for who proposes it");
    if (typed_length(t->theme) > THEME_MAX || strchr(t->theme, ',') != NULL)
        form_error(e, "theme", "Use one theme of at most 40 characters, without a comma");
    if (!geo_point_read(t->at, &out->at))
        form_error(e, "at",
                   "Enter latitude and longitude in Britain, like 53.9583, -1.0803, or a grid "
                   "reference, like SE 6039 5189");
    check_money(t, round, out, e);
    if (*t->exclusion != '\0' && !parse_int(t->exclusion, 1, DESK_EXCLUSIONS_MAX, &exclusion))
        form_error(e, "exclusion", "Enter a group, 1 to 30, or leave it empty");
    out->exclusion = (int32_t)exclusion;
}

const char *proposal_short_name(struct arena *arena, const char *title)
{
    const char *best = "";
    for (const char *end = title; *end != '\0';) {
        end += strcspn(end, " ") + 1;
        const char *words = arena_fmt(arena, "%.*s", (int)(end - 1 - title), title);
        if (!typed_short_name(words))
            break;
        best = words;
        if (end[-1] == '\0')
            break;
    }
    if (*best == '\0') {
        const char *cut = arena_fmt(arena, "%.*s", TYPED_SHORT_NAME_MAX, title);
        best = typed_short_name(cut) ? cut : "";
    }
    return best;
}
