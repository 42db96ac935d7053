/* page_codes.c: /desk/codes: new voting codes for an area, as letters or as a file. They are shown
 * this once: only keyed hashes are kept. */
#include "server/desk_view.h"
#include "server/letters.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/settings.h"
#include "server/typed.h"

enum { AREAS_MAX = 200, ADDRESS_CHARS_MAX = 120, CSV_MAX = 4 << 20 };

/* The form as it stands. */
struct typed_codes {
    const char *area, *how_many, *addresses, *format;
};

/* --- the form ----------------------------------------------------------------------------- */
static void area_field(struct html *h, struct request *r, const struct form_errors *e,
                       const struct desk_areas *areas, const char *chosen)
{
    struct form_choice choices[AREAS_MAX];
    int n = areas->n < AREAS_MAX ? areas->n : AREAS_MAX;
    for (int i = 0; i < n; i++)
        choices[i] = (struct form_choice){.value = areas->area[i].slug,
                                          .label = arena_fmt(&r->arena, "%s (%lld codes so far)",
                                                             areas->area[i].name,
                                                             (long long)areas->area[i].voters),
                                          .chosen = strcmp(areas->area[i].slug, chosen) == 0};
    form_select(h, e, "area", "Area in which the people live", choices, n);
}

static void fields(struct html *h, struct request *r, const struct form_errors *e,
                   const struct typed_codes *t, const struct desk_areas *areas)
{
    struct form_choice formats[] = {
        {"letters", "Letters to print", "A page each, at most 500 at a time",
         strcmp(t->format, "letters") == 0},
        {"csv", "A file for a mail house", "CSV: serial, code, area, address",
         strcmp(t->format, "csv") == 0},
    };
    area_field(h, r, e, areas, t->area);
    form_input(h, e,
               &(struct form_input){.name = "how_many",
                                    .label = "How many codes",
                                    .hint = "1 to 5,000. Leave empty when you give addresses.",
                                    .value = t->how_many,
                                    .inputmode = "numeric",
                                    .width = 5});
    form_input(h, e,
               &(struct form_input){.name = "addresses",
                                    .label = "Addresses (if you have them)",
                                    .hint = "One a line, at most 120 characters each: one code "
                                            "for each line.",
                                    .value = t->addresses,
                                    .rows = 8});
    form_radios(h, e, "format", "What you need", formats, 2);
}

static void show(struct request *r, struct db *db, const struct typed_codes *t,
                 const struct form_errors *e)
{
    struct desk_areas areas;
    struct desk_page p;
    enum db_outcome outcome = desk_areas(db, &r->arena, r->officer.officer, &areas);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, "Voting codes", "/desk", "My rounds", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">Issue voting codes</h1>\n"
                   "<p class=\"govuk-body\">A code is the right to one ballot in every round of "
                   "the area it belongs to, the city’s included.</p>\n"
                   "<div class=\"govuk-inset-text\">Codes are shown once, now: we keep no copy "
                   "that anybody could read. Print or save them before you close the page. Each "
                   "time you press the button, new codes are made.</div>\n");
    form_begin(&p.h, "/desk/codes");
    form_token(&p.h, r);
    fields(&p.h, r, e, t, &areas);
    form_button(&p.h, "Make the codes");
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

enum handled page_codes(struct request *r, struct db *db)
{
    struct typed_codes blank = {"", "", "", "letters"};
    struct form_errors none = {.n = 0};
    show(r, db, &blank, &none);
    return HANDLED;
}

/* A line without what stands around it; NULL when nothing is left. Cuts the text in place. */
static const char *trim(char *line)
{
    size_t len;
    while (*line == ' ' || *line == '\t')
        line++;
    for (len = strlen(line); len > 0 && strchr(" \t\r", line[len - 1]) != NULL; len--)
        line[len - 1] = '\0';
    return len > 0 ? line : NULL;
}

/* One letter a line that is not blank; returns how many, or -1 when a line is too long. */
static int read_addresses(struct request *r, const char *typed, struct letter *letters)
{
    char *rest = arena_strdup(&r->arena, typed);
    int n = 0;
    while (rest != NULL && n < DESK_CODES_MAX) {
        const char *line = trim(strsep(&rest, "\n"));
        if (line == NULL)
            continue;
        if (typed_length(line) > ADDRESS_CHARS_MAX)
            return -1;
        letters[n++].address = line;
    }
    return n;
}

