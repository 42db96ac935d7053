/* page_beside.c: what stands beside the phone: other phones, example texts, faults. */
#include "common/log.h"
#include "sms/handset/faults.h"
#include "sms/handset/html.h"
#include "sms/handset/page.h"
#include "sms/handset/suggestions.h"
#include "sms/handset/text.h"

enum { TABS_MAX = 8, DRAMA_NUMBERS = 1000 };

static const char drama_prefix[] = "+447700900";

struct tabs {
    const struct phone_page *page;
    size_t n;
    char number[TABS_MAX][PHONE_LEN + 1];
    bool used[DRAMA_NUMBERS];
};

static void collect(void *context, const char *number)
{
    struct tabs *tabs = context;
    uint64_t last = 0;
    size_t prefix = sizeof drama_prefix - 1;
    if (strncmp(number, drama_prefix, prefix) == 0 && parse_uint(number + prefix, 999, &last))
        tabs->used[last] = true;
    if (tabs->n < TABS_MAX)
        memcpy(tabs->number[tabs->n++], number, strlen(number) + 1);
}

static bool has_current(const struct tabs *tabs)
{
    for (size_t i = 0; i < tabs->n; i++)
        if (strcmp(tabs->number[i], tabs->page->number) == 0)
            return true;
    return false;
}

/* The next number that no phone has yet, after this one. */
static unsigned next_drama_number(const struct tabs *tabs)
{
    uint64_t from = 122;
    size_t prefix = sizeof drama_prefix - 1;
    if (strncmp(tabs->page->number, drama_prefix, prefix) == 0)
        MUST(parse_uint(tabs->page->number + prefix, 999, &from));
    unsigned next = (unsigned)from;
    for (int i = 0; i < DRAMA_NUMBERS; i++) {
        next = (next + 1) % DRAMA_NUMBERS;
        if (!tabs->used[next])
            break;
    }
    return next;
}

static void write_tab(struct buf *out, const struct tabs *tabs, const char *number)
{
    const char *shown = page_number(tabs->page, number);
    if (strcmp(number, tabs->page->number) == 0)
        html_put(out, "<li><a href=\"/?number={}\" aria-current=\"page\">{}</a></li>", number + 1,
                 shown);
    else
        html_put(out, "<li><a href=\"/?number={}\">{}</a></li>", number + 1, shown);
}

