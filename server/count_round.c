/* count_round.c: exports a round, has wardmote-count count it, keeps the result. */
#include "server/count_round.h"

#include <jansson.h>
#include <poll.h>

#include "common/digest.h"
#include "common/log.h"
#include "server/program.h"
#include "server/settings.h"
#include "server/store_desk_count.h"

enum {
    COUNT_SECONDS = 300,
    OUTPUT_MAX = 64 << 20,
    SEED_HEX = 65,
    SETTINGS_MAX = 400,
    ARGS_MAX = 40,
    ARENA_MAX = 64 << 20 /* a round's words; ballots and files are outside */
};

/* --- one part ----------------------------------------------------------------------------- */
/* The rule and its settings as they were frozen, "key=value key=value", as options of the program,
 * whose texts go into `words`. False: they are not written so, or there are too many: a bug. */
static bool add_rule(const struct pb_round *round, char words[SETTINGS_MAX], const char **argv,
                     int n)
{
    size_t used = 0;
    argv[n++] = "--rule";
    argv[n++] = round->rule;
    for (const char *at = round->settings; *at != '\0';) {
        size_t key = strcspn(at, "= "), len = strcspn(at, " ");
        if (at[key] != '=' || n + 2 >= ARGS_MAX || used + len + 4 > SETTINGS_MAX)
            return false;
        argv[n++] = words + used;
        snprintf(words + used, key + 3, "--%s", at);
        used += key + 3;
        argv[n++] = words + used;
        snprintf(words + used, len - key, "%s", at + key + 1);
        used += len - key;
        at += len + (at[len] == ' ');
    }
    return true;
}

/* What a count is done with. */
struct work {
    struct db *db;
    struct arena *arena;
    const struct count_job *job;
    int cancel_fd;
    int part, parts;      /* the one at hand, from 1 */
    enum db_outcome said; /* what the database answered last */
};

/* Says how far it is. False: another worker has the job by now, or the database is away. */
static bool say(struct work *w, const char *step)
{
    bool mine;
    w->said = count_step(w->db, w->job, step, w->part, w->parts, &mine);
    return w->said == DB_OK && mine;
}

static bool tally(const struct work *w, const struct count_input *in, const struct buf *pb,
                  const char *format, struct buf *output)
{
    char words[SETTINGS_MAX];
    struct buf hex = buf_new(SEED_HEX);
    buf_hex(&hex, in->seed, sizeof in->seed);
    const char *argv[ARGS_MAX] = {settings.count_program, "tally", "-", format, "--seed",
                                  buf_str(&hex)};
    bool known = add_rule(&in->round, words, argv, 6);
    if (!known)
        log_bug("the frozen rule of a round cannot be handed to wardmote-count");
    bool counted = known && program_run(argv, pb, output, COUNT_SECONDS, w->cancel_fd);
    buf_free(&hex);
    return counted;
}

/* Whether the program counted this very file and every ballot of it. */
static bool check(const char *outcome, const struct buf *pb, size_t votes)
{
    uint8_t digest[DIGEST_LEN];
    struct buf hex = buf_new((size_t)2 * DIGEST_LEN);
    json_error_t error;
    json_t *root = json_loads(outcome, 0, &error);
    const char *format = json_string_value(json_object_get(root, "format"));
    const char *file = json_string_value(json_object_get(root, "file_sha256"));
    digest_sha256(pb->data, pb->len, digest);
    buf_hex(&hex, digest, sizeof digest);
    bool ok = format != NULL && strcmp(format, "wardmote-result/1") == 0 && file != NULL &&
              strcmp(file, buf_str(&hex)) == 0 &&
              json_integer_value(json_object_get(root, "num_votes")) == (json_int_t)votes;
    if (!ok)
        log_bug("the count came back for another file, or with other ballots");
    json_decref(root);
    buf_free(&hex);
    return ok;
}

/* One part's three texts; the caller frees them. */
struct texts {
    struct buf pb, outcome, log;
};