/* Fills `letters` with addresses; returns how many codes are wanted, 0 with errors. */
static int read_form(struct request *r, const struct typed_codes *t, struct letter *letters,
                     struct form_errors *e)
{
    uint64_t wanted = 0;
    int n = read_addresses(r, t->addresses, letters);
    bool some = *t->how_many != '\0';
    if (n < 0)
        form_error(e, "addresses", "Keep every address to one line of at most 120 characters");
    if (*t->area == '\0')
        form_error(e, "area", "Choose an area");
    if (n == 0 && (!some || !parse_uint(t->how_many, DESK_CODES_MAX, &wanted) || wanted == 0))
        form_error(e, "how_many", "Enter how many codes, 1 to 5,000, or paste addresses");
    if (n > 0 && some && (!parse_uint(t->how_many, DESK_CODES_MAX, &wanted) || (int)wanted != n))
        form_error(e, "how_many",
                   arena_fmt(&r->arena, "You gave %d addresses: leave this empty", n));
    if (n == 0)
        n = (int)wanted;
    if (strcmp(t->format, "letters") != 0 && strcmp(t->format, "csv") != 0)
        form_error(e, "format", "Choose letters or a file");
    else if (strcmp(t->format, "letters") == 0 && n > LETTERS_MAX)
        form_error(e, "format", "At most 500 letters at a time: choose the file");
    return e->n == 0 ? n : 0;
}

/* --- making them -------------------------------------------------------------------------- */
/* Makes n codes and stores their hashes. False: answered already. */
static bool issue(struct request *r, struct db *db, const char *area, struct letter *letters, int n)
{
    uint8_t(*lookups)[32] = wm_alloc(sizeof *lookups * (size_t)n);
    const char **addresses = wm_alloc(sizeof *addresses * (size_t)n);
    const char **serials = NULL;
    for (int i = 0; i < n; i++) {
        code_make(letters[i].code);
        code_lookup(letters[i].code, lookups[i]);
        if (letters[i].address == NULL)
            letters[i].address = "";
        addresses[i] = letters[i].address;
    }
    enum db_outcome outcome =
        desk_codes_issue(db, &r->arena, r->officer.officer, area, (const uint8_t(*)[32])lookups,
                         addresses, n, &serials);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (serials == NULL)
        response_error(r, 404);
    for (int i = 0; serials != NULL && i < n; i++)
        letters[i].serial = serials[i];
    free(lookups);
    free(addresses);
    return serials != NULL;
}

static const char *area_name(struct request *r, struct db *db, const char *slug)
{
    struct desk_areas areas;
    if (desk_areas(db, &r->arena, r->officer.officer, &areas) != DB_OK)
        return slug;
    for (int i = 0; i < areas.n; i++) {
        if (strcmp(areas.area[i].slug, slug) == 0)
            return areas.area[i].name;
    }
    return slug;
}

static void answer_letters(struct request *r, const struct letters *all)
{
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_DESK,
                       .title = arena_fmt(&r->arena, "%d letters for %s", all->n, all->area),
                       .print = true};
    layout_begin(&h, &l);
    letters_show(&h, all);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

static void answer_csv(struct request *r, const struct letters *all, const char *area)
{
    struct buf out = buf_new(CSV_MAX);
    letters_csv(&out, all);
    response_file(r, "text/csv; charset=utf-8",
                  arena_fmt(&r->arena, "voting-codes-%s-%s.csv", area, all->letter[0].serial),
                  &out);
}

enum handled page_codes_post(struct request *r, struct db *db)
{
    struct typed_codes t = {request_field(r, "area"), request_field(r, "how_many"),
                            request_field(r, "addresses"), request_field(r, "format")};
    struct form_errors e = {.n = 0};
    size_t size = sizeof(struct letter) * DESK_CODES_MAX;
    struct letter *letters = wm_alloc(size);
    int n = read_form(r, &t, letters, &e);
    struct letters all = {.place = settings.name,
                          .public_url = settings.public_url,
                          .sms_number = settings.sms_number,
                          .sms_prefix = settings.sms_prefix,
                          .contact = settings.contact,
                          .letter = letters,
                          .n = n};
    if (n == 0) {
        show(r, db, &t, &e);
    } else if (issue(r, db, t.area, letters, n)) {
        all.area = area_name(r, db, t.area);
        if (strcmp(t.format, "csv") == 0)
            answer_csv(r, &all, t.area);
        else
            answer_letters(r, &all);
    }
    explicit_bzero(letters, size);
    free(letters);
    return HANDLED;
}
