/* store_results.c: asks for results and reads what wardmote-count wrote. */
#include <jansson.h>

#include "common/log.h"

#include "server/store_kit.h"
#include "server/store_results.h"

enum { TAKERS_SHOWN = 5 };

bool pounds_read(const char *text, int64_t *pence)
{
    char whole[17], part[3] = "00";
    uint64_t pounds, rest;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits >= sizeof whole)
        return false;
    memcpy(whole, text, digits);
    whole[digits] = '\0';
    if (text[digits] == '.') {
        size_t decimals = strlen(text + digits + 1);
        if (decimals == 0 || decimals > 2)
            return false;
        memcpy(part, text + digits + 1, decimals);
    } else if (text[digits] != '\0') {
        return false;
    }
    if (!parse_uint(whole, INT64_MAX / 1000, &pounds) || !parse_uint(part, 99, &rest))
        return false;
    *pence = (int64_t)(pounds * 100 + rest);
    return true;
}

static const char *text_of(struct arena *a, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return arena_strdup(a, text != NULL ? text : "");
}

static int64_t number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static bool money_of(const json_t *object, const char *key, int64_t *out)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && pounds_read(text, out);
}

/* "98.3", or NULL: -1. */
static int64_t tenths_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    int64_t hundredths;
    return text != NULL && pounds_read(text, &hundredths) ? hundredths / 10 : -1;
}

static int32_t id_of(const json_t *value)
{
    uint64_t number;
    const char *id = json_string_value(value);
    return id != NULL && parse_uint(id, 9999, &number) ? (int32_t)number : 0;
}

static const char *takers_of(struct arena *a, const json_t *list)
{
    struct buf words = buf_new(4096);
    for (size_t i = 0; i < json_array_size(list) && i < TAKERS_SHOWN; i++)
        buf_fmt(&words, "%s%04d", i > 0 ? ", " : "",
                (int)id_of(json_object_get(json_array_get(list, i), "id")));
    const char *kept = arena_strdup(a, buf_str(&words));
    buf_free(&words);
    return kept;
}

static void read_reason(struct arena *a, const json_t *from, struct result_proposal *out)
{
    out->reason_text = text_of(a, from, "reason_text");
    out->reason = text_of(a, from, "reason");
    out->plain_votes = number_of(from, "votes");
    if (!money_of(from, "left_when_reached", &out->left))
        out->left = -1;
    out->support = tenths_of(from, "effective_support");
    out->step = (int32_t)number_of(from, "step");
    out->excluded_by = id_of(json_object_get(from, "excluded_by"));
    out->takers = takers_of(a, json_object_get(from, "money_went_to"));
}

static bool read_proposal(struct arena *a, const json_t *from, struct result_proposal *out)
{
    uint64_t number;
    const char *id = json_string_value(json_object_get(from, "id"));
    if (id == NULL || !parse_uint(id, 9999, &number) || !money_of(from, "cost", &out->cost))
        return false;
    out->number = (int32_t)number;
    out->name = text_of(a, from, "name");
    read_reason(a, from, out);
    out->points = json_object_get(from, "score") != NULL;
    out->votes = number_of(from, out->points ? "score" : "votes");
    out->selected = json_is_true(json_object_get(from, "selected"));
    return true;
}

static bool read_proposals(struct arena *a, const json_t *list, struct result_part *out)
{
    size_t n = json_array_size(list);
    out->proposal = arena_alloc(a, n * sizeof *out->proposal);
    for (size_t i = 0; i < n; i++) {
        if (!read_proposal(a, json_array_get(list, i), &out->proposal[i]))
            return false;
        out->n_winners += out->proposal[i].selected;
    }
    out->n_proposals = (int)n;
    return true;
}

static const char *join_numbers(struct arena *a, const json_t *ids)
{
    struct buf words = buf_new(4096);
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        buf_fmt(&words, "%s%s", i > 0 ? ", " : "", id != NULL ? id : "");
    }
    const char *kept = arena_strdup(a, buf_str(&words));
    buf_free(&words);
    return kept;
}

