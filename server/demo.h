/* demo.h: fills an empty database with a demonstration: York, officers, codes, votes, a result. */
#ifndef WM_DEMO_H
#define WM_DEMO_H

/* wardmote-server --load-demo DIR OUT.json. Runs the .sql files of DIR through psql unless the
 * areas are there already, makes officers and voting codes, freezes every draft round that has
 * dates, casts ballots into those that are or were open, counts and publishes those that are over,
 * and runs the .sql files of DIR/after, if there are any.
 * Writes OUT.json (mode 0600) for the page /demo:
 *   {"codes": [{"code": "1234567890123", "area": "Westfield", "serial": "WE-000001"}, …],
 *    "officers": [{"name", "email", "password", "totp_seed_base32", "areas": [names]}, …],
 *    "suggestions": ["VOTE 123 456 789 0123 1275 1359", …], "phone_url": "…" when known}
 * and, beside it, phone-suggestions.json: the suggestions alone, for the handset.
 * Environment: WARDMOTE_DEMO_ROLE, a superuser (default "postgres"); WARDMOTE_DEMO_PHONE_URL.
 * Settings and secrets must be loaded. Returns the exit status. */
int demo_load(const char *dir, const char *out_json);

#endif
