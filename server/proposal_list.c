/* proposal_list.c: a round's proposals filtered and put in order. */
#include "server/proposal_list.h"

#include "common/digest.h"
#include "server/tr.h"
#include "server/typed.h"

static const struct {
    const char *value, *label;
} orders[] = {
    [ORDER_MIXED] = {"mixed", N_("Mixed, for you")},
    [ORDER_NUMBER] = {"number", N_("By number")},
    [ORDER_CHEAPEST] = {"cheapest", N_("Lowest cost first")},
    [ORDER_DEAREST] = {"dearest", N_("Highest cost first")},
};

enum { ORDERS = sizeof orders / sizeof *orders, POTS_MAX = 8 };

void list_read(const struct request *r, struct list_asked *out)
{
    uint64_t pot = 0;
    *out = (struct list_asked){.words = request_field(r, "q"),
                               .most = request_field(r, "most"),
                               .theme = request_field(r, "theme")};
    if (parse_uint(request_field(r, "pot"), POTS_MAX, &pot))
        out->pot = (int32_t)pot;
    for (int i = 0; i < ORDERS; i++) {
        if (strcmp(orders[i].value, request_field(r, "order")) == 0)
            out->order = (enum list_order)i;
    }
    if (*out->most != '\0' && !typed_money(out->most, &out->most_pence))
        form_error(&out->errors, "most", tr(r, "Enter an amount in pounds, like 2500"));
    out->narrowed =
        *out->words != '\0' || out->pot != 0 || out->most_pence > 0 || *out->theme != '\0';
}

/* --- which -------------------------------------------------------------------------------- */
static bool is_found(const struct proposal *p, const struct proposal_numbers *found)
{
    for (int i = 0; i < found->n; i++) {
        if (found->number[i] == p->number)
            return true;
    }
    return false;
}

static bool is_asked(const struct proposal *p, const struct list_asked *asked)
{
    return (*asked->words == '\0' || is_found(p, &asked->found)) &&
           (asked->pot == 0 || p->pot == asked->pot) &&
           (*asked->theme == '\0' || strcmp(asked->theme, p->theme) == 0) &&
           (asked->most_pence == 0 || p->cost <= asked->most_pence);
}