static void read_ties(struct arena *a, const json_t *list, struct result_part *out)
{
    size_t n = json_array_size(list);
    out->tie = arena_alloc(a, n * sizeof *out->tie);
    for (size_t i = 0; i < n; i++) {
        const json_t *from = json_array_get(list, i);
        if (!json_is_true(json_object_get(from, "decisive")))
            continue;
        out->tie[out->n_ties++] = (struct result_tie){
            .points = json_object_get(from, "score") != NULL,
            .votes = number_of(from, json_object_get(from, "score") != NULL ? "score" : "votes"),
            .broken_by = text_of(a, from, "broken_by"),
            .numbers = join_numbers(a, json_object_get(from, "proposals"))};
    }
}

static void read_voters(struct arena *a, const json_t *list, struct result_part *out)
{
    size_t n = json_array_size(list);
    out->voters_by_winners = arena_alloc(a, n * sizeof *out->voters_by_winners);
    for (size_t i = 0; i < n; i++)
        out->voters_by_winners[i] = json_integer_value(json_array_get(list, i));
    out->n_voters_by_winners = (int)n;
}

/* Facts are numbers as text; -1: it is not there. */
static int64_t fact_of(const json_t *facts, const char *key)
{
    const char *text = json_string_value(json_object_get(facts, key));
    uint64_t n;
    return text != NULL && parse_uint(text, INT32_MAX, &n) ? (int64_t)n : -1;
}

/* By what the reasons go. */
static void read_rule(struct arena *a, const json_t *from, struct result_part *out)
{
    const json_t *parameters = json_object_get(from, "parameters");
    const json_t *facts = json_object_get(from, "details");
    out->rule_text = text_of(a, from, "rule_text");
    out->minimum_votes = number_of(parameters, "minimum_votes");
    out->minimum_share = text_of(a, parameters, "minimum_share");
    out->maximum_cost = text_of(a, parameters, "maximum_cost");
    out->by_shares = (int32_t)fact_of(facts, "by_equal_shares");
    out->by_votes_alone = fact_of(facts, "voters_preferring_greedy") >
                          fact_of(facts, "voters_preferring_equal_shares");
}

static bool read_outcome(struct arena *a, const json_t *from, struct result_part *out)
{
    read_rule(a, from, out);
    out->votes = number_of(from, "num_votes");
    if (json_object_get(from, "adopted") != NULL) {
        out->adopted = json_is_true(json_object_get(from, "adopted"));
        out->yes = number_of(from, "yes");
        out->no = number_of(from, "no");
        out->reason = text_of(a, from, "reason");
        out->reason_text = text_of(a, from, "reason_text");
        return true;
    }
    read_voters(a, json_object_get(from, "voters_by_winners"), out);
    read_ties(a, json_object_get(from, "ties"), out);
    return money_of(from, "budget", &out->budget) && money_of(from, "cost", &out->cost) &&
           money_of(from, "left", &out->left) &&
           read_proposals(a, json_object_get(from, "proposals"), out);
}

static bool read_part(struct arena *a, const struct db_rows *rows, int i, struct result_part *out)
{
    json_error_t error;
    json_t *outcome = json_loads(db_text(rows, i, 3), 0, &error);
    *out = (struct result_part){.ordinal = db_int4(rows, i, 0),
                                .pot_name = store_text(a, rows, i, 1),
                                .reason_text = "",
                                .reason = ""};
    store_sha256(rows, i, 4, out->pb_sha256);
    bool good = outcome != NULL && read_outcome(a, outcome, out);
    json_decref(outcome);
    if (!good)
        log_bug("a result's part %d cannot be read", (int)out->ordinal);
    return good;
}

bool result_read(struct arena *a, const struct db_rows *figures, const struct db_rows *parts,
                 struct result_view *out)
{
    *out = (struct result_view){.counted_at = db_time(figures, 0, 1),
                                .published_at = db_time(figures, 0, 2),
                                .ballots = db_int4(figures, 0, 4),
                                .web = db_int4(figures, 0, 5),
                                .texts = db_int4(figures, 0, 6),
                                .paper = db_int4(figures, 0, 7),
                                .withdrawn = db_int4(figures, 0, 8),
                                .replaced = db_int4(figures, 0, 9),
                                .eligible = db_int4(figures, 0, 10),
                                .assisted = db_int4(figures, 0, 11),
                                .correction = "",
                                .replaced_at = DB_NO_TIME,
                                .replaced_why = "",
                                .voided = db_int4(figures, 0, 12)};
    store_sha256(figures, 0, 3, out->seed);
    out->n_parts = db_count(parts);
    out->part = arena_alloc(a, (size_t)out->n_parts * sizeof *out->part);
    for (int i = 0; i < out->n_parts; i++) {
        if (!read_part(a, parts, i, &out->part[i]))
            return false;
    }
    return true;
}

