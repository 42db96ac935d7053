/* demo.c: the demonstration: York's data, officers, codes, frozen rounds, a counted one. */
#include "server/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <jansson.h>
#include <unistd.h>

#include "common/damm.h"
#include "common/log.h"
#include "common/secret.h"
#include "server/count_round.h"
#include "server/demo_world.h"
#include "server/program.h"
#include "server/settings.h"
#include "server/store_count_job.h"
#include "server/store_desk_count.h"
#include "server/store_desk_states.h"

enum {
    ARENA_MAX = 64 << 20,
    FILES_MAX = 30,
    PSQL_SECONDS = 60,
    SEED_LEN = 20,
    CODES_FIRST = 40,  /* on the demo page, in the ward that comes first; */
    CODES_OTHER = 20,  /* in every other with a round open now */
    SILENT_OPEN = 160, /* voters whose codes nobody sees, who cast the demo's ballots */
    SILENT_CLOSED = 900
};

uint32_t demo_roll(struct demo_world *w, uint32_t n)
{
    /* SplitMix64 (Steele, Lea, Flood 2014): the demo's votes are the same every time. */
    uint64_t z = w->dice += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (uint32_t)((z ^ (z >> 31)) % n);
}

static bool fine(enum db_outcome outcome, const char *what)
{
    if (outcome != DB_OK)
        log_warn("the demo could not be loaded: %s", what);
    return outcome == DB_OK;
}

static const char *superuser(void)
{
    const char *role = getenv("WARDMOTE_DEMO_ROLE");
    return role != NULL && *role != '\0' ? role : "postgres";
}

/* --- places and rounds, from SQL files ---------------------------------------------------- */
DB_STATEMENT(demo_state, "select (select count(*) from wardmote.neighbourhood),"
                         " (select count(*) from wardmote.officer)");

/* Runs the files in one transaction, in the order of their names. */
static bool run_files(struct demo_world *w, const char *dir)
{
    glob_t found;
    const char *argv[8 + 2 * FILES_MAX] = {
        "psql", "-X",
        "-q",   "-1",
        "-v",   "ON_ERROR_STOP=1",
        "-d",   arena_fmt(&w->arena, "%s user=%s", settings.database, superuser())};
    int n = 8;
    int problem = glob(arena_fmt(&w->arena, "%s/*.sql", dir), 0, NULL, &found);
    for (size_t i = 0; problem == 0 && i < found.gl_pathc && i < FILES_MAX - 1; i++) {
        argv[n++] = "-f";
        argv[n++] = found.gl_pathv[i];
    }
    bool ok = problem == 0 && program_run(argv, NULL, NULL, PSQL_SECONDS, -1);
    if (problem != 0)
        log_warn("%s holds no SQL files", dir);
    globfree(&found);
    return ok;
}

static bool places(struct demo_world *w, const char *dir)
{
    struct db_rows *rows = NULL;
    if (!fine(db_run(w->db, &demo_state, NULL, &rows), "the database cannot be read"))
        return false;
    bool empty = db_int8(rows, 0, 0) == 0;
    bool officers = db_int8(rows, 0, 1) > 0;
    db_rows_free(rows);
    if (officers)
        log_warn("the demo is loaded into an empty database only: this one has officers");
    return !officers && (!empty || run_files(w, dir));
}

/* --- officers ----------------------------------------------------------------------------- */
static const struct {
    const char *name, *email, *password, *role, *areas[3];
} people[] = {
    {"Ada Marsh",
     "ada@york.example",
     "twenty-one wards, one wall",
     "administrator",
     {"york", NULL, NULL}},
    {"Tom Ings", "tom@york.example", "westfield keeps its swings", NULL, {"westfield", NULL, NULL}},
    {"Mina Holt",
     "mina@york.example",
     "benches by the river ouse",
     NULL,
     {"holgate", "micklegate", NULL}},
    {"Sam Clifton",
     "sam@york.example",
     "two keys for every gate",
     "sms_operator",
     {"york", NULL, NULL}},
};

DB_STATEMENT(demo_officer, "insert into wardmote.officer (email, name, password_hash, totp_sealed)"
                           " values ($1, $2, $3, $4) returning id");
DB_STATEMENT(demo_officer_area, "insert into wardmote.officer_area (officer_id, neighbourhood_id)"
                                " select $1, n.id from wardmote.neighbourhood n where n.slug = $2"
                                " returning (select m.name from wardmote.neighbourhood m"
                                "            where m.id = neighbourhood_id)");

static enum db_outcome give_area(struct demo_world *w, int32_t officer, const char *slug,
                                 json_t *areas)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(w->db, &demo_officer_area, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1)
        json_array_append_new(areas, json_string(db_text(rows, 0, 0)));
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(demo_officer_role, "insert into wardmote.officer_role (officer_id, role)"
                                " values ($1, $2)");

static enum db_outcome give_role(struct demo_world *w, int32_t officer, const char *role)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, role);
    enum db_outcome outcome = role != NULL ? db_run(w->db, &demo_officer_role, &p, NULL) : DB_OK;
    db_params_free(&p);
    return outcome;
}

