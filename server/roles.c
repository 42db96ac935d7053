/* roles.c: what officers do, in bits and in words. */
#include "server/roles.h"

const struct role roles_all[ROLES_N] = {
    {ROLE_WARD_OFFICER, "ward_officer", "Ward officer", "ward officers",
     "Rounds, proposals, ideas, agreements, voters and their codes; approves colleagues’ work.",
     true},
    {ROLE_APPROVER, "approver", "Approver", "approvers",
     "Reads, and approves or refuses what others ask for.", true},
    {ROLE_CLERK, "clerk", "Clerk", "clerks", "Paper ballots, assisted votes, lost voting codes.",
     true},
    {ROLE_SMS_OPERATOR, "sms_operator", "SMS operator", "SMS operators",
     "Texts: what waits, what failed, prices, the day’s budget.", false},
    {ROLE_AUDITOR, "auditor", "Auditor", "auditors",
     "Reads rounds, results, agreements and the whole record; changes nothing.", false},
    {ROLE_ADMINISTRATOR, "administrator", "Administrator", "administrators",
     "People and their roles, texts, the whole record.", false},
};

const struct role *role_of(const char *key)
{
    for (int i = 0; i < ROLES_N; i++) {
        if (strcmp(roles_all[i].key, key) == 0)
            return &roles_all[i];
    }
    return NULL;
}

unsigned roles_read(const char *keys)
{
    unsigned bits = 0;
    while (*keys != '\0') {
        size_t len = strcspn(keys, ",");
        for (int i = 0; i < ROLES_N; i++) {
            if (strlen(roles_all[i].key) == len && memcmp(roles_all[i].key, keys, len) == 0)
                bits |= roles_all[i].bit;
        }
        keys += len + (keys[len] == ',');
    }
    return bits;
}

const char *roles_names(struct arena *arena, unsigned bits)
{
    const char *words = "";
    for (int i = 0; i < ROLES_N; i++) {
        if ((bits & roles_all[i].bit) != 0)
            words =
                arena_fmt(arena, "%s%s%s", words, *words != '\0' ? ", " : "", roles_all[i].name);
    }
    return words;
}

const char *roles_many(struct arena *arena, unsigned bits)
{
    const char *words = "";
    int left = __builtin_popcount(bits & ROLES_NAMED);
    for (int i = 0; i < ROLES_N; i++) {
        if ((bits & roles_all[i].bit) == 0)
            continue;
        left--;
        words = arena_fmt(arena, "%s%s%s", words, roles_all[i].many,
                          left == 1  ? " and "
                          : left > 1 ? ", "
                                     : "");
    }
    return words;
}
