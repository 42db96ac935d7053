/* page_practice.c: what there is only in a practice round: ballots that are made up, and rules
 * compared. */
#include <ctype.h>
#include <jansson.h>

#include "common/cast.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/desk_table.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/practice_ballot.h"
#include "server/practice_show.h"
#include "server/program.h"
#include "server/round_form.h"
#include "server/settings.h"
#include "server/store_practice.h"
#include "server/typed.h"

/* COMPARE_SECONDS: of all pots together, while an officer waits. */
enum { COMPARE_SECONDS = 20, OUTPUT_MAX = 4 << 20, FILE_MAX = 16 << 20, METHODS_MAX = 8 };

/* --- ballots ------------------------------------------------------------------------------ */
static void fields(struct html *h, struct request *r, const struct form_errors *e, const char *path,
                   const char *typed)
{
    form_begin(h, path);
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "ballots",
                                    .label = "Ballots to make up",
                                    .hint = "1 to 500. They are cast like any other ballot.",
                                    .value = typed,
                                    .inputmode = "numeric",
                                    .width = 5});
    form_button(h, "Make up ballots");
    form_end(h);
}

void practice_form(struct html *h, struct request *r, const struct desk_round *round)
{
    static const struct form_errors none = {.n = 0};
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/practice", round->slug);
    if (desk_may(r, "POST", path))
        fields(h, r, &none, path, "50");
}

/* The form by itself, when the number was none, or too great. */
static void ask_again(struct request *r, const struct desk_round *round)
{
    struct form_errors e = {.n = 0};
    struct desk_page p;
    form_error(&e, "ballots", desk_refusal(r, "many", ""));
    desk_begin(&p, r, "Make up ballots", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug),
               round->title, &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Make up ballots</h1>\n");
    fields(&p.h, r, &e, r->path, request_field(r, "ballots"));
    desk_end(&p, r, 422);
}

static uint32_t roll(void *unused, uint32_t n)
{
    uint32_t number;
    (void)unused;
    secret_random(&number, sizeof number);
    return number % n;
}

/* Casts them in the one way that there is, with the rights of the web. Returns how many were not
 * taken. */
static int cast_all(const struct desk_round *round, const struct practice_voters *voters)
{
    struct db *db = db_new(settings.database, "wardmote_web", "server practice");
    struct caster *caster = caster_new(db);
    struct cast_item *items = wm_alloc(sizeof *items * (size_t)(voters->n + 1));
    size_t n = 0;
    int refused = 0;
    for (int i = 0; i < voters->n; i++) {
        struct cast_item *item = &items[n];
        *item = (struct cast_item){.submission = (uint32_t)i + 1,
                                   .voter = voters->voter[i].id,
                                   .round = voters->round,
                                   .generation = voters->voter[i].generation,
                                   .channel = CAST_WEB};
        item->n_picks = practice_ballot(round, roll, NULL, item->picks);
        secret_random(item->form_key, sizeof item->form_key);
        n += item->n_picks > 0;
    }
    if (n > 0)
        cast_batch(caster, items, n, true);
    for (size_t i = 0; i < n; i++)
        refused += !cast_accepted(items[i].outcome);
    free(items);
    caster_free(caster);
    db_free(db);
    return refused;
}

enum handled page_practice_post(struct request *r, struct db *db)
{
    int64_t n = 0;
    const char *result;
    struct practice_voters voters;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return HANDLED;
    if (!parse_int(request_field(r, "ballots"), 1, 500, &n)) {
        ask_again(r, round);
        return HANDLED;
    }
    if (page_failed(r, practice_voters(db, &r->arena, r->officer.officer, round->slug, (int32_t)n,
                                       &result, &voters)))
        return HANDLED;
    if (strcmp(result, "ready") != 0) {
        desk_round_show(r, round, desk_refusal(r, result, ""), 409);
        return HANDLED;
    }
    if (cast_all(round, &voters) > 0)
        desk_round_show(r, round, desk_refusal(r, "not_cast", ""), 503);
    else
        response_redirect(r, "/desk/rounds/%s", round->slug);
    return HANDLED;
}

/* --- rules -------------------------------------------------------------------------------- */
/* The outcomes of a file by several rules, as wardmote-count says them; NULL: it failed (logged).
 */
static json_t *compare(const struct practice_file *file, int seconds)
{
    struct buf hex = buf_new(sizeof file->seed * 2 + 1), out = buf_new(OUTPUT_MAX);
    struct buf pb = buf_new(FILE_MAX);
    json_error_t error;
    buf_hex(&hex, file->seed, sizeof file->seed);
    buf_str_add(&pb, file->pb);
    const char *argv[] = {settings.count_program, "compare", "-",         "--json", "--seed",
                          buf_str(&hex),          "--rules", file->rules, NULL};
    bool good = !pb.overflowed && program_run(argv, &pb, &out, seconds, -1);
    json_t *said = good ? json_loads(buf_str(&out), 0, &error) : NULL;
    if (good && said == NULL)
        log_bug("a comparison of rules cannot be read");
    buf_free(&hex);
    buf_free(&out);
    buf_free(&pb);
    return said;
}

