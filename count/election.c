/* election.c: holds one vote in memory: texts in an arena, ballots in flat arrays. */
#include "count/election.h"

#include "count/spread.h"

/* Names, ids and META together; a city's file has some hundred kilobytes of them. */
#define TEXTS_MAX ((size_t)256 << 20)

void election_init(struct election *e)
{
    memset(e, 0, sizeof(*e));
    mpq_init(e->budget);
    e->points_scale = 1;
    e->texts = arena_new(TEXTS_MAX);
}

void election_free(struct election *e)
{
    for (size_t i = 0; i < e->project_count; i++)
        mpq_clear(e->projects[i].cost);
    free(e->projects);
    free(e->picks);
    free(e->points);
    free(e->ballot_ends);
    free(e->ballot_lines);
    free(e->by_id);
    arena_free(&e->texts);
    mpq_clear(e->budget);
}

const char *election_meta(const struct election *e, const char *key)
{
    for (size_t i = 0; i < e->meta_count; i++) {
        if (strcmp(e->meta[i].key, key) == 0)
            return e->meta[i].value;
    }
    return NULL;
}

void election_meta_add(struct election *e, const char *key, const char *value, size_t line)
{
    e->meta[e->meta_count++] = (struct meta){
        .key = arena_strdup(&e->texts, key),
        .value = arena_strdup(&e->texts, value),
        .line = line,
    };
}

/* The place in by_id where this id is, or would be. by_id always has empty places. */
static size_t place_of(const struct election *e, const char *id, size_t len)
{
    size_t place = spread_bytes(id, len) & (e->by_id_room - 1);
    for (; e->by_id[place] != 0; place = (place + 1) & (e->by_id_room - 1)) {
        const char *other = e->projects[e->by_id[place] - 1].id;
        if (strncmp(other, id, len) == 0 && other[len] == '\0')
            break;
    }
    return place;
}

int election_project_find(const struct election *e, const char *id, size_t len)
{
    if (e->by_id_room == 0)
        return -1;
    return (int)e->by_id[place_of(e, id, len)] - 1;
}

static void index_project(struct election *e, size_t project)
{
    const char *id = e->projects[project].id;
    e->by_id[place_of(e, id, strlen(id))] = (uint16_t)(project + 1);
}

static void grow_projects(struct election *e)
{
    e->project_room = e->project_room > 0 ? e->project_room * 2 : 64;
    e->projects = wm_realloc(e->projects, e->project_room * sizeof(*e->projects));
    free(e->by_id);
    e->by_id_room = e->project_room * 4;
    e->by_id = wm_alloc(e->by_id_room * sizeof(*e->by_id));
    for (size_t i = 0; i < e->project_count; i++)
        index_project(e, i);
}

struct project *election_project_add(struct election *e, const char *id)
{
    if (election_project_find(e, id, strlen(id)) >= 0)
        return NULL;
    if (e->project_count == e->project_room)
        grow_projects(e);
    size_t i = e->project_count++;
    struct project *p = &e->projects[i];
    *p = (struct project){.id = arena_strdup(&e->texts, id), .name = ""};
    mpq_init(p->cost);
    index_project(e, i);
    return p;
}

/* Room for one more; half as much again each time, so that the peak stays near the need. */
static void *grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room + *room / 2 + 1024;
    return wm_realloc(array, *room * size);
}

void election_pick_add(struct election *e, size_t project)
{
    e->picks = grow(e->picks, e->pick_count, &e->pick_room, sizeof(*e->picks));
    e->picks[e->pick_count++] = (uint16_t)project;
    e->projects[project].votes++;
}

void election_points_set(struct election *e, size_t pick, uint32_t points)
{
    while (pick >= e->point_room) {
        size_t before = e->point_room;
        e->points = grow(e->points, pick, &e->point_room, sizeof(*e->points));
        memset(e->points + before, 0, (e->point_room - before) * sizeof(*e->points));
    }
    struct project *p = &e->projects[e->picks[pick]];
    p->points = p->points - e->points[pick] + points;
    e->points[pick] = points;
}

void election_points_split(struct election *e)
{
    e->points_scale *= 10;
    for (size_t i = 0; i < e->pick_count && i < e->point_room; i++)
        e->points[i] *= 10;
    for (size_t i = 0; i < e->project_count; i++)
        e->projects[i].points *= 10;
}

void election_ballot_end(struct election *e, size_t line)
{
    e->ballot_ends = grow(e->ballot_ends, e->ballot_count, &e->ballot_room, sizeof(uint32_t));
    if (e->keep_lines) {
        e->ballot_lines = grow(e->ballot_lines, e->ballot_count, &e->line_room, sizeof(uint32_t));
        e->ballot_lines[e->ballot_count] = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    }
    size_t start = e->ballot_count > 0 ? e->ballot_ends[e->ballot_count - 1] : 0;
    for (size_t i = start; e->vote_type == VOTE_ORDINAL && i < e->pick_count; i++)
        e->projects[e->picks[i]].borda += e->pick_count - i;
    e->ballot_ends[e->ballot_count++] = (uint32_t)e->pick_count;
}

struct ballot election_ballot(const struct election *e, size_t i)
{
    size_t start = i > 0 ? e->ballot_ends[i - 1] : 0;
    size_t end = e->ballot_ends[i];
    if (start == end)
        return (struct ballot){.picks = NULL};
    return (struct ballot){.picks = e->picks + start,
                           .points = e->points_known ? e->points + start : NULL,
                           .count = end - start};
}

void election_warn(struct election *e, const char *format, ...)
{
    struct buf text = buf_new(1000);
    va_list args;
    va_start(args, format);
    buf_vfmt(&text, format, args);
    va_end(args);
    if (e->warning_count < ELECTION_WARNINGS_MAX)
        e->warnings[e->warning_count] = arena_strdup(&e->texts, buf_str(&text));
    e->warning_count++;
    buf_free(&text);
}