/* --- the order ---------------------------------------------------------------------------- */
uint64_t list_seed(int64_t reader, int32_t round)
{
    static const char label[] = "wardmote/order/1";
    uint8_t bytes[sizeof label + 12], digest[DIGEST_LEN];
    uint64_t seed = 0;
    memcpy(bytes, label, sizeof label);
    memcpy(bytes + sizeof label, &reader, 8);
    memcpy(bytes + sizeof label + 8, &round, 4);
    digest_sha256(bytes, sizeof bytes, digest);
    memcpy(&seed, digest, sizeof seed);
    return seed;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Fisher and Yates; of 64 bits the remainder is even enough for a list. */
void list_mix(struct proposals *list, uint64_t seed)
{
    for (int i = list->n - 1; i > 0; i--) {
        int k = (int)(next(&seed) % (uint64_t)(i + 1));
        struct proposal p = list->proposal[i];
        list->proposal[i] = list->proposal[k];
        list->proposal[k] = p;
    }
}

static int by_cost(const void *a, const void *b)
{
    const struct proposal *p = a, *q = b;
    return p->cost != q->cost ? (p->cost > q->cost) - (p->cost < q->cost)
                              : (p->number > q->number) - (p->number < q->number);
}

static int by_cost_down(const void *a, const void *b)
{
    const struct proposal *p = a, *q = b;
    return p->cost != q->cost ? by_cost(b, a) : by_cost(a, b);
}

static void put_in_order(struct proposals *list, enum list_order order)
{
    switch (order) {
    case ORDER_MIXED:
    case ORDER_NUMBER:
        break; /* the database's is by number */
    case ORDER_CHEAPEST:
        qsort(list->proposal, (size_t)list->n, sizeof *list->proposal, by_cost);
        break;
    case ORDER_DEAREST:
        qsort(list->proposal, (size_t)list->n, sizeof *list->proposal, by_cost_down);
        break;
    }
}

/* Mixed before it is narrowed: what stays keeps its order. */
struct proposals list_choose(struct arena *a, const struct proposals *all,
                             const struct list_asked *asked, uint64_t seed)
{
    struct proposals list = {arena_alloc(a, (size_t)(all->n + 1) * sizeof *all->proposal), all->n};
    int kept = 0;
    for (int i = 0; i < all->n; i++)
        list.proposal[i] = all->proposal[i];
    if (asked->order == ORDER_MIXED)
        list_mix(&list, seed);
    put_in_order(&list, asked->order);
    for (int i = 0; i < list.n; i++) {
        if (is_asked(&list.proposal[i], asked))
            list.proposal[kept++] = list.proposal[i];
    }
    list.n = kept;
    return list;
}

/* --- the form ----------------------------------------------------------------------------- */
static void pot_select(struct html *h, const struct list_asked *asked, const struct pots *pots)
{
    struct form_choice choices[POTS_MAX + 1] = {{"0", tr(h, "Any pot"), NULL, asked->pot == 0}};
    char value[POTS_MAX + 1][12];
    int n = 1;
    if (pots->n < 2)
        return;
    for (int i = 0; i < pots->n && n <= POTS_MAX; i++, n++) {
        snprintf(value[n], sizeof value[n], "%d", (int)pots->pot[i].ordinal);
        choices[n] = (struct form_choice){value[n], pots->pot[i].name, NULL,
                                          asked->pot == pots->pot[i].ordinal};
    }
    form_select_name(h, NULL, "pot", tr(h, "Paid from"), choices, n);
}

/* The round's themes in the order of their proposals' numbers, each with how many there still are.
 */
static void theme_select(struct html *h, struct arena *a, const struct list_asked *asked,
                         const struct proposals *all)
{
    struct form_choice choices[ROUND_THEMES_MAX + 1] = {
        {"", tr(h, "Any theme"), NULL, *asked->theme == '\0'}};
    int count[ROUND_THEMES_MAX + 1] = {0}, n = 1;
    for (int i = 0; i < all->n; i++) {
        const char *theme = all->proposal[i].theme;
        int at = 1;
        while (at < n && strcmp(choices[at].value, theme) != 0)
            at++;
        if (*theme == '\0' || at > ROUND_THEMES_MAX)
            continue;
        if (at == n)
            choices[n++] =
                (struct form_choice){theme, theme, NULL, strcmp(theme, asked->theme) == 0};
        count[at] += !all->proposal[i].withdrawn;
    }
    for (int i = 1; i < n; i++)
        choices[i].label = arena_fmt(a, "%s (%d)", choices[i].label, count[i]);
    if (n > 1)
        form_select_name(h, NULL, "theme", tr(h, "Theme"), choices, n);
}

static void order_select(struct html *h, const struct list_asked *asked)
{
    struct form_choice choices[ORDERS];
    for (int i = 0; i < ORDERS; i++)
        choices[i] = (struct form_choice){orders[i].value, tr(h, orders[i].label), NULL,
                                          asked->order == (enum list_order)i};
    form_select(h, NULL, "order", tr(h, "Order"), choices, ORDERS);
}

void list_form(struct html *h, struct arena *a, const struct list_asked *asked, const char *path,
               const struct pots *pots, const struct proposals *all)
{
    bool open = asked->narrowed || asked->order != ORDER_MIXED || asked->errors.n > 0;
    html_raw(h, "<details class=\"govuk-details\"");
    if (open)
        html_raw(h, " open");
    html_raw(h, "><summary class=\"govuk-details__summary\"><span "
                "class=\"govuk-details__summary-text\">");
    html_tr(h, "Filter and order the projects");
    html_raw(
        h, "</span></summary><div class=\"govuk-details__text\">\n<form method=\"get\" novalidate");
    html_attr(h, "action", path);
    html_raw(h, ">\n");
    theme_select(h, a, asked, all);
    form_input(h, NULL,
               &(struct form_input){.name = "q",
                                    .label = tr(h, "Words"),
                                    .hint = tr(h, "For example, trees, or the name of a street."),
                                    .value = asked->words,
                                    .width = 20});
    form_input(h, &asked->errors,
               &(struct form_input){.name = "most",
                                    .label = tr(h, "Costs at most"),
                                    .value = asked->most,
                                    .inputmode = "decimal",
                                    .prefix = "£",
                                    .width = 5});
    pot_select(h, asked, pots);
    order_select(h, asked);
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_tr(h, "Show");
    html_raw(h, "</button>\n</form></div></details>\n");
}