static enum db_outcome make_officer(struct demo_world *w, size_t i, json_t *out)
{
    uint8_t seed[SEED_LEN], sealed[SEED_LEN + SECRET_SEAL_EXTRA];
    char hash[128], base32[33];
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    json_t *areas = json_array();
    secret_random(seed, sizeof seed);
    secret_base32(seed, base32);
    secret_password_hash(people[i].password, hash);
    size_t len = secret_seal("officer.totp", seed, sizeof seed, sealed);
    db_put_text(&p, people[i].email);
    db_put_text(&p, people[i].name);
    db_put_text(&p, hash);
    db_put_bytes(&p, sealed, len);
    enum db_outcome outcome = db_run(w->db, &demo_officer, &p, &rows);
    int32_t officer = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    if (i == 0)
        w->officer = officer;
    w->second = officer; /* the last */
    for (int k = 0; outcome == DB_OK && people[i].areas[k] != NULL; k++)
        outcome = give_area(w, officer, people[i].areas[k], areas);
    if (outcome == DB_OK)
        outcome = give_role(w, officer, people[i].role);
    json_array_append_new(out, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", people[i].name,
                                         "email", people[i].email, "password", people[i].password,
                                         "totp_seed_base32", base32, "areas", areas));
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- codes -------------------------------------------------------------------------------- */
/* New codes for an area; those with `shown` get an address and go into the list. */
static enum db_outcome make_codes(struct demo_world *w, const char *slug, const char *name, int n,
                                  bool shown, json_t *out)
{
    uint8_t(*lookups)[32] = arena_alloc(&w->arena, sizeof *lookups * (size_t)n);
    const char **addresses = arena_alloc(&w->arena, sizeof *addresses * (size_t)n);
    char(*codes)[CODE_DIGITS + 1] = arena_alloc(&w->arena, sizeof *codes * (size_t)n);
    const char **serials = NULL;
    for (int i = 0; i < n; i++) {
        code_make(codes[i]);
        code_lookup(codes[i], lookups[i]);
        addresses[i] = shown ? arena_fmt(&w->arena, "%d Demo Street, %s", i + 1, name) : "";
    }
    enum db_outcome outcome = desk_codes_issue(
        w->db, &w->arena, w->officer, slug, (const uint8_t(*)[32])lookups, addresses, n, &serials);
    for (int i = 0; shown && serials != NULL && i < n; i++)
        json_array_append_new(out, json_pack("{s:s, s:s, s:s}", "code", codes[i], "area", name,
                                             "serial", serials[i]));
    return outcome;
}

/* Wards with a round that has begun. Westfield comes first: the pages' examples are from there. */
DB_STATEMENT(demo_wards, "select n.slug, n.name, bool_or(r.closes_at > clock_timestamp())"
                         " from wardmote.round r"
                         " join wardmote.neighbourhood n on n.id = r.neighbourhood_id"
                         " where n.kind = 'ward' and r.opens_at < clock_timestamp()"
                         " group by n.id order by n.slug <> 'westfield', n.slug");

static enum db_outcome all_codes(struct demo_world *w, json_t *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(w->db, &demo_wards, NULL, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        const char *slug = arena_strdup(&w->arena, db_text(rows, i, 0));
        const char *name = arena_strdup(&w->arena, db_text(rows, i, 1));
        bool open = db_bool(rows, i, 2);
        if (open)
            outcome = make_codes(w, slug, name, i == 0 ? CODES_FIRST : CODES_OTHER, true, out);
        if (outcome == DB_OK)
            outcome = make_codes(w, slug, name, open ? SILENT_OPEN : SILENT_CLOSED, false, out);
    }
    db_rows_free(rows);
    return outcome;
}

/* --- rounds ------------------------------------------------------------------------------- */
DB_STATEMENT(demo_drafts, "select id from wardmote.round where state = 'draft'"
                          " and opens_at is not null and slug not like 'holgate%' order by id");
DB_STATEMENT(demo_freeze, "select from api.round_freeze($1, $2, $3, $4, $5, $6, $7)");

static enum db_outcome freeze_all(struct demo_world *w)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(w->db, &demo_drafts, NULL, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        struct db_params p = db_params_new();
        struct round_secrets secrets;
        round_secrets_make(&secrets);
        db_put_int4(&p, db_int4(rows, i, 0));
        round_secrets_put(&p, &secrets);
        outcome = db_run(w->db, &demo_freeze, &p, NULL);
        db_params_free(&p);
    }
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(demo_over, "select slug from wardmote.round where state = 'scheduled'"
                        " and closes_at + grace <= clock_timestamp() order by slug");

