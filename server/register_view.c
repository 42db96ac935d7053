/* register_view.c: what the desk's pages about registers and codes share. */
#include "server/register_view.h"

#include "server/layout.h"
#include "server/response.h"
#include "server/settings.h"
#include "server/typed.h"

enum { CSV_MAX = 64 << 20 };

const char *register_kind_words(const char *kind)
{
    if (strcmp(kind, "phones") == 0)
        return "Mobile numbers";
    return strcmp(kind, "imported") == 0 ? "A list of the council’s own" : "Voting codes";
}

void register_alarm(struct html *h, int32_t wrong)
{
    if (wrong == 0)
        return;
    html_raw(h, "<div class=\"govuk-warning-text\"><span class=\"govuk-warning-text__icon\" "
                "aria-hidden=\"true\">!</span><strong class=\"govuk-warning-text__text\">"
                "<span class=\"govuk-visually-hidden\">Warning</span>");
    html_textf(h, "%d wrong codes were tried in the last hour. Somebody may be guessing. ",
               (int)wrong);
    html_raw(h, "Tries are limited, and no code was told. Tell whoever runs this service."
                "</strong></div>\n");
}

struct desk_register *register_of(struct request *r, struct db *db)
{
    struct desk_registers found;
    uint64_t id = 0;
    if (!parse_uint(r->segment[0], INT32_MAX, &id) || id == 0) {
        response_error(r, 404);
        return NULL;
    }
    enum db_outcome outcome =
        desk_registers(db, &r->arena, r->officer.officer, (int32_t)id, &found);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return NULL;
    }
    if (found.n == 1)
        return found.one;
    response_error(r, 404);
    return NULL;
}

static struct letters of_here(const struct letter *letters, int n, const char *area)
{
    return (struct letters){.place = settings.name,
                            .area = area,
                            .public_url = settings.public_url,
                            .sms_number = settings.sms_number,
                            .sms_prefix = settings.sms_prefix,
                            .contact = settings.contact,
                            .letter = letters,
                            .n = n};
}

void answer_letters(struct request *r, const struct letter *letters, int n, const char *area)
{
    struct letters all = of_here(letters, n, area);
    struct html h = html_new();
    struct layout l = {.kind = LAYOUT_DESK,
                       .title = n == 1 ? arena_fmt(&r->arena, "A letter for %s", area)
                                       : arena_fmt(&r->arena, "%d letters for %s", n, area),
                       .print = true};
    layout_begin(&h, &l);
    letters_show(&h, &all);
    layout_end(&h, &l);
    response_html(r, 200, &h);
}

void answer_letters_file(struct request *r, const struct letter *letters, int n, const char *area,
                         const char *slug)
{
    struct letters all = of_here(letters, n, area);
    struct buf out = buf_new(CSV_MAX);
    letters_csv(&out, &all);
    response_file(r, "text/csv; charset=utf-8",
                  arena_fmt(&r->arena, "voting-codes-%s-%s.csv", slug, letters[0].serial), &out);
}
