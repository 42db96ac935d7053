/* paper_picks.c: reads what a clerk typed from a paper ballot. */
#include "server/paper_picks.h"

#include <string.h>
#include <strings.h>

/* Up to `most` digits at *at, which moves past them; -1 when there is none. */
static int32_t digits(const char **at, int most)
{
    int32_t value = 0;
    int n = 0;
    for (; **at >= '0' && **at <= '9' && n < most; (*at)++, n++)
        value = value * 10 + (**at - '0');
    return n == 0 || (**at >= '0' && **at <= '9') ? -1 : value;
}

static bool taken(const struct ballot_pick *picks, uint16_t n, uint16_t number)
{
    for (uint16_t i = 0; i < n; i++) {
        if (picks[i].number == number)
            return true;
    }
    return false;
}

static const char *read_one(const char **at, enum paper_kind kind, struct ballot_pick *out,
                            uint16_t n)
{
    const char *start = *at;
    int32_t number = digits(at, 4), weight = kind == PAPER_RANKING ? n + 1 : 1;
    if (number < 0 || *at - start != 4)
        return "Enter four-digit numbers with spaces between them";
    if (taken(out, n, (uint16_t)number))
        return "A number stands there twice";
    if (kind == PAPER_POINTS) {
        if (**at != '=')
            return "Write each number with its points, like 1275=5";
        (*at)++;
        weight = digits(at, 4);
        if (weight < 1)
            return "Write each number with its points, like 1275=5";
    }
    out[n] = (struct ballot_pick){.number = (uint16_t)number, .weight = (uint16_t)weight};
    return NULL;
}

const char *paper_picks_read(const char *typed, enum paper_kind kind, uint16_t question,
                             struct ballot_pick *out, uint16_t *n)
{
    const char *wrong = NULL;
    *n = 0;
    if (strcasecmp(typed, "blank") == 0)
        return NULL;
    if (kind == PAPER_YES_NO) {
        bool yes = strcasecmp(typed, "yes") == 0;
        if (!yes && strcasecmp(typed, "no") != 0)
            return "Enter yes, no or blank";
        out[(*n)++] = (struct ballot_pick){.number = question, .weight = yes ? 1 : 0};
        return NULL;
    }
    for (typed += strspn(typed, " ,"); *typed != '\0' && wrong == NULL;
         typed += strspn(typed, " ,")) {
        if (*n == BALLOT_PICKS_MAX)
            return "That is more than a ballot holds";
        wrong = read_one(&typed, kind, out, *n);
        if (wrong == NULL && *typed != '\0' && strchr(" ,", *typed) == NULL)
            wrong = "Enter four-digit numbers with spaces between them";
        *n = (uint16_t)(*n + (wrong == NULL));
    }
    return wrong == NULL && *n == 0 ? "Enter the ballot, or the word blank" : wrong;
}