static const char *method_title(struct request *r, const char *method)
{
    const char *completion = round_completion_of(method);
    if (completion == NULL || strcmp(completion, "add1u") == 0)
        return round_method_words(method);
    char *left = arena_strdup(&r->arena, round_completion_words(completion));
    left[0] = (char)tolower((unsigned char)left[0]);
    return arena_fmt(&r->arena, "%s; money that is left: %s", round_method_words(method), left);
}

static int split(struct request *r, const char *words, const char *method[METHODS_MAX])
{
    char *rest = arena_strdup(&r->arena, words), *save = NULL;
    int n = 0;
    for (char *word = strtok_r(rest, " ", &save); word != NULL && n < METHODS_MAX;
         word = strtok_r(NULL, " ", &save))
        method[n++] = word;
    return n;
}

static bool wins(const json_t *outcome, const char *id)
{
    size_t i;
    json_t *winner;
    json_array_foreach(json_object_get(outcome, "winners"), i, winner)
    {
        if (strcmp(json_string_value(winner), id) == 0)
            return true;
    }
    return false;
}

/* Heads of a table: "Proposal" and each way of counting; returns how many. */
static int heads(struct request *r, const struct practice_file *file,
                 const char *head[1 + METHODS_MAX])
{
    const char *method[METHODS_MAX];
    int n = split(r, file->methods, method);
    head[0] = "Proposal";
    for (int i = 0; i < n; i++)
        head[1 + i] = method_title(r, method[i]);
    return 1 + n;
}

/* What a way of counting spends, said in pounds ("1234.50"). */
static const char *spent(struct request *r, const json_t *outcome)
{
    int64_t pence = 0;
    const char *pounds = json_string_value(json_object_get(outcome, "cost"));
    if (pounds == NULL || !typed_money_or_none(pounds, &pence))
        return "";
    return kit_money(&r->arena, pence);
}

static void pot_table(struct html *h, struct request *r, const struct desk_round *round,
                      const struct practice_file *file, int32_t ordinal, const json_t *said)
{
    const json_t *outcomes = json_object_get(said, "outcomes");
    const char *head[1 + METHODS_MAX];
    struct desk_table table = {
        .h = h, .name = file->pot_name, .caption = true, .heads = head, .n = heads(r, file, head)};
    table_begin(&table);
    for (int i = 0; i < round->proposals; i++) {
        const struct desk_proposal *p = &round->proposal[i];
        if (!p->published || p->pot != ordinal)
            continue;
        const char *id = arena_fmt(&r->arena, "%04d", p->number);
        table_row_head(&table, arena_fmt(&r->arena, "%s %s", id, p->title));
        for (size_t k = 0; k < json_array_size(outcomes); k++)
            table_cell(&table, wins(json_array_get(outcomes, k), id) ? "Funded" : "–");
        table_row_end(&table);
    }
    table_row_head(&table, "Money spent");
    for (size_t k = 0; k < json_array_size(outcomes); k++)
        table_cell(&table, spent(r, json_array_get(outcomes, k)));
    table_row_end(&table);
    table_row_head(&table, "Voters who get nothing");
    for (size_t k = 0; k < json_array_size(outcomes); k++)
        table_cell(&table, arena_fmt(&r->arena, "%lld",
                                     (long long)json_integer_value(json_object_get(
                                         json_array_get(outcomes, k), "voters_with_nothing"))));
    table_row_end(&table);
    table_end(&table);
}

enum handled page_compare(struct request *r, struct db *db)
{
    struct practice_files files;
    struct desk_page p;
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL ||
        page_failed(r, practice_files(db, &r->arena, r->officer.officer, round->slug, &files)))
        return HANDLED;
    if (files.n == 0) {
        const char *why = desk_is_practice(&round->terms) ? "not_counted" : "practice";
        desk_round_show(r, round, desk_refusal(r, why, ""), 409);
        return HANDLED;
    }
    desk_begin(&p, r, "Ways of counting compared",
               arena_fmt(&r->arena, "/desk/rounds/%s/result", round->slug), round->title, NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Ways of counting compared</h1>\n"
                   "<p class=\"govuk-body\">The same made-up ballots, counted in every way that "
                   "ballots of this kind can be.</p>\n");
    bool good = true;
    for (int i = 0; i < files.n && good; i++) {
        json_t *said = compare(&files.file[i], COMPARE_SECONDS / files.n);
        good = said != NULL;
        if (good)
            pot_table(&p.h, r, round, &files.file[i], i + 1, said);
        json_decref(said);
    }
    if (!good)
        html_raw(&p.h, "<p class=\"govuk-body\">The counting program did not come back with a "
                       "comparison.</p>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}