/* What only a published result has. */
static void read_standing(struct arena *a, const struct db_rows *figures, struct result_view *out)
{
    out->final_at = db_time(figures, 0, 13);
    out->provisional = db_bool(figures, 0, 14);
    out->version = db_int4(figures, 0, 15);
    out->correction = store_text(a, figures, 0, 16);
    out->before = db_int4(figures, 0, 17);
    out->replaced_at = db_time(figures, 0, 18);
    out->replaced_why = store_text(a, figures, 0, 19);
}

enum db_outcome result_load(struct db *db, struct arena *a, const struct round_view *round,
                            int32_t version, struct result_view *out, bool *found)
{
    DB_STATEMENT(result_public, "select * from api.result_public($1, $2)");
    DB_STATEMENT(result_parts_public, "select * from api.result_parts_public($1, $2)");
    struct db_params p = db_params_new(), q = db_params_new();
    struct db_rows *figures = NULL, *parts = NULL;
    *found = false;
    db_put_text(&p, round->slug);
    db_put_int4(&p, version);
    enum db_outcome outcome = db_run(db, &result_public, &p, &figures);
    if (outcome == DB_OK && db_count(figures) == 1) {
        db_put_int4(&q, round->id);
        db_put_int4(&q, db_int4(figures, 0, 15));
        outcome = db_run(db, &result_parts_public, &q, &parts);
        if (outcome == DB_OK) {
            *found = result_read(a, figures, parts, out);
            read_standing(a, figures, out);
            outcome = *found ? DB_OK : DB_REFUSED;
        }
    }
    db_rows_free(figures);
    db_rows_free(parts);
    db_params_free(&p);
    db_params_free(&q);
    return outcome;
}

static const char *const text_parts[RESULT_TEXTS] = {
    "ballots",        "elsewhere",      "confirmations", "unconfirmed",     "refused_code",
    "refused_number", "refused_limits", "refused_area",  "refused_unclear", "refused_other",
    "late",           "queries",        "duplicates",    "unread"};

static int64_t *text_account_of(struct result_accounts *a, const char *part)
{
    int i = 0;
    while (i < RESULT_TEXTS && strcmp(text_parts[i], part) != 0)
        i++;
    MUST(i < RESULT_TEXTS);
    return &a->texts[i];
}

static int64_t *account_of(struct result_accounts *a, const struct db_rows *rows, int i)
{
    const char *part = db_text(rows, i, 2);
    int32_t channel = db_int4(rows, i, 1);
    MUST(channel >= 0 && channel < RESULT_CHANNELS);
    if (strcmp(db_text(rows, i, 0), "texts") == 0)
        return text_account_of(a, part);
    if (strcmp(db_text(rows, i, 0), "codes") == 0)
        return strcmp(part, "used") == 0     ? &a->codes_used
               : strcmp(part, "unused") == 0 ? &a->codes_unused
                                             : &a->codes_voided;
    if (strcmp(part, "counted") == 0)
        return &a->ballots[channel].counted;
    if (strcmp(part, "replaced") == 0)
        return &a->ballots[channel].replaced;
    return strcmp(part, "withdrawn") == 0 ? &a->ballots[channel].withdrawn
                                          : &a->ballots[channel].voided;
}

enum db_outcome result_accounts_load(struct db *db, const char *slug, int32_t version,
                                     struct result_accounts *out)
{
    DB_STATEMENT(result_accounts, "select account, channel, part, n"
                                  " from api.result_accounts_public($1, $2)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct result_accounts){0};
    db_put_text(&p, slug);
    db_put_int4(&p, version);
    enum db_outcome outcome = db_run(db, &result_accounts, &p, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++)
        *account_of(out, rows, i) = db_int8(rows, i, 3);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome result_file_load(struct db *db, const char *slug, int32_t version, int32_t ordinal,
                                 const char *kind, struct buf *out, bool *found)
{
    DB_STATEMENT(result_file_public, "select * from api.result_file_public($1, $2, $3, $4)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *found = false;
    db_put_text(&p, slug);
    db_put_int4(&p, version);
    db_put_int4(&p, ordinal);
    db_put_text(&p, kind);
    enum db_outcome outcome = db_run(db, &result_file_public, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        buf_str_add(out, db_text(rows, 0, 0));
        *found = true;
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