static int by_number(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void write_tabs(struct buf *out, const struct phone_page *page)
{
    char next[4];
    struct tabs *tabs = arena_alloc(page->arena, sizeof *tabs);
    tabs->page = page;
    phones_list(page->h->phones, collect, tabs);
    if (!has_current(tabs)) {
        size_t slot = tabs->n < TABS_MAX ? tabs->n++ : TABS_MAX - 1;
        memcpy(tabs->number[slot], page->number, strlen(page->number) + 1);
    }
    snprintf(next, sizeof next, "%03u", next_drama_number(tabs) % 1000u);
    /* In the numbers' order, so that a tab does not move when it is used. */
    qsort(tabs->number, tabs->n, sizeof tabs->number[0], by_number);
    html_raw(out, "<nav aria-label=\"Phones\"><ul class=\"phones\">");
    for (size_t i = 0; i < tabs->n; i++)
        write_tab(out, tabs, tabs->number[i]);
    html_put(out, "<li><a class=\"more\" href=\"/?number=447700900{}\">Another phone</a></li>",
             next);
    html_raw(out, "</ul></nav>");
}

void page_numbers(struct buf *out, const struct phone_page *page)
{
    const char *value = page->number_error ? page->number_typed : page_number(page, page->number);
    html_raw(out, "<form class=\"number\" method=\"get\" action=\"/\">"
                  "<label for=\"number\">This phone’s number</label>");
    html_put(out, "<p class=\"error\" id=\"number-problem\">{}</p>",
             page->number_error ? page->number_error : "");
    html_put(out,
             "<span class=\"row\"><input id=\"number\" name=\"number\" type=\"tel\" value=\"{}\" "
             "maxlength=\"24\" autocomplete=\"off\" aria-describedby=\"number-problem\">"
             "<button class=\"quiet\">Use it</button></span></form>",
             value);
    write_tabs(out, page);
}

void page_examples(struct buf *out, const struct phone_page *page)
{
    struct suggestions list;
    suggestions_read(page->h->settings->suggestions_file, page->arena, &list);
    html_raw(out, "<h2>Try one of these</h2><ul class=\"chips\">");
    for (size_t i = 0; i < list.n; i++) {
        struct buf query = buf_new((size_t)SUGGESTIONS_LEN_MAX * 3 + 1);
        buf_percent(&query, list.text[i]);
        html_put(out, "<li><a class=\"chip\" href=\"/?number={}&text={}#message\">{}</a></li>",
                 page->number + 1, buf_str(&query), list.text[i]);
        buf_free(&query);
    }
    html_raw(out,
             "</ul><p class=\"hint\">Choosing one puts it in the box; you can change it before "
             "you send it. Enter sends, Shift and Enter starts a new line.</p>");
}

static void write_choices(struct buf *out, enum direction direction)
{
    for (int i = FAULT_NONE + 1; i < FAULT_MODES; i++) {
        const char *words = fault_mode_words((enum fault_mode)i, direction);
        if (words)
            html_put(out, "<option value=\"{}:{}\">{}</option>",
                     direction == DIRECTION_OUT ? "out" : "in", fault_mode_name((enum fault_mode)i),
                     words);
    }
}

static bool write_armed(struct buf *out, const struct phone_page *page, enum direction direction)
{
    char count[16];
    struct fault fault = faults_armed(page->h->faults, direction);
    if (fault.mode == FAULT_NONE)
        return false;
    snprintf(count, sizeof count, "%d", fault.count);
    html_put(out, "<p class=\"armed\"><strong>Armed</strong> for the next {} {}: {}.</p>", count,
             direction == DIRECTION_OUT ? "sent from a phone" : "to arrive on a phone",
             fault_mode_words(fault.mode, direction));
    return true;
}

void page_network(struct buf *out, const struct phone_page *page)
{
    bool open = page->faults || faults_armed(page->h->faults, DIRECTION_OUT).mode != FAULT_NONE ||
                faults_armed(page->h->faults, DIRECTION_IN).mode != FAULT_NONE;
    html_put(out, "<details id=\"network\"{}", open ? " open" : "");
    html_raw(out, "><summary>Make the network misbehave</summary>");
    bool armed_out = write_armed(out, page, DIRECTION_OUT);
    bool armed_in = write_armed(out, page, DIRECTION_IN);
    if (!armed_out && !armed_in)
        html_raw(out, "<p class=\"armed\">The network behaves.</p>");
    html_put(out,
             "<form method=\"post\" action=\"/faults\" class=\"faults\">"
             "<input type=\"hidden\" name=\"number\" value=\"{}\">",
             page->number);
    html_raw(out, "<label for=\"fault\">What happens</label><select id=\"fault\" name=\"fault\">"
                  "<option value=\"in:none\">Behave again</option>"
                  "<optgroup label=\"To a text from a phone\">");
    write_choices(out, DIRECTION_OUT);
    html_raw(out, "</optgroup><optgroup label=\"To a text to a phone\">");
    write_choices(out, DIRECTION_IN);
    html_raw(out,
             "</optgroup></select>"
             "<label for=\"count\">To how many texts</label><input id=\"count\" name=\"count\" "
             "type=\"number\" min=\"1\" max=\"1000\" value=\"1\">"
             "<label for=\"seconds\">Seconds, where it takes time</label><input id=\"seconds\" "
             "name=\"seconds\" type=\"number\" min=\"0\" max=\"60\" value=\"3\">"
             "<button class=\"quiet\">Set it</button></form></details>");
}