/* Counted and published by the very code that officers' buttons call. */
static enum db_outcome count_all(struct demo_world *w)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(w->db, &demo_over, NULL, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        const char *slug = arena_strdup(&w->arena, db_text(rows, i, 0));
        const char *result = "", *detail;
        bool counted = false;
        outcome = count_ask(w->db, &w->arena, w->officer, slug, &result);
        if (outcome == DB_OK && strcmp(result, "asked") == 0)
            outcome = count_next(w->db, -1, &counted);
        if (outcome == DB_OK && counted)
            outcome = desk_step_take(w->db, &w->arena, w->officer, slug, STEP_SUBMIT_RESULT,
                                     &result, &detail);
        if (outcome == DB_OK && strcmp(result, "result_review") == 0)
            outcome = desk_publish(w->db, &w->arena, w->second, slug, NULL, &result);
        if (outcome == DB_OK && strcmp(result, "published") != 0) {
            log_warn("%s was not counted: %s", slug, result);
            outcome = DB_REFUSED;
        }
    }
    db_rows_free(rows);
    return outcome;
}

/* --- texts to try ------------------------------------------------------------------------- */
/* Two that fit the pot together, the two dearest, and the question, of the first ward. */
DB_STATEMENT(demo_numbers,
             "with r as (select r.id, r.kind from wardmote.round r"
             "           join wardmote.neighbourhood n on n.id = r.neighbourhood_id"
             "           where n.slug = 'westfield' and r.opens_at < clock_timestamp()"
             "             and r.closes_at > clock_timestamp()),"
             " p as (select to_char(p.number, 'FM0000') as number, p.cost, r.kind"
             "       from wardmote.proposal p join r on r.id = p.round_id"
             "       where p.state = 'published')"
             " select coalesce((select string_agg(c.number, ' ') from (select number from p"
             "                  where kind <> 'yes_no' order by cost limit 2) c), ''),"
             "        coalesce((select string_agg(d.number, ' ') from (select number from p"
             "                  where kind <> 'yes_no' order by cost desc limit 6) d), ''),"
             "        coalesce((select number from p where kind = 'yes_no' limit 1), '')");

static void suggest(json_t *out, const json_t *codes, size_t i, const char *verb,
                    const char *numbers)
{
    char shown[17];
    const char *code = json_string_value(json_object_get(json_array_get(codes, i), "code"));
    if (code == NULL || *numbers == '\0')
        return;
    code_show(code, shown);
    json_array_append_new(out,
                          json_sprintf("%s%s %s %s", settings.sms_prefix, verb, shown, numbers));
}

static enum db_outcome suggestions(struct demo_world *w, const json_t *codes, json_t *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(w->db, &demo_numbers, NULL, &rows);
    if (outcome == DB_OK) {
        suggest(out, codes, 0, "VOTE", db_text(rows, 0, 0));
        suggest(out, codes, 1, "vote", db_text(rows, 0, 1));
        suggest(out, codes, 0, "YES", db_text(rows, 0, 2));
        json_array_append_new(out, json_sprintf("%sHELP", settings.sms_prefix));
    }
    db_rows_free(rows);
    return outcome;
}

/* --- all of it ---------------------------------------------------------------------------- */
static bool write_json(const char *path, const json_t *root)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && json_dumpfd(root, fd, JSON_INDENT(1)) == 0;
    if (fd >= 0 && close(fd) != 0)
        ok = false;
    if (!ok)
        log_warn("%s cannot be written: %s", path, strerrordesc_np(errno));
    return ok;
}

static bool write_all(struct demo_world *w, const char *path, json_t *root)
{
    const char *slash = strrchr(path, '/');
    int dir = slash != NULL ? (int)(slash - path + 1) : 0;
    const char *phone = getenv("WARDMOTE_DEMO_PHONE_URL");
    if (phone != NULL)
        json_object_set_new(root, "phone_url", json_string(phone));
    return write_json(path, root) &&
           write_json(arena_fmt(&w->arena, "%.*sphone-suggestions.json", dir, path),
                      json_object_get(root, "suggestions"));
}

/* What takes officers and results to be there, where there is any of it. */
static bool afterwards(struct demo_world *w, const char *dir)
{
    const char *after = arena_fmt(&w->arena, "%s/after", dir);
    return access(after, F_OK) != 0 || run_files(w, after);
}

static bool load(struct demo_world *w, const char *dir, json_t *root)
{
    json_t *codes = json_object_get(root, "codes");
    json_t *officers = json_object_get(root, "officers");
    bool ok = places(w, dir);
    for (size_t i = 0; ok && i < sizeof people / sizeof *people; i++)
        ok = fine(make_officer(w, i, officers), "officers");
    return ok && fine(all_codes(w, codes), "voting codes") &&
           fine(freeze_all(w), "rounds cannot be frozen") && fine(demo_ballots(w), "ballots") &&
           fine(count_all(w), "a round cannot be counted") && afterwards(w, dir) &&
           fine(suggestions(w, codes, json_object_get(root, "suggestions")), "suggestions");
}

int demo_load(const char *dir, const char *out_json)
{
    struct demo_world w = {.db = db_new(settings.database, superuser(), "demo"),
                           .arena = arena_new(ARENA_MAX),
                           .dice = 1212};
    json_t *root = json_pack("{s:[], s:[], s:[]}", "codes", "officers", "suggestions");
    bool ok = fine(db_open(w.db), "the database cannot be reached as a superuser") &&
              load(&w, dir, root) && write_all(&w, out_json, root);
    json_decref(root);
    arena_free(&w.arena);
    db_free(w.db);
    return ok ? 0 : 1;
}
