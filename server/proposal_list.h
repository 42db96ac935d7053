/* proposal_list.h: which proposals of a round a reader sees, and in which order. Their printed
 * numbers never change with it. */
#ifndef WM_PROPOSAL_LIST_H
#define WM_PROPOSAL_LIST_H

#include "server/form.h"
#include "server/store_rounds.h"

enum list_order { ORDER_MIXED, ORDER_NUMBER, ORDER_CHEAPEST, ORDER_DEAREST };

struct list_asked {
    const char *words; /* all of them stand in the proposal; "" */
    struct proposal_numbers
        found;         /* who reads sets it, where there are words: those that have them */
    const char *most;  /* pounds, as typed; "" */
    const char *theme; /* "": any */
    int32_t pot;       /* 0: any */
    int64_t most_pence;
    enum list_order order;
    bool narrowed; /* something was asked for besides an order */
    struct form_errors errors;
};

/* The fields "q", "theme", "most", "pot" and "order" of a GET form. */
void list_read(const struct request *r, struct list_asked *out);
/* A copy of `all`, in the arena, of those that were asked for; mixed by `seed`. */
struct proposals list_choose(struct arena *a, const struct proposals *all,
                             const struct list_asked *asked, uint64_t seed);
/* The form, folded while nothing was asked. */
void list_form(struct html *h, struct arena *a, const struct list_asked *asked, const char *path,
               const struct pots *pots, const struct proposals *all);

/* A seed for one reader (a voter's id, or request_order) of one round: the same each time. */
uint64_t list_seed(int64_t reader, int32_t round);
/* Mixes a list in place: the same for the same seed and the same length. */
void list_mix(struct proposals *list, uint64_t seed);

#endif