static bool count_part_of(struct work *w, const struct count_input *in, const struct pb_pot *pot,
                          struct texts *texts)
{
    *texts = (struct texts){buf_new(PB_MAX), buf_new(OUTPUT_MAX), buf_new(OUTPUT_MAX)};
    size_t votes = export_pb(&texts->pb, &in->round, pot);
    if (texts->pb.overflowed) {
        log_bug("the exported vote is too big");
        return false;
    }
    return say(w, "counting") && tally(w, in, &texts->pb, "--json", &texts->outcome) &&
           check(buf_str(&texts->outcome), &texts->pb, votes) && say(w, "explaining") &&
           tally(w, in, &texts->pb, "--explain", &texts->log);
}

/* What the count left over, in pence: "left" is written like "123.45". */
static bool left_of(const struct texts *texts, int64_t *pence)
{
    json_error_t error;
    json_t *root = json_loads(buf_str(&texts->outcome), 0, &error);
    const char *text = json_string_value(json_object_get(root, "left"));
    int64_t pounds = 0, rest = 0;
    char digits[20];
    const char *point = text != NULL ? strchr(text, '.') : NULL;
    bool ok = point != NULL && strlen(point) == 3 && point - text < 16;
    if (ok) {
        snprintf(digits, sizeof digits, "%.*s", (int)(point - text), text);
        ok = parse_int(digits, 0, INT64_C(10000000000), &pounds) &&
             parse_int(point + 1, 0, 99, &rest);
    }
    if (!ok)
        log_bug("the count does not say what is left");
    *pence = pounds * 100 + rest;
    json_decref(root);
    return ok;
}

/* --- the round ---------------------------------------------------------------------------- */
static enum db_outcome count_and_store(struct work *w, struct count_input *in, const char **result)
{
    int n = in->round.kind == PB_YES_NO ? 1 : in->round.pots;
    struct texts *texts = arena_alloc(w->arena, sizeof *texts * (size_t)n);
    struct count_part *parts = arena_alloc(w->arena, sizeof *parts * (size_t)n);
    bool ok = true;
    int64_t left = 0; /* pence, in the pot before */
    in->round.unit = settings.name;
    w->parts = n;
    for (int i = 0; ok && i < n; i++) {
        struct pb_pot pot_here =
            in->round.kind != PB_YES_NO ? in->round.pot[i] : (struct pb_pot){0};
        const struct pb_pot *pot = in->round.kind != PB_YES_NO ? &pot_here : NULL;
        pot_here.carried = in->round.carry ? left : 0;
        w->part = i + 1;
        ok = count_part_of(w, in, pot, &texts[i]) && (pot == NULL || left_of(&texts[i], &left));
        parts[i] = (struct count_part){pot != NULL ? pot->ordinal : 0, buf_str(&texts[i].pb),
                                       buf_str(&texts[i].outcome), buf_str(&texts[i].log)};
    }
    *result = "count_failed";
    if (ok && say(w, "keeping"))
        w->said = count_store(w->db, w->arena, w->job, in, parts, n, result);
    for (int i = 0; i < n; i++) {
        buf_free(&texts[i].pb);
        buf_free(&texts[i].outcome);
        buf_free(&texts[i].log);
    }
    return w->said;
}

static enum db_outcome count_round(struct work *w, const char **result)
{
    struct count_input in;
    enum db_outcome outcome = count_read(w->db, w->arena, w->job->officer, w->job->slug, &in);
    *result = in.result;
    if (outcome == DB_OK && strcmp(in.result, "ready") == 0)
        outcome = count_and_store(w, &in, result);
    if (outcome == DB_REFUSED) { /* it would be again: its officer is told */
        *result = "count_failed";
        outcome = DB_OK;
    }
    count_input_free(&in);
    return outcome;
}

static bool broken_off(int cancel_fd)
{
    struct pollfd fd = {.fd = cancel_fd, .events = POLLIN};
    return cancel_fd >= 0 && poll(&fd, 1, 0) > 0;
}

enum db_outcome count_next(struct db *db, int cancel_fd, bool *worked)
{
    struct arena arena = arena_new(ARENA_MAX);
    struct count_job *job;
    const char *result = "";
    enum db_outcome outcome = count_take(db, &arena, &job);
    *worked = outcome == DB_OK && job != NULL;
    if (*worked) {
        struct work w = {.db = db, .arena = &arena, .job = job, .cancel_fd = cancel_fd};
        outcome = count_round(&w, &result);
        if (outcome == DB_OK && !broken_off(cancel_fd))
            outcome = count_end(db, job, result);
    }
    arena_free(&arena);
    return outcome;
}
