/* roles.h: what officers do, in bits (ROLE_… of routes.h) and in words. Any thread. */
#ifndef WM_SERVER_ROLES_H
#define WM_SERVER_ROLES_H

#include "server/routes.h"

struct role {
    unsigned bit;
    const char *key;  /* as the database names it: "ward_officer" */
    const char *name; /* "Ward officer" */
    const char *many; /* "ward officers" */
    const char *does; /* a sentence for who gives it */
    bool of_area;     /* for an area and all within it; else for the whole service */
};
enum { ROLES_N = 6 };
extern const struct role roles_all[ROLES_N];

/* The role of that key, or NULL. */
const struct role *role_of(const char *key);
/* Bits of keys with commas between, as api.officer_session has them. */
unsigned roles_read(const char *keys);
/* "Ward officer, Administrator". In the arena. */
const char *roles_names(struct arena *arena, unsigned bits);
/* Names in a sentence: "ward officers, approvers and clerks". In the arena. */
const char *roles_many(struct arena *arena, unsigned bits);

#endif
